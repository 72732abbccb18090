"""Telling back: a theme is done, and the reps of those who asked get words for their clients."""

from collections.abc import Iterable

from mailroute.domain.address import Mailbox
from mailroute.domain.directory import Organisation, Staff
from mailroute.domain.market import Remark, Theme
from mailroute.domain.outgoing import MailDraft, Reader
from mailroute.domain.policy import Service


def told_back(
    theme: Theme, rep: Staff, said: Iterable[tuple[Organisation, Remark]], service: Service
) -> MailDraft:
    """The mail to *rep*: what is done, who of the rep's clients spoke of it and how, and a draft to each."""
    newest: dict[tuple[str, str], tuple[Organisation, Remark]] = {}
    for account, remark in said:
        newest[account.id, remark.voice] = (account, remark)
    return MailDraft(
        kind="theme-done",
        key=f"theme-done:{theme.id}:{rep.id}",
        ticket=None,
        to=(Mailbox(rep.name, rep.email),),
        reader=Reader.INTERNAL,
        subject=f"Done: {theme.name}",
        sender_name=service.name,
        context={
            "service": {"name": service.name},
            "theme": {"name": theme.name, "category": str(theme.category)},
            "rep": {"name": rep.name, "email": rep.email},
            "asked": [
                {
                    "organisation": account.name,
                    "author": remark.author,
                    "quote": " ".join(remark.quote.split()),
                    "at": remark.at.isoformat(),
                    "ticket": str(remark.ticket),
                }
                for account, remark in newest.values()
            ],
        },
    )
