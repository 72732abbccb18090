"""Who is who at the client: roles from signatures, headers and text; who decides; who reports to whom."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from mailroute.briefs.relations import ABOVE, ABOVE_AFTER, AWAY, RANKS, SIGNS
from mailroute.domain.account import AccountLine, LineKind
from mailroute.domain.address import address_key, domain_of
from mailroute.domain.brief import BriefLine, ClientBook, Section
from mailroute.domain.ticket import Role, TicketRef

MOST_PEOPLE = 12


@dataclass(slots=True)
class Person:
    """Somebody at the client, gathered from all that names them."""

    name: str
    addresses: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    titles: list[tuple[str, datetime | None, TicketRef | None]] = field(default_factory=list)
    """Job titles with when and where each was seen; the newest last."""
    wrote: int = 0
    last_at: datetime | None = None
    last_ticket: TicketRef | None = None
    boss: str | None = None
    """Key of the person they report to."""
    boss_words: AccountLine | None = None

    @property
    def title(self) -> str | None:
        """What they were called last."""
        return self.titles[-1][0] if self.titles else None

    @property
    def rank(self) -> int:
        """How far up."""
        if self.title is None:
            return 0
        return next((rank for rank, pattern in RANKS if pattern.search(self.title)), 1)


def name_key(name: str) -> str:
    """The same for `Lee, Ann`, `ann lee` and `Dr. Ann Lee`."""
    turned = " ".join(reversed(name.split(",", 1))) if name.count(",") == 1 else name
    words = re.findall(r"[^\W\d_]+", turned.casefold())
    return " ".join(
        word for word in words if word not in {"dr", "mr", "mrs", "ms", "prof", "herr", "frau", "mme"}
    )


def people_of(book: ClientBook) -> dict[str, Person]:
    """Everybody known at the client, by `name_key`: the directory's people, those who wrote, those who were named."""
    found: dict[str, Person] = {}
    for client in book.directory.clients:
        if client.organisation == book.organisation.id:
            person = found.setdefault(name_key(client.name), Person(client.name))
            person.addresses += client.emails
            if client.title:
                person.titles.append((client.title, None, None))
    for line in book.lines:
        if line.role is not Role.CLIENT:
            continue
        _count(found, line)
        if line.kind is LineKind.PERSON:
            _learn(found, line, book)
    _above(found, book)
    return found


def _count(found: dict[str, Person], line: AccountLine) -> None:
    """Who wrote, and when last; the mood line stands once for each message."""
    if line.kind is not LineKind.MOOD or not line.author.name:
        return
    person = found.setdefault(name_key(line.author.name), Person(line.author.name))
    person.wrote += 1
    person.last_at, person.last_ticket = line.at, line.ticket
    if line.author.address and address_key(line.author.address) not in map(address_key, person.addresses):
        person.addresses.append(line.author.address)


def _learn(found: dict[str, Person], line: AccountLine, book: ClientBook) -> None:
    """What a message tells of somebody; people of other firms are left out."""
    key = name_key(line.value)
    if not key or _is_ours(line.value, book):
        return
    if (
        line.key == "email"
        and book.organisation.domains
        and domain_of(line.words) not in book.organisation.domains
    ):
        return
    person = found.get(key)
    if person is None:
        if line.key not in {"role", "email"}:
            return  # a bare name may be anybody
        person = found[key] = Person(line.value)
    person.last_at = person.last_at or line.at
    person.last_ticket = person.last_ticket or line.ticket
    if line.key == "role" and (person.title or "").casefold() != line.words.casefold():
        person.titles.append((line.words, line.at, line.ticket))
    elif line.key == "phone" and line.words not in person.phones:
        person.phones.append(line.words)
    elif line.key == "email" and address_key(line.words) not in map(address_key, person.addresses):
        person.addresses.append(line.words)


def _is_ours(name: str, book: ClientBook) -> bool:
    return any(name_key(staff.name) == name_key(name) for staff in book.directory.staff)


def _above(found: Mapping[str, Person], book: ClientBook) -> None:
    """Who said who their manager is."""
    for line in _sentences(book):
        author = found.get(name_key(line.author.name or ""))
        match = ABOVE.search(line.words) or ABOVE_AFTER.search(line.words)
        if author is None or match is None:
            continue
        boss = _known(found, match["name"])
        if boss is not None and found[boss] is not author and not _is_above(found, author, boss):
            author.boss, author.boss_words = boss, line


