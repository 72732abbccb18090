"""CSV files as records, as CRM systems, spreadsheets and people write them.

Header names are compared without case, spaces and punctuation. Columns that nobody knows are left out and named in
the notes. A line about a client may say things of the client's company; these become a record of their own.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mailroute.domain.errors import Misconfigured
from mailroute.domain.words import plain_words
from mailroute.followups.business_time import is_known_region
from mailroute.services.directory_file.records import Problems, Record
from mailroute.services.directory_file.shapes import Kind, nearest

HEADERS: Mapping[str, tuple[str, ...]] = {
    "kind": ("kind", "record type", "table"),
    "id": ("id", "staff id", "user id", "organisation id", "company id", "account id", "record id"),
    "key": ("key", "project key", "project id", "project number", "project code", "code"),
    "name": ("name", "full name", "contact name", "display name", "project name", "deal name", "client", "contact"),
    "first": ("first name", "given name", "firstname", "forename", "vorname"),
    "last": ("last name", "family name", "surname", "lastname", "nachname"),
    "emails": (
        "email", "emails", "e-mail", "email address", "email addresses", "mail", "work email", "business email",
        "e-mail-adresse", "email s", "additional email addresses",
    ),
    "organisation": (
        "organisation", "organization", "company", "company name", "account", "account name", "client company",
        "associated company", "customer", "firm", "firma", "employer", "organisation name", "organization name",
    ),
    "domains": (
        "domain", "domains", "company domain name", "company domain", "email domain", "mail domain", "website",
        "website url", "web site",
    ),
    "title": ("title", "job title", "position", "job position", "function"),
    "role": ("role", "staff role", "team role"),
    "rep": (
        "rep", "account owner", "company owner", "owner", "sales rep", "salesperson", "account manager",
        "contact owner", "account rep", "sales representative",
    ),
    "pm": ("pm", "project manager", "default pm", "delivery owner"),
    "country": (
        "country", "country region", "country code", "billing country", "billing country code", "land",
    ),
    "tier": ("tier", "level", "segment", "account tier", "service level", "support tier"),
    "skills": ("skills", "skill"),
    "max_open": ("max open", "capacity", "maximum open"),
    "aliases": ("aliases", "alias", "also called"),
    "references": ("references", "reference", "order", "orders", "contract", "contracts", "po", "po number",
        "order number"),
    "status": ("status", "project status", "state"),
}  # fmt: skip
"""Our name to the header names that mean it: ours, HubSpot's, Salesforce's, Odoo's and those of home-made lists."""

KIND_WORDS: Mapping[str, Kind] = {
    "staff": Kind.STAFF, "team": Kind.STAFF, "users": Kind.STAFF, "employees": Kind.STAFF, "colleagues": Kind.STAFF,
    "organisations": Kind.ORGANISATION, "organisation": Kind.ORGANISATION, "organizations": Kind.ORGANISATION,
    "organization": Kind.ORGANISATION, "companies": Kind.ORGANISATION, "company": Kind.ORGANISATION,
    "accounts": Kind.ORGANISATION, "account": Kind.ORGANISATION,
    "clients": Kind.CLIENT, "client": Kind.CLIENT, "contacts": Kind.CLIENT, "contact": Kind.CLIENT,
    "people": Kind.CLIENT, "customers": Kind.CLIENT,
    "projects": Kind.PROJECT, "project": Kind.PROJECT, "deals": Kind.PROJECT,
}  # fmt: skip
"""Words in a file's name, or in its `kind` column."""

ROLES = {
    "sales": "rep", "sales rep": "rep", "account manager": "rep", "account executive": "rep", "ae": "rep",
    "project manager": "pm", "project lead": "lead", "team lead": "lead", "head": "lead", "manager": "pm",
}  # fmt: skip
STATUSES = {"open": "active", "in progress": "active", "running": "active", "won": "active", "closed won": "active",
            "done": "closed", "completed": "closed", "finished": "closed", "new": "planned"}  # fmt: skip

