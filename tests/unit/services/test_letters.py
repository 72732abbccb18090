"""Every draft that a decision makes keeps the contract of its template, and can really be written."""

import json
import types
import typing
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from mailroute.domain.address import Mailbox
from mailroute.domain.decisions import Facts, UndeliveredMail
from mailroute.domain.issue import (
    Ask,
    Deadline,
    Fact,
    Feedback,
    FeedbackTheme,
    Issue,
    Person,
    Product,
    Reference,
    ReferenceKind,
)
from mailroute.domain.outgoing import MailDraft, OutboxId
from mailroute.domain.parsed import Attachment, Automatic, AutomaticKind, Body, Forwarded
from mailroute.domain.policy import Policy
from mailroute.domain.received import Verdict
from mailroute.domain.ticket import TicketRef
from mailroute.domain.tokens import ReplyAudience, ReplyToken, reply_address
from mailroute.outbound import views
from mailroute.outbound.catalogue import MAIL_KINDS
from mailroute.outbound.compose import compose
from mailroute.outbound.context import KEYS
from mailroute.outbound.render import Renderer
from mailroute.services.decide import decide

ANN, SAM, INES = "ann.lee@borealis.example", "sam@northwind.example", "ines@northwind.example"
SECRET_NOTE = "They are late with their bills."
CARD = Issue(
    title="Pump 4 leaks",
    asks=(Ask("Please come.", 0, 12, 0.9),),
    deadlines=(Deadline(date(2026, 3, 6), "by Friday", 0, 9, 0.9),),
    references=(Reference(ReferenceKind.ORDER, "PO-4471", 0, 7),),
    products=(Product("Pump 4", 0, 6),),
    people=(Person(name="Ann Lee"), Person(phone="+49 40 1")),
    facts=(Fact("site", "Hall 2", 0, 6),),
    feedback=(Feedback(FeedbackTheme.PRICE, "too dear", 0, 8),),
    language="en",
)
VIEWS = {
    "service": views.ServiceView,
    "ticket": views.TicketView,
    "issue": views.IssueView,
    "message": views.MessageView,
    "routing": views.RoutingView,
    "undelivered": list[views.UndeliveredView],
    "known_client": bool,
    "why": str,
    "in_own_name": bool,
    "answer_by": views.AnswerByView | None,
    "brief": views.BriefView | None,
    "summary": list[str],
    "history": list[views.EarlierView],
    "questions": list[views.QuestionView],
    "contacts": list[views.ContactView],
    "waiting": views.WaitingView | None,
}
OF_THE_BARE_PATH = frozenset(
    {
        "ticket-opened",
        "ticket-received",
        "ticket-assigned",
        "follow-up",
        "reply",
        "note",
        "held",
        "delivery-failed",
    }
)
"""Kinds of mail that a decision causes without commands, guards, timers, hand-offs and digests."""


