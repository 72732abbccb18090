"""Settings -> the wired application. The only file that sees every package; commands and tests start here."""

import secrets
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from mailroute.domain.address import address_key
from mailroute.domain.decisions import Facts
from mailroute.domain.outgoing import ComposedMail, MailDraft, OutboxId
from mailroute.domain.policy import Policy
from mailroute.domain.reasons import Reason
from mailroute.domain.received import InboxId, ReceivedMail
from mailroute.domain.tokens import without_detail
from mailroute.engine.jobs import Enqueuer, JobName
from mailroute.intake.journal_report import opened
from mailroute.intake.mailbox_watch import FolderWatch
from mailroute.journal import Journal
from mailroute.outbound.compose import compose
from mailroute.outbound.dkim_sign import Signer
from mailroute.outbound.render import Renderer
from mailroute.services.briefing import Briefing
from mailroute.services.deliver_outbox import Deliverer, Transport
from mailroute.services.desk import WritingDesk
from mailroute.services.digests import DigestDesk
from mailroute.services.directory_file.in_use import bring_in
from mailroute.services.mailboxes import Along, MailboxDesk, door_names, folders_of, silence_limits
from mailroute.services.market import Market
from mailroute.services.privacy import Privacy
from mailroute.services.process_mail import Directories, MailProcessor, Read
from mailroute.services.reading import Reader
from mailroute.services.silence import SilenceWatch
from mailroute.services.sweep import Sweep
from mailroute.services.ticket_actions import TicketActions
from mailroute.services.timers import TimerDesk
from mailroute.services.type_files import in_use
from mailroute.services.waiting import WaitingReplies
from mailroute.services.way_out import signer_of
from mailroute.settings import Settings, to_policy
from mailroute.store import inbox, mailboxes, meta
from mailroute.store.inbox import Kept
from mailroute.store.session import Connection, Store

Writing = TypeVar("Writing", bound=WritingDesk)

