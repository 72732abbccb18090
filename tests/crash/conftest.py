"""The house that crash tests break: the service by its own command line, a smarthost that catches, careful senders."""

import os
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from catching import CatcherThread
from wire import free_port

from house import House


@pytest.fixture
def catcher() -> Iterator[CatcherThread]:
    """A smarthost on loopback that takes everything."""
    with CatcherThread() as running:
        yield running


@pytest.fixture
def new_house(tmp_path: Path, catcher: CatcherThread) -> Iterator[Callable[..., House]]:
    """Builds the service's settings and database; whatever still runs of it at the end is killed."""
    built: list[House] = []

    def build(
        database_url: str | None = None, *, data_dir: Path | None = None, **sections: dict[str, object]
    ) -> House:
        house = House(
            tmp_path / f"house{len(built)}",
            smtp_port=free_port(),
            smarthost_port=catcher.port,
            database_url=database_url,
            data_dir=data_dir,
            sections=sections,
        )
        built.append(house)
        return house

    yield build
    for house in built:
        house.kill_all()


@pytest.fixture
def house_url(request: pytest.FixtureRequest) -> str | None:
    """For tests that run on both databases: a PostgreSQL URL, or None for the SQLite file of the house."""
    url: str | None = request.getfixturevalue("postgres_url") if request.param == "postgres" else None
    return url


@pytest.fixture
def chance() -> random.Random:
    """Random numbers whose seed is printed; CRASH_SEED repeats a run."""
    seed = int(os.environ.get("CRASH_SEED", random.SystemRandom().randrange(10**6)))
    print(f"CRASH_SEED={seed}")
    return random.Random(seed)
