"""Invitations: a machine's word until somebody writes something of their own into them."""

from collections.abc import Callable

import pytest

from mailroute.directory.invitations import is_personal_invitation
from mailroute.domain.parsed import Automatic, AutomaticKind, Body, ParsedMail

ANN = "ann.lee@borealis.example"
ASKED = Automatic(AutomaticKind.CALENDAR, "text/calendar; method=REQUEST (RFC 6047)")
OWN = "Could one of you come on Thursday at ten, please?"
FILLING = (
    "When: Thursday, 5 March 2026 10:00-11:00 (UTC+00:00) London.\nWhere: Hall 4\n*~*~*~*~*~*~*\n"
    "Microsoft Teams meeting\nJoin on your computer or mobile app\nhttps://meet.example/l/meetup-join/19\n"
    "Meeting ID: 123 456 789\nOr dial in: +44 20 7946 0182"
)


@pytest.fixture
def invitation(make_parsed: Callable[..., ParsedMail]) -> Callable[..., ParsedMail]:
    """An invitation with some words in it."""

    def make(words: str, automatic: Automatic = ASKED) -> ParsedMail:
        return make_parsed(ANN, words, automatic=automatic, body=Body(full=words, fresh=words))

    return make


@pytest.mark.parametrize("words", [OWN, f"{OWN}\n\n{FILLING}", f"{FILLING}\n{OWN}"])
def test_words_of_their_own_make_a_mail_of_it(invitation: Callable[..., ParsedMail], words: str) -> None:
    """Whatever the calendar program adds."""
    assert is_personal_invitation(invitation(words))


@pytest.mark.parametrize(
    "words", ["", "Inspection of pump 4", FILLING, "Ann Lee has invited you to an event in hall 4 today"]
)
def test_a_bare_invitation_is_a_machine_s_word(invitation: Callable[..., ParsedMail], words: str) -> None:
    """A title and the lines of programs are no mail to us."""
    assert not is_personal_invitation(invitation(words))


@pytest.mark.parametrize(
    "automatic",
    [
        Automatic(AutomaticKind.CALENDAR, "text/calendar; method=REPLY (RFC 6047)"),
        Automatic(AutomaticKind.CALENDAR, "text/calendar; method=CANCEL (RFC 6047)"),
        Automatic(AutomaticKind.OUT_OF_OFFICE, "Auto-Submitted: auto-replied"),
    ],
)
def test_other_words_of_machines_stay_theirs(
    invitation: Callable[..., ParsedMail], automatic: Automatic
) -> None:
    """Answers to invitations, cancellations, and what is no invitation at all."""
    assert not is_personal_invitation(invitation(OWN, automatic))
