"""From everything that is known of a message to everything that it causes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mailroute.domain.address import Mailbox
from mailroute.domain.decisions import Action, Outcome, SeenMessage, UndeliveredMail
from mailroute.domain.directory import Directory
from mailroute.domain.issue import Ask, Issue
from mailroute.domain.outgoing import CUT_MARK, OutboxId
from mailroute.domain.parsed import Automatic, AutomaticKind, Body, Forwarded
from mailroute.domain.policy import Policy, SendingLimits
from mailroute.domain.received import Verdict
from mailroute.domain.ticket import Audience, Move, Role, Status, Ticket, TicketRef, Via
from mailroute.domain.tokens import ReplyAudience, ReplyToken, reply_address
from mailroute.services.decide import decide
from mailroute.threads.fingerprint import content_hash, fingerprint

ANN, BEN, SAM, INES = (
    "ann.lee@borealis.example",
    "ben@borealis.example",
    "sam@northwind.example",
    "ines@northwind.example",
)
LEA, STRANGER, DESK = "lea@northwind.example", "zoe@quill.example", "issues@northwind.example"
LONG = "Pump four in hall two leaks at the shaft seal again since Monday morning, please come."

Make = Callable[..., Any]
Decided = Callable[..., Outcome]


@pytest.fixture
def decided(make_parsed: Make, make_facts: Make) -> Decided:
    """Decides about a mail; mail of staff is proved unless said otherwise."""

    def run(address: str, words: str = LONG, /, facts: dict[str, Any] | None = None, **mail: Any) -> Outcome:
        more = dict(facts or {})
        if address.endswith("@northwind.example"):
            more.setdefault("vouched", Verdict.PASS)
        return decide(make_facts(make_parsed(address, words, **mail), **more))

    return run


@pytest.fixture
def token(policy: Policy) -> Callable[[ReplyAudience], str]:
    """A reply address of MR-17."""

    def make(audience: ReplyAudience) -> str:
        return reply_address(policy.secret, policy.service.routing_address, ReplyToken(audience, 17))

    return make


def mails(outcome: Outcome) -> list[tuple[str, str | None]]:
    """Kind and recipient of everything that goes out."""
    return [(draft.kind, to.address) for draft in outcome.drafts for to in draft.to]


def silences(outcome: Outcome) -> list[tuple[str, str, str]]:
    """Kind, recipient and reason of everything that does not."""
    return [(one.kind, one.to, one.reason) for one in outcome.silences]


def said(outcome: Outcome) -> list[tuple[str, Role, Via, Audience]]:
    """The new messages on the ticket."""
    return [(m.text, m.role, m.via, m.audience) for m in outcome.messages]


def events(outcome: Outcome) -> list[str]:
    """What the history says."""
    return [event.event for event in outcome.events]


# A new matter


def test_a_client_s_mail_becomes_a_ticket_acknowledged_and_assigned(decided: Decided) -> None:
    """Client, rep and PM each get their one mail."""
    outcome = decided(ANN)
    ticket = outcome.ticket

    assert ticket is not None
    assert (TicketRef(90), Status.OPEN, Move.PM, "borealis", "sam", "ines") == (
        ticket.ref,
        ticket.status,
        ticket.whose_move,
        ticket.organisation,
        ticket.rep,
        ticket.pm,
    )
    assert [("ticket-opened", ANN), ("ticket-received", SAM), ("ticket-assigned", INES)] == mails(outcome)
    assert [(LONG, Role.CLIENT, Via.DIRECT, Audience.PUBLIC)] == said(outcome)
    assert ["opened", "routed"] == events(outcome)
    assert [ANN, SAM, INES] == [p.mailbox.address for p in ticket.participants]


def test_the_rep_who_had_the_mail_himself_gets_no_receipt(decided: Decided) -> None:
    """A copy of what lies in his own mailbox would be noise."""
    outcome = decided(ANN, to=(Mailbox("Sam", "Sam@northwind.example"),), cc=(Mailbox(None, DESK),))

    assert [("ticket-opened", ANN), ("ticket-assigned", INES)] == mails(outcome)


def test_a_forward_is_the_client_s_ticket_and_the_rep_s_note_stays_inside(decided: Decided) -> None:
    """Two messages: the client's words, and the rep's above them for colleagues alone."""
    forward = Forwarded(sender=Mailbox("Ann Lee", ANN), body=LONG, note="They are our oldest account.")
    outcome = decided(SAM, "They are our oldest account.", forwarded=forward)

    assert [
        ("They are our oldest account.", Role.REP, Via.DIRECT, Audience.INTERNAL),
        (LONG, Role.CLIENT, Via.FORWARDED, Audience.PUBLIC),
    ] == said(outcome)
    assert [("ticket-opened", ANN), ("ticket-received", SAM), ("ticket-assigned", INES)] == mails(outcome)
    assert ANN == outcome.identity.requester.address


def test_a_forward_of_an_empty_mail_is_still_a_ticket(decided: Decided) -> None:
    """Some clients send a photo and nothing else."""
    outcome = decided(SAM, "", forwarded=Forwarded(sender=Mailbox(None, ANN), body="", by="attached"))

    assert Action.OPEN is outcome.placement.action
    assert [("", Role.CLIENT, Via.FORWARDED, Audience.PUBLIC)] == said(outcome)


@pytest.mark.parametrize("zone", [UTC, None])
def test_the_client_s_words_carry_the_day_on_which_they_were_written(
    decided: Decided, zone: Any, now: datetime
) -> None:
    """The forwarded mail's own date; one without a zone is read in the house's."""
    written = datetime(2026, 3, 2, 9, 0, tzinfo=zone)
    outcome = decided(SAM, "", forwarded=Forwarded(sender=Mailbox(None, ANN), body=LONG, date=written))
    hour = 9 if zone else 8  # Berlin is an hour ahead of UTC in March

    assert datetime(2026, 3, 2, hour, 0, tzinfo=UTC) == outcome.messages[0].at


def test_an_answer_in_copy_is_the_colleague_s_public_word(decided: Decided) -> None:
    """The client has read it; the client's own words are those in the quote, and nobody is acknowledged."""
    body = Body(full="", fresh="Somebody comes today.", quoted=LONG)
    outcome = decided(SAM, to=(Mailbox("Ann Lee", ANN),), cc=(Mailbox(None, DESK),), body=body)

    assert [
        ("Somebody comes today.", Role.REP, Via.CC, Audience.PUBLIC),
        (LONG, Role.CLIENT, Via.CC, Audience.PUBLIC),
    ] == said(outcome)
    assert [("ticket-received", SAM), ("ticket-assigned", INES)] == mails(outcome)
    assert [("ticket-opened", ANN, "staff-answered-in-person")] == silences(outcome)


