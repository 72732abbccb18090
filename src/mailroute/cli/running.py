"""Running the service: the doors, the page for machines, the crew of workers; and one worker."""

import asyncio
import signal
import socket
import sys
from collections.abc import Iterable, Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

from mailroute.bootstrap import Application
from mailroute.domain.errors import Misconfigured, TryLater
from mailroute.domain.outgoing import OutboxId
from mailroute.domain.received import InboxId
from mailroute.engine.app import make_app
from mailroute.engine.jobs import JobName
from mailroute.engine.supervisor import Crew, follow_parent, supervise
from mailroute.engine.worker import WorkerPlan, run_worker
from mailroute.intake.group_commit import GroupCommit
from mailroute.intake.listener_settings import BareLineEnds, ListenerSettings, WireProtocol
from mailroute.intake.mailbox_crew import MailboxCrew
from mailroute.intake.smtp import Listener, listen
from mailroute.journal import Journal
from mailroute.outbound.pool import TransportPool
from mailroute.services.mailboxes import door_names, silence_limits
from mailroute.services.operating import database_trouble, standing
from mailroute.services.silence import DoorView, look_round
from mailroute.services.way_out import smarthost_of
from mailroute.settings import Settings
from mailroute.store import mailboxes
from mailroute.web.health import Gauge, HealthServer, Readiness
from mailroute.web.unsubscribe import DigestSwitch


