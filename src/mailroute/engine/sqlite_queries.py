"""Procrastinate's named queries in the words of SQLite.

Each function answers the query of its name in `procrastinate/sql/queries.sql` (3.10) and mirrors the function
of `schema.sql` that it calls. Moments are seconds since 1970 in columns of kind REAL. There is no table of
events: `changed_at` says when a job last changed its state, which is all that the queries ask of them.
"""
# ruff: noqa: S608 - nothing but constants of this package is joined into statements

import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from procrastinate import exceptions, manager
from procrastinate.types import JobToDefer, JSONDict

from mailroute.engine.sqlite_listings import (
    JOB_COLUMNS,
    Row,
    Rows,
    count_jobs_status,
    job_row,
    list_jobs,
    list_jobs_to_abort,
    list_locks,
    list_queues,
    list_tasks,
)
from mailroute.engine.sqlite_workers import (
    prune_stalled_workers,
    register_worker,
    select_stalled_jobs_by_heartbeat,
    select_stalled_jobs_by_started,
    unregister_worker,
    update_heartbeat,
)

_NEXT = """
SELECT job.id FROM procrastinate_jobs AS job
 WHERE job.status = 'todo' AND (job.scheduled_at IS NULL OR job.scheduled_at <= :now)
   AND (:queues IS NULL OR job.queue_name IN (SELECT value FROM json_each(:queues)))
   AND (job.lock IS NULL OR NOT EXISTS (
       SELECT 1 FROM procrastinate_jobs AS other
        WHERE other.lock = job.lock AND other.status IN ('todo', 'doing')
          AND (other.status = 'doing' OR other.priority > job.priority
               OR (other.priority = job.priority AND other.id < job.id))))
 ORDER BY job.priority DESC, job.id LIMIT 1
"""


class JobGone(exceptions.ConnectorException):
    """The job is not there any more, or is in a state that does not allow this."""


def check_connection(db: sqlite3.Cursor) -> Row:
    """The name of the table of jobs, or None when it is missing."""
    found = db.execute("SELECT name FROM sqlite_master WHERE name = 'procrastinate_jobs'").fetchone()
    return {"check": found and found["name"]}


def defer_jobs(db: sqlite3.Cursor, jobs: Sequence[JobToDefer]) -> Rows:
    """Put jobs into their queues; a second one that waits under the same queueing lock is a violation."""
    return [{"id": _defer(db, job)} for job in jobs]


def _defer(db: sqlite3.Cursor, job: JobToDefer) -> int | None:
    due = None if job.scheduled_at is None else job.scheduled_at.timestamp()
    fields = job._asdict() | {"args": json.dumps(job.args), "scheduled_at": due, "now": time.time()}
    try:
        db.execute(
            "INSERT INTO procrastinate_jobs"
            "(queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at, changed_at)"
            " VALUES (:queue_name, :task_name, :priority, :lock, :queueing_lock, :args, :scheduled_at, :now)",
            fields,
        )
    except sqlite3.IntegrityError as error:
        raise exceptions.UniqueViolation(
            constraint_name=manager.QUEUEING_LOCK_CONSTRAINT, queueing_lock=job.queueing_lock
        ) from error
    return db.lastrowid


def defer_periodic_job(
    db: sqlite3.Cursor,
    *,
    periodic_id: str,
    defer_timestamp: int,
    queue: str,
    args: JSONDict,
    **job: Any,  # noqa: ANN401 - passed on as they come
) -> Row:
    """Put a periodic job into its queue unless another worker has done so for the same moment."""
    key = {"task": job["task_name"], "periodic": periodic_id, "moment": defer_timestamp}
    db.execute("INSERT OR IGNORE INTO procrastinate_periodic_defers VALUES (:task, :periodic, :moment)", key)
    if not db.rowcount:
        return {"id": None}
    deferred = _defer(db, JobToDefer(queue_name=queue, args=args, scheduled_at=None, **job))
    db.execute(
        "DELETE FROM procrastinate_periodic_defers"
        " WHERE task_name = :task AND periodic_id = :periodic AND defer_timestamp < :moment",
        key,
    )
    return {"id": deferred}


def is_job_due(db: sqlite3.Cursor, queues: Iterable[str] | None) -> bool:
    """Whether `fetch_job` would find something; reads only, so that idle workers never take the write lock."""
    asked = {"queues": None if queues is None else json.dumps(list(queues)), "now": time.time()}
    return db.execute(_NEXT, asked).fetchone() is not None


def fetch_job(db: sqlite3.Cursor, *, queues: Iterable[str] | None, worker_id: int) -> Row:
    """Take the next job that is due and whose lock is free: highest priority first, then oldest."""
    asked = {
        "queues": None if queues is None else json.dumps(list(queues)),
        "worker_id": worker_id,
        "now": time.time(),
    }
    taken = db.execute(
        "UPDATE procrastinate_jobs SET status = 'doing', worker_id = :worker_id, changed_at = :now"
        f" WHERE id = ({_NEXT}) RETURNING {JOB_COLUMNS}",
        asked,
    ).fetchall()
    return job_row(taken[0]) if taken else {"id": None}