@pytest.fixture
def situations(
    make_parsed: Callable[..., Any],
    make_facts: Callable[..., Facts],
    make_ticket: Callable[..., Any],
    policy: Policy,
) -> dict[str, Facts]:
    """Facts whose outcomes together write every mail of the path; full cards and bare ones."""

    def token(audience: ReplyAudience) -> tuple[str, ...]:
        address = reply_address(policy.secret, policy.service.routing_address, ReplyToken(audience, 17))
        return (address,)

    photo = Attachment("leak.jpg", "image/jpeg", 2_310_400, False, "ff")
    forward = Forwarded(
        sender=Mailbox("Ann Lee", ANN),
        subject="Pump 4",
        body="It leaks.",
        note=SECRET_NOTE,
        message_id="<81@mail.borealis.example>",
    )
    lost = UndeliveredMail(
        id=OutboxId(1),
        kind="reply",
        ticket=TicketRef(17),
        subject="[MR-17] Pump 4",
        text="We come.",
        written_at=datetime(2026, 3, 3, 11, 0, tzinfo=UTC),
        answers=((ANN, "5.1.1 no such user"),),
    )
    staff: dict[str, Any] = {"vouched": Verdict.PASS}
    here: dict[str, Any] = {"tickets": (make_ticket(issue=CARD, project="P4"),)}
    bare_ticket = make_ticket(
        rep=None, pm=None, organisation=None, requester=Mailbox(None, "zoe@quill.example")
    )
    german, french = replace(CARD, language="de"), replace(CARD, language="fr")
    bounce = Automatic(AutomaticKind.BOUNCE, "multipart/report")
    return {
        "forward": make_facts(
            make_parsed(SAM, "", forwarded=forward, attachments=(photo,)), issue=CARD, **staff
        ),
        "client": make_facts(make_parsed(ANN, attachments=(photo,)), issue=CARD),
        "proved client": make_facts(make_parsed(ANN), issue=CARD, vouched=Verdict.PASS),
        "german client": make_facts(make_parsed(ANN), issue=german, vouched=Verdict.PASS),
        "french client": make_facts(make_parsed(ANN), issue=french, vouched=Verdict.PASS),
        "welsh client": make_facts(make_parsed(ANN), issue=replace(CARD, language="cy")),
        "stranger": make_facts(make_parsed("zoe@quill.example", ""), issue=Issue()),
        "own matter": make_facts(make_parsed(SAM), issue=Issue(), **staff),
        "follow-up": make_facts(make_parsed(ANN), rcpt_to=token(ReplyAudience.CLIENT), **here),
        "bare follow-up": make_facts(
            make_parsed("zoe@quill.example", ""), rcpt_to=token(ReplyAudience.CLIENT), tickets=(bare_ticket,)
        ),
        "reply": make_facts(
            make_parsed(INES, "We come."), rcpt_to=token(ReplyAudience.CLIENT), **here, **staff
        ),
        "note": make_facts(
            make_parsed(INES, SECRET_NOTE), rcpt_to=token(ReplyAudience.INTERNAL), **here, **staff
        ),
        "held": make_facts(make_parsed(SAM, body=Body(full="x", fresh="x"))),
        "held nobody": make_facts(make_parsed("x@y.example", sender=None, date=None), mail_from=None),
        "bounce": make_facts(
            make_parsed("mailer-daemon@borealis.example", automatic=bounce), bounced=lost, **here
        ),
        "threaded": make_facts(
            make_parsed(INES, "We come."),
            rcpt_to=token(ReplyAudience.CLIENT),
            thread={TicketRef(17): ("<81@mail.borealis.example>", "<82@mail.borealis.example>")},
            **here,
            **staff,
        ),
    }


@pytest.fixture
def drafts(situations: dict[str, Facts]) -> list[MailDraft]:
    """Everything that goes out in any of them."""
    return [draft for facts in situations.values() for draft in decide(facts).drafts]


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    """The shipped templates."""
    return Renderer(None)


def shape_errors(value: object, wanted: Any, where: str) -> Iterator[str]:
    """Where a value is not what the view says; every key of a view is there, always."""
    if typing.is_typeddict(wanted):
        fields = typing.get_type_hints(wanted)
        if not isinstance(value, dict) or not wanted.__required_keys__ <= set(value):
            yield f"{where}: {value!r} has not the keys of {wanted.__name__}"
            return
        for key in fields.keys() & value.keys():
            yield from shape_errors(value[key], fields[key], f"{where}.{key}")
    elif typing.get_origin(wanted) is list:
        assert isinstance(value, list), where
        for number, entry in enumerate(value):
            yield from shape_errors(entry, typing.get_args(wanted)[0], f"{where}[{number}]")
    elif isinstance(wanted, types.UnionType):
        errors = [list(shape_errors(value, one, where)) for one in typing.get_args(wanted)]
        if all(errors):
            yield from errors[0]
    elif not isinstance(value, wanted):
        yield f"{where}: {value!r} is no {wanted}"


def test_the_situations_cover_every_kind_of_mail_that_the_path_writes(drafts: list[MailDraft]) -> None:
    """Without those that commands, guards, timers, hand-offs and digests cause: they have tests of their own."""
    assert {draft.kind for draft in drafts} == OF_THE_BARE_PATH
    assert set(MAIL_KINDS) >= OF_THE_BARE_PATH


