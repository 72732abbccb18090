"""The other fields of the card, and which text it is read from."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from mailroute.domain.address import Mailbox
from mailroute.domain.directory import Directory, Project, Staff, StaffRole
from mailroute.domain.issue import Issue, IssueType, Sentiment, Urgency
from mailroute.domain.parsed import Body, Forwarded, ParsedMail
from mailroute.domain.policy import Service
from mailroute.extraction import FIELDS, LanguageModel, examine, extract, issue_text

SAM = Staff(id="sam", name="Sam Reed", role=StaffRole.REP, emails=("sam@ourfirm.example",))
ANN = Mailbox("Ann Lee", "ann@borealis.example")
FORWARD = ParsedMail(
    subject="Fwd: pump",
    date=datetime(2026, 3, 9, tzinfo=UTC),
    sender=Mailbox("Sam Reed", "sam@ourfirm.example"),
    body=Body(full="see below", fresh="see below"),
    forwarded=Forwarded(
        sender=ANN,
        subject="pump",
        date=datetime(2026, 3, 4, tzinfo=UTC),
        body="Please repair pump 4 by Friday.",
        by="inline",
    ),
)


@pytest.mark.parametrize(
    ("subject", "text", "kind"),
    [
        (
            "labeller stops",
            "The labeller stops every few minutes with error E14. Can you send somebody?",
            "defect",
        ),
        (
            "where is it",
            "The panels were promised for last week and nothing has arrived. When will they come?",
            "delay",
        ),
        (
            "invoice 20881",
            "Invoice 20881 charges three days, you were here two. Please send a credit note.",
            "billing",
        ),
        (
            "login",
            "I cannot log in to the portal, it says account locked. Please reset my password.",
            "access",
        ),
        ("thank you", "The kitchen is perfect, everybody is delighted. Thank you so much!", "praise"),
        (
            "closed",
            "For your information: our warehouse is closed next week. No need to reply.",
            "information",
        ),
        ("Bewerbung", "Hiermit bewerbe ich mich als Monteur. Mein Lebenslauf liegt bei.", "other"),
        (
            "facture",
            "Nous avons été prélevés deux fois pour la facture de mars. Merci de rembourser.",
            "billing",
        ),
    ],
)
def test_type(card: Callable[..., Issue], subject: str, text: str, kind: str) -> None:
    """Plain mails get the type that a person would give them, with two more to choose from."""
    found = card(text, subject=subject).type

    assert IssueType(kind) == found.value
    assert 2 == len(found.alternatives)
    assert found.sure > found.alternatives[0].sure


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("The plant is stopped, production is at a standstill. I need somebody today.", Urgency.CRITICAL),
        ("It would be nice to have a dark mode. No rush at all.", Urgency.LOW),
        ("For your information: we are closed next week.", Urgency.LOW),
    ],
)
def test_urgency_with_its_words(card: Callable[..., Issue], text: str, level: Urgency) -> None:
    """Urgency follows the words, and shows them."""
    assert level == card(text, subject="Hello there").urgency.value


@pytest.mark.parametrize(
    ("text", "tone"),
    [
        ("Thank you so much, the film is fantastic and everybody loves it!", Sentiment.PLEASED),
        ("This is unacceptable. I have had enough of your excuses, nobody ever calls back!", Sentiment.ANGRY),
        ("Please send us a copy of the drawing.", Sentiment.NEUTRAL),
    ],
)
def test_sentiment(card: Callable[..., Issue], text: str, tone: Sentiment) -> None:
    """How the writer sounds is told by words."""
    assert tone == card(text, subject="Hello there").sentiment.value


def test_known_project_first(card: Callable[..., Issue]) -> None:
    """A project that the directory knows is named first, by any of its aliases."""
    directory = Directory(
        projects=(Project(key="p", name="Osprey", organisation="o", aliases=("the bird",)),)
    )
    products = card("The printer and the bird make trouble again. Please help.", directory=directory).products

    assert "the bird" == products[0].text


def test_competitor_and_price(card: Callable[..., Issue]) -> None:
    """A remark on a competitor's price is kept as quotes under both themes."""
    feedback = card(
        "Your price went up by 14 percent, your competitor Haulway is cheaper. Why is that?"
    ).feedback

    assert {"price", "competitor"} <= {f.theme.value for f in feedback}


