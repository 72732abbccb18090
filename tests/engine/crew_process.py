"""A supervisor as a process of its own, to be killed: python crew_process.py COMMAND..."""

import asyncio
import sys

from prometheus_client import CollectorRegistry

from mailroute.engine.supervisor import Crew, supervise
from mailroute.journal import Journal, configure_logging

if __name__ == "__main__":
    configure_logging(level="critical")
    crew = Crew(command=sys.argv[1:], size=2)
    asyncio.run(supervise(crew, stop=asyncio.Event(), journal=Journal(registry=CollectorRegistry())))