def _is_above(found: Mapping[str, Person], person: Person, key: str) -> bool:
    """Whether *person* stands above the one with *key* already: a ring is no hierarchy."""
    step: str | None = key
    for _ in range(len(found)):
        if step is None:
            return False
        if found[step] is person:
            return True
        step = found[step].boss
    return True


def _known(found: Mapping[str, Person], name: str) -> str | None:
    """The person called so: by the whole name, or by a part that only one has."""
    key = name_key(name)
    if key in found:
        return key
    parts = set(key.split())
    alike = [one for one in found if parts and parts <= set(one.split())]
    return alike[0] if len(alike) == 1 else None


def _sentences(book: ClientBook) -> Iterator[AccountLine]:
    seen = set()
    for line in book.lines:
        if line.role is Role.CLIENT and (line.ticket, line.words) not in seen:
            seen.add((line.ticket, line.words))
            yield line


def who_is_who(book: ClientBook) -> Iterator[BriefLine]:
    """The people, highest first, each under whom they report to; then stand-ins and who is copied."""
    found = people_of(book)
    shown = sorted(found.values(), key=lambda one: (-one.rank, -one.wrote, one.name))[:MOST_PEOPLE]
    below: dict[str | None, list[Person]] = defaultdict(list)
    keys = {name_key(one.name) for one in shown}
    for person in shown:
        below[person.boss if person.boss in keys else None].append(person)
    yield from _tree(below, None, 0)
    yield from _says(book, found)
    yield from _copied(book)


def _tree(below: Mapping[str | None, list[Person]], key: str | None, depth: int) -> Iterator[BriefLine]:
    for person in below.get(key, ()):
        yield _person_line(person, depth)
        yield from _tree(below, name_key(person.name), depth + 1)


def _person_line(person: Person, depth: int) -> BriefLine:
    told = [at for _, at, _ in person.titles if at]
    return BriefLine(
        section=Section.WHO,
        code="person",
        about=name_key(person.name),
        values={
            "name": person.name,
            "title": person.title or "",
            "contact": ", ".join([*person.addresses[:2], *person.phones[:1]]),
            "mails": str(person.wrote),
        },
        words=person.boss_words.words if person.boss_words else None,
        at=told[-1] if told else person.last_at,
        ticket=person.last_ticket,
        depth=depth,
    )


def _says(book: ClientBook, found: Mapping[str, Person]) -> Iterator[BriefLine]:
    """Who has to sign, and who is away, in the client's words; the newest of each person."""
    newest: dict[tuple[str, str], BriefLine] = {}
    for line in _sentences(book):
        for code, pattern in (("decides", SIGNS), ("away", AWAY)):
            if match := pattern.search(line.words):
                name = next(value for value in match.groupdict().values() if value)
                key = _known(found, name) or name_key(name)
                newest[code, key] = BriefLine(
                    section=Section.WHO,
                    code=code,
                    about=key,
                    values={"name": found[key].name if key in found else name},
                    words=line.words,
                    at=line.at,
                    ticket=line.ticket,
                    line=line.id,
                )
    yield from newest.values()


def _copied(book: ClientBook) -> Iterator[BriefLine]:
    """Whom somebody has had in copy on two tickets or more."""
    pairs: dict[tuple[str, str], list[TicketRef]] = defaultdict(list)
    newest: dict[tuple[str, str], datetime] = {}
    for ticket in book.tickets:
        for one in ticket.participants:
            if one.reason.code == "copied" and one.mailbox.key != ticket.requester.key:
                pair = (
                    _called(ticket.requester.name, ticket.requester.address),
                    _called(one.mailbox.name, one.mailbox.address),
                )
                pairs[pair].append(ticket.ref)
                newest.setdefault(pair, ticket.updated_at)
    for (author, copied), refs in pairs.items():
        if len(refs) > 1:
            yield BriefLine(
                section=Section.WHO,
                code="copies",
                about=f"{author}>{copied}",
                values={"name": author, "other": copied, "times": str(len(refs))},
                at=newest[author, copied],
                ticket=refs[0],
            )


def _called(name: str | None, address: str | None) -> str:
    return name or address or "somebody"
