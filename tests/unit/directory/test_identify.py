"""Who wrote, and for whom: From: alone is never identity."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from mailroute.directory.identify import identify
from mailroute.domain.address import Mailbox
from mailroute.domain.decisions import Identity
from mailroute.domain.directory import Directory, Staff, StaffRole
from mailroute.domain.parsed import Authentication, Automatic, AutomaticKind, Forwarded, ParsedMail
from mailroute.domain.policy import Policy, Trust
from mailroute.domain.received import Verdict
from mailroute.domain.ticket import Role, Via

ANN = Mailbox("Ann Lee", "ann.lee@borealis.example")
SAM = Mailbox("Sam Reed", "sam@northwind.example")
DESK = Mailbox(None, "issues@northwind.example")
STRANGER = Mailbox("Zoe Quill", "zoe@quill.example")

Tell = Callable[..., Identity]


@pytest.fixture
def tell(make_parsed: Callable[..., ParsedMail], house: Directory, policy: Policy) -> Tell:
    """Identifies a message from an address; how it is proved and to whom it was written can be said."""

    def make(
        address: str, /, *, verdict: Verdict = Verdict.NONE, is_reply: bool = False, **changes: Any
    ) -> Identity:
        directory, rules = changes.pop("directory", house), changes.pop("policy", policy)
        vouched = changes.pop("vouched", None)
        parsed = make_parsed(address, authentication=Authentication(verdict), **changes)
        return identify(parsed, directory, rules, vouched=vouched, is_reply=is_reply)

    return make


def codes(identity: Identity) -> list[str]:
    """The codes of its reasons."""
    return [reason.code for reason in identity.reasons]


@pytest.mark.parametrize(
    ("sender", "role"),
    [
        ("sam@northwind.example", Role.REP),
        ("ines@northwind.example", Role.PM),
        ("lea@northwind.example", Role.LEAD),
        ("SAM@Northwind.Example", Role.REP),
    ],
)
def test_staff_are_staff_when_their_domain_is_proved(tell: Tell, sender: str, role: Role) -> None:
    """The role comes from the directory, the right to it from authentication."""
    found = tell(sender, verdict=Verdict.PASS)

    assert (role, True) == (found.role, found.proved)
    assert found.staff is not None


@pytest.mark.parametrize(
    ("verdict", "trusting", "role", "code"),
    [
        (Verdict.PASS, False, Role.REP, "known-staff"),
        (Verdict.NONE, False, Role.STRANGER, "staff-unproved"),
        (Verdict.FAIL, False, Role.STRANGER, "staff-refuted"),
        (Verdict.PASS, True, Role.REP, "known-staff"),
        (Verdict.NONE, True, Role.REP, "known-staff"),
        (Verdict.FAIL, True, Role.STRANGER, "staff-refuted"),
    ],
)
def test_a_colleague_s_name_needs_proof(
    tell: Tell, policy: Policy, verdict: Verdict, trusting: bool, role: Role, code: str
) -> None:
    """Unproved mail of staff counts only where the installation says so; refuted mail never does."""
    rules = replace(policy, trust=Trust(staff_without_proof=trusting))
    found = tell("sam@northwind.example", verdict=verdict, policy=rules)

    assert (role, code) == (found.role, codes(found)[0])
    assert (found.staff == "sam") is (role is Role.REP)


@pytest.mark.parametrize(
    ("vouched", "header", "role"),
    [
        (Verdict.PASS, Verdict.NONE, Role.REP),
        (Verdict.PASS, Verdict.FAIL, Role.REP),
        (Verdict.FAIL, Verdict.PASS, Role.STRANGER),
        (Verdict.NONE, Verdict.PASS, Role.STRANGER),
        (None, Verdict.PASS, Role.REP),
    ],
)
def test_the_channel_s_own_word_goes_before_the_headers(
    tell: Tell, vouched: Verdict | None, header: Verdict, role: Role
) -> None:
    """What the channel knows of itself cannot be forged in a header."""
    assert role is tell("sam@northwind.example", verdict=header, vouched=vouched).role


@pytest.mark.parametrize(
    ("sender", "client", "organisation", "code"),
    [
        ("ann.lee@borealis.example", "Ann Lee", "borealis", "known-client"),
        ("Ann.Lee@BOREALIS.example", "Ann Lee", "borealis", "known-client"),
        ("ann@home.example", "Ann Lee", "borealis", "known-client"),
        ("cleo.marsh@gmail.com", "Cleo Marsh", "corvus", "known-client"),
        ("new.person@borealis.example", None, "borealis", "known-domain"),
        ("night.shift@plant2.borealis.example", None, "borealis", "known-domain"),
    ],
)
def test_a_client_is_known_by_address_or_by_domain(
    tell: Tell, sender: str, client: str | None, organisation: str, code: str
) -> None:
    """Also at home and below the company's domain; the account's rep comes with it."""
    found = tell(sender)

    assert (Role.CLIENT, client, organisation, "sam") == (
        found.role,
        found.client,
        found.organisation,
        found.rep,
    )
    assert [code] == codes(found)


@pytest.mark.parametrize(
    "sender",
    [
        "somebody.else@gmail.com",
        "zoe@quill.example",
        "ann@notborealis.example",
        "ann@borealis.example.evil.example",
        "unlisted@northwind.example",
    ],
)
def test_everybody_else_is_a_stranger(tell: Tell, sender: str) -> None:
    """A provider's domain, a look-alike and our own domain without a name in the directory say nothing."""
    found = tell(sender)

    assert (Role.STRANGER, None, None, None) == (found.role, found.client, found.organisation, found.staff)


