"""What was agreed, read from the rep's words: labelled lines first, then sentences by what they speak of."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class TermKind(StrEnum):
    """What a term is about, in the order in which an offer shows them."""

    SCOPE = "scope"
    NOT_IN_SCOPE = "not-in-scope"
    PROMISED = "promised"
    DATES = "dates"
    PEOPLE = "people"
    MONEY = "money"
    REFERENCE = "reference"
    OPEN = "open"
    CARE = "care"


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that was agreed, in the rep's words."""

    kind: TermKind
    words: str


_LABELS: Mapping[TermKind, str] = {
    TermKind.NOT_IN_SCOPE: (
        r"(?:not|nothing|out)[ -](?:in|of)?[ -]?(?:the )?scope|not included|excluded|exclusions|without"
        r"|nicht (?:enthalten|im umfang|dabei)|ausgeschlossen|hors périmètre|non compris"
    ),
    TermKind.SCOPE: (
        r"(?:in )?scope(?: of work)?|included|deliverables?|what (?:we|they) sold|we sold|sold|work"
        r"|project|package"
        r"|umfang|leistung(?:en|sumfang)?|lieferumfang|enthalten|périmètre|prestations?|livrables?"
    ),
    TermKind.PROMISED: r"promis(?:ed?|es)|commit(?:ted|ments?)|agreed|zugesagt|zusagen|versprochen|promis|engagements?",
    TermKind.DATES: (
        r"dates?|deadlines?|timeline|timing|schedule|milestones?|start|kick-?off|go-?live|termine?"
        r"|fristen?|zeitplan|beginn"
        r"|délais?|calendrier|échéances?"
    ),
    TermKind.PEOPLE: (
        r"(?:the )?(?:people|contacts?|client contacts?|stakeholders?|who(?: is who| decides)?"
        r"|decision[ -]makers?)"
        r"|ansprechpartner(?:in)?|kontakte?|personen|contacts? client|interlocuteurs?"
    ),
    TermKind.MONEY: (
        r"money|price|budget|value|fee|payment(?: terms)?|terms of payment|commercials?"
        r"|contract value|preis|budget|zahlung"
        r"(?:sbedingungen)?|auftragswert|prix|montant|paiement"
    ),
    TermKind.REFERENCE: (
        r"(?:order|contract|po|quote|purchase order)(?: (?:no|number|ref(?:erence)?))?\.?|reference"
        r"|bestell(?:ung|nummer)"
        r"|auftrag(?:snummer)?|vertrag(?:snummer)?|commande|contrat"
    ),
    TermKind.OPEN: (
        r"(?:still )?open(?: (?:questions?|points?|issues?|items?))?|unclear|to (?:be )?(?:clarif(?:y"
        r"|ied)|decided?)|tbd|questions?"
        r"|offen(?:e (?:punkte|fragen))?|ungeklärt|à clarifier|points ouverts|questions ouvertes"
    ),
    TermKind.CARE: (
        r"(?:be )?careful(?: with)?|watch out(?: for)?|risks?|beware(?: of)?|mind|sensitive|note"
        r"|vorsicht(?: bei)?|risiken?"
        r"|achtung|attention|risques?|points de vigilance"
    ),
}
_LABEL = re.compile(
    r"[ \t]*(?:[-*•–][ \t]+)?(?:\*{0,2})(?:"
    + "|".join(f"(?P<{kind.name}>{words})" for kind, words in _LABELS.items())
    + r")\*{0,2}[ \t]*[:：][ \t]*\*{0,2}(?P<rest>.*)",
    re.IGNORECASE,
)
_CUES: tuple[tuple[TermKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(words, re.IGNORECASE))
    for kind, words in (
        (
            TermKind.NOT_IN_SCOPE,
            (
                r"\b(?:not (?:included|in scope|part of)|out of scope|does(?:n['’]t| not) include"
                r"|excluding|nicht (?:enthalten|teil))\b"
            ),
        ),
        (
            TermKind.PROMISED,
            (
                r"\b(?:(?:i|we)(?:['’]ve| have)? (?:promised|committed|agreed|guaranteed|assured)"
                r"|they (?:were|have been) promised"
                r"|(?:habe|haben) .{0,60}(?:zugesagt|versprochen)|(?:ai|avons) promis)\b"
            ),
        ),
        (
            TermKind.OPEN,
            (
                r"\b(?:still (?:open|unclear|to be)|not (?:yet )?(?:clear|decided|settled)"
                r"|to be (?:decided|clarified|confirmed)"
                r"|we (?:still )?(?:need|have) to (?:find out|clarify|decide)|noch (?:offen|unklar)"
                r"|reste à)\b"
            ),
        ),
        (
            TermKind.MONEY,
            (
                r"[€£$]\s?\d|\b\d[\d.,]*\s?(?:€|£|\$|EUR|USD|GBP|CHF|k\b|euros?|pounds?|dollars?)"
                r"|\b(?:up front|down payment|invoice in)\b"
            ),
        ),
        (
            TermKind.DATES,
            (
                r"\b(?:start(?:s|ing)?|kick-?off|go-?live|launch|deliver(?:y|ed)?|due|finish(?:ed)?|ready"
                r"|by|until|from|on|bis|ab|am)\b"
                r"[^.!?\n]{0,40}(?:\b\d{1,2}(?:st|nd|rd|th|\.)?\s?(?:of )?(?:jan|feb|mar|mär|apr|ma[iy]"
                r"|jun|jul|aug|sep|o[ck]t|nov|de[cz])"
                r"|\b\d{4}-\d\d-\d\d|\b\d{1,2}[./]\d{1,2}[./]|\b(?:january|february|march|april|june|july"
                r"|august|september|october"
                r"|november|december)|\bq[1-4]\b|\b(?:next|end of)\s(?:week|month|quarter|year))"
            ),
        ),
        (
            TermKind.PEOPLE,
            (
                r"\b(?:contact(?: person)? (?:is|there)|your contact|decides|in charge|signs? (?:off|the)"
                r"|is the \w+ (?:manager|lead|head)"
                r"|ansprechpartner|entscheidet|interlocuteur)\b"
            ),
        ),
        (
            TermKind.REFERENCE,
            r"\b(?:their |the )?(?:order|contract|po)\s(?:no\.?\s|number\s)?#?[A-Z]{0,5}-?\d[\w-]*\d",
        ),
        (
            TermKind.SCOPE,
            (
                r"\b(?:includes?|consists? of|covers?|comprises|we (?:will|are to|sold|deliver|build"
                r"|supply|install)|umfasst|enthält|liefern"
                r"|comprend)\b"
            ),
        ),
    )
)
_SENTENCE = re.compile(r"[^.!?\n]+(?:\.(?=\d)[^.!?\n]*)*[.!?]?")
MOST = 40


