"""Keys of DKIM signatures out of the DNS: dnspython's home. Short waits, answers kept as long as they say."""

import dns.exception
import dns.name
import dns.resolver

WAIT_SECONDS = 1.5
"""For one key, all servers and attempts together; a message's reading time must do for some of them."""
KEPT_ANSWERS = 2000


class DnsKeys:
    """TXT records by name, as `mailroute.parsing.parse` asks for them."""

    def __init__(self, resolver: dns.resolver.Resolver | None = None) -> None:
        self._resolver = resolver
        self._cache = dns.resolver.LRUCache(KEPT_ANSWERS)

    def __call__(self, name: bytes) -> bytes | None:
        """The record that holds a key, else the first; None when there is none or no server answers in time."""
        try:
            return self.ask(name.decode("ascii"))
        except (TimeoutError, UnicodeError):
            return None

    def ask(self, name: str) -> bytes | None:
        """The same, for who must know whether there is none.

        Raises:
            TimeoutError: no server has answered.
        """
        try:
            answer = self._ready().resolve(
                dns.name.from_text(name), "TXT", lifetime=WAIT_SECONDS, search=False
            )
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return None
        except dns.exception.DNSException as error:
            raise TimeoutError(str(error)) from error
        texts = [b"".join(record.strings) for record in answer]
        return next((text for text in texts if b"p=" in text), texts[0] if texts else None)

    def _ready(self) -> dns.resolver.Resolver:
        """The resolver of this machine; made at the first question, so that none is needed before."""
        if self._resolver is None:
            self._resolver = dns.resolver.Resolver()
        self._resolver.cache = self._cache
        return self._resolver
