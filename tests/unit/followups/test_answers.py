"""What somebody says to a text that was offered; a comment is never sent to the client."""

from datetime import UTC, date, datetime

import pytest

from mailroute.domain.address import Mailbox
from mailroute.domain.followups import Offer, Tone, Word
from mailroute.domain.ticket import TicketRef
from mailroute.followups.answers import Company, Said, is_bare_word, said_of
from mailroute.followups.wording import LANGUAGES, TEXTS, Occasion, questions_in, spoken_name, text_of

ANN = Mailbox("Lee, Ann", "ann@borealis.example")
COMPANY = Company(ANN, ("Sam Reed", "Ines Costa"))


def occasion(language: str | None, **changes: str | None) -> Occasion:
    """Ines has asked which seal is fitted."""
    return Occasion(
        client=ANN,
        title="Pump 4 {leaks}",
        questions=("Which seal\nis fitted?",),
        asked_on=date(2026, 3, 3),
        colleague=changes.get("colleague", "Ines Costa"),
        author="Sam Reed",
        answer_by=date(2026, 3, 11),
        language=language,
    )


OFFER = Offer(
    ticket=TicketRef(1),
    tone=Tone.NUDGE,
    key="nudge-draft:MR-1:1",
    staff="sam",
    words=text_of(Tone.NUDGE, occasion("en")),
    question="Which seal is fitted?",
    at=datetime(2026, 3, 6, tzinfo=UTC),
)
OWN = "Hi Ann,\n\nInes only needs the colour of the seal.\n\nSam"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("send", Said(Word.SEND)),
        ("Send it please.", Said(Word.SEND)),
        ("Ja", Said(Word.SEND)),
        ("ok\n\nSam Reed\nNorthwind", Said(Word.SEND)),
        ("later 3d", Said(Word.LATER, "3d")),
        ("Später: 2w", Said(Word.LATER, "2w")),
        ("plus tard ven", Said(Word.LATER, "ven")),
        ("later", Said(Word.LATER, "")),
        ("no", Said(Word.NO, "no")),
        ("No, they are taking stock.", Said(Word.NO, "No, they are taking stock.")),
        (OWN, Said(Word.EDITED, OWN)),
        (f"send\n\n{OWN}", Said(Word.EDITED, OWN)),
        (OFFER.words.replace("all is well", "the fair went well"), None),
        ("Hi Ines, do you know whether she is still there at all?", Said(Word.UNCLEAR)),
        ("Hello all, who is this? I have never heard of her.", Said(Word.UNCLEAR)),
        ("Is that not the client who paid late?", Said(Word.UNCLEAR)),
        ("I would rather call her tomorrow, she never reads mail.", Said(Word.UNCLEAR)),
        ("", Said(Word.UNCLEAR)),
    ],
)
def test_words_are_understood(text: str, said: Said | None) -> None:
    """One word, own words with a greeting, or the offered text with changes; all else stays among us."""
    expected = said or Said(Word.EDITED, text.strip())

    assert expected == said_of(OFFER, text, COMPANY)


@pytest.mark.parametrize(("text", "bare"), [("Send", True), ("no thanks", True), ("Who sent this?", False)])
def test_a_bare_word_can_only_be_an_answer(text: str, bare: bool) -> None:
    """Whatever the mail's headers have lost."""
    assert bare == is_bare_word(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_rep_and_pm_sound_unlike_each_other(language: str) -> None:
    """The rep names the PM and offers help; the PM names a day and what waits. Both quote the question."""
    nudge, firm = (text_of(tone, occasion(language)) for tone in Tone)

    assert "> Which seal is fitted?" in nudge
    assert "> Which seal is fitted?" in firm
    assert ("Ines Costa" in nudge, "Ines Costa" in firm) == (True, False)
    assert ("11" in nudge, "11" in firm) == (False, True)
    assert "Pump 4 {leaks}" in nudge


def test_all_that_was_asked_is_quoted() -> None:
    """The question that was read first, then the others of the same mail; statements are left out."""
    text = "Thank you.\n\nPlease tell us the number. Which seal\nis fitted? The pump is here. May we come on the 9th?"

    assert ("Please tell us the number.", "Which seal is fitted?", "May we come on the 9th?") == questions_in(
        text, "Please tell us the number."
    )
    assert () == questions_in("We come on the 9th.", "")


def test_every_tone_is_written_in_every_language() -> None:
    """English, German and French."""
    assert {(tone, language) for tone in Tone for language in LANGUAGES} == set(TEXTS)


def test_a_client_of_another_language_is_written_to_in_english() -> None:
    """As long as we cannot do better."""
    assert text_of(Tone.FIRM, occasion("en")) == text_of(Tone.FIRM, occasion("pt"))


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("Lee, Ann", "Ann Lee"),
        ("Ann Lee (Borealis)", "Ann Lee"),
        ("ann@borealis.example", ""),
        ("Kiosk 4", ""),
        (None, ""),
    ],
)
def test_people_are_greeted_as_one_says_their_name(name: str | None, spoken: str) -> None:
    """Family name first is turned round; what is no name is left out."""
    assert spoken == spoken_name(Mailbox(name, None))
