"""Which ticket a message belongs to: every signal, and the guard before each."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailroute.domain.address import Mailbox
from mailroute.domain.decisions import Action, Facts, Placement, SeenMessage, UndeliveredMail
from mailroute.domain.outgoing import OutboxId
from mailroute.domain.parsed import Automatic, AutomaticKind, Forwarded, ParsedMail
from mailroute.domain.policy import Policy
from mailroute.domain.received import Verdict
from mailroute.domain.ticket import Participant, TicketRef
from mailroute.domain.tokens import ReplyAudience, ReplyToken, loop_mark, new_message_id, reply_address
from mailroute.threads.fingerprint import content_hash, fingerprint
from mailroute.threads.placement import QUARANTINE_DEFECTS, SIGNALS, nothing_known, place

ANN, BEN = "ann.lee@borealis.example", "ben@borealis.example"
COLLEAGUE, OTHER_CLIENT = "night.shift@borealis.example", "miller@corvus.example"
STRANGER, SAM = "mallory@evil.example", "sam@northwind.example"
LONG = "Pump four in hall two leaks at the shaft seal again since Monday morning, please come."
OURS, THEIRS = "<reply.17.abc.mac@northwind.example>", "<81@mail.borealis.example>"

Make = Callable[..., Any]


def seen(message_id: str | None = THEIRS, ticket: int = 17, **changes: Any) -> SeenMessage:
    """A message that is here."""
    known = SeenMessage(
        ticket=TicketRef(ticket), entry=None, message_id=message_id, sha256="other", ours=False
    )
    return replace(known, **changes)


def first_code(placement: Placement) -> str:
    """By which signal."""
    return placement.reasons[0].code


@pytest.fixture
def asked(make_parsed: Make, make_facts: Make, make_ticket: Make) -> Make:
    """Places a message of somebody; MR-17 is a ticket of Ann at Borealis."""

    def ask(sender: str, words: str = LONG, /, facts: dict[str, Any] | None = None, **mail: Any) -> Placement:
        more = {"tickets": (make_ticket(17),)} | (facts or {})
        if sender == SAM:
            more.setdefault("vouched", Verdict.PASS)
        return place(make_facts(make_parsed(sender, words, **mail), **more))

    return ask


@pytest.fixture
def token(policy: Policy) -> Callable[..., str]:
    """A genuine reply address of ours."""

    def make(number: int = 17, audience: ReplyAudience = ReplyAudience.CLIENT) -> str:
        return reply_address(policy.secret, policy.service.routing_address, ReplyToken(audience, number))

    return make


def test_a_first_mail_opens_a_ticket(asked: Make) -> None:
    """No signal points anywhere, and the reason says so."""
    found = asked(ANN, facts={"tickets": ()})

    assert (Action.OPEN, None, "new-matter") == (found.action, found.ticket, first_code(found))


def test_the_last_signal_always_answers() -> None:
    """A new signal goes before it; the table ends with it."""
    assert SIGNALS[-1] is nothing_known


# Over the limits, our own, machines, unproved


@pytest.mark.parametrize("defect", QUARANTINE_DEFECTS)
def test_mail_over_the_limits_of_reading_is_quarantined(asked: Make, defect: str) -> None:
    """Before anything in it is believed, even by a genuine client."""
    found = asked(ANN, defects=("bare-lf", f"{defect} more than 20"))

    assert (Action.QUARANTINE, f"{defect} more than 20") == (found.action, found.reasons[0].evidence)


@pytest.mark.parametrize("defect", ["bare-lf", "over-limit:field subject", "no-date"])
def test_mere_damage_does_not_quarantine(asked: Make, defect: str) -> None:
    """Clients' mail programs are what they are."""
    assert Action.OPEN is asked(ANN, defects=(defect,)).action


@pytest.mark.parametrize("sender", [ANN, STRANGER, SAM, "issues@northwind.example"])
def test_our_own_mail_that_comes_back_is_ignored(asked: Make, policy: Policy, sender: str) -> None:
    """Whoever redirected it; also when it names a ticket."""
    ours = new_message_id(policy.secret, "northwind.example", "ticket-opened", 17, "abc")
    found = asked(sender, message_id=ours, subject="[MR-17] We have it")

    assert (Action.IGNORE, "own-message-id") == (found.action, first_code(found))


def test_mail_with_our_loop_mark_is_ignored(asked: Make, policy: Policy) -> None:
    """A gateway may have put a Message-ID of its own on it."""
    found = asked(ANN, loop_marks=("elsewhere.example xyz", loop_mark(policy.secret, "northwind.example")))

    assert (Action.IGNORE, "own-loop-mark") == (found.action, first_code(found))


