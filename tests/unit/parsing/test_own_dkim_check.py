"""Our own check of DKIM signatures and ARC seals, on mails signed here."""

import base64
import hashlib
from collections.abc import Callable

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from mailroute.domain.parsed import Authentication
from mailroute.domain.policy import Trust
from mailroute.domain.received import Verdict
from mailroute.parsing import parse

MAIL = (
    b"From: Ann Lee <ann.lee@borealis.example>\r\nTo: issues@ourfirm.example\r\nSubject: Pump 4\r\n"
    b"Date: Mon, 02 Mar 2026 09:14:00 +0100\r\nMessage-ID: <m@borealis.example>\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n\r\nPump 4 leaks.\r\n"
)
ALL = [b"from", b"to", b"subject", b"date", b"message-id", b"content-type"]

SHORT_KEY = b"""-----BEGIN RSA PRIVATE KEY-----
MIIBygIBAAJhANv9iA5i8VDVjVXAxrZUelrXhg/IF8z8660SSIuXumCnZpXglQ02
Ks/cjfzWzgoedYaIVnoHLuwKhTdQ980FKC84Eiaw/mY+i4elzqPbnW1m1a5axnx2
slH89k4IMbPLUwIDAQABAmBeDx++LvXIvxYIBT2xNZt+/cmXM9FhVv6ZaEjWTpBk
xQ5qpLR2CqPxbfbTlTBRSUXhr/W6GNlkpLXtvUi6m1yzwHgvEq0hV7vrs4WZ3wgq
TFU1Vwv6W23sqfkW4zNgZSECMQD03gYN2a18CYykbYglK1E09QpMJAXUP9lsPtKu
WSfk62uUP5kEaJWd/h4t6SDkD1ECMQDl/fgA+HnLmbXsKdyAxoFRPoJKHJikXl/s
uO5xerrO9jmjcgWFzRRXwmJoyVcSL2MCMG2RT2oxJfSjnUASFuJy4JJutx3c3JLd
wx8xeTo0gKppQSkD0Cdt2MzqYXyvnV0PEQIwHOHF0Sli8iR9agjfvfQvrSoyZmgs
6wdG+I1ItEt7Rh45osLg2qqkUVkBzrLqEkiNAjEAlBgiQvlDZcolA5efDiXSTr8E
/xPGGMDvL7mDez0F2RLodPqmepIaX3ZovjhxU7Py
-----END RSA PRIVATE KEY-----
"""
"""768 bits, made for this test."""
SHORT_RECORD = (
    b"v=DKIM1; k=rsa; p=MHwwDQYJKoZIhvcNAQEBBQADawAwaAJhANv9iA5i8VDVjVXAxrZUelrXhg/IF8z8660SSI"
    b"uXumCnZpXglQ02Ks/cjfzWzgoedYaIVnoHLuwKhTdQ980FKC84Eiaw/mY+i4elzqPbnW1m1a5axnx2slH89k4IMbPLUwIDAQAB"
)


class Signer:
    """A domain with a key, and the DNS that tells it."""

    def __init__(self, bits: int = 1024) -> None:
        key = rsa.generate_private_key(public_exponent=65537, key_size=bits)
        form, none = serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
        self.pem = key.private_bytes(serialization.Encoding.PEM, form, none)
        public = key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        self.record = b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)

    def sign(
        self,
        mail: bytes = MAIL,
        *,
        domain: bytes = b"borealis.example",
        signed: list[bytes] = ALL,
        length: bool = False,
    ) -> bytes:
        """The mail with its signature above it."""
        return (
            dkim.sign(
                mail,
                b"s1",
                domain,
                self.pem,
                include_headers=signed,
                length=length,
                canonicalize=(b"relaxed", b"relaxed"),
            )
            + mail
        )

    def seal(self, fields: list[tuple[bytes, bytes]], name: bytes, value: bytes) -> bytes:
        """*value* with its b=, over *fields* and itself."""
        key = serialization.load_pem_private_key(self.pem, None)
        assert isinstance(key, rsa.RSAPrivateKey)
        text = b"".join(n + b":" + v + b"\r\n" for n, v in fields) + name + b":" + value
        return value + base64.b64encode(key.sign(text, PKCS1v15(), SHA256()))

    def check(self, mail: bytes, trust: Trust | None = None) -> Authentication:
        """What the reader says of *mail*, with this signer's key in the DNS."""
        return parse(mail, trust=trust or Trust(), lookup=lambda _name: self.record).authentication


@pytest.fixture(scope="module")
def signer() -> Signer:
    """A domain with a sound key."""
    return Signer()


def test_a_signature_of_the_authors_domain_proves_it(signer: Signer) -> None:
    """An aligned signature over all that people read is proof, told with its signer."""
    proof = signer.check(signer.sign())

    assert (
        Authentication(Verdict.PASS, ("dkim=pass header.d=borealis.example (own check, RFC 6376)",)) == proof
    )


def test_a_signature_of_the_organisation_proves_its_departments(signer: Signer) -> None:
    """The signer may be a domain above the author's."""
    mail = MAIL.replace(b"@borealis.example>\r\nTo", b"@plant.borealis.example>\r\nTo")

    assert Verdict.PASS is signer.check(signer.sign(mail)).verdict


def bare_line_ends(signer: Signer) -> bytes:
    """Signed with CRLF and kept with LF, as many stores do."""
    return signer.sign().replace(b"\r\n", b"\n")


def test_line_ends_do_not_break_a_signature(signer: Signer) -> None:
    """A mail that was kept with LF holds as it did with CRLF."""
    assert Verdict.PASS is signer.check(bare_line_ends(signer)).verdict