def test_a_provider_s_domain_never_stands_for_a_company(tell: Tell, house: Directory) -> None:
    """Even where somebody has entered gmail.com as a company's domain."""
    wrong = replace(house.organisations[1], domains=("gmail.com",))
    directory = Directory(staff=house.staff, organisations=(house.organisations[0], wrong))

    assert Role.STRANGER is tell("anybody@gmail.com", directory=directory).role


def test_a_refuted_client_is_marked(tell: Tell) -> None:
    """The mail is read as the client's, and everybody downstream can see that the checks failed."""
    found = tell("ann.lee@borealis.example", verdict=Verdict.FAIL)

    assert (Role.CLIENT, False) == (found.role, found.proved)
    assert "author-refuted" in codes(found)


@pytest.mark.parametrize(
    ("sender", "sole"),
    [(SAM, False), (ANN, False), (Mailbox("Sam Reed", None), True), (None, False), (None, True)],
)
def test_nobody_is_identified_without_exactly_one_author(
    tell: Tell, sender: Mailbox | None, sole: bool
) -> None:
    """Two From fields are the classic way past authentication (RFC 7103 §7.5.1); a name alone is no author."""
    found = tell("x@y.example", verdict=Verdict.PASS, sender=sender, sender_is_sole=sole)

    assert (Role.STRANGER, None, None, ["no-sole-author"]) == (
        found.role,
        found.staff,
        found.client,
        codes(found),
    )


@pytest.mark.parametrize("kind", AutomaticKind)
@pytest.mark.parametrize("sender", ["ann.lee@borealis.example", "sam@northwind.example", "zoe@quill.example"])
def test_a_machine_is_nobody_even_in_a_person_s_name(tell: Tell, kind: AutomaticKind, sender: str) -> None:
    """An out-of-office notice of staff, proved or not, speaks for no one."""
    found = tell(sender, verdict=Verdict.PASS, automatic=Automatic(kind, "Auto-Submitted: auto-replied"))

    assert (Role.MACHINE, None, None) == (found.role, found.staff, found.on_behalf_of)
    assert [f"automatic-{kind}"] == codes(found)


# One of us speaks for a client


