"""Reading everything that a decision needs, inside the transaction that will apply it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from mailroute.directory.freemail import is_freemail
from mailroute.directory.identify import identify
from mailroute.directory.lookup import staff_of
from mailroute.domain.address import Mailbox, address_key, domain_of
from mailroute.domain.decisions import Facts, Identity, InboxEntry, Reading, SeenMessage, UndeliveredMail
from mailroute.domain.directory import Directory, StaffRole
from mailroute.domain.learned import LearnedModel
from mailroute.domain.outgoing import OutboxItem
from mailroute.domain.parsed import Automatic, ParsedMail
from mailroute.domain.policy import Policy
from mailroute.domain.reasons import Reason
from mailroute.domain.received import FolderRole, Verdict
from mailroute.domain.ticket import LinkKind, Ticket, TicketRef
from mailroute.domain.tokens import (
    ReplyAudience,
    ReplyToken,
    read_message_id,
    read_reply_address,
    reply_address,
)
from mailroute.services.decide import client_words, words_fingerprint
from mailroute.services.gather_commands import with_what_commands_need
from mailroute.services.gather_replies import with_what_replies_need
from mailroute.services.gather_told import with_what_was_told
from mailroute.store import lessons, messages, outbox, returned, silences, tickets
from mailroute.store.session import Connection
from mailroute.threads.marks import SUBJECT_MARK, body_markers
from mailroute.threads.matter import resembling
from mailroute.threads.placement import subject_and_words
from mailroute.threads.same_words import near_copy

RECENT = timedelta(days=30)
"""How far back an organisation's open tickets are looked at for the same matter."""
EARLIER = 10
"""Tickets of an organisation among which the PM of the same matter is looked for."""
LATELY = timedelta(days=7)
"""How far back a client's mails are compared word by word: one mail comes by two ways within days."""
MOST_LATELY = 30
"""Mails that are compared."""
MAX_IDS = 40
"""Message-IDs of one message that are looked up: the nearest ones; longer chains are cut by mail programs, too."""

OF_TICKETS = frozenset({ReplyAudience.CLIENT, ReplyAudience.INTERNAL})
"""Reply addresses whose number is that of a ticket."""

MOST_STEPS = 20
"""From a merged ticket to the one that takes its mail; people do not merge so often."""


def reply_tokens(parsed: ParsedMail, entry: InboxEntry, policy: Policy) -> tuple[ReplyToken, ...]:
    """Genuine reply addresses of ours among all recipients: envelope, Delivered-To, To and Cc; each once."""
    addresses = [*entry.envelope.rcpt_to, *parsed.delivered_to]
    addresses += [m.address for m in (*parsed.to, *parsed.cc) if m.address]
    own = policy.service.own_addresses
    found = (read_reply_address(policy.secret, own, address) for address in addresses)
    return tuple(dict.fromkeys(token for token in found if token))


def who(
    reading: Reading, entry: InboxEntry, directory: Directory, policy: Policy
) -> tuple[Identity, tuple[ReplyToken, ...]]:
    """Identity and reply tokens: known before the transaction, since the lock depends on them."""
    tokens = reply_tokens(reading.parsed, entry, policy)
    is_reply = any(token.audience is not ReplyAudience.BOUNCE for token in tokens)
    vouched = Verdict.PASS if _is_owners_own(reading.parsed, entry, directory) else entry.vouched
    identity = identify(reading.parsed, directory, policy, vouched=vouched, is_reply=is_reply)
    return _with_owner(identity, entry, directory), tokens


def _is_owners_own(parsed: ParsedMail, entry: InboxEntry, directory: Directory) -> bool:
    """Whether it is mail by the one whose login opens the folder, in which nobody else can put mail."""
    if entry.folder not in {FolderRole.SENT, FolderRole.ISSUES} or not entry.owner or parsed.sender is None:
        return False
    owner, author = staff_of(Mailbox(None, entry.owner), directory), staff_of(parsed.sender, directory)
    return owner is not None and author is not None and owner.id == author.id and parsed.sender_is_sole


def _with_owner(identity: Identity, entry: InboxEntry, directory: Directory) -> Identity:
    """What a client wrote into a rep's inbox is that rep's, whoever has the account."""
    owner = staff_of(Mailbox(None, entry.owner), directory) if entry.owner else None
    if entry.folder is not FolderRole.INBOX_KNOWN or owner is None or identity.staff is not None:
        return identity
    if owner.role is not StaffRole.REP or identity.rep == owner.id:
        return identity
    why = Reason("owner-of-mailbox", f"{owner.name}'s {entry.folder} mailbox")
    return replace(identity, rep=owner.id, reasons=(*identity.reasons, why))


