"""One kept message becomes everything that it causes, once, whatever breaks or comes at the same instant."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from mailroute.domain.decisions import Facts, Reading
from mailroute.domain.directory import Directory
from mailroute.domain.errors import Misconfigured, TryLater
from mailroute.domain.outgoing import ComposedMail, MailDraft, OutboxState
from mailroute.domain.policy import Mode
from mailroute.domain.reasons import Reason
from mailroute.domain.received import InboxId
from mailroute.domain.ticket import TicketRef
from mailroute.domain.tokens import ReplyAudience
from mailroute.services.process_mail import MOST_DEATHS, TRIES
from mailroute.store import directory as directory_rows
from mailroute.store import inbox, messages, tickets

OPENED = ["ticket-opened", "ticket-received", "ticket-assigned"]
LONG = "Pump four in hall two leaks at the shaft seal again since Monday morning, please come at once."


def test_a_message_becomes_a_ticket_and_its_mails(house: Any) -> None:
    """All in one commit: the ticket, three mails with their jobs, the entry done."""
    entry = house.keep("Pump 4")
    house.processor().process(entry)

    assert (["open"], ["MR-1"], OPENED) == (house.actions(entry), house.refs(), house.written())
    assert 3 == len(house.deliveries)


def test_doing_it_again_does_nothing(house: Any) -> None:
    """Jobs are lost, repeated and thawed hours later; the row's state decides."""
    entry = house.keep("Pump 4")
    for _ in range(3):
        house.processor().process(entry)

    assert (["MR-1"], OPENED, 3) == (house.refs(), house.written(), len(house.deliveries))
    with house.store.read() as connection:
        assert 1 == len(messages.messages(connection, TicketRef(1)))


def test_an_entry_that_is_not_there_is_no_trouble(house: Any) -> None:
    """A job may outlive its row."""
    house.processor().process(InboxId(4711))

    assert [] == house.refs()


def at_the_same_instant(house: Any, entries: list[InboxId]) -> None:
    """Process entries in threads that have all read before the first one decides."""
    ready = threading.Barrier(len(entries))

    def read(raw: bytes, directory: Directory) -> Reading:
        reading = house.reader.read(raw, directory)
        ready.wait(30)
        return reading

    processor = house.processor(read=read)
    with ThreadPoolExecutor(len(entries)) as threads:
        list(threads.map(processor.process, entries))


@pytest.mark.parametrize("words", [LONG, "Call me."])
def test_two_copies_at_the_same_instant_are_one_ticket(house: Any, words: str) -> None:
    """Two servers deliver one mail, two workers take one each."""
    for number in range(3):
        copies = [
            house.keep(
                f"Pump {number}",
                source_key=f"{number}-{copy}",
                words=f"{words} {number}",
                head=f"X-Hop: {copy}\r\n",
            )
            for copy in range(2)
        ]
        at_the_same_instant(house, copies)

        assert ["duplicate", "open"] == sorted(house.actions(*copies))
    assert 3 == len(house.refs())
    assert 9 == len(house.written())


def test_the_client_s_mail_and_the_rep_s_forward_at_the_same_instant_are_one_ticket(house: Any) -> None:
    """Two paths, one matter: the organisation's lock makes one of them wait."""
    forward = (
        "---------- Forwarded message ---------\r\nFrom: Ann Lee <ann@borealis.example>\r\n"
        "Date: Tue, Mar 3, 2026 at 11:00 AM\r\nSubject: Pump 4\r\nTo: Sam Reed <sam@northwind.example>\r\n"
        f"\r\n{LONG}"
    )
    pair = [
        house.keep("Pump 4", words=LONG),
        house.keep(
            "Fwd: Pump 4", author="sam@northwind.example", message_id="fwd@northwind.example", words=forward
        ),
    ]
    at_the_same_instant(house, pair)

    assert (["MR-1"], ["duplicate", "open"]) == (house.refs(), sorted(house.actions(*pair)))


def test_an_answer_and_its_original_at_the_same_instant_are_one_ticket(house: Any) -> None:
    """Whichever of two workers is first; and it is the ticket of who began it."""
    for number in range(3):
        first = f"first-{number}@borealis.example"
        pair = [
            house.keep(
                f"Re: Pump {number}", author="bo@borealis.example", head=f"In-Reply-To: <{first}>\r\n"
            ),
            house.keep(f"Pump {number}", message_id=first, words=f"{LONG} {number}"),
        ]
        at_the_same_instant(house, pair)

        assert ["append", "open"] == sorted(house.actions(*pair))
    with house.store.read() as connection:
        found = tickets.listing(connection)

        assert ["ann@borealis.example"] * 3 == [ticket.requester.address for ticket in found]


