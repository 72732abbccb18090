"""What clients do with the mail that they get from us."""

from datetime import datetime, timedelta

from mailroute.domain.outgoing import OutboxItem
from mailroute.testing.quarter.letters import Letter, Says, absent, answer_to, returned
from mailroute.testing.quarter.people import MOVED_AWAY
from mailroute.testing.quarter.world import Story, World

ANSWERS, LATER_DAYS = 0.6, 1.5
"""Share of our questions that are answered without being asked again, and how long that takes at most."""
NUDGED = 0.7
"""Share of the others that are answered when somebody asks again."""
AWAY = 0.03
"""Share of our mails that meet somebody who has just gone away."""
QUOTED = 14


def on_mail(world: World, story: Story, mail: OutboxItem, says: Says | None, now: datetime) -> None:
    """A client has got *mail*, made of a letter of ours that *says* something."""
    address = mail.to[0].address or ""
    if story.person is MOVED_AWAY:
        world.plan(now + timedelta(minutes=1), lambda: returned(mail, address), story)
        return
    if mail.kind == "ticket-opened":
        _wait_for_us(world, story, mail, now)
        return
    story.to_client = mail
    if _is_away(world, story, mail, address, now):
        return
    if mail.kind == "nudge" or (says is Says.OTHER and story.asked):
        if story.asked and world.chance(NUDGED):
            world.plan(world.later(now, 1, 20), lambda: _answer(world, story), story)
    elif says is Says.QUESTION:
        if world.chance(ANSWERS):
            world.plan(world.later(now, 0.5, 24 * LATER_DAYS), lambda: _answer(world, story), story)
    elif says is Says.PROMISE:
        world.plan(world.later(now, 24 * 6, 24 * 9), lambda: _chase(world, story), story)
    elif says is Says.SETTLED:
        if world.chance(0.4):
            world.plan(world.later(now, 0.5, 20), lambda: _thank(world, story), story)
        if world.chance(0.06):
            world.plan(world.later(now, 40, 24 * 8), lambda: _again(world, story), story)


def _wait_for_us(world: World, story: Story, mail: OutboxItem, now: datetime) -> None:
    story.to_client = mail
    if not _is_away(world, story, mail, mail.to[0].address or "", now):
        world.plan(world.later(now, 24 * 3, 24 * 5), lambda: _chase(world, story), story)


def _is_away(world: World, story: Story, mail: OutboxItem, address: str, now: datetime) -> bool:
    """Whether a responder answers instead of a person; once for each absence, as responders do."""
    until = world.away.get(address)
    if until is None or until < now.date():
        if mail.kind == "nudge" or not world.chance(AWAY):
            return False
        until = now.date() + timedelta(days=world.rng.randrange(2, 8))
        world.away[address] = until
        words = story.words
        subject = words.away_subject.format(subject=mail.mail.subject)
        told = words.away.format(
            until=f"{until:%d.%m.%Y}" if story.client.language != "en" else f"{until.day} {until:%B}"
        )
        world.plan(now + timedelta(minutes=1), lambda: absent(mail, _sender(story), subject, told), story)
    back = datetime.combine(until, now.timetz()) + timedelta(days=1)
    world.plan(world.later(back, 1, 6), lambda: _answer(world, story), story)
    return True


def _sender(story: Story) -> str:
    return f"{story.person.name} <{story.client.address(story.person)}>"


def _reply(world: World, story: Story, text: str) -> Letter | None:
    if story.to_client is None:
        return None
    name = story.person.name.split()[0] if story.client.short else story.person.name
    quote = QUOTED if world.chance(0.5) else 0
    return answer_to(story.to_client, _sender(story), f"{text}\n\n{name}", Says.OTHER, quote=quote)


def _answer(world: World, story: Story) -> Letter | None:
    if not story.asked:
        return None
    told = " ".join(story.fill(story.words.needs[key].answer) for key in story.asked)
    story.told |= set(story.asked)
    story.asked.clear()
    return _reply(world, story, told)


def _chase(world: World, story: Story) -> Letter | None:
    if story.settled or story.asked or story.chased > 2 or not world.chance(0.6):
        return None
    story.chased += 1
    words = story.words
    return _reply(world, story, story.fill(world.pick(words.angry if story.chased > 1 else words.chaser)))


def _thank(world: World, story: Story) -> Letter | None:
    praise = f" {world.pick(story.words.remarks['praise'])}" if world.chance(0.25) else ""
    return _reply(world, story, story.fill(world.pick(story.words.thanks)) + praise)


def _again(world: World, story: Story) -> Letter | None:
    story.settled = False
    return _reply(world, story, story.fill(world.pick(story.words.again)))