def passed_on(sender: Mailbox, **changes: Any) -> Forwarded:
    """A mail that stands inside another one."""
    return Forwarded(sender=sender, body="Pump 4 leaks again.", **changes)


@pytest.mark.parametrize("by", ["inline", "attached"])
def test_a_rep_s_forward_is_the_client_s_matter(tell: Tell, by: str) -> None:
    """Requester is who wrote the mail that was passed on; the forwarding rep owns the relation."""
    found = tell("sam@northwind.example", verdict=Verdict.PASS, forwarded=passed_on(ANN, by=by))

    assert (ANN, ANN, Via.FORWARDED) == (found.requester, found.on_behalf_of, found.via)
    assert ("Ann Lee", "borealis", "sam") == (found.client, found.organisation, found.rep)
    assert ["known-staff", "forwarded-for"] == codes(found)


def test_a_pm_s_forward_leaves_the_account_s_rep(tell: Tell) -> None:
    """Only reps become the rep of what they pass on."""
    found = tell("ines@northwind.example", verdict=Verdict.PASS, forwarded=passed_on(ANN))

    assert "sam" == found.rep


def test_colleagues_between_client_and_rep_are_looked_through(tell: Tell) -> None:
    """Ann to Kai to Lea to Sam to us: the innermost writer who is not one of us is the client."""
    kai, lea = Mailbox("Kai Berg", "kai@northwind.example"), Mailbox("Lea", "lea@northwind.example")
    chain = passed_on(lea, inner=passed_on(kai, inner=passed_on(ANN)))

    assert ANN == tell("sam@northwind.example", verdict=Verdict.PASS, forwarded=chain).requester


def test_the_unlisted_colleague_at_our_domain_is_looked_through(tell: Tell) -> None:
    """Everybody at an internal domain is one of us, listed or not."""
    office = Mailbox("Front office", "office@mail.northwind.example")

    found = tell(
        "sam@northwind.example", verdict=Verdict.PASS, forwarded=passed_on(office, inner=passed_on(ANN))
    )

    assert ANN == found.requester


def test_our_own_offer_at_the_bottom_is_not_the_client_s_word(tell: Tell) -> None:
    """The client answered our mail: below their words stands what we wrote, and that is nobody's request."""
    ours = passed_on(ANN, inner=passed_on(SAM))

    assert ANN == tell("sam@northwind.example", verdict=Verdict.PASS, forwarded=ours).requester


def test_a_forward_among_colleagues_is_a_matter_of_our_own(tell: Tell) -> None:
    """Where all writers are of the house there is no client to speak for."""
    kai = Mailbox("Kai Berg", "kai@northwind.example")
    found = tell("sam@northwind.example", verdict=Verdict.PASS, forwarded=passed_on(kai))

    assert (None, "sam@northwind.example") == (found.on_behalf_of, found.requester.address)


@pytest.mark.parametrize(
    ("shown", "requester"),
    [
        (Mailbox("Ann Lee", None), ANN),
        (Mailbox("Lee, Ann", None), Mailbox("Lee, Ann", "ann.lee@borealis.example")),
        (Mailbox("LEE, ANN", None), Mailbox("LEE, ANN", "ann.lee@borealis.example")),
        (Mailbox(None, "ann.lee@borealis.example"), ANN),
        (Mailbox("Nobody We Know", None), Mailbox("Nobody We Know", None)),
    ],
)
def test_a_name_alone_is_completed_from_the_directory(tell: Tell, shown: Mailbox, requester: Mailbox) -> None:
    """Outlook shows colleagues and contacts by name only; one client of that name gives the address."""
    assert (
        requester == tell("sam@northwind.example", verdict=Verdict.PASS, forwarded=passed_on(shown)).requester
    )