SECRET_KEY = "secret"  # noqa: S105  (a row's name)


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present in UTC."""
        return datetime.now(UTC)


def secret_of(store: Store) -> bytes:
    """The installation's own key, made on first use; it lives in the database, so every host signs alike."""
    with store.write() as connection:
        return bytes.fromhex(meta.get_or_put(connection, SECRET_KEY, secrets.token_hex(32)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """The service, wired and open. Close it when done."""

    settings: Settings
    policy: Policy
    store: Store
    journal: Journal
    enqueuer: Enqueuer
    renderer: Renderer
    signer: Signer | None = None
    clock: SystemClock = field(default_factory=SystemClock)
    directories: Directories = field(default_factory=Directories)
    closing: ExitStack = field(default_factory=ExitStack)

    def keep(self, mails: Sequence[ReceivedMail], along: Along | None = None) -> list[Kept]:
        """Keep *mails* and ask for their processing, in one commit; what was kept before keeps its number.

        The doors tell the journal what they have taken in. *along* writes what belongs into the same commit.
        """
        with self.store.write() as connection:
            kept = inbox.keep(connection, mails)
            fresh = [one.id for one in kept if one.fresh]
            self.enqueuer.enqueue_many(connection, JobName.PROCESS, fresh)
            if along is not None:
                along(connection, kept)
        return kept

    def keep_all(self, mails: Sequence[ReceivedMail]) -> list[InboxId]:
        """As `keep`, for SMTP and LMTP: numbers alone. What Exchange journals is taken out of its envelope."""

        def along(connection: Connection, _: Sequence[Kept]) -> None:
            for channel in {mail.channel for mail in mails}:
                mailboxes.mail_came(connection, channel, self.clock.now())

        arrived = [opened(mail, self.settings.smtp.journal) for mail in mails]
        return [one.id for one in self.keep(arrived, along)]

    def desk(self) -> MailboxDesk:
        """Where mailboxes bring their mail."""
        return MailboxDesk(
            store=self.store,
            keep_mail=self.keep,
            clock=self.clock,
            journal=self.journal,
            directories=self.directories,
        )

    def watches(self) -> list[FolderWatch]:
        """A watch over each folder of the settings' mailboxes."""
        desk = self.desk()
        return [
            FolderWatch(watched=folder, desk=desk, clock=self.clock, journal=self.journal)
            for folder in folders_of(self.settings)
        ]

    def accepts(self, address: str) -> bool:
        """Whether mail to *address* leads here: our own addresses and their sub-addresses (RFC 5233)."""
        journal = self.settings.smtp.journal
        is_journal = journal is not None and address_key(address) == address_key(journal)
        return is_journal or without_detail(address) in self.policy.service.own_addresses

    def compose(self, draft: MailDraft, now: datetime) -> ComposedMail:
        """A draft as it goes on the wire."""
        return self.sign(compose(draft, self.renderer, self.policy, outbox_unique="", now=now))

    def sign(self, mail: ComposedMail) -> ComposedMail:
        """A whole mail with its DKIM signature, where mail is signed here."""
        return mail if self.signer is None else self.signer.sign(mail)

    def reader(self) -> Reader:
        """A reading child of its own, ended with the application."""

        def types() -> Path | None:
            return in_use(self.settings.models_folder)

        return self.closing.enter_context(Reader(self.policy, self.settings.extraction.model, types))

    def processor(self, read: Read) -> MailProcessor:
        """Hops 3 to 7."""

        def composed(draft: MailDraft, facts: Facts) -> ComposedMail:
            return compose(draft, self.renderer, self.policy, outbox_unique="", now=facts.now)

        return MailProcessor(
            store=self.store,
            read=read,
            compose=composed,
            sign=self.sign,
            enqueue=self.enqueue_delivery,
            policy=self.policy,
            clock=self.clock,
            journal=self.journal,
            directories=self.directories,
        )

    def deliverer(self, transport: Transport) -> Deliverer:
        """Hop 8."""
        return Deliverer(
            store=self.store,
            transport=transport,
            compose=self.compose,
            enqueue=self.enqueue_delivery,
            policy=self.policy,
            clock=self.clock,
            journal=self.journal,
            directories=self.directories,
        )

    def writing_desk(self, kind: type[Writing]) -> Writing:
        """A desk that wants no more than every desk has."""
        return kind(
            store=self.store,
            compose=self.compose,
            enqueue=self.enqueue_delivery,
            policy=self.policy,
            clock=self.clock,
            directories=self.directories,
        )

    def actions(self) -> TicketActions:
        """What people do to tickets outside of mail."""
        return self.writing_desk(TicketActions)

    def timer_desk(self) -> TimerDesk:
        """What falls due on tickets."""
        return TimerDesk(
            store=self.store,
            compose=self.compose,
            enqueue=self.enqueue_delivery,
            policy=self.policy,
            clock=self.clock,
            journal=self.journal,
            directories=self.directories,
        )

    def digest_desk(self) -> DigestDesk:
        """Who gets to know what each morning."""
        return self.writing_desk(DigestDesk)

    def briefing(self) -> Briefing:
        """What we know of each client."""
        return Briefing(store=self.store, policy=self.policy, clock=self.clock, directories=self.directories)

    def privacy(self) -> Privacy:
        """A person's data, for them."""
        return Privacy(store=self.store, clock=self.clock, directories=self.directories)

    def market(self) -> Market:
        """What clients say, and what people make of it."""
        return self.writing_desk(Market)

    def waiting_replies(self) -> WaitingReplies:
        """Replies that wait for their author's word."""
        return WaitingReplies(
            store=self.store, policy=self.policy, clock=self.clock, enqueue=self.enqueue_delivery
        )

    def sweep(self) -> Sweep:
        """The minute sweep."""
        return Sweep(
            store=self.store,
            enqueue_entries=self.enqueue_entries,
            enqueue_delivery=self.enqueue_delivery,
            clock=self.clock,
            journal=self.journal,
            fire_timers=self.timer_desk().fire_due,
            send_digests=self.digest_desk().send_due,
            release=self.waiting_replies().release_due,
            look_round=self.silence_watch(),
        )

    def silence_watch(self) -> SilenceWatch:
        """Who tells when no mail comes."""
        return SilenceWatch(
            store=self.store,
            compose=self.compose,
            enqueue=self.enqueue_delivery,
            policy=self.policy,
            clock=self.clock,
            journal=self.journal,
            doors=door_names(self.settings),
            limits=silence_limits(self.settings),
            directories=self.directories,
        )

    def enqueue_entries(self, connection: Connection, entries: Sequence[InboxId]) -> None:
        """Ask for the processing of entries, inside the caller's transaction."""
        self.enqueuer.enqueue_many(connection, JobName.PROCESS, entries)

    def enqueue_delivery(self, connection: Connection, mail: OutboxId, at: datetime | None = None) -> None:
        """Ask for the delivery of a mail, inside the caller's transaction."""
        self.enqueuer.enqueue(connection, JobName.DELIVER, mail, at=at)

    def on_crash(self, processor: MailProcessor) -> Callable[[JobName, int, Exception], None]:
        """What becomes of a row whose handler broke: entries are set aside, mails stay for the sweep."""

        def crashed(job: JobName, row_id: int, error: Exception) -> None:
            self.journal.failed(f"job {job}", error, entry=row_id)
            if job is JobName.PROCESS:
                reason = Reason("processing-broke", f"{type(error).__name__} ({job} {row_id})")
                processor.quarantine(InboxId(row_id), reason)

        return crashed

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.close()
        self.store.dispose()


def open_application(
    settings: Settings, *, create: bool = False, journal: Journal | None = None
) -> Application:
    """Open the store of *settings* and wire everything to it.

    Args:
        settings: what `load_settings` gave.
        create: whether to make and migrate the database first.
        journal: where events go; by default to the log and to the process's metrics.

    Raises:
        Misconfigured: no database, or not of this version; says what to do.
    """
    from mailroute.engine import schema

    settings.data_dir.mkdir(parents=True, exist_ok=True)
    store = Store.open(settings.database, create=create)
    if create:
        schema.create(settings.database)
    return Application(
        settings=settings,
        policy=to_policy(settings, secret_of(store)),
        store=store,
        journal=journal or Journal(),
        enqueuer=Enqueuer(settings.database),
        renderer=Renderer(settings.templates.override_dir),
        signer=signer_of(settings),
    )


def load_directory_file(app: Application) -> None:
    """Bring the directory in the store to what the settings' file says, if they name one."""
    if app.settings.directory.file is not None:
        bring_in(app.store, app.settings.directory.file)
