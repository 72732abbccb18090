"""Several processes at one database, and what a sudden end of one leaves behind."""

import itertools
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import sqlalchemy as sa

from mailroute.store import inbox
from mailroute.store.session import Store
from mailroute.store.tables import inbox as inbox_table

KEEPER = Path(__file__).with_name("keeper.py")


def keeper(url: str, name: str, batches: int, size: int) -> subprocess.Popen[str]:
    """Starts a process that keeps messages."""
    command = [sys.executable, str(KEEPER), url, name, str(batches), str(size)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def kept_by_batch(store: Store) -> Counter[str]:
    """How many messages of each batch are kept."""
    with store.read() as connection:
        keys = connection.scalars(sa.select(inbox_table.c.source_key))
        return Counter(key.rpartition("-")[0] for key in keys)


def test_two_processes_write_at_once(store: Store) -> None:
    """Processes that write at the same time wait for each other; none of their messages is lost."""
    processes = [keeper(store.url, name, batches=20, size=5) for name in ("a", "b")]
    codes = [process.communicate() and process.returncode for process in processes]

    assert codes == [0, 0]
    assert {f"{name}-{batch}": 5 for name in "ab" for batch in range(20)} == kept_by_batch(store)


@pytest.mark.parametrize("until", [1, 3])
def test_a_killed_process_leaves_nothing_half_kept(store: Store, until: int) -> None:
    """After SIGKILL every batch that was said to be kept is there, and no batch is there in part."""
    with keeper(store.url, "a", batches=1_000_000, size=40) as process:
        assert process.stdout is not None
        said = [int(line) for line in itertools.islice(process.stdout, until)]
        process.kill()
        said += [int(line) for line in process.stdout if line.endswith("\n")]
    kept = kept_by_batch(store)
    with store.read() as connection:
        books = inbox.books(connection)

    assert {f"a-{batch}" for batch in said} <= set(kept)
    assert set(kept.values()) == {40}
    assert books.close
    assert len(kept) - len(said) in {0, 1}
