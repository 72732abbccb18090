"""A mail that the smarthost is too small for: its owner hears of it, and it is not tried for days."""

import asyncio
from typing import Any

from mailroute.domain.outgoing import OutboxState
from mailroute.outbound.smarthost import Smarthost
from mailroute.outbound.transport import SmtpTransport
from mailroute.testing.catcher import Catcher
from mailroute.testing.faults import CatcherOptions


def test_the_owner_is_told_of_a_mail_that_is_too_big(small_house: Any) -> None:
    """The acknowledgement is over the announced SIZE: refused at once, with a mail to the rep that gives the reason."""
    entry = small_house.keep("Pump 4")
    small_house.processor().process(entry)
    mail = small_house.mails()["ticket-opened"]

    async def send() -> None:
        async with Catcher(CatcherOptions(size_limit=200)) as catcher:
            transport = SmtpTransport(Smarthost(host="127.0.0.1", port=catcher.port))
            await small_house.deliverer(transport).deliver(mail.id)
            await transport.close()

    asyncio.run(send())
    told = small_house.mails()["delivery-failed"]

    assert OutboxState.REFUSED == small_house.mails()["ticket-opened"].state
    assert ["sam@northwind.example"] == [box.address for box in told.to]
    assert "552 5.3.4" in told.mail.text
