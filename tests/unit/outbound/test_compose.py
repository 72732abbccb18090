"""Headers that thread, that break loops, and that nobody can write into."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email import policy as email_policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailroute.domain.address import Mailbox
from mailroute.domain.errors import Misconfigured
from mailroute.domain.outgoing import ComposedMail, MailDraft
from mailroute.domain.policy import Policy, Service
from mailroute.domain.ticket import TicketRef
from mailroute.domain.tokens import (
    ReplyAudience,
    ReplyToken,
    is_own_loop_mark,
    read_message_id,
    read_reply_address,
)
from mailroute.outbound.catalogue import MAIL_KINDS
from mailroute.outbound.compose import compose, mail_links, message_id_of
from mailroute.outbound.render import Renderer
from mailroute.outbound.samples import sample_draft

NOW = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
EVIL = "Hello\r\nBcc: victim@elsewhere.example\r\n\r\nbody\0\x1b\u202e\u2028end"


def composed(draft: MailDraft, renderer: Renderer, policy: Policy) -> ComposedMail:
    """*draft*, finished at a fixed moment."""
    return compose(draft, renderer, policy, outbox_unique="", now=NOW)


def parsed(mail: ComposedMail) -> EmailMessage:
    """The mail as a strict reader sees it."""
    message = message_from_bytes(mail.raw, _class=EmailMessage, policy=email_policy.SMTP)
    assert isinstance(message, EmailMessage)
    return message


def head_lines(mail: ComposedMail) -> Sequence[bytes]:
    """The raw lines of the header."""
    return mail.raw.partition(b"\r\n\r\n")[0].split(b"\r\n")


@pytest.mark.parametrize(
    ("kind", "automatic", "expected"),
    [
        ("ticket-opened", True, "auto-replied"),
        ("ticket-received", True, "auto-replied"),
        ("held", True, "auto-replied"),
        ("command-result", True, "auto-replied"),
        ("ticket-assigned", True, "auto-generated"),
        ("follow-up", True, "auto-generated"),
        ("delivery-failed", True, "auto-generated"),
        ("reply", False, None),
        ("note", False, None),
        ("reply", True, "auto-generated"),
        ("ticket-assigned", False, None),
    ],
)
def test_machines_say_so_and_people_do_not(
    kind: str, automatic: bool, expected: str | None, renderer: Renderer, policy: Policy
) -> None:
    """Auto-Submitted stands on what a machine sends and never on a person's relayed words (RFC 3834 §5.2)."""
    message = parsed(composed(replace(sample_draft(kind), automatic=automatic), renderer, policy))

    assert expected == message["Auto-Submitted"]
    assert ("All" if automatic else None) == message["X-Auto-Response-Suppress"]


@pytest.mark.parametrize("kind", MAIL_KINDS)
def test_every_mail_carries_our_loop_mark(kind: str, renderer: Renderer, policy: Policy) -> None:
    """Whatever comes back to us is known as ours."""
    message = parsed(composed(sample_draft(kind), renderer, policy))

    assert is_own_loop_mark(policy.secret, str(message["X-Mailroute-Loop"]))


@pytest.mark.parametrize("kind", MAIL_KINDS)
def test_the_reply_address_leads_where_the_catalogue_says(
    kind: str, renderer: Renderer, policy: Policy
) -> None:
    """Answering goes to the client or stays among colleagues, by the kind of mail."""
    message = parsed(composed(sample_draft(kind), renderer, policy))
    address = message["Reply-To"].addresses[0].addr_spec

    token = read_reply_address(policy.secret, policy.service.own_addresses, address)

    assert ReplyToken(MAIL_KINDS[kind].answers_go_to, 17) == token


def test_the_whole_account_names_the_way_to_the_rep(renderer: Renderer, policy: Policy) -> None:
    """The PM's mail is answered to the client and shows the internal address."""
    mail = composed(sample_draft("ticket-assigned"), renderer, policy)

    assert mail_links(policy, TicketRef(17)).internal_address in mail.text


@pytest.mark.parametrize("kind", ["ticket-opened", "reply"])
def test_a_client_never_sees_the_internal_address(kind: str, renderer: Renderer, policy: Policy) -> None:
    """The internal reply address opens the colleagues' talk, so it stays inside."""
    mail = composed(sample_draft(kind), renderer, policy)

    assert b"+i.17." not in mail.raw