def stop_on_signals() -> asyncio.Event:
    """An event that Ctrl-C and SIGTERM set; to be called on the event loop."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    return stop


def free_port(preferred: int) -> int:
    """*preferred* if nobody listens there on loopback, else a port that the system chooses."""
    for port in (preferred, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise Misconfigured("no port is free on 127.0.0.1")


def worker_command(config: Path | None) -> tuple[str, ...]:
    """What starts one worker of this installation."""
    asked = () if config is None else ("--config", str(config))
    return (sys.executable, "-m", "mailroute", "worker", *asked)


def listener_settings(settings: Settings) -> Iterable[ListenerSettings]:
    """The doors that the settings want open."""
    smtp = settings.smtp
    common = ListenerSettings(
        hostname=smtp.hostname or "localhost",
        max_bytes=settings.reading.raw_bytes,
        max_recipients=smtp.max_recipients,
        max_connections=smtp.max_connections,
        max_connections_per_ip=smtp.max_connections_per_ip,
        command_seconds=smtp.command_seconds,
        message_seconds=smtp.message_seconds,
        bare_line_ends=BareLineEnds(smtp.bare_lf),
        data_dir=settings.data_dir,
        min_free_bytes=smtp.min_free_bytes,
    )
    if smtp.enabled:
        yield replace(
            common, host=smtp.host, port=smtp.port, certificate=smtp.certificate, key=smtp.certificate_key
        )
    if settings.lmtp.enabled:
        lmtp = replace(common, protocol=WireProtocol.LMTP, socket_mode=int(settings.lmtp.socket_mode, 8))
        if settings.lmtp.port is not None:
            yield replace(lmtp, host="127.0.0.1", port=settings.lmtp.port)
        else:
            yield replace(lmtp, socket_path=settings.lmtp_path)


async def serve(app: Application, *, stop: asyncio.Event, crew: Crew) -> None:
    """Take mail in and keep the crew at work until *stop*; then finish what is in hand.

    The doors close at once, while the crew finishes: a stop that takes long must not keep the senders waiting.
    """
    async with AsyncExitStack() as doors:
        await _open_doors(app, doors)
        crew_at_work = asyncio.create_task(_keep_at_work(crew, stop, app.journal), name="crew")
        await stop.wait()
    await crew_at_work
    app.journal.stopped("service")


async def _open_doors(app: Application, closing: AsyncExitStack) -> None:
    with app.store.write() as connection:
        mailboxes.opened(connection, door_names(app.settings), app.clock.now())
    commits = GroupCommit(app.keep_all)
    closing.push_async_callback(commits.close)
    http = app.settings.http
    if http.enabled:
        page = HealthServer(
            http.host,
            http.port,
            ready=lambda: _ready(app),
            gauges=lambda: _gauges(app),
            switch=DigestSwitch(app.policy.secret, app.digest_desk().turn_off) if http.public_url else None,
        )
        closing.enter_context(page)
        app.journal.started("page for machines", where="{}:{}".format(*page.address))
    for door in listener_settings(app.settings):
        listener: Listener = await listen(
            door, keep=commits.keep, accepts=app.accepts, clock=app.clock, journal=app.journal
        )
        closing.push_async_callback(listener.close)
    crew = MailboxCrew(app.watches())
    closing.push_async_callback(crew.close)


async def _keep_at_work(crew: Crew, stop: asyncio.Event, journal: Journal) -> None:
    """Supervise the crew; should that ever fail, the service stops rather than take mail that nobody works on."""
    try:
        await supervise(crew, stop=stop, journal=journal)
        await stop.wait()  # a crew of none is done at once
    finally:
        stop.set()


def _ready(app: Application) -> Readiness:
    trouble = database_trouble(app.store)
    if trouble is not None:
        return Readiness(False, {"database": trouble})
    views = ways_in(app)
    details = {view.name: f"{view.complaint}; {view.saw}" if view.complaint else view.saw for view in views}
    return Readiness(not any(view.complaint for view in views), {"database": "ok"} | details)


def ways_in(app: Application) -> list[DoorView]:
    """Every way by which mail comes in, as it is now."""
    with app.store.read() as connection:
        states = mailboxes.doors(connection)
    limits = silence_limits(app.settings)
    return list(look_round(door_names(app.settings), states, limits, app.clock.now()))


def _gauges(app: Application) -> Iterator[Gauge]:
    """The books, the outbox and the doors, as the database has them: true whichever process did the work."""
    now = standing(app.store)
    books = now.books
    yield Gauge("mailroute_received", "Messages ever kept", books.received)
    yield Gauge("mailroute_accounted_for", "Messages whose fate is known or still open", books.accounted_for)
    for fate in ("opened", "appended", "duplicates", "ignored", "held", "quarantined", "waiting"):
        yield Gauge("mailroute_inbox", "Messages by fate", getattr(books, fate), {"fate": fate})
    for state, count in now.outbox.items():
        yield Gauge("mailroute_outbox", "Outgoing mails by state", count, {"state": state})
    for view in ways_in(app):
        door = {"door": view.name}
        yield Gauge(
            "mailroute_door_silent", "Whether a way in is silent for too long", bool(view.complaint), door
        )
        for what, age in (("look", view.looked_ago), ("mail", view.mail_ago)):
            if age is not None:
                about = f"Seconds since the last {what} by this way in"
                yield Gauge(f"mailroute_seconds_since_{what}", about, age.total_seconds(), door)


async def work(app: Application, *, stop: asyncio.Event) -> None:
    """One worker, until *stop* or until its supervisor is gone."""
    settings = app.settings
    follow_parent(stop, grace=settings.engine.stop_seconds)
    reader = app.reader()
    processor = app.processor(reader.read)
    connections = min(settings.engine.concurrency, settings.smarthost.connections)
    transport = TransportPool(smarthost_of(settings), connections)
    deliverer = app.deliverer(transport)

    def process(row_id: int) -> None:
        try:
            processor.process(row_id)
        except TryLater as error:
            app.journal.postponed(row_id, reason=type(error).__name__, attempt=0)
            raise

    def recover(job: JobName, row_id: int) -> None:
        if job is JobName.PROCESS:
            processor.worker_died(InboxId(row_id))
        else:
            deliverer.sender_died(OutboxId(row_id))

    jobs = make_app(
        settings.database,
        {JobName.PROCESS: process, JobName.DELIVER: deliverer.deliver},
        on_crash=app.on_crash(processor),
        journal=app.journal,
    )
    plan = WorkerPlan(
        concurrency=settings.engine.concurrency,
        heartbeat=settings.engine.heartbeat_seconds,
        stalled=settings.engine.stalled_seconds,
        sweep=settings.engine.sweep_seconds,
    )
    warming = asyncio.create_task(asyncio.to_thread(reader.warm_up), name="warm up")
    try:
        await run_worker(jobs, plan=plan, stop=stop, journal=app.journal, sweep=app.sweep(), recover=recover)
    finally:
        await transport.close()
        await warming


def crew_of(settings: Settings, config: Path | None, workers: int | None) -> Crew:
    """The worker processes that the settings, or the command line, want."""
    return Crew(
        command=worker_command(config),
        size=settings.engine.workers if workers is None else workers,
        grace=settings.engine.stop_seconds,
    )