def terms_of(words: str) -> tuple[Term, ...]:
    """The terms in *words*, in order. A labelled line goes on until the next label or an empty line."""
    found: list[Term] = []
    kind: TermKind | None = None
    for line in words.splitlines():
        label = _LABEL.fullmatch(line)
        if label is not None:
            kind = _named(label)
            if label["rest"].strip():
                found.append(Term(kind, label["rest"].strip()))
            continue
        if not line.strip():
            kind = kind if kind and found and found[-1].kind is not kind else None
            continue
        if kind is None:
            found += _sentences(line)
        elif found and found[-1].kind is kind and not re.match(r"\s*[-*•–]|\s*\d+[.)]", line):
            found[-1] = Term(kind, f"{found[-1].words} {line.strip()}")
        else:
            found.append(Term(kind, line.strip().lstrip("-*•– ")))
    return tuple(found[:MOST])


def _named(label: re.Match[str]) -> TermKind:
    return next(kind for kind in _LABELS if label[kind.name] is not None)


def _sentences(line: str) -> Iterator[Term]:
    for match in _SENTENCE.finditer(line):
        said = match[0].strip()
        if (label := _LABEL.fullmatch(said)) is not None and label["rest"].strip():
            yield Term(_named(label), label["rest"].strip())
            continue
        for kind, cue in _CUES:
            if cue.search(said):
                yield Term(kind, said)
                break