def test_every_mail_has_a_return_path_of_its_own(renderer: Renderer, policy: Policy) -> None:
    """It alone tells which mail a bounce is about, with or without a ticket; the octets before the @ are few."""
    drafts = [sample_draft("reply"), sample_draft("note"), sample_draft("held", bare=True)]
    paths = [composed(draft, renderer, policy).mail_from for draft in drafts]
    tokens = [read_reply_address(policy.secret, policy.service.own_addresses, path) for path in paths]

    assert len(drafts) == len(set(paths))
    assert all(token is not None and token.audience is ReplyAudience.BOUNCE for token in tokens)
    assert all(len(path.partition("@")[0]) <= 64 for path in paths)


def test_mail_without_a_ticket_has_no_mark(renderer: Renderer, policy: Policy) -> None:
    """Where there is no ticket there is no number to show."""
    assert not composed(sample_draft("held", bare=True), renderer, policy).subject.startswith("[")


def test_the_same_draft_is_the_same_mail(renderer: Renderer, policy: Policy) -> None:
    """Composing twice gives the same bytes, so that a mail sent twice is one mail to its reader."""
    first, second = (composed(sample_draft("reply"), renderer, policy) for _ in range(2))

    assert first == second


def test_message_ids_differ_by_draft_and_by_outbox(policy: Policy) -> None:
    """Another key, or another installation, never makes the same Message-ID."""
    draft = sample_draft("reply")
    ids = {
        message_id_of(draft, policy),
        message_id_of(draft, policy, "second store"),
        message_id_of(replace(draft, key="reply:MR-17:2"), policy),
    }

    assert len(ids) == 3


@pytest.mark.parametrize("kind", MAIL_KINDS)
def test_our_message_ids_are_known_again(kind: str, renderer: Renderer, policy: Policy) -> None:
    """An answer that names a Message-ID of ours is led back to its ticket."""
    mail = composed(sample_draft(kind), renderer, policy)

    known = read_message_id(policy.secret, mail.message_id)

    assert known is not None
    assert (kind, 17) == (known.kind, known.number)
    assert mail.message_id == parsed(mail)["Message-ID"]


def test_a_long_thread_keeps_its_root_and_its_end(renderer: Renderer, policy: Policy) -> None:
    """References holds at most twenty ids: the first, and the last ones up to what is answered."""
    ids = tuple(f"<{number}@mail.example>" for number in range(50))
    draft = replace(sample_draft("reply"), references=ids, answers="<answered@mail.example>")

    message = parsed(composed(draft, renderer, policy))
    found = str(message["References"]).split()

    assert len(found) == 20
    assert (ids[0], ids[49], "<answered@mail.example>") == (found[0], found[-2], found[-1])
    assert message["In-Reply-To"] == "<answered@mail.example>"


def test_long_message_ids_are_not_encoded(renderer: Renderer, policy: Policy) -> None:
    """An id longer than a line stays as it is; encoded, no reader could thread by it."""
    long_id = f"<{'a' * 150}@prod.mail.example>"
    draft = replace(sample_draft("reply"), answers=long_id, references=(f"<{'b' * 150}@x.example>",))

    mail = composed(draft, renderer, policy)

    assert long_id.encode() in mail.raw
    assert b"=?" not in mail.raw.partition(b"\r\n\r\n")[0]


@pytest.mark.parametrize(
    "bad", ["", "<>", "no id", "<a b@c>", "<a@b>\r\nBcc: x@y", "<ü@x.example>", "<" + "x" * 2000]
)
def test_unusable_ids_are_left_out(bad: str, renderer: Renderer, policy: Policy) -> None:
    """An id that could break the header is not copied into it."""
    draft = replace(sample_draft("reply"), answers=bad, references=(bad, "<good@x.example>"))

    message = parsed(composed(draft, renderer, policy))

    assert message["In-Reply-To"] is None
    assert message["References"] == "<good@x.example>"


def test_a_mail_that_answers_nothing_names_nothing(renderer: Renderer, policy: Policy) -> None:
    """In-Reply-To and References stand only where there is something to name."""
    message = parsed(composed(replace(sample_draft("reply"), answers=None), renderer, policy))

    assert (message["In-Reply-To"], message["References"]) == (None, None)


