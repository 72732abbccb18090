"""The mails that decisions cause: to whom, about what, in answer to what. Wording is the templates' affair."""

from dataclasses import replace
from typing import Any

from mailroute.domain.address import Mailbox, address_key
from mailroute.domain.decisions import Facts, UndeliveredMail
from mailroute.domain.directory import Directory, Staff
from mailroute.domain.outgoing import MailDraft, Reader
from mailroute.domain.policy import Service
from mailroute.domain.ticket import Ticket, TicketMessage
from mailroute.domain.tokens import ReplyAudience, ReplyToken, read_message_id, reply_address
from mailroute.tickets.account import TO_LOOK_UP, attachment_context, context, staff_name, ticket_context
from mailroute.tickets.audience import in_copy
from mailroute.tickets.contacts import other_contacts

CLIENT_LANGUAGES = frozenset({"en", "de", "fr"})
"""Languages that client-facing templates are written in."""

ENCLOSED_BYTES = 10 * 2**20
"""Of files that travel along with one mail; common servers take 25 MiB, base64 and all."""

ORNAMENT_BYTES = 16 * 2**10
"""Pictures in the text that are smaller are logos and icons of signatures; screenshots are larger. Ours."""

CLIENT_KINDS = frozenset({"ticket-opened", "reply", "nudge"})
"""Kinds of mail of ours that clients get."""


def mailbox_of(staff: Staff) -> Mailbox:
    """Where mail for one of us goes."""
    return Mailbox(staff.name, staff.email)


def ticket_opened(facts: Facts, ticket: Ticket, message: TicketMessage, *, known_client: bool) -> MailDraft:
    """The acknowledgement to the client."""
    forwarded = facts.identity.on_behalf_of is not None
    parsed = facts.reading.parsed
    origin = parsed.forwarded.origin if forwarded and parsed.forwarded else None
    return MailDraft(
        kind="ticket-opened",
        key=f"ticket-opened:{ticket.ref}",
        ticket=ticket.ref,
        to=(ticket.requester,),
        reader=Reader.CLIENT,
        language=_client_language(ticket),
        subject=ticket.title if known_client else "We have your message",
        sender_name=facts.policy.service.name,
        answers=origin.message_id if origin else parsed.message_id,
        references=() if origin else parsed.references,
        context=context(facts, ticket, message) | {"known_client": known_client, "answer_by": None},
    )


def ticket_received(facts: Facts, ticket: Ticket, message: TicketMessage, rep: Staff) -> MailDraft:
    """The receipt to the rep: their client's matter is in good hands, and whose."""
    answers = facts.reading.parsed.message_id if facts.identity.staff == rep.id else None
    return MailDraft(
        kind="ticket-received",
        key=f"ticket-received:{ticket.ref}:{rep.id}",
        ticket=ticket.ref,
        to=(mailbox_of(rep),),
        reader=Reader.INTERNAL,
        subject=ticket.title,
        sender_name=facts.policy.service.name,
        answers=answers,
        context=context(facts, ticket, message),
    )


def ticket_assigned(facts: Facts, ticket: Ticket, message: TicketMessage, pm: Staff) -> MailDraft:
    """The whole account to the PM; answering it answers the client."""
    return MailDraft(
        kind="ticket-assigned",
        key=f"ticket-assigned:{ticket.ref}:{pm.id}",
        ticket=ticket.ref,
        to=(mailbox_of(pm),),
        reader=Reader.INTERNAL,
        subject=ticket.title,
        sender_name=facts.policy.service.name,
        encloses=files_along(facts),
        context={**context(facts, ticket, message), **TO_LOOK_UP},
    )


def files_along(facts: Facts) -> tuple[str, ...]:
    """Which files of the message travel along: all but the small pictures of signatures, up to a limit in all.

    What does not fit is named in the mail like the rest, and stays with the message that is kept.
    """
    chosen, room = [], ENCLOSED_BYTES
    for one in facts.reading.parsed.attachments:
        is_ornament = one.inline and one.size_bytes < ORNAMENT_BYTES
        if not is_ornament and one.size_bytes <= room:
            chosen.append(one.sha256)
            room -= one.size_bytes
    return tuple(chosen)


def follow_up(facts: Facts, ticket: Ticket, message: TicketMessage, staff: Staff) -> MailDraft:
    """A further message of the client, to one of the two owners."""
    draft = _in_thread(facts, ticket, message, "follow-up", (mailbox_of(staff),), staff.id)
    return replace(draft, encloses=files_along(facts))


def note(facts: Facts, ticket: Ticket, message: TicketMessage, staff: Staff) -> MailDraft:
    """A colleague's internal words, to the other owner."""
    return _in_thread(facts, ticket, message, "note", (mailbox_of(staff),), staff.id, automatic=False)


