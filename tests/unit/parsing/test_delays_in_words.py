"""Warnings of delay that tell in plain words what happens to a message."""

import pytest

from mailroute.domain.parsed import AutomaticKind
from mailroute.parsing import parse

HEAD = (
    "From: Mail Delivery System <Mailer-Daemon@mx.borealis.example>\nTo: issues@ourfirm.example\n"
    "Date: Mon, 02 Mar 2026 09:14:00 +0100\nReturn-Path: <>\n"
)


@pytest.mark.parametrize(
    ("subject", "text", "kind", "action"),
    [
        (
            "Warning: message 1w9-0 delayed 24 hours",
            "No action is required on your part.",
            AutomaticKind.DELAY,
            "delayed",
        ),
        (
            "Delivery delayed: your order",
            "550 5.1.1 No such user here.",
            AutomaticKind.DELAY,
            "failed",
        ),
        (
            "Mail delivery failed: returning message to sender",
            "No such user here.",
            AutomaticKind.BOUNCE,
            "failed",
        ),
    ],
)
def test_recipient_of_a_delayed_message_is_delayed(
    subject: str, text: str, kind: AutomaticKind, action: str
) -> None:
    """A warning of delay calls its recipients delayed unless a code says that they failed."""
    raw = f"{HEAD}Subject: {subject}\n\nYour message to bo.ek@harbour.example:\n{text}\n".encode()

    automatic = parse(raw).automatic

    assert automatic is not None
    assert (kind, [action]) == (automatic.kind, [one.action for one in automatic.reports])
