"""Whether our DKIM key can sign, and whether the DNS holds its other half."""

from collections.abc import Callable, Iterator

from mailroute.domain.errors import Misconfigured
from mailroute.outbound.dkim_sign import GOOD_KEY, Signer, says_key
from mailroute.services.dns_keys import DnsKeys
from mailroute.services.finding import Finding, Level
from mailroute.services.way_out import signer_of
from mailroute.settings import Settings

Ask = Callable[[str], bytes | None]
"""A TXT record by its name; raises TimeoutError when no server answers."""


def signing(settings: Settings, ask: Ask | None = None) -> Iterator[Finding]:
    """Findings about `[dkim]`."""
    try:
        signer = signer_of(settings)
    except Misconfigured as error:
        yield Finding("dkim", Level.ERROR, str(error), "make one: openssl genrsa -out dkim.pem 2048")
        return
    if signer is None:
        yield Finding("dkim", Level.OK, "mail is not signed here; the smarthost should")
        return
    if signer.algorithm.startswith("rsa") and signer.bits < GOOD_KEY:
        todo = "make one of 2048 bits: openssl genrsa -out dkim.pem 2048 (RFC 8301)"
        yield Finding("dkim", Level.WARNING, f"the key has {signer.bits} bits", todo)
    yield _record(signer, ask or DnsKeys().ask)


def _record(signer: Signer, ask: Ask) -> Finding:
    name = signer.record_name
    todo = f"publish the public half of dkim.key_file as TXT at {name}"
    try:
        record = ask(name)
    except TimeoutError:
        saw = f"offline: no DNS server answers, {name} could not be compared"
        return Finding("dkim", Level.WARNING, saw, "run `mailroute doctor` where the DNS can be asked")
    if record is None:
        return Finding("dkim", Level.ERROR, f"there is no {name} in the DNS", todo)
    if not says_key(record):
        return Finding("dkim", Level.ERROR, f"{name} holds no key, or a withdrawn one", todo)
    if not signer.matches(record):
        return Finding("dkim", Level.ERROR, f"{name} is the key of another one than dkim.key_file", todo)
    return Finding("dkim", Level.OK, f"{name} fits the key ({signer.algorithm}, {signer.bits} bits)")