def test_every_draft_brings_what_its_template_may_use(drafts: list[MailDraft]) -> None:
    """All views that the contract names, each with its keys and kinds of values."""
    errors = [
        f"{draft.kind}: {error}"
        for draft in drafts
        for key in KEYS[draft.kind]
        if not (key == "ticket" and draft.ticket is None)
        for error in shape_errors(draft.context[key], VIEWS[key], key)
    ]

    assert [] == errors


def test_every_draft_is_plain_data(drafts: list[MailDraft]) -> None:
    """Templates see no objects, and a draft can be written down."""
    for draft in drafts:
        assert dict(draft.context) == json.loads(json.dumps(dict(draft.context)))


def test_every_draft_can_be_written(
    drafts: list[MailDraft], renderer: Renderer, policy: Policy, now: datetime
) -> None:
    """By the shipped templates, which fail on anything that is not there."""
    for draft in drafts:
        mail = compose(draft, renderer, policy, outbox_unique="", now=now)

        assert mail.text.strip()
        assert mail.rcpt_to == tuple(to.address for to in draft.to)


def test_every_draft_is_what_its_kind_says(drafts: list[MailDraft]) -> None:
    """Reader and automatic or not (RFC 3834 §5 wants the mark on one and never on the other)."""
    for draft in drafts:
        kind = MAIL_KINDS[draft.kind]

        assert (kind.reader, kind.automatic) == (draft.reader, draft.automatic)


def test_no_two_mails_of_one_outcome_have_one_key(situations: dict[str, Facts]) -> None:
    """The second of two would never be written."""
    for facts in situations.values():
        keys = [draft.key for draft in decide(facts).drafts]

        assert len(keys) == len(set(keys))


@pytest.mark.parametrize("situation", ["forward", "note", "reply", "follow-up", "own matter"])
def test_nothing_internal_stands_in_mail_to_a_client(
    situations: dict[str, Facts], renderer: Renderer, policy: Policy, now: datetime, situation: str
) -> None:
    """Neither a rep's note nor the internal address, in text and HTML alike."""
    internal = reply_address(
        policy.secret, policy.service.routing_address, ReplyToken(ReplyAudience.INTERNAL, 17)
    )
    for draft in decide(situations[situation]).drafts:
        if draft.reader == "client":
            raw = compose(draft, renderer, policy, outbox_unique="", now=now).raw.decode()

            assert SECRET_NOTE not in raw
            assert internal.partition("@")[0] not in raw


@pytest.mark.parametrize(
    ("situation", "language"),
    [("client", "en"), ("german client", "de"), ("french client", "fr"), ("welsh client", "en")],
)
def test_clients_are_written_to_in_their_language(
    situations: dict[str, Facts], situation: str, language: str
) -> None:
    """English where we do not speak it; colleagues have one language."""
    written = {draft.kind: draft.language for draft in decide(situations[situation]).drafts}

    assert (language, "en") == (written["ticket-opened"], written["ticket-assigned"])


def test_an_acknowledgement_of_a_forward_joins_the_client_s_own_thread(situations: dict[str, Facts]) -> None:
    """Ann's mail program knows her mail, not Sam's forward."""
    by_kind = {draft.kind: draft for draft in decide(situations["forward"]).drafts}

    assert "<81@mail.borealis.example>" == by_kind["ticket-opened"].answers
    assert "<one@mail.example>" == by_kind["ticket-received"].answers


def test_an_answer_to_the_client_names_the_thread(situations: dict[str, Facts]) -> None:
    """In-Reply-To is the latest, References the rest."""
    reply = decide(situations["threaded"]).drafts[0]

    assert ("<82@mail.borealis.example>", ("<81@mail.borealis.example>",)) == (
        reply.answers,
        reply.references,
    )


def test_an_answer_is_in_the_pm_s_name(situations: dict[str, Facts]) -> None:
    """The client knows people, not desks."""
    assert decide(situations["reply"]).drafts[0].sender_name == "Ines Costa at Northwind Projects"


def test_the_account_tells_why_it_came(situations: dict[str, Facts]) -> None:
    """A sentence with a name, and each reason."""
    account = next(d for d in decide(situations["client"]).drafts if d.kind == "ticket-assigned")

    assert account.context["routing"]["sentence"].startswith("Ines Costa: ")
    assert account.context["routing"]["reasons"]
