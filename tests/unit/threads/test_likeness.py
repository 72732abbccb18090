"""One mail by two ways: what may change on the way, and what makes another mail of it."""

import pytest

from mailroute.threads.likeness import likeness, words_of

MAIL = (
    "Hello Rosa, lift 2 makes a loud grinding noise on the way down since yesterday evening. Could you please have "
    "a look this week? All our guests use it and I do not want to switch it off. Best regards, Nils"
)
BANNER = "CAUTION: This mail comes from outside of the organisation. Do not click on links that you do not expect. "
FOOTER = (
    " This message is confidential. If it has come to you by mistake, please delete it. Registered: 1234567"
)


@pytest.mark.parametrize(
    "other",
    [
        MAIL.upper().replace(" ", "\n"),
        BANNER + MAIL,
        MAIL + FOOTER,
        BANNER + MAIL + FOOTER,
        MAIL.replace("Hello Rosa", "Dear ladies and gentlemen"),
        MAIL.replace("grinding", "grin ding").replace("evening", "eve=ning"),
        MAIL.replace("please", "<https://harbourhotels.example/?utm=mail> please"),
    ],
)
def test_what_happens_to_a_mail_on_its_way_does_not_matter(other: str) -> None:
    """Banners, footers, greetings, wrapped and damaged lines, links."""
    assert likeness(words_of(MAIL), words_of(other)) >= 0.85
    assert likeness(words_of(MAIL), words_of(other)) == likeness(words_of(other), words_of(MAIL))


@pytest.mark.parametrize(
    "other",
    [
        MAIL.replace("lift 2", "lift 3"),
        MAIL.replace("do not want", "want"),
        MAIL.replace("grinding noise", "smell of burning"),
        MAIL.replace("this week?", "this week? The garage door is broken as well."),
        MAIL
        + " And another thing: "
        + "the garage door has come off its rails once more and nobody can get out " * 20,
        "lift 2 makes a loud noise",
        "",
    ],
)
def test_a_word_that_matters_makes_another_mail(other: str) -> None:
    """Numbers, a "not", another fault, one more sentence; and short texts repeat by chance."""
    assert likeness(words_of(MAIL), words_of(other)) == 0.0
    assert likeness(words_of(other), words_of(MAIL)) == 0.0


def test_a_common_form_of_words_about_two_things_is_two_mails() -> None:
    """Orders that are written from a pattern differ in their numbers alone."""
    pattern = (
        "Dear all, please find attached our order {} for the March delivery. Please confirm it and tell us when you "
        "can deliver. Kind regards, purchasing"
    )

    assert likeness(words_of(pattern.format("A-104")), words_of(pattern.format("A-105"))) == 0.0
