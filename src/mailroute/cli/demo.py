"""`mailroute demo`: the whole service on one machine, a few sample mails sent to it, and what came of them."""

import asyncio
import os
import sys
from contextlib import suppress
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from mailroute.cli.demo_quarter import Quarter, clear, play_quarter
from mailroute.cli.output import show_text, tell
from mailroute.domain.errors import Misconfigured
from mailroute.settings import Settings, load_settings

SETTINGS = """\
# Settings of the demo. Take them as a start for your own: `mailroute check --describe` lists everything.
mode = "live"
data_dir = "."

[service]
name = "Northwind Projects"
routing_address = "issues@northwind.example"
internal_domains = ["northwind.example"]
timezone = "Europe/Berlin"

[trust]
authserv_ids = ["mx.northwind.example"]

[smtp]
port = {smtp}

[http]
port = {http}

[smarthost]
host = "127.0.0.1"
port = {smarthost}
security = "none"

[directory]
file = "directory.toml"

[log]
level = "warning"
"""


def command(
    *,
    quarter: Annotated[
        bool, typer.Option("--quarter", help="Play thirteen weeks of mail of twelve clients instead.")
    ] = False,
    seed: Annotated[int, typer.Option("--seed", help="Of the quarter: the same seed, the same mails.")] = 1,
    mails: Annotated[int, typer.Option("--mails", min=20, help="Of the quarter: at least so many.")] = 1500,
    until: Annotated[
        datetime | None,
        typer.Option("--until", formats=["%Y-%m-%d"], help="Last day of the quarter; else last Friday."),
    ] = None,
    once: Annotated[
        bool, typer.Option("--once", help="Stop after the summary instead of at Ctrl-C.")
    ] = False,
    folder: Annotated[
        Path | None,
        typer.Option("--dir", "--folder", help="Where the demo keeps its database; emptied at each start."),
    ] = None,
    workers: Annotated[int, typer.Option("--workers", min=1, help="Worker processes.")] = 1,
) -> int | None:
    """Start the service, send it sample mails by SMTP, show tickets, routes and the mails that went out.

    Everything stays on this machine: a catcher on loopback plays the mail server that outgoing mail is handed to.
    """
    if quarter:
        place = (folder or Path(".mailroute/quarter")).absolute()
        last_day = until.date() if until else None
        play_quarter(Quarter(folder=place, letters=mails, seed=seed, until=last_day))
        return None
    folder = (folder or Path(".mailroute/demo")).absolute()
    clear(folder)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder / "metrics")
    (folder / "metrics").mkdir()
    asyncio.run(_play(folder, workers=workers, once=once))
    return None


def samples_dir() -> Path:
    """The sample mails: inside the wheel, or in a checkout."""
    package = Path(str(files("mailroute")))
    for place in (package / "_data" / "demo", package.parent.parent / "fixtures" / "demo"):
        if (place / "given.toml").is_file():
            return place
    raise Misconfigured(f"no sample mails next to {package}; install mailroute again")


async def _play(folder: Path, *, workers: int, once: bool) -> None:
    from mailroute.bootstrap import load_directory_file, open_application
    from mailroute.cli.demo_story import send_samples, summary
    from mailroute.cli.running import crew_of, free_port, serve, stop_on_signals
    from mailroute.journal import configure_logging
    from mailroute.testing.catcher import Catcher
    from mailroute.testing.faults import CatcherOptions

    samples = sorted(samples_dir().glob("*.eml"))
    async with Catcher(CatcherOptions(folder=folder / "sent")) as catcher:
        ports = {"smtp": free_port(2525), "http": free_port(8025), "smarthost": catcher.port}
        config = folder / "mailroute.toml"
        config.write_text(SETTINGS.format(**ports), encoding="utf-8")
        _write_directory(folder / "directory.toml")
        settings = load_settings(config, environ={})
        configure_logging(level=settings.log.level, as_json=settings.log.as_json)
        with open_application(settings, create=True) as app:
            load_directory_file(app)
            stop = stop_on_signals()
            service = asyncio.create_task(
                serve(app, stop=stop, crew=crew_of(settings, config, workers)), name="service"
            )
            story = asyncio.create_task(send_samples(app, catcher, samples), name="story")
            stopping = asyncio.create_task(stop.wait())
            await asyncio.wait([story, service, stopping], return_when=asyncio.FIRST_COMPLETED)
            if story.done() and story.exception() is None:
                show_text(summary(app))
                _say_where(settings, folder)
                if once:
                    stop.set()
            else:
                story.cancel()
                stop.set()
            await service
            stopping.cancel()
            with suppress(asyncio.CancelledError):
                await story
    tell("The demo has stopped.")


def _write_directory(path: Path) -> None:
    """The people of the samples, without the service section that the settings hold."""
    text = (samples_dir() / "given.toml").read_text(encoding="utf-8")
    head, _, people = text.partition("[[staff]]")
    assert head, "the samples begin with the service"
    path.write_text("[[staff]]" + people, encoding="utf-8")


def _say_where(settings: Settings, folder: Path) -> None:
    config = folder / "mailroute.toml"
    smtp, http = settings.smtp.port, settings.http.port
    show_text(f"""
The service is running: SMTP on 127.0.0.1:{smtp}, health and metrics on http://127.0.0.1:{http}/metrics.
In another terminal:
  {sys.argv[0]} ticket MR-1 --config {config}
  {sys.argv[0]} outbox --config {config}
  {sys.argv[0]} inbox --config {config}
Mails that went out lie in {folder / "sent"}. Ctrl-C stops the service.""")
