"""A new matter, as routing sees it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mailroute.domain.address import Mailbox
from mailroute.domain.decisions import Identity
from mailroute.domain.directory import Directory
from mailroute.domain.issue import Issue
from mailroute.domain.ticket import Role, Via
from mailroute.routing.case import Case


@pytest.fixture
def make_case(house: Directory) -> Callable[..., Case]:
    """Makes a case of Ann at Borealis who names no project, on the Tuesday on which Kai is away."""

    def make(**changes: Any) -> Case:
        ann = Mailbox("Ann Lee", "ann.lee@borealis.example")
        case = Case(
            issue=Issue(),
            words="Something drips.",
            identity=Identity(role=Role.CLIENT, author=ann, requester=ann, via=Via.DIRECT),
            organisation=house.organisations_by_id["borealis"],
            named=None,
            directory=house,
            today=date(2026, 3, 3),
        )
        return replace(case, **changes)

    return make