def test_one_entry_in_two_hands_is_worked_through_once(house: Any) -> None:
    """A job that was taken for dead comes back to life."""
    entry = house.keep("Pump 4")
    at_the_same_instant(house, [entry, entry])

    assert (["MR-1"], OPENED) == (house.refs(), house.written())


def test_different_matters_at_the_same_instant_get_different_numbers(house: Any) -> None:
    """Of one company and of strangers."""
    authors = ["ann@borealis.example", "bo@borealis.example", "zoe@quill.example", "kim@else.example"]
    entries = [house.keep(f"Matter {n}", author=author) for n, author in enumerate(authors)]
    at_the_same_instant(house, entries)

    assert (["open"] * 4, 4) == (house.actions(*entries), len(set(house.refs())))


def test_answers_to_one_ticket_at_the_same_instant_are_all_on_it(house: Any) -> None:
    """The client, a colleague and the PM write at once: nobody's change is lost."""
    house.processor().process(house.keep("Pump 4"))
    client, inside = house.token(ReplyAudience.CLIENT), house.token(ReplyAudience.INTERNAL)
    answers = [
        house.keep("Re: a", rcpt_to=(client,)),
        house.keep("Re: b", author="bo@borealis.example", rcpt_to=(client,)),
        house.keep("Re: c", author="ines@northwind.example", rcpt_to=(inside,)),
    ]
    at_the_same_instant(house, answers)

    assert ["append"] * 3 == house.actions(*answers)
    with house.store.read() as connection:
        ticket = tickets.get(connection, TicketRef(1))

        assert 4 == len(messages.messages(connection, TicketRef(1)))
        assert ticket is not None
        assert "bo@borealis.example" in [p.mailbox.address for p in ticket.participants]


# What breaks


class Breaking:
    """Composes until it breaks: the given error at the given draft, so many times."""

    def __init__(self, house: Any, error: Exception, *, at_draft: int, times: int = 1_000) -> None:
        self._house, self._error, self._at, self._times = house, error, at_draft, times
        self.calls = 0

    def __call__(self, draft: MailDraft, facts: Facts) -> ComposedMail:
        self.calls += 1
        if draft.kind == OPENED[self._at] and self._times > 0:
            self._times -= 1
            raise self._error
        mail: ComposedMail = self._house.composed(draft, facts)
        return mail


@pytest.mark.parametrize("at_draft", range(3))
def test_a_failure_between_decision_and_commit_leaves_nothing_half_done(house: Any, at_draft: int) -> None:
    """A broken template at any of the mails: no ticket, no mail, the entry waits; once mended, all is done."""
    entry = house.keep("Pump 4")
    breaking = Breaking(house, Misconfigured("a template is broken"), at_draft=at_draft)

    with pytest.raises(Misconfigured):
        house.processor(compose=breaking).process(entry)
    assert ([None], [], []) == (house.actions(entry), house.refs(), house.written())

    house.processor().process(entry)
    assert (["open"], 1, OPENED) == (house.actions(entry), len(house.refs()), house.written())


def test_a_clash_is_decided_afresh_at_once(house: Any) -> None:
    """Somebody else changed the ticket between: the same worker looks again."""
    entry = house.keep("Pump 4")
    house.processor(compose=Breaking(house, TryLater("changed"), at_draft=1, times=TRIES - 1)).process(entry)

    assert (["open"], OPENED) == (house.actions(entry), house.written())


def test_lasting_trouble_leaves_the_entry_waiting(house: Any) -> None:
    """The engine tries again later."""
    entry = house.keep("Pump 4")
    busy = Breaking(house, TryLater("busy"), at_draft=0)

    with pytest.raises(TryLater):
        house.processor(compose=busy).process(entry)
    assert ([None], [], TRIES) == (house.actions(entry), house.refs(), busy.calls)


def test_a_message_that_cannot_be_read_is_quarantined_with_its_limit(small_house: Any) -> None:
    """And the next one is worked through."""
    huge = small_house.keep("Huge", words="x" * (36 * 2**20))
    small = small_house.keep("Pump 4")
    processor = small_house.processor()
    processor.process(huge)
    processor.process(small)

    assert ["quarantine", "open"] == small_house.actions(huge, small)
    with small_house.store.read() as connection:
        line = inbox.line(connection, huge)

        assert line is not None
        assert "over-limit:size" == line.reasons[0].code


