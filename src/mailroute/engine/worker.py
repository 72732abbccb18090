"""One worker: takes jobs, shows that it lives, takes over from the dead, and outlives the database's restarts."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

import psycopg
from procrastinate import exceptions, jobs
from procrastinate.worker import Worker

from mailroute.engine.app import JobApp
from mailroute.engine.jobs import ARGUMENT, JobName
from mailroute.engine.supervisor import predecessor
from mailroute.journal import Journal

Sweep = Callable[[], None]
"""Gives jobs to rows that have none. Runs in a thread; every worker calls it, so it must do no harm twice."""

Recover = Callable[[JobName, int], None]
"""Told in a thread that a worker died over this row, before the job is run again."""

_DATABASE_TROUBLE = (exceptions.ConnectorException, psycopg.Error)
_NEVER = 10.0**9
"""Seconds; for what Procrastinate would do by itself and we do otherwise."""

_LONG_GONE = 86400.0
"""Seconds after which a silent worker is struck off: only to tidy up, so there is no hurry to be wrong about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerPlan:
    """How a worker works; all but `concurrency` in seconds."""

    concurrency: int = 1
    """Jobs in hand at the same time."""
    heartbeat: float = 5.0
    """Between two signs of life, and between two looks for dead workers."""
    stalled: float = 20.0
    """Silence after which a worker counts as dead: several heartbeats, or a busy host would kill the living."""
    poll: float = 1.0
    """Longest wait for a job that comes due; new ones wake the worker at once."""
    sweep: float = 60.0
    """Between two sweeps; the first is at the start."""
    restart_first: float = 0.25
    """Before the first new start when the database goes away; doubled each time."""
    restart_most: float = 15.0
    """The longest wait before a new start."""


async def run_worker(
    app: JobApp, *, plan: WorkerPlan, stop: asyncio.Event, journal: Journal, sweep: Sweep, recover: Recover
) -> None:
    """Work until *stop* is set, then finish the jobs in hand and return.

    When the database goes away, the worker starts again as soon as it is back.
    """
    shift = _Shift(app, plan, stop, journal, sweep, recover, unsigned=predecessor())
    clock = asyncio.get_running_loop().time
    wait = plan.restart_first
    while not stop.is_set():
        began = clock()
        try:
            await shift.work()
        except _DATABASE_TROUBLE as error:
            journal.failed("worker", error)
        if clock() - began > plan.restart_most:
            wait = plan.restart_first
        await _either(stop.wait(), asyncio.sleep(wait))
        wait = min(wait * 2, plan.restart_most)


class _Runner(Protocol):
    """What we need of Procrastinate's worker, with the types that it leaves out."""

    worker_id: int | None

    async def run(self) -> None: ...

    def stop(self) -> None: ...