@pytest.mark.parametrize(
    "mark", ["northwind.example", "northwind.example forged", "", "été", "elsewhere.example abcdef"]
)
def test_somebody_else_s_loop_mark_does_not_make_mail_vanish(asked: Make, mark: str) -> None:
    """Only a mark that our key has made counts."""
    assert Action.OPEN is asked(ANN, loop_marks=(mark, loop_mark(b"theirs", "northwind.example"))).action


@pytest.mark.parametrize("kind", AutomaticKind)
def test_what_a_machine_wrote_opens_nothing(asked: Make, kind: AutomaticKind) -> None:
    """Of whatever kind; the reason names the sign."""
    found = asked(ANN, automatic=Automatic(kind, "Precedence: bulk"), facts={"tickets": ()})

    assert (Action.IGNORE, f"automatic-{kind}", None) == (found.action, first_code(found), found.ticket)


def lost(now: Any) -> UndeliveredMail:
    """A mail of ours on MR-17 that somebody reports about."""
    return UndeliveredMail(
        id=OutboxId(1),
        kind="reply",
        ticket=TicketRef(17),
        subject="",
        text="",
        written_at=now,
        answers=(),
    )


def test_a_machine_s_answer_to_our_mail_is_told_on_the_ticket(asked: Make, now: Any) -> None:
    """By the return path it came to, or by the id of our mail that it answers."""
    away = Automatic(AutomaticKind.OUT_OF_OFFICE, "Auto-Submitted: auto-replied")
    by_address = asked(ANN, automatic=away, facts={"bounced": lost(now)})
    by_id = asked(ANN, automatic=away, in_reply_to=(OURS,), facts={"seen": (seen(OURS, ours=True),)})

    assert (TicketRef(17), TicketRef(17)) == (by_address.ticket, by_id.ticket)


def test_a_bounce_is_told_on_the_ticket_of_the_mail_that_bounced(asked: Make, now: Any) -> None:
    """It is known by the Message-ID inside the report."""
    found = asked(
        "mailer-daemon@borealis.example",
        automatic=Automatic(AutomaticKind.BOUNCE, "multipart/report"),
        facts={"bounced": lost(now)},
    )

    assert (Action.IGNORE, TicketRef(17)) == (found.action, found.ticket)


@pytest.mark.parametrize(
    ("vouched", "code"), [(Verdict.NONE, "staff-unproved"), (Verdict.FAIL, "staff-refuted")]
)
def test_unproved_mail_of_staff_waits_for_a_person(
    asked: Make, token: Callable[..., str], vouched: Verdict, code: str
) -> None:
    """Also with a genuine reply address: it could speak to the client in our name."""
    found = asked(SAM, facts={"vouched": vouched, "rcpt_to": (token(),)})

    assert (Action.HOLD, code) == (found.action, first_code(found))


def test_mail_of_two_authors_waits_for_a_person(asked: Make) -> None:
    """Which of the two wrote it cannot be told."""
    found = asked(ANN, sender_is_sole=False)

    assert (Action.HOLD, "no-sole-author") == (found.action, first_code(found))


# The same message again


def arrived(parsed: ParsedMail, ticket: int = 17) -> SeenMessage:
    """What is remembered of a message that has come before."""
    return seen(
        parsed.message_id, ticket, sha256=content_hash(parsed), fingerprint=fingerprint(parsed.body.fresh)
    )


def test_the_same_message_counts_once(asked: Make, make_parsed: Make) -> None:
    """Two servers deliver it; one ticket has it."""
    found = asked(ANN, hops=7, facts={"seen": (arrived(make_parsed(ANN, LONG)),)})

    assert (Action.DUPLICATE, TicketRef(17)) == (found.action, found.ticket)


@pytest.mark.parametrize("words", [LONG, "Call me."])
def test_the_same_message_without_an_id_counts_once(asked: Make, make_parsed: Make, words: str) -> None:
    """A sender whose connection broke before our 250 comes again, and some put no Message-ID on their mail."""
    before = arrived(make_parsed(ANN, words, message_id=None))

    assert Action.DUPLICATE is asked(ANN, words, message_id=None, facts={"seen": (before,)}).action


def test_the_same_id_with_other_words_is_another_message(asked: Make, make_parsed: Make) -> None:
    """A poisoned id, sent first, must not hide the real mail; that the id was used twice is told."""
    poison = arrived(make_parsed(STRANGER, "Buy now"), 40)
    found = asked(ANN, facts={"seen": (poison,)})

    assert Action.OPEN is found.action
    assert "message-id-used-twice" in [reason.code for reason in found.reasons]


