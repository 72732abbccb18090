"""Which of the days in a mail somebody waits for."""

from collections.abc import Callable
from datetime import date

import pytest

from mailroute.domain.directory import Directory
from mailroute.domain.issue import Issue


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Please send us the drawings by Friday.", ["2026-03-06"]),
        ("We need an answer tomorrow at the latest.", ["2026-03-05"]),
        ("Could you come before the fair on 20 April?", ["2026-04-20"]),
        ("Can you ship it? The new shop opens on 5 September.", ["2026-09-05"]),
        ("Please confirm no later than 2 April.", ["2026-04-02"]),
        ("Bitte senden Sie uns das Angebot bis zum 31.03.2026.", ["2026-03-31"]),
        ("Can you move the visit from 9 March to 16 March?", ["2026-03-16"]),
        ("Please fit the new gate in the week of 16 March.", ["2026-03-16"]),
        ("We still need the crane until 24 April.", ["2026-04-24"]),
        ("The insurer gave us until 12 March. Can you help?", ["2026-03-12"]),
        ("Will the panels be delivered on Tuesday 10 March as agreed?", ["2026-03-10"]),
        ("New starter Jo begins on 1 April, needs a badge.", ["2026-04-01"]),
        ("Please schedule a meeting for Monday.", ["2026-03-09"]),
        ("Please send it by next week Wednesday.", ["2026-03-11"]),
        ("Please send it by this upcoming Friday.", ["2026-03-06"]),
        ("Please send it by later this month.", ["2026-03-31"]),
        (
            "Le congrès commence le 2 avril, il nous faut les badges avant. Pouvez-vous confirmer ?",
            ["2026-04-02"],
        ),
        ("Our fair is on 2 April and the stand must be ready before then.", ["2026-04-02"]),
        ("Bitte liefern Sie bis Donnerstag.", ["2026-03-05"]),
        ("Merci de nous livrer au plus tard jeudi 21 mai.", ["2026-05-21"]),
        ("Pourriez-vous livrer mardi prochain ?", ["2026-03-10"]),
        ("Pourriez-vous nous livrer avant le 24 septembre ?", ["2026-09-24"]),
    ],
)
def test_day_that_is_waited_for(card: Callable[..., Issue], text: str, days: list[str]) -> None:
    """A day with a cue, or one that lies ahead in a mail that wants something, is a deadline."""
    assert days == [d.date.isoformat() for d in card(text).deadlines]


@pytest.mark.parametrize(
    "text",
    [
        "The pump has leaked since Monday. Please call me.",
        "Our office is closed from 24 December to 3 January.",
        "You delivered it on 2 March and it broke. Please repair it.",
        "We are on version 4.1 and cannot print. Please help.",
        "Thank you for the lunch on Tuesday.",
        "I have used it for 3 weeks now. Can you send the manual?",
        "It's Wednesday and nothing has come. Can you call?",
        "On est mercredi et toujours rien. Pouvez-vous nous rappeler ?",
        "Vous deviez livrer lundi dernier. Pouvez-vous nous rappeler ?",
        "Ihr Fahrer hat am Samstag eine Stunde auf dem Hof gewartet. Bitte rufen Sie an.",
        "I will be in Leeds on 15 March, can we meet?",
        "If a customer has fixed day Monday, does the planner move him?",
        "The deadline for our guests goes from 30 March to 20 April. Please note it.",
    ],
)
def test_day_that_is_not(card: Callable[..., Issue], text: str) -> None:
    """Past days, closing days, numbers and durations are no deadlines."""
    assert () == card(text).deadlines


def test_the_words_stand_in_the_text(card: Callable[..., Issue]) -> None:
    """A deadline shows the words that it was read from, the cue among them."""
    text = "Hello,\n\nplease send the parts by Friday 20 March.\n\nAnn"
    deadline = card(text).deadlines[0]

    assert "by Friday 20 March" == deadline.words == text[deadline.start : deadline.end]


@pytest.mark.parametrize(
    ("text", "ambiguous"),
    [
        ("Please send it by 05/06/2026.", True),
        ("Please send it by 25/06/2026.", False),
        ("Please send it by 5.6.2026.", False),
        ("Please send it by 5 June.", False),
    ],
)
def test_day_and_month_that_could_be_swapped(
    card: Callable[..., Issue], text: str, *, ambiguous: bool
) -> None:
    """Two low numbers with a slash are read in the writer's order, and flagged."""
    assert [ambiguous] == [d.ambiguous for d in card(text).deadlines]


def test_plain_words_outweigh_a_day_in_passing(card: Callable[..., Issue]) -> None:
    """Where the client says by when, an event that is only told is no second deadline."""
    issue = card("The wedding is on 12 June. Could you send the proof by Friday?")

    assert ["2026-03-06"] == [d.date.isoformat() for d in issue.deadlines]


def test_same_day_once(card: Callable[..., Issue]) -> None:
    """A day named twice is one deadline."""
    issue = card("We need it by Friday. Really, please send it by Friday!", directory=Directory())

    assert 1 == len(issue.deadlines)


@pytest.mark.parametrize(
    "text",
    [
        "Our office is open from 8 to 5, Monday to Friday. Please call me.",
        "Please do not deliver on 10 March, the yard is closed.",
        "Ich bin bis Montag nicht im Haus. Bitte wenden Sie sich an Herrn Roth.",
        "Der Vertrag läuft bis 31. Dezember 2027. Welche Frist gilt?",
        "Le contrat court jusqu'au 31 décembre 2027. Quel est le préavis ?",
        "The warranty runs until 30 June 2026. Can the filter be washed?",
    ],
)
def test_days_on_which_nothing_is_wanted(card: Callable[..., Issue], text: str) -> None:
    """Working days, ends of contracts and absences, and days that are ruled out, are no deadlines."""
    assert () == card(text).deadlines


@pytest.mark.parametrize(
    ("text", "day", "words"),
    [
        ("Can you finish by close of business tomorrow?", date(2026, 3, 5), "by close of business tomorrow"),
        ("Could you deliver in week 12?", date(2026, 3, 22), "week 12"),
    ],
)
def test_one_deadline_one_phrase(card: Callable[..., Issue], text: str, day: date, words: str) -> None:
    """Words that belong together name one day."""
    found = card(text).deadlines

    assert [day] == [d.date for d in found]
    assert words in found[0].words