def test_an_answered_mail_speaks_for_itself(decided: Decided) -> None:
    """Where the quote tells whose mail it was and when, its own words and hour are kept, not the quote's frame."""
    written = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    said_before = Forwarded(sender=Mailbox("Ann Lee", ANN), body=LONG, date=written)
    body = Body(full="", fresh="Somebody comes today.", quoted=f"On Monday Ann Lee wrote:\n{LONG}")
    outcome = decided(
        SAM, to=(Mailbox("Ann Lee", ANN),), cc=(Mailbox(None, DESK),), body=body, answered=said_before
    )

    assert [LONG] == [m.text for m in outcome.messages if m.role is Role.CLIENT]
    assert [written] == [m.at for m in outcome.messages if m.role is Role.CLIENT]


def test_a_colleague_s_words_are_never_put_into_the_client_s_mouth(decided: Decided) -> None:
    """A rep who writes to a client of his own accord quotes nothing."""
    outcome = decided(SAM, "How is the pump doing?", to=(Mailbox(None, ANN),), cc=(Mailbox(None, DESK),))

    assert [("How is the pump doing?", Role.REP, Via.CC, Audience.PUBLIC)] == said(outcome)
    assert outcome.ticket is not None
    assert ANN == outcome.ticket.requester.address


def test_a_matter_of_our_own_acknowledges_nobody(decided: Decided) -> None:
    """The receipt says it; there is no client."""
    outcome = decided(SAM, "Please order new brochures.")

    assert [("ticket-received", SAM), ("ticket-assigned", LEA)] == mails(outcome)
    assert [] == silences(outcome)


