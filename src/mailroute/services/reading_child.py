"""The killable child of `reading.Reader`: `python -m mailroute.services.reading_child FD`."""

import logging
import os
import pickle
import resource
import signal
import sys
import traceback
from multiprocessing.connection import Connection

from mailroute.domain.decisions import Reading
from mailroute.domain.directory import Directory
from mailroute.services.reading import OUT_OF_MEMORY, Failure, Request, Setup

WARM_UP = b"Subject: Pump 4 leaks\n\nPump 4 is leaking, and we have to stop. Can you send someone by Friday, please?\n"
"""Its words tell that it is English. The guesser of languages takes 75 MB, so it is loaded for the first mail that
needs it, which costs that mail 0.4 s."""


def main(descriptor: int) -> None:
    """Serve requests until the other end closes."""
    from mailroute.extraction import extract
    from mailroute.extraction.language import load_language
    from mailroute.parsing import parse
    from mailroute.services.dns_keys import DnsKeys

    logging.disable(logging.CRITICAL)  # the libraries' remarks quote mail; what matters comes back as defects
    pipe = Connection(descriptor)
    setup: Setup = pickle.loads(pipe.recv_bytes())  # noqa: S301  (from our own parent)
    policy = setup.policy
    model = load_language(setup.model, setup.types)
    # What libraries load at first use must not count against the time of the first message.
    extract(parse(WARM_UP), model=model, directory=Directory(), service=policy.service)
    resource.setrlimit(resource.RLIMIT_AS, (policy.reading.memory_bytes, policy.reading.memory_bytes))
    pipe.send_bytes(pickle.dumps(model.name))
    keys = DnsKeys() if policy.trust.check_dkim else None
    directory = Directory()
    while True:
        try:
            request: Request = pickle.loads(pipe.recv_bytes())  # noqa: S301
        except EOFError:
            return
        directory = request.directory or directory
        answer: Reading | Failure
        # Should our parent die while a message holds us up, nobody is left to kill us but this alarm.
        signal.setitimer(signal.ITIMER_REAL, policy.reading.seconds + 5)
        try:
            parsed = parse(
                request.raw,
                limits=policy.reading,
                trust=policy.trust,
                lookup=keys,
                country_of=directory.country_at,
            )
            issue = extract(parsed, model=model, directory=directory, service=policy.service)
            answer = Reading(parsed, issue)
        except MemoryError:
            answer = Failure("over-limit:memory", f"over {policy.reading.memory_bytes >> 20} MiB")
        except Exception as error:  # noqa: BLE001  (a bug of ours must cost this message alone: quarantine)
            place = traceback.extract_tb(error.__traceback__)[-1]
            answer = Failure("reader-broke", f"{type(error).__name__} at {place.name}, line {place.lineno}")
        signal.setitimer(signal.ITIMER_REAL, 0)
        pipe.send_bytes(pickle.dumps(answer))


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]))
    except (
        MemoryError
    ):  # while taking or giving: the two sides are out of step, so only the exit code can tell
        os._exit(OUT_OF_MEMORY)
    except BrokenPipeError:  # our parent has died, and nobody waits for the answer
        sys.exit()
