"""How people say who stands above them, who has to agree and who is away: English, German and French."""

import re

RANKS: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (rank, re.compile(rf"\b(?:{words})", re.IGNORECASE))
    for rank, words in (
        (5, r"owner|founder|proprietor|ceo|managing director|president|inhaber|geschäftsführ|pdg|gérant"),
        (
            4,
            r"director|head of|vp\b|vice president|chief|cfo|cto|coo|partner|direct(?:eur|rice)|bereichsleit|prokurist",
        ),
        (3, r"manager|leiter|leitung|responsable|general counsel|bursar|principal|matron"),
        (2, r"lead|supervisor|foreman|coordinator|meister|vorarbeiter|chef"),
    )
)
"""How far up a job title stands; a title that is in no row ranks 1, nobody's title 0."""

_CAPITAL = r"[A-ZÄÖÜÉ][\w'’-]+"
_NAME = rf"{_CAPITAL}(?:\s+(?:van|von|de|di|der|den|la|le)?\s?{_CAPITAL}){{0,2}}"
_TITLE = (
    r"(?:boss|manager|supervisor|director|head|chief|team lead(?:er)?|line manager"
    r"|vorgesetzte[rn]?|chefin?|responsable|direct(?:eur|rice))"
)
_MY = r"(?:my|our|meine?[nrm]?|unsere?[nrm]?|mon|ma|notre)"
_MR = r"(?:(?:Mr|Mrs|Ms|Dr|Herrn?|Frau|M|Mme)\.?\s+)?"

ABOVE = re.compile(rf"\b{_MY}\s+(?:\w+\s+)?{_TITLE},?\s+{_MR}(?P<name>{_NAME})")
"""`my manager, Jo Hart`, `unser Chef Herr Baum`."""
ABOVE_AFTER = re.compile(rf"\b(?P<name>{_NAME}),?\s+(?:who is\s+)?{_MY}\s+(?:\w+\s+)?{_TITLE}\b")
"""`Jo Hart, my line manager`."""
SIGNS = re.compile(
    rf"\b(?P<name>{_NAME})\s+(?:has to|must|needs to|will have to|muss|doit)\s+(?:\w+\s+)?"
    r"(?:approve|sign(?: off)?|decide|agree|release|freigeben|unterschreiben|entscheiden|valider|signer)"
    rf"|(?:approved|signed off|released|decided|freigegeben|validé)\s+(?:by|von|par)\s+{_MR}(?P<other>{_NAME})"
)
"""`Jo Hart has to sign off`, `approved by Jo Hart`."""
AWAY = re.compile(
    rf"\b(?P<name>{_NAME})\s+(?:is|will be|ist|est)\s+(?:\w+\s+)?(?:on leave|on holiday|away|out of (?:the )?office"
    r"|in (?:Urlaub|Elternzeit)|im Urlaub|en congés?|absente?)\b"
)
"""`Jo Hart is on leave until ...`."""
