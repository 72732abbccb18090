"""Believable mail for the benchmarks, all of it invented: the same number and seed give the same bytes.

    python tests/bench/generate.py FOLDER [--count 1000] [--seed 7]     writes NNNN.eml and directory.toml

Of 200 clients in 50 organisations: 60 % new issues of about 150 words, 15 % the same as text and HTML with a
signature, 10 % answers with quote and In-Reply-To, 10 % forwards by 6 reps, 5 % with a file of 200 KB.
"""

import argparse
import base64
import html
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

ROUTING_ADDRESS = "issues@northwind.example"
BORDER = "mx.northwind.example"
ORGANISATIONS = 50
CLIENTS_EACH = 4
REPS = 6
PMS = 8
FIRST = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
FILE_BYTES = 200 * 1024

_GIVEN = (
    "Ann", "Bruno", "Carla", "Derek", "Elif", "Frank", "Greta", "Hamid", "Irene", "Jonas", "Katya", "Liam",
    "Mara", "Nils", "Oona", "Petra", "Quentin", "Rosa", "Stefan", "Tilda",
)  # fmt: skip
_FAMILY = (
    "Abel", "Brandt", "Castell", "Dorn", "Eklund", "Farrow", "Gadd", "Holm", "Ingram", "Juhl", "Keller",
    "Lindqvist", "Moreau", "Novak", "Orban", "Petrov", "Quist",
)  # fmt: skip
_FRONT = (
    "Alder", "Birch", "Cobalt", "Dune", "Ember", "Fjord", "Granite", "Harbour", "Indigo", "Jade", "Kestrel",
    "Larch", "Meridian", "Nordic", "Opal", "Prairie", "Quartz",
)  # fmt: skip
_TRADE = ("Pumps", "Hotels", "Logistics", "Dairy", "Printing", "Glass", "Foods")
_PRODUCTS = (
    "filling line", "booster pump", "door controller", "booking screen", "label printer", "cooling unit", "mixer",
    "conveyor", "stock report", "billing export", "driver app", "pressure sensor", "valve block", "time clock",
)  # fmt: skip
_OPENINGS = (
    "we have had trouble with the {product} since {day}.",
    "the {product} in hall {n} stopped again this morning, for the third time this month.",
    "I am writing about the {product} that your people installed under order {order}.",
    "our shift leader tells me that the {product} has been acting up since the last update.",
)
_DETAILS = (
    "It runs for about {n} minutes, then the display goes dark and the alarm on the panel comes up.",
    "We switched it off and on twice, changed the fuse and checked the cables, but nothing helped.",
    "The reading jumps between {n} and {m} although nothing was changed on our side.",
    "Two of the colleagues on the night shift saw the same thing and wrote down the times.",
    "The manual says to reset the counter, yet the menu entry it names is not there on our unit.",
    "In the meantime we work by hand, which costs us roughly {n} hours on every shift.",
    "The spare part that came last week has a different flange and does not fit the housing.",
    "Your engineer looked at it in the autumn and thought that the board might need replacing.",
    "We also noticed that the totals on invoice {invoice} are not the ones in the offer.",
    "The supervisor of hall {n} asked whether the old setting could simply be restored.",
    "When it is warm outside it happens sooner, on cold days it may hold until the afternoon.",
    "I have put the log of the last {m} days on the shared drive and can send it as well.",
    "The operators have been very patient, but they would like to know what is going on.",
    "As far as I can see the pressure falls just before the unit stops, then it recovers.",
)
_ASKS = (
    "Could you please send somebody before {day}?",
    "Please tell us by {day} when the replacement will arrive.",
    "Can you correct the invoice and send us a new one by the end of the week?",
    "Would it be possible to have a call on {day} to talk this through?",
    "Please let me know what you need from us to look into it.",
)
_CLOSINGS = ("Kind regards", "Best regards", "Many thanks", "Thank you in advance")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_TITLES = ("Plant manager", "Head of maintenance", "Office manager", "Shift leader")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who writes mail."""

    name: str
    address: str
    organisation: int | None = None


@dataclass(frozen=True, slots=True)
class Mail:
    """One generated message and its envelope sender."""

    kind: str
    sender: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class _Written:
    """What a later mail may answer."""

    number: int
    subject: str
    text: str
    author: Person


def organisation_name(number: int) -> str:
    """The name of the organisation with this number."""
    return f"{_FRONT[number % len(_FRONT)]} {_TRADE[number // len(_FRONT) % len(_TRADE)]}"


def organisation_domain(number: int) -> str:
    """Its mail domain."""
    return organisation_name(number).lower().replace(" ", "-") + ".example"


def clients() -> list[Person]:
    """All clients; those of one organisation follow each other."""
    return [
        _person(7 * org + 3 * place, organisation_domain(org), org)
        for org in range(ORGANISATIONS)
        for place in range(CLIENTS_EACH)
    ]


def reps() -> list[Person]:
    """Our sales people."""
    return [_person(5 * number + 1, "northwind.example") for number in range(REPS)]


def _pms() -> list[Person]:
    return [_person(5 * number + 3, "northwind.example") for number in range(PMS)]


def _person(number: int, domain: str, organisation: int | None = None) -> Person:
    given, family = _GIVEN[number % len(_GIVEN)], _FAMILY[(number + number // 20) % len(_FAMILY)]
    return Person(f"{given} {family}", f"{given}.{family}@{domain}".lower(), organisation)


def directory_toml() -> str:
    """The people whom the mails are from and for, as `directory.file` wants them."""
    staff = [_staff(f"rep{n}", "rep", person) for n, person in enumerate(reps())]
    staff += [_staff(f"pm{n}", "pm", person) for n, person in enumerate(_pms())]
    staff.append(_staff("lead", "lead", Person("Maria Voss", "maria.voss@northwind.example")))
    parts = staff
    for org in range(ORGANISATIONS):
        parts.append(
            f'[[organisation]]\nid = "org{org}"\nname = "{organisation_name(org)}"\n'
            f'domains = ["{organisation_domain(org)}"]\nrep = "rep{org % REPS}"\npm = "pm{org % PMS}"\n'
        )
        parts.append(
            f'[[project]]\nkey = "p{org}"\nname = "{organisation_name(org)} {_PRODUCTS[org % len(_PRODUCTS)]}"\n'
            f'organisation = "org{org}"\npm = "pm{(org + 1) % PMS}"\nrep = "rep{org % REPS}"\n'
            f'references = ["PO-{4000 + org}"]\n'
        )
    parts += [
        f'[[client]]\nname = "{person.name}"\nemails = ["{person.address}"]\n'
        f'organisation = "org{person.organisation}"\n'
        for person in clients()
    ]
    return "\n".join(parts)


def _staff(key: str, role: str, person: Person) -> str:
    return (
        f'[[staff]]\nid = "{key}"\nname = "{person.name}"\nrole = "{role}"\nemails = ["{person.address}"]\n'
    )


def generate(count: int, seed: int = 7, first: int = 0) -> Iterator[Mail]:
    """*count* mails, numbered from *first* on in their Message-IDs; each answers only earlier ones of them."""
    chance = random.Random(f"{seed} {first}")
    everybody, written = clients(), list[_Written]()
    for number in range(first, first + count):
        yield _kind(chance, written)(number, chance, everybody, written)


_Maker = Callable[[int, random.Random, list[Person], list[_Written]], Mail]


def _kind(chance: random.Random, written: list[_Written]) -> _Maker:
    drawn = chance.random()
    for makes, share in ((_plain, 0.6), (_with_html, 0.75), (_answer, 0.85), (_forward, 0.95)):
        if drawn < share:
            return makes if makes is not _answer or written else _plain
    return _with_file


def _words(chance: random.Random, author: Person, details: int) -> tuple[str, str]:
    """A subject and the text of a new matter."""
    product = chance.choice(_PRODUCTS)

    def filled(sentence: str) -> str:
        return sentence.format(
            product=product,
            n=chance.randrange(2, 60),
            m=chance.randrange(60, 400),
            day=chance.choice(_DAYS),
            order=f"PO-{4000 + (author.organisation or 0)}",
            invoice=f"INV-{chance.randrange(10_000, 99_999)}",
        )

    sentences = [filled(chance.choice(_OPENINGS))]
    sentences += [filled(one) for one in chance.sample(_DETAILS, details)]
    asked = filled(chance.choice(_ASKS))
    half = len(sentences) // 2
    subject = (
        f"{product.capitalize()} {chance.choice(('stopped', 'fails again', 'needs a look', 'is not right'))}"
    )
    paragraphs = [" ".join(sentences[:half]), " ".join(sentences[half:]), asked]
    greeting = chance.choice(("Hello", "Good morning", "Dear team"))
    text = "\n\n".join(_wrapped(paragraph) for paragraph in (f"{greeting},", *paragraphs))
    return subject, f"{text}\n\n{chance.choice(_CLOSINGS)}\n{author.name}\n"


def _wrapped(text: str) -> str:
    lines, line = list[str](), ""
    for word in text.split():
        if len(line) + len(word) > 76:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return "\n".join([*lines, line])


def _plain(number: int, chance: random.Random, everybody: list[Person], written: list[_Written]) -> Mail:
    author = chance.choice(everybody)
    subject, text = _words(chance, author, 7)
    written.append(_Written(number, subject, text, author))
    return _mail("plain", number, author, subject, _text_part(text))


def _with_html(number: int, chance: random.Random, everybody: list[Person], written: list[_Written]) -> Mail:
    author = chance.choice(everybody)
    subject, text = _words(chance, author, 7)
    signed = f"{text}\n-- \n{author.name}\n{chance.choice(_TITLES)}\nPhone +44 20 7946 0{chance.randrange(100, 999)}\n"
    shown = "".join(f"<p>{html.escape(p)}</p>\n" for p in signed.split("\n\n"))
    shown = shown.replace("\n", "\r\n")
    boundary = f"alternative-{number}"
    body = (
        f'Content-Type: multipart/alternative; boundary="{boundary}"\r\n\r\n--{boundary}\r\n{_text_part(signed)}\r\n'
        f"--{boundary}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body>{shown}</body></html>\r\n"
        f"--{boundary}--\r\n"
    )
    written.append(_Written(number, subject, text, author))
    return _mail("html", number, author, subject, body)


def _answer(number: int, chance: random.Random, everybody: list[Person], written: list[_Written]) -> Mail:
    before = chance.choice(written[-200:])
    fresh = " ".join(chance.sample(_DETAILS, 2)).format(n=4, m=70, invoice="INV-10000")
    quote = "".join(f"> {line}\n".replace("> \n", ">\n") for line in before.text.splitlines())
    when = f"{_moment(before.number):%a, %d %b %Y at %H:%M}"
    text = f"{_wrapped(fresh)}\n\n{before.author.name}\n\nOn {when}, {before.author.name} wrote:\n{quote}"
    extra = f"In-Reply-To: {_id(before.number)}\r\nReferences: {_id(before.number)}\r\n"
    return _mail("answer", number, before.author, f"Re: {before.subject}", _text_part(text), extra)


def _forward(number: int, chance: random.Random, everybody: list[Person], written: list[_Written]) -> Mail:
    author, rep = chance.choice(everybody), chance.choice(reps())
    subject, text = _words(chance, author, 7)
    note = chance.choice(("Please take this one.", "They called me twice about it.", "Can you help them?"))
    head = (
        f"From: {author.name} <{author.address}>\nDate: {_moment(number):%a, %d %b %Y at %H:%M}\n"
        f"Subject: {subject}\nTo: {rep.name} <{rep.address}>\n"
    )
    body = f"{note}\n\n{rep.name}\n\n---------- Forwarded message ---------\n{head}\n\n{text}"
    proof = f"Authentication-Results: {BORDER}; dmarc=pass header.from=northwind.example\r\n"
    return _mail("forward", number, rep, f"Fwd: {subject}", _text_part(body), proof)


def _with_file(number: int, chance: random.Random, everybody: list[Person], written: list[_Written]) -> Mail:
    author = chance.choice(everybody)
    subject, text = _words(chance, author, 7)
    boundary = f"mixed-{number}"
    encoded = base64.encodebytes(chance.randbytes(FILE_BYTES)).decode().replace("\n", "\r\n")
    body = (
        f'Content-Type: multipart/mixed; boundary="{boundary}"\r\n\r\n--{boundary}\r\n{_text_part(text)}\r\n'
        f'--{boundary}\r\nContent-Type: application/pdf; name="log-{number}.pdf"\r\n'
        f'Content-Disposition: attachment; filename="log-{number}.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        f"{encoded}--{boundary}--\r\n"
    )
    written.append(_Written(number, subject, text, author))
    return _mail("file", number, author, subject, body)


def big(size: int, number: int = 0) -> Mail:
    """One mail of about *size* bytes: a short text with one file."""
    chance = random.Random(number)
    author = clients()[number % (ORGANISATIONS * CLIENTS_EACH)]
    subject, text = _words(chance, author, 7)
    line = base64.b64encode(chance.randbytes(57)).decode() + "\r\n"
    body = (
        f'Content-Type: multipart/mixed; boundary="big"\r\n\r\n--big\r\n{_text_part(text)}\r\n'
        '--big\r\nContent-Type: application/zip; name="all.zip"\r\n'
        'Content-Disposition: attachment; filename="all.zip"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        f"{line * (size // len(line))}--big--\r\n"
    )
    return _mail("big", 10**6 + number, author, subject, body)


def _mail(kind: str, number: int, author: Person, subject: str, body: str, extra: str = "") -> Mail:
    raw = (
        f"{extra}Date: {format_datetime(_moment(number))}\r\nFrom: {author.name} <{author.address}>\r\n"
        f"To: Issues <{ROUTING_ADDRESS}>\r\nMessage-ID: {_id(number)}\r\n"
        f"Subject: {subject}\r\nMIME-Version: 1.0\r\n{body}"
    )
    return Mail(kind, author.address, raw.encode())


def _text_part(text: str) -> str:
    return "Content-Type: text/plain; charset=utf-8\r\n\r\n" + text.replace("\n", "\r\n")


def _id(number: int) -> str:
    return f"<bench.{number}@mail.example>"


def _moment(number: int) -> datetime:
    return FIRST + timedelta(minutes=7 * number)


def main() -> None:
    """Write the mails and the directory."""
    parser = argparse.ArgumentParser(description="Write believable mails and a directory that fits.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    (given.folder / "directory.toml").write_text(directory_toml(), encoding="utf-8")
    for number, mail in enumerate(generate(given.count, given.seed)):
        (given.folder / f"{number:04}.eml").write_bytes(mail.raw)


if __name__ == "__main__":
    main()