def test_a_stranger_becomes_a_lead_of_the_lead(decided: Decided) -> None:
    """And is told so little that nobody can use us to send words to others."""
    outcome = decided(STRANGER, "Do you build pumps?", subject="Buy my pills")
    [acknowledgement, account] = outcome.drafts

    assert [("ticket-opened", STRANGER), ("ticket-assigned", LEA)] == mails(outcome)
    assert "pills" not in acknowledgement.subject
    assert not acknowledgement.context["known_client"]
    assert "ticket-assigned" == account.kind


def test_a_ticket_without_a_title_has_the_subject_for_one(decided: Decided) -> None:
    """And without either it says so."""
    untitled = [decided(ANN, facts={"issue": Issue()}, subject=subject).ticket for subject in ("Pump", "")]

    assert ["Pump", "(no subject)"] == [ticket.title for ticket in untitled if ticket]


def test_a_house_without_anybody_still_keeps_the_ticket(decided: Decided) -> None:
    """New, nobody's move, and the sender is acknowledged."""
    outcome = decided(ANN, facts={"directory": Directory()})

    assert outcome.ticket is not None
    assert (Status.NEW, Move.NOBODY, None) == (
        outcome.ticket.status,
        outcome.ticket.whose_move,
        outcome.ticket.pm,
    )
    assert [("ticket-opened", ANN)] == mails(outcome)


def test_a_pm_who_passes_it_on_and_gets_the_work_has_one_mail(decided: Decided) -> None:
    """The account is receipt enough."""
    outcome = decided(INES, "", forwarded=Forwarded(sender=Mailbox(None, ANN), body=LONG))

    assert [("ticket-opened", ANN), ("ticket-assigned", INES)] == mails(outcome)


def test_the_deputy_gets_the_work_by_the_house_s_calendar(decided: Decided, policy: Policy) -> None:
    """On Kai's last day of absence, late at night in UTC, it is his first day back in Berlin."""
    evening = {"now": datetime(2026, 3, 6, 23, 30, tzinfo=UTC)}
    during, after = decided(ANN, "About hall 4"), decided(ANN, "About hall 4", facts=evening)

    assert during.ticket is not None
    assert after.ticket is not None
    assert ("ines", "kai") == (during.ticket.pm, after.ticket.pm)
    assert "P4" == during.ticket.project


def test_the_subject_of_what_was_passed_on_names_the_project_too(decided: Decided) -> None:
    """Clients put the order number there and nowhere else."""
    forward = Forwarded(sender=Mailbox(None, ANN), body="It drips.", subject="PO-4471")
    outcome = decided(SAM, "", subject="Fwd:", forwarded=forward)

    assert outcome.ticket is not None
    assert "P4" == outcome.ticket.project


# On a ticket that is here


def on_ticket(ticket: Ticket, **more: Any) -> dict[str, Any]:
    """Facts in which the mail answers one that this ticket has."""
    earlier = SeenMessage(ticket=ticket.ref, entry=None, message_id="<first@x>", sha256="x", ours=False)
    return {"tickets": (ticket,), "seen": (earlier,)} | more


def test_a_client_who_writes_again_reaches_both_owners(decided: Decided, make_ticket: Make) -> None:
    """And nobody acknowledges a second time."""
    outcome = decided(ANN, in_reply_to=("<first@x>",), facts=on_ticket(make_ticket()))

    assert [("follow-up", INES), ("follow-up", SAM)] == mails(outcome)
    assert ["client-wrote"] == events(outcome)


def test_an_owner_who_had_the_mail_gets_no_copy(decided: Decided, make_ticket: Make) -> None:
    """The client answers to all."""
    outcome = decided(
        ANN, in_reply_to=("<first@x>",), cc=(Mailbox(None, SAM),), facts=on_ticket(make_ticket())
    )

    assert [("follow-up", INES)] == mails(outcome)


