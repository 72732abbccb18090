"""Sign-offs read as cards."""

from collections.abc import Callable

import pytest

from mailroute.domain.directory import Directory, Organisation
from mailroute.domain.parsed import ParsedMail, Phone, SignatureCard
from mailroute.parsing import parse
from mailroute.parsing.phones import e164, phones_in

Read = Callable[..., ParsedMail]

# The sign-off, and name, role, organisation and E.164 numbers of its writer, ann.lee@borealis.example.
CARDS = (
    (
        "Kind regards,\n\nAnn Lee\nPlant manager\n\nBorealis GmbH\nAm Hafen 3, 26721 Emden\nTel. +49 541 5550-12",
        ("Ann Lee", "Plant manager", "Borealis GmbH", ["+49541555012"]),
    ),
    (
        "Thanks,\nAnn Lee | Head of Purchasing | Borealis Ltd | +44 20 7946 0018",
        ("Ann Lee", "Head of Purchasing", "Borealis Ltd", ["+442079460018"]),
    ),
    (
        "Best,\nAnn Lee, Shift planner\nBorealis Foods\nM: (713) 555-0142\nFax: (713) 555-0143",
        ("Ann Lee", "Shift planner", "Borealis Foods", ["+17135550142"]),
    ),
    (
        "Mit freundlichen Grüßen\nAnn Lee\nEinkauf\nBorealis AG\nTelefon: +49 (0)30 555 0142\nMobil 0170 5550142",
        ("Ann Lee", "Einkauf", "Borealis AG", ["+49305550142", "+491705550142"]),
    ),
    (
        "Cordialement,\nAnn Lee\nDirectrice technique\nBorealis SARL\nTél : +33 1 55 50 14 20",
        ("Ann Lee", "Directrice technique", "Borealis SARL", ["+33155501420"]),
    ),
    ("Best\nAnn", ("Ann", None, None, [])),
)


@pytest.mark.parametrize(("sign_off", "told"), CARDS)
def test_a_sign_off_is_read(
    read: Read, sign_off: str, told: tuple[str | None, str | None, str | None, list[str]]
) -> None:
    """Who signs, as what and for whom, and the numbers in E.164 without fax."""
    card = read("Pump 4 leaks again and we cannot work.\n\n" + sign_off).card

    assert card is not None
    assert told == (card.name, card.role, card.organisation, [phone.e164 for phone in card.phones])


def test_a_card_tells_its_place(read: Read) -> None:
    """The place is that of the sign-off in the whole text, before any legal text below it."""
    sign_off = "Kind regards,\nAnn Lee\nann.lee@borealis.example\nwww.borealis.example"
    mail = read(
        f"Pump 4 leaks.\n\n{sign_off}\n\nThis e-mail is confidential and intended for the addressee only."
    )

    assert mail.card is not None
    assert sign_off == mail.body.full[mail.card.start : mail.card.end]
    assert ("ann.lee@borealis.example",) == mail.card.addresses
    assert ("www.borealis.example",) == mail.card.links


def test_the_one_who_wrote_the_forwarded_mail_has_a_card(read: Read) -> None:
    """A client's card is read out of the mail that a rep passes on, with its place in that mail."""
    mail = read(
        "For you.\n\nSam Reed\nSales\n\n---------- Forwarded message ---------\nFrom: Ann Lee <ann@borealis.example>\n"
        "Date: Mon, 2 Mar 2026 at 08:00\nSubject: Pump 4\nTo: Sam Reed <sam@ourfirm.example>\n\n"
        "Pump 4 leaks.\n\nKind regards\nAnn Lee\nPlant manager\nBorealis GmbH\n+49 541 5550-12\n",
        From="Sam Reed <sam@ourfirm.example>",
        Subject="Fwd: Pump 4",
    )

    assert mail.forwarded is not None
    card = mail.forwarded.card
    assert card == SignatureCard(
        name="Ann Lee",
        role="Plant manager",
        organisation="Borealis GmbH",
        phones=(Phone("+49 541 5550-12", "+49541555012"),),
        start=15,
        end=len(mail.forwarded.body),
    )


def test_mail_without_a_sign_off_has_no_card(read: Read) -> None:
    """Numbers in the words of the sender make no card."""
    assert read("Pump 4 leaks. Call 030 555 0142.").card is None


@pytest.mark.parametrize(
    ("number", "regions", "expected"),
    [
        ("030 555 0142", ("DE",), "+49305550142"),
        ("0049 30 555 0142", (), "+49305550142"),
        ("030 555 0142", (), None),
        ("1", ("DE",), None),
        ("020 7946 0018", ("US", "GB"), "+442079460018"),
        ("(212) 555-0142", (), "+12125550142"),
    ],
)
def test_national_numbers_need_a_region(number: str, regions: tuple[str, ...], expected: str | None) -> None:
    """A number without its country is put in E.164 only where a country that has such numbers is known."""
    assert expected == e164(number, *regions)


@pytest.mark.parametrize(
    ("sign_off", "address", "home", "expected"),
    [
        ("Tel. 0541 5550-12", "ann@borealis.example", "DE", "+49541555012"),
        ("Tel. 0541 5550-12", "ann@example.de", None, "+49541555012"),
        ("Tel. 0541 5550-12\nMobil +49 170 5550123", "ann@borealis.example", None, "+49541555012"),
        ("26721 Emden, Deutschland\nTel. 0541 5550-12", "ann@borealis.example", None, "+49541555012"),
        ("Am Hafen 3, D-26721 Emden\nTel. 0541 5550-12", "ann@borealis.example", None, "+49541555012"),
        ("1 Quay Road, London EC1A 1BB\nT 020 7946 0018", "ann@borealis.example", None, "+442079460018"),
        ("T 020 7946 0018 | www.example.co.uk", "ann@borealis.example", None, "+442079460018"),
        ("Rosa-Luxemburg-Str. 3\nTel. 0541 5550-12", "ann@borealis.example", None, None),
    ],
)
def test_the_region_of_a_number(sign_off: str, address: str, home: str | None, expected: str | None) -> None:
    """The directory tells the country, or the writer's domain, other numbers, the postal address or a link."""
    assert expected == phones_in(sign_off, address, home)[0].e164


def test_the_directory_tells_the_country_of_a_writer() -> None:
    """What is known of the client's organisation reaches the numbers of the sign-off."""
    raw = (
        b"From: Ann Lee <ann.lee@borealis.example>\nSubject: Pump 4\n\n"
        b"Pump 4 leaks.\n\nKind regards\nAnn Lee\nTel. 0541 5550-12\n"
    )
    borealis = Organisation(id="borealis", name="Borealis", domains=("borealis.example",), country="DE-NI")
    card = parse(raw, country_of=Directory(organisations=(borealis,)).country_at).card

    assert card is not None
    assert (Phone("0541 5550-12", "+49541555012"),) == card.phones
