"""Whatever the order in which the mails of a story arrive, and however often, the same tickets come out of them."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from prometheus_client import CollectorRegistry

from mailroute.domain.decisions import Reading
from mailroute.domain.directory import Client, Directory, Organisation, Staff, StaffRole
from mailroute.domain.policy import Policy, Service
from mailroute.domain.received import Channel, Envelope, ReceivedMail, Verdict
from mailroute.journal import Journal
from mailroute.outbound.render import Renderer
from mailroute.services.directory_file import Given
from mailroute.services.reading import Reader
from mailroute.services.rehearse import Stage, stage
from mailroute.store import inbox, tickets

DESK = "help@tideway.example"
ROSA, NILS, PIA = "rosa@tideway.example", "nils@harbour.example", "pia@harbour.example"
NOW = datetime(2026, 3, 3, 18, 0, tzinfo=UTC)
HOUSE = Given(
    service=Service(name="Tideway Lifts", routing_address=DESK, internal_domains=("tideway.example",)),
    directory=Directory(
        staff=(
            Staff(id="rosa", name="Rosa Falk", role=StaffRole.REP, emails=(ROSA,)),
            Staff(id="owen", name="Owen Tate", role=StaffRole.PM, emails=("owen@tideway.example",)),
            Staff(id="lea", name="Lea Lang", role=StaffRole.LEAD, emails=("lea@tideway.example",)),
        ),
        organisations=(
            Organisation(
                id="harbour", name="Harbour Hotels", domains=("harbour.example",), rep="rosa", pm="owen"
            ),
            Organisation(id="clinic", name="Hill Clinic", domains=("clinic.example",), rep="rosa", pm="owen"),
        ),
        clients=(Client(name="Nils Brandt", emails=(NILS, "nils.b@gmail.com"), organisation="harbour"),),
    ),
    until=None,
)
LIFT = (
    "Hello,\n\nlift 2 makes a loud grinding noise on the way down since yesterday evening.\n"
    "Could you please have a look this week? All our guests use it.\n\nNils Brandt"
)
DOOR = (
    "Hello,\n\nthe door of the garage on the harbour side does not close any more and the alarm\n"
    "has been on since six. Please send somebody before the evening.\n\nNils Brandt"
)
BANNER = (
    "CAUTION: this mail comes from outside of the organisation. Do not open files of people you do not know."
)


@dataclass(frozen=True)
class Mail:
    """One mail of a story."""

    author: str
    subject: str
    words: str
    id: str | None = None
    head: str = ""
    to: str = DESK
    at: str = "09:00"

    @property
    def raw(self) -> bytes:
        lines = [
            f"From: {self.author}",
            f"To: {self.to}",
            f"Subject: {self.subject}",
            f"Date: Tue, 3 Mar 2026 {self.at}:00 +0000",
        ]
        lines += [f"Message-ID: <{self.id}>"] if self.id else []
        lines += self.head.split("\n") if self.head else []
        return "\r\n".join([*lines, "", *self.words.split("\n"), ""]).encode()


def answer(*ids: str) -> str:
    """The header of an answer to the last of these mails."""
    chain = " ".join(f"<{one}>" for one in ids)
    return f"In-Reply-To: <{ids[-1]}>\nReferences: {chain}"


def quoted(who: str, words: str) -> str:
    """A quote under an answer."""
    lines = "\n".join(f"> {line}".rstrip() for line in words.split("\n"))
    return f"On Tue, 3 Mar 2026 at 09:00, Nils Brandt <{who}> wrote:\n\n{lines}"


def gmail(who: str, subject: str, words: str, note: str = "") -> str:
    """A forward as Gmail writes it."""
    return (
        f"{note}\n\n---------- Forwarded message ---------\nFrom: Nils Brandt <{who}>\n"
        f"Date: Tue, Mar 3, 2026 at 9:00 AM\nSubject: {subject}\nTo: Rosa Falk <{ROSA}>\n\n\n{words}"
    )


FIRST = Mail(NILS, "Lift 2", LIFT, "a1@harbour.example")
DOOR_MAIL = Mail(NILS, "Garage door", DOOR, "b1@harbour.example", at="09:30")

STORIES: dict[str, tuple[Mail, ...]] = {
    "a thread in which everybody answers": (
        FIRST,
        Mail(
            PIA,
            "Re: Lift 2",
            "It stood still at noon, too.",
            "a2@harbour.example",
            answer("a1@harbour.example"),
            at="10:00",
        ),
        Mail(
            NILS,
            "AW: Lift 2",
            "And now it is off.",
            "a3@harbour.example",
            answer("a1@harbour.example", "a2@harbour.example"),
            at="11:00",
        ),
    ),
    "the rep answers the client with us in copy": (
        Mail(NILS, "Lift 2", LIFT, "a1@harbour.example", to=f"{ROSA}, {DESK}"),
        Mail(
            ROSA,
            "Re: Lift 2",
            "Hi Nils,\n\nOwen calls you today.\n\nRosa\n\n" + quoted(NILS, LIFT),
            "r1@tideway.example",
            f"Cc: {DESK}\n" + answer("a1@harbour.example"),
            to=NILS,
            at="09:20",
        ),
    ),
    "the client writes to us and the rep passes the same on": (
        FIRST,
        Mail(
            ROSA,
            "Fwd: Lift 2",
            gmail(NILS, "Lift 2", LIFT, "He has called as well."),
            "r2@tideway.example",
            answer("a1@harbour.example"),
            at="09:40",
        ),
        Mail(
            PIA,
            "Re: Lift 2",
            "Please come before noon.",
            "a4@harbour.example",
            answer("a1@harbour.example"),
            at="10:10",
        ),
    ),
    "a copy that was changed on its way": (
        FIRST,
        Mail(
            ROSA, "WG: Lift 2", gmail(NILS, "Lift 2", f"{BANNER}\n\n{LIFT}"), "r3@tideway.example", at="09:50"
        ),
    ),
    "two matters of one client and a stranger's": (
        FIRST,
        DOOR_MAIL,
        Mail(
            "zoe@quill.example",
            "Offer",
            "Could you make us an offer for a goods lift, please?",
            "z1@quill.example",
            at="09:45",
        ),
        Mail(
            NILS,
            "Re: Garage door",
            "It is shut now.",
            "b2@harbour.example",
            answer("b1@harbour.example"),
            at="12:00",
        ),
    ),
    "mails without a Message-ID": (
        Mail(NILS, "Lift 2", LIFT),
        Mail(PIA, "Call me", "Call me, please.", at="09:15"),
        Mail("kim@clinic.example", "Call me", "Call me, please.", at="09:15"),
    ),
    "one person with two addresses": (
        FIRST,
        Mail(
            "nils.b@gmail.com",
            "Re: Lift 2",
            "From home: it runs again.",
            "g1@gmail.com",
            answer("a1@harbour.example"),
            at="20:00",
        ),
    ),
    "two clients answer one mail of the rep's that we never saw": (
        Mail(
            NILS,
            "Re: Price list 2026",
            "Lift 2 is not on it. Is it covered?",
            "p1@harbour.example",
            answer("mass@tideway.example"),
        ),
        Mail(
            "kim@clinic.example",
            "Re: Price list 2026",
            "Thank you. What does a night call cost?",
            "p2@clinic.example",
            answer("mass@tideway.example"),
        ),
        Mail(
            NILS,
            "Re: Price list 2026",
            "And lift 3?",
            "p3@harbour.example",
            answer("mass@tideway.example"),
            at="10:30",
        ),
    ),
}


@pytest.fixture(scope="module")
def read() -> Iterator[Callable[[bytes, Directory], Reading]]:
    """Reads each mail once: the reader is pure, and orders are many."""
    known: dict[bytes, Reading] = {}
    with Reader(Policy(service=HOUSE.service)) as reader:

        def once(raw: bytes, directory: Directory) -> Reading:
            if raw not in known:
                known[raw] = reader.read(raw, directory)
            return known[raw]

        yield once


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    """The shipped templates."""
    return Renderer()


@pytest.fixture(scope="module")
def journal() -> Journal:
    """One for all."""
    return Journal(registry=CollectorRegistry())


def take_in(set_up: Stage, mails: Sequence[Mail]) -> None:
    """Each as an arrival of its own, one after the other."""
    set_up.clock.at = NOW
    for number, mail in enumerate(mails):
        arrival = ReceivedMail(
            raw=mail.raw,
            envelope=Envelope(mail.author, (DESK,)),
            channel=Channel.SMTP,
            source_key=str(number),
            received_at=NOW,
            source=f"{number}",
            vouched=Verdict.PASS if mail.author == ROSA else Verdict.NONE,
        )
        with set_up.store.write() as connection:
            [kept] = inbox.keep(connection, [arrival])
        set_up.processor.process(kept.id)


def grouped(set_up: Stage, mails: Sequence[Mail]) -> set[tuple[str, str, frozenset[Mail]]]:
    """Each ticket: whose it is, and which mails led to it, those that were there already too."""
    with set_up.store.read() as connection:
        lines = inbox.listing(connection, limit=1000)
        found = {one.ref: one for one in tickets.listing(connection, limit=1000)}
    held = defaultdict(set)
    for line in lines:
        assert line.ticket is not None, (line.entry.source, line.action)
        held[line.ticket].add(mails[int(line.entry.source or "")])
    assert set(found) == set(held)
    return {
        (str(found[ref].organisation), (found[ref].requester.key or ""), frozenset(its))
        for ref, its in held.items()
    }


Play = Callable[[Sequence[Mail]], set[tuple[str, str, frozenset[Mail]]]]


@pytest.fixture(scope="module")
def play(read: Callable[[bytes, Directory], Reading], renderer: Renderer, journal: Journal) -> Play:
    """The tickets that come of mails, in the order in which they arrive."""

    def run(mails: Sequence[Mail]) -> set[tuple[str, str, frozenset[Mail]]]:
        with stage(HOUSE, read=read, renderer=renderer, journal=journal) as set_up:
            take_in(set_up, mails)
            return grouped(set_up, mails)

    return run


@st.composite
def arrivals(draw: st.DrawFn, story: Sequence[Mail]) -> list[Mail]:
    """All mails of a story in any order, some of them again."""
    again = draw(st.lists(st.sampled_from(story), max_size=2))
    return draw(st.permutations([*story, *again]))


def check(play: Play, story: Sequence[Mail], data: st.DataObject) -> None:
    """Any order gives what the natural one gives."""
    mails = data.draw(arrivals(story))

    assert play(story) == play(mails)


@pytest.mark.parametrize("story", STORIES)
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_order_gives_the_same_tickets(play: Play, story: str, data: st.DataObject) -> None:
    """The same requester, the same organisation, the same mails on each."""
    check(play, STORIES[story], data)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("story", STORIES)
@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_order_gives_the_same_tickets_at_length(play: Play, story: str, data: st.DataObject) -> None:
    """Many more orders, in CI."""
    check(play, STORIES[story], data)


def test_stories_do_not_get_into_each_other_s_way(play: Play) -> None:
    """Mails of two stories, mixed, come to the tickets of both."""
    thread, away = STORIES["a thread in which everybody answers"], STORIES["mails without a Message-ID"][1:]

    assert play(thread) | play(away) == play([thread[2], away[1], thread[0], away[0], thread[1]])