@pytest.mark.parametrize("status", [Status.RESOLVED, Status.CLOSED])
def test_a_client_s_word_opens_an_ended_ticket_again(
    decided: Decided, make_ticket: Make, status: Status
) -> None:
    """The history says why."""
    outcome = decided(ANN, in_reply_to=("<first@x>",), facts=on_ticket(make_ticket(status=status)))

    assert outcome.ticket is not None
    assert Status.OPEN is outcome.ticket.status
    assert ["client-wrote", "reopened"] == events(outcome)


def test_a_colleague_of_the_client_joins_the_ticket(decided: Decided, make_ticket: Make) -> None:
    """From then on they are a participant."""
    outcome = decided(BEN, in_reply_to=("<first@x>",), facts=on_ticket(make_ticket()))

    assert outcome.ticket is not None
    assert BEN in [p.mailbox.address for p in outcome.ticket.participants]


def test_a_pm_s_answer_goes_to_the_client_and_as_a_copy_to_the_rep(
    decided: Decided, make_ticket: Make, token: Make
) -> None:
    """Only what the PM wrote now: nothing quoted, nothing below the cut mark."""
    fresh = f"We come on Thursday.\n\n> {CUT_MARK}\n> INTERNAL: they owe us money"
    body = Body(full="", fresh=fresh, quoted="INTERNAL: even more")
    outcome = decided(
        INES, body=body, facts={"tickets": (make_ticket(),), "rcpt_to": (token(ReplyAudience.CLIENT),)}
    )
    reply = outcome.drafts[0]

    assert [("reply", ANN), ("note", SAM)] == mails(outcome)
    assert "We come on Thursday." == reply.context["message"]["words"]
    assert "INTERNAL" not in str(dict(reply.context))
    assert [("We come on Thursday.", Role.PM, Via.REPLY, Audience.PUBLIC)] == said(outcome)


def test_an_answer_that_stands_below_the_mark_stays_inside(
    decided: Decided, make_ticket: Make, token: Make
) -> None:
    """What is ours and what is quoted cannot be told there; a leak could never be mended."""
    body = Body(full="", fresh=f"{CUT_MARK}\nINTERNAL: they owe us money\nWe come on Thursday.")
    outcome = decided(
        INES, body=body, facts={"tickets": (make_ticket(),), "rcpt_to": (token(ReplyAudience.CLIENT),)}
    )

    assert [("note", SAM)] == mails(outcome)


def test_a_question_to_the_client_waits_for_the_client(
    decided: Decided, make_ticket: Make, token: Make
) -> None:
    """Whose move it is follows from what was asked."""
    outcome = decided(
        INES,
        "Which pump is it?",
        facts={
            "tickets": (make_ticket(),),
            "rcpt_to": (token(ReplyAudience.CLIENT),),
            "issue": Issue(asks=(Ask("Which pump is it?", 0, 17, 0.9),)),
        },
    )

    assert outcome.ticket is not None
    assert (Status.WAITING, Move.CLIENT) == (outcome.ticket.status, outcome.ticket.whose_move)


def test_a_note_stays_among_colleagues(decided: Decided, make_ticket: Make, token: Make) -> None:
    """By the internal address; the ticket stands where it stood."""
    ticket = make_ticket(status=Status.WAITING, whose_move=Move.CLIENT)
    outcome = decided(
        INES,
        "They still owe us the acceptance.",
        facts={"tickets": (ticket,), "rcpt_to": (token(ReplyAudience.INTERNAL),)},
    )

    assert [("note", SAM)] == mails(outcome)
    assert [("They still owe us the acceptance.", Role.PM, Via.REPLY, Audience.INTERNAL)] == said(outcome)
    assert outcome.ticket is not None
    assert (Status.WAITING, Move.CLIENT) == (outcome.ticket.status, outcome.ticket.whose_move)


def test_staff_words_without_a_client_address_are_internal(decided: Decided, make_ticket: Make) -> None:
    """Only the client's own address sends to the client: in doubt, inside."""
    outcome = decided(INES, in_reply_to=("<first@x>",), facts=on_ticket(make_ticket()))

    assert [("note", SAM)] == mails(outcome)


