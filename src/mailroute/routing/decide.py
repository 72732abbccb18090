"""Whose work is it? The first rule that assigns to somebody who can take it wins; all others are told of."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Candidate, Routing
from mailroute.routing.availability import Settled, least_loaded, passed_over, present, settle
from mailroute.routing.case import Assign, Case, Pass
from mailroute.routing.rules import RULES, Rule
from mailroute.routing.telling import sentence, would_change

__all__ = ["present", "route"]


@dataclass(frozen=True, slots=True)
class Offer:
    """A rule that assigns, and to whom that comes today."""

    rule: str
    answer: Assign
    settled: Settled

    def routing(self, passed: Iterable[Reason], *further: Reason) -> Routing:
        """The decision for it."""
        return Routing(
            pm=self.settled.staff,
            rule=self.rule,
            sure=self.answer.sure,
            reasons=(self.answer.because, *self.settled.reasons, *further),
            passed=tuple(passed),
        )


def route(case: Case, rules: Iterable[Rule] = RULES) -> Routing:
    """Ask the rules in order; the value tells who, by which rule, why each earlier rule passed, and who else."""
    offers: list[Offer] = []
    passed: list[Reason] = []
    chosen: Offer | None = None
    for rule in rules:
        name = rule.__name__.replace("_", "-")
        match rule(case):
            case Assign() as answer:
                offer = Offer(name, answer, settle(answer.staff, case))
                offers.append(offer)
                if chosen is None and not offer.settled.full:
                    chosen = offer
                elif chosen is None:
                    passed.append(Reason(name, offer.settled.reasons[-1].evidence))
            case Pass(why):
                if chosen is None:
                    passed.append(Reason(name, why))
    chosen, routing = _decided(case, offers, chosen, passed)
    routing = replace(routing, candidates=_candidates(offers, chosen))
    return replace(
        routing, sentence=sentence(routing, case.directory), would_change=tuple(would_change(routing, case))
    )


def _decided(
    case: Case, offers: list[Offer], chosen: Offer | None, passed: list[Reason]
) -> tuple[Offer | None, Routing]:
    """The first offer that can be taken up; when all are full, that of who has least to do."""
    if chosen is not None:
        before = offers[: offers.index(chosen)]
        return chosen, chosen.routing(passed, *dict.fromkeys(one.settled.reasons[-1] for one in before))
    able = [one for one in offers if one.settled.staff in case.directory.staff_by_id]
    if not able:
        return None, Routing(reasons=(Reason("nobody", "no rule could name anybody"),), passed=tuple(passed))
    least = least_loaded([one.settled.staff for one in able], case)
    chosen = next(one for one in able if one.settled.staff == least)
    why = Reason("everybody-full", "all whom a rule names are full; this one has fewest open tickets")
    return chosen, chosen.routing([reason for reason in passed if reason.code != chosen.rule], why)


def _candidates(offers: Iterable[Offer], chosen: Offer | None) -> tuple[Candidate, ...]:
    found: list[Candidate] = []
    for one in offers:
        found.append(
            Candidate(
                staff=one.settled.staff,
                rule=one.rule,
                score=0.0 if one.settled.full and one is not chosen else one.answer.sure,
                reasons=(one.answer.because, *one.settled.reasons),
                chosen=one is chosen,
            )
        )
        found += passed_over(one.settled, one.rule)
    return tuple(found)
