"""Time as an argument: the only way in which the product learns what o'clock it is."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Gives the present as an aware datetime in UTC."""

    def now(self) -> datetime:
        """The present."""
        ...