def reply(facts: Facts, ticket: Ticket, message: TicketMessage) -> MailDraft:
    """Our answer to the client, relayed in the author's name from the ticket's address."""
    author = message.author.name or staff_name(facts.identity.staff, facts.directory)
    thread = _thread(facts, ticket, Reader.CLIENT)
    return MailDraft(
        kind="reply",
        key=f"reply:{ticket.ref}:{facts.entry.id}",
        ticket=ticket.ref,
        to=(ticket.requester,),
        cc=tuple(one.mailbox for one in in_copy(ticket, facts.directory)),
        reader=Reader.CLIENT,
        automatic=False,
        language=_client_language(ticket),
        subject=ticket.title,
        sender_name=f"{author} at {facts.policy.service.name}",
        answers=thread[-1] if thread else None,
        references=thread[:-1],
        encloses=files_along(facts),
        context=context(facts, ticket, message),
    )


def held(facts: Facts, reader: Staff, why: str) -> MailDraft:
    """Asks one of us about a message that nothing vouches for: the lead, or whose name it bears."""
    parsed = facts.reading.parsed
    message = {
        "author": {"name": facts.identity.author.name, "address": facts.identity.author.address},
        "words": parsed.body.full,
        "note": None,
        "at": (parsed.date or facts.entry.received_at).isoformat(),
        "via": str(facts.identity.via),
        "audience": "internal",
        "subject": parsed.subject,
        "attachments": [attachment_context(a) for a in parsed.attachments if not a.inline],
    }
    service = {"name": facts.policy.service.name}
    in_own_name = facts.identity.author.key in {address_key(email) for email in reader.emails}
    token = ReplyToken(ReplyAudience.HOLD, int(facts.entry.id))
    return MailDraft(
        kind="held",
        key=f"held:{facts.entry.id}:{reader.id}",
        ticket=None,
        to=(mailbox_of(reader),),
        reader=Reader.INTERNAL,
        subject="Did you send this?" if in_own_name else "A message waits for your word",
        sender_name=facts.policy.service.name,
        answers_go_to=reply_address(facts.policy.secret, facts.policy.service.routing_address, token),
        context={
            "service": service,
            "ticket": None,
            "message": message,
            "why": why,
            "in_own_name": in_own_name,
            "waiting": None,
        },
    )


def delivery_failed(
    undelivered: UndeliveredMail,
    ticket: Ticket,
    owner: Staff,
    directory: Directory,
    service: Service,
) -> MailDraft:
    """Tells an owner that somebody has not got what we wrote, what the mail servers said, and who else is there.

    Once for a mail and those it did not reach, however often and by which way that is reported.
    """
    message: dict[str, Any] = {
        "author": {"name": service.name, "address": service.routing_address},
        "words": undelivered.text,
        "note": None,
        "at": undelivered.written_at.isoformat(),
        "via": "direct",
        "audience": "internal",
        "subject": undelivered.subject,
        "attachments": [],
    }
    to = ", ".join(address for address, _ in undelivered.answers)
    lost = {address_key(address) for address, _ in undelivered.answers}
    return MailDraft(
        kind="delivery-failed",
        key=f"delivery-failed:{ticket.ref}:mail-{undelivered.id}:{'+'.join(sorted(lost))}",
        ticket=ticket.ref,
        to=(mailbox_of(owner),),
        reader=Reader.INTERNAL,
        subject=f"Not delivered: {ticket.title}",
        sender_name=service.name,
        context={
            "service": {"name": service.name},
            "ticket": ticket_context(ticket, directory),
            "message": message,
            "why": f"Our {undelivered.kind} mail did not reach {to}.",
            "undelivered": [{"address": a, "answer": answer} for a, answer in undelivered.answers],
            "contacts": other_contacts(ticket, directory, lost),
        },
    )


def _in_thread(
    facts: Facts,
    ticket: Ticket,
    message: TicketMessage,
    kind: str,
    to: tuple[Mailbox, ...],
    for_whom: str,
    *,
    automatic: bool = True,
) -> MailDraft:
    thread = _thread(facts, ticket, Reader.INTERNAL)
    return MailDraft(
        kind=kind,
        key=f"{kind}:{ticket.ref}:{facts.entry.id}:{for_whom}",
        ticket=ticket.ref,
        to=to,
        reader=Reader.INTERNAL,
        automatic=automatic,
        subject=ticket.title,
        sender_name=facts.policy.service.name,
        answers=thread[-1] if thread else None,
        references=thread[:-1],
        context=context(facts, ticket, message),
    )


def _thread(facts: Facts, ticket: Ticket, reader: Reader) -> tuple[str, ...]:
    """Message-IDs of the ticket that *reader* has in the mailbox, oldest first, for References.

    Ids of internal mails stay inside: they tell nothing, but a client's program cannot thread by them either.
    """
    kept = []
    for message_id in facts.thread.get(ticket.ref, ()):
        own = read_message_id(facts.policy.secret, message_id)
        internal = own is not None and own.kind not in CLIENT_KINDS
        if not (internal and reader is Reader.CLIENT):
            kept.append(message_id)
    return tuple(kept)


def _client_language(ticket: Ticket) -> str:
    language = ticket.issue.language or "en"
    return language if language in CLIENT_LANGUAGES else "en"
