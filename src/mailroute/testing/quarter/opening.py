"""How a matter begins, and what comes besides: strangers, newsletters, sold work."""

from datetime import date, datetime, timedelta

from mailroute.testing.quarter.letters import Letter, Says
from mailroute.testing.quarter.people import (
    CLIENTS,
    COLLEAGUES,
    MOVED_AWAY,
    ROUTING_ADDRESS,
    Client,
    Colleague,
    Person,
)
from mailroute.testing.quarter.world import LANGUAGES, Story, World

TOLD, REMARKS = 0.6, 0.3
"""Shares: of what matters that is told at once, and of first mails with a remark for sales."""
RISING = "excel"
"""A wish that is heard more and more."""
FALLING = "service"
"""A complaint that is heard less and less."""


def begin_story(world: World, at: datetime) -> tuple[Story, Letter]:
    """Somebody of a client writes about something new, themselves or through their rep."""
    client = world.rng.choice(CLIENTS)
    person = client.people[-1] if world.chance(0.7) else client.people[0]
    if client == CLIENTS[1] and world.chance(0.04):
        person = MOVED_AWAY
    matter = world.rng.choice(LANGUAGES[client.language].matters)
    story = Story(
        client=client, person=person, matter=matter, facts=_facts(world, client, person, at), told=set()
    )
    story.told = {key for key in matter.needs if world.chance(TOLD)}
    text = _first_words(world, story, at)
    if world.chance(0.15):
        return story, _forwarded(client, person, story, text, at)
    sender = f"{person.name} <{client.address(person)}>"
    subject = story.fill(matter.subject)
    return story, Letter(sender=sender, to=ROUTING_ADDRESS, subject=subject, body=text, says=Says.MATTER)


def _facts(world: World, client: Client, person: Person, at: datetime) -> dict[str, str]:
    rng = world.rng
    thing = rng.choice(client.things)
    colleague = rng.choice([one for one in client.people if one is not person] or [person])
    day = (at - timedelta(days=rng.randrange(1, 6))).date()
    return {
        "thing": thing,
        "Thing": thing[:1].upper() + thing[1:],
        "serial": f"{rng.choice(('NW', 'KX', 'PT'))}-{rng.randrange(10000, 99999)}",
        "error": f"{rng.choice('EFH')}{rng.randrange(10, 99)}",
        "version": f"{rng.randrange(2, 9)}.{rng.randrange(0, 20)}",
        "order": f"PO-{rng.randrange(10000, 99999)}",
        "invoice": f"INV-{rng.randrange(10000, 99999)}",
        "quantity": str(rng.choice((2, 4, 6, 10, 12))),
        "street": f"{rng.randrange(1, 80)} Harbour Road, gate {rng.randrange(1, 5)}",
        "date": f"{day:%d.%m.%Y}" if client.language == "de" else f"{day.day} {day:%B}"
        if client.language == "en" else f"{day:%d/%m/%Y}",
        "colleague": colleague.name,
        "email": f"{colleague.user}@{client.domain}",
        "first": person.name.split()[0],
    }  # fmt: skip


def _first_words(world: World, story: Story, at: datetime) -> str:
    words, client = story.words, story.client
    told = [story.fill(words.needs[key].told) for key in story.matter.needs if key in story.told]
    parts = [" ".join([story.fill(world.pick(story.matter.problem)), *told]), world.pick(story.matter.ask)]
    if world.chance(REMARKS):
        parts.append(_remark(world, story, at))
    hello = [] if client.short and world.chance(0.6) else [world.pick(words.hello)]
    return "\n\n".join([*hello, *parts, _signature(world, story)])


def _remark(world: World, story: Story, at: datetime) -> str:
    """What sales should hear: some of it more often as the quarter goes on, some of it less."""
    share = (at - world.begin) / (world.end - world.begin)
    themes = story.words.remarks
    weights = [
        2 + 4 * share if key == RISING else 3 * (1 - share) if key == FALLING else 1.5 for key in themes
    ]
    [theme] = world.rng.choices(list(themes), weights)
    return world.pick(themes[theme])


def _signature(world: World, story: Story) -> str:
    client, person = story.client, story.person
    if client.short:
        return person.name
    return f"{world.pick(story.words.bye)}\n{person.name}\n{person.title}\n{client.name}"


def _forwarded(client: Client, person: Person, story: Story, text: str, at: datetime) -> Letter:
    rep = next(one for one in COLLEAGUES if one.id == client.rep)
    written = at - timedelta(minutes=50)
    subject = story.fill(story.matter.subject)
    body = (
        f"Could one of you take this, please?\n\n{rep.name}\n\n---------- Forwarded message ---------\n"
        f"From: {person.name} <{client.address(person)}>\nDate: {written:%a, %d %b %Y at %H:%M}\n"
        f"Subject: {subject}\nTo: {rep.name} <{rep.email}>\n\n\n{text}\n"
    )
    sender = f"{rep.name} <{rep.email}>"
    return Letter(sender=sender, to=ROUTING_ADDRESS, subject=f"Fwd: {subject}", body=body, says=Says.MATTER)


