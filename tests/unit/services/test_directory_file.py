"""The directory of people from files and back."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from mailroute.domain.directory import (
    Absence,
    Client,
    ConfiguredRule,
    Directory,
    Organisation,
    Project,
    ProjectStatus,
    Staff,
    StaffRole,
)
from mailroute.domain.errors import Misconfigured
from mailroute.domain.policy import Service
from mailroute.services.directory_file import read_directory, read_files, read_given, to_toml

GIVEN = """
until = 2026-03-12T09:00:00+01:00

[service]
name = "Northwind Projects"
routing_address = "issues@northwind.example"
internal_domains = ["northwind.example"]
timezone = "Europe/Berlin"

[[staff]]
id = "sam"
name = "Sam Reed"
role = "rep"
emails = ["sam@northwind.example", "s.reed@northwind.example"]
skills = []
away = [{ from = 2026-03-02, until = 2026-03-06, deputy = "kai" }]
max_open = 20

[[staff]]
id = "kai"
name = 'Kai "the rock" Bärg'
role = "pm"
emails = ["kai@northwind.example"]
skills = ["pumps"]

[[organisation]]
id = "borealis"
name = "Borealis Pumps GmbH"
domains = ["Borealis.example"]
rep = "sam"
pm = "kai"
tier = "gold"

[[client]]
name = "Ann Lee"
emails = ["ann.lee@borealis.example"]
organisation = "borealis"
title = "Plant manager"

[[project]]
key = "P4"
name = "Pump hall 4 overhaul"
aliases = ["hall 4", "pump four"]
organisation = "borealis"
pm = "kai"
rep = "sam"
references = ["PO-4471"]
status = "planned"

[[rule]]
name = "billing-desk"
when = { "issue.type" = "billing", words = ["invoice", "bill"] }
assign = "kai"
"""

DIRECTORY = Directory(
    staff=(
        Staff(
            id="sam",
            name="Sam Reed",
            role=StaffRole.REP,
            emails=("sam@northwind.example", "s.reed@northwind.example"),
            away=(Absence(date(2026, 3, 2), date(2026, 3, 6), "kai"),),
            max_open=20,
        ),
        Staff(
            id="kai",
            name='Kai "the rock" Bärg',
            role=StaffRole.PM,
            emails=("kai@northwind.example",),
            skills=("pumps",),
        ),
    ),
    organisations=(
        Organisation(
            id="borealis",
            name="Borealis Pumps GmbH",
            domains=("borealis.example",),
            rep="sam",
            pm="kai",
            tier="gold",
        ),
    ),
    clients=(
        Client(
            name="Ann Lee",
            emails=("ann.lee@borealis.example",),
            organisation="borealis",
            title="Plant manager",
        ),
    ),
    projects=(
        Project(
            key="P4",
            name="Pump hall 4 overhaul",
            aliases=("hall 4", "pump four"),
            organisation="borealis",
            pm="kai",
            rep="sam",
            references=("PO-4471",),
            status=ProjectStatus.PLANNED,
        ),
    ),
    rules=(
        ConfiguredRule(
            name="billing-desk",
            when={"issue.type": ("billing",), "words": ("invoice", "bill")},
            assign="kai",
        ),
    ),
)


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """A rehearsal's given.toml with everything in it."""
    path = tmp_path / "given.toml"
    path.write_text(GIVEN, encoding="utf-8")
    return path


def test_rehearsal_starts_from_service_directory_and_end(given: Path) -> None:
    """given.toml tells the service's names, everybody, and until when the clock runs."""
    found = read_given(given)

    service = Service(
        name="Northwind Projects",
        routing_address="issues@northwind.example",
        internal_domains=("northwind.example",),
        timezone="Europe/Berlin",
    )
    assert service == found.service
    assert datetime(2026, 3, 12, 9, tzinfo=timezone(timedelta(hours=1))) == found.until
    assert found.directory == DIRECTORY


