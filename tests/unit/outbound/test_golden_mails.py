"""Each kind of mail, whole, as its readers get it. `MAILROUTE_GOLDEN=write pytest ...` writes the files anew."""

import os
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes
from email import policy as email_policy
from pathlib import Path

import pytest

from mailroute.domain.outgoing import ComposedMail
from mailroute.domain.policy import Policy
from mailroute.outbound.catalogue import MAIL_KINDS
from mailroute.outbound.compose import compose
from mailroute.outbound.render import LANGUAGES, Renderer
from mailroute.outbound.samples import sample_draft
from mailroute.outbound.templates import templates_dir

GOLDEN = Path(__file__).parents[2] / "golden" / "mail"
CASES = [
    (kind, bare, language)
    for kind in MAIL_KINDS
    for language in LANGUAGES
    if language == "en" or (templates_dir() / "mail" / kind / language).is_dir()
    for bare in (False, True)
]


def shown(mail: ComposedMail) -> str:
    """Envelope, header and decoded parts, for people to read."""
    head, _, _ = mail.raw.partition(b"\r\n\r\n")
    lines = [f"MAIL FROM: {mail.mail_from}", f"RCPT TO: {', '.join(mail.rcpt_to)}", ""]
    lines += head.decode("ascii").split("\r\n")
    message = message_from_bytes(mail.raw, policy=email_policy.SMTP)
    for part in message.walk():
        if not part.is_multipart():
            lines += [
                "",
                f"---------- {part.get_content_type()}",
                part.get_content().replace("\r\n", "\n").rstrip("\n"),
            ]
    return "\n".join(line for text in lines for line in text.split("\n")) + "\n"


@pytest.mark.parametrize(("kind", "bare", "language"), CASES)
def test_mail_is_as_agreed(
    kind: str, bare: bool, language: str, policy: Policy, renderer: Renderer, now: datetime
) -> None:
    """Every word and header of a mail changes only together with its golden file."""
    draft = sample_draft(kind, bare=bare, language=language)
    policy = replace(policy, service=replace(policy.service, language=language))
    path = GOLDEN / f"{kind}{'.bare' if bare else ''}{'' if language == 'en' else '.' + language}.txt"

    actual = shown(compose(draft, renderer, policy, outbox_unique="", now=now))
    if os.environ.get("MAILROUTE_GOLDEN") == "write":
        path.write_text(actual, encoding="utf-8", newline="\n")

    assert path.read_text(encoding="utf-8") == actual


def test_no_golden_file_is_left_over() -> None:
    """Each golden file belongs to a kind of mail."""
    kinds = {path.name.split(".")[0] for path in GOLDEN.iterdir()}

    assert set(MAIL_KINDS) == kinds
