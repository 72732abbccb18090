"""Names and addresses above old mail."""

import pytest

from mailroute.domain.address import Mailbox
from mailroute.parsing.people import people, person


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [
        ("Ann Lee <ann@acme.example>", "Ann Lee", "ann@acme.example"),
        ('"Lee, Ann" <ann@acme.example>', "Lee, Ann", "ann@acme.example"),
        ("Lee, Ann [mailto:ann@acme.example]", "Lee, Ann", "ann@acme.example"),
        ("ann@acme.example <ann@acme.example>", None, "ann@acme.example"),
        ("Ann Lee (ann@acme.example)", "Ann Lee", "ann@acme.example"),
        (
            "Ann Lee<mailto:ann@acme.example> <ann@acme.example<mailto:ann@acme.example>>",
            "Ann Lee",
            "ann@acme.example",
        ),
        ("Ann Lee/BER/ACME@ACME", "Ann Lee", None),
        ("Ann Lee@ACME", "Ann Lee", None),
        ("Lee, Ann (Extern)", "Lee, Ann", None),
        ("list-bounces@acme.example On Behalf Of Ann Lee", "Ann Lee", "list-bounces@acme.example"),
        ("Ann Lee <ann@acme.example> on behalf of desk@acme.example", "Ann Lee", "ann@acme.example"),
        ("'Ann Lee' via Support <support@acme.example>", "Ann Lee", "support@acme.example"),
        ("", None, None),
    ],
)
def test_one_person(text: str, name: str | None, address: str | None) -> None:
    """A From line of any program gives its name and its address, either of which may be missing."""
    assert person(text) == Mailbox(name, address)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a@x.example, b@x.example", [None, None]),
        ("Lee, Ann <ann@x.example>; Ek, Bo <bo@x.example>", ["Lee, Ann", "Ek, Bo"]),
        ("Lee, Ann <ann@x.example>, Ek, Bo <bo@x.example>", ["Lee, Ann", "Ek, Bo"]),
        ("Ann Lee/BER/ACME@ACME, Bo Ek/BER/ACME@ACME", ["Ann Lee", "Bo Ek"]),
        ("Janet Poe; Lee, Ann", ["Janet Poe", "Lee, Ann"]),
        ("See Distribution", ["See Distribution"]),
        ("", []),
    ],
)
def test_lists(text: str, names: list[str | None]) -> None:
    """A comma may part two people or the two halves of a name."""
    assert [box.name for box in people(text)] == names
