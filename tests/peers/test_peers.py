"""The harness itself: the smarthost fails to order, and keeps what it takes."""

import pytest

from peers import Postfix, SmtpSink, needs_postfix

pytestmark = [pytest.mark.peers, needs_postfix]

MESSAGE = b"Subject: x\r\n\r\nIt leaks.\r\n"


def test_a_sink_fails_and_takes_as_told() -> None:
    """Mail to a sink that answers 450 waits at Postfix; another sink takes it, and shows it."""
    with (
        SmtpSink("-r", ".") as late,
        SmtpSink(dump=True) as good,
        Postfix(
            {"late.example": f"smtp:[127.0.0.1]:{late.port}", "good.example": f"smtp:[127.0.0.1]:{good.port}"}
        ) as postfix,
    ):
        postfix.send("a@client.example", ["x@late.example", "y@good.example"], MESSAGE)
        postfix.wait_for("status=deferred")
        postfix.wait_for("status=sent")
        waiting = postfix.queue()
        messages = good.messages()

    assert len(waiting) == 1
    assert len(messages) == 1
    assert b"It leaks." in messages[0]