def test_a_third_colleague_s_words_reach_both_owners(
    decided: Decided, make_ticket: Make, token: Make
) -> None:
    """The lead steps in; PM and rep hear of it."""
    outcome = decided(LEA, facts={"tickets": (make_ticket(),), "rcpt_to": (token(ReplyAudience.CLIENT),)})

    assert [("reply", ANN), ("note", INES), ("note", SAM)] == mails(outcome)


def test_an_answer_to_a_client_without_an_address_is_not_lost(
    decided: Decided, make_ticket: Make, token: Make
) -> None:
    """It stays on the ticket, and the silence has its reason."""
    ticket = make_ticket(requester=Mailbox("Ann Lee", None))
    outcome = decided(INES, facts={"tickets": (ticket,), "rcpt_to": (token(ReplyAudience.CLIENT),)})

    assert [("note", SAM)] == mails(outcome)
    assert [("reply", "Ann Lee", "no-address")] == silences(outcome)


@pytest.mark.parametrize("line", ["to", "cc"])
def test_a_client_who_was_written_to_in_person_is_not_sent_it_again(
    decided: Decided, make_ticket: Make, token: Make, line: str
) -> None:
    """The PM answers to all, and one of all is the client."""
    lines: dict[str, Any] = {line: (Mailbox(None, ANN.title()),)}
    outcome = decided(
        INES, **lines, facts={"tickets": (make_ticket(),), "rcpt_to": (token(ReplyAudience.CLIENT),)}
    )

    assert [("note", SAM)] == mails(outcome)
    assert [("reply", ANN, "written-to-in-person")] == silences(outcome)


def test_an_answer_in_copy_on_a_ticket_that_is_here_is_no_new_word_of_the_client(
    decided: Decided, make_ticket: Make
) -> None:
    """Ann's mail is on the ticket; Sam answers her from his mailbox with the desk in copy."""
    body = Body(full="", fresh="Ines comes on Thursday.", quoted=f"On Tuesday Ann Lee wrote:\n{LONG}")
    outcome = decided(
        SAM,
        body=body,
        to=(Mailbox("Ann Lee", ANN),),
        cc=(Mailbox(None, DESK),),
        in_reply_to=("<first@x>",),
        facts=on_ticket(make_ticket()),
    )

    assert [("Ines comes on Thursday.", Role.REP, Via.CC, Audience.PUBLIC)] == said(outcome)
    assert ["staff-replied"] == events(outcome)
    assert [("note", INES)] == mails(outcome)


def test_an_answer_in_copy_to_a_mail_that_we_have_not_seen_brings_the_client_s_words(
    decided: Decided, make_ticket: Make
) -> None:
    """Ann had answered Sam alone; what she said stands in his quote and nowhere else."""
    body = Body(full="", fresh="Thanks, Ines comes.", quoted=LONG)
    outcome = decided(
        SAM,
        body=body,
        to=(Mailbox("Ann Lee", ANN),),
        cc=(Mailbox(None, DESK),),
        in_reply_to=("<unseen@x>",),
        references=("<first@x>", "<unseen@x>"),
        facts=on_ticket(make_ticket()),
    )

    assert ["Thanks, Ines comes.", LONG] == [message.text for message in outcome.messages]


# The same again


def before(ticket: int = 17, **changes: Any) -> SeenMessage:
    """Ann's long mail, as it is remembered."""
    known = SeenMessage(
        ticket=TicketRef(ticket),
        entry=None,
        message_id="<earlier@x>",
        sha256="x",
        ours=False,
        fingerprint=fingerprint(LONG),
    )
    return replace(known, **changes)


def test_a_forward_of_what_the_client_sent_us_is_a_duplicate(
    decided: Decided, make_ticket: Make, now: datetime
) -> None:
    """However many days later; nothing goes out."""
    forward = Forwarded(sender=Mailbox("Ann Lee", ANN), body=LONG)
    outcome = decided(
        SAM,
        "",
        forwarded=forward,
        facts={"tickets": (make_ticket(),), "seen": (before(at=now - timedelta(days=3)),)},
    )

    assert (Action.DUPLICATE, []) == (outcome.placement.action, mails(outcome))