def lock_key(identity: Identity) -> str:
    """What must not be decided twice at once: all mail of one organisation, or of one requester."""
    return identity.organisation or identity.requester.key or str(identity.requester)


def gather(
    connection: Connection,
    entry: InboxEntry,
    reading: Reading,
    *,
    directory: Directory,
    policy: Policy,
    now: datetime,
    learned: LearnedModel | None = None,
) -> Facts:
    """All that the store knows about the matter of *reading*; cheap however large the store is."""
    identity, tokens = who(reading, entry, directory, policy)
    words = client_words(reading.parsed, identity, directory, policy.service)
    seen = tuple(
        messages.seen(
            connection,
            message_ids=_named_ids(reading.parsed),
            fingerprint=words_fingerprint(reading.parsed, identity, words),
            organisation=identity.organisation,
        )
    )
    found = _following(connection, _tickets(connection, reading.parsed, tokens, seen, policy))
    seen = tuple(replace(s, ticket=found[s.ticket].ref) if s.ticket in found else s for s in seen)
    recent = tickets.recent(
        connection,
        organisation=identity.organisation,
        requester_key=identity.requester.key,
        since=now - RECENT,
        limit=20,
    )
    recipients = [address_key(a) for a in (identity.requester.address, _lead(directory)) if a]
    facts = Facts(
        entry=entry,
        reading=reading,
        identity=identity,
        directory=directory,
        policy=policy,
        now=now,
        next_ref=tickets.next_ref(connection),
        tokens=tokens,
        tickets=found,
        seen=seen,
        recent=tuple(recent),
        bounced=_bounced(connection, reading.parsed, tokens, policy),
        open_counts=tickets.open_counts(connection),
        last_assigned=lessons.last_assigned(connection, team_members(directory)),
        earlier=() if found else _earlier(connection, identity, recent),
        learned=learned,
        sent_last_hour=silences.count_sent(connection, recipients, now - timedelta(hours=1)),
        sent_to_organisation=silences.count_sent_to_domains(
            connection, domains_of(identity, directory), now - timedelta(hours=1)
        ),
        automatic_today=silences.automatic_since(
            connection, now - timedelta(days=1), at_most=policy.sending.automatic_per_day
        ),
    )
    facts = _with_what_was_said_lately(connection, facts)
    # The thread of a ticket costs two reads, so only of those that the message can come to.
    alike = [one.ticket for one in resembling(facts, subject_and_words(facts)) if one.is_certain]
    if (copy := near_copy(facts)) and (there := facts.ticket(copy.ticket)):
        alike.insert(0, there)
    open_to_it = {ticket.ref: ticket for ticket in (*found.values(), *alike[:1])}
    merged = {ref: ticket.linked(LinkKind.MERGED_FROM) for ref, ticket in open_to_it.items()}
    facts = replace(facts, thread=messages.thread(connection, list(open_to_it), merged=merged))
    facts = with_what_was_told(connection, with_what_replies_need(connection, facts))
    return with_what_commands_need(connection, facts, list(open_to_it))


def _with_what_was_said_lately(connection: Connection, facts: Facts) -> Facts:
    """Where no mark names a ticket: the client's last mails, for comparing the words."""
    if facts.tickets or facts.reading.parsed.automatic is not None:
        return facts
    refs = [ticket.ref for ticket in facts.recent]
    written = messages.lately(connection, refs, since=facts.now - LATELY, limit=MOST_LATELY)
    return replace(facts, lately=tuple(written))


def team_members(directory: Directory) -> frozenset[str]:
    """Everybody who may have a turn."""
    return frozenset(member for team in directory.teams for member in team.members)


def tickets_before(connection: Connection, identity: Identity, ref: TicketRef) -> tuple[Ticket, ...]:
    """The client's tickets that routing saw when *ref* was opened."""
    return _earlier(connection, identity, (), before=ref)


def _earlier(
    connection: Connection, identity: Identity, recent: Sequence[Ticket], *, before: TicketRef | None = None
) -> tuple[Ticket, ...]:
    """The client's last tickets; of somebody of no organisation those that are not closed."""
    if identity.organisation is None:
        return tuple(recent)
    wanted = tickets.TicketFilter(organisation=identity.organisation)
    return tuple(tickets.listing(connection, wanted, limit=EARLIER, before=before))