@dataclass(slots=True)
class _Shift:
    """A worker from its start to its end, asked for or forced by the loss of the database."""

    app: JobApp
    plan: WorkerPlan
    stop: asyncio.Event
    journal: Journal
    sweep: Sweep
    recover: Recover
    unsigned: int | None = None
    """Number of the last worker of ours that could not sign off; at first, of the dead one whose place we take."""
    adopted: list[jobs.Job] = field(default_factory=list)
    """Jobs of dead workers that are ours now and not yet put back."""
    beaten_at: float = 0.0
    """When our last sign of life was written down. Like the other hosts', by the wall clock: it knows of
    suspended machines."""
    patient_until: float = 0.0
    """Until then nobody is taken for dead: what held us up may have held up the others, too."""

    async def work(self) -> None:
        async with self._connected():
            if self.stop.is_set():
                return
            await self._sign_off()
            self.adopted.clear()
            self.app.manager.lost.clear()
            self.app.manager.registered.clear()
            self.beaten_at = time.time()
            worker = self._new_worker()
            duty = asyncio.create_task(worker.run(), name="worker")
            chores = [
                asyncio.create_task(
                    self._again(self.plan.heartbeat, "heartbeat", partial(self._beat, worker))
                ),
                asyncio.create_task(
                    self._again(self.plan.heartbeat, "take-over", partial(self._take_over, worker))
                ),
                asyncio.create_task(self._again(self.plan.sweep, "sweep", self._sweep)),
            ]
            self.journal.started("worker")
            try:
                await _either(asyncio.shield(duty), self.stop.wait(), self.app.manager.lost.wait())
                worker.stop()
                await asyncio.shield(duty)
            finally:
                # Ours to wait for even when we are cancelled: the jobs in hand need the connection.
                worker.stop()
                await asyncio.gather(duty, return_exceptions=True)
                await _cancel(chores)
                self.unsigned = worker.worker_id
                self.patient_until = time.time() + self.plan.restart_most + self.plan.stalled / 2
                self.journal.stopped("worker", why="asked to" if self.stop.is_set() else "database lost")

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[None]:
        opening = asyncio.ensure_future(self.app.procrastinate.connector.open_async())
        try:
            await _either(asyncio.shield(opening), self.stop.wait())
            if opening.done():
                await opening
            yield
        finally:
            await _cancel([opening])
            # After a failure to open, too: Procrastinate would keep the broken pool.
            await self.app.procrastinate.close_async()

    def _new_worker(self) -> _Runner:
        return Worker(
            self.app.procrastinate,
            queues=list(self.app.queues),
            concurrency=self.plan.concurrency,
            fetch_job_polling_interval=self.plan.poll,
            # Its own heartbeat ends before the jobs in hand are done, and others would take them over. It strikes
            # off silent workers at its start without patience.
            update_heartbeat_interval=_NEVER,
            stalled_worker_timeout=_NEVER,
            delete_jobs=jobs.DeleteJobCondition.SUCCESSFUL,
            install_signal_handlers=False,
        )

    async def _beat(self, worker: _Runner) -> None:
        if worker.worker_id is None:
            return
        await self.app.manager.update_heartbeat(worker.worker_id)
        if self._is_held_up():
            self.patient_until = time.time() + self.plan.stalled / 2
        self.beaten_at = time.time()

    def _is_held_up(self) -> bool:
        return time.time() - self.beaten_at > self.plan.stalled / 2

    async def _sign_off(self) -> None:
        """Give up what the last worker had in hand: its jobs belong to nobody then and are taken over at once."""
        if self.unsigned is not None:
            await self.app.manager.unregister_worker(self.unsigned)
            self.unsigned = None

    async def _take_over(self, worker: _Runner) -> None:
        """Make the jobs of the dead ours, each by one of us only; tell of them; and let them wait again."""
        await self.app.manager.registered.wait()
        if worker.worker_id is None:  # it has signed off already
            return
        stalled = await self.app.manager.get_stalled_jobs(seconds_since_heartbeat=self.plan.stalled)
        patient = self._is_held_up() or time.time() < self.patient_until
        for job in stalled:
            may_take = job.worker_id is None or not patient
            if may_take and await self.app.manager.adopt(job, worker.worker_id):
                self.adopted.append(job)
        for job in tuple(self.adopted):
            await self._attempt("recover", partial(self._put_back, job))

    async def _put_back(self, job: jobs.Job) -> None:
        if job.task_name in set(JobName):
            row_id = job.task_kwargs[ARGUMENT]
            assert isinstance(row_id, int)
            await asyncio.to_thread(self.recover, JobName(job.task_name), row_id)
        self.adopted.remove(job)
        await self.app.manager.retry_job(job)

    async def _sweep(self) -> None:
        await self.app.manager.prune_stalled_workers(_LONG_GONE)
        await asyncio.to_thread(self.sweep)

    async def _again(self, seconds: float, name: str, chore: Callable[[], Awaitable[None]]) -> None:
        """Do a chore now and then each so many seconds."""
        while True:
            await self._attempt(name, chore)
            await asyncio.sleep(seconds)

    async def _attempt(self, name: str, chore: Callable[[], Awaitable[None]]) -> None:
        try:
            await chore()
        except Exception as error:  # noqa: BLE001 - one turn of a chore that fails must not end all others
            self.journal.failed(name, error)


async def _either(*awaitables: Awaitable[Any]) -> None:
    """Wait until one is done; the others are cancelled."""
    tasks = [asyncio.ensure_future(awaitable) for awaitable in awaitables]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await _cancel(tasks)


async def _cancel(tasks: "list[asyncio.Future[Any]] | list[asyncio.Task[None]]") -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
