"""Where the sign-off begins, and what it tells of its writer. Works with and without a parsed-off signature."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mailroute.extraction.wordlists import joined, words

SIGN_OFF = re.compile(
    r"""^\s*(?:(?:and\s+)?(?:many|kind|kindest|best|warm|warmest|with|our|all|sincere|good|
    friendly)?\s*(?:\w+\s+){0,2}?
    (?:thanks|thank\s+you|thx|ta|regards|rgds|wishes|cheers|sincerely|faithfully|respectfully|cordially|
    best|bests|br|kr
      |yours|yours\s+\w+|love|greetings|god\s+bless|have\s+a\s+\w+\s+\w+)(?:\s+(?:and|from|in\s+advance|
      again|so\s+much
      |very\s+much|a\s+lot|truly|all|to\s+you|regards|kind|best|you|\w+))*
    |(?:mit\s+)?(?:freundliche[nmr]?|beste[n]?|viele[n]?|herzliche[nr]?|liebe[n]?|schöne[n]?|
    sonnige[n]?)\s+(?:gr(?:ü|ue)(?:ß|ss)en?|dank).*
    |(?:vielen\s+|besten\s+|herzlichen\s+)?dank(?:e)?(?:\s+(?:und|im\s+voraus|vorab|schon\s+mal)\b.*)?|
    gruß|grüße|mfg|lg|vg|hochachtungsvoll|grüße\s+aus.*
    |(?:bien\s+)?(?:cordialement|à\s+vous|amicalement|sincèrement|respectueusement)|(?:avec\s+)?(?:mes|
    nos)\s+\w+\s+(?:salutations|remerciements).*
    |(?:je\s+vous\s+prie|veuillez)\s+.*(?:salutations|sentiments).*|merci(?:\s+(?:d['’]avance|beaucoup|
    mille\s+fois|par\s+avance|encore|bien))?|bonne\s+journée|bien\s+à\s+vous
    |(?:muito\s+)?obrigad[oa]|saludos|un\s+saludo|gracias|cordiali\s+saluti|distinti\s+saluti|grazie|
    met\s+vriendelijke\s+groet(?:en)?|groet(?:en|jes)?|groeten|med\s+vänlig\s+hälsning|mvh|pozdrawiam
    )\s*[,.!–-]*\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
INLINE_SIGN_OFF = re.compile(
    joined(
        r"""
        (?:^|(?<=[.!?)]\s))(?i:many thanks|thanks|thank you|ta|cheers|(?:kind |best |warm )?regards|best|
        danke|gruß|grüße|merci|viele grüße|cordialement|god bless)[,!. ]+(?=[A-ZÄÖÜÉ/][\w.'’-]*(?:\s|$|
        ,|\.))
        """
    )
)
DASHES = re.compile(r"^\s*(?:--|—|__+)\s*$")
FOOTER = re.compile(
    joined(
        r"""
        (?:is|are|be|strictly) confidential|confidential (?:and|information)|privileged|intended (?:solely |
        only )?for|(?:received|sent to you|you) (?:\w+ ){0,3}in error|think before you print|
        consider the environment|registered in|company number|vertraulich|irrtümlich|est confidentiel|
        virus-free|scanned for virus|
        sent from my|von meinem|envoyé de mon
        """
    ),
    re.IGNORECASE,
)
POSTSCRIPT = re.compile(r"^\s*P\.?\s?S\b", re.IGNORECASE)
PHONE = re.compile(
    joined(
        r"""
        (?<![\w/-])(?:(?:\+|00)[1-9][\d\s()/.-]{5,20}\d|\(?0\d[\d\s()/.-]{4,18}\d|
        \(?\d{3}\)?[-. ]\d{3}[-. ]\d{3,4}|1-\d{3}-\d{3}-\d{4})(?![\w-]|[.,]\d)
        """
    )
)
"""A telephone number: an international or trunk prefix, or the American grouping."""


@dataclass(frozen=True, slots=True)
class SignOff:
    """The lines under which a mail is signed: their place in the text and the parts that a reader tells apart."""

    start: int
    end: int
    text: str
    footer: int
    """Where legal boiler-plate begins; the end of the text without any."""


def name_tokens(name: str | None) -> frozenset[str]:
    """The words of a name, folded, without initials and titles."""
    return frozenset(w for w in re.findall(r"[^\W\d_]{2,}", (name or "").casefold()) if w not in TITLES)


TITLES = frozenset(words("mr mrs ms dr prof sir dame herr frau monsieur madame mme ing dipl"))


def phones(text: str) -> tuple[str, ...]:
    """Telephone numbers as written."""
    return tuple(
        m.group().strip() for m in PHONE.finditer(text) if 7 <= sum(c.isdigit() for c in m.group()) <= 15
    )


def find_sign_off(text: str, sender_name: str | None) -> SignOff:
    """The sign-off of the text; empty and at its end where there is none."""
    end = _without_footer(text)
    lines = list(_lines(text, end))
    if start := _block_start(lines, sender_name):
        stop = _before_postscript(lines, start, end)
        return SignOff(start[0], stop, text[start[0] : stop], end)
    begin = _inline_start(text, end, sender_name)
    return SignOff(begin, end, text[begin:end], end)


def _lines(text: str, end: int) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text[:end].split("\n"):
        yield start, line
        start += len(line) + 1


def _without_footer(text: str) -> int:
    """Where legal boiler-plate at the end begins."""
    end = len(text.rstrip())
    while (cut := text.rfind("\n\n", 0, end)) > 0 and FOOTER.search(text, cut, end):
        end = len(text[:cut].rstrip())
    return end


def _block_start(lines: list[tuple[int, str]], sender_name: str | None) -> tuple[int, str] | None:
    """The first of the last short lines that reads as a sign-off, as dashes or as the sender's name."""
    found: tuple[int, str] | None = None
    short = 0
    for start, line in reversed(lines):
        if not line.strip():
            continue
        short += 1
        if short > 12:
            break
        if DASHES.match(line) or (len(line) < 60 and SIGN_OFF.match(line)) or _is_name(line, sender_name):
            found = (start, line)
        elif POSTSCRIPT.match(line):
            short -= 1
        elif _is_prose(line):
            break
    return found


def _is_prose(line: str) -> bool:
    length = len(line.split())
    return length > 9 or (length > 6 and line.rstrip()[-1] in ".!?") or line.rstrip().endswith("?")


def _is_name(line: str, sender_name: str | None) -> bool:
    """Whether the line begins with the sender's name, and with little else before a comma."""
    wanted = name_tokens(sender_name)
    head = re.split(r"[,|–(+\d]| - |\b(?:mobile|tel|phone|cell|mob)\b", line.strip(" /~-*"))[0]
    found = name_tokens(head)
    first = re.search(r"[^\W\d_]+", head)
    if first is None or not (len(first.group()) == 1 or first.group().casefold() in wanted | TITLES):
        return False
    return bool(wanted & found) and len(found - wanted) <= 1 and len(head.split()) <= 5 and len(line) < 110


def _before_postscript(lines: list[tuple[int, str]], start: tuple[int, str], end: int) -> int:
    return next((at for at, line in lines if at > start[0] and POSTSCRIPT.match(line)), end)


def _inline_start(text: str, end: int, sender_name: str | None) -> int:
    """Where the last line turns into a signature: after an inline sign-off, or at the sender's name."""
    begin = max(text.rfind("\n", 0, end) + 1, end - 220)
    for match in INLINE_SIGN_OFF.finditer(text, begin, end):
        if end - match.end() < 90:
            return match.start()
    for word in re.finditer(r"[/A-ZÄÖÜÉ][\w'’.-]*", text[begin:end]):
        at = begin + word.start()
        before = text[:at].rstrip()
        at_end = not before or before[-1] in ".!?…)\n:," or before.endswith((" x", "-"))
        if (
            at_end
            and at > 0
            and _is_name(text[at:end], sender_name)
            and not re.search(r"[.!?]\s+[a-z]", text[at:end])
        ):
            return at
    return end
