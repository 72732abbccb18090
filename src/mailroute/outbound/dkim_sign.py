"""DKIM signatures (RFC 6376, RFC 8463) on our own mail: the home of dkimpy's signing.

Relaxed/relaxed, for relays fold and refold. From is signed once more than it stands there (RFC 6376 §8.15), so that a
second one makes the signature wrong; so are the other fields that people and programs act on.
"""

import base64
import binascii
import re
from dataclasses import dataclass, replace

import dkim
from dkim.crypto import UnparsableKeyError, parse_pem_private_key
from dkim.util import parse_tag_value

from mailroute.domain.errors import Misconfigured
from mailroute.domain.outgoing import ComposedMail

SIGNED = (
    "from",
    "to",
    "cc",
    "subject",
    "date",
    "message-id",
    "in-reply-to",
    "references",
    "reply-to",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "auto-submitted",
    "list-unsubscribe",
    "list-unsubscribe-post",
)
"""Fields of ours that are signed where they stand (RFC 6376 §5.4.1)."""

OVERSIGNED = ("from", "to", "subject", "date", "reply-to", "message-id")
"""None of these may be added afterwards."""

SMALLEST_KEY = 1024
"""Bits of RSA (RFC 8301 §3.2)."""
GOOD_KEY = 2048
"""What signers SHOULD have at least (RFC 8301 §3.2)."""

_ED25519_DER = bytes.fromhex("302e020100300506032b657004220420")
"""PKCS #8 of an Ed25519 key (RFC 8410 §7): this, and 32 octets of seed."""
_PEM = re.compile(rb"-----BEGIN ([A-Z ]+)-----\s+([A-Za-z0-9+/=\s]+)-----END \1-----")
_PROBE = b"From: Probe <probe@%s>\r\nSubject: probe\r\n\r\nprobe\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """A key, and the name under which its public half stands in the DNS."""

    domain: str
    selector: str
    algorithm: str
    """rsa-sha256 or ed25519-sha256."""
    key: bytes
    """As dkimpy takes it: PEM of an RSA key, or the base64 of an Ed25519 seed."""
    bits: int

    @property
    def record_name(self) -> str:
        """Where the DNS must hold the public key."""
        return f"{self.selector}._domainkey.{self.domain}"

    def sign(self, mail: ComposedMail) -> ComposedMail:
        """*mail* with a DKIM-Signature on top. The very last step: not a byte may change afterwards."""
        return replace(mail, raw=self._signature(mail.raw) + mail.raw)

    def matches(self, record: bytes) -> bool:
        """Whether the public key in *record*, a TXT record of the DNS, is the other half of ours."""
        probe = _PROBE % self.domain.encode("ascii")
        try:
            return bool(dkim.verify(self._signature(probe) + probe, dnsfunc=lambda *_, **__: record))
        except Exception:  # noqa: BLE001  the door of a foreign library: a record that it trips over matches nothing
            return False

    def _signature(self, raw: bytes) -> bytes:
        head = raw.partition(b"\r\n\r\n")[0]
        there = [found.decode("ascii").lower() for found in re.findall(rb"^([!-9;-~]+):", head, re.MULTILINE)]
        names = [name for name in there if name in SIGNED]
        signature: bytes = dkim.sign(
            raw,
            self.selector.encode("ascii"),
            self.domain.encode("ascii"),
            self.key,
            canonicalize=(b"relaxed", b"relaxed"),
            include_headers=[name.encode("ascii") for name in (*names, *OVERSIGNED)],
            signature_algorithm=self.algorithm.encode("ascii"),
        )
        return signature


def read_signer(domain: str, selector: str, key_file: bytes) -> Signer:
    """The signer with the private key in *key_file*.

    Raises:
        Misconfigured: it holds no key that can sign mail; says why.
    """
    if (seed := _ed25519_seed(key_file)) is not None:
        return Signer(
            domain=domain,
            selector=selector,
            algorithm="ed25519-sha256",
            key=base64.b64encode(seed),
            bits=256,
        )
    try:
        bits = int(parse_pem_private_key(key_file)["modulus"]).bit_length()
    # dkimpy reads ASN.1 by hand: what is no key ends in whatever the reading ran into.
    except (UnparsableKeyError, ValueError, LookupError, TypeError) as error:
        raise Misconfigured("dkim.key_file holds no RSA or Ed25519 private key in PEM") from error
    if bits < SMALLEST_KEY:
        raise Misconfigured(f"dkim.key_file has {bits} bits; RFC 8301 asks for 1024 at least, better 2048")
    return Signer(domain=domain, selector=selector, algorithm="rsa-sha256", key=key_file, bits=bits)


def says_key(record: bytes) -> bool:
    """Whether *record* holds a key at all, and not an empty one, which withdraws it (RFC 6376 §3.6.1)."""
    try:
        return bool(parse_tag_value(record).get(b"p"))
    except dkim.InvalidTagValueList:
        return False


def _ed25519_seed(key_file: bytes) -> bytes | None:
    found = _PEM.search(key_file)
    text = b"".join((found[2] if found else key_file).split())
    try:
        octets = base64.b64decode(text, validate=True)
    except binascii.Error:
        return None
    if found is None:
        return octets if len(octets) == 32 else None
    return octets[len(_ED25519_DER) :] if octets.startswith(_ED25519_DER) and len(octets) == 48 else None
