"""Mailboxes of the settings as folders to watch; and the desk at which what they bring is kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from mailroute.directory.lookup import client_of, organisation_of
from mailroute.domain.address import Mailbox
from mailroute.domain.clock import Clock
from mailroute.domain.decisions import Action
from mailroute.domain.errors import Misconfigured
from mailroute.domain.mailboxes import After, Cursor
from mailroute.domain.reasons import Reason
from mailroute.domain.received import Channel, FolderRole, InboxId, ReceivedMail
from mailroute.intake.mailbox_settings import MailboxAccount, WatchedFolder
from mailroute.intake.oauth import DeviceTokens, EndpointTokens, TokenFile, TokenSource
from mailroute.journal import Journal
from mailroute.services.process_mail import Directories
from mailroute.services.silence import Limits
from mailroute.settings import Settings
from mailroute.settings.imap import MICROSOFT, ImapAccount, token_file
from mailroute.store import inbox, mailboxes
from mailroute.store.inbox import Kept
from mailroute.store.session import Connection, Store

Along = Callable[[Connection, Sequence[Kept]], None]
"""What is written in the same commit as the mails."""


def folders_of(settings: Settings) -> tuple[WatchedFolder, ...]:
    """Every folder that is to be watched, in the order of the settings."""
    return tuple(
        watched_folder(settings, name, folder, role)
        for name, account in settings.imap.items()
        for folder, role in account.folders.items()
    )


def watched_folder(settings: Settings, name: str, folder: str, role: FolderRole) -> WatchedFolder:
    """A folder of the account *name*."""
    if (account := settings.imap.get(name)) is None:
        known = ", ".join(settings.imap) or "none is set"
        raise Misconfigured(f"there is no mailbox [imap.{name}] in the settings; known: {known}")
    return WatchedFolder(
        account=_account(settings, name, account),
        folder=folder,
        role=role,
        # where not all is ours, nothing is changed
        after=account.after if role.takes_all else After.LEAVE,
        move_to=account.move_to if role.takes_all else None,
        owner=account.owner,
        routing_address=settings.service.routing_address,
        max_bytes=settings.reading.raw_bytes,
        from_the_start=account.from_the_start,
    )


def _account(settings: Settings, name: str, account: ImapAccount) -> MailboxAccount:
    return MailboxAccount(
        name=name,
        host=account.host,
        port=account.actual_port,
        starttls=account.security == "starttls",
        certificate_authority=account.certificate_authority,
        user=account.user,
        password=account.password.get_secret_value() if account.password else None,
        tokens=tokens_of(settings, name),
        timeout_seconds=account.timeout_seconds,
        check_seconds=account.check_seconds,
        poll_seconds=account.poll_seconds,
    )


def tokens_of(settings: Settings, name: str) -> TokenSource | None:
    """Where the account's tokens come from; None for one with a password."""
    ours = settings.imap[name].oauth2
    if ours.provider is None or ours.client_id is None:
        return None
    file = TokenFile(token_file(settings.data_dir, name))
    if ours.signs_in:
        return DeviceTokens(ours.client_id, f"{MICROSOFT}/{ours.tenant}", ours.scopes, file)
    return EndpointTokens(
        url=ours.url,
        client_id=ours.client_id,
        client_secret=ours.client_secret.get_secret_value() if ours.client_secret else None,
        refresh_token=ours.refresh_token.get_secret_value() if ours.refresh_token else None,
        scope=" ".join(ours.scopes) or None,
        file=file,
    )


def door_names(settings: Settings) -> tuple[str, ...]:
    """Every way by which mail may come in."""
    doors = [(Channel.SMTP, settings.smtp.enabled), (Channel.LMTP, settings.lmtp.enabled)]
    return (
        *(str(channel) for channel, is_open in doors if is_open),
        *(f"{name}/{folder}" for name, account in settings.imap.items() for folder in account.folders),
    )


def silence_limits(settings: Settings) -> Limits:
    """From when on silence is told."""
    ours = settings.silence

    def span(seconds: float | None) -> timedelta | None:
        return None if seconds is None else timedelta(seconds=seconds)

    return Limits(
        look=timedelta(seconds=ours.look_seconds),
        mail=span(ours.mail_seconds),
        canary=span(ours.canary_seconds),
        patience=timedelta(seconds=ours.canary_patience_seconds),
        tell=ours.tell,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxDesk:
    """Keeps what mailboxes bring, by the same way as all mail, with the cursor in the same commit. For all threads."""

    store: Store
    keep_mail: Callable[[Sequence[ReceivedMail], Along], list[Kept]]
    """`Application.keep`."""
    clock: Clock
    journal: Journal
    directories: Directories = field(default_factory=Directories)

    def cursor(self, name: str) -> Cursor | None:
        """How far the folder of this name has been read."""
        with self.store.read() as connection:
            return mailboxes.cursor(connection, name)

    def keep(
        self,
        name: str,
        cursor: Cursor,
        mails: Sequence[ReceivedMail],
        too_large: Sequence[tuple[ReceivedMail, str]],
    ) -> list[InboxId]:
        """Keep *mails*, quarantine what stands for those that are too large, and note *cursor*: in one commit."""
        everything = [*mails, *(mail for mail, _ in too_large)]

        def along(connection: Connection, kept: Sequence[Kept]) -> None:
            for one, (mail, size) in zip(kept[len(mails) :], too_large, strict=True):
                if one.fresh:
                    self._quarantine(connection, one.id, Reason("over-limit", f"{size} bytes, {mail.source}"))
            mailboxes.note(connection, name, cursor)
            if any(one.fresh for one in kept):
                mailboxes.mail_came(connection, name, self.clock.now())

        kept = self.keep_mail(everything, along)
        for one, mail in zip(kept, everything, strict=True):
            if one.fresh:
                self.journal.kept(one.id, channel=mail.channel, size_bytes=len(mail.raw))
            else:
                self.journal.kept_again(one.id, channel=mail.channel)
        for one in kept[len(mails) :]:
            self.journal.quarantined(one.id, reason="over-limit")
        return [one.id for one in kept[: len(mails)] if one.fresh]

    def _quarantine(self, connection: Connection, entry: InboxId, reason: Reason) -> None:
        inbox.finish(
            connection,
            entry,
            action=Action.QUARANTINE,
            ticket=None,
            reasons=(reason,),
            at=self.clock.now(),
        )

    def note(self, name: str, cursor: Cursor) -> None:
        """Note how far the folder has been read."""
        with self.store.write() as connection:
            mailboxes.note(connection, name, cursor)

    def looked(self, name: str, trouble: str | None) -> None:
        """The folder has been looked at, or could not be."""
        with self.store.write(flush=False) as connection:
            mailboxes.looked(connection, name, self.clock.now(), trouble)

    def knows(self, address: str) -> bool:
        """Whether it is of a client or organisation in the directory, and not of one of us."""
        with self.store.read() as connection:
            directory = self.directories.current(connection)
        box = Mailbox(None, address)
        return client_of(box, directory) is not None or organisation_of(box, directory) is not None
