"""`mailroute serve`: the service."""

import asyncio
import os
from typing import Annotated

import typer

from mailroute.cli.options import ConfigOption
from mailroute.cli.output import tell
from mailroute.settings import load_settings


def command(
    *,
    config: ConfigOption = None,
    workers: Annotated[
        int | None, typer.Option("--workers", min=0, help="Worker processes; else engine.workers.")
    ] = None,
) -> int | None:
    """Run the service: take mail in, work it through, send mail out. Ctrl-C stops it when what is in hand is done."""
    settings = load_settings(config, environ=os.environ)
    metrics = settings.data_dir / "metrics"
    metrics.mkdir(parents=True, exist_ok=True)
    for old in metrics.glob("*.db"):
        old.unlink()
    # Workers count in files that the page for machines adds up; the library looks for this when it is imported.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(metrics)
    from mailroute.bootstrap import load_directory_file, open_application
    from mailroute.cli.running import crew_of, serve, stop_on_signals
    from mailroute.journal import configure_logging

    configure_logging(level=settings.log.level, as_json=settings.log.as_json)
    with open_application(settings, create=settings.database_url is None) as app:
        load_directory_file(app)

        async def run() -> None:
            stop = stop_on_signals()
            tell(
                f"mailroute serves {app.policy.service.routing_address} in {app.policy.mode} mode; Ctrl-C stops it"
            )
            await serve(app, stop=stop, crew=crew_of(settings, config, workers))

        asyncio.run(run())
    return None
