"""Whole stories, from the mails that come to the mails that go: each folder beside this file is one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mailroute.services.rehearsal_check import check
from mailroute.services.views import View

HERE = Path(__file__).parent
STORIES = sorted(path.parent for path in HERE.glob("*/given.toml"))

Play = Callable[[Path], View]


@pytest.mark.parametrize("folder", STORIES, ids=lambda folder: folder.name)
def test_the_story_ends_as_a_thoughtful_person_would_want(play: Play, folder: Path) -> None:
    """What is right stands in then.toml, with the story in its first line."""
    assert [] == check(folder, play(folder))


@pytest.mark.parametrize("folder", STORIES, ids=lambda folder: folder.name)
def test_every_mail_of_a_story_is_accounted_for(play: Play, folder: Path) -> None:
    """On a ticket or set aside with a reason; none is lost on the way."""
    result = play(folder)
    said = [message["source"] for ticket in result["tickets"] for message in ticket["messages"]]
    on_tickets = {source for source in said if source}  # what we sent ourselves came from no mail
    aside = {one["source"] for one in result["set_aside"] if one["reasons"]}

    assert {path.name for path in folder.glob("*.eml")} == on_tickets | aside


def to_clients(result: View) -> str:
    """Everything that leaves the house, as one text."""
    return "\n".join(
        f"{mail['subject']}\n{mail['text']}" for mail in result["outgoing"] if mail["audience"] == "client"
    )


@pytest.mark.parametrize(
    ("story", "internal"),
    [
        ("01-gmail-forward", "middle of the boat show"),
        ("04-thunderbird-forward", "for your project"),
        ("05-forwarded-as-attachment", "he called as well"),
        ("14-pm-answers-the-client", "January invoice"),
        ("15-pm-notes-internally", "bearings"),
        ("25-deutsche-weiterleitung", "Messe"),
        ("28-rep-forwards-what-we-have", "night porter"),
    ],
)
def test_no_internal_word_reaches_a_client(play: Play, story: str, internal: str) -> None:
    """Neither a rep's note nor what a PM's program quotes; colleagues do read it."""
    result = play(HERE / story)
    inside = "\n".join(mail["text"] for mail in result["outgoing"] if mail["audience"] == "internal")

    assert internal not in to_clients(result)
    assert internal in " ".join(inside.replace("> ", "").split())


def test_a_pm_s_answer_reaches_the_client_in_full(play: Play) -> None:
    """In the PM's own words."""
    assert "Which floor does the noise begin on?" in to_clients(play(HERE / "14-pm-answers-the-client"))


def test_a_stranger_s_words_are_not_sent_back(play: Play) -> None:
    """Whoever forges a sender must not be able to send words to others through us."""
    sent = to_clients(play(HERE / "08-stranger"))

    assert "warehouse" not in sent
    assert "Offer for a goods lift" not in sent


@pytest.mark.parametrize(
    ("story", "word"), [("25-deutsche-weiterleitung", "Nachricht"), ("26-cliente-francaise", "message")]
)
def test_a_client_is_acknowledged_in_their_language(play: Play, story: str, word: str) -> None:
    """German and French as well as English."""
    sent = to_clients(play(HERE / story))

    assert word in sent
    assert "your message" not in sent


@pytest.mark.parametrize(
    ("story", "address", "reason"),
    [
        ("29-no-reply-address", "no-reply@partsdepot.example", "unattended-address"),
        ("30-forged-return-path", "nils.brandt@harbourhotels.example", "return-path-differs"),
    ],
)
def test_silence_has_its_reason(play: Play, story: str, address: str, reason: str) -> None:
    """A mail that is not written is told, too."""
    [silence] = play(HERE / story)["not_sent"]

    assert ("ticket-opened", address, reason) == (silence["kind"], silence["to"], silence["reason"])


def test_the_colleague_s_answer_in_copy_is_hers_and_public(play: Play) -> None:
    """One message by each; nothing is put into the client's mouth."""
    [ticket] = play(HERE / "24-rep-answers-in-copy")["tickets"]
    said = [(m["author"], m["role"], m["via"], m["audience"]) for m in ticket["messages"]]

    assert [
        ("nils.brandt@harbourhotels.example", "client", "direct", "public"),
        ("rosa.falk@tideway.example", "rep", "cc", "public"),
    ] == said
