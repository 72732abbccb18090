"""Several kept connections to the smarthost, so that one slow answer does not hold up every mail."""

from collections.abc import Mapping, Sequence

from mailroute.domain.outgoing import ComposedMail, Delivery
from mailroute.outbound.smarthost import Smarthost
from mailroute.outbound.transport import BeforeDot, SmtpTransport


class TransportPool:
    """Delivers each mail over the connection that has least in hand. Belongs to one event loop."""

    def __init__(self, settings: Smarthost, connections: int) -> None:
        self._transports = [SmtpTransport(settings) for _ in range(connections)]
        self._in_hand = [0] * connections

    async def deliver(
        self, mail: ComposedMail, recipients: Sequence[str], *, before_dot: BeforeDot | None = None
    ) -> Mapping[str, Delivery]:
        """As `SmtpTransport.deliver`."""
        chosen = self._in_hand.index(min(self._in_hand))
        self._in_hand[chosen] += 1
        try:
            return await self._transports[chosen].deliver(mail, recipients, before_dot=before_dot)
        finally:
            self._in_hand[chosen] -= 1

    async def close(self) -> None:
        """End every connection."""
        for transport in self._transports:
            await transport.close()