def test_directory_can_be_read_from_a_rehearsal(given: Path) -> None:
    """The directory in a given.toml can be imported as it is."""
    assert read_directory(given) == DIRECTORY


def test_exported_directory_reads_back_the_same(tmp_path: Path) -> None:
    """What export prints, import understands, whatever characters are in it."""
    path = tmp_path / "export.toml"
    path.write_text(to_toml(DIRECTORY), encoding="utf-8")

    assert read_directory(path) == DIRECTORY


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '[service]\nrouting = "x@y.example"\n',
            r"given\.toml:2: there is no setting service\.routing; did you",
        ),
        ("until = 2026-03-12\n", r"given\.toml:1: until must be a time with its zone"),
        ("until = 2026-03-12T09:00:00\n", r"given\.toml:1: until must be a time with its zone"),
        ("[servce]\nname = 'x'\n", r"given\.toml:1: there is no table servce; did you mean service\?"),
    ],
)
def test_wrong_rehearsal_is_refused(tmp_path: Path, text: str, message: str) -> None:
    """A mistake in given.toml is named with its line."""
    path = tmp_path / "given.toml"
    path.write_text(text)

    with pytest.raises(Misconfigured, match=message):
        read_given(path)


def test_kinds_that_are_in_no_file_stay(tmp_path: Path) -> None:
    """Importing staff alone replaces the staff and leaves organisations, clients, projects and rules."""
    path = tmp_path / "staff.toml"
    path.write_text(to_toml(Directory(staff=DIRECTORY.staff)).replace("Sam Reed", "Samuel Reed"))

    imported = read_files([path], DIRECTORY).directory

    assert [s.name for s in imported.staff] == ["Samuel Reed", 'Kai "the rock" Bärg']
    assert (imported.organisations, imported.rules) == (DIRECTORY.organisations, DIRECTORY.rules)


def test_what_stays_must_still_fit(tmp_path: Path) -> None:
    """Taking away a member of staff whom kept entries name is refused."""
    path = tmp_path / "staff.toml"
    path.write_text('[[staff]]\nid = "kai"\nname = "Kai"\nrole = "pm"\nemails = ["kai@northwind.example"]\n')

    with pytest.raises(Misconfigured, match="directory as kept: rep sam is no staff id"):
        read_files([path], DIRECTORY)


