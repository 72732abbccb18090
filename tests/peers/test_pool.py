"""Several kept connections: never more than were asked for, and each used again."""

import asyncio

from mailroute.domain.outgoing import ComposedMail, Sent
from mailroute.outbound.pool import TransportPool
from mailroute.outbound.smarthost import Smarthost
from mailroute.testing.catcher import Catcher

ANN = "ann@borealis.example"
MAIL = ComposedMail(
    message_id="<1@northwind.example>",
    subject="Pump",
    text="Hello",
    raw=b"Subject: Pump\r\n\r\nHello\r\n",
    mail_from="issues@northwind.example",
    rcpt_to=(ANN,),
)


def test_no_more_connections_than_allowed() -> None:
    """Fifty mails at once go by three connections, each mail once."""

    async def run() -> tuple[set[type], int, int]:
        async with Catcher() as catcher:
            pool = TransportPool(Smarthost(host="127.0.0.1", port=catcher.port), 3)
            results = await asyncio.gather(*(pool.deliver(MAIL, [ANN]) for _ in range(50)))
            await pool.close()
            return {type(one[ANN]) for one in results}, len(catcher.messages), catcher.connections

    assert asyncio.run(run()) == ({Sent}, 50, 3)
