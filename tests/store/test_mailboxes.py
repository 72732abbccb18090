"""Cursors of mailboxes and states of doors, on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mailroute.domain.mailboxes import Cursor, DoorState
from mailroute.domain.received import Channel, FolderRole, InboxId, ReceivedMail
from mailroute.store import inbox, mailboxes
from mailroute.store.session import Store

MINUTE = timedelta(minutes=1)


def test_a_cursor_is_noted_and_moves(store: Store, noon: datetime) -> None:
    """The last note counts; UIDs up to 2^32 - 1 have room."""
    first = Cursor(uidvalidity=2**32 - 1, taken_uid=2**32 - 1, settled_uid=7, since=noon, since_uid=2**32 - 1)
    second = replace(first, taken_uid=9, since=None)
    with store.write() as connection:
        mailboxes.note(connection, "box/INBOX", first)
        mailboxes.note(connection, "box/Sent", second)
    with store.write() as connection:
        mailboxes.note(connection, "box/Sent", second.settled)
    with store.read() as connection:
        found = [mailboxes.cursor(connection, name) for name in ("box/INBOX", "box/Sent", "other")]

    assert [first, replace(second, settled_uid=9), None] == found


def test_a_cursor_that_is_rolled_back_has_not_moved(
    store: Store, noon: datetime, arrival: Callable[..., ReceivedMail]
) -> None:
    """Mail and cursor are kept together or not at all."""

    def killed_before_the_commit() -> None:
        with store.write() as connection:
            inbox.keep(connection, [arrival(1)])
            mailboxes.note(connection, "box/INBOX", Cursor(uidvalidity=1, taken_uid=1, settled_uid=1))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        killed_before_the_commit()
    with store.read() as connection:
        assert mailboxes.cursor(connection, "box/INBOX") is None
        assert [] == inbox.listing(connection)


def test_doors_know_when_they_were_used(store: Store, noon: datetime) -> None:
    """Opening keeps what was known; a failed look keeps the time of the last good one."""
    with store.write() as connection:
        mailboxes.opened(connection, ["smtp", "box/INBOX"], noon)
        mailboxes.looked(connection, "box/INBOX", noon + MINUTE, None)
        mailboxes.looked(connection, "box/INBOX", noon + 2 * MINUTE, "login-refused")
        mailboxes.mail_came(connection, "smtp", noon + 3 * MINUTE)
        mailboxes.mail_came(connection, "canary", noon + 3 * MINUTE)
    with store.write() as connection:
        mailboxes.opened(connection, ["smtp"], noon + 4 * MINUTE)
    with store.read() as connection:
        doors = mailboxes.doors(connection)

    assert {
        "smtp": DoorState(name="smtp", since=noon + 4 * MINUTE, mail_at=noon + 3 * MINUTE),
        "box/INBOX": DoorState(
            name="box/INBOX", since=noon, looked_at=noon + MINUTE, trouble="login-refused"
        ),
        "canary": DoorState(name="canary", since=noon + 3 * MINUTE, mail_at=noon + 3 * MINUTE),
    } == doors


def test_what_a_mailbox_says_of_a_mail_is_kept(store: Store, arrival: Callable[..., ReceivedMail]) -> None:
    """Role of the folder, owner, and that nothing may be sent, come back with the entry; the past can be found."""
    mail = arrival(
        1, channel=Channel.IMAP, folder=FolderRole.SENT, owner="rosa@northwind.example", observed=True
    )
    with store.write() as connection:
        kept = inbox.keep(connection, [mail, arrival(2)])
    with store.read() as connection:
        entries = [inbox.load(connection, one.id) for one in kept]
        past = inbox.past_that_waits(connection)

    assert [(FolderRole.SENT, "rosa@northwind.example", True), (None, None, False)] == [
        (one.folder, one.owner, one.observed) for one in entries if one
    ]
    assert [InboxId(kept[0].id)] == past


def test_old_mail_in_a_folder_is_ours_once_the_folder_is_known(noon: datetime) -> None:
    """What lay there before us is left alone by its date; what people put there later is taken, however old."""
    cursor = Cursor(uidvalidity=1, taken_uid=0, settled_uid=0, since=noon, since_uid=10)

    assert [False, True, True] == [
        cursor.is_ours(10, noon - MINUTE),
        cursor.is_ours(10, noon),
        cursor.is_ours(11, noon - MINUTE),
    ]