COUNTRY_NAMES = {
    "germany": "DE", "deutschland": "DE", "austria": "AT", "osterreich": "AT", "switzerland": "CH", "schweiz": "CH",
    "suisse": "CH", "france": "FR", "frankreich": "FR", "belgium": "BE", "belgien": "BE", "netherlands": "NL",
    "the netherlands": "NL", "niederlande": "NL", "luxembourg": "LU", "luxemburg": "LU", "spain": "ES", "espana": "ES",
    "spanien": "ES", "portugal": "PT", "italy": "IT", "italia": "IT", "italien": "IT", "poland": "PL", "polen": "PL",
    "czech republic": "CZ", "czechia": "CZ", "denmark": "DK", "danemark": "DK", "sweden": "SE", "schweden": "SE",
    "norway": "NO", "norwegen": "NO", "finland": "FI", "finnland": "FI", "ireland": "IE", "irland": "IE",
    "united kingdom": "GB", "uk": "GB", "great britain": "GB", "england": "GB-ENG", "scotland": "GB-SCT",
    "wales": "GB-WLS", "united states": "US", "united states of america": "US", "usa": "US", "canada": "CA",
    "mexico": "MX", "brazil": "BR", "australia": "AU", "new zealand": "NZ", "japan": "JP", "india": "IN",
    "israel": "IL", "turkey": "TR", "turkiye": "TR", "south africa": "ZA", "saudi arabia": "SA",
    "united arab emirates": "AE", "singapore": "SG", "hungary": "HU", "romania": "RO", "greece": "GR",
    "slovakia": "SK", "slovenia": "SI", "croatia": "HR", "bulgaria": "BG", "ukraine": "UA",
}  # fmt: skip
"""Countries as exports name them, by `plain_words`."""

LISTS = {"emails", "domains", "skills", "aliases", "references"}
OF_ORGANISATION = ("domains", "rep", "pm", "tier", "country")

_COLUMNS = {plain_words(header): name for name, headers in HEADERS.items() for header in headers}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file with our column names; empty cells are left out."""

    number: int
    cells: Mapping[str, str]


def records_of(path: Path, problems: Problems, notes: list[str]) -> Iterator[Record]:
    """The entries of the file at *path*; *notes* gets what was left out."""
    columns, lines = _read(path, problems, notes)
    by_name = next((KIND_WORDS[w] for w in plain_words(path.stem).split() if w in KIND_WORDS), None)
    usual = by_name or _guess(columns)
    for line in lines:
        kind = KIND_WORDS.get(plain_words(line.cells.get("kind", "")), usual)
        if kind is None:
            what = "what is listed here? Name the file staff.csv, organisations.csv, clients.csv or projects.csv, "
            problems.add(f"{path}:{line.number}", what + "or add a column kind")
            return
        if kind is Kind.CLIENT and "emails" not in line.cells:
            notes.append(f"{path}:{line.number}: left out, has no mail address")
        else:
            yield from _records(path, kind, line)


def _read(path: Path, problems: Problems, notes: list[str]) -> tuple[set[str], list[Line]]:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Misconfigured(f"{path}: cannot be read: {error.strerror}") from error
    text = _decoded(raw)
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines: list[Line] = []
    try:
        headers = next(reader, [])
        columns = [_COLUMNS.get(plain_words(header)) for header in headers]
        begins = reader.line_num + 1
        for row in reader:
            if any(cell.strip() for cell in row):
                lines.append(Line(begins, _cells(columns, row)))
            begins = reader.line_num + 1
    except csv.Error as error:
        problems.add(f"{path}:{reader.line_num}", f"not CSV: {error}")
        return set(), []
    known = {column for column in columns if column}
    _look_at_headers(path, headers, columns, problems, notes)
    return known, lines if known else []


def _decoded(raw: bytes) -> str:
    """UTF-8, else what Windows spreadsheets write."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _look_at_headers(
    path: Path, headers: Sequence[str], columns: Sequence[str | None], problems: Problems, notes: list[str]
) -> None:
    unknown = [
        header for header, column in zip(headers, columns, strict=True) if column is None and header.strip()
    ]
    if len(unknown) == len(headers):
        known = "name, email, organisation, domain, rep, pm, tier, role, key, ..."
        problems.add(f"{path}:1", f"the first line must name the columns; none of them is known ({known})")
    elif unknown:
        hints = (f"{header}{nearest(plain_words(header), list(_COLUMNS))}" for header in unknown)
        notes.append(f"{path}:1: columns left out: " + ", ".join(hints))


