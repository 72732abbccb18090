"""What an author says they or their firm will do: English, German and French."""

import re

from mailroute.ledger.sentences import sentences

_WILL = re.compile(
    r"""
    # English: I'll send, we are going to check, you will have it by Friday
    \b(?:i|we|our\s\w+(?:\s\w+)?|my\s\w+|he|she|they|somebody|someone)(?:\s?['’]ll|\s(?:will|shall)|
        \s?['’](?:m|re)\sgoing\sto|\s(?:am|are|is)\sgoing\sto)\s
        (?:(?:also|then|certainly|definitely|gladly|of\scourse|personally|try\sto|make\ssure\sto)\s)*
        (?!be\s(?:away|out|on|off|in\stouch\ssoon|happy|glad|unable|without|able\sto\sanswer)|not\b|never\b|need\b|have\sto\b|
        lose\b|cancel\b|stop\b|miss\b|wait\b)
    |\byou(?:\s?['’]ll|\s(?:will|shall))\s(?:have|get|receive|hear|find)\b
    |\b(?:i|we)\spromise\b
    # German: wir werden prüfen, ich schicke Ihnen, Sie bekommen bis Freitag
    |\b(?:ich\swerde|wir\swerden)\b(?!\s(?:nicht|niemals|wohl)\b)
    |\b(?:ich|wir)\s(?:schicke|sende|melde|liefere|bringe|komme|prüfe|kläre|gebe|kümmere|reiche|besorge|veranlasse|
        rufe|stelle|tausche|erstatte)n?\s(?:(?:es|das|die|den|ihnen|dir|euch|uns|mich|sie|morgen|heute|gleich|umgehend)\b|
        [^.?!]{0,60}\b(?:bis|nach|zu|zurück|an|vor|ein)\b)
    |\b(?:schicke|sende|melde|liefere|prüfe|kläre|gebe|kümmere)n?\s(?:ich|wir)\b
    |\bsie\s(?:bekommen|erhalten|hören)\s[^.?!]{0,60}\b(?:bis|morgen|heute|am|spätestens|noch)\b
    # French: je vous enverrai, nous allons vérifier, vous aurez
    |\b(?:je|nous|on)\s(?:(?:vous|te|le|la|les|lui|leur|y|en)\s){0,2}[a-zéèêîïôûç]{2,}(?:rai|rons)\b
    |\b(?:je\svais|nous\sallons)\s(?:(?:vous|te|le|la|les|y|en)\s){0,2}[a-zéèêîïôûç]{2,}(?:er|ir|re)\b
    |\bvous\s(?:aurez|recevrez)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NO_PROMISE = re.compile(
    r"\b(?:if\snot|otherwise|unless|or\selse|sonst|andernfalls|sinon|wenn\snicht|faute\sde)\b|\?\s*[\"'”»)]*$",
    re.IGNORECASE,
)


def promises(text: str) -> tuple[str, ...]:
    """The sentences of *text* in which something is promised; threats and questions are none."""
    return tuple(one for one in sentences(text) if _WILL.search(one) and not _NO_PROMISE.search(one))
