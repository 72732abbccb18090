"""What is wrong with the conditions of configured rules."""

from collections.abc import Iterator, Mapping

from mailroute.domain.directory import Conditions, ConfiguredRule
from mailroute.routing.expressions import problems
from mailroute.routing.fields import RULE_FIELDS, RuleField
from mailroute.routing.operators import OPERATORS, Operator, split
from mailroute.services.directory_file.build import Entry
from mailroute.services.directory_file.shapes import Kind, nearest

Finding = tuple[str, str]
"""Place, and what is wrong there."""
Known = Mapping[str, list[str]]
"""Fields whose values stand in the directory, with these values."""
LITERAL = frozenset({"is", "not"})


def unknown_conditions(entries: list[Entry]) -> Iterator[Finding]:
    """Rules that ask for fields, operators or words which do not exist, or for nothing."""
    known = {
        "organisation.id": [entry.value.id for entry in entries if entry.kind is Kind.ORGANISATION],
        "project.key": [entry.value.key for entry in entries if entry.kind is Kind.PROJECT],
    }
    for entry in entries:
        if entry.kind is not Kind.RULE:
            continue
        rule: ConfiguredRule = entry.value
        if entry.record is not None and not {"when", "all", "any", "when_expr"} & entry.record.values.keys():
            yield entry.place(), f"rule {rule.name} has no conditions: write when, all, any or when_expr"
        for part, path, accepted in _conditions(rule):
            for what in _wrong(rule.name, path, accepted, known):
                yield entry.place(part), what


def unsound_expressions(entries: list[Entry]) -> Iterator[Finding]:
    """Expressions that are none, or ask for what does not exist."""
    for entry in entries:
        if entry.kind is Kind.RULE and entry.value.when_expr is not None:
            for what in problems(entry.value.when_expr):
                yield entry.place("when_expr"), f"rule {entry.value.name}: when_expr {what}"


def _conditions(rule: ConfiguredRule) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Part of the rule, path and values of each condition in it."""
    yield from (("when", path, accepted) for path, accepted in rule.when.items())
    for part, groups in (("all", rule.all), ("any", rule.any)):
        for group in groups:
            yield from ((part, path, accepted) for path, accepted in _inside(group))


def _inside(group: Conditions) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from group.wants.items()
    for inner in (*group.all, *group.any):
        yield from _inside(inner)


def _wrong(rule: str, path: str, accepted: tuple[str, ...], known: Known) -> Iterator[str]:
    name, verb = split(path)
    field, operator = RULE_FIELDS.get(name), OPERATORS[verb]
    if field is None:
        yield f"rule {rule} asks for {path}, which is no field{_hint(path)}"
        return
    if not accepted:
        yield f"rule {rule}: {path} names no value, so it decides nothing"
    if operator.needs_order and not field.ordered:
        ordered = ", ".join(one for one, field in RULE_FIELDS.items() if field.ordered)
        yield f"rule {rule}: {name} has no order, so {verb} says nothing; fields with one are {ordered}"
        return
    if operator.flag and accepted not in {("yes",), ("no",)}:
        yield f"rule {rule}: {path} must be true or false"
        return
    yield from _never(rule, name, accepted, _values(name, verb, field, operator, known))


def _hint(path: str) -> str:
    head, _, last = path.rpartition(".")
    if head in RULE_FIELDS:
        hint = nearest(last, list(OPERATORS)) or "; known are " + ", ".join(OPERATORS)
        return f": {head} has no operator {last}{hint}"
    return nearest(path, list(RULE_FIELDS)) or "; known are " + ", ".join(RULE_FIELDS)


def _values(name: str, verb: str, field: RuleField, operator: Operator, known: Known) -> list[str] | None:
    if field.words is not None and (verb in LITERAL or operator.needs_order):
        return [str(word) for word in field.words]
    return known.get(name) if verb in LITERAL else None


def _never(rule: str, name: str, accepted: tuple[str, ...], values: list[str] | None) -> Iterator[str]:
    for word in accepted if values is not None else ():
        if word.casefold() not in {value.casefold() for value in values or ()}:
            yield f"rule {rule}: {name} is never {word}{nearest(word, values or [])}"
