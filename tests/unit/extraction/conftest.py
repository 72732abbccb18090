"""What the tests of extraction share: the trained pipeline, loaded once, and a mail made of a few words."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from mailroute.domain.address import Mailbox
from mailroute.domain.directory import Directory
from mailroute.domain.issue import Issue
from mailroute.domain.parsed import Body, ParsedMail
from mailroute.domain.policy import Service
from mailroute.extraction import LanguageModel, extract, load_language

Card = Callable[..., Issue]


@pytest.fixture(scope="session")
def model() -> LanguageModel:
    """The pipeline that the project pins."""
    return load_language()


@pytest.fixture
def card(model: LanguageModel) -> Card:
    """The issue card of a mail with this text; written on Wednesday, 4 March 2026."""

    def make(
        text: str,
        subject: str = "Your order",
        sender: str = "Ann Lee",
        directory: Directory | None = None,
        service: Service | None = None,
    ) -> Issue:
        mail = ParsedMail(
            subject=subject,
            date=datetime(2026, 3, 4, 9, 0, tzinfo=UTC),
            sender=Mailbox(sender, "ann.lee@borealis.example"),
            sender_is_sole=True,
            body=Body(full=text, fresh=text),
        )
        return extract(mail, model=model, directory=directory or Directory(), service=service or Service())

    return make