@pytest.mark.parametrize("place", ["subject", "sender_name", "to_name", "to_address", "cc_name"])
def test_nothing_can_be_written_into_the_header(place: str, renderer: Renderer, policy: Policy) -> None:
    """Line ends and control characters in names, addresses and subjects make no new header."""
    draft = sample_draft("reply")
    changed = {
        "subject": replace(draft, subject=EVIL),
        "sender_name": replace(draft, sender_name=EVIL),
        "to_name": replace(draft, to=(Mailbox(EVIL, "ann@borealis.example"),)),
        "to_address": replace(draft, to=(Mailbox("Ann", f"ann@borealis.example{EVIL}"),)),
        "cc_name": replace(draft, cc=(Mailbox(EVIL, "cy@borealis.example"),)),
    }[place]

    mail = composed(changed, renderer, policy)
    expected = {
        line.split(b":")[0] for line in head_lines(composed(replace(draft, cc=changed.cc), renderer, policy))
    }

    assert {line.split(b":")[0] for line in head_lines(mail) if not line.startswith(b" ")} <= expected
    assert parsed(mail)["Bcc"] is None
    assert not {b"\0", b"\x1b", "\u202e".encode()} & {mail.raw[i : i + 1] for i in range(len(mail.raw))}


@pytest.mark.parametrize(
    "name", ['boss@northwind.example" <x@evil.example>', "a, b; c: d", "Ann\\", '"Ann"', "<a>"]
)
def test_a_display_name_cannot_pass_for_an_address(name: str, renderer: Renderer, policy: Policy) -> None:
    """Whatever name somebody gives themselves, there is one mailbox in From and it is ours."""
    message = parsed(composed(replace(sample_draft("reply"), sender_name=name), renderer, policy))
    (sender,) = message["From"].addresses

    assert sender.addr_spec == policy.service.routing_address
    assert "@" not in sender.display_name


@settings(max_examples=60, deadline=None)
@given(
    subject=st.text(max_size=400),
    name=st.text(max_size=200),
    address=st.one_of(st.emails(), st.text(max_size=80)),
    words=st.text(max_size=600),
)
def test_any_text_makes_a_lawful_mail(subject: str, name: str, address: str, words: str) -> None:
    """Whatever is put in, the mail is ASCII, has CR LF line ends, short lines and the same fields."""
    draft = sample_draft("reply")
    context = {**draft.context, "message": draft.context["message"] | {"words": words}}
    to = (Mailbox(name, address or "x@y.example"),)
    draft = replace(draft, subject=subject, sender_name=name, to=to, context=context)
    policy = Policy(service=Service(routing_address="issues@northwind.example"), secret=b"k" * 32)

    mail = compose(draft, Renderer(None), policy, outbox_unique="", now=NOW)
    lines = mail.raw.split(b"\r\n")

    assert mail.raw.isascii()
    assert b"\0" not in mail.raw
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    assert max(map(len, lines)) <= 998
    assert (
        max(len(line) for line in head_lines(mail) if b"Message-ID" not in line and b"boundary" not in line)
        <= 200
    )
    assert all(
        len(word) <= 75 for line in head_lines(mail) for word in line.split() if word.startswith(b"=?")
    )
    assert parsed(mail).get_content_type() == "multipart/alternative"


@pytest.mark.parametrize(
    "subject",
    [
        "Undichtigkeit an Pumpe 4 – Wellendichtung schließt nicht mehr, bitte dringend",
        "漏れ" * 40,
        "x" * 300,
        "=?utf-8?q?a?=",
    ],
)
def test_subjects_survive_the_wire(subject: str, renderer: Renderer, policy: Policy) -> None:
    """A reader sees the subject that was meant, up to the limit of 200 characters."""
    mail = composed(replace(sample_draft("reply"), subject=subject), renderer, policy)

    assert mail.subject == str(parsed(mail)["Subject"])
    assert mail.subject.startswith(f"[MR-17] {subject[:150]}")
    assert max(map(len, head_lines(mail))) <= 130


def test_the_ticket_mark_stands_once(renderer: Renderer, policy: Policy) -> None:
    """A subject that carries the mark already does not carry it twice."""
    mail = composed(replace(sample_draft("reply"), subject="Re: [MR-17] Pump"), renderer, policy)

    assert mail.subject == "[MR-17] Re: Pump"


