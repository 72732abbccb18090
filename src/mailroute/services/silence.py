"""Silence is shouted: who watches over the ways by which mail comes in, and tells when one of them has gone dead.

A mailbox whose password has expired looks like a quiet day. So each door tells when it was last looked at and when mail
last came by it; the lead is told by mail, which goes by the smarthost, another way; and a canary, a mail to ourselves,
must come back.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailroute.domain.address import Mailbox
from mailroute.domain.mailboxes import DoorState
from mailroute.domain.outgoing import MailDraft, Reader
from mailroute.domain.policy import Mode
from mailroute.intake.mailbox_watch import HOPELESS
from mailroute.journal import Journal
from mailroute.services.apply import CANARY
from mailroute.services.desk import WritingDesk
from mailroute.store import mailboxes
from mailroute.store.session import Connection

TROUBLE_WORDS: Mapping[str, str] = {
    "login-refused": "the server refuses our login",
    "sign-in-needed": "somebody must sign in again",
    "connection-lost": "the server cannot be reached, or breaks off",
    "store-busy": "our database was busy",
    "misconfigured": "the settings do not fit the server",
    "broken": "a fault of ours; the log has it",
}
"""What a trouble of a mailbox is, for people."""
WHAT_TO_DO: Mapping[str, str] = {
    "login-refused": "Set the right password, or sign in again with mailroute sign-in.",
    "sign-in-needed": "Sign in again: mailroute sign-in NAME, or set a new refresh token.",
    "misconfigured": "Look at the section [imap] of the settings: mailroute doctor tells more.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """From when on silence is told."""

    look: timedelta
    """Age of the last good look into a mailbox."""
    mail: timedelta | None = None
    """Age of the last mail by each door; None: never told."""
    canary: timedelta | None = None
    """How often a mail to ourselves is sent; None: never."""
    patience: timedelta = timedelta(minutes=15)
    """How long the canary may take."""
    tell: str | None = None
    """Address of who is told; the lead when there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorView:
    """One way by which mail comes in, as it is now."""

    name: str
    is_mailbox: bool
    looked_ago: timedelta | None
    """Since the last good look; None for what is not looked into, or never was."""
    mail_ago: timedelta | None
    """Since the last mail; None when none ever came."""
    trouble: str | None
    complaint: str | None
    """What is wrong, in one sentence; None while all is well."""

    @property
    def todo(self) -> str:
        """What to do about it."""
        return WHAT_TO_DO.get(self.trouble or "", "Look at the log, and at the mail server.")

    @property
    def saw(self) -> str:
        """Both ages in words."""
        looked = f"looked at {ago(self.looked_ago)}, " if self.is_mailbox else ""
        return f"{looked}last mail {ago(self.mail_ago)}"


def ago(age: timedelta | None) -> str:
    """An age as people say it."""
    if age is None:
        return "never"
    seconds = max(0, int(age.total_seconds()))
    for unit, size in (("days", 86_400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit} ago"
    return f"{seconds} s ago"


def look_round(
    doors: Iterable[str], states: Mapping[str, DoorState], limits: Limits, now: datetime
) -> Iterator[DoorView]:
    """Every open door, and the canary where one flies. Doors that were never opened are not told of."""
    for name in doors:
        if (state := states.get(name)) is not None:
            yield _view(state, limits, now)
    if limits.canary is not None and (state := states.get(CANARY)) is not None:
        yield _canary(state, limits.canary + limits.patience, now)


def _view(state: DoorState, limits: Limits, now: datetime) -> DoorView:
    is_mailbox = "/" in state.name
    return DoorView(
        name=state.name,
        is_mailbox=is_mailbox,
        looked_ago=now - state.looked_at if state.looked_at else None,
        mail_ago=now - state.mail_at if state.mail_at else None,
        trouble=state.trouble,
        complaint=_complaint(state, is_mailbox, limits, now),
    )


def _complaint(state: DoorState, is_mailbox: bool, limits: Limits, now: datetime) -> str | None:
    because = f": {TROUBLE_WORDS.get(state.trouble, state.trouble)}" if state.trouble else ""
    looked = now - max(filter(None, (state.looked_at, state.since)))
    if is_mailbox and (state.trouble in HOPELESS or looked > limits.look):
        return f"{state.name} is not read{because}"
    mail = now - max(filter(None, (state.mail_at, state.since)))
    if limits.mail is not None and mail > limits.mail:
        return f"no mail has come by {state.name} for longer than it should"
    return None


def _canary(state: DoorState, longest: timedelta, now: datetime) -> DoorView:
    late = now - max(filter(None, (state.mail_at, state.since))) > longest
    return DoorView(
        name=CANARY,
        is_mailbox=False,
        looked_ago=None,
        mail_ago=now - state.mail_at if state.mail_at else None,
        trouble=None,
        complaint="the mail to ourselves does not come back" if late else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceWatch(WritingDesk):
    """Looks round with the sweep: tells of silence by mail, and lets the canary fly. Doing it twice does no harm."""

    journal: Journal
    doors: tuple[str, ...]
    limits: Limits

    def __call__(self) -> None:
        """Look round."""
        now = self.clock.now()
        with self.store.read() as connection:
            states = mailboxes.doors(connection)
        silent = [view for view in look_round(self.doors, states, self.limits, now) if view.complaint]
        flies = self._must_fly(states.get(CANARY), now)
        if not silent and not flies:
            return
        with self.store.write() as connection:
            if flies:
                self._let_fly(connection, now)
            told = [view for view in silent if self._tell(connection, view, now)]
        for view in told:
            self.journal.silent(view.name, trouble=view.trouble or "silence")

    def _must_fly(self, state: DoorState | None, now: datetime) -> bool:
        every = self.limits.canary
        if every is None or self.policy.mode is not Mode.LIVE:
            return False
        return state is None or state.looked_at is None or now - state.looked_at >= every

    def _let_fly(self, connection: Connection, now: datetime) -> None:
        draft = MailDraft(
            kind=CANARY,
            key=f"{CANARY}:{now:%Y%m%dT%H%M}",
            ticket=None,
            to=(Mailbox(None, self.policy.service.routing_address),),
            reader=Reader.INTERNAL,
            subject="Does mail arrive?",
            sender_name=self.policy.service.name,
            context={"service": {"name": self.policy.service.name}},
        )
        if self.post(connection, draft, now) is not None:
            mailboxes.looked(connection, CANARY, now, None)

    def _tell(self, connection: Connection, view: DoorView, now: datetime) -> bool:
        """A mail a day about a door; whether this is it."""
        lead = self.directories.current(connection).lead
        reader = Mailbox(lead.name, lead.email) if lead else None
        if self.limits.tell is not None:
            reader = Mailbox(None, self.limits.tell)
        if reader is None:
            return False
        draft = MailDraft(
            kind="silence",
            key=f"silence:{view.name}:{now:%Y-%m-%d}",
            ticket=None,
            to=(reader,),
            reader=Reader.INTERNAL,
            subject=f"No mail comes by {view.name}",
            sender_name=self.policy.service.name,
            context={
                "service": {"name": self.policy.service.name},
                "why": f"{view.complaint}.",
                "saw": view.saw,
                "todo": view.todo,
            },
        )
        return self.post(connection, draft, now) is not None
