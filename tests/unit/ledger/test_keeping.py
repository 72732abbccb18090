"""Which later words, files and ends keep a promise, and which do not."""

from datetime import UTC, datetime

import pytest

from mailroute.domain.account import AccountLine, LineKind
from mailroute.domain.address import Mailbox
from mailroute.domain.ticket import Role, TicketRef
from mailroute.ledger.keeping import How, Later, kept_by_author, kept_by_hand_over, kept_by_receipt


def promise(words: str, number: int = 1) -> AccountLine:
    """Something that one of us has promised."""
    return AccountLine(
        id=number,
        kind=LineKind.PROMISE,
        words=words,
        ticket=TicketRef(1),
        organisation="borealis",
        author=Mailbox("Ines Costa", "ines@northwind.example"),
        role=Role.PM,
        at=datetime(2026, 3, 3, tzinfo=UTC),
    )


def how(words: str, later: str, *files: str, is_public: bool = True) -> list[str]:
    """By what one promise is settled."""
    return [
        str(one.how) for one in kept_by_author([promise(words)], Later(later, files, is_public=is_public))
    ]


@pytest.mark.parametrize(
    ("words", "later"),
    [
        ("We will send the new fan by Friday.", "The new fan was shipped this morning."),
        ("We will send you the part by Friday.", "The gasket left our warehouse today."),
        ("We'll send the offer by Thursday.", "Please find our offer attached."),
        ("I will get back to you tomorrow.", "The supplier confirms delivery in week 12."),
        ("We will repair the gate on Friday.", "The gate has been repaired this morning."),
        ("Our fitter will come on Tuesday.", "Our fitter was with you yesterday."),
        ("We will transfer the money by Friday.", "We have transferred the amount today."),
        ("I will call you tomorrow.", "As discussed on the phone, the fan stays."),
        ("Wir schicken Ihnen das Ersatzteil bis Freitag.", "Das Ersatzteil ist heute rausgegangen."),
        ("Ich melde mich bis Mittwoch bei Ihnen.", "Die Pumpe läuft mit 3 bar, das ist richtig."),
        ("Wir werden die Rechnung bis Montag korrigieren.", "Die Rechnung wurde korrigiert."),
        ("Nous vous enverrons le devis vendredi.", "Voici le devis."),
    ],
)
def test_a_report_of_the_deed_keeps_the_promise(words: str, later: str) -> None:
    """In English, German and French, by the thing's name or where nothing else can be meant."""
    assert [How.SAID] == how(words, later)


@pytest.mark.parametrize(
    ("words", "later"),
    [
        ("We will send you the part by Friday.", "We have not sent it yet."),
        ("We will send you the part by Friday.", "Once it is shipped you get the number."),
        ("We will repair the gate on Friday.", "The heater has been repaired."),
        ("We will send the drawing by Friday.", "The invoice was sent to your accounts department."),
        ("I will get back to you tomorrow.", "Thank you for your patience."),
        ("I will get back to you tomorrow.", "Which serial number does it have?"),
        ("Wir schicken Ihnen das Ersatzteil bis Freitag.", "Das Ersatzteil ist noch nicht verschickt."),
        ("Nous vous enverrons le devis vendredi.", "Le devis n'est pas envoyé."),
    ],
)
def test_other_words_leave_it_open(words: str, later: str) -> None:
    """Refusals, conditions, questions, courtesy, and reports of another thing."""
    assert [] == how(words, later)


def test_a_file_keeps_what_can_be_a_file() -> None:
    """An offer can, or what has the file's name; a valve cannot be attached."""
    assert [How.FILE] == how("We will send you the offer by Friday.", "Kind regards", "22-03.pdf")
    assert [How.FILE] == how(
        "You will get the spreadings by Friday.", "Kind regards", "spreadings_hall2.xlsx"
    )
    assert [] == how("We will send you the valve by Friday.", "Kind regards", "invoice.pdf")


def test_a_promise_made_anew_takes_the_place_of_the_first() -> None:
    """With another day, and nothing done."""
    later = "I am sorry. We will replace the sensor on 20 March instead."

    assert [How.RENEWED] == how("We will replace the sensor on Friday.", later)


def test_a_note_among_us_is_no_answer() -> None:
    """It may report a deed, but the client has read nothing."""
    assert [] == how("I will get back to you tomorrow.", "The supplier needs ten days.", is_public=False)
    assert [How.SAID] == how("We will ship the fan on Friday.", "The fan has been shipped.", is_public=False)


def test_of_two_promises_the_one_named_is_kept() -> None:
    """The other stays open."""
    held = [promise("We will send the drawing by Friday.", 1), promise("We will send the fan by Monday.", 2)]

    assert [2] == [one.promise.id for one in kept_by_author(held, Later("The fan was shipped today."))]


def test_who_has_it_now_says_so() -> None:
    """The other side's receipt is evidence, too; a complaint is none."""
    held = [promise("We will send the fan by Friday.")]

    assert ["The fan has arrived, thank you."] == [
        one.words for one in kept_by_receipt(held, "The fan has arrived, thank you. Best wishes")
    ]
    assert () == kept_by_receipt(held, "The fan has not arrived.")


def test_a_hand_over_keeps_a_promised_hand_over() -> None:
    """And nothing else."""
    held = [promise("I will pass this on to my colleague.", 1), promise("We will send the fan by Monday.", 2)]

    assert [1] == [one.promise.id for one in kept_by_hand_over(held, "kai has it now")]
