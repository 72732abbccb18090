"""Everything worth telling an operator: one method for each event, log line and metric from the same call.

Ids, codes and sizes only: subjects, bodies and addresses never appear in here (they would end up in log stores).
A new event is a new row in EVENTS and a new method.
"""

import logging
import sys
from typing import Any, TextIO

import structlog
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram
from structlog.typing import FilteringBoundLogger

EVENTS: dict[str, tuple[str, tuple[str, ...]]] = {
    # event: (what the counter says, labels)
    "kept": ("Messages kept before 250", ("channel",)),
    "kept_again": ("Arrivals that were kept already", ("channel",)),
    "turned_away": ("Messages or recipients refused in the SMTP dialogue", ("channel", "code")),
    "not_kept": ("Messages answered 45x by our own fault", ("channel", "reason")),
    "decided": ("Messages worked through", ("action",)),
    "quarantined": ("Messages set aside because they cannot be read", ("reason",)),
    "postponed": ("Messages that wait for another try", ("reason",)),
    "routed": ("Tickets given to somebody", ("rule",)),
    "mail_written": ("Outgoing mails written", ("kind", "state")),
    "mail_silenced": ("Outgoing mails deliberately not written", ("kind", "reason")),
    "mail_sent": ("Outgoing mails taken by the smarthost", ("kind",)),
    "mail_deferred": ("Delivery attempts put off", ("kind", "code")),
    "mail_refused": ("Outgoing mails refused for good", ("kind", "code")),
    "mail_perhaps_sent": ("Mails held because a crash left it open whether they went", ("kind",)),
    "swept": ("Rows without a job that the sweep found", ("what",)),
    "started": ("Starts of a part of the service", ("part",)),
    "stopped": ("Ends of a part of the service", ("part",)),
    "passed_over": ("Messages in mailboxes that are none of ours, and were not fetched", ("folder",)),
    "counted_anew": ("Folders whose UIDVALIDITY has changed", ("folder",)),
    "mailbox_troubled": ("Looks into mailboxes that failed", ("folder", "trouble")),
    "silent": ("Alarms over a way by which no mail comes", ("door", "trouble")),
    "failed": ("Failures that a person should look at", ("where", "error")),
}


