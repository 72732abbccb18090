"""GUARDS: what looks at a reply of ours before it goes to a client, and may make it wait for its author's word."""

from mailroute.services.ask_once import already_answered
from mailroute.tickets.stale import stale
from mailroute.tickets.waiting import Guard

GUARDS: tuple[Guard, ...] = (stale, already_answered)
"""All of them are asked; the reply waits as long as any that objects wants, and each one's question is mailed."""
