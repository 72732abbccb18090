"""The queries of Procrastinate that only look, in the words of SQLite: jobs, and tallies of them."""
# ruff: noqa: S608 - nothing but constants of this package is joined into statements

import json
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

Row = dict[str, Any]
Rows = list[Row]

JOB_COLUMNS = (
    "id, status, task_name, priority, lock, queueing_lock, args, scheduled_at, queue_name, attempts,"
    " worker_id, abort_requested"
)
_FILTER = (
    "(:queue_name IS NULL OR queue_name = :queue_name) AND (:task_name IS NULL OR task_name = :task_name)"
    " AND (:status IS NULL OR status = :status) AND (:lock IS NULL OR lock = :lock)"
)


def job_row(row: sqlite3.Row) -> Row:
    """A job as Procrastinate reads it."""
    due = row["scheduled_at"]
    return dict(row) | {
        "args": json.loads(row["args"]),
        "abort_requested": bool(row["abort_requested"]),
        "scheduled_at": None if due is None else datetime.fromtimestamp(due, UTC),
    }


def count_jobs_status(db: sqlite3.Cursor) -> Rows:
    """How many jobs have each status."""
    found = db.execute("SELECT count(*) AS count, status FROM procrastinate_jobs GROUP BY status")
    return [dict(row) for row in found]


def list_jobs(db: sqlite3.Cursor, **asked: object) -> Rows:
    """Jobs that agree with everything asked, oldest first."""
    found = db.execute(
        f"SELECT {JOB_COLUMNS} FROM procrastinate_jobs WHERE {_FILTER} AND (:id IS NULL OR id = :id)"
        " AND (:queueing_lock IS NULL OR queueing_lock = :queueing_lock)"
        " AND (:worker_id IS NULL OR worker_id = :worker_id) ORDER BY id",
        asked,
    )
    return [job_row(row) for row in found]


def list_queues(db: sqlite3.Cursor, **asked: object) -> Rows:
    """Queues with the number of their jobs by status."""
    return _tally(db, "queue_name", asked)


def list_tasks(db: sqlite3.Cursor, **asked: object) -> Rows:
    """Tasks with the number of their jobs by status."""
    return _tally(db, "task_name", asked)


def list_locks(db: sqlite3.Cursor, **asked: object) -> Rows:
    """Locks with the number of their jobs by status."""
    return _tally(db, "lock", asked)


def _tally(db: sqlite3.Cursor, column: str, asked: Mapping[str, Any]) -> Rows:
    found = db.execute(
        f"SELECT {column} AS name, status, count(*) AS jobs FROM procrastinate_jobs"
        f" WHERE {_FILTER} AND {column} IS NOT NULL GROUP BY 1, 2 ORDER BY 1",
        asked,
    )
    tally: dict[str, Row] = {}
    for name, status, jobs in found:
        entry = tally.setdefault(name, {"name": name, "jobs_count": 0, "stats": {}})
        entry["jobs_count"] += jobs
        entry["stats"][status] = jobs
    return list(tally.values())


def list_jobs_to_abort(db: sqlite3.Cursor, *, queue_name: str | None) -> Rows:
    """Running jobs that somebody asked to abort."""
    found = db.execute(
        "SELECT id FROM procrastinate_jobs WHERE status = 'doing' AND abort_requested"
        " AND (:queue IS NULL OR queue_name = :queue)",
        {"queue": queue_name},
    )
    return [dict(row) for row in found]
