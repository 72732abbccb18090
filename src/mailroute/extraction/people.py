"""People: the writer by headers and sign-off, others by title, role and the trained recogniser."""

import re
from collections.abc import Iterator

from mailroute.domain.issue import Issue, Person
from mailroute.extraction.reading import Reading
from mailroute.extraction.signature import name_tokens, phones
from mailroute.extraction.wordlists import words

ROLE_WORDS = re.compile(
    r"\b(?:manager|director|head|lead|leader|officer|engineer|planner|coordinator|assistant|analyst|buyer|accountant|accounts|finance|owner|partner|"
    r"founder|president|chair\w*|ceo|cto|cfo|coo|cio|md|vp|secretary|clerk|supervisor|foreman|technician|operator|administrator|admin|consultant|architect|"
    r"designer|developer|editor|chef|nurse|nursing|doctor|surgeon|teacher|receptionist|principal|controller|specialist|representative|executive|procurement|"
    r"purchasing|logistics|quality|qa|stores|dispatch\w*|sales|marketing|operations|maintenance|facilities|it|hr|"
    r"leiter\w*|leitung|geschäftsführ\w+|einkauf|einkäufer\w*|buchhaltung|werkleiter\w*|disponent\w*|meister\w*|monteur\w*|polier|inhaber\w*|vertrieb|instandhaltung|"
    r"hausleitung|sachbearbeiter\w*|ingenieur\w*|techniker\w*|prokurist\w*|assistenz|"
    r"directeur|directrice|responsable|gérante?|chef|cheffe|comptab\w+|acheteu\w+|technicien\w*|assistante?|ingénieure?|chargée?|secrétaire|adjointe?)\b",
    re.IGNORECASE,
)
TITLED = re.compile(
    r"\b(?P<title>Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Herrn?|Frau|Madame|Monsieur|Mme|Mlle|M)\.?\s+"
    r"(?P<name>(?:[A-ZÄÖÜÉ][\w'’-]+|[A-Z]\.)(?:\s+(?:van|von|de|der|den|di|da|la|le|el|al|Mc|[A-ZÄÖÜÉ][\w'’-]+)){0,3})"
)
NAME = r"(?:[A-ZÄÖÜÉ][a-zà-ÿ'’-]+|[A-Z]\.)(?:\s+(?:van|von|de|der|den|di|da|al|el))*(?:[\s-]+[A-ZÄÖÜÉ][\w'’-]+){1,2}"
ROLE_BEFORE = re.compile(
    rf"\b(?:our|my|your|the|new|unser\w*|ihr\w*|notre|votre)\s+(?P<role>(?:[\w-]+\s+){{0,3}}?[\w-]+)\s+(?P<name>{NAME})"
)
ROLE_AFTER = re.compile(
    rf"(?P<name>{NAME})\s*(?:,|\()\s*(?:our|my|the|your|unser\w*|notre)?\s*(?P<role>(?:[\w&-]+\s+){{0,3}}[\w&-]+)\s*(?:,|\)|\.|$)"
)
NAME_PAIR = re.compile(rf"(?<![\w.])(?P<name>{NAME})")
FIRST_WORDS_NEVER = frozenset(words(
    "the a an our your my dear hi hello please thanks thank good kind best we i if in on at for to from monday tuesday wednesday thursday friday "
    "saturday sunday january february march april may june july august september october november december project unit dock new old"
))  # fmt: skip


def find_people(reading: Reading, _found: Issue) -> tuple[Person, ...]:
    """The writer first, then everyone else with a full name, a title, a role or a number."""
    people: dict[frozenset[str], Person] = {}
    for person in (*_writer(reading), *_others(reading)):
        key = name_tokens(person.name)
        old = next((k for k in people if key and (key <= k or k <= key)), None)
        if old is None:
            people[key] = person
        else:
            people[old] = _merged(people[old], person)
    return tuple(people.values())


def _merged(a: Person, b: Person) -> Person:
    return Person(name=a.name or b.name, role=a.role or b.role, organisation=a.organisation or b.organisation,
                  phone=a.phone or b.phone, email=a.email or b.email)  # fmt: skip


def _writer(reading: Reading) -> Iterator[Person]:
    sender = reading.sender
    if sender is None or not (sender.name or sender.address):
        return
    role, organisation, name = None, None, None
    for segment in _segments(reading.sign_off.text):
        if name_tokens(segment) & name_tokens(sender.name) and name is None:
            name = segment
        elif (
            role is None
            and ROLE_WORDS.search(segment)
            and len(segment) < 60
            and not re.search(r"[.!?]\s", segment)
        ):
            role = segment
        elif (
            name
            and organisation is None
            and re.fullmatch(r"[A-ZÄÖÜÉ][\w&.'’ -]{2,50}", segment)
            and not phones(segment)
        ):
            organisation = segment
    numbers = phones(reading.sign_off.text)
    yield Person(name=sender.name or name, role=role, organisation=organisation, phone=numbers[0] if numbers else None,
                 email=sender.address)  # fmt: skip


def _segments(sign_off: str) -> list[str]:
    parts = re.split(r"\n|,\s+|\s+[|·•–]\s+|\s+-\s+|\.\s+(?=[A-Z])", sign_off)
    return [p.strip(" .,/~*-\t") for p in parts if p.strip(" .,/~*-\t")]


def _others(reading: Reading) -> Iterator[Person]:
    prose = reading.text[: reading.prose_end]
    for match in TITLED.finditer(prose):
        yield Person(name=f"{match['title']} {match['name']}")
    for pattern in (ROLE_BEFORE, ROLE_AFTER):
        for match in pattern.finditer(prose):
            if ROLE_WORDS.search(match["role"]) and match["name"].split()[0].lower() not in FIRST_WORDS_NEVER:
                yield Person(name=match["name"], role=match["role"])
    yield from _recognised(reading)


def _recognised(reading: Reading) -> Iterator[Person]:
    """By the trained recogniser, asked only about sentences with two capitals in a row."""
    if reading.model.blank:
        return
    asked = [s.text for s in reading.sentences if NAME_PAIR.search(s.text[1:])]
    for doc in reading.model.read(asked):
        for entity in doc.ents:
            if (
                entity.label_ == "PERSON"
                and 2 <= len(entity.text.split()) <= 4
                and re.fullmatch(NAME, entity.text)
            ):
                yield Person(name=entity.text)