def test_two_clients_of_one_name_are_not_guessed_between(tell: Tell, house: Directory) -> None:
    """Better no address than another company's."""
    twin = replace(house.clients[0], emails=("ann.lee@corvus.example",), organisation="corvus")
    directory = Directory(
        staff=house.staff, organisations=house.organisations, clients=(*house.clients, twin)
    )
    found = tell(
        "sam@northwind.example",
        verdict=Verdict.PASS,
        directory=directory,
        forwarded=passed_on(Mailbox("Ann Lee", None)),
    )

    assert (Mailbox("Ann Lee", None), None) == (found.requester, found.organisation)


def test_a_colleague_by_name_alone_is_one_of_us(tell: Tell) -> None:
    """`From: Berg, Kai` inside a forward is our Kai, so the client is further in."""
    chain = passed_on(Mailbox("Berg, Kai", None), inner=passed_on(ANN))

    assert ANN == tell("sam@northwind.example", verdict=Verdict.PASS, forwarded=chain).requester


@pytest.mark.parametrize("verdict", [Verdict.NONE, Verdict.FAIL])
def test_an_unproved_forward_speaks_for_nobody(tell: Tell, verdict: Verdict) -> None:
    """Else anybody could open tickets, and have mail sent, in a client's name."""
    found = tell("sam@northwind.example", verdict=verdict, forwarded=passed_on(ANN))

    assert (Role.STRANGER, None, None) == (found.role, found.on_behalf_of, found.organisation)


@pytest.mark.parametrize("sender", [ANN, STRANGER])
def test_a_forward_by_an_outsider_is_the_outsider_s_matter(tell: Tell, sender: Mailbox) -> None:
    """A client who passes on somebody else's mail stays the requester."""
    found = tell(
        str(sender.address), verdict=Verdict.PASS, forwarded=passed_on(Mailbox("Boss", "b@x.example"))
    )

    assert (sender.address, None) == (found.requester.address, found.on_behalf_of)


@pytest.mark.parametrize(
    "recipients",
    [
        pytest.param({"to": (ANN,), "cc": (DESK,)}, id="desk in Cc"),
        pytest.param({"to": (ANN,), "cc": ()}, id="desk in Bcc"),
        pytest.param({"to": (ANN, DESK), "cc": ()}, id="both in To"),
        pytest.param({"to": (DESK, ANN), "cc": ()}, id="both in To, desk first"),
        pytest.param(
            {"to": (Mailbox("Kai", "kai@northwind.example"), ANN), "cc": (DESK,)}, id="colleague in To"
        ),
    ],
)
def test_an_answer_to_the_client_that_we_see_is_the_client_s_matter(tell: Tell, recipients: Any) -> None:
    """Whichever line the desk stands in, a rep's mail to a client is about that client."""
    found = tell("sam@northwind.example", verdict=Verdict.PASS, **recipients)

    assert (ANN, Via.CC, "borealis", "sam") == (
        found.on_behalf_of,
        found.via,
        found.organisation,
        found.rep,
    )


@pytest.mark.parametrize(
    ("quoted", "requester"),
    [
        (Mailbox("Ben Okafor", "ben@borealis.example"), "ben@borealis.example"),
        (Mailbox("Ben Okafor", None), "ben@borealis.example"),
        (Mailbox("Mo Quill", None), "mo@quill.example"),
        (Mailbox(None, None), "zoe@quill.example"),
        (SAM, "zoe@quill.example"),
    ],
)
def test_who_is_answered_is_told_by_the_quote(tell: Tell, quoted: Mailbox, requester: str) -> None:
    """Of those written to, the one whose words are quoted is the requester; by default the first."""
    others = (STRANGER, Mailbox("Mo Quill", "mo@quill.example"))
    found = tell(
        "sam@northwind.example", verdict=Verdict.PASS, to=others, cc=(DESK,), answered=passed_on(quoted)
    )

    assert (requester, Via.CC) == (found.requester.address, found.via)


