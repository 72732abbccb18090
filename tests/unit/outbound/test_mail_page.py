"""The page of mails in the docs."""

from pathlib import Path

from mailroute.outbound.catalogue import MAIL_KINDS
from mailroute.outbound.mail_page import to_markdown

PAGE = Path(__file__).parents[3] / "docs" / "mails.md"


def test_mail_page_is_current() -> None:
    """docs/mails.md is what `mailroute check --mails` prints."""
    assert to_markdown() == PAGE.read_text(encoding="utf-8")


def test_every_kind_of_mail_is_shown() -> None:
    """Each kind of mail has its heading on the page."""
    shown = {line.removeprefix("### ") for line in to_markdown().splitlines() if line.startswith("### ")}

    assert set(MAIL_KINDS) == shown