def test_workers_that_die_over_one_entry_end_in_quarantine(small_house: Any) -> None:
    """The last straw is counted, not guessed."""
    entry = small_house.keep("Poison")
    processor = small_house.processor()
    for _ in range(MOST_DEATHS - 1):
        processor.worker_died(entry)
    assert [None] == small_house.actions(entry)

    processor.worker_died(entry)
    assert ["quarantine"] == small_house.actions(entry)


def test_what_is_done_is_not_quarantined_afterwards(small_house: Any) -> None:
    """A worker that dies after its commit has lost nothing."""
    entry = small_house.keep("Pump 4")
    processor = small_house.processor()
    processor.process(entry)
    processor.worker_died(entry)
    processor.quarantine(entry, Reason("processing-broke", "too late"))

    assert ["open"] == small_house.actions(entry)


def test_a_person_may_let_a_quarantined_entry_try_again(small_house: Any) -> None:
    """After the limit or the bug is mended."""
    entry = small_house.keep("Pump 4")
    processor = small_house.processor()
    processor.quarantine(entry, Reason("too-slow", "10 s"))
    with small_house.store.write() as connection:
        inbox.retry(connection, entry)
    processor.process(entry)

    assert ["open"] == small_house.actions(entry)


# Modes, directory, books


def test_in_observe_mode_mails_are_kept_and_not_sent(small_house: Any) -> None:
    """Everything else happens; no delivery is asked for."""
    watching = small_house.in_mode(Mode.OBSERVE)
    watching.processor().process(watching.keep("Pump 4"))

    assert (["MR-1"], OPENED, []) == (watching.refs(), watching.written(), watching.deliveries)
    assert {OutboxState.OBSERVED} == {mail.state for mail in watching.mails().values()}


def test_a_changed_directory_counts_for_the_next_message(
    small_house: Any, now_pm: Callable[[str], None]
) -> None:
    """Without a restart."""
    processor = small_house.processor()
    processor.process(small_house.keep("One"))
    now_pm("lea")
    processor.process(small_house.keep("Two"))

    with small_house.store.read() as connection:
        pms = [ticket.pm for ticket in reversed(tickets.listing(connection))]

    assert ["ines", "lea"] == pms


@pytest.fixture
def now_pm(small_house: Any) -> Callable[[str], None]:
    """Gives the company another PM."""

    def change(staff: str) -> None:
        with small_house.store.write() as connection:
            present = directory_rows.load(connection)
            company = replace(present.organisations[0], pm=staff)
            directory_rows.replace(connection, replace(present, organisations=(company,)))

    return change


def test_the_books_close_over_every_kind_of_end(small_house: Any) -> None:
    """Received is opened, appended, duplicate, ignored, held, quarantined or waiting."""
    processor = small_house.processor()
    first = small_house.keep("Pump 4", words=LONG)
    entries = [
        first,
        small_house.keep("Pump 4", source_key="again", words=LONG),
        small_house.keep(
            "Re: Pump 4", head="In-Reply-To: <Pump 4@mail.example>\r\n", message_id="b@x.example"
        ),
        small_house.keep("News", head="List-Unsubscribe: <https://n.example>\r\nPrecedence: bulk\r\n"),
        small_house.keep("Forged", author="sam@northwind.example", vouched=None),
    ]
    for entry in entries:
        processor.process(entry)
    processor.quarantine(small_house.keep("Broken"), Reason("too-slow", "10 s"))
    small_house.keep("Waiting")
    with small_house.store.read() as connection:
        books = inbox.books(connection)

    assert (7, 1, 1, 1, 1, 1, 1, 1) == (
        books.received,
        books.opened,
        books.duplicates,
        books.appended,
        books.ignored,
        books.held,
        books.quarantined,
        books.waiting,
    )
    assert books.close


def test_an_answer_finds_the_ticket_by_the_id_inside_a_forward(small_house: Any) -> None:
    """The client answers his own mail, which we know only as an attachment of the rep's."""
    attached = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
        "Content-Type: message/rfc822\r\n\r\nFrom: ann@borealis.example\r\nTo: sam@northwind.example\r\n"
        "Message-ID: <original@borealis.example>\r\nSubject: Pump\r\n\r\nIt leaks.\r\n--x--\r\n"
    )
    head, body = attached.split("\r\n\r\n", 1)
    forward = small_house.keep("Fwd", author="sam@northwind.example", head=f"{head}\r\n", words=body)
    answer = small_house.keep(
        "Re: Pump", head="In-Reply-To: <original@borealis.example>\r\n", message_id="b@borealis.example"
    )
    for entry in (forward, answer):
        small_house.processor().process(entry)

    assert ["open", "append"] == small_house.actions(forward, answer)