def test_facts(card: Callable[..., Issue]) -> None:
    """Error text, place and what was tried need not be asked again."""
    facts = card('The press in hall 3 shows "vacuum not reached". We have changed the filter already.').facts
    values = " / ".join(f.value for f in facts)

    assert "vacuum not reached" in values
    assert "hall 3" in values
    assert "changed the filter" in values


def test_staff_forward_is_read_inside(model: LanguageModel) -> None:
    """A forward made by staff is read from the client's mail, and its Friday counts from that mail's date."""
    directory = Directory(staff=(SAM,))
    issue = extract(FORWARD, model=model, directory=directory, service=Service())

    assert "Please repair pump 4 by Friday." == issue_text(FORWARD, directory, Service())
    assert ["2026-03-06"] == [d.date.isoformat() for d in issue.deadlines]
    assert "Ann Lee" == issue.people[0].name


def test_forward_of_a_forward() -> None:
    """A forward of a forward is read where it began."""
    assert FORWARD.forwarded is not None
    outer = replace(
        FORWARD,
        forwarded=Forwarded(sender=Mailbox("Bo", "bo@x.example"), body="fyi", inner=FORWARD.forwarded),
    )

    assert "Please repair pump 4 by Friday." == issue_text(outer, Directory(staff=(SAM,)), Service())


def test_forward_by_a_client() -> None:
    """What a client passes on is not read for the client's words; without any staff known it is."""
    mail = replace(FORWARD, sender=ANN)

    assert "see below" == issue_text(mail, Directory(staff=(SAM,)), Service())
    assert "Please repair pump 4 by Friday." == issue_text(mail, Directory(), Service())


ANSWERED = Forwarded(
    sender=ANN, date=datetime(2026, 3, 4, tzinfo=UTC), body="Please repair pump 4 by Friday."
)
ANSWER = ParsedMail(
    subject="Re: pump",
    date=datetime(2026, 3, 9, tzinfo=UTC),
    sender=Mailbox("Sam Reed", "sam@ourfirm.example"),
    to=(ANN,),
    body=Body(full="", fresh="Somebody comes today.", quoted="Please repair pump 4 by Friday."),
    answered=ANSWERED,
)


def test_an_answer_of_ours_is_read_for_what_it_answers(model: LanguageModel) -> None:
    """A colleague answers the client with us in copy: the issue is the client's, dated when the client wrote."""
    issue = extract(ANSWER, model=model, directory=Directory(staff=(SAM,)), service=Service())

    assert "Please repair pump 4 by Friday." == issue_text(ANSWER, Directory(staff=(SAM,)), Service())
    assert ["2026-03-06"] == [d.date.isoformat() for d in issue.deadlines]


@pytest.mark.parametrize(
    "changes",
    [
        {"sender": ANN},
        {"to": (Mailbox(None, "issues+17@ourfirm.example"),)},
        {"to": (Mailbox("Kim", "kim@mail.ourfirm.example"),)},
        {"answered": replace(ANSWERED, sender=Mailbox("Sam Reed", None))},
    ],
    ids=["by a client", "to the desk alone", "to a colleague", "to our own mail"],
)
def test_other_answers_are_read_for_their_own_words(changes: dict[str, Any]) -> None:
    """Only what one of us answers to an outsider speaks through its quote, and never with our own words."""
    service = Service(routing_address="issues@ourfirm.example", internal_domains=("ourfirm.example",))

    mail = replace(ANSWER, **changes)

    assert "Somebody comes today." == issue_text(mail, Directory(staff=(SAM,)), service)


def test_field_that_fails_is_missing(model: LanguageModel, monkeypatch: pytest.MonkeyPatch) -> None:
    """A field that cannot be filled stays empty with its reason, and the others are there."""

    def broken(_reading: object, _found: object) -> object:
        raise ValueError("no")

    fields = tuple((name, broken if name == "asks" else run) for name, run in FIELDS)
    monkeypatch.setattr("mailroute.extraction.FIELDS", fields)
    result = examine(FORWARD, model=model, directory=Directory(), service=Service())

    assert ["asks-failed"] == [r.code for r in result.failures]
    assert () == result.issue.asks
    assert "pump" == result.issue.title
