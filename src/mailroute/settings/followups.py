"""The settings of follow-ups, and the same as the pure code knows them."""

from datetime import time
from typing import Self

from pydantic import Field, model_validator

from mailroute.domain.policy import FollowUps as Habits
from mailroute.domain.policy import ServiceLevel, WorkingHours
from mailroute.settings.kinds import DAY_NAMES, SERVICE_LEVEL, Count, Levels, TimeOfDay, WeekDays
from mailroute.settings.section import Section

_HABITS = Habits()


class FollowUps(Section):
    """Who hears when of what stands still; days and hours are working ones."""

    enabled: bool = Field(default=_HABITS.enabled, description="Whether anybody is reminded of anything.")
    nudge_after_days: Count = Field(
        default=_HABITS.nudge_after_days,
        description="Days that a client may leave our question unanswered until the rep gets a nudge to send.",
    )
    firm_after_days: Count = Field(
        default=_HABITS.firm_after_days, description="Days from there until the PM gets a firm text to send."
    )
    nudges_per_ticket: Count = Field(
        default=_HABITS.nudges_per_ticket, description="Nudges offered on one ticket at the most."
    )
    nudges_per_client_and_week: Count = Field(
        default=_HABITS.nudges_per_client_and_week,
        description="Nudges and firm texts that one client gets in seven days at the most.",
    )
    nudge_unasked: bool = Field(
        default=_HABITS.nudge_unasked,
        description="Send nudges in the rep's name without waiting for the rep's word.",
    )
    first_answer_hours: float = Field(
        default=_HABITS.first_answer_hours,
        description="Hours until a new ticket should have its first answer, where its tier says nothing.",
        gt=0,
    )
    answer_after_days: Count = Field(
        default=_HABITS.answer_after_days,
        description="Days that a PM may leave a client's further message unanswered until reminded.",
    )
    escalate_after_days: Count = Field(
        default=_HABITS.escalate_after_days,
        description="Days from such a reminder, or from the day of a promise, until the lead is told.",
    )
    tell_first_answer: bool = Field(
        default=_HABITS.tell_first_answer,
        description="Whether the acknowledgement names the day by which the first answer comes.",
    )
    levels: Levels = Field(
        default=(),
        description="What clients of a tier are promised, each as tier=hours+days, such as 'gold=4h+5d': first answer "
        "within 4 hours, solved within 5 days.",
    )
    working_days: WeekDays = Field(
        default=tuple(DAY_NAMES[day] for day in sorted(_HABITS.hours.days)),
        description="Days of your office.",
    )
    opens: TimeOfDay = Field(default=f"{_HABITS.hours.opens:%H:%M}", description="When it opens.")
    closes: TimeOfDay = Field(default=f"{_HABITS.hours.closes:%H:%M}", description="When it closes.")

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> Self:
        if self.opens >= self.closes:
            raise ValueError("opens must be before closes")
        return self

    def to_domain(self) -> Habits:
        """The same as the pure code knows it."""
        return Habits(
            enabled=self.enabled,
            nudge_after_days=self.nudge_after_days,
            firm_after_days=self.firm_after_days,
            nudges_per_ticket=self.nudges_per_ticket,
            nudges_per_client_and_week=self.nudges_per_client_and_week,
            nudge_unasked=self.nudge_unasked,
            first_answer_hours=self.first_answer_hours,
            answer_after_days=self.answer_after_days,
            escalate_after_days=self.escalate_after_days,
            tell_first_answer=self.tell_first_answer,
            levels=tuple(_level(text) for text in self.levels),
            hours=WorkingHours(
                days=frozenset(DAY_NAMES.index(name) for name in self.working_days),
                opens=time.fromisoformat(self.opens),
                closes=time.fromisoformat(self.closes),
            ),
        )


def _level(text: str) -> tuple[str, ServiceLevel]:
    match = SERVICE_LEVEL.fullmatch(text)
    assert match is not None, "checked when it was read"
    hours, days = match["hours"], match["days"]
    level = ServiceLevel(float(hours) if hours else None, int(days) if days else None)
    return match["tier"].strip(), level
