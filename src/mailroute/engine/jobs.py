"""What there is to do, and how to ask for it inside the caller's transaction."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from mailroute.engine.location import SqliteFile, locate
from mailroute.store.connect import driver_connection
from mailroute.store.session import Connection


class JobName(StrEnum):
    """The jobs of the product; each carries the id of a row."""

    PROCESS = "process"
    """An inbox entry: read it, decide about it, apply the outcome."""
    DELIVER = "deliver"
    """An outbox row: hand the mail to the smarthost."""


QUEUES: Mapping[JobName, str] = MappingProxyType({JobName.PROCESS: "inbox", JobName.DELIVER: "outbox"})
"""The queue of each job. A worker fetches only from queues whose jobs it knows, so that a newer version's
jobs wait for a newer worker."""

ARGUMENT = "row_id"
"""The only argument of every job."""

# A row's jobs have one lock for both purposes: one waits at most, and two never run at the same time.
# The columns and the partial index are those of Procrastinate 3.10; its own way to enqueue makes a clash an
# error, which on PostgreSQL would break the transaction of the caller.
_KEEP = " ON CONFLICT (queueing_lock) WHERE status = 'todo' DO NOTHING"
_SQLITE = (
    "INSERT INTO procrastinate_jobs(queue_name, task_name, lock, queueing_lock, args, scheduled_at, changed_at)"
    " SELECT :queue, :task, :task || ':' || value, :task || ':' || value, json_object('row_id', value), :at,"
    " (julianday('now') - 2440587.5) * 86400 FROM json_each(:ids) WHERE true"
)
_POSTGRES = (
    "INSERT INTO procrastinate_jobs(queue_name, task_name, lock, queueing_lock, args, scheduled_at)"
    " SELECT %(queue)s::text, %(task)s::text, %(task)s::text || ':' || id, %(task)s::text || ':' || id,"
    " jsonb_build_object('row_id', id), %(at)s::timestamptz"
    " FROM unnest(%(ids)s::bigint[]) WITH ORDINALITY AS asked(id, place) ORDER BY place"
)


class Enqueuer:
    """Puts jobs into the database at *url* inside the transaction that the caller has open.

    The job is there when the caller commits and never was when they roll back. Workers wake up at the commit.
    Failures of the database are raised as the driver raises them; `Store.write()` turns them into ours.
    """

    def __init__(self, url: str) -> None:
        self._on_sqlite = isinstance(locate(url), SqliteFile)

    def enqueue(
        self, connection: Connection, job: JobName, row_id: int, *, at: datetime | None = None
    ) -> None:
        """Ask for *job* on a row, not before *at* (aware; None is at once).

        One that waits already stays as it is, with its own time.
        """
        self._insert(connection, job, [row_id], at)

    def enqueue_many(self, connection: Connection, job: JobName, row_ids: Iterable[int]) -> None:
        """Ask for *job* on each row, in the order of the ids, by one statement."""
        # Two transactions that wait for each other's locks do so in one order, hence cannot wait in a ring.
        if ordered := sorted(set(row_ids)):
            self._insert(connection, job, ordered, None)

    def _insert(
        self, connection: Connection, job: JobName, row_ids: Sequence[int], at: datetime | None
    ) -> None:
        asked: dict[str, object] = {"queue": QUEUES[job], "task": job.value}
        if self._on_sqlite:
            asked |= {"ids": json.dumps(row_ids), "at": None if at is None else at.timestamp()}
            statement = _SQLITE + _KEEP
        else:
            asked |= {"ids": list(row_ids), "at": at}
            statement = _POSTGRES + _KEEP
        driver_connection(connection).execute(statement, asked).close()
