"""What PMs, reps and the lead do with the mail that mailroute writes to them: ON, one row a kind of mail."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailroute.domain.outgoing import OutboxItem
from mailroute.testing.quarter.letters import Letter, Says, answer_to
from mailroute.testing.quarter.people import COLLEAGUES, Colleague
from mailroute.testing.quarter.world import Story, World

ASKS, ASKS_AGAIN, PROMISES, IDLE = 0.7, 0.12, 0.3, 0.04
"""Shares: of untold matters that a PM asks for, of told ones that are asked for nonetheless, of promises, of mails
that a PM leaves alone until somebody reminds them."""
KEEPS = 0.7
"""Share of promises that are kept in time."""
LINES = 0.08
"""Share of digests of which a line is answered."""
GIVES_UP = 0.3
"""Share of digests upon which a PM closes what has been silent for so long."""
_OLD = re.compile(r"^[-!] MR-(\d+) .*asked (?:1[5-9]|[2-9]\d) working days ago$", re.MULTILINE)
UNCLEAR = "who pays for the crane is not said, and there is no date for the test run"
STRANGER = "thank you for your interest. A colleague of sales will call you this week."


@dataclass(frozen=True, slots=True, kw_only=True)
class Got:
    """A mail of mailroute that one of us has got."""

    mail: OutboxItem
    reader: Colleague
    story: Story | None
    """Of its ticket; None when it is on none, or on one of a stranger or of our own."""
    at: datetime


Does = Callable[[World, Got], None]
"""What somebody does about a mail."""


def on_mail(world: World, got: Got) -> None:
    """One of us has got a mail."""
    if (does := ON.get(got.mail.kind)) is not None:
        does(world, got)


def _sender(one: Colleague) -> str:
    return f"{one.name} <{one.email}>"


def _word(world: World, got: Got, body: str, low: float, high: float) -> None:
    """Answer with words that are for mailroute itself."""
    letter = answer_to(got.mail, _sender(got.reader), body, Says.WORD)
    world.plan(world.later(got.at, low, high), lambda: letter, got.story)


def _works(world: World, got: Got) -> None:
    """A new matter, or a further word on one."""
    if got.story is None or got.reader.role != "pm":
        if got.reader.role == "lead":
            pm = world.rng.choice([one for one in COLLEAGUES if one.role == "pm"])
            _word(world, got, f"/assign {pm.id}\n", 0.5, 6)
        elif got.reader.role == "pm" and got.mail.kind == "ticket-assigned":
            _word(world, got, f"/resolve\n\nHello,\n\n{STRANGER}\n\n{got.reader.name}\n", 2, 12)
        return
    got.story.last = got.mail
    if not world.chance(IDLE):
        high = 9 if got.mail.kind == "ticket-assigned" else 14
        world.plan(world.later(got.at, 0.5, high), lambda: _answer_client(world, got), got.story)


def _answer_client(world: World, got: Got) -> Letter | None:
    story = got.story
    if story is None or story.last is None:
        return None
    if story.settled:
        closes = world.chance(0.5)
        return answer_to(story.last, _sender(got.reader), "/close\n", Says.WORD) if closes else None
    if asks := _to_ask(world, story):
        story.asked = asks
        questions = " ".join(story.fill(story.words.needs[key].question) for key in asks)
        return _to_client(world, story, got.reader, f"{story.words.we_ask[0]} {questions}", Says.QUESTION)
    if story.promised is None and world.chance(PROMISES):
        return _promises(world, story, got.reader, got.at)
    return _settles(world, story, got.reader, story.words.we_answer)


def _to_ask(world: World, story: Story) -> list[str]:
    """What the PM wants to know: what is missing, and now and then something that they have overlooked."""
    untold = [key for key in story.matter.needs if key not in story.told]
    if untold and world.chance(ASKS):
        return untold[:2]
    if story.told and not story.asked and world.chance(ASKS_AGAIN):
        return [world.rng.choice(sorted(story.told))]
    return []


def _promises(world: World, story: Story, reader: Colleague, now: datetime) -> Letter:
    day = (now + timedelta(days=world.rng.randrange(2, 5))).date()
    while day.weekday() >= 5:
        day += timedelta(days=1)
    story.promised = story.words.days[day.weekday()]
    due = now.replace(hour=9, minute=20) + (day - now.date())
    kept = world.chance(KEEPS)
    when = due if kept else due + timedelta(days=4)
    of = story.words.we_keep if kept else story.words.we_move
    world.plan(world.later(when, 0, 6), lambda: _settles(world, story, reader, of), story)
    text = world.pick(story.words.we_promise).format(day=story.promised)
    return _to_client(world, story, reader, text, Says.PROMISE)


def _settles(world: World, story: Story, reader: Colleague, of: tuple[str, ...]) -> Letter | None:
    if story.settled:
        return None
    story.settled = True
    return _to_client(world, story, reader, world.pick(of), Says.SETTLED)


def _to_client(world: World, story: Story, reader: Colleague, text: str, says: Says) -> Letter:
    assert story.last is not None, "a PM answers a mail that has come"
    first = "/resolve\n\n" if says is Says.SETTLED and world.chance(0.85) else ""
    body = f"{first}{story.words.hello[0]}\n\n{text}\n\n{reader.name}"
    return answer_to(story.last, _sender(reader), body, says, quote=12 if world.chance(0.4) else 0)


def _asked_twice(world: World, got: Got) -> None:
    """The question has been answered before: most drop it and write anew."""
    if not world.chance(0.8):
        _word(world, got, "send\n", 0.1, 1)
        return
    _word(world, got, "drop\n", 0.1, 1)
    if (story := got.story) is not None:
        story.asked.clear()
        world.plan(
            world.later(got.at, 2, 4),
            lambda: _settles(world, story, got.reader, story.words.we_answer),
            story,
        )


def _says(word: str, share: float = 1.0) -> Does:
    """Answers with one word, in *share* of all cases."""

    def answer(world: World, got: Got) -> None:
        if world.chance(share):
            _word(world, got, f"{word}\n\n{got.reader.name.split()[0]}\n", 0.1, 4)

    return answer


def _nudges(world: World, got: Got) -> None:
    """A rep reads the friendly text: it goes as it stands, in own words, later, or not at all."""
    [word] = world.rng.choices(("send", "own", "no", "later 2d", ""), (52, 18, 14, 8, 8))
    story = got.story
    if word == "own" and story is not None and story.asked:
        question = story.fill(story.words.needs[story.asked[0]].question)
        text = world.pick(story.words.nudge).format(question=question, first=story.person.name.split()[0])
        letter = answer_to(got.mail, _sender(got.reader), f"{text}\n{got.reader.name}")
        world.plan(world.later(got.at, 0.2, 5), lambda: letter, story)
    elif word and word != "own":
        _says(word)(world, got)


def _reminded(world: World, got: Got) -> None:
    if got.story is not None and got.reader.role == "pm" and world.chance(0.8):
        world.plan(world.later(got.at, 0.5, 5), lambda: _answer_client(world, got), got.story)


def _offered(world: World, got: Got) -> None:
    """A PM reads what is handed over: it is taken, returned, or left lying."""
    [body] = world.rng.choices(("/accept", f"/return {UNCLEAR}", ""), (65, 22, 13))
    if body:
        _word(world, got, f"{body}\n", 2, 20)


def _mends(world: World, got: Got) -> None:
    _word(
        world,
        got,
        "/handoff\n\nThe client pays for the crane. The test run is a week before the end.\n",
        2,
        24,
    )


def _morning(world: World, got: Got) -> None:
    """Now and then a line of the digest is answered; one rep wants it weekly."""
    if got.reader.id == "noah" and "noah-weekly" not in world.noted:
        world.noted.add("noah-weekly")
        _word(world, got, "/digest weekly\n", 0.5, 2)
        return
    if (long := _OLD.search(got.mail.mail.text)) and got.reader.role == "pm" and world.chance(GIVES_UP):
        _word(world, got, f"MR-{long[1]} /close\n", 0.5, 3)
        return
    named = [int(number) for number in re.findall(r"^[-!] MR-(\d+)", got.mail.mail.text, re.MULTILINE)]
    settled = [number for number in named if number in world.stories and world.stories[number].settled]
    if settled and world.chance(LINES):
        _word(world, got, f"MR-{settled[0]} /close\n", 0.5, 3)


ON: Mapping[str, Does] = {
    "ticket-assigned": _works,
    "follow-up": _works,
    "already-answered": _asked_twice,
    "held": _says("send"),
    "nudge-draft": _nudges,
    "firm-draft": _says("send", 0.7),
    "reminder": _reminded,
    "escalation": _says("/note I have asked them to see to it today.", 0.4),
    "handoff-offer": _offered,
    "handoff-returned": _mends,
    "digest": _morning,
}