def test_the_same_words_under_the_same_id_by_somebody_else_do_not_hide_the_mail(
    asked: Make, make_parsed: Make
) -> None:
    """Who can read a client's mail on its way could otherwise send it first and make the real one vanish."""
    copied = arrived(make_parsed(STRANGER, LONG), 40)

    assert Action.OPEN is asked(ANN, facts={"seen": (copied,)}).action


# Reply addresses


@pytest.mark.parametrize("sender", [ANN, BEN, COLLEAGUE, SAM, "ines@northwind.example"])
@pytest.mark.parametrize("audience", [ReplyAudience.CLIENT, ReplyAudience.INTERNAL])
def test_a_reply_address_joins_those_who_belong_to_the_ticket(
    asked: Make, token: Callable[..., str], sender: str, audience: ReplyAudience
) -> None:
    """Requester, colleagues at the company and our own people; references need not be there."""
    found = asked(sender, facts={"rcpt_to": (token(audience=audience),), "vouched": Verdict.PASS})

    assert (Action.APPEND, TicketRef(17), "reply-token") == (found.action, found.ticket, first_code(found))


@pytest.mark.parametrize("sender", [STRANGER, OTHER_CLIENT])
def test_a_reply_address_in_strange_hands_opens_a_ticket_of_their_own(
    asked: Make, token: Callable[..., str], sender: str
) -> None:
    """A forwarded or stolen address gives no right; the person who looks is told of the other ticket."""
    found = asked(sender, facts={"rcpt_to": (token(),)})

    assert (Action.OPEN, None) == (found.action, found.ticket)
    assert "possibly-related" in [reason.code for reason in found.reasons]


def test_whoever_was_put_on_the_ticket_may_answer(
    asked: Make, token: Callable[..., str], make_ticket: Make, on_ticket: Callable[..., Participant]
) -> None:
    """A consultant whom the client copied is a participant from then on."""
    ticket = make_ticket(17, participants=(on_ticket("Zoe@quill.example"),))
    found = asked("zoe@quill.example", facts={"rcpt_to": (token(),), "tickets": (ticket,)})

    assert (Action.APPEND, "participant") == (found.action, found.reasons[1].code)


def test_a_participant_without_an_address_lets_nobody_in(
    asked: Make, token: Callable[..., str], make_ticket: Make
) -> None:
    """The requester was known by name only: strangers with an address are still strangers."""
    ticket = make_ticket(17, requester=Mailbox("Ann Lee", None), organisation=None)

    assert Action.OPEN is asked(STRANGER, facts={"rcpt_to": (token(),), "tickets": (ticket,)}).action


def test_a_ticket_of_no_company_takes_no_other_strangers(
    asked: Make, token: Callable[..., str], make_ticket: Make
) -> None:
    """Two people of no known company have nothing in common."""
    ticket = make_ticket(17, requester=Mailbox(None, "zoe@quill.example"), organisation=None)

    assert Action.OPEN is asked(STRANGER, facts={"rcpt_to": (token(),), "tickets": (ticket,)}).action


def test_what_comes_to_the_return_path_of_our_mail_is_no_person_s_word(
    asked: Make, token: Callable[..., str], now: Any
) -> None:
    """A vacation responder that does not say what it is; one of us, proved, is heard all the same."""
    there = {"rcpt_to": (token(audience=ReplyAudience.BOUNCE),), "bounced": lost(now)}
    ours = asked(SAM, facts=there | {"vouched": Verdict.PASS})
    found = asked(ANN, facts=there)

    assert (Action.IGNORE, TicketRef(17), "to-return-path") == (found.action, found.ticket, first_code(found))
    assert Action.OPEN is ours.action


def test_the_bounce_address_is_no_reply_address(asked: Make, token: Callable[..., str]) -> None:
    """People do not write there, and if one does it is a new matter."""
    assert Action.OPEN is asked(ANN, facts={"rcpt_to": (token(audience=ReplyAudience.BOUNCE),)}).action


def test_a_reply_address_is_found_in_every_line_of_recipients(asked: Make, token: Callable[..., str]) -> None:
    """Mailboxes rewrite envelopes; To, Cc and Delivered-To say it, too."""
    own = (Mailbox(None, token()),)
    found = [asked(ANN, to=own), asked(ANN, cc=own), asked(ANN, delivered_to=(token(),))]

    assert [Action.APPEND] * 3 == [one.action for one in found]


