"""Procrastinate's queries about workers, and the jobs of dead ones, in the words of SQLite."""
# ruff: noqa: S608 - nothing but constants of this package is joined into statements

import sqlite3
import time
from collections.abc import Mapping

from mailroute.engine.sqlite_listings import JOB_COLUMNS, Row, Rows, job_row

ADOPT = """
UPDATE procrastinate_jobs SET worker_id = %(worker_id)s
 WHERE id = %(job_id)s AND status = 'doing' AND worker_id IS NOT DISTINCT FROM %(dead_worker_id)s
RETURNING id
"""
"""A query of our own beside Procrastinate's, as PostgreSQL takes it; here `adopt_job` answers it."""


def select_stalled_jobs_by_started(
    db: sqlite3.Cursor, *, nb_seconds: float, queue: str | None, task_name: str | None
) -> Rows:
    """Running jobs that were taken more than *nb_seconds* ago."""
    return _stalled(db, "changed_at < :before", nb_seconds, queue, task_name)


def select_stalled_jobs_by_heartbeat(
    db: sqlite3.Cursor, *, seconds_since_heartbeat: float, queue: str | None, task_name: str | None
) -> Rows:
    """Running jobs whose worker is gone or has been silent for so many seconds."""
    silent = "(worker_id IS NULL OR worker_id IN (SELECT id FROM procrastinate_workers WHERE last_heartbeat < :before))"
    return _stalled(db, silent, seconds_since_heartbeat, queue, task_name)


def _stalled(
    db: sqlite3.Cursor, condition: str, seconds: float, queue: str | None, task_name: str | None
) -> Rows:
    found = db.execute(
        f"SELECT {JOB_COLUMNS} FROM procrastinate_jobs WHERE status = 'doing' AND {condition}"
        " AND (:queue IS NULL OR queue_name = :queue) AND (:task IS NULL OR task_name = :task)",
        {"before": time.time() - float(seconds), "queue": queue, "task": task_name},
    )
    return [job_row(row) for row in found]


def register_worker(db: sqlite3.Cursor) -> Row:
    """Enter a new worker with a first sign of life."""
    db.execute("INSERT INTO procrastinate_workers(last_heartbeat) VALUES (?)", (time.time(),))
    return {"worker_id": db.lastrowid}


def unregister_worker(db: sqlite3.Cursor, *, worker_id: int) -> None:
    """Strike a worker off; jobs that it still had belong to nobody."""
    _strike_off(db, "id = :worker_id", {"worker_id": worker_id})


def update_heartbeat(db: sqlite3.Cursor, *, worker_id: int) -> None:
    """Say that a worker lives."""
    db.execute("UPDATE procrastinate_workers SET last_heartbeat = ? WHERE id = ?", (time.time(), worker_id))


def prune_stalled_workers(db: sqlite3.Cursor, *, seconds_since_heartbeat: float) -> Rows:
    """Strike off the workers that have been silent for so many seconds."""
    before = time.time() - float(seconds_since_heartbeat)
    return [{"worker_id": id_} for id_ in _strike_off(db, "last_heartbeat < :before", {"before": before})]


def _strike_off(db: sqlite3.Cursor, condition: str, asked: Mapping[str, object]) -> list[int]:
    # The foreign key sets the worker of their jobs to NULL.
    gone = db.execute(f"DELETE FROM procrastinate_workers WHERE {condition} RETURNING id", asked)
    return [row["id"] for row in gone]


def adopt_job(db: sqlite3.Cursor, *, job_id: int, dead_worker_id: int | None, worker_id: int) -> Rows:
    """Give a running job to another worker, if it is still that of the dead one; the job's row or nothing."""
    won = db.execute(
        "UPDATE procrastinate_jobs SET worker_id = :worker_id"
        " WHERE id = :id AND status = 'doing' AND worker_id IS :dead RETURNING id",
        {"id": job_id, "dead": dead_worker_id, "worker_id": worker_id},
    )
    return [dict(row) for row in won]