def domains_of(identity: Identity, directory: Directory) -> tuple[str, ...]:
    """Mail domains of the requester's company; of a stranger the own one, unless it is a public provider's."""
    organisation = directory.organisations_by_id.get(identity.organisation or "")
    if organisation is not None:
        return tuple(domain.lower() for domain in organisation.domains)
    domain = domain_of(identity.requester.key or "")
    return () if not domain or is_freemail(domain) else (domain,)


def _lead(directory: Directory) -> str | None:
    return directory.lead.email if directory.lead else None


def _named_ids(parsed: ParsedMail) -> list[str]:
    """Every Message-ID that the message names: its own, those it answers, and those of what it forwards."""
    ids = [parsed.message_id, *parsed.in_reply_to, *reversed(parsed.references)]
    level = parsed.forwarded
    while level is not None:
        ids.append(level.message_id)
        level = level.inner
    if parsed.automatic:
        ids.append(parsed.automatic.about)
    return list(dict.fromkeys(i for i in ids if i))[:MAX_IDS]


def _tickets(
    connection: Connection,
    parsed: ParsedMail,
    tokens: tuple[ReplyToken, ...],
    seen: tuple[SeenMessage, ...],
    policy: Policy,
) -> Mapping[TicketRef, Ticket]:
    refs = [TicketRef(token.number) for token in tokens if token.audience in OF_TICKETS]
    refs += body_markers(parsed, policy)
    refs += [message.ticket for message in seen]
    refs += [ref for mark in SUBJECT_MARK.findall(parsed.subject[:500]) if (ref := TicketRef.read(mark))]
    return tickets.get_many(connection, list(dict.fromkeys(refs)))


def _following(connection: Connection, found: Mapping[TicketRef, Ticket]) -> Mapping[TicketRef, Ticket]:
    """Each of *found*, and where it leads, with the ticket that takes its mail now."""
    known = dict(found)
    for _ in range(MOST_STEPS):
        ahead = {one.leads_to for one in known.values() if one.leads_to} - set(known)
        if not ahead:
            break
        known |= tickets.get_many(connection, ahead)
    return {ref: _end(ref, known) for ref in known}


def _end(ref: TicketRef, known: Mapping[TicketRef, Ticket]) -> Ticket:
    ticket = known[ref]
    for _ in range(MOST_STEPS):
        if ticket.leads_to is None or ticket.leads_to not in known:
            break
        ticket = known[ticket.leads_to]
    return ticket


def _bounced(
    connection: Connection, parsed: ParsedMail, tokens: tuple[ReplyToken, ...], policy: Policy
) -> UndeliveredMail | None:
    """The mail of ours that a machine's message is about: by the return path that it came to, else by a Message-ID.

    Both only we can have made; the return path needs nothing of our mail inside the report.
    """
    item = next((found for t in tokens if (found := _sent_from(connection, t, policy))), None)
    if item is None and parsed.automatic is not None:
        own = (one for one in _named_ids(parsed) if one != parsed.message_id)
        ids = (one for one in own if read_message_id(policy.secret, one))
        item = next((found for one in ids if (found := outbox.find_by_message_id(connection, one))), None)
    if item is None:
        return None
    told = _answers(parsed.automatic) if parsed.automatic else {}
    return undelivered(item, told or dict.fromkeys(item.mail.rcpt_to, "bounced"))


def _sent_from(connection: Connection, token: ReplyToken, policy: Policy) -> OutboxItem | None:
    if token.audience is not ReplyAudience.BOUNCE:
        return None
    address = reply_address(policy.secret, policy.service.routing_address, token)
    return returned.find_by_return_path(connection, address)


def _answers(machine: Automatic) -> dict[str, str]:
    """What the report says of each recipient it names."""
    return {
        report.recipient: " ".join(filter(None, (report.status, report.diagnostic))) or "not delivered"
        for report in machine.reports
        if report.recipient
    }


def undelivered(item: OutboxItem, answers: Mapping[str, str]) -> UndeliveredMail:
    """A mail of the outbox as one that did not arrive."""
    return UndeliveredMail(
        id=item.id,
        kind=item.kind,
        ticket=item.ticket,
        subject=item.mail.subject,
        text=item.mail.text,
        written_at=item.created_at,
        answers=tuple(answers.items()),
    )
