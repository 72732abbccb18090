"""A database that goes away under a worker."""

import asyncio
import signal
import threading
from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., None]


@pytest.mark.postgres
def test_worker_outlives_a_restart_of_postgres(postgres: Any, postgres_server: Any, run: Run) -> None:
    """A worker whose PostgreSQL is restarted goes on by itself, and does again what it could not write down."""
    done: list[int] = []

    async def scenario() -> None:
        begun, back = threading.Event(), threading.Event()

        def handler(row_id: int) -> None:
            begun.set()
            back.wait(10)
            done.append(row_id)

        postgres.ask(1)
        async with postgres.worker(postgres.app(handler)):
            await asyncio.to_thread(begun.wait, 10)
            await asyncio.to_thread(postgres_server.stop, signal.SIGQUIT)
            postgres_server.start()  # in this thread: the server ends with the one that starts it
            back.set()
            await asyncio.to_thread(postgres.ask, 2)
            await postgres.left(0)

    run(scenario())

    assert set(done) == {1, 2}
    assert done.count(2) == 1


def test_worker_outlives_a_locked_file(sqlite: Any, run: Run) -> None:
    """When the end of a job cannot be written down because the file stays locked, the job is done again."""
    done: list[int] = []
    locked, release = threading.Event(), threading.Event()

    def lock() -> None:
        with sqlite.store.write():
            locked.set()
            release.wait(10)

    async def scenario() -> None:
        holder = threading.Thread(target=lock)

        def handler(row_id: int) -> None:
            if not done:
                holder.start()
                locked.wait(10)
            done.append(row_id)

        app = sqlite.app(handler)
        app.procrastinate.connector._busy_seconds = 0.05  # not half a minute in a test
        sqlite.ask(1)
        async with sqlite.worker(app):
            await app.manager.lost.wait()
            await asyncio.sleep(0.3)  # its new starts fail, too
            release.set()
            await sqlite.left(0)
        holder.join()

    run(scenario())

    assert done == [1, 1]


def test_held_up_workers_do_not_bury_each_other(place: Any, run: Run) -> None:
    """When the database stood still for long, nobody's job is taken over because nobody could show life."""
    done: list[int] = []
    locked, release, begun, finish = (threading.Event() for _ in range(4))

    def lock() -> None:
        with place.store.write() as connection:
            if not place.store.is_sqlite:
                connection.exec_driver_sql("LOCK TABLE procrastinate_workers")
            locked.set()
            release.wait(10)

    def handler(row_id: int) -> None:
        begun.set()
        finish.wait(10)
        done.append(row_id)

    async def scenario() -> None:
        place.ask(1)
        holder = threading.Thread(target=lock)
        async with place.worker(place.app(handler)), place.worker(place.app(handler)):
            await asyncio.to_thread(begun.wait, 10)
            holder.start()
            await asyncio.to_thread(locked.wait, 10)
            await asyncio.sleep(place.quick.stalled * 1.5)
            release.set()
            await asyncio.sleep(place.quick.stalled)
            finish.set()
            await place.left(0)
        holder.join()

    run(scenario())

    assert done == [1]
    assert place.recovered == []


def test_a_dead_workers_job_goes_to_one_heir(place: Any, run: Run) -> None:
    """Of several workers that find the job of a dead one, one alone takes it over."""
    place.ask(1)

    async def scenario() -> None:
        app = place.app(lambda row_id: None)
        manager = app.manager
        async with app.procrastinate.open_async():
            dead, one, two = [await manager.register_worker() for _ in range(3)]
            job = await manager.fetch_job(None, dead)
            heirs = await asyncio.gather(manager.adopt(job, one), manager.adopt(job, two))
            late = await manager.adopt(job, two)
            await manager.unregister_worker(one if heirs[0] else two)
            [orphan] = await manager.get_stalled_jobs()
            again = await manager.adopt(orphan, dead)

        assert sorted(heirs) == [False, True]
        assert late is False
        assert again is True

    run(scenario())


def test_a_failing_recovery_is_tried_again(place: Any, run: Run) -> None:
    """The job of a dead worker is not run before somebody could be told of that death."""
    done: list[int] = []
    told: list[int] = []

    class Deaf(list[object]):
        def append(self, death: object) -> None:
            told.append(len(done))
            if len(told) < 3:
                raise ConnectionError("no database")

    place.recovered = Deaf()
    place.ask(1)

    async def scenario() -> None:
        app = place.app(done.append)
        async with app.procrastinate.open_async():
            dead = await app.manager.register_worker()
            await app.manager.fetch_job(None, dead)
            await app.manager.unregister_worker(dead)
        async with place.worker(place.app(done.append)):
            await place.left(0)

    run(scenario())

    assert told == [0, 0, 0]
    assert done == [1]
