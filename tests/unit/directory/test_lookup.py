"""Finding people by what a mail says of them."""

import pytest

from mailroute.directory.freemail import FREEMAIL, is_freemail
from mailroute.directory.lookup import is_ours, leads_here, name_key, organisation_of
from mailroute.domain.address import Mailbox
from mailroute.domain.directory import Directory
from mailroute.domain.policy import Policy


@pytest.mark.parametrize(
    "spelling", ["Sam Reed", "sam reed", "Reed, Sam", "REED,  SAM", "Sám Reed", "Sam\tReed", "Reed , Sam"]
)
def test_spellings_of_one_name_are_one(spelling: str) -> None:
    """Outlook turns names round, phones lose accents."""
    assert name_key("Sam Reed") == name_key(spelling)


@pytest.mark.parametrize("other", ["Sam Reeds", "Reed Sam", "Sam", "", "Reed,"])
def test_other_names_are_others(other: str) -> None:
    """Without a comma the order counts."""
    assert name_key("Sam Reed") != name_key(other)


@pytest.mark.parametrize(
    ("domain", "free"),
    [
        ("gmail.com", True),
        ("GMAIL.COM", True),
        ("gmx.de.", True),
        (" web.de ", True),
        ("gmail.com.evil.example", False),
        ("mail.gmail.com", False),
        ("borealis.example", False),
        ("", False),
    ],
)
def test_public_providers_are_known(domain: str, free: bool) -> None:
    """In any spelling, and only the domain itself."""
    assert free is is_freemail(domain)


def test_the_list_of_providers_is_clean() -> None:
    """Lower case, with a dot, nothing else in it."""
    assert [] == [domain for domain in FREEMAIL if domain != domain.lower().strip(".,") or "." not in domain]


@pytest.mark.parametrize(
    ("mailbox", "ours"),
    [
        (Mailbox(None, "sam@northwind.example"), True),
        (Mailbox(None, "anybody@northwind.example"), True),
        (Mailbox(None, "anybody@mail.northwind.example"), True),
        (Mailbox("Sam Reed", None), True),
        (Mailbox("Sam Reed", "sam@elsewhere.example"), False),
        (Mailbox(None, "x@notnorthwind.example"), False),
        (Mailbox(None, "x@northwind.example.evil.example"), False),
        (Mailbox(None, None), False),
        (Mailbox("", ""), False),
    ],
)
def test_who_is_one_of_us(house: Directory, policy: Policy, mailbox: Mailbox, ours: bool) -> None:
    """By address, by domain, or by name where there is no address; a name never beats an address."""
    assert ours is is_ours(mailbox, house, policy.service)


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("issues@northwind.example", True),
        ("Issues+c.17.x@northwind.example", True),
        ("sam@northwind.example", False),
        ("issues@elsewhere.example", False),
    ],
)
def test_which_addresses_lead_here(policy: Policy, address: str, here: bool) -> None:
    """The desk's, with and without a sub-address."""
    assert here is leads_here(Mailbox(None, address), policy.service)


@pytest.mark.parametrize(
    ("mailbox", "organisation"),
    [
        (Mailbox(None, "ann@home.example"), "borealis"),
        (Mailbox("Ann Lee", None), "borealis"),
        (Mailbox(None, "x@borealis.example"), "borealis"),
        (Mailbox("Ann Lee", "ann@other.example"), None),
        (Mailbox(None, "x@gmail.com"), None),
        (Mailbox("Nobody", None), None),
    ],
)
def test_where_people_belong(house: Directory, mailbox: Mailbox, organisation: str | None) -> None:
    """To the company of the directory first, then to that of the domain."""
    found = organisation_of(mailbox, house)

    assert organisation == (found.id if found else None)
