"""The directory of people as it is kept, on both databases."""

from dataclasses import replace
from datetime import date

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
from mailroute.store import directory
from mailroute.store.session import Store

PEOPLE = Directory(
    staff=(
        Staff(
            id="sam",
            name="Sam Reed",
            role=StaffRole.REP,
            emails=("sam@northwind.example",),
            away=(Absence(date(2026, 3, 2), date(2026, 3, 6), "kai"),),
            max_open=20,
        ),
        Staff(id="kai", name="Kai Ōta", role=StaffRole.PM, emails=("kai@northwind.example",)),
    ),
    organisations=(Organisation(id="borealis", name="Borealis", domains=("borealis.example",), tier="gold"),),
    clients=(Client(name="Ann Lee", emails=("Ann@borealis.example",), organisation="borealis"),),
    projects=(
        Project(key="P4", name="Hall 4", organisation="borealis", status=ProjectStatus.PLANNED, pm="kai"),
    ),
    rules=(
        ConfiguredRule(name="second", when={"issue.type": ("billing", "delay")}, assign="sam"),
        ConfiguredRule(name="first", when={}, assign="kai"),
    ),
)


def test_a_new_store_has_an_empty_directory(store: Store) -> None:
    """Before anything is loaded there is nobody, at version 0."""
    with store.read() as connection:
        assert Directory() == directory.load(connection)
        assert directory.version(connection) == 0


def test_the_directory_reads_back_as_it_was(store: Store) -> None:
    """Every kind of row survives, in order, under a version that grows with each change."""
    fewer = replace(PEOPLE, clients=())
    with store.write() as connection:
        versions = [directory.replace(connection, one) for one in (PEOPLE, fewer, PEOPLE)]
    with store.read() as connection:
        found = directory.load(connection)

    assert versions == [1, 2, 3]
    assert found == PEOPLE
    assert found.version == 3


def test_a_known_directory_is_read_again_only_when_it_changed(store: Store) -> None:
    """A snapshot in hand stays in use until there is a newer version."""
    with store.write() as connection:
        directory.replace(connection, PEOPLE)
        first = directory.refreshed(connection, None)
        same = directory.refreshed(connection, first)
        directory.replace(connection, replace(PEOPLE, rules=()))
        newer = directory.refreshed(connection, first)

    assert same is first
    assert newer.rules == ()


def test_an_import_shows_what_it_would_change() -> None:
    """Added, changed and gone rows are named by their stable keys; a new order of rules is a change, too."""
    new = replace(
        PEOPLE,
        staff=(replace(PEOPLE.staff[0], name="Samuel Reed"), replace(PEOPLE.staff[1], id="kay")),
        clients=(replace(PEOPLE.clients[0], emails=("ann@BOREALIS.example", "lee@borealis.example")),),
        rules=PEOPLE.rules[::-1],
    )
    changes = directory.compare(PEOPLE, new)

    assert directory.Changes(added=("kay",), changed=("sam",), gone=("kai",)) == changes["staff"]
    assert directory.Changes((), ("ann@borealis.example",), ()) == changes["client"]
    assert directory.Changes((), (), (), reordered=True) == changes["rule"]
    assert {kind: bool(change) for kind, change in changes.items()} == {
        "staff": True,
        "organisation": False,
        "client": True,
        "project": False,
        "team": False,
        "rule": True,
    }
