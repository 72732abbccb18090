"""The settings of digests, and the same as the pure code knows them."""

from datetime import time
from typing import Literal

from pydantic import Field

from mailroute.domain.policy import Digests as Habits
from mailroute.settings.kinds import DAY_NAMES, TimeOfDay, WeekDay
from mailroute.settings.section import Section

_HABITS = Habits()


class Digests(Section):
    """When our own people get theirs; only on our working days."""

    enabled: bool = Field(default=_HABITS.enabled, description="Whether anybody gets a digest.")
    at: TimeOfDay = Field(default=f"{_HABITS.at:%H:%M}", description="Local time of the house.")
    often: Literal["daily", "weekly", "off"] = Field(
        default="daily", description="For who has not chosen by /digest in a mail."
    )
    weekly_on: WeekDay = Field(
        default=DAY_NAMES[_HABITS.weekly_on],
        description="Day of weekly ones; on a holiday the next working day.",
    )
    agenda: bool = Field(default=True, description="Whether there is a joint agenda of both departments.")
    agenda_on: WeekDay = Field(default=DAY_NAMES[_HABITS.agenda_on or 0], description="Day of that agenda.")

    def to_domain(self) -> Habits:
        """The same as the pure code knows it."""
        return Habits(
            enabled=self.enabled,
            at=time.fromisoformat(self.at),
            often=self.often,
            weekly_on=DAY_NAMES.index(self.weekly_on),
            agenda_on=DAY_NAMES.index(self.agenda_on) if self.agenda else None,
        )
