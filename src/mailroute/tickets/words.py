"""The messages that an entry brings to a ticket: the client's words, and ours above them."""

from dataclasses import dataclass, replace
from datetime import datetime

from mailroute.domain.decisions import Facts
from mailroute.domain.outgoing import CUT_MARK
from mailroute.domain.ticket import Audience, Role, TicketMessage, Via


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is new in a message: the client's words, and one of us speaking above them. One of them is there."""

    client: TicketMessage | None
    staff: TicketMessage | None


def new_words(
    facts: Facts, *, audience: Audience, client_text: str, fingerprint: str, said_at: datetime
) -> Words:
    """The messages that an entry brings to a ticket.

    Args:
        facts: what is known.
        audience: who may read what one of us says here.
        client_text: the client's own words; empty when one of us speaks for nobody, or quotes nothing.
        fingerprint: of those words.
        said_at: when the client wrote them.
    """
    identity, parsed = facts.identity, facts.reading.parsed
    base = TicketMessage(
        entry=facts.entry.id,
        source=facts.entry.source,
        author=identity.author,
        role=identity.role,
        via=identity.via,
        audience=Audience.PUBLIC,
        at=said_at,
        message_id=parsed.message_id,
        text=client_text,
        fingerprint=fingerprint,
    )
    if identity.staff is None:
        return Words(client=base, staff=None)
    base = replace(base, text=client_text if identity.on_behalf_of else parsed.body.fresh)
    if identity.on_behalf_of is None:
        return Words(client=None, staff=_ours(base, audience))
    client = replace(base, author=identity.requester, role=Role.CLIENT)
    if identity.via is Via.CC:  # written to the client: they have read it
        answer = replace(
            base, text=parsed.body.fresh, fingerprint="", at=parsed.date or facts.entry.received_at
        )
        return Words(client=client if client_text.strip() else None, staff=answer)
    note = parsed.forwarded.note if parsed.forwarded else parsed.body.fresh
    if not note or not note.strip():
        return Words(client=client, staff=None)
    passed_on_at = parsed.date or facts.entry.received_at
    aside = replace(
        base, audience=Audience.INTERNAL, text=note, fingerprint="", via=Via.DIRECT, at=passed_on_at
    )
    return Words(client=client, staff=aside)


def _ours(said: TicketMessage, audience: Audience) -> TicketMessage:
    """One of us speaking on a ticket: nothing from the cut mark on travels to the client.

    Words that stand below a mark alone may be an answer under a quote that was not recognised, or internal history:
    they stay inside, for a wrong note is mended in a minute and a leak never is.
    """
    above, mark, _ = said.text.partition(CUT_MARK)
    if not mark:
        return replace(said, audience=audience)
    words = above.rstrip(" \t>|\n")
    if words.strip():
        return replace(said, audience=audience, text=words)
    return replace(said, audience=Audience.INTERNAL)
