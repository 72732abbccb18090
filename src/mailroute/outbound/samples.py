"""Believable drafts of every kind: for `mailroute check`, for previews of templates, and for the golden mails."""

from mailroute.domain.address import Mailbox
from mailroute.domain.outgoing import MailDraft, Reader
from mailroute.domain.ticket import TicketRef
from mailroute.outbound.catalogue import mail_kind
from mailroute.outbound.context import KEYS
from mailroute.outbound.sample_teamwork import BRIEF
from mailroute.outbound.sample_values import ASKING, BARE, FULL, STAFF_MESSAGE
from mailroute.outbound.samples_followups import OFFER

_WHY_HELD = "It carries the name of a colleague, but nothing proves that they sent it. Did you?"
_WHY_WAITING = "Ann Lee added to the ticket after the mail that you answered."
_SUBJECTS = {
    "held": "Not sent yet: Pump 4 leaks at the shaft seal",
    "already-answered": "Answered already: Pump 4 leaks at the shaft seal",
    "delivery-failed": "Not delivered: Pump 4 leaks at the shaft seal",
    "digest": "Your tickets today",
    "theme-done": "Done: Export of the order list to Excel",
}
_MAY_HAVE_NO_TICKET = frozenset({"delivery-failed", "held", "theme-done", "digest", "command-result"})


def sample_draft(kind: str, *, bare: bool = False, language: str = "en") -> MailDraft:
    """A draft as the service makes them; *bare* leaves out all that may be unknown, and speaks to a stranger."""
    row = mail_kind(kind)
    values = BARE if bare else FULL
    if kind == "held":
        values = values | ({"why": _WHY_HELD, "waiting": None} if bare else {"why": _WHY_WAITING})
    if kind in {"reply", "nudge", "note", "delivery-failed", "held"} and not bare:
        values = values | {"message": STAFF_MESSAGE}
    if kind == "nudge" and not bare:
        author = {"name": "Sam Reed", "address": "sam@northwind.example"}
        values = values | {"message": STAFF_MESSAGE | {"words": OFFER["words"], "author": author}}
    if kind == "already-answered" and not bare:
        values = values | {"message": ASKING}
    if kind == "client-brief":
        values = values | {"brief": BRIEF}
    ticketless = bare and kind in _MAY_HAVE_NO_TICKET
    if ticketless:
        values = values | {"ticket": None}
    to_client = row.reader is Reader.CLIENT
    return MailDraft(
        kind=kind,
        key=f"{kind}:MR-17",
        ticket=None if ticketless else TicketRef(17),
        to=(
            Mailbox("Ann Lee", "ann.lee@borealis.example")
            if to_client
            else Mailbox("Ines Costa", "ines@northwind.example"),
        ),
        reader=row.reader,
        automatic=row.automatic,
        language=language,
        subject=_SUBJECTS.get(kind) or values["issue"]["title"] or "A question",
        sender_name="Ines Costa at Northwind Projects"
        if row.auto_submitted is None
        else "Northwind Projects",
        answers="<20260303.81@mail.borealis.example>",
        context={key: values[key] for key in KEYS[kind]},
    )
