"""What we sign holds on the other side, and falls apart when somebody changes it."""

import base64
from datetime import UTC, datetime

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa

from mailroute.domain.errors import Misconfigured
from mailroute.domain.outgoing import ComposedMail, Enclosure
from mailroute.domain.policy import Policy
from mailroute.outbound.compose import compose
from mailroute.outbound.dkim_sign import Signer, read_signer
from mailroute.outbound.enclose import enclose
from mailroute.outbound.render import Renderer
from mailroute.outbound.samples import sample_draft

NOW = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
DOMAIN = "northwind.example"
Key = rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey


def pem(key: Key, form: serialization.PrivateFormat = serialization.PrivateFormat.PKCS8) -> bytes:
    """The key as openssl writes it."""
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())


def record(key: Key) -> bytes:
    """What belongs into the DNS."""
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return b"v=DKIM1; k=ed25519; p=" + base64.b64encode(key.public_key().public_bytes_raw())
    der = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return b"v=DKIM1; k=rsa; p=" + base64.b64encode(der)


RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ED = ed25519.Ed25519PrivateKey.generate()


def signer(key: Key = RSA) -> Signer:
    """The signer with *key*."""
    return read_signer(DOMAIN, "s1", pem(key))


def holds(raw: bytes, key: Key = RSA) -> bool:
    """Whether a verifier believes *raw*."""
    return bool(dkim.verify(raw, dnsfunc=lambda *_, **__: record(key)))


@pytest.fixture
def mail(policy: Policy, renderer: Renderer) -> ComposedMail:
    """A mail of ours, with a file."""
    whole = compose(sample_draft("follow-up"), renderer, policy, outbox_unique="", now=NOW)
    return enclose(whole, [Enclosure("plan.pdf", "application/pdf", b"%PDF-1.7 " + bytes(300))])


@pytest.mark.parametrize("key", [RSA, ED], ids=["rsa-sha256", "ed25519-sha256"])
def test_a_signed_mail_is_believed(mail: ComposedMail, key: Key) -> None:
    """Signatures of both kinds hold, with a file that travels along; all but the signature is as it was."""
    signed = signer(key).sign(mail)

    assert holds(signed.raw, key)
    assert signed.raw.endswith(mail.raw)
    assert signed.raw.startswith(b"DKIM-Signature: v=1;")
    assert max(map(len, signed.raw.removesuffix(mail.raw).split(b"\r\n"))) <= 78


@pytest.mark.parametrize(
    "form", [serialization.PrivateFormat.PKCS8, serialization.PrivateFormat.TraditionalOpenSSL]
)
def test_both_forms_of_rsa_keys_are_read(form: serialization.PrivateFormat) -> None:
    """`openssl genrsa` of any version makes keys that we can use."""
    assert (2048, "rsa-sha256") == (read_signer(DOMAIN, "s1", pem(RSA, form)).bits, signer().algorithm)


def test_the_bare_seed_of_dknewkey_is_read() -> None:
    """Dkimpy's own tool writes Ed25519 keys as base64 without a frame."""
    seed = base64.b64encode(ED.private_bytes_raw())

    assert read_signer(DOMAIN, "s1", seed + b"\n") == signer(ED)


def test_relays_may_fold_and_pad(mail: ComposedMail) -> None:
    """Relaxed/relaxed: other folding, other case of names and white space at line ends break nothing."""
    raw = signer().sign(mail).raw

    assert holds(raw.replace(b"\r\nSubject: ", b"\r\nSUBJECT:   ").replace(b"\r\nTo: ", b"\r\nTo:\r\n\t"))
    assert holds(raw + b"\r\n\r\n")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"", b"From: Evil <evil@elsewhere.example>\r\n"),
        (b"", b"Subject: another\r\n"),
        (b"", b"Reply-To: <evil@elsewhere.example>\r\n"),
        (b"", b"Date: Tue, 03 Mar 2026 12:00:01 +0000\r\n"),
        (b"\r\nSubject: ", b"\r\nSubject: Re: "),
        (b"\r\nTo: ", b"\r\nTo: x@elsewhere.example, "),
        (b"\r\nReply-To: ", b"\r\nX-Reply-To: "),
        (b"\r\nContent-Type: ", b"\r\nContent-Type: text/plain\r\nX: "),
        (b"JVBERi", b"JVBERj"),
    ],
)
def test_what_changes_the_meaning_breaks_the_signature(mail: ComposedMail, old: bytes, new: bytes) -> None:
    """A second From, Subject, Reply-To or Date on top, other fields, or another byte of a file: not ours any more."""
    raw = signer().sign(mail).raw
    changed = raw.replace(old, new, 1) if old else new + raw

    assert raw != changed
    assert not holds(changed)


def test_fields_of_the_thread_and_of_the_list_are_signed(mail: ComposedMail) -> None:
    """h= names what stands there, and From once more than that."""
    head = signer().sign(mail).raw.partition(b"bh=")[0].decode()
    named = "".join(head.partition("h=")[2].split()).strip(";").split(":")

    assert {"in-reply-to", "references", "message-id", "mime-version", "content-type"} <= set(named)
    assert 2 == named.count("from")


@pytest.mark.parametrize(
    ("found", "fits"),
    [
        (record(RSA), True),
        (record(RSA).replace(b"; ", b";"), True),
        (record(ED), False),
        (b"v=DKIM1; k=rsa; p=", False),
        (b"v=spf1 -all", False),
        (b"", False),
        (b"\xff\x00p=", False),
    ],
    ids=["ours", "without spaces", "of another key", "empty key", "SPF", "nothing", "no text"],
)
def test_a_record_fits_its_key_alone(found: bytes, fits: bool) -> None:
    """Doctor's question: is this record the other half of our key?"""
    assert fits == signer().matches(found)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"no key",
        record(RSA),
        b"-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n",
        b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    ],
)
def test_what_is_no_key_is_said_so(text: bytes) -> None:
    """A file that holds no private key stops the start, and its content is not shown."""
    with pytest.raises(Misconfigured, match="no RSA or Ed25519 private key"):
        read_signer(DOMAIN, "s1", text)


def test_a_weak_key_is_refused() -> None:
    """RFC 8301: below 1024 bits nobody believes a signature."""
    weak = (
        b"-----BEGIN RSA PRIVATE KEY-----\n"
        b"MIIBOgIBAAJBAKj34GkxFhD90vcNLYLInFEX6Ppy1tPf9Cnzj4p4WGeKLs1Pt8Qu\n"
        b"KUpRKfFLfRYC9AIKjbJTWit+CqvjWYzvQwECAwEAAQJAIJLixBy2qpFoS4DSmoEm\n"
        b"o3qGy0t6z09AIJtH+5OeRV1be+N4cDYJKffGzDa88vQENZiRm0GRq6a+HPGQMd2k\n"
        b"TQIhAKMSvzIBnni7ot/OSie2TmJLY4SwTQAevXysE2RbFDYdAiEBCUEaRQnMnbp7\n"
        b"9mxDXDf6AU0cN/RPBjb9qSHDcWZHGzUCIG2Es59z8ugGrDY+pxLQnwfotadxd+Uy\n"
        b"v/Ow5T0q5gIJAiEAyS4RaI9YG8EWx/2w0T67ZUVAw8eOMB6BIUg0Xcu+3okCIBOs\n"
        b"/5OiPgoTdSy7bcF9IGpSE8ZgGKzgYQVZeN97YE00\n"
        b"-----END RSA PRIVATE KEY-----\n"
    )

    with pytest.raises(Misconfigured, match="512 bits"):
        read_signer(DOMAIN, "s1", weak)
