"""Mail to the return path of ours: only mail systems and answering machines write there."""

from mailroute.domain.decisions import Action, Facts, Placement
from mailroute.domain.reasons import Reason
from mailroute.domain.tokens import ReplyAudience

SHOWN = 160
"""Characters of such a mail that the history shows."""


def to_return_path(facts: Facts) -> Placement | None:
    """What comes to the return path of a mail of ours alone is no person's word, even if nothing in it says so.

    The address stands in no mail that people see; a vacation responder without any mark answers to it (RFC 3834 §4).
    """
    audiences = {token.audience for token in facts.tokens}
    if audiences != {ReplyAudience.BOUNCE} or facts.bounced is None or facts.identity.staff is not None:
        return None
    words = " ".join(facts.reading.parsed.body.fresh.split())[:SHOWN]
    reason = Reason("to-return-path", f"no person writes to the return path of a mail of ours: “{words}”")
    return Placement(action=Action.IGNORE, ticket=facts.bounced.ticket, reasons=(reason,))
