"""Timers of tickets: each looks at the ticket as it is, fires in office hours, and may come late or twice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mailroute.domain.address import Mailbox
from mailroute.domain.outgoing import ComposedMail, MailDraft, OutboxState, Reader
from mailroute.domain.policy import Mode
from mailroute.domain.ticket import TicketRef
from mailroute.domain.tokens import ReplyAudience
from mailroute.followups.stall import Step
from mailroute.services.standing_still import Whose, owed_by_us, silent_clients
from mailroute.services.timers import TIMER_KINDS, TimerDesk
from mailroute.store import directory as directory_rows
from mailroute.store import messages, outbox, silences, timers

ONE, TWO = TicketRef(1), TicketRef(2)
INES = "ines@northwind.example"
TUESDAY = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)


def desk(house: Any, **changes: Any) -> TimerDesk:
    """As the product wires it."""
    usual = TimerDesk(
        store=house.store,
        compose=house.compose,
        enqueue=lambda connection, mail: house.enqueue(connection, mail, None),
        policy=house.policy,
        clock=house.clock,
        journal=house.journal,
        directories=house.directories,
    )
    return replace(usual, **changes)


def receive(house: Any, name: str, **mail: Any) -> None:
    """A mail worked through."""
    house.processor().process(house.keep(name, **mail))


def asked(house: Any, number: int = 1) -> None:
    """Ines has answered the account of the ticket with a question to Ann."""
    account = house.mails()["ticket-assigned"].mail.message_id
    receive(
        house,
        f"Ask {number}",
        author=INES,
        words="Which seal is fitted?",
        head=f"In-Reply-To: {account}\r\n",
        rcpt_to=(house.token(ReplyAudience.CLIENT, number),),
    )


def events(house: Any, ref: TicketRef = ONE) -> list[str]:
    """The history's names."""
    with house.store.read() as connection:
        return [event.event for event in messages.events(connection, ref)]


def fire_until(house: Any, when: datetime) -> list[datetime]:
    """Let the clock run to *when*, stopping wherever a timer is due; the moments at which anything was written."""
    moments: list[datetime] = []
    while True:
        with house.store.read() as connection:
            due = timers.due(connection, when, limit=1, kinds=TIMER_KINDS)
        if not due:
            house.clock.at = when
            return moments
        house.clock.at = max(house.clock.at, due[0].due_at)
        if desk(house).fire_due():
            moments.append(house.clock.at)


@pytest.fixture
def quiet(house: Any) -> Any:
    """A house whose question to Ann of Tuesday noon is open, on each database."""
    receive(house, "Seal")
    asked(house)
    return house


def test_the_rep_then_the_pm(quiet: Any) -> None:
    """After three working days Sam has a nudge to send, three later Ines a firm text; then people decide."""
    moments = fire_until(quiet, TUESDAY + timedelta(days=30))

    assert [datetime(2026, 3, 6, 12, tzinfo=UTC), datetime(2026, 3, 11, 12, tzinfo=UTC)] == moments
    assert ["nudge-draft", "firm-draft"] == quiet.written()[-2:]
    assert "nudge" not in quiet.written()


def test_what_fires_late_waits_for_the_office(quiet: Any) -> None:
    """A service that stood still until Saturday night tells nobody before Monday morning."""
    quiet.clock.at = datetime(2026, 3, 7, 23, 0, tzinfo=UTC)
    late = desk(quiet).fire_due()
    [monday] = fire_until(quiet, datetime(2026, 3, 9, 12, 0, tzinfo=UTC))

    assert 0 == late
    assert datetime(2026, 3, 9, 9, 0, tzinfo=UTC) == monday


def test_firing_again_does_nothing(quiet: Any) -> None:
    """A timer that two workers find fires for one of them."""
    fire_until(quiet, datetime(2026, 3, 6, 12, tzinfo=UTC))
    before = quiet.written()
    again = [desk(quiet).fire_due() for _ in range(3)]

    assert [0, 0, 0] == again
    assert before == quiet.written()


def test_an_answer_ends_it(quiet: Any) -> None:
    """The timer that was set for Ann's silence finds that it is Ines's move, and does nothing."""
    receive(quiet, "Answer", words="The red one.", rcpt_to=(quiet.token(ReplyAudience.CLIENT, 1),))
    fire_until(quiet, datetime(2026, 3, 6, 16, tzinfo=UTC))

    assert "nudge-draft" not in quiet.written()


def test_in_observe_mode_it_is_only_shown(quiet: Any) -> None:
    """All is done, and nothing leaves."""
    quiet.policy = replace(quiet.policy, mode=Mode.OBSERVE)
    fire_until(quiet, datetime(2026, 3, 6, 12, tzinfo=UTC))

    assert OutboxState.OBSERVED is quiet.mails()["nudge-draft"].state


