"""Timers and single values, on both databases."""

from collections.abc import Callable
from datetime import datetime, timedelta

from mailroute.domain.ticket import Ticket, TicketRef
from mailroute.store import meta, tickets, timers
from mailroute.store.session import Store
from mailroute.store.timers import Timer

DAY = timedelta(days=1)


def test_a_timer_fires_once(store: Store, make_ticket: Callable[..., Ticket], noon: datetime) -> None:
    """A timer is due when its time has come, fires for one who asks, and cannot be set or fired again."""
    later, sooner = Timer("nudge", TicketRef(1), 2, noon + DAY), Timer("nudge", TicketRef(1), 1, noon)
    with store.write() as connection:
        tickets.insert(connection, make_ticket(1))
        assert [timers.plan(connection, one) for one in (later, sooner, sooner)] == [True, True, False]
        assert [sooner] == timers.due(connection, noon)
        assert [sooner, later] == timers.due(connection, noon + DAY)
        assert noon == timers.next_due(connection)
        assert [timers.fire(connection, sooner, noon) for _ in range(2)] == [True, False]
        assert [later] == timers.due(connection, noon + DAY)
        assert not timers.plan(connection, sooner)


def test_timers_are_taken_back(store: Store, make_ticket: Callable[..., Ticket], noon: datetime) -> None:
    """Timers of a ticket that have not fired can be cancelled, of one kind or all, and no others with them."""
    one, other = TicketRef(1), TicketRef(2)
    planned = [Timer("nudge", one, 1, noon), Timer("reminder", one, 1, noon), Timer("nudge", other, 1, noon)]
    with store.write() as connection:
        for ref in (one, other):
            tickets.insert(connection, make_ticket(ref.number))
        for timer in planned:
            timers.plan(connection, timer)
        assert timers.cancel(connection, one, "nudge") == 1
        assert timers.cancel(connection, one) == 1
        assert planned[2:] == timers.due(connection, noon)
        assert timers.plan(connection, planned[0])


def test_single_values_are_kept(store: Store) -> None:
    """A value is none until it is set; the first secret offered is the one that everybody gets."""
    with store.write() as connection:
        assert meta.get(connection, "secret") is None
        assert [meta.get_or_put(connection, "secret", offer) for offer in ("one", "two")] == ["one", "one"]
        meta.put(connection, "secret", "three")
        assert meta.get(connection, "secret") == "three"


def test_a_look_is_never_put_off(store: Store, make_ticket: Callable[..., Ticket], noon: datetime) -> None:
    """A look planned for earlier stays; one that has been taken makes room for the next."""
    ref = TicketRef(1)
    with store.write() as connection:
        tickets.insert(connection, make_ticket(1))
        for when in (noon + DAY, noon, noon + 2 * DAY):
            timers.look(connection, ref, "ours", when)
        [planned] = timers.due(connection, noon + 9 * DAY, kinds={"ours"})
        assert noon == planned.due_at
        assert (1, noon) == timers.overdue(connection, noon + DAY)
        assert timers.fire(connection, planned, noon)
        assert (0, None) == timers.overdue(connection, noon + DAY)
        timers.look(connection, ref, "ours", noon + 3 * DAY)
        assert [noon + 3 * DAY] == [one.due_at for one in timers.due(connection, noon + 9 * DAY)]
        assert [ref] == timers.watched(connection, "ours")
        assert not timers.fire(connection, planned, noon)