def _cells(columns: Sequence[str | None], row: Sequence[str]) -> dict[str, str]:
    """Columns of the same meaning: lists are joined, else the first that is filled counts."""
    cells: dict[str, str] = {}
    for column, cell in zip(columns, row, strict=False):
        if column and cell.strip():
            if column in cells and column in LISTS:
                cells[column] += ";" + cell
            cells.setdefault(column, cell.strip())
    return cells


def _guess(columns: set[str]) -> Kind | None:
    """What a file lists, by its columns alone."""
    if "emails" in columns:
        return Kind.STAFF if "role" in columns and "organisation" not in columns else Kind.CLIENT
    if "key" in columns or "aliases" in columns:
        return Kind.PROJECT
    return Kind.ORGANISATION if "domains" in columns else None


def _records(path: Path, kind: Kind, line: Line) -> Iterator[Record]:
    cells: dict[str, object] = {
        name: [part for part in re.split(r"\s*[;,\n]\s*|\s+(?=\S+@)", cell) if part]
        if name in LISTS
        else cell
        for name, cell in line.cells.items()
    }
    cells.pop("kind", None)
    cells = _with_country(cells)
    first, last = cells.pop("first", None), cells.pop("last", None)
    if "name" not in cells and (first or last):
        cells["name"] = " ".join(str(part) for part in (first, last) if part)
    make = {Kind.STAFF: _staff, Kind.ORGANISATION: _organisation, Kind.PROJECT: _project}.get(kind)
    if make is not None:
        yield Record(kind=kind, values=make(cells), path=path, line=line.number)
        return
    yield from _client(path, line.number, cells)


def slug(text: str) -> str:
    """An id made of a name."""
    return "-".join(plain_words(text).split())


def _with_country(cells: dict[str, object]) -> dict[str, object]:
    """Names of countries as codes; one that is not known says nothing, for it only tells holidays."""
    said = cells.pop("country", None)
    code = COUNTRY_NAMES.get(plain_words(str(said)), str(said).upper()) if said else ""
    return cells | ({"country": code} if is_known_region(code) else {})


def _only(cells: Mapping[str, object], names: Sequence[str]) -> dict[str, object]:
    return {name: cells[name] for name in names if name in cells}


def _staff(cells: dict[str, object]) -> dict[str, object]:
    values = _only(cells, ("id", "name", "role", "emails", "skills", "max_open"))
    if "id" not in values and "name" in values:
        values["id"] = slug(str(values["name"]))
    role = cells.get("role") or cells.get("title")
    if isinstance(role, str):
        values["role"] = ROLES.get(plain_words(role), role)
    if isinstance(number := values.get("max_open"), str) and number.isdecimal():
        values["max_open"] = int(number)
    return values


def _organisation(cells: dict[str, object]) -> dict[str, object]:
    values = _only(cells, ("id", "name", *OF_ORGANISATION))
    if "organisation" in cells:
        values["name"] = cells["organisation"]
    if "id" not in values and "name" in values:
        values["id"] = slug(str(values["name"]))
    return values


def _project(cells: dict[str, object]) -> dict[str, object]:
    values = _only(cells, ("key", "name", "organisation", "aliases", "pm", "rep", "references", "status"))
    if "key" not in values and "id" in cells:
        values["key"] = cells["id"]
    if isinstance(status := values.get("status"), str):
        values["status"] = STATUSES.get(plain_words(status), status)
    return values


def _client(path: Path, number: int, cells: dict[str, object]) -> Iterator[Record]:
    """The person, and their company if the line says anything of it."""
    if isinstance(company := cells.get("organisation"), str):
        values = {"id": company, "name": company, **_only(cells, OF_ORGANISATION)}
        yield Record(kind=Kind.ORGANISATION, values=values, path=path, line=number, amends=True)
    values = _only(cells, ("name", "emails", "organisation", "title"))
    yield Record(kind=Kind.CLIENT, values=values, path=path, line=number)
