"""Does a mail of ours hand work over? By its subject or first words; English, German and French."""

import re

_LABEL = re.compile(
    r"\W*(?:(?:won|sold|deal won)\W+)?(?:hand[ -]?(?:off|over)|übergabe|projektübergabe|passation"
    r"|transmission)\b(?!\s+(?:protocol|protokoll|meeting"
    r"|was|went|note|of the keys)\b)",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\b(?:(?:i|we)(?:['’](?:d|ll|m|re))?\s(?:\w+\s){0,3}hand(?:ing)?\s(?:\S+\s){0,6}over\b"
    r"|hand(?:ing)?\s(?:this|it)\s(?:off|over)\sto\b"
    r"|(?:please|can you|could you|would you)\stake\s(?:\S+\s){0,5}over\sfrom\s(?:me|us|sales)"
    r"|(?:ich|wir)\s(?:übergebe[n]?|gebe[n]?)\s(?:\S+\s){0,6}(?:an|in die umsetzung|weiter an)\b"
    r"|je\s(?:te|vous)\s(?:passe|transmets|confie)\s(?:le|ce)\s(?:projet|dossier|contrat))",
    re.IGNORECASE,
)
_WON = re.compile(
    r"\b(?:(?:we|i)(?:['’]ve| have)?\s(?:just\s)?(?:won|sold|closed|signed)\b|deal is (?:won|closed)"
    r"|(?:just|have|has|they)\s(?:\w+\s)?(?:signed|ordered|accepted|said yes)\b"
    r"|(?:order|contract)\s(?:\S+\s){0,4}(?:came in|is in|signed|is signed)"
    r"|gewonnen|unterschrieben|beauftragt|signé|gagné)\b",
    re.IGNORECASE,
)
HEAD = 400
"""Characters at the beginning in which a mail says what it is for."""


def is_asked(subject: str, words: str) -> str | None:
    """The words that hand something over, or None.

    A label (`Hand-off: ...`) is enough in the subject or on the first lines; a sentence needs news of a won deal.
    """
    head = words.strip()[:HEAD]
    for text in (subject, *head.splitlines()[:4]):
        bare = re.sub(r"\A\s*(?:re|aw|fwd?|wg)\s*:\s*", "", text, flags=re.IGNORECASE)
        if _LABEL.match(bare):
            return bare.strip()[:120]
    says = _SAYS.search(head)
    if says and _WON.search(f"{subject}\n{words[: 3 * HEAD]}"):
        return says[0]
    return None
