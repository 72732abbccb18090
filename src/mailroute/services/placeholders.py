"""Stand-ins in sample mails for what only a running service knows: reply addresses and Message-IDs.

`{token:MR-1:client}`, `{token:MR-1:internal}`, `{message-id:KIND:MR-1}` and `{return-path:KIND:MR-1}`; they may stand
anywhere in a message.
"""

import re

from mailroute.domain.errors import Misconfigured
from mailroute.domain.outgoing import ComposedMail
from mailroute.domain.policy import Policy
from mailroute.domain.ticket import TicketRef
from mailroute.domain.tokens import ReplyAudience, ReplyToken, reply_address
from mailroute.store import outbox
from mailroute.store.session import Store

MOST = 10_000
"""Mails of one ticket that are looked through."""

_PLACEHOLDER = re.compile(
    rb"\{(?:token:(?P<ticket>MR-\d+):(?P<audience>client|internal)"
    rb"|(?P<what>message-id|return-path):(?P<kind>[a-z-]+):(?P<of>MR-\d+))\}"
)


def filled(raw: bytes, store: Store, policy: Policy) -> bytes:
    """*raw* with the values of this installation in place of its placeholders.

    Raises:
        Misconfigured: a mail is asked for that has not been written.
    """

    def value(match: re.Match[bytes]) -> bytes:
        if match["ticket"]:
            ref = TicketRef.read(match["ticket"].decode())
            assert ref is not None, "the pattern has a number"
            token = ReplyToken(ReplyAudience[match["audience"].decode().upper()], ref.number)
            return reply_address(policy.secret, policy.service.routing_address, token).encode()
        mail = _written(store, match["kind"].decode(), match["of"].decode())
        if mail is None:
            raise Misconfigured(f"{match[0].decode()}: no such mail has been written so far")
        return (mail.message_id if match["what"] == b"message-id" else mail.mail_from).encode()

    return _PLACEHOLDER.sub(value, raw)


def _written(store: Store, kind: str, ref: str) -> ComposedMail | None:
    with store.read() as connection:
        mails = outbox.listing(connection, ticket=TicketRef.read(ref), limit=MOST)
    return next((mail.mail for mail in mails if mail.kind == kind), None)
