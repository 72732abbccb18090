"""Products and projects: what the directory knows by name first, then what the words point at."""

import re
from collections.abc import Iterator

from mailroute.domain.issue import Issue, Product
from mailroute.extraction.reading import Reading
from mailroute.extraction.wordlists import alternation, words

NOUNS = words("""machine machines press conveyor pump pumps valve motor gearbox robot printer scanner laptop server router switch phone system software
app application module portal website homepage platform screen report dashboard licence license plugin database planner tool unit fridge freezer
chiller boiler compressor inverter panel panels battery batteries lift elevator crane door doors window windows roof tiles tiling floor kitchen
bathroom drain handrail scaffold labels label brochure leaflet leaflets poster posters programme catalogue film video logo proof reagents kit kits
sensor sensors centrifuge analyser container pallet pallets shipment wrapper stacker labeller erector line belt filter wifi backup vpn mailbox
maschine presse anlage aufzug pumpe drucker software etiketten ersatzteil heizung affiches programme portail machine imprimante logiciel pompe""")  # fmt: skip
PHRASE = re.compile(
    rf"\b(?:the|our|your|my|this|a|an|der|die|das|den|unser\w*|ihr\w*|le|la|les|notre|votre|nos|vos)\s+(?P<name>(?:[\w&-]+\s+){{0,2}}?(?:{alternation(NOUNS)})(?:\s+(?:no\.?\s*)?\d{{1,3}})?)\b",
    re.IGNORECASE,
)
IN_SUBJECT = re.compile(
    rf"\b(?P<name>(?:[\w&-]+\s+)?(?:{alternation(NOUNS)})(?:\s+\d{{1,3}})?)\b", re.IGNORECASE
)
PROJECT = re.compile(r"\b(?:[Pp]roject|[Pp]rojekt|[Pp]rojet)\s+(?P<name>[A-ZÄÖÜ]\w+(?:\s+[A-Z]\w+)?)")
MOST = 3


def find_products(reading: Reading, _found: Issue) -> tuple[Product, ...]:
    """In order of importance: known names, then the first ones named."""
    found: dict[str, Product] = {}
    for start, end in (*_known(reading), *_pointed_at(reading)):
        words = reading.text[start:end]
        key = words.casefold()
        if not any(key in k or k in key for k in found):
            found[key] = Product(words, start, end)
        if len(found) == MOST:
            break
    return tuple(found.values())


def _known(reading: Reading) -> Iterator[tuple[int, int]]:
    for project in reading.directory.projects:
        for name in (project.name, *project.aliases):
            for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", reading.text, re.IGNORECASE):
                yield match.span()


def _pointed_at(reading: Reading) -> Iterator[tuple[int, int]]:
    prose = reading.text[: reading.prose_end]
    for match in PROJECT.finditer(prose):
        yield match.span("name")
    for match in PHRASE.finditer(prose):
        yield match.span("name")
    for match in IN_SUBJECT.finditer(prose):
        yield match.span("name")
