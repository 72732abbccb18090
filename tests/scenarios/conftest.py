"""One reading child, one set of templates and one journal for all stories of a test process."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry

from mailroute.domain.policy import Policy
from mailroute.journal import Journal
from mailroute.outbound.render import Renderer
from mailroute.services.reading import Reader
from mailroute.services.rehearse import rehearse
from mailroute.services.views import View


@pytest.fixture(scope="session")
def play() -> Iterator[Callable[[Path], View]]:
    """Plays a folder through the whole service, once; what came of it."""
    renderer, journal = Renderer(), Journal(registry=CollectorRegistry())
    with Reader(Policy()) as reader:

        @cache
        def once(folder: Path) -> View:
            return rehearse(folder, read=reader.read, renderer=renderer, journal=journal).result

        yield once