NEWS = (
    ("Trade fair news", "Visit us in hall 7. Early birds save a fifth on their tickets until Friday."),
    ("Your weekly steel prices", "Steel is down two per cent this week. Read more in our members' area."),
    ("Webinar: safe lifts", "Join our free webinar on Thursday at ten and learn all about safe lifts."),
)


def newsletter(world: World) -> Letter:
    """Bulk mail that has found our address."""
    subject, text = world.rng.choice(NEWS)
    issue = world.rng.randrange(100, 999)
    return Letter(
        sender="Industry Weekly <news@industryweekly.example>",
        to=ROUTING_ADDRESS,
        subject=subject,
        body=f"{text}\n\nYou get this mail because you subscribed to it. Unsubscribe at any time.",
        headers=(
            ("List-Id", "Industry Weekly <news.industryweekly.example>"),
            ("List-Unsubscribe", f"<https://industryweekly.example/u/{issue}>"),
            ("Precedence", "bulk"),
        ),
    )


STRANGERS = (
    ("Do you service cold rooms?", ("we run a small bakery and have a cold room that is twelve years old. Do you"
     " look after such rooms, and what would it cost a year?")),
    ("Gate for our yard", "we would like a price for a sliding gate of six metres. Whom may we talk to?"),
    ("Question about your pumps", "can your pumps be used with sea water? We are planning a small fish farm."),
)  # fmt: skip


def stranger(world: World) -> Letter:
    """Somebody whom we do not know asks for something."""
    subject, text = world.rng.choice(STRANGERS)
    name = (
        world.rng.choice(("Alva", "Bertil", "Cora", "Dario", "Elin"))
        + " "
        + world.rng.choice(("Stone", "Mills", "Birk"))
    )
    user = name.lower().replace(" ", ".")
    return Letter(
        sender=f"{name} <{user}@{user.split('.')[1]}-works.example>",
        to=ROUTING_ADDRESS,
        subject=subject,
        body=f"Hello,\n\n{text}\n\nThank you\n{name}",
    )


SOLD = (
    ("borealis", "Second booster station", "a second booster station with piping", "the foundation"),
    ("fenwick", "New drying section", "the fans and the heat recovery of the drying section", "the electric supply"),
    ("quayside", "Gates for the north yard", "three gates with drives, the old ones removed", "the paving"),
    ("maltby", "Cold room extension", "a cold room of 80 square metres with two doors", "the drains"),
    ("lumen", "Ventilation of the new wing", "ventilation and room controls for twelve rooms", "the ceilings"),
    ("kranz", "Kühlhaus 4", "a cold store with two compressors", "the drains"),
    ("tarnside", "Second emergency generator", "a generator of 400 kW with its controls", "the foundation"),
    ("holzer", "Tore für Halle 5", "four gates with drives", "the paving"),
    ("ravel", "Chambre froide 3", "a cold room for the brewery", "the walls"),
    ("seeblick", "Lüftung OP 4", "the air handling of theatre 4", "the ceilings"),
    ("vogt", "Trockner 2", "a dryer with its extraction", "the electric supply"),
    ("morel", "Ascenseur D", "a bed lift over five floors", "the shaft"),
)  # fmt: skip
"""Client, what it is called, what is sold and what is not; one hand-off after the other."""


def sold_work(world: World, at: datetime, number: int) -> Letter:
    """A rep hands sold work over; what they forget is asked of them."""
    whose, what, scope, not_in = SOLD[(number - 1) % len(SOLD)]
    client = next(one for one in CLIENTS if one.id == whose)
    rep = next(one for one in COLLEAGUES if one.id == client.rep)
    taker = next(one for one in COLLEAGUES if one.id == client.pm)
    start, end = at.date() + timedelta(days=21), at.date() + timedelta(days=63)
    lines = [
        f"/handoff {taker.id}",
        "",
        f"{client.name} signed yesterday, order PO-{7700 + number}.",
        "",
        f"Scope: {scope}",
        f"Not in scope: {not_in}",
        f"Dates: start on {_day(start)}, ready by {_day(end)}",
        f"People: {client.people[0].name} decides, {client.people[-1].name} is on site",
    ]
    if world.chance(0.6):
        lines.append(f"Promised: a test run a week before {_day(end)}")
    if world.chance(0.6):
        lines.append(f"Price: {world.rng.randrange(20, 95)},000 EUR, a third up front")
    return from_colleague(rep, f"{what} at {client.name}", "\n".join([*lines, "", rep.name.split()[0]]))


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def from_colleague(one: Colleague, subject: str, body: str, says: Says = Says.OTHER) -> Letter:
    """A mail of one of us to the routing address."""
    return Letter(
        sender=f"{one.name} <{one.email}>", to=ROUTING_ADDRESS, subject=subject, body=body, says=says
    )