CRAFTED: tuple[tuple[str, Callable[[Signer], bytes]], ...] = (
    ("l= leaves part of the text unsigned", lambda s: s.sign(length=True) + b"Pay to account 666.\r\n"),
    (
        "subject is not signed",
        lambda s: s.sign(signed=[name for name in ALL if name != b"subject"]).replace(
            b"Pump 4\r\n", b"Pay now\r\n", 1
        ),
    ),
    ("subject is not signed", lambda s: b"Subject: Pay now\r\n" + s.sign()),
    ("signature or key does not fit", lambda s: s.sign().replace(b"Pump 4 leaks", b"Pay 4 times ")),
    ("content-type is not signed", lambda s: s.sign(signed=ALL[:-1])),
)


@pytest.mark.parametrize(("why", "craft"), CRAFTED)
def test_a_signature_over_less_than_people_read_proves_nothing(
    signer: Signer, why: str, craft: Callable[[Signer], bytes]
) -> None:
    """Text beyond l=, a subject that is not signed or doubled, and changed words are no proof, and it is said why."""
    told = signer.check(craft(signer))

    assert Verdict.NONE is told.verdict
    assert any(why in line or "ValidationError" in line for line in told.evidence)


def test_a_second_author_is_no_proof(signer: Signer) -> None:
    """A From above the signed one leaves nobody proved."""
    assert Verdict.NONE is signer.check(b"From: Boss <boss@borealis.example>\r\n" + signer.sign()).verdict


def test_another_domains_signature_is_no_proof(signer: Signer) -> None:
    """A mail service that signs with its own name proves only itself."""
    assert Authentication() == signer.check(signer.sign(domain=b"mailer.example"))


def test_short_keys_are_no_proof() -> None:
    """A key under 1024 bits can be found out."""
    short = Signer.__new__(Signer)
    short.pem, short.record = SHORT_KEY, SHORT_RECORD

    assert Verdict.NONE is short.check(short.sign()).verdict


def test_a_domain_that_tests_is_unsigned(signer: Signer) -> None:
    """t=y in the key record asks for being treated as unsigned."""
    mail, record = signer.sign(), signer.record.replace(b"k=rsa;", b"k=rsa; t=y;")

    assert Verdict.NONE is parse(mail, lookup=lambda _name: record).authentication.verdict


def test_the_eleventh_signature_is_not_looked_at(signer: Signer) -> None:
    """At most ten signatures are checked, and three keys that cannot be had asked for."""
    asked: list[bytes] = []

    def nothing(name: bytes) -> None:
        asked.append(name)

    mail = signer.sign()
    junk = mail[: mail.index(b"From:")] * 200
    told = parse(junk + MAIL, lookup=nothing).authentication

    assert Verdict.NONE is told.verdict
    assert 3 == len(asked)


def test_our_border_goes_before_our_own_check(signer: Signer) -> None:
    """Where a trusted result stands, no key is asked for."""
    mail = (
        b"Authentication-Results: mx.ourfirm.example; dmarc=fail header.from=borealis.example\r\n"
        + signer.sign()
    )

    assert Verdict.FAIL is signer.check(mail, Trust(authserv_ids=("mx.ourfirm.example",))).verdict


def test_without_a_lookup_nothing_is_checked(signer: Signer) -> None:
    """The reader asks nobody unless it is given whom to ask."""
    assert Authentication() == parse(signer.sign()).authentication


def sealed(signer: Signer) -> bytes:
    """A mail that a list changed: its own seal tells what it saw before (RFC 8617 §4.1, relaxed canonical form)."""
    mail = MAIL.replace(b"Pump 4\r\n", b"[pumps] Pump 4\r\n")
    head, body = mail.split(b"\r\n\r\n", 1)
    fields = [(name.lower(), value) for name, value in (line.split(b": ", 1) for line in head.split(b"\r\n"))]
    told = b"i=1; lists.example; dkim=pass header.d=borealis.example; dmarc=pass header.from=borealis.example"
    digest = base64.b64encode(hashlib.sha256(body).digest())
    mark = b"i=1; a=rsa-sha256; c=relaxed/relaxed; d=lists.example; s=s1; h=" + b":".join(
        n for n, _ in fields
    )
    mark = signer.seal(fields, b"arc-message-signature", mark + b"; bh=" + digest + b"; b=")
    above = [(b"arc-authentication-results", told), (b"arc-message-signature", mark)]
    seal = signer.seal(above, b"arc-seal", b"i=1; cv=none; a=rsa-sha256; d=lists.example; s=s1; b=")
    added = [(b"arc-seal", seal), *reversed(above)]
    return b"".join(name + b": " + value + b"\r\n" for name, value in added) + mail


@pytest.mark.parametrize(
    ("sealers", "verdict"),
    [(("lists.example",), Verdict.PASS), (("other.example",), Verdict.NONE), ((), Verdict.NONE)],
)
def test_seals_count_only_by_name(signer: Signer, sealers: tuple[str, ...], verdict: Verdict) -> None:
    """What a forwarder sealed is believed when the forwarder is one of those named."""
    assert verdict is signer.check(sealed(signer), Trust(arc_sealers=sealers)).verdict


def test_a_broken_seal_is_no_proof(signer: Signer) -> None:
    """Words changed after the seal take its worth."""
    mail = sealed(signer).replace(b"Pump 4 leaks", b"Pay 4 times ")

    assert Verdict.NONE is signer.check(mail, Trust(arc_sealers=("lists.example",))).verdict
