"""Sign-offs, footers and banners."""

import pytest

from mailroute.parsing.signature import cut_signature, drop_banner


@pytest.mark.parametrize(
    ("text", "words", "signature"),
    [
        ("It leaks.\n\nRegards,\nAnn", "It leaks.", "Regards,\nAnn"),
        ("It leaks.\n\nMfG\nAnn Lee", "It leaks.", "MfG\nAnn Lee"),
        ("It leaks.\n\nBien cordialement,\nAnn", "It leaks.", "Bien cordialement,\nAnn"),
        ("It leaks.\n-- \nAnn\nAcme", "It leaks.", "--\nAnn\nAcme"),
        ("It leaks.\n\nSent from my iPhone", "It leaks.", "Sent from my iPhone"),
        ("Es leckt.\n\nVon meinem iPad gesendet", "Es leckt.", "Von meinem iPad gesendet"),
        (
            "Thanks,\nplease send two more of them to hall 2.",
            "Thanks,\nplease send two more of them to hall 2.",
            None,
        ),
        ("We sent from our side all parts.", "We sent from our side all parts.", None),
        (
            "It leaks.\n\n____\nPumps mailing list\nhttps://x.example/p",
            "It leaks.",
            "____\nPumps mailing list\nhttps://x.example/p",
        ),
    ],
)
def test_cut(text: str, words: str, signature: str | None) -> None:
    """A sign-off is cut off, a sentence that begins like one is not."""
    assert cut_signature(text) == (words, signature)


def test_the_writers_name_is_a_sign_off() -> None:
    """A last line that is the writer's first name belongs to no request."""
    assert cut_signature("It leaks.\n\nAnn", "Ann Lee") == ("It leaks.", "Ann")
    assert cut_signature("It leaks.\n\nPump", "Ann Lee") == ("It leaks.\n\nPump", None)


@pytest.mark.parametrize(
    "banner",
    [
        "[EXTERNAL]",
        "CAUTION: This email originated from outside of the organization.",
        "ACHTUNG: Diese E-Mail stammt von einem externen Absender.",
        "ATTENTION : ce message provient d'un expéditeur externe.",
        "You don't often get email from ann@x.example.",
    ],
)
def test_banners_of_gateways_are_nobodys_words(banner: str) -> None:
    """A warning above the text is dropped, the text is not."""
    assert drop_banner(f"{banner}\n\nIt leaks.") == "It leaks."


def test_a_warning_in_the_senders_words_stays() -> None:
    """A client who warns of an external fault is heard."""
    assert drop_banner("Warning lamp 3 is on.") == "Warning lamp 3 is on."