def test_a_client_in_copy_only_is_not_spoken_for(tell: Tell) -> None:
    """A rep's mail to the desk is the rep's own word, whoever may read along."""
    found = tell("sam@northwind.example", verdict=Verdict.PASS, to=(DESK,), cc=(ANN,))

    assert (None, Via.DIRECT) == (found.on_behalf_of, found.via)


def test_mail_among_colleagues_in_copy_is_spoken_for_nobody(tell: Tell) -> None:
    """Our own sub-addresses are ours, too, even where our domain is not among the internal ones."""
    reply = Mailbox(None, "issues+c.17.abc@northwind.example")

    assert tell("sam@northwind.example", verdict=Verdict.PASS, to=(reply,)).on_behalf_of is None


def test_our_reply_addresses_are_ours_without_internal_domains(tell: Tell, policy: Policy) -> None:
    """An installation that names no internal domains must not take its own desk for a client."""
    rules = replace(policy, service=replace(policy.service, internal_domains=()))
    to = (Mailbox(None, "issues+c.17.abc@northwind.example"),)

    assert tell("sam@northwind.example", verdict=Verdict.PASS, policy=rules, to=to).on_behalf_of is None


def test_a_reply_to_a_ticket_is_the_author_s_own_word(tell: Tell) -> None:
    """Whatever it quotes or forwards: the reply address says what it is about."""
    found = tell("sam@northwind.example", verdict=Verdict.PASS, is_reply=True, forwarded=passed_on(ANN))

    assert (None, Via.REPLY, "sam@northwind.example") == (
        found.on_behalf_of,
        found.via,
        found.requester.address,
    )


@pytest.mark.parametrize(
    ("to", "cc", "via"),
    [
        ((DESK,), (), Via.DIRECT),
        ((DESK, SAM), (), Via.DIRECT),
        ((SAM,), (DESK,), Via.CC),
        ((SAM,), (), Via.CC),
        ((), (), Via.DIRECT),
        ((Mailbox(None, "ISSUES@northwind.example"),), (), Via.DIRECT),
        ((Mailbox(None, "issues+summer@northwind.example"),), (), Via.DIRECT),
    ],
)
def test_how_a_client_s_mail_came(
    tell: Tell, to: tuple[Mailbox, ...], cc: tuple[Mailbox, ...], via: Via
) -> None:
    """Direct when the desk was written to, copied when somebody else was."""
    assert via is tell("ann.lee@borealis.example", to=to, cc=cc).via


def test_an_address_of_two_roles_is_staff_first(tell: Tell, house: Directory) -> None:
    """Somebody of ours who is also listed as a client has the stricter duty: proof."""
    both = Staff(id="ann", name="Ann", role=StaffRole.REP, emails=("ann.lee@borealis.example",))
    directory = Directory(staff=(both,), organisations=house.organisations, clients=house.clients)

    assert Role.STRANGER is tell("ann.lee@borealis.example", directory=directory).role


def test_where_clients_passed_it_on_among_themselves_the_first_writer_counts(tell: Tell) -> None:
    """Ann to Ben to Sam to us: it is Ann who has the problem."""
    ben = Mailbox("Ben Okafor", "ben@borealis.example")
    chain = passed_on(ben, inner=passed_on(ANN))

    assert ANN == tell("sam@northwind.example", verdict=Verdict.PASS, forwarded=chain).requester


def test_two_colleagues_of_one_name_are_not_guessed_between(tell: Tell, house: Directory) -> None:
    """A name that two of us have is nobody's proof of being one of us."""
    twin = Staff(id="kai2", name="Kai Berg", role=StaffRole.PM, emails=("k.berg@northwind.example",))
    directory = replace(house, staff=(*house.staff, twin))
    chain = passed_on(Mailbox("Kai Berg", None))
    found = tell("sam@northwind.example", verdict=Verdict.PASS, directory=directory, forwarded=chain)

    assert Mailbox("Kai Berg", None) == found.on_behalf_of