def _csv(folder: Path, name: str, *lines: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def test_crm_export_becomes_clients_and_organisations(tmp_path: Path) -> None:
    """Headings of a CRM system for people, companies, domains and owners are understood."""
    _csv(
        tmp_path,
        "staff.csv",
        "id,Full name,Email address,Role",
        "sam,Sam Reed,sam@northwind.example,Sales rep",
        "kai,Kai Berg,kai@northwind.example; k.berg@northwind.example,Project Manager",
    )
    _csv(
        tmp_path,
        "hubspot-contacts.csv",
        "First Name,Last Name,E-mail,Company name,Company Domain Name,Account Owner,Job Title,Lifecycle Stage",
        'Ann,Lee,ann.lee@borealis.example,"Borealis Pumps, GmbH",https://www.borealis.example/,Sam Reed,Manager,x',
        'Bo,Kim,bo@borealis.example,"Borealis Pumps, GmbH",borealis.example,sam@northwind.example,,y',
        "No,Mail,,Aurora,,,,",
        "No,Company,no@company.example,,,,,",
    )

    imported = read_files([tmp_path])

    borealis = Organisation(
        id="borealis-pumps-gmbh", name="Borealis Pumps, GmbH", domains=("borealis.example",), rep="sam"
    )
    assert imported.directory.organisations == (borealis,)
    assert imported.directory.clients == (
        Client(
            name="Ann Lee",
            emails=("ann.lee@borealis.example",),
            organisation=borealis.id,
            title="Manager",
        ),
        Client(name="Bo Kim", emails=("bo@borealis.example",), organisation=borealis.id),
    )
    assert [person.role for person in imported.directory.staff] == [StaffRole.REP, StaffRole.PM]
    assert imported.directory.staff[1].emails == ("kai@northwind.example", "k.berg@northwind.example")
    assert [note.rpartition("/")[2] for note in imported.notes] == [
        "hubspot-contacts.csv:1: columns left out: Lifecycle Stage",
        "hubspot-contacts.csv:4: left out, has no mail address",
        "hubspot-contacts.csv:5: left out, belongs to no organisation",
    ]


def test_clients_find_their_kept_organisation(tmp_path: Path) -> None:
    """A client's line names its company by id, by name or only by the mail domain; the company keeps what it has."""
    path = _csv(
        tmp_path,
        "clients.csv",
        "name;email;company",
        "Ann Lee;ann.lee@borealis.example;borealis",
        "Bo Kim;bo@elsewhere.example;BOREALIS PUMPS GMBH",
        "Cy Doe;cy@borealis.example;",
    )

    imported = read_files([path], DIRECTORY).directory

    assert [client.organisation for client in imported.clients] == ["borealis"] * 3
    assert imported.organisations == DIRECTORY.organisations


def test_clients_amend_their_organisation(tmp_path: Path) -> None:
    """A clients file may bring a company another domain and another rep, and takes no company away."""
    path = _csv(
        tmp_path,
        "clients.csv",
        "name,email,company,domain,rep",
        "Ann Lee,ann.lee@borealis.example,Borealis Pumps GmbH,borealis-pumps.example,kai",
        "Di Fox,di@aurora.example,Aurora,aurora.example,sam",
    )

    imported = read_files([path], DIRECTORY).directory

    assert [(o.id, o.domains, o.rep, o.tier) for o in imported.organisations] == [
        ("borealis", ("borealis.example", "borealis-pumps.example"), "kai", "gold"),
        ("aurora", ("aurora.example",), "sam", None),
    ]


def test_kind_column_decides(tmp_path: Path) -> None:
    """One CSV file may hold several kinds when a column says which line is what."""
    path = _csv(
        tmp_path,
        "everything.csv",
        "kind,id,name,email,role,organisation,domain,key,aliases,status",
        "staff,kai,Kai Berg,kai@northwind.example,pm,,,,,",
        "organisation,borealis,Borealis,,,,borealis.example,,,",
        "client,,Ann Lee,ann.lee@borealis.example,,Borealis,,,,",
        "project,,Pump hall,,,borealis,,P4,hall 4; pump four,In progress",
    )

    imported = read_files([path]).directory

    assert imported.projects == (
        Project(key="P4", name="Pump hall", organisation="borealis", aliases=("hall 4", "pump four")),
    )
    assert imported.clients[0].organisation == "borealis"


def test_spreadsheet_of_windows_is_read(tmp_path: Path) -> None:
    """A CSV file in Windows' own encoding, with semicolons, keeps its umlauts."""
    lines = ("name;email;role", "Jürgen Groß;juergen@northwind.example;lead")
    path = _csv(tmp_path, "staff.csv", *lines, encoding="cp1252")

    imported = read_files([path]).directory

    assert [(s.id, s.name) for s in imported.staff] == [("jurgen-gross", "Jürgen Groß")]


@pytest.mark.parametrize("name", ["people.xlsx", "people.json"])
def test_other_files_are_refused(tmp_path: Path, name: str) -> None:
    """A file that is neither TOML nor CSV is refused by name."""
    path = tmp_path / name
    path.touch()

    with pytest.raises(Misconfigured, match=r"neither \.toml nor \.csv"):
        read_directory(path)


def test_until_is_aware(given: Path) -> None:
    """The end of a rehearsal can be compared with the service's clock."""
    until = read_given(given).until

    assert until is not None
    assert until > datetime(2026, 3, 12, 7, 59, tzinfo=UTC)
