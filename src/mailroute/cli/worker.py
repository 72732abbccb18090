"""`mailroute worker`: one worker, for a further process or host, or started by `serve`."""

import asyncio
import os

from mailroute.cli.options import ConfigOption
from mailroute.settings import load_settings


def command(*, config: ConfigOption = None) -> int | None:
    """Run one worker: it works kept mail through and sends what the outbox holds."""
    settings = load_settings(config, environ=os.environ)
    from mailroute.bootstrap import open_application
    from mailroute.cli.running import stop_on_signals, work
    from mailroute.journal import configure_logging

    configure_logging(level=settings.log.level, as_json=settings.log.as_json)
    with open_application(settings) as app:

        async def run() -> None:
            await work(app, stop=stop_on_signals())

        asyncio.run(run())
    return None
