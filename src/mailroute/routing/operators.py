"""The ways in which a condition of a configured rule compares: one table, for the rules, the checks and the docs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mailroute.domain.words import plain_words
from mailroute.routing.fields import RULE_FIELDS, RuleField

LONG = 200
"""Characters from which a text is the mail's and no condition's."""

Values = Sequence[str]
"""In lower case."""


@dataclass(frozen=True, slots=True)
class Operator:
    """One way to compare."""

    meaning: str
    said: str
    """Between a field and its accepted values, as in `issue.urgency is at least high`."""
    holds: Callable[[RuleField, Values, Values], bool]
    """Of the field, the values that a case has there, and the accepted values."""
    needs_order: bool = False
    flag: bool = False
    """Whether it takes true or false instead of values."""


def _is(_: RuleField, found: Values, accepted: Values) -> bool:
    return any(value in found for value in accepted)


@lru_cache(maxsize=16)
def _plain_text(text: str) -> str:
    """Kept for a moment, since every rule asks it of the same mail."""
    return f" {plain_words(text)} "


def _plain(texts: Values) -> list[str]:
    return [_plain_text(text) if len(text) > LONG else f" {plain_words(text)} " for text in texts]


def _has(_: RuleField, found: Values, accepted: Values) -> bool:
    texts = _plain(found)
    return any(phrase in text for phrase in _plain(accepted) for text in texts)


def _has_all(_: RuleField, found: Values, accepted: Values) -> bool:
    texts = _plain(found)
    return all(any(phrase in text for text in texts) for phrase in _plain(accepted))


def _rank(field: RuleField, value: str) -> int:
    words = [str(word) for word in field.words or ()]
    return words.index(value) if value in words else -1


def _at_least(field: RuleField, found: Values, accepted: Values) -> bool:
    return any(_rank(field, have) >= _rank(field, value) >= 0 for have in found for value in accepted)


def _at_most(field: RuleField, found: Values, accepted: Values) -> bool:
    return any(0 <= _rank(field, have) <= _rank(field, value) for have in found for value in accepted)


def _starts(_: RuleField, found: Values, accepted: Values) -> bool:
    return any(have.startswith(value) for have in found for value in accepted)


def _ends(_: RuleField, found: Values, accepted: Values) -> bool:
    return any(have.endswith(value) for have in found for value in accepted)


OPERATORS: Mapping[str, Operator] = {
    "is": Operator("one of the values, case does not count; what stands without an operator", "is", _is),
    "not": Operator(
        "none of the values; holds as well where nothing is given",
        "is not",
        lambda field, found, accepted: not _is(field, found, accepted),
    ),
    "has": Operator("one of the words or phrases, as whole words", "has", _has),
    "has_all": Operator("all of the words or phrases, as whole words", "has all of", _has_all),
    "has_not": Operator(
        "none of the words or phrases",
        "has not",
        lambda field, found, accepted: not _has(field, found, accepted),
    ),
    "at_least": Operator("this or more", "is at least", _at_least, needs_order=True),
    "at_most": Operator("this or less", "is at most", _at_most, needs_order=True),
    "starts": Operator("begins with one of the texts", "starts with", _starts),
    "ends": Operator("ends with one of the texts", "ends with", _ends),
    "given": Operator(
        "true: there is a value; false: there is none",
        "is given:",
        lambda _, found, accepted: any(found) is (tuple(accepted) == ("yes",)),
        flag=True,
    ),
}


def split(path: str) -> tuple[str, str]:
    """Field and operator of a path such as `issue.urgency.at_least`; without an operator it is `is`."""
    head, _, last = path.rpartition(".")
    if head and path not in RULE_FIELDS and last in OPERATORS:
        return head, last
    return path, "is"
