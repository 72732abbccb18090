"""Contact forms: whose words they carry, and how little that proves."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from mailroute.directory.identify import identify
from mailroute.domain.address import Mailbox
from mailroute.domain.decisions import Identity
from mailroute.domain.directory import Directory
from mailroute.domain.parsed import Authentication, Automatic, AutomaticKind, ParsedMail
from mailroute.domain.policy import Policy
from mailroute.domain.received import Verdict
from mailroute.domain.ticket import Role

ANN = Mailbox("Ann Lee", "ann.lee@borealis.example")
ZOE = Mailbox("Zoe Quill", "zoe@quill.example")
FORM = "contact@pages.example"

Tell = Callable[..., Identity]


@pytest.fixture
def tell(make_parsed: Callable[..., ParsedMail], house: Directory, policy: Policy) -> Tell:
    """Identifies a message; `contact@pages.example` is named as a form in the settings."""
    rules = replace(policy, service=replace(policy.service, form_senders=(FORM,)))

    def make(sender: str, reply_to: tuple[Mailbox, ...], /, **changes: Any) -> Identity:
        verdict = changes.pop("verdict", Verdict.NONE)
        parsed = make_parsed(sender, reply_to=reply_to, authentication=Authentication(verdict), **changes)
        return identify(parsed, house, rules, vouched=None, is_reply=False)

    return make


def codes(identity: Identity) -> list[str]:
    """The codes of its reasons."""
    return [reason.code for reason in identity.reasons]


@pytest.mark.parametrize(
    ("sender", "why"),
    [
        (FORM, "form"),
        ("website@northwind.example", "form"),
        ("anything@northwind.example", "form"),
        ("no-reply@formservice.example", "form"),
        ("contact-form@formservice.example", "form"),
        ("wordpress@shop.example", "form"),
    ],
)
@pytest.mark.parametrize(("visitor", "role"), [(ANN, Role.CLIENT), (ZOE, Role.STRANGER)])
def test_the_visitor_of_a_form_is_the_requester(
    tell: Tell, sender: str, why: str, visitor: Mailbox, role: Role
) -> None:
    """Named forms, machines of our own domain, and machines elsewhere that name somebody of another domain."""
    found = tell(sender, (visitor,))

    assert (role, visitor, visitor, False) == (found.role, found.requester, found.author, found.proved)
    assert why == codes(found)[0]


@pytest.mark.parametrize(
    ("sender", "reply_to"),
    [
        ("zoe@quill.example", (ANN,)),
        ("no-reply@shop.example", (Mailbox(None, "help@shop.example"),)),
        ("no-reply@shop.example", (Mailbox(None, "help@service.shop.example"),)),
        ("no-reply@shop.example", (ANN, ZOE)),
        ("no-reply@shop.example", ()),
        ("no-reply@shop.example", (Mailbox(None, "sam@northwind.example"),)),
        ("no-reply@shop.example", (Mailbox("Ann Lee", None),)),
    ],
)
def test_reply_to_is_believed_of_forms_alone(tell: Tell, sender: str, reply_to: tuple[Mailbox, ...]) -> None:
    """A person's Reply-To, a shop's own help desk, one of us, or no single visitor: the author is who writes."""
    found = tell(sender, reply_to)

    assert sender == found.requester.address
    assert not {"form", "proved-form"} & set(codes(found))


def test_reply_to_makes_nobody_staff(tell: Tell) -> None:
    """One of us who has another Reply-To is still the author."""
    found = tell("sam@northwind.example", (ANN,), verdict=Verdict.PASS)

    assert ("sam", "sam@northwind.example") == (found.staff, found.author.address)


def test_a_refuted_form_is_not_believed(tell: Tell) -> None:
    """The checks of its domain failed: anybody may have sent it."""
    found = tell(FORM, (ANN,), verdict=Verdict.FAIL)

    assert (FORM, "author-refuted") == (found.requester.address, codes(found)[-1])


@pytest.mark.parametrize(("sender", "why"), [(FORM, "proved-form"), ("no-reply@pages.example", "form")])
def test_only_a_named_form_is_proved(tell: Tell, sender: str, why: str) -> None:
    """And that proves the form, never the visitor."""
    found = tell(sender, (ANN,), verdict=Verdict.PASS)

    assert (why, False) == (codes(found)[0], found.proved)


@pytest.mark.parametrize(
    ("kind", "sender", "role"),
    [
        (AutomaticKind.AUTO_REPLY, FORM, Role.CLIENT),
        (AutomaticKind.NEWSLETTER, FORM, Role.CLIENT),
        (AutomaticKind.OUT_OF_OFFICE, FORM, Role.MACHINE),
        (AutomaticKind.BOUNCE, FORM, Role.MACHINE),
        (AutomaticKind.AUTO_REPLY, "no-reply@shop.example", Role.MACHINE),
    ],
)
def test_the_headers_of_a_named_form_do_not_make_its_visitor_a_machine(
    tell: Tell, kind: AutomaticKind, sender: str, role: Role
) -> None:
    """Form programs mark what they send as generated; a bounce stays a bounce."""
    assert role is tell(sender, (ANN,), automatic=Automatic(kind, "header")).role
