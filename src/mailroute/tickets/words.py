"""The messages that an entry brings to a ticket: the client's words, and ours above them."""

from dataclasses import dataclass, replace

from mailroute.domain.decisions import Facts
from mailroute.domain.ticket import Audience, Role, TicketMessage, Via


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is new in a message: the client's words, and one of us speaking above them. One of them is there."""

    client: TicketMessage | None
    staff: TicketMessage | None


def new_words(facts: Facts, *, audience: Audience, client_text: str, fingerprint: str) -> Words:
    """The messages that an entry brings to a ticket.

    Args:
        facts: what is known.
        audience: who may read what one of us says here.
        client_text: the client's own words; empty when one of us speaks for nobody.
        fingerprint: of those words.
    """
    identity, parsed = facts.identity, facts.reading.parsed
    base = TicketMessage(
        entry=facts.entry.id,
        source=facts.entry.source,
        author=identity.author,
        role=identity.role,
        via=identity.via,
        audience=Audience.PUBLIC,
        at=parsed.date or facts.entry.received_at,
        message_id=parsed.message_id,
        text=client_text,
        fingerprint=fingerprint,
    )
    if identity.staff is None:
        return Words(client=base, staff=None)
    if identity.on_behalf_of is None:
        return Words(client=None, staff=replace(base, audience=audience, text=parsed.body.fresh))
    client = replace(base, author=identity.requester, role=Role.CLIENT)
    note = parsed.forwarded.note if parsed.forwarded else parsed.body.fresh
    if not note or not note.strip():
        return Words(client=client, staff=None)
    aside = replace(base, audience=Audience.INTERNAL, text=note, fingerprint="", via=Via.DIRECT)
    return Words(client=client, staff=aside)