def finish_job(db: sqlite3.Cursor, *, job_id: int, status: str, delete_job: bool) -> None:
    """End a job: remove it or give it its last status."""
    if delete_job:
        _one(db, "DELETE FROM procrastinate_jobs WHERE id = :id AND status IN ('todo', 'doing')", id=job_id)
        return
    _one(
        db,
        "UPDATE procrastinate_jobs SET status = :status, abort_requested = 0, changed_at = :now,"
        " attempts = attempts + (status = 'doing') WHERE id = :id AND status IN ('todo', 'doing')",
        id=job_id,
        status=status,
    )


def retry_job(
    db: sqlite3.Cursor,
    *,
    job_id: int,
    retry_at: datetime,
    new_priority: int | None = None,
    new_queue_name: str | None = None,
    new_lock: str | None = None,
) -> None:
    """Let a job wait for another run; one that somebody asked to abort fails instead."""
    db.execute(
        "UPDATE procrastinate_jobs SET status = 'failed', changed_at = :now"
        " WHERE id = :id AND status = 'doing' AND abort_requested",
        {"id": job_id, "now": time.time()},
    )
    if db.rowcount:
        return
    _one(
        db,
        "UPDATE procrastinate_jobs SET status = 'todo', attempts = attempts + 1, scheduled_at = :due,"
        " priority = coalesce(:priority, priority), queue_name = coalesce(:queue, queue_name),"
        " lock = coalesce(:lock, lock), changed_at = :now WHERE id = :id AND status IN ('doing', 'failed')",
        id=job_id,
        due=retry_at.timestamp(),
        priority=new_priority,
        queue=new_queue_name,
        lock=new_lock,
    )


def cancel_job(db: sqlite3.Cursor, *, job_id: int, abort: bool, delete_job: bool) -> Row:
    """Cancel a job that waits; with *abort* ask one that runs to stop."""
    steps = (
        (delete_job, "DELETE FROM procrastinate_jobs WHERE id = :id AND status = 'todo'"),
        (
            abort,
            (
                "UPDATE procrastinate_jobs SET abort_requested = 1, changed_at = :now,"
                " status = CASE status WHEN 'todo' THEN 'cancelled' ELSE status END"
                " WHERE id = :id AND status IN ('todo', 'doing')"
            ),
        ),
        (
            not abort,
            (
                "UPDATE procrastinate_jobs SET status = 'cancelled', changed_at = :now"
                " WHERE id = :id AND status = 'todo'"
            ),
        ),
    )
    for wanted, statement in steps:
        if wanted and db.execute(statement, {"id": job_id, "now": time.time()}).rowcount:
            return {"id": job_id}
    return {"id": None}


def get_job_status(db: sqlite3.Cursor, *, job_id: int) -> Row:
    """The status of one job."""
    found = db.execute("SELECT status FROM procrastinate_jobs WHERE id = ?", (job_id,)).fetchone()
    if found is None:
        raise exceptions.NoResult
    return {"status": found["status"]}


def delete_old_jobs(
    db: sqlite3.Cursor, *, nb_hours: float, queue: str | None, statuses: Iterable[str]
) -> None:
    """Remove jobs that have had one of these last statuses for so many hours."""
    db.execute(
        "DELETE FROM procrastinate_jobs WHERE changed_at < :before AND (:queue IS NULL OR queue_name = :queue)"
        " AND status IN (SELECT value FROM json_each(:statuses))",
        {
            "before": time.time() - float(nb_hours) * 3600,
            "queue": queue,
            "statuses": json.dumps(list(statuses)),
        },
    )


def _one(db: sqlite3.Cursor, statement: str, **asked: object) -> None:
    if not db.execute(statement, asked | {"now": time.time()}).rowcount:
        raise JobGone("Job was not found or does not have a status that allows this")


QUERIES: Mapping[str, Callable[..., Row | Rows | None]] = MappingProxyType(
    {
        query.__name__: query
        for query in (
            cancel_job,
            check_connection,
            count_jobs_status,
            defer_jobs,
            defer_periodic_job,
            delete_old_jobs,
            fetch_job,
            finish_job,
            get_job_status,
            list_jobs,
            list_jobs_to_abort,
            list_locks,
            list_queues,
            list_tasks,
            prune_stalled_workers,
            register_worker,
            retry_job,
            select_stalled_jobs_by_heartbeat,
            select_stalled_jobs_by_started,
            unregister_worker,
            update_heartbeat,
        )
    }
)
"""Every query that Procrastinate sends, by name. Its `listen_queue` is not among them: see
`SqliteConnector.listen_notify`."""
