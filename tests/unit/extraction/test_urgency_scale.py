"""The house sets what counts how much for urgency, and from where a level begins."""

from collections.abc import Callable

import pytest

from mailroute.domain.issue import Issue, Urgency
from mailroute.domain.policy import Service, UrgencyScale

TEXT = "The label printer does not print any more. Please send somebody by Friday."


@pytest.mark.parametrize(
    ("scale", "level"),
    [
        (UrgencyScale(), Urgency.HIGH),
        (UrgencyScale(due_in_two_days=0.0), Urgency.NORMAL),
        (UrgencyScale(high_from=9.0, critical_from=10.0), Urgency.NORMAL),
        (UrgencyScale(high_from=1.0, critical_from=2.0), Urgency.CRITICAL),
        (UrgencyScale(normal_from=7.0, high_from=8.0, critical_from=9.0), Urgency.LOW),
    ],
)
def test_levels_and_weights_are_the_house_s(
    card: Callable[..., Issue], scale: UrgencyScale, level: Urgency
) -> None:
    """The same mail, other figures."""
    assert level == card(TEXT, subject="Printer", service=Service(urgency=scale)).urgency.value