def test_one_broken_ticket_keeps_no_other_waiting(house: Any) -> None:
    """Its timer stays for the next sweep, and the fault is told."""
    for number, name in enumerate(("Seal", "Motor"), start=1):
        receive(house, name, words=f"The {name.lower()} of machine {number} is broken. Please come.")
        asked(house, number)
    house.clock.at = datetime(2026, 3, 6, 12, tzinfo=UTC)

    def compose(draft: MailDraft, now: datetime) -> ComposedMail:
        if draft.ticket == ONE:
            raise RuntimeError("a template of the house is broken")
        composed: ComposedMail = house.compose(draft, now)
        return composed

    changed = desk(house, compose=compose).fire_due()

    assert 1 == changed
    assert ("nudge-drafted" in events(house, ONE), "nudge-drafted" in events(house, TWO)) == (False, True)
    assert 1 == desk(house).fire_due()


def test_the_budget_holds_for_reminders(quiet: Any) -> None:
    """Whoever has had their automatic mails for this hour is told in the next one."""
    limit = quiet.policy.sending.per_address_and_hour
    quiet.clock.at = datetime(2026, 3, 6, 12, tzinfo=UTC)
    earlier = quiet.clock.at - timedelta(minutes=5)
    draft = MailDraft(
        kind="note",
        key="",
        ticket=ONE,
        to=(Mailbox("Sam Reed", "sam@northwind.example"),),
        reader=Reader.INTERNAL,
        subject="Seal",
        sender_name="Northwind",
        context={},
    )
    with quiet.store.write() as connection:
        for number in range(limit):
            mail = ComposedMail(
                message_id=f"<{number}@x>",
                subject="Seal",
                text="",
                raw=b"",
                mail_from="",
                rcpt_to=("sam@northwind.example",),
            )
            one = replace(draft, key=f"note:{number}")
            outbox.add(connection, one, mail, state=OutboxState.QUEUED, now=earlier, after_entry=None)
    at_once = desk(quiet).fire_due()
    moments = fire_until(quiet, datetime(2026, 3, 6, 14, tzinfo=UTC))

    assert (0, [datetime(2026, 3, 6, 13, tzinfo=UTC)]) == (at_once, moments)


def test_one_client_is_not_chased_by_everybody(house: Any) -> None:
    """Two open questions to one company, one nudge a week: the second is a silence with its reason."""
    habits = replace(house.policy.followups, nudges_per_client_and_week=1)
    house.policy = replace(house.policy, followups=habits)
    for number, name in enumerate(("Seal", "Motor"), start=1):
        receive(house, name, words=f"The {name.lower()} of machine {number} is broken. Please come.")
        asked(house, number)
    fire_until(house, datetime(2026, 3, 6, 16, tzinfo=UTC))
    with house.store.read() as connection:
        reasons = [line.silence.reason for line in silences.silences(connection)]

    assert 1 == house.written().count("nudge-draft")
    assert ["client-chased-enough"] == reasons


def test_what_stands_still_is_listed(quiet: Any) -> None:
    """Open questions with their next step, by person and for all; what we owe, with who owes it."""
    receive(
        quiet, "Motor", words="The motor of machine 2 is broken. Please send somebody before 12 March 2026."
    )
    fire_until(quiet, datetime(2026, 3, 6, 13, tzinfo=UTC))
    with quiet.store.read() as connection:
        directory = quiet.directories.current(connection)
        arguments = connection, directory, quiet.policy
        silent = silent_clients(*arguments, quiet.clock.at)
        of_sam = silent_clients(*arguments, quiet.clock.at, Whose(rep="sam"))
        of_lea = silent_clients(*arguments, quiet.clock.at, Whose(pm="lea"))
        owed = owed_by_us(*arguments)
        of_ines = owed_by_us(*arguments, Whose(pm="ines"))

    assert [(ONE, Step.FIRM, 3)] == [(s.ticket.ref, s.silence.step, s.silence.days) for s in silent]
    assert (silent, []) == (of_sam, of_lea)
    assert [TWO] == [one.ticket.ref for one in owed]
    assert {"first-answer", "deadline"} == {str(one.occasion) for one in owed[0].owed}
    assert owed == of_ines


def test_a_rep_who_has_left_is_passed_over(quiet: Any) -> None:
    """The PM is next when nobody of that name is with us any more."""
    with quiet.store.write() as connection:
        directory = quiet.directories.current(connection)
        staff = tuple(person for person in directory.staff if person.id != "sam")
        organisations = tuple(replace(one, rep=None) for one in directory.organisations)
        directory_rows.replace(connection, replace(directory, staff=staff, organisations=organisations))
    fire_until(quiet, datetime(2026, 3, 6, 16, tzinfo=UTC))

    assert ["firm-draft"] == quiet.written()[-1:]