class Journal:
    """Writes events as log lines and counts them. Safe to share between threads."""

    def __init__(
        self, logger: FilteringBoundLogger | None = None, registry: CollectorRegistry = REGISTRY
    ) -> None:
        self._log = logger if logger is not None else structlog.get_logger("mailroute")
        self._counters = {
            event: Counter(f"mailroute_{event}", about, labels, registry=registry)
            for event, (about, labels) in EVENTS.items()
        }
        self._seconds = Histogram(
            "mailroute_seconds",
            "Wall time of a hop of the path",
            ("hop",),
            buckets=(0.001, 0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
            registry=registry,
        )

    def _tell(self, event: str, *, level: int = logging.INFO, **fields: object) -> None:
        labels = {name: str(fields.get(name, "")) for name in EVENTS[event][1]}
        self._counters[event].labels(**labels).inc()
        self._log.log(level, event.replace("_", " "), **{k: v for k, v in fields.items() if v is not None})

    def took(self, hop: str, seconds: float) -> None:
        """How long a hop of the path took; counted, not logged."""
        self._seconds.labels(hop=hop).observe(seconds)

    def kept(self, entry: int, *, channel: str, size_bytes: int) -> None:
        """A message is on disk and will be answered 250."""
        self._tell("kept", entry=entry, channel=channel, size_bytes=size_bytes)

    def kept_again(self, entry: int, *, channel: str) -> None:
        """The same arrival came twice; it is one entry."""
        self._tell("kept_again", entry=entry, channel=channel)

    def turned_away(self, *, channel: str, code: str, peer: str | None = None) -> None:
        """The dialogue ended in 4xx or 5xx by the peer's doing; *code* is the enhanced status code."""
        self._tell("turned_away", channel=channel, code=code, peer=peer)

    def not_kept(self, *, channel: str, reason: str) -> None:
        """We could not keep a message; the sender keeps it and comes again."""
        self._tell("not_kept", level=logging.ERROR, channel=channel, reason=reason)

    def decided(self, entry: int, *, action: str, ticket: str | None, why: str | None) -> None:
        """A message has been worked through; *why* is the code of the first reason."""
        self._tell("decided", entry=entry, action=action, ticket=ticket, why=why)

    def quarantined(self, entry: int, *, reason: str) -> None:
        """A message cannot be read within its limits, or broke us; a person must look."""
        self._tell("quarantined", level=logging.WARNING, entry=entry, reason=reason)

    def postponed(self, entry: int, *, reason: str, attempt: int) -> None:
        """The same step will be tried again later."""
        self._tell("postponed", level=logging.WARNING, entry=entry, reason=reason, attempt=attempt)

    def routed(self, entry: int, *, ticket: str, pm: str | None, rule: str | None) -> None:
        """A new ticket has its PM."""
        self._tell("routed", entry=entry, ticket=ticket, pm=pm, rule=rule)

    def mail_written(self, outbox: int, *, kind: str, state: str, ticket: str | None) -> None:
        """An outgoing mail stands in the outbox."""
        self._tell("mail_written", outbox=outbox, kind=kind, state=state, ticket=ticket)

    def mail_silenced(self, *, kind: str, reason: str, ticket: str | None) -> None:
        """A mail was not written, on purpose."""
        self._tell("mail_silenced", kind=kind, reason=reason, ticket=ticket)

    def mail_sent(self, outbox: int, *, kind: str, attempts: int) -> None:
        """The smarthost has taken it for every recipient that can be reached."""
        self._tell("mail_sent", outbox=outbox, kind=kind, attempts=attempts)

    def mail_deferred(self, outbox: int, *, kind: str, code: str, attempts: int) -> None:
        """Delivery will be tried again; *code* is the SMTP code or `connection`."""
        self._tell(
            "mail_deferred", level=logging.WARNING, outbox=outbox, kind=kind, code=code, attempts=attempts
        )

    def mail_refused(self, outbox: int, *, kind: str, code: str) -> None:
        """Delivery has failed for good; the owner is told by mail."""
        self._tell("mail_refused", level=logging.WARNING, outbox=outbox, kind=kind, code=code)

    def mail_perhaps_sent(self, outbox: int, *, kind: str) -> None:
        """A crash fell between the final dot and our mark; not sent again without a person's word."""
        self._tell("mail_perhaps_sent", level=logging.WARNING, outbox=outbox, kind=kind)

    def swept(self, *, what: str, rows: int) -> None:
        """The sweep gave jobs to rows that had none."""
        self._tell("swept", level=logging.WARNING, what=what, rows=rows)

    def started(self, part: str, *, where: str | None = None) -> None:
        """A listener, worker or page is up."""
        self._tell("started", part=part, where=where)

    def stopped(self, part: str, *, why: str | None = None) -> None:
        """A listener, worker or page has ended."""
        self._tell("stopped", part=part, why=why)

    def passed_over(self, folder: str, *, messages: int) -> None:
        """Messages of a person's mailbox that are none of ours: their text was not fetched."""
        self._tell("passed_over", level=logging.DEBUG, folder=folder, messages=messages)

    def counted_anew(self, folder: str) -> None:
        """The server has set a folder up anew (UIDVALIDITY); all of it is looked at again."""
        self._tell("counted_anew", level=logging.WARNING, folder=folder)

    def mailbox_troubled(self, folder: str, *, trouble: str, error: Exception) -> None:
        """A mailbox could not be looked at; it is tried again, later each time."""
        self._tell(
            "mailbox_troubled",
            level=logging.ERROR
            if trouble in {"login-refused", "misconfigured", "broken"}
            else logging.WARNING,
            folder=folder,
            trouble=trouble,
        )
        self._log.debug("traceback", where=folder, exc_info=error)

    def silent(self, door: str, *, trouble: str) -> None:
        """No mail comes by a way by which it should; the lead is told by mail."""
        self._tell("silent", level=logging.ERROR, door=door, trouble=trouble)

    def failed(self, where: str, error: BaseException, *, entry: int | None = None) -> None:
        """Something broke that should not; the traceback goes to debug level, since it may quote mail."""
        self._tell("failed", level=logging.ERROR, where=where, error=type(error).__name__, entry=entry)
        self._log.debug("traceback", where=where, exc_info=error)


def configure_logging(
    *, level: str = "info", stream: TextIO = sys.stderr, as_json: bool | None = None
) -> None:
    """Route structlog to *stream*: for people on a terminal, as JSON lines otherwise or when *as_json* says so."""
    for_machines = not stream.isatty() if as_json is None else as_json
    renderer: Any = (
        structlog.processors.JSONRenderer() if for_machines else structlog.dev.ConsoleRenderer(colors=True)
    )
    processors: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if for_machines:
        processors.append(structlog.processors.format_exc_info)
    structlog.configure(
        processors=[*processors, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.WriteLoggerFactory(file=stream),
        cache_logger_on_first_use=True,
    )
    # What the libraries themselves say stays out: aiosmtpd logs every command line with its addresses at INFO.
    logging.basicConfig(
        level=logging.ERROR, stream=stream, format="%(levelname)s %(name)s %(message)s", force=True
    )
