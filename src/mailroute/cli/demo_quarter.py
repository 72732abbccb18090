"""`mailroute demo --quarter`: thirteen weeks of mail of twelve clients, played through the service in minutes."""

import hashlib
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from mailroute.bootstrap import SECRET_KEY, secret_of
from mailroute.cli.demo_summary import summary
from mailroute.cli.output import show_text, tell
from mailroute.domain.errors import Misconfigured
from mailroute.domain.policy import Mode
from mailroute.journal import Journal, configure_logging
from mailroute.outbound.render import Renderer
from mailroute.services.directory_file import read_directory
from mailroute.services.reading import Reader
from mailroute.services.rehearse import Stage, stage_on
from mailroute.settings import load_settings, to_policy
from mailroute.store import directory as directory_rows
from mailroute.store import meta
from mailroute.store.session import Store
from mailroute.testing.quarter import Plan, Tick, play
from mailroute.testing.quarter.people import LEVELS, ROUTING_ADDRESS, SERVICE, ZONE, directory_text

SETTINGS = f"""\
# The played quarter: a store to look around in. Nothing is sent from it (mode observe).
mode = "observe"
data_dir = "."

[service]
name = "{SERVICE}"
routing_address = "{ROUTING_ADDRESS}"
internal_domains = ["northwind.example"]
timezone = "{ZONE}"

[extraction]
competitors = ["Kestrel Systems"]

[directory]
file = "directory.toml"

[log]
level = "warning"
{LEVELS}"""

CONFIG = "mailroute.toml"


@dataclass(frozen=True, slots=True)
class Quarter:
    """What the command line asks for."""

    folder: Path
    letters: int = 1500
    seed: int = 1
    until: date | None = None
    """Its last day; None: last Friday, or today if it is one."""

    @property
    def plan(self) -> Plan:
        """The same with the day filled in."""
        today = datetime.now(UTC).date()
        friday = today - timedelta(days=(today.weekday() - 4) % 7)
        return Plan(last_day=self.until or friday, letters=self.letters, seed=self.seed)


def play_quarter(asked: Quarter) -> None:
    """Play it with a bar, show what came of it, and say where to look."""
    configure_logging(level="error")  # what is shown is the result
    plan, begun = asked.plan, time.monotonic()
    clear(asked.folder)
    with quarter_stage(asked.folder, plan) as stage:
        with _bar(plan) as tick:
            played = play(stage, plan, tick)
        seconds = time.monotonic() - begun
        tell(f"{played} mails from {plan.first_day} to {plan.last_day} played in {seconds:.0f} s")
        show_text(summary(stage, plan))
    _say_where(asked.folder / CONFIG)


def clear(folder: Path) -> None:
    """Empty a folder of the demo; never one that is not the demo's."""
    if folder.exists() and any(folder.iterdir()) and not (folder / CONFIG).exists():
        raise Misconfigured(f"{folder} is not a folder of the demo; name an empty one with --dir")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


@contextmanager
def quarter_stage(folder: Path, plan: Plan, journal: Journal | None = None) -> Iterator[Stage]:
    """The service on a new store in *folder*, with settings and directory beside it."""
    journal = journal or Journal()
    (folder / CONFIG).write_text(SETTINGS, encoding="utf-8")
    (folder / "directory.toml").write_text(directory_text(plan.first_day), encoding="utf-8")
    settings = load_settings(folder / CONFIG, environ={})
    store = Store.open(settings.database, create=True, durable=False)
    try:
        with store.write() as connection:
            # by the seed, so that reply addresses and Message-IDs are the same each time
            meta.get_or_put(
                connection, SECRET_KEY, hashlib.sha256(f"quarter {plan.seed}".encode()).hexdigest()
            )
            directory_rows.replace(connection, read_directory(folder / "directory.toml"))
        policy = replace(to_policy(settings, secret_of(store)), mode=Mode.LIVE)
        with Reader(policy, settings.extraction.model) as reader:
            yield stage_on(store, policy, read=reader.read, renderer=Renderer(), journal=journal)
    finally:
        store.dispose()


@contextmanager
def _bar(plan: Plan) -> Iterator[Callable[[Tick], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(file=sys.stderr)
    columns = (
        TextColumn("week {task.fields[week]} of {task.fields[weeks]}"),
        BarColumn(),
        TextColumn("{task.completed} mails, {task.fields[tickets]} tickets"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("quarter", total=plan.letters, week=1, weeks=plan.weeks, tickets=0)
        yield lambda tick: progress.update(task, completed=tick.letters, week=tick.week, tickets=tick.tickets)


def _say_where(config: Path) -> None:
    show_text(f"""
The store stays, and nothing is sent from it. Look around, for instance:
  mailroute brief borealis --config {config}
  mailroute feedback --config {config}
  mailroute digest ines --config {config}
  mailroute digest lea --view agenda --config {config}
  mailroute handoff list --all --config {config}
  mailroute ledger borealis --config {config}
  mailroute stalls --config {config}
  mailroute tickets --config {config}
  mailroute outbox --config {config}""")