def test_a_reply_address_goes_before_references(
    asked: Make, token: Callable[..., str], make_ticket: Make
) -> None:
    """The token is proof; ids are copied along by mail programs when somebody reuses an old mail."""
    tickets = (make_ticket(17), make_ticket(30))
    found = asked(
        ANN,
        in_reply_to=(THEIRS,),
        facts={"rcpt_to": (token(30),), "tickets": tickets, "seen": (seen(THEIRS, 17),)},
    )

    assert TicketRef(30) == found.ticket


def test_a_genuine_address_of_a_ticket_that_is_gone_opens_a_new_one(
    asked: Make, token: Callable[..., str]
) -> None:
    """A restored backup knows fewer tickets than the addresses out there."""
    assert Action.OPEN is asked(ANN, facts={"rcpt_to": (token(99),)}).action


# Message-IDs


@pytest.mark.parametrize(("ours", "code"), [(True, "answers-our-mail"), (False, "answers-seen-mail")])
@pytest.mark.parametrize("field", ["in_reply_to", "references"])
def test_an_answer_is_known_by_the_id_it_names(asked: Make, ours: bool, code: str, field: str) -> None:
    """Ours or the client's own earlier one, in either field, when the reply address is lost."""
    found = asked(ANN, **{field: (THEIRS,)}, facts={"seen": (seen(THEIRS, ours=ours),)})

    assert (Action.APPEND, TicketRef(17), code) == (found.action, found.ticket, first_code(found))


def test_the_nearest_reference_decides(asked: Make, make_ticket: Make) -> None:
    """References run from the oldest to the newest; somebody may have split a thread."""
    found = asked(
        ANN,
        references=("<old@x>", "<new@x>"),
        facts={
            "tickets": (make_ticket(17), make_ticket(30)),
            "seen": (seen("<old@x>", 17), seen("<new@x>", 30)),
        },
    )

    assert TicketRef(30) == found.ticket


def test_an_id_that_a_stranger_used_again_still_leads_the_client_home(asked: Make, make_ticket: Make) -> None:
    """Ann answers her own mail; Mallory has sent another one under the same id meanwhile."""
    mallorys = make_ticket(40, requester=Mailbox(None, STRANGER), organisation=None)
    found = asked(
        ANN,
        in_reply_to=(THEIRS,),
        facts={
            "tickets": (make_ticket(17), mallorys),
            "seen": (seen(THEIRS, 17), seen(THEIRS, 40)),
        },
    )

    assert (TicketRef(17), "answers-seen-mail") == (found.ticket, first_code(found))


@pytest.mark.parametrize("sender", [STRANGER, OTHER_CLIENT])
def test_a_known_id_gives_a_stranger_no_right(asked: Make, sender: str) -> None:
    """Ids stand in every copy of a mail."""
    found = asked(sender, in_reply_to=(OURS,), facts={"seen": (seen(OURS, ours=True),)})

    assert Action.OPEN is found.action


@pytest.mark.parametrize("ids", [(), ("",), ("<>",), ("<unknown@elsewhere.example>",)])
def test_empty_and_foreign_ids_join_nothing(asked: Make, ids: tuple[str, ...]) -> None:
    """Rows without an id are many; an empty reference must not match them (libredesk#122)."""
    rows = (seen(None), seen(None, 17, fingerprint=""), seen(""))
    found = asked(ANN, in_reply_to=ids, references=ids, message_id=None, facts={"seen": rows})

    assert Action.OPEN is found.action


# The same matter by another path


@pytest.fixture
def forward() -> Callable[..., Forwarded]:
    """Ann's mail inside another one."""

    def make(**changes: Any) -> Forwarded:
        return replace(Forwarded(sender=Mailbox("Ann Lee", ANN), body=LONG), **changes)

    return make


def test_a_forward_of_a_mail_that_is_here_joins_it(asked: Make, forward: Callable[..., Forwarded]) -> None:
    """By the id that an attached mail carries, at any depth."""
    chain = forward(sender=Mailbox(None, "lea@northwind.example"), inner=forward(message_id=THEIRS))
    found = asked(SAM, "", forwarded=chain, facts={"seen": (seen(THEIRS),)})

    assert (Action.APPEND, TicketRef(17), "same-words") == (found.action, found.ticket, first_code(found))


def test_a_forward_of_the_same_words_joins_them(asked: Make, forward: Callable[..., Forwarded]) -> None:
    """Inline forwards carry no id; the words tell."""
    here = seen(THEIRS, fingerprint=fingerprint(LONG))

    assert Action.APPEND is asked(SAM, "", forwarded=forward(), facts={"seen": (here,)}).action


