"""The two public interfaces, key by key: `explain --json` and `rehearse --json`, schema 1."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from mailroute.domain.address import Mailbox
from mailroute.domain.decisions import Reading
from mailroute.domain.directory import Directory
from mailroute.domain.errors import Unreadable
from mailroute.domain.issue import (
    Ask,
    Deadline,
    Fact,
    Feedback,
    FeedbackTheme,
    Issue,
    IssueType,
    Person,
    Product,
    Reference,
    ReferenceKind,
    TypeFinding,
    TypeGuess,
)
from mailroute.domain.outgoing import ComposedMail, OutboxId, OutboxItem, OutboxState, Reader
from mailroute.domain.parsed import (
    Attachment,
    Automatic,
    AutomaticKind,
    Body,
    DeliveryReport,
    Forwarded,
    ParsedMail,
)
from mailroute.domain.policy import Policy
from mailroute.domain.reasons import Reason
from mailroute.domain.received import Channel, Envelope, ReceivedMail, Verdict
from mailroute.domain.ticket import Audience, Role, Ticket, TicketEvent, TicketMessage, Via
from mailroute.services import views
from mailroute.services.explain import explain

NOW = datetime(2026, 3, 2, 9, 14, tzinfo=UTC)
REASON = {"code": None, "evidence": None}
MAILBOX = {"name": None, "address": None}
LEVEL = {
    "from": MAILBOX,
    "to": [MAILBOX],
    "cc": [MAILBOX],
    "subject": None,
    "date": None,
    "date_text": None,
    "body": None,
    "note": None,
    "by": None,
}
ISSUE = {
    "title": None,
    "type": {"value": None, "sure": None, "alternatives": [{"value": None, "sure": None}]},
    "urgency": {"value": None, "sure": None, "evidence": None},
    "sentiment": {"value": None, "sure": None},
    "asks": [{"text": None, "start": None, "end": None, "sure": None}],
    "deadlines": [{"date": None, "words": None, "start": None, "end": None, "sure": None}],
    "references": [{"kind": None, "value": None, "start": None, "end": None}],
    "people": [{"name": None, "role": None, "organisation": None, "phone": None, "email": None}],
    "products": [{"text": None, "start": None, "end": None}],
    "feedback": [{"theme": None, "quote": None, "start": None, "end": None}],
    "facts": [{"key": None, "value": None, "start": None, "end": None}],
    "language": None,
}
EXPLAINED: dict[str, Any] = {
    "schema": None,
    "source": None,
    "message": {
        "message_id": None,
        "date": None,
        "subject": None,
        "from": MAILBOX,
        "reply_to": [MAILBOX],
        "to": [MAILBOX],
        "cc": [MAILBOX],
        "in_reply_to": None,
        "references": None,
        "attachments": [
            {"filename": None, "content_type": None, "size_bytes": None, "inline": None, "sha256": None}
        ],
        "html_only": None,
        "defects": None,
    },
    "automatic": {"kind": None, "evidence": None},
    "authentication": {"verdict": None, "evidence": None},
    "body": {"full": None, "fresh": None, "quoted": None, "signature": None},
    "forwarded": LEVEL | {"inner": LEVEL},
    "issue": ISSUE,
    "identity": {
        "role": None,
        "client": None,
        "organisation": None,
        "rep": None,
        "on_behalf_of": MAILBOX,
        "reasons": [REASON],
    },
    "placement": {"action": None, "ticket": None, "reasons": [REASON]},
    "routing": {"pm": None, "rule": None, "sure": None, "reasons": [REASON]},
    "outgoing": [{"kind": None, "to": None, "send": None, "reason": None}],
}
"""Every key that the interface promises; None stands for a plain value."""
TICKET = {
    "ref": None,
    "title": None,
    "status": None,
    "whose_move": None,
    "requester": MAILBOX,
    "organisation": None,
    "project": None,
    "rep": None,
    "pm": None,
    "routed_by": {"rule": None, "sure": None, "reasons": [REASON]},
    "participants": None,
    "messages": [{"source": None, "author": None, "role": None, "via": None, "audience": None}],
    "issue": ISSUE,
    "history": [{"at": None, "event": None, "reasons": [REASON]}],
}
OUTGOING = {
    "kind": None,
    "to": None,
    "cc": None,
    "subject": None,
    "text": None,
    "audience": None,
    "automatic": None,
    "ticket": None,
    "after": None,
}


def missing(wanted: Any, got: Any, where: str = "") -> list[str]:
    """Keys of the interface that are not there."""
    if isinstance(wanted, list):
        assert got, f"{where} is empty: the sample must fill it"
        return [gap for entry in got for gap in missing(wanted[0], entry, f"{where}[]")]
    if not isinstance(wanted, dict):
        return []
    if got is None:
        return [where]
    gaps = [f"{where}.{key}" for key in wanted if key not in got]
    return gaps + [
        gap for key in wanted if key in got for gap in missing(wanted[key], got[key], f"{where}.{key}")
    ]


CARD = Issue(
    title="Pump 4 leaks again",
    type=TypeFinding(IssueType.DEFECT, 0.93, (TypeGuess(IssueType.COMPLAINT, 0.04),)),
    asks=(Ask("Please come.", 0, 12, 0.9),),
    deadlines=(Deadline(date(2026, 3, 6), "before Friday", 0, 13, 0.9),),
    references=(Reference(ReferenceKind.ORDER, "PO-4471", 0, 7),),
    people=(Person(name="Ann Lee"),),
    products=(Product("Pump 4", 0, 6),),
    feedback=(Feedback(FeedbackTheme.PRICE, "too dear", 0, 8),),
    facts=(Fact("site", "Hall 2", 0, 6),),
    language="en",
)


@pytest.fixture
def full(make_parsed: Callable[..., ParsedMail]) -> ParsedMail:
    """A message in which every list has something."""
    ann = Mailbox("Ann Lee", "ann.lee@borealis.example")
    inner = Forwarded(sender=ann, to=(ann,), cc=(ann,), body="It leaks.")
    return make_parsed(
        "sam@northwind.example",
        reply_to=(ann,),
        cc=(ann,),
        attachments=(Attachment("p4.jpg", "image/jpeg", 48211, False, "ff"),),
        body=Body(full="a", fresh="a", quoted="b", signature="c"),
        forwarded=Forwarded(
            sender=ann,
            to=(ann,),
            cc=(ann,),
            body="x",
            date=datetime.fromisoformat("2026-03-02T00:00:00"),
            inner=inner,
        ),
    )


@pytest.fixture
def explained(house: Directory, policy: Policy) -> Callable[..., views.View]:
    """Explains a message that reads as given."""

    def make(parsed: ParsedMail, *, vouched: Verdict | None = Verdict.PASS) -> views.View:
        def read(raw: bytes, directory: Directory) -> Reading:
            if raw == b"broken":
                raise Unreadable("too-slow", "not read within 10 s")
            return Reading(parsed, CARD)

        mail = ReceivedMail(
            raw=b"broken" if parsed.subject == "broken" else b"",
            envelope=Envelope("sam@northwind.example", ("issues@northwind.example",)),
            channel=Channel.FILE,
            source_key="x",
            received_at=NOW,
            source="inbox/0007.eml",
            vouched=vouched,
        )
        return explain(mail, read=read, directory=house, policy=policy, now=NOW)

    return make


def test_explain_gives_every_key_that_it_promises(
    explained: Callable[..., views.View], full: ParsedMail
) -> None:
    """Keys may be added, never dropped without a new schema number."""
    assert missing({**EXPLAINED, "automatic": None}, explained(full)) == []


def test_explain_tells_the_kind_of_machine(
    explained: Callable[..., views.View], make_parsed: Callable[..., ParsedMail]
) -> None:
    """With the header that shows it."""
    machine = Automatic(
        AutomaticKind.BOUNCE, "multipart/report", (DeliveryReport("a@b.example", "failed", "5.1.1", None),)
    )
    got = explained(make_parsed("mailer-daemon@x.example", automatic=machine))

    assert missing(EXPLAINED["automatic"], got["automatic"]) == []
    assert ("bounce", "ignore", []) == (got["automatic"]["kind"], got["placement"]["action"], got["outgoing"])


@pytest.mark.parametrize("subject", ["", "broken"])
def test_explain_leaves_nothing_out_when_nothing_was_found(
    explained: Callable[..., views.View], make_parsed: Callable[..., ParsedMail], subject: str
) -> None:
    """What was not found is null or an empty list; a message that cannot be read has the same keys."""
    got = explained(make_parsed("x@y.example", sender=None, message_id=None, date=None, subject=subject))

    assert set(EXPLAINED) == set(got)
    for part in ("message", "body", "issue", "identity", "placement", "authentication"):
        assert set(EXPLAINED[part]) <= set(got[part])
    assert (None, None, None) == (got["message"]["message_id"], got["message"]["from"], got["forwarded"])


def test_explain_says_why_a_message_could_not_be_read(
    explained: Callable[..., views.View], make_parsed: Callable[..., ParsedMail]
) -> None:
    """Quarantined, with the limit, in the placement and among the defects."""
    got = explained(make_parsed("x@y.example", subject="broken"))

    assert {
        "action": "quarantine",
        "ticket": None,
        "reasons": [{"code": "too-slow", "evidence": "not read within 10 s"}],
    } == got["placement"]
    assert ["too-slow: not read within 10 s"] == got["message"]["defects"]


def test_explain_does_not_name_a_ticket_that_it_does_not_open(
    explained: Callable[..., views.View], full: ParsedMail
) -> None:
    """Nothing is stored."""
    assert ("open", None) == tuple(explained(full)["placement"][key] for key in ("action", "ticket"))


def test_explain_shows_mail_that_would_go_and_mail_that_would_not(
    explained: Callable[..., views.View], make_parsed: Callable[..., ParsedMail]
) -> None:
    """Each with the reason for silence."""
    got = explained(make_parsed("no-reply@shop.example"), vouched=Verdict.NONE)

    assert {
        "kind": "ticket-opened",
        "to": "no-reply@shop.example",
        "send": False,
        "reason": "unattended-address",
    } in got["outgoing"]
    assert {"kind": "ticket-assigned", "to": "lea@northwind.example", "send": True, "reason": None} in got[
        "outgoing"
    ]


@pytest.mark.parametrize(
    ("vouched", "verdict"), [(Verdict.PASS, "pass"), (Verdict.NONE, "none"), (None, "none")]
)
def test_explain_shows_the_verdict_that_counted(
    explained: Callable[..., views.View], full: ParsedMail, vouched: Verdict | None, verdict: str
) -> None:
    """The channel's own word where there is one."""
    assert verdict == explained(full, vouched=vouched)["authentication"]["verdict"]