def test_a_forward_with_a_note_keeps_the_note(decided: Decided, make_ticket: Make, now: datetime) -> None:
    """The client's words are here; the rep's are news."""
    forward = Forwarded(sender=Mailbox("Ann Lee", ANN), body=LONG, note="She rang twice.")
    outcome = decided(
        SAM,
        "She rang twice.",
        forwarded=forward,
        facts={"tickets": (make_ticket(),), "seen": (before(at=now),)},
    )

    assert [("She rang twice.", Role.REP, Via.DIRECT, Audience.INTERNAL)] == said(outcome)
    assert [("note", INES)] == mails(outcome)


@pytest.mark.parametrize(
    ("ago", "action"),
    [
        (timedelta(minutes=2), Action.DUPLICATE),
        (timedelta(hours=2), Action.APPEND),
        (timedelta(days=2), Action.APPEND),
    ],
)
def test_a_client_who_sends_the_same_again_later_reminds_us(
    decided: Decided, make_ticket: Make, now: datetime, ago: timedelta, action: Action
) -> None:
    """Within the hour it is one mail sent twice."""
    outcome = decided(ANN, facts={"tickets": (make_ticket(),), "seen": (before(at=now - ago),)})

    assert action is outcome.placement.action
    assert (action is Action.APPEND) is bool(outcome.drafts)


# Set aside


def test_unproved_mail_of_staff_is_held_and_its_supposed_author_and_the_lead_are_asked(
    decided: Decided,
) -> None:
    """No ticket, no word to any client; Sam himself knows best whether he wrote it."""
    forward = Forwarded(sender=Mailbox("Ann Lee", ANN), body=LONG)
    outcome = decided(SAM, "FYI", forwarded=forward, facts={"vouched": Verdict.NONE})

    assert (Action.HOLD, None, [("held", SAM), ("held", LEA)]) == (
        outcome.placement.action,
        outcome.ticket,
        mails(outcome),
    )


def test_a_flood_of_forged_staff_does_not_flood_the_lead(decided: Decided) -> None:
    """All are held; the silence is written down."""
    outcome = decided(SAM, facts={"vouched": Verdict.FAIL, "sent_last_hour": {LEA: 5}})

    assert (Action.HOLD, [("held", LEA, "budget-of-address-spent")]) == (
        outcome.placement.action,
        silences(outcome),
    )


def bounce(kind: str, *, failed: str = ANN) -> dict[str, Any]:
    """Facts in which a mail of ours on MR-17 has come back."""
    lost = UndeliveredMail(
        id=OutboxId(1),
        kind=kind,
        ticket=TicketRef(17),
        subject="Pump 4",
        text="We have it.",
        written_at=datetime(2026, 3, 3, 11, 0, tzinfo=UTC),
        answers=((failed, "5.1.1 no such user"),),
    )
    return {"bounced": lost, "mail_from": None}


BOUNCE = Automatic(AutomaticKind.BOUNCE, "multipart/report")


@pytest.mark.parametrize(
    ("kind", "failed", "owner"),
    [
        ("ticket-opened", ANN, SAM),
        ("reply", ANN, SAM),
        ("ticket-assigned", INES, SAM),
        ("ticket-received", SAM, INES),
    ],
)
def test_a_bounce_is_told_to_an_owner_whom_mail_reaches(
    decided: Decided, make_ticket: Make, kind: str, failed: str, owner: str
) -> None:
    """To the rep, unless it was the rep's own mailbox; the ticket's history says it, too."""
    outcome = decided(
        "mailer-daemon@borealis.example",
        automatic=BOUNCE,
        facts=bounce(kind, failed=failed) | {"tickets": (make_ticket(),)},
    )

    assert [("delivery-failed", owner)] == mails(outcome)
    assert ["bounce"] == events(outcome)
    assert () == outcome.messages


def test_an_undelivered_notice_is_told_to_nobody(decided: Decided, make_ticket: Make) -> None:
    """Two dead mailboxes would be told of each other for ever; the history has it."""
    outcome = decided(
        "mailer-daemon@northwind.example",
        automatic=BOUNCE,
        facts=bounce("delivery-failed", failed=SAM) | {"tickets": (make_ticket(),)},
    )

    assert ([], ["bounce"]) == (mails(outcome), events(outcome))


