"""GUARDS: what looks at a reply of ours before it goes to a client, and may make it wait for its author's word."""

from mailroute.services.ask_once import already_answered
from mailroute.tickets.stale import stale
from mailroute.tickets.waiting import Guard

GUARDS: tuple[Guard, ...] = (already_answered, stale)
"""All of them are asked, the weightiest first: the reply waits as long as any that objects wants, and the first one's
question is mailed, for one reply is one question."""
