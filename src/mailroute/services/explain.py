"""What the service would do with a message, without doing it: the same reading and deciding on an empty store."""

from collections.abc import Callable
from datetime import datetime

from mailroute.domain.decisions import Action, Facts, InboxEntry, Outcome, Placement, Reading
from mailroute.domain.directory import Directory
from mailroute.domain.errors import Unreadable
from mailroute.domain.issue import Issue
from mailroute.domain.parsed import ParsedMail
from mailroute.domain.policy import Policy
from mailroute.domain.reasons import Reason
from mailroute.domain.received import InboxId, ReceivedMail
from mailroute.domain.ticket import Routing, TicketRef
from mailroute.services import views
from mailroute.services.decide import decide
from mailroute.services.gather import who

Read = Callable[[bytes, Directory], Reading]


def explain(
    mail: ReceivedMail, *, read: Read, directory: Directory, policy: Policy, now: datetime
) -> views.View:
    """The explain object of *mail* (schema 1); a message that cannot be read is explained as quarantined."""
    source = mail.source or "-"
    try:
        reading = read(mail.raw, directory)
    except Unreadable as why:
        return _unread(source, why)
    entry = InboxEntry(
        id=InboxId(1),
        envelope=mail.envelope,
        channel=mail.channel,
        received_at=mail.received_at,
        source=mail.source,
        vouched=mail.vouched,
        sha256="",
    )
    facts = facts_alone(entry, reading, directory=directory, policy=policy, now=now)
    return _view(source, reading, facts, decide(facts))


def facts_alone(
    entry: InboxEntry, reading: Reading, *, directory: Directory, policy: Policy, now: datetime
) -> Facts:
    """What is known of a message by itself, as if the store were empty."""
    identity, tokens = who(reading, entry, directory, policy)
    return Facts(
        entry=entry,
        reading=reading,
        identity=identity,
        directory=directory,
        policy=policy,
        now=now,
        next_ref=TicketRef(1),
        tokens=tokens,
    )


def _view(source: str, reading: Reading, facts: Facts, outcome: Outcome) -> views.View:
    parsed = reading.parsed
    placement = views.placement(outcome.placement)
    if outcome.placement.action is Action.OPEN:
        placement["ticket"] = None  # it would be opened; nothing is
    return {
        "schema": views.SCHEMA,
        "source": source,
        "message": views.message(parsed),
        "automatic": views.automatic(parsed),
        "authentication": {
            "verdict": str(facts.entry.vouched or parsed.authentication.verdict),
            "evidence": list(parsed.authentication.evidence),
        },
        "body": views.body(parsed.body),
        "forwarded": views.forwarded(parsed.forwarded),
        "issue": {**views.issue(reading.issue), "text": _issue_text(parsed, facts)},
        "identity": views.identity(facts.identity),
        "placement": placement,
        "routing": views.routing(outcome.routing or Routing()),
        "outgoing": _outgoing(outcome),
    }


def _issue_text(parsed: ParsedMail, facts: Facts) -> str:
    """What the offsets of the card count in."""
    from mailroute.extraction import issue_text  # its tables take a while, and only `explain` needs them here

    return issue_text(parsed, facts.directory, facts.policy.service)


def _outgoing(outcome: Outcome) -> list[views.View]:
    sent = [
        {"kind": draft.kind, "to": to.address, "send": True, "reason": None}
        for draft in outcome.drafts
        for to in (*draft.to, *draft.cc)
    ]
    silent = [
        {"kind": silence.kind, "to": silence.to, "send": False, "reason": silence.reason}
        for silence in outcome.silences
    ]
    return sent + silent


def _unread(source: str, why: Unreadable) -> views.View:
    """The object of a message that is over the limits of reading."""
    reason = Reason(why.code, why.evidence)
    nothing = ParsedMail(defects=(f"{why.code}: {why.evidence}",))
    quarantined = Placement(action=Action.QUARANTINE, reasons=(reason,))
    return {
        "schema": views.SCHEMA,
        "source": source,
        "message": views.message(nothing),
        "automatic": None,
        "authentication": {"verdict": "none", "evidence": []},
        "body": views.body(nothing.body),
        "forwarded": None,
        "issue": {**views.issue(Issue()), "text": ""},
        "identity": {
            "role": "stranger",
            "client": None,
            "organisation": None,
            "rep": None,
            "on_behalf_of": None,
            "reasons": [],
        },
        "placement": views.placement(quarantined),
        "routing": views.routing(Routing()),
        "outgoing": [],
    }
