"""What is offered to one of us to send to a client who does not answer, and what they say to it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mailroute.domain.ticket import TicketRef


class Tone(StrEnum):
    """In which voice a client is asked again; also the first part of the event's name and of the mail's kind."""

    NUDGE = "nudge"
    """The rep's: friendly, on the PM's side."""
    FIRM = "firm"
    """The PM's: what is missing, and what does not happen until it comes."""


class Word(StrEnum):
    """What somebody answers to an offer."""

    SEND = "send"
    """As it is."""
    EDITED = "edited"
    """In their own words."""
    LATER = "later"
    NO = "no"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A text ready to go to the client, as it stands in the ticket's history."""

    ticket: TicketRef
    tone: Tone
    key: str
    """Of the draft in the outbox."""
    staff: str
    """Staff id of who got it."""
    words: str
    question: str
    """What we asked."""
    at: datetime
    settled: str | None = None
    """The event that settled it: sent, postponed, declined; None while it is open."""