def test_a_stranger_gets_none_of_their_words_back(renderer: Renderer, policy: Policy) -> None:
    """The acknowledgement to a stranger is short plain text and cannot carry an advertisement to a victim."""
    draft = sample_draft("ticket-opened", bare=True)
    ticket = draft.context["ticket"] | {
        "title": "BUY NOW",
        "requester": {"name": "BUY NOW", "address": "victim@elsewhere.example"},
    }
    issue = draft.context["issue"] | {"title": "BUY NOW", "asks": ["BUY NOW"]}
    context = {**draft.context, "ticket": ticket, "issue": issue}
    draft = replace(draft, subject="BUY NOW", context=context)

    mail = composed(draft, renderer, policy)
    body = mail.raw.partition(b"\r\n\r\n")[2]

    assert b"BUY NOW" not in body
    assert "BUY NOW" not in mail.subject
    assert parsed(mail).get_content_type() == "text/plain"
    assert len(mail.raw) < 4096


def test_a_reply_shows_the_client_nothing_internal(renderer: Renderer, policy: Policy) -> None:
    """The rep's note, the routing and the card stay inside even if the draft carries them."""
    draft = sample_draft("reply")
    full = sample_draft("ticket-assigned").context
    message = draft.context["message"] | {"note": "SECRET NOTE"}
    context = {**full, **draft.context, "message": message}

    mail = composed(replace(draft, context=context), renderer, policy)

    assert b"SECRET" not in mail.raw
    assert "Why it came" not in mail.text


def test_each_recipient_is_named_once(renderer: Renderer, policy: Policy) -> None:
    """Two spellings of one address get one copy; a mailbox without an address gets none."""
    draft = replace(
        sample_draft("reply"),
        to=(Mailbox("Ann", "Ann@Borealis.example"), Mailbox("Nobody", None)),
        cc=(Mailbox(None, "ann@borealis.example"), Mailbox("Cy", "cy@borealis.example")),
    )

    assert composed(draft, renderer, policy).rcpt_to == ("ann@borealis.example", "cy@borealis.example")


def test_a_draft_without_any_address_is_refused(renderer: Renderer, policy: Policy) -> None:
    """A member of staff without an address in the directory is told, not passed over."""
    with pytest.raises(Misconfigured, match="no recipient with an address"):
        composed(replace(sample_draft("reply"), to=(Mailbox("Ann", None),)), renderer, policy)


def test_an_address_beyond_ascii_is_shown_but_not_written(renderer: Renderer, policy: Policy) -> None:
    """Jörg's mailbox needs SMTPUTF8; the others on the mail do not, so the header stays ASCII (RFC 6857)."""
    draft = replace(
        sample_draft("reply"), to=(Mailbox("Jörg", "jörg@pumpen.example"), Mailbox("Ann", "a@b.example"))
    )

    mail = composed(draft, renderer, policy)
    message = parsed(mail)

    assert [address.addr_spec for address in message["To"].addresses] == ["a@b.example"]
    assert "Jörg jörg@pumpen.example" in str(message["To"])
    assert mail.rcpt_to == ("jörg@pumpen.example", "a@b.example")


def test_a_routing_address_beyond_ascii_is_refused(renderer: Renderer, policy: Policy) -> None:
    """An own address that few servers could answer is an error of the settings."""
    odd = replace(policy, service=Service(routing_address="issues@müller.example"))

    with pytest.raises(Misconfigured, match="routing address must be ASCII"):
        composed(sample_draft("reply"), renderer, odd)


def test_the_date_is_the_given_one(renderer: Renderer, policy: Policy, now: datetime) -> None:
    """Date comes from the caller's clock."""
    assert now == parsed(composed(sample_draft("note"), renderer, policy))["Date"].datetime


@pytest.mark.parametrize("kind", sorted(MAIL_KINDS))
def test_digests_alone_can_be_unsubscribed(kind: str, renderer: Renderer, policy: Policy) -> None:
    """RFC 2369: digests carry List-Unsubscribe, and no mail about a ticket does; pressing it writes `/digest off`."""
    message = parsed(composed(sample_draft(kind), renderer, policy))
    wanted = "<mailto:issues@northwind.example?subject=digest%20off&body=%2Fdigest%20off>"

    assert (wanted if kind == "digest" else None) == message["List-Unsubscribe"]
