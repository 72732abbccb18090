"""What must be true of every mail once the service has come to rest, whatever died before."""

from collections import Counter

from catching import CatcherThread, headers
from wire import CarefulSender, Outgoing

from house import House
from mailroute.domain.outgoing import OutboxState


def is_settled(house: House) -> bool:
    """Whether nothing waits in the inbox nor in the outbox."""
    now = house.standing()
    if now is None or now.books.waiting:
        return False
    return not now.outbox[OutboxState.QUEUED] and not now.outbox[OutboxState.SENDING]


def check_books(
    house: House, sender: CarefulSender, *, opened: list[Outgoing], appended: list[Outgoing]
) -> None:
    """Every 250 is accounted for, and every mail is on one ticket."""
    now = house.standing()
    assert now is not None
    assert sender.refused == {}
    assert now.books.close
    assert now.books.received >= sender.accepted.total()
    assert (now.books.held, now.books.quarantined, now.books.ignored) == (0, 0, 0), house.rows(
        "SELECT id, state, reasons FROM inbox WHERE state IN ('held', 'quarantined') OR action = 'ignore'"
    )
    assert (now.books.opened, now.books.appended) == (len(opened), len(appended))
    assert house.rows("SELECT count(*) FROM ticket") == [(len(opened),)]

    check_places(house, [*opened, *appended])


def check_places(house: House, sent: list[Outgoing]) -> None:
    """Each mail is on one ticket, by one arrival, and there are no others."""
    query = "SELECT message_id, count(DISTINCT ticket), count(DISTINCT entry) FROM ticket_message GROUP BY 1"
    assert sorted((mail.message_id, 1, 1) for mail in sent) == sorted(house.rows(query))


def check_outbox(house: House, catcher: CatcherThread, *, tickets: int) -> None:
    """What was sent came once, what is held came once at most, and every ticket's acknowledgement is one of these."""
    caught = Counter(str(headers(mail)["Message-ID"]) for mail in catcher.caught)
    states = dict(house.rows("SELECT message_id, state FROM outbox"))
    sent = {message_id for message_id, state in states.items() if state == OutboxState.SENT}
    perhaps = {message_id for message_id, state in states.items() if state == OutboxState.PERHAPS_SENT}
    assert {message_id: times for message_id, times in caught.items() if times > 1} == {}
    assert sent | perhaps == states.keys()
    assert sent <= caught.keys() <= sent | perhaps

    acknowledgements = house.rows(
        "SELECT ticket, count(*) FROM outbox WHERE kind = 'ticket-opened' GROUP BY 1"
    )
    silenced = house.rows("SELECT ticket, count(*) FROM silence WHERE kind = 'ticket-opened' GROUP BY 1")
    assert {times for _, times in acknowledgements + silenced} == {1}
    assert len(acknowledgements) + len(silenced) == tickets
