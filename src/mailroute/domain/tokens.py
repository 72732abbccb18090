"""Marks that only we can make: reply addresses, Message-IDs and loop marks, each with a keyed hash.

A guessed number opens nothing: without the key nobody can make a mark for a ticket (reference: FreeScout
CVE-2026-47123, GHSA-8vm3-wwq4-ggfx). There is one form only, and the comparison takes constant time.
"""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from enum import StrEnum

from mailroute.domain.address import address_key, domain_of, local_part

MAC_CHARACTERS = 26  # 130 bits in base32: more than the 128 that guessing needs, and safe in any case


class ReplyAudience(StrEnum):
    """Who reads what is sent to a reply address; the letter stands in the address."""

    CLIENT = "c"
    INTERNAL = "i"
    BOUNCE = "b"
    """The return path of one mail; the number is made of its key (`return_path_number`)."""
    HOLD = "h"
    """Answers decide about a held message; the number is that of its inbox entry."""
    WAITING = "w"
    """Answers decide about a reply that waits; the number is that of the inbox entry that brought it."""


@dataclass(frozen=True, slots=True)
class ReplyToken:
    """What a reply address of ours says; the audience tells what the number counts."""

    audience: ReplyAudience
    number: int


def return_path_number(key: str) -> int:
    """The number in the return path (VERP) of the mail with this key in the outbox: 40 bits of its SHA-256.

    Numbers of the outbox would do, if they were known before a mail is composed; longer ones would leave no room in
    the 64 octets before the @.
    """
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:5], "big")


def _octets(text: str) -> bytes:
    """Any text as bytes, also what strangers wrote: raw 8-bit headers may hold half surrogate pairs."""
    return text.encode(errors="surrogatepass")


def _mac(secret: bytes, text: str) -> str:
    digest = hmac.new(secret, _octets(text), hashlib.sha256).digest()
    return base64.b32encode(digest).decode().lower()[:MAC_CHARACTERS]


def reply_address(secret: bytes, routing_address: str, token: ReplyToken) -> str:
    """A sub-address (RFC 5233) of the routing address: `issues+c.17.MAC@...`, at most 64 octets before the @."""
    mac = _mac(secret, f"reply:{token.audience}:{token.number}")
    return f"{local_part(routing_address)}+{token.audience}.{token.number}.{mac}@{domain_of(routing_address)}"


_DETAIL = re.compile(rf"\+([cibhw])\.(0|[1-9][0-9]{{0,14}})\.([a-z2-7]{{{MAC_CHARACTERS}}})\Z")


def without_detail(address: str) -> str:
    """The `address_key` of *address* without its sub-address (RFC 5233): `issues+c.17...@` is `issues@`."""
    key = address_key(address)
    return f"{local_part(key).partition('+')[0]}@{domain_of(key)}"


def read_reply_address(secret: bytes, own_addresses: frozenset[str], address: str) -> ReplyToken | None:
    """The token in *address* if we made it, else None; *own_addresses* as in `Service.own_addresses`."""
    key = address_key(address)
    if (match := _DETAIL.search(local_part(key))) is None:
        return None
    if f"{local_part(key)[: match.start()]}@{domain_of(key)}" not in own_addresses:
        return None
    token = ReplyToken(ReplyAudience(match[1]), int(match[2]))
    genuine = _mac(secret, f"reply:{token.audience}:{token.number}")
    return token if hmac.compare_digest(genuine, match[3]) else None


DIGEST_OFF = "/digest-off/"
"""Path of the page that ends somebody's digests."""


def digest_off_path(secret: bytes, address: str) -> str:
    """The page of the person with *address* (RFC 8058); it opens nothing else."""
    key = address_key(address)
    name = base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")
    return f"{DIGEST_OFF}{name}.{_mac(secret, 'digest-off:' + key)}"


def read_digest_off_path(secret: bytes, path: str) -> str | None:
    """Whose page it is, as `address_key`, if we made the path; else None."""
    name, _, _ = path.removeprefix(DIGEST_OFF).partition(".")
    try:
        address = base64.urlsafe_b64decode(name + "=" * (-len(name) % 4)).decode()
    except ValueError:
        return None
    return address if hmac.compare_digest(_octets(digest_off_path(secret, address)), _octets(path)) else None


def new_message_id(secret: bytes, domain: str, kind: str, number: int, unique: str) -> str:
    """Message-ID of a mail of ours about ticket *number*; *unique* is random or derived from the outbox key."""
    stem = f"{kind}.{number}.{unique}"
    return f"<{stem}.{_mac(secret, 'id:' + stem)}@{domain}>"


_OWN_ID = re.compile(
    rf"^<?(([a-z-]+)\.([0-9]{{1,15}})\.([a-z0-9]+))\.([a-z2-7]{{{MAC_CHARACTERS}}})@([^<>@\s]+)>?$"
)


@dataclass(frozen=True, slots=True)
class OwnMessageId:
    """What a Message-ID of ours says."""

    kind: str
    number: int


def read_message_id(secret: bytes, message_id: str) -> OwnMessageId | None:
    """What *message_id* says if we made it, else None. The domain may have changed since; the MAC decides."""
    if (match := _OWN_ID.match(message_id.strip())) is None:
        return None
    if not hmac.compare_digest(_mac(secret, "id:" + match[1]), match[5]):
        return None
    return OwnMessageId(match[2], int(match[3]))


def loop_mark(secret: bytes, domain: str) -> str:
    """The value of X-Mailroute-Loop on everything that we send."""
    return f"{domain} {_mac(secret, 'loop:' + domain)}"


def is_own_loop_mark(secret: bytes, value: str) -> bool:
    """Whether *value* is a loop mark that we made; anybody else's mark must not make mail vanish."""
    domain, _, mac = value.strip().partition(" ")
    return hmac.compare_digest(_mac(secret, "loop:" + domain).encode(), _octets(mac.strip()))