def test_bounces_of_acknowledgements_have_a_budget(
    decided: Decided, make_ticket: Make, policy: Policy
) -> None:
    """A thousand forged strangers come back as a thousand bounces; one of a person's words is always told."""
    spent = replace(policy, sending=SendingLimits(automatic_per_day=0))
    facts = {"tickets": (make_ticket(),), "policy": spent}
    flood = decided("mailer-daemon@x.example", automatic=BOUNCE, facts=bounce("ticket-opened") | facts)
    words = decided("mailer-daemon@x.example", automatic=BOUNCE, facts=bounce("reply") | facts)

    assert [("delivery-failed", SAM, "budget-of-day-spent")] == silences(flood)
    assert [("delivery-failed", SAM)] == mails(words)


@pytest.mark.parametrize("kind", [AutomaticKind.OUT_OF_OFFICE, AutomaticKind.DELAY, AutomaticKind.RECEIPT])
def test_a_machine_s_word_on_our_mail_stands_in_the_history_alone(
    decided: Decided, make_ticket: Make, kind: AutomaticKind
) -> None:
    """The move stays where it was, and nobody gets mail."""
    ours = SeenMessage(ticket=TicketRef(17), entry=None, message_id="<ours@x>", sha256=None, ours=True)
    outcome = decided(
        ANN,
        automatic=Automatic(kind, "Auto-Submitted: auto-replied"),
        in_reply_to=("<ours@x>",),
        facts={"tickets": (make_ticket(),), "seen": (ours,)},
    )

    assert (Action.IGNORE, [], [str(kind)]) == (outcome.placement.action, mails(outcome), events(outcome))


def test_a_newsletter_touches_nothing(decided: Decided) -> None:
    """Ignored, with its reason."""
    outcome = decided(ANN, automatic=Automatic(AutomaticKind.NEWSLETTER, "List-Unsubscribe"))

    assert (None, (), ()) == (outcome.ticket, outcome.drafts, outcome.events)


def test_every_outcome_knows_the_message_s_content(decided: Decided, make_parsed: Make) -> None:
    """So that a second arrival is known by it."""
    expected = content_hash(make_parsed(ANN, LONG))

    assert expected == decided(ANN).content_hash


def test_a_rep_who_passes_on_a_further_mail_is_not_sent_it_again(decided: Decided, make_ticket: Make) -> None:
    """Ann answered Sam alone; he forwards it under the ticket's subject."""
    forward = Forwarded(sender=Mailbox("Ann Lee", ANN), body=LONG)
    outcome = decided(
        SAM, "", subject="Fwd: [MR-17] Pump", forwarded=forward, facts={"tickets": (make_ticket(),)}
    )

    assert [("follow-up", INES)] == mails(outcome)
    assert [(LONG, Role.CLIENT, Via.FORWARDED, Audience.PUBLIC)] == said(outcome)


def test_a_client_s_answer_to_all_is_a_word_of_the_client(decided: Decided, make_ticket: Make) -> None:
    """The desk stands in copy, as in a colleague's answer, but it is not one."""
    outcome = decided(
        BEN,
        "The table is old, too.",
        to=(Mailbox(None, ANN),),
        cc=(Mailbox(None, DESK),),
        in_reply_to=("<first@x>",),
        facts=on_ticket(make_ticket()),
    )

    assert [("The table is old, too.", Role.CLIENT, Via.CC, Audience.PUBLIC)] == said(outcome)


def test_the_bounce_address_makes_no_reply(decided: Decided, token: Callable[[ReplyAudience], str]) -> None:
    """A forward that goes there by mistake is read as a forward."""
    forward = Forwarded(sender=Mailbox("Ann Lee", ANN), body=LONG)
    outcome = decided(SAM, "", forwarded=forward, facts={"rcpt_to": (token(ReplyAudience.BOUNCE),)})

    assert (Action.OPEN, ANN) == (outcome.placement.action, outcome.identity.requester.address)
