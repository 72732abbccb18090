"""Commands: how they are read, who may use them, and what is told of each."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailroute.directory.lookup import organisation_of
from mailroute.domain.directory import Directory
from mailroute.domain.policy import Policy
from mailroute.domain.ticket import Link, LinkKind, Ticket, TicketRef
from mailroute.routing.decide import present
from mailroute.tickets.actions import How, Scene
from mailroute.tickets.commands import (
    COMMANDS,
    MOST_COMMANDS,
    CommandLine,
    carry_out,
    is_only_signed,
    named_tickets,
    read_commands,
)
from mailroute.tickets.commands_arguments import find_staff, moment

TUESDAY = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
OPERATING = Path(__file__).parents[3] / "docs" / "operating.md"


@pytest.fixture
def scene(
    house: Directory, policy: Policy, make_ticket: Callable[..., Ticket], now: datetime
) -> Callable[..., Scene]:
    """What an action of one of us on MR-17 may look at."""

    def make(actor: str = "ines", **changes: Any) -> Scene:
        values: dict[str, Any] = {
            "ticket": make_ticket(),
            "actor": house.staff_by_id[actor],
            "how": How.MAIL,
            "now": now,
            "directory": house,
            "policy": policy,
            "next_ref": TicketRef(90),
            "lookup": organisation_of,
            "present": present,
        }
        return Scene(**(values | changes))

    return make


@pytest.mark.parametrize(
    ("text", "names", "below"),
    [
        ("/close", ["close"], ""),
        ("\n  /close\n\n/urgent\n\nDear Ann,\n\nall done.", ["close", "urgent"], "Dear Ann,\n\nall done."),
        ("/ASSIGN Kai\nHello", ["assign"], "Hello"),
        ("/wait: 3d", ["wait"], ""),
        ("Hello\n/close", [], "Hello\n/close"),
        ("> /close\n/close", [], "> /close\n/close"),
        ("/etc/hosts is wrong", [], "/etc/hosts is wrong"),
        ("/ close", [], "/ close"),
        ("//close", [], "//close"),
        ("", [], ""),
    ],
)
def test_commands_lead_the_words(text: str, names: list[str], below: str) -> None:
    """On lines of their own, before the first word; a path, a quote and a later line are words."""
    lines, rest = read_commands(text)

    assert (names, below) == ([line.name for line in lines], rest)


def test_no_more_than_so_many_commands() -> None:
    """Whoever writes more lines of that kind has pasted something: the rest are words."""
    lines, below = read_commands("/urgent\n" * (MOST_COMMANDS + 1))

    assert (MOST_COMMANDS, "/urgent") == (len(lines), below.strip())


@given(st.text(), st.lists(st.sampled_from([*COMMANDS, "nonsense"]), min_size=1, max_size=5))
def test_no_argument_breaks_a_command(argument: str, names: list[str]) -> None:
    """Whatever is written, reading gives lines and words and never raises."""
    text = "\n".join(f"/{name} {argument}" for name in names)
    lines, below = read_commands(text)

    assert len(lines) <= text.count("\n") + 1
    assert text.endswith(below)


@pytest.mark.parametrize("name", [*COMMANDS, "nonsense"])
@pytest.mark.parametrize("argument", ["", "???", "MR-17", "MR-999", "@", "9999d", "kai", "a@b", "\x00"])
def test_every_command_answers_every_argument(scene: Callable[..., Scene], name: str, argument: str) -> None:
    """With what was done, or why not, in words."""
    [result] = carry_out(scene(), [CommandLine(name, argument)]).results

    assert result.words


@pytest.mark.parametrize(
    ("words", "only"),
    [
        ("", True),
        ("Ines", True),
        ("Best regards,\nInes Costa", True),
        ("Thank you!", False),
        ("Ines will come.", False),
    ],
)
def test_a_name_below_commands_says_nothing(words: str, only: bool) -> None:
    """A signature that was not told apart must not be sent to a client as an answer; thanks are an answer."""
    assert only is is_only_signed(words, "Ines Costa")


@pytest.mark.parametrize(
    ("wrote", "said"),
    [("clsoe", "did you mean /close?"), ("asign", "did you mean /assign?"), ("qqqq", "/help lists them")],
)
def test_an_unknown_command_names_the_nearest(scene: Callable[..., Scene], wrote: str, said: str) -> None:
    """Nothing is guessed."""
    carried = carry_out(scene(), [CommandLine(wrote, "")])

    assert ([False], ()) == ([r.done for r in carried.results], carried.changes)
    assert said in carried.results[0].words


def test_help_lists_every_command(scene: Callable[..., Scene]) -> None:
    """With its arguments and meaning."""
    [result] = carry_out(scene(), [CommandLine("help", "")]).results

    assert [] == [c.name for c in COMMANDS.values() if f"{c.usage}: {c.meaning}" not in result.words]


def test_the_operators_guide_lists_every_command() -> None:
    """The table in docs/operating.md is COMMANDS, row by row."""
    rows = re.findall(
        r"^\| `(/[^`]+)` \| (.*) \| (.*) \|$", OPERATING.read_text(encoding="utf-8"), re.MULTILINE
    )

    assert [(c.usage, c.meaning, c.who) for c in COMMANDS.values()] == rows


@pytest.mark.parametrize("name", ["merge", "requester"])
def test_what_sends_client_mail_elsewhere_needs_a_mark(scene: Callable[..., Scene], name: str) -> None:
    """The right domain alone is not enough: the mail must answer one of ours that only staff have."""
    argument = {"merge": "MR-7", "requester": "ben@borealis.example"}[name]
    [result] = carry_out(scene(marked=False), [CommandLine(name, argument)]).results

    assert not result.done
    assert "From: alone is not enough" in result.words


def test_only_the_pm_gives_it_back(scene: Callable[..., Scene]) -> None:
    """Somebody else would assign it."""
    [result] = carry_out(scene("sam"), [CommandLine("not-mine", "no time")]).results

    assert (False, True) == (result.done, "only the ticket's PM" in result.words)


def test_a_merged_ticket_takes_no_commands(
    scene: Callable[..., Scene], make_ticket: Callable[..., Ticket]
) -> None:
    """It says where to write instead."""
    merged = make_ticket(links=(Link(TicketRef(7), LinkKind.MERGED_INTO),))
    [result] = carry_out(scene(ticket=merged), [CommandLine("urgent", "")]).results

    assert (False, "MR-17 is part of MR-7: say it there") == (result.done, result.words)


def test_each_command_works_on_what_the_one_before_left(scene: Callable[..., Scene]) -> None:
    """And one that fails stops none of the others."""
    lines = [CommandLine("close", ""), CommandLine("close", ""), CommandLine("reopen", "")]
    carried = carry_out(scene(), lines)

    assert [True, False, True] == [r.done for r in carried.results]
    assert ["closed", "reopened"] == [e.event for e in carried.changes[0].events]


def test_tickets_are_named_once() -> None:
    """Those behind /merge and /link, in any spelling."""
    lines = [CommandLine("link", "[MR-7]"), CommandLine("merge", "mr-7"), CommandLine("note", "MR-8")]

    assert (TicketRef(7),) == named_tickets(lines)


@pytest.mark.parametrize(
    ("wrote", "found"),
    [
        ("kai", "kai"),
        ("KAI", "kai"),
        ("Kai Berg", "kai"),
        ("berg", "kai"),
        ("@kai", "kai"),
        ("<kai@northwind.example>", "kai"),
        ("ine", "ines"),
        ("me", "ines"),
    ],
)
def test_names_are_matched_forgivingly(house: Directory, wrote: str, found: str) -> None:
    """By id, first, last or full name, address, or how one of these begins."""
    staff = find_staff(wrote, house.staff, house.staff_by_id["ines"])

    assert not isinstance(staff, str)
    assert found == staff.id


@pytest.mark.parametrize(
    ("wrote", "said"),
    [
        ("", "say whom"),
        ("zoe", "there is no “zoe”"),
        ("kia", "did you mean kai?"),
        ("northwind", "there is no"),
    ],
)
def test_a_name_that_fits_nobody_is_told(house: Directory, wrote: str, said: str) -> None:
    """With those who could be meant."""
    answer = find_staff(wrote, house.staff, house.staff_by_id["ines"])

    assert isinstance(answer, str)
    assert said in answer


def test_between_two_nobody_guesses(house: Directory) -> None:
    """The choices are named, with their ids."""
    answer = find_staff(
        "re",
        [
            *house.staff,
            house.staff[0].__class__(
                id="rex", name="Rex Otto", role=house.staff[0].role, emails=("rex@northwind.example",)
            ),
        ],
        None,
    )

    assert "“re” may be Sam Reed (sam), Rex Otto (rex): write the id" == answer


@pytest.mark.parametrize(
    ("wrote", "when"),
    [
        ("3d", "2026-03-06T12:00+00:00"),
        ("2 weeks", "2026-03-17T12:00+00:00"),
        ("4h", "2026-03-03T16:00+00:00"),
        ("fri", "2026-03-06T07:00+00:00"),
        ("until Friday", "2026-03-06T07:00+00:00"),
        ("Dienstag", "2026-03-10T07:00+00:00"),
        ("demain", "2026-03-04T07:00+00:00"),
        ("2026-04-01", "2026-04-01T06:00+00:00"),
    ],
)
def test_times_to_come(wrote: str, when: str) -> None:
    """A day begins at eight in the house's own time, summer or winter; a weekday is the next one, never today."""
    assert datetime.fromisoformat(when) == moment(wrote, TUESDAY, "Europe/Berlin")


@pytest.mark.parametrize("wrote", ["", "soon", "0d", "2026-03-01", "2026-13-01", "999w", "2030-01-01", "-3d"])
def test_what_is_no_time_to_come(wrote: str) -> None:
    """The past, nonsense, and more than a year ahead."""
    assert moment(wrote, TUESDAY, "Europe/Berlin") is None