def test_a_known_id_does_not_make_other_words_the_same(asked: Make, make_ticket: Make) -> None:
    """A row found by an id has its own words: they must be compared, not assumed."""
    other = seen("<gone@x>", 30, fingerprint=fingerprint(LONG.replace("four", "five")))
    found = asked(ANN, facts={"tickets": (make_ticket(30),), "seen": (other,)})

    assert Action.OPEN is found.action


def test_a_stranger_s_copy_of_a_client_s_words_joins_nothing(asked: Make) -> None:
    """Repeating what a client wrote gives no right to their ticket."""
    here = seen(THEIRS, fingerprint=fingerprint(LONG))

    assert Action.OPEN is asked(STRANGER, facts={"seen": (here,)}).action


# The mark in the subject


@pytest.mark.parametrize("subject", ["Re: [MR-17] Pump 4", "AW: [mr-17] Pumpe", "[MR-99] [MR-17] x"])
@pytest.mark.parametrize("sender", [ANN, COLLEAGUE, SAM])
def test_the_mark_in_the_subject_joins_those_who_belong(asked: Make, subject: str, sender: str) -> None:
    """The last thing that is left when a phone loses address and references."""
    found = asked(sender, subject=subject)

    assert (Action.APPEND, TicketRef(17), "subject-mark") == (found.action, found.ticket, first_code(found))


@pytest.mark.parametrize("sender", [STRANGER, OTHER_CLIENT])
def test_the_mark_in_the_subject_opens_nothing_to_strangers(asked: Make, sender: str) -> None:
    """Anybody can guess a number (FreeScout GHSA-j49f-9g94-3wh4)."""
    assert Action.OPEN is asked(sender, subject="[MR-17] invoice").action


def test_the_mark_in_the_subject_is_not_enough_when_the_author_is_refuted(asked: Make) -> None:
    """A forged client with a guessed number must not write on the client's ticket."""
    found = asked(ANN, subject="Re: [MR-17] Pump 4", facts={"vouched": Verdict.FAIL})

    assert (Action.OPEN, "possibly-related") == (found.action, found.reasons[-1].code)


@pytest.mark.parametrize(
    "subject", ["MR-17", "[MR 17]", "[MR-17", "[#17]", "[MR-1717]", "[MR-" + "9" * 20 + "]"]
)
def test_a_number_that_is_no_mark_joins_nothing(asked: Make, subject: str) -> None:
    """Only the form that our mails write."""
    assert Action.OPEN is asked(ANN, subject=subject).action


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_mark_whatever_lets_a_stranger_write_on_a_ticket(
    data: st.DataObject, make_parsed: Make, make_facts: Make, make_ticket: Make, token: Callable[..., str]
) -> None:
    """All true marks together, in any mixture, open a ticket of the stranger's own at most."""
    parsed = make_parsed(
        STRANGER,
        data.draw(st.sampled_from([LONG, "hm"])),
        subject=data.draw(st.sampled_from(["", "[MR-17]", "Re: [MR-17] Pump"])),
        in_reply_to=data.draw(st.sampled_from([(), (OURS,), (THEIRS,)])),
        references=data.draw(st.sampled_from([(), (THEIRS, OURS)])),
        to=data.draw(st.sampled_from([(), (Mailbox(None, token()),)])),
        message_id=data.draw(st.sampled_from([None, "<x@evil.example>", THEIRS])),
    )
    facts: Facts = make_facts(
        parsed,
        vouched=data.draw(st.sampled_from(list(Verdict))),
        rcpt_to=(data.draw(st.sampled_from([token(), token(17, ReplyAudience.INTERNAL)])),),
        tickets=(make_ticket(17),),
        seen=(seen(OURS, ours=True), seen(THEIRS, fingerprint=fingerprint(LONG))),
    )

    assert Action.OPEN is place(facts).action


def test_a_day_later_the_same_words_are_still_found(asked: Make, now: Any) -> None:
    """What follows from a repetition is decided with the words; the place is the same ticket."""
    here = seen(THEIRS, fingerprint=fingerprint(LONG), at=now - timedelta(days=3))

    assert TicketRef(17) == asked(ANN, facts={"seen": (here,)}).ticket


def test_the_original_that_comes_after_its_forward_joins_it(asked: Make) -> None:
    """It is known from inside the forward alone, so its own content has never been seen."""
    known = seen("<one@mail.example>", sha256=None)

    assert Action.APPEND is asked(ANN, "Call me.", facts={"seen": (known,)}).action
