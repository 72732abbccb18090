"""What people put right, as labelled mails: the mail that the client sent, with the values that they say are right."""

import json
from collections.abc import Callable, Iterator, Sequence
from email.headerregistry import Address
from itertools import groupby
from typing import Any

from mailroute.domain.decisions import InboxEntry, Reading
from mailroute.domain.directory import Directory
from mailroute.domain.policy import Policy
from mailroute.services.decide import named_project
from mailroute.services.evaluate import Known, Labelled, composed
from mailroute.services.explain import facts_alone
from mailroute.store import inbox
from mailroute.store.corrections import Correction
from mailroute.store.session import Connection


def corrected_mails(
    connection: Connection, corrections: Sequence[Correction], directory: Directory, policy: Policy
) -> Iterator[Labelled]:
    """One mail for each ticket and message, with all of its fields that were put right.

    It is the mail itself, read with the people who are known now; words that came by no mail are put into one.
    """
    ordered = sorted(corrections, key=_whose)
    for (_, entry_id), group in groupby(ordered, key=_whose):
        several = list(group)
        one = several[0]
        gold = dict(_gold(c) for c in several)
        entry = inbox.load(connection, one.entry) if entry_id and one.entry else None
        if entry is None:
            sender = Address("", addr_spec="client@mailroute.invalid")
            raw = composed(one.subject, one.text, sender, "desk@mailroute.invalid", one.at)
            yield Labelled(raw, gold, "", str(one.ref))
        else:
            known = _known(entry, directory, policy)
            yield Labelled(inbox.raw(connection, entry.id), gold, "", str(one.ref), directory, known)


def mails_of(corrections: Sequence[Correction]) -> int:
    """How many mails that makes."""
    return len({_whose(one) for one in corrections})


def _whose(one: Correction) -> tuple[int, int]:
    return one.ref.number, one.entry or 0


def _known(entry: InboxEntry, directory: Directory, policy: Policy) -> Callable[[Reading], Known]:
    def told(reading: Reading) -> Known:
        facts = facts_alone(entry, reading, directory=directory, policy=policy, now=entry.received_at)
        named = named_project(facts)
        return Known(named.project.key if named else None, facts.identity.requester.address)

    return told


def _gold(one: Correction) -> tuple[str, Any]:
    """The field as files of labelled mails name it, and what it should hold."""
    match one.field:
        case "title":
            return "title_has", [[word] for word in one.new.split()]
        case "asks" | "products":
            return one.field, [row["text"] for row in json.loads(one.new)]
        case "deadlines" | "references" | "people":
            return one.field, json.loads(one.new)
        case _:
            return one.field, one.new
