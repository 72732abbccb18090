"""Whether the conditions of a configured rule hold; which one decided, and with what value."""

from collections.abc import Iterator
from dataclasses import dataclass

from mailroute.domain.directory import Conditions, ConfiguredRule
from mailroute.routing.case import Case
from mailroute.routing.expressions import judge_expression
from mailroute.routing.fields import RULE_FIELDS
from mailroute.routing.operators import OPERATORS, split

SHOWN = 80
"""Characters of a value that a reason repeats."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether it holds, and the words that say so."""

    holds: bool
    because: str
    """The conditions that held, or the first one that did not."""


def judge(rule: ConfiguredRule, case: Case) -> Judgement:
    """Whether all of *rule* holds."""
    whole = Conditions(wants=rule.when, all=rule.all, any=rule.any)
    held: list[str] = []
    for one in _parts(whole, case):
        if not one.holds:
            return one
        held.append(one.because)
    if rule.when_expr is not None:
        expression = judge_expression(rule.when_expr, case)
        if not expression.holds:
            return Judgement(False, expression.because)
        held.append(expression.because)
    return Judgement(True, ", ".join(held))


def _parts(group: Conditions, case: Case) -> Iterator[Judgement]:
    yield from (_wanted(path, accepted, case) for path, accepted in group.wants.items())
    yield from (_together(one, case) for one in group.all)
    if group.any:
        yield _either(group.any, case)


def _together(group: Conditions, case: Case) -> Judgement:
    held = []
    for one in _parts(group, case):
        if not one.holds:
            return one
        held.append(one.because)
    return Judgement(True, ", ".join(held))


def _either(groups: tuple[Conditions, ...], case: Case) -> Judgement:
    failed = []
    for group in groups:
        one = _together(group, case)
        if one.holds:
            return one
        failed.append(one.because)
    return Judgement(False, f"none of these holds: {'; '.join(failed)}")


def _wanted(path: str, accepted: tuple[str, ...], case: Case) -> Judgement:
    name, verb = split(path)
    field, operator = RULE_FIELDS.get(name), OPERATORS[verb]
    if field is None:
        return Judgement(False, f"{name} is no field")
    found = [value.casefold() for value in field.read(case)]
    wanted = tuple(value.casefold() for value in accepted)
    either = " or ".join(accepted)
    if name == "words" and verb == "is":
        hit = next((word for word in accepted if any(word.casefold() in text for text in found)), None)
        if hit is None:
            return Judgement(False, f"none of {', '.join(accepted)} is in the text")
        return Judgement(True, f"words = {hit}")
    holds = operator.holds(field, found, wanted)
    if verb == "is" and holds:
        return Judgement(True, f"{name} = {' or '.join(w for w in accepted if w.casefold() in found)}")
    has = "the text" if name == "words" else f"{name} is {_shown(found)}"
    if holds:
        hits = [word for word in accepted if operator.holds(field, found, (word.casefold(),))]
        return Judgement(
            True,
            f"{name} {operator.said} {' or '.join(hits or accepted)}"
            + ("" if name == "words" else f" ({has})"),
        )
    if verb == "is":
        return Judgement(False, f"{has}, not {either}")
    return Judgement(False, f"{has}, and so not: {operator.said} {either}")


def _shown(found: list[str]) -> str:
    text = ", ".join(found)
    return (text if len(text) <= SHOWN else f"{text[:SHOWN]}...") or "not given"


def describe(rule: ConfiguredRule) -> str:
    """All of *rule*'s conditions as one line."""
    said = _described(Conditions(wants=rule.when, all=rule.all, any=rule.any))
    if rule.when_expr is not None:
        said = f"{said} and ({rule.when_expr})" if said else rule.when_expr
    return said or "always"


def _described(group: Conditions) -> str:
    parts = [_want(path, accepted) for path, accepted in group.wants.items()]
    parts += [_described(one) for one in group.all]
    if group.any:
        parts.append("(" + " or ".join(_described(one) for one in group.any) + ")")
    return " and ".join(parts)


def _want(path: str, accepted: tuple[str, ...]) -> str:
    name, verb = split(path)
    return f"{name} {OPERATORS[verb].said} {' or '.join(accepted)}"
