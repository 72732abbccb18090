"""CHECKLIST: what a PM needs to take over sold work, and how the rep is asked for it when it is not there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mailroute.handoffs.terms import Term, TermKind


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One row: satisfied by a term of one of its kinds."""

    name: str
    kinds: frozenset[TermKind]
    asks: Mapping[str, str]
    """The question to the rep, by language."""


CHECKLIST: tuple[CheckItem, ...] = (
    CheckItem(
        "scope",
        frozenset({TermKind.SCOPE}),
        {
            "en": "What exactly have we sold, and what not?",
            "de": "Was genau haben wir verkauft, und was nicht?",
        },
    ),
    CheckItem(
        "contact",
        frozenset({TermKind.PEOPLE}),
        {
            "en": "Who at the client is to be spoken to, and who decides?",
            "de": "Wer ist dort Ansprechpartner, und wer entscheidet?",
        },
    ),
    CheckItem(
        "dates",
        frozenset({TermKind.DATES}),
        {
            "en": "When is it to begin, and what is due when?",
            "de": "Wann soll es beginnen, und was ist wann fällig?",
        },
    ),
    CheckItem(
        "promises",
        frozenset({TermKind.PROMISED}),
        {
            "en": "What did you promise beyond the contract? If nothing, say so.",
            "de": "Was haben Sie über den Vertrag hinaus zugesagt? Wenn nichts, dann sagen Sie das.",
        },
    ),
    CheckItem(
        "money",
        frozenset({TermKind.MONEY}),
        {"en": "What is it worth, and how is it paid?", "de": "Was ist es wert, und wie wird gezahlt?"},
    ),
    CheckItem(
        "order",
        frozenset({TermKind.REFERENCE}),
        {
            "en": "What is the number of the order or contract?",
            "de": "Wie lautet die Nummer der Bestellung oder des Vertrags?",
        },
    ),
)


def missing(terms: Iterable[Term]) -> tuple[CheckItem, ...]:
    """Rows that none of *terms* satisfies."""
    there = {term.kind for term in terms}
    return tuple(item for item in CHECKLIST if not item.kinds & there)
