"""Silence is told: by whom nothing comes, from when on, and to whom."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from mailroute.domain.decisions import Action
from mailroute.domain.mailboxes import DoorState
from mailroute.domain.outgoing import OutboxItem, OutboxState
from mailroute.domain.policy import Mode
from mailroute.services.silence import Limits, SilenceWatch, ago, look_round
from mailroute.store import inbox, mailboxes, outbox

if TYPE_CHECKING:
    from conftest import House

DOORS = ("smtp", "box/INBOX")
LIMITS = Limits(look=timedelta(minutes=15))


def watch(house: "House", limits: Limits = LIMITS) -> SilenceWatch:
    """The watch over a house with two doors."""
    return SilenceWatch(
        store=house.store,
        compose=house.compose,
        enqueue=lambda connection, mail: house.enqueue(connection, mail, None),
        policy=house.policy,
        clock=house.clock,
        journal=house.journal,
        directories=house.directories,
        doors=DOORS,
        limits=limits,
    )


def open_doors(house: "House") -> None:
    """The service has just started."""
    with house.store.write() as connection:
        mailboxes.opened(connection, DOORS, house.clock.now())


def mails(house: "House") -> list[OutboxItem]:
    """What was written, oldest first."""
    with house.store.read() as connection:
        return list(reversed(outbox.listing(connection)))


def test_a_mailbox_that_is_not_read_is_told_to_the_lead_once_a_day(house: "House") -> None:
    """After the set time without a good look the lead gets a mail, one a day; a look ends it."""
    open_doors(house)
    watch(house)()
    house.clock.pass_by(minutes=16)
    watch(house)()
    watch(house)()
    first = mails(house)
    with house.store.write() as connection:
        mailboxes.looked(connection, "box/INBOX", house.clock.now(), None)
    house.clock.pass_by(minutes=5)
    watch(house)()

    assert [("silence", OutboxState.QUEUED, "No mail comes by box/INBOX")] == [
        (one.kind, one.state, one.mail.subject) for one in first
    ]
    assert ["lea@northwind.example"] == [box.address for box in first[0].to]
    assert "box/INBOX is not read" in first[0].mail.text
    assert 1 == len(mails(house))
    assert 1 == len(house.deliveries)


def test_a_refused_login_is_told_at_once(house: "House") -> None:
    """What does not pass by itself is not waited for; the mail says what to do."""
    open_doors(house)
    with house.store.write() as connection:
        mailboxes.looked(connection, "box/INBOX", house.clock.now(), "login-refused")
    watch(house)()

    assert "the server refuses our login" in mails(house)[0].mail.text
    assert "password" in mails(house)[0].mail.text


def test_a_door_without_mail_is_told_where_that_is_asked_for(house: "House") -> None:
    """A door by which no mail has come for the set time is told of; in observe mode nothing goes."""
    quiet = replace(LIMITS, mail=timedelta(hours=2), tell="boss@elsewhere.example")
    house = house.in_mode(Mode.OBSERVE)
    open_doors(house)
    house.clock.pass_by(hours=3)
    with house.store.write() as connection:
        mailboxes.looked(connection, "box/INBOX", house.clock.now(), None)
        mailboxes.mail_came(connection, "box/INBOX", house.clock.now())
    watch(house, quiet)()

    assert [("No mail comes by smtp", OutboxState.OBSERVED, "boss@elsewhere.example")] == [
        (one.mail.subject, one.state, one.to[0].address) for one in mails(house)
    ]
    assert [] == house.deliveries


def test_the_canary_flies_comes_back_and_opens_no_ticket(house: "House") -> None:
    """A mail to ourselves is sent as often as set; when it arrives it is known, and no alarm is given."""
    flying = replace(LIMITS, canary=timedelta(hours=1))
    open_doors(house)
    watch(house, flying)()
    watch(house, flying)()
    [canary] = mails(house)
    entry = house.keep("canary", raw=canary.mail.raw)
    house.processor().process(entry)
    house.clock.pass_by(minutes=61)
    with house.store.write() as connection:
        mailboxes.looked(connection, "box/INBOX", house.clock.now(), None)
    watch(house, flying)()
    with house.store.read() as connection:
        line = inbox.line(connection, entry)
        states = mailboxes.doors(connection)

    assert ("canary", "issues@northwind.example") == (canary.kind, canary.to[0].address)
    assert line is not None
    assert (Action.IGNORE, "canary-returned") == (line.action, line.reasons[-1].code)
    assert states["canary"].mail_at is not None
    assert ["canary", "canary"] == [one.kind for one in mails(house)]


def test_a_canary_that_stays_away_is_told(house: "House") -> None:
    """When it is not back in time the lead hears of it by mail."""
    flying = replace(LIMITS, canary=timedelta(hours=1), look=timedelta(days=9))
    open_doors(house)
    watch(house, flying)()
    house.clock.pass_by(minutes=76)
    watch(house, flying)()

    assert ["canary", "canary", "silence"] == sorted(one.kind for one in mails(house))
    assert "does not come back" in next(one for one in mails(house) if one.kind == "silence").mail.text


def test_what_was_never_opened_is_not_missed(house: "House") -> None:
    """Before the first start there is nothing to tell of."""
    with house.store.read() as connection:
        states = mailboxes.doors(connection)

    assert [] == list(look_round(DOORS, states, LIMITS, house.clock.now()))


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (None, "never"),
        (timedelta(seconds=-3), "0 s ago"),
        (timedelta(seconds=119), "119 s ago"),
        (timedelta(minutes=119), "119 min ago"),
        (timedelta(hours=47), "47 h ago"),
        (timedelta(days=3), "3 days ago"),
    ],
)
def test_ages_in_words(age: timedelta | None, words: str) -> None:
    """Ages are told in the unit that fits."""
    assert words == ago(age)


def test_a_fresh_start_counts_as_a_look(house: "House") -> None:
    """A service that stood still over the weekend gives no alarm before its first look."""
    now = house.clock.now()
    state = DoorState(name="box/INBOX", since=now, looked_at=now - timedelta(days=2))

    assert [None] == [v.complaint for v in look_round(["box/INBOX"], {"box/INBOX": state}, LIMITS, now)]
