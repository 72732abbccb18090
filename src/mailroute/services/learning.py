"""Learning whose work mail is from people's reassignments: the model is made on demand and kept in the store."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from mailroute.domain.directory import Directory
from mailroute.domain.learned import LearnedModel
from mailroute.domain.policy import Policy
from mailroute.routing.learning import Example, marks, train
from mailroute.store import lessons
from mailroute.store.session import Connection, Store

MOST = 3000
"""Tickets that are learned from, the newest."""
UNTOUCHED_FOR_EACH = 10
"""Tickets that stayed where the rules had sent them, for each that a person moved: more would drown the lesson."""


@dataclass(slots=True)
class Lessons:
    """The model as it stands in the store, loaded again only when its version has changed."""

    _version: str | None = None
    _known: LearnedModel | None = None

    def current(self, connection: Connection) -> LearnedModel | None:
        """The present model; the same object as long as nothing changes."""
        version = lessons.model_version(connection)
        if version != self._version:
            self._version, self._known = version, lessons.load_model(connection)
        return self._known


def learn(store: Store, *, directory: Directory, policy: Policy, now: datetime) -> LearnedModel:
    """Train on what the store holds, keep the model, and hand it back with how well it did on mails left out."""
    with store.read() as connection:
        examples = list(_examples(connection, directory))
    model = train(examples, now=now, threshold=policy.routing.learned_threshold)
    with store.write() as connection:
        lessons.keep_model(connection, model)
    return model


def _examples(connection: Connection, directory: Directory) -> Iterator[Example]:
    given = lessons.given_by_people(connection, directory.staff_by_id)
    room = UNTOUCHED_FOR_EACH * len(given)
    for one in lessons.settled(connection, given, at_most=MOST):
        if one.pm not in directory.staff_by_id or (not one.given and (room <= 0 or not _shows(one))):
            continue
        room -= not one.given
        seen = marks(
            f"{one.title}\n{one.text}", organisation=one.organisation, project=one.project, kind=one.kind
        )
        yield Example(ticket=one.ref.number, marks=seen, staff=one.pm, given=one.given)


def _shows(one: lessons.Settled) -> bool:
    """Whether a ticket that nobody moved shows whose such work is: triage and deputies took it because they had to."""
    forced = {"deputy", "everybody-full"}
    return one.routing.rule != "triage-lead" and not forced & {reason.code for reason in one.routing.reasons}
