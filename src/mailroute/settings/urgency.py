"""The section `[urgency]`."""

from typing import Self

from pydantic import Field, model_validator

from mailroute.domain.policy import UrgencyScale
from mailroute.settings.section import Section

OURS = UrgencyScale()


class Urgency(Section):
    """How urgent a mail is: signs add up to a sum, and from a sum a level begins."""

    normal_from: float = Field(default=OURS.normal_from, description="Sum below which the urgency is low.")
    high_from: float = Field(default=OURS.high_from, description="Sum from which it is high.")
    critical_from: float = Field(default=OURS.critical_from, description="Sum from which it is critical.")
    standstill: float = Field(
        default=OURS.standstill,
        description="Added for each word of what stands still or is in danger, twice at most.",
    )
    urgent_word: float = Field(
        default=OURS.urgent_word, description="Added for each word such as urgent or asap, twice at most."
    )
    impact: float = Field(
        default=OURS.impact,
        description="Added for each word of work that suffers or of a fixed day, twice at most.",
    )
    no_hurry: float = Field(
        default=OURS.no_hurry, description="Added where the client says that it can wait."
    )
    due_in_two_days: float = Field(
        default=OURS.due_in_two_days, description="Added when the nearest deadline is at most two days away."
    )
    due_in_a_week: float = Field(
        default=OURS.due_in_a_week, description="Added when it is at most a week away."
    )
    due_later: float = Field(default=OURS.due_later, description="Added when it is farther away.")
    frustrated: float = Field(default=OURS.frustrated, description="Added when the client sounds frustrated.")
    angry: float = Field(default=OURS.angry, description="Added when the client sounds angry.")

    @model_validator(mode="after")
    def _levels_rise(self) -> Self:
        if not self.normal_from < self.high_from < self.critical_from:
            raise ValueError("normal_from, high_from and critical_from must rise")
        return self
