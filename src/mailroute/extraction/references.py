"""Reference numbers: known ones of the directory first, then cue words with a number, then telling shapes."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from mailroute.domain.issue import Issue, Reference, ReferenceKind
from mailroute.extraction.known import project_references
from mailroute.extraction.reading import Reading
from mailroute.extraction.signature import PHONE
from mailroute.extraction.spans import longest
from mailroute.extraction.wordlists import joined, words

CUES: Mapping[ReferenceKind, str] = {
    ReferenceKind.INVOICE: joined(
        r"""
        invoice|inv|credit note|rechnung|schlussrechnung|gutschrift|facture|avoir|factura|fattura|
        factuur|bill
        """
    ),
    ReferenceKind.ORDER: joined(
        r"""
        purchase order|sales order|order|po|p\.o\.|booking|job|shipment|consignment|delivery note|
        auftrag|bestellung|auftragsnummer|bestellnummer|bestell|lieferschein|sendung|buchung|commande|
        bon de commande|réservation|pedido|ordine|bestelling|work order|reservation|confirmation
        """
    ),
    ReferenceKind.TICKET: r"ticket|case|incident|support case|vorgang|fall|dossier",
    ReferenceKind.SERIAL: joined(
        r"""
        serial|serials|serial number|serial no|s/n|sn|seriennummer|serien|numéro de série|n° de série|
        machine no|maschinennummer|fabriknummer
        """
    ),
    ReferenceKind.CONTRACT: joined(
        r"""
        contract|agreement|policy|framework|vertrag|wartungsvertrag|vertragsnummer|contrat|convention
        """
    ),
    ReferenceKind.OTHER: joined(
        r"""
        drawing|quotation|quote|offer|proposal|lot|batch|account|customer number|tag|asset|angebot|
        zeichnung|charge|kundennummer|anlage|devis|plan|référence|reference|ref|claim|article|part
        """
    ),
}  # fmt: skip
NUMBER_SIGN = r"(?:[\s-]*(?:number|numbers|no|nos|nr|num|numéro|nummer|id)\b\.?|\s*(?:n°|nº|№|#))?"
VALUE = (
    r"(?:[A-Za-zÄÖÜ]{1,6}[-/.]?)?\d\w{0,30}(?:[-/.]\w{0,8}\d\w{0,20}){0,6}"
    r"|[A-Z]{1,5}(?:[-/]\w+)*[-/]\d[\w]*(?:[-/]\w+)*"
)
CUED = {
    kind: re.compile(
        joined(
            rf"""
            (?<![\w-])(?P<cue>{cues}){NUMBER_SIGN}\s*(?:is|was|ist|est|:|=|,)?\s*(?:\(|#|
            \bno\.?\s)?\s*(?P<value>{VALUE})(?![\w-])
            """
        ),
        re.IGNORECASE,
    )
    for kind, cues in CUES.items()
}
SHAPED = re.compile(
    joined(
        r"""
        (?<![\w@./-])(?P<prefix>[A-Z]{1,6}\d{0,2})
        [-/](?P<rest>(?:\d{2,4}[-/])?[A-Z]?\d{3,}(?:[-/]\w{1,6})*)(?![\w@]|\.\w)
        """
    )
)
TYPE_CUE = re.compile(
    r"\b(?:model|modell|modèle|type|typ|firmware|version|error|code|meldung|message)\b[^.!?]{0,20}$",
    re.IGNORECASE,
)
"""What makes the number after it a type or an error."""
LABELLED = re.compile(r"(?<![\w-])(?P<value>RFI[\s-]?\d+|PO[\s-]?\d{3,}|INV[\s-]?\d{3,})(?![\w-])")
PREFIXES: Mapping[str, ReferenceKind] = {
    **dict.fromkeys(words("PO SO ORD AB CMD BC JOB BK WO B"), ReferenceKind.ORDER),
    **dict.fromkeys(words("INV IN RE RG R FA FAC F"), ReferenceKind.INVOICE),
    **dict.fromkeys(words("TCK TKT INC CASE SR TICKET T"), ReferenceKind.TICKET),
    **dict.fromkeys(words("SN SER"), ReferenceKind.SERIAL),
    **dict.fromkeys(words("C CON CT M V"), ReferenceKind.CONTRACT),
    **dict.fromkeys(words("Q QU QUO AN A"), ReferenceKind.OTHER),
}
MORE = re.compile(rf"\s*(?:,|and|und|et|&|/|or|oder)\s*(?P<value>{VALUE})(?![\w-])")


def find_references(reading: Reading, _found: Issue) -> tuple[Reference, ...]:
    """Every reference once, as first written: in the text, else in the subject (then without a place)."""
    taken: dict[str, Reference] = {}
    known = {_key(r) for project in reading.directory.projects for r in project.references}
    ours = own_patterns(reading.service.reference_patterns)
    for text, in_body in ((reading.text, True), (reading.subject, False)):
        busy = [m.span() for m in PHONE.finditer(text) if sum(c.isdigit() for c in m.group()) >= 7]
        if in_body:
            busy += [(m.start, m.end) for m in reading.mentions]
        for start, end, kind in longest(
            ((a, b, kind) for kind, a, b in _candidates(text, reading)), len(text)
        ):
            value = text[start:end]
            if any(a < end and start < b for a, b in busy) or not (
                _key(value) in known or _plausible(value) or any(p.fullmatch(value) for _, p in ours)
            ):
                continue
            place = (start, end) if in_body else (None, None)
            taken.setdefault(_key(value), Reference(kind, value, *place))
    return tuple(taken.values())


@lru_cache(maxsize=8)
def own_patterns(
    told: tuple[tuple[str, str], ...],
) -> tuple[tuple[ReferenceKind, re.Pattern[str]], ...]:
    """The house's own numbers, as whole words."""
    return tuple((ReferenceKind(kind), re.compile(rf"(?<![\w-])(?:{p})(?![\w-])")) for kind, p in told)


def _key(value: str) -> str:
    return re.sub(r"[\s#]", "", value).casefold()


def _plausible(value: str) -> bool:
    digits = sum(c.isdigit() for c in value)
    return digits >= 2 and not re.fullmatch(
        r"(?:19|20)\d\d|\d{1,3}(?:[.,]\d{2,3})+|\d+(?:st|nd|rd|th|x|mm|cm|kg|kw|%|k|am|pm)",
        value,
        re.IGNORECASE,
    )


def _candidates(text: str, reading: Reading) -> Iterator[tuple[ReferenceKind, int, int]]:
    yield from _known(text, reading)
    for kind, pattern in own_patterns(reading.service.reference_patterns):
        yield from ((kind, *match.span()) for match in pattern.finditer(text))
    for kind, pattern in CUED.items():
        for match in pattern.finditer(text):
            value = match["value"]
            if not _strong(kind, value):
                continue
            yield kind, match.start("value"), match.end("value")
            at = match.end()
            while more := MORE.match(text, at):
                if not any(c.isdigit() for c in more["value"]) or len(more["value"]) < len(value) - 2:
                    break
                yield kind, more.start("value"), more.end("value")
                at = more.end()
    for match in SHAPED.finditer(text):
        short = sum(c.isdigit() for c in match["rest"]) < 4
        if (short and len(match["prefix"]) < 2) or (short and match["prefix"] not in PREFIXES):
            continue  # HX-200 is a type, not a number of one thing
        if TYPE_CUE.search(text[max(0, match.start() - 30) : match.start()]):
            continue
        yield PREFIXES.get(match["prefix"], ReferenceKind.ORDER), match.start(), match.end()
    for match in LABELLED.finditer(text):
        prefix = match["value"][:3].upper()
        kind = {"RFI": ReferenceKind.OTHER, "INV": ReferenceKind.INVOICE}.get(prefix, ReferenceKind.ORDER)
        yield kind, match.start(), match.end()


def _strong(kind: ReferenceKind, value: str) -> bool:
    """Whether cue and number together make a reference; short bare numbers after everyday words do not."""
    bare = value.isdigit()
    if kind is ReferenceKind.OTHER:
        return not bare or len(value) >= 4
    return not bare or len(value) >= 3


def _known(text: str, reading: Reading) -> Iterator[tuple[ReferenceKind, int, int]]:
    """References that the directory names for its projects."""
    for reference, start, end in project_references(reading.directory).find(text):
        prefix = re.match(r"[A-Za-z]*", reference)
        kind = PREFIXES.get(prefix.group().upper() if prefix else "", ReferenceKind.ORDER)
        yield kind, start, end