def test_dates_are_iso_8601(explained: Callable[..., views.View], full: ParsedMail) -> None:
    """With an offset where one is known, without where the forward names no zone."""
    got = explained(full)

    assert "2026-03-03T12:00:00+00:00" == got["message"]["date"]
    assert "2026-03-02T00:00:00" == got["forwarded"]["date"]


def test_a_ticket_gives_every_key_that_rehearse_promises(make_ticket: Callable[..., Ticket]) -> None:
    """Words for states, ids for staff."""
    ann = Mailbox("Ann Lee", "ann.lee@borealis.example")
    message = TicketMessage(
        entry=None,
        source="01-a.eml",
        author=ann,
        role=Role.CLIENT,
        via=Via.DIRECT,
        audience=Audience.PUBLIC,
        at=NOW,
        message_id=None,
        text="It leaks.",
    )
    why = (Reason("new-matter", "x"),)
    ticket = make_ticket(issue=CARD)
    routed = type(ticket.routing)(pm="ines", rule="organisation-pm", sure=0.85, reasons=why)
    event = TicketEvent(at=NOW, event="opened", by="ann.lee@borealis.example", reasons=why)
    got = views.ticket(make_ticket(issue=CARD, routing=routed), [message], [event])

    assert missing(TICKET, got) == []
    assert got == json.loads(json.dumps(got))
    assert ("MR-17", "open", "pm", "ines") == (got["ref"], got["status"], got["whose_move"], got["pm"])


def test_an_outgoing_mail_gives_every_key_that_rehearse_promises() -> None:
    """Audience is who reads it."""
    mail = ComposedMail(message_id="<a@b>", subject="s", text="t", raw=b"", mail_from="x", rcpt_to=("y",))
    item = OutboxItem(
        id=OutboxId(1),
        kind="held",
        key="held:1",
        ticket=None,
        reader=Reader.INTERNAL,
        automatic=True,
        to=(Mailbox("Lea", "lea@northwind.example"),),
        cc=(),
        mail=mail,
        state=OutboxState.QUEUED,
        attempts=0,
        created_at=NOW,
        next_attempt_at=None,
        after="03-c.eml",
    )
    got = views.outgoing(item)

    assert missing(OUTGOING, got) == []
    assert got == json.loads(json.dumps(got))
    assert ("internal", ["lea@northwind.example"], None) == (got["audience"], got["to"], got["ticket"])
