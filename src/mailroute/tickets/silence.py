"""When not to acknowledge (RFC 3834 §2). Silence has a reason too."""

import re
from datetime import timedelta

from mailroute.domain.address import address_key, local_part
from mailroute.domain.decisions import Facts
from mailroute.domain.ticket import Ticket
from mailroute.domain.tokens import without_detail
from mailroute.domain.words import plain_words

_UNATTENDED = re.compile(
    r"(?:owner-.*|.*-(?:request|bounces?|owner)|mailer-daemon|postmaster|(?:no|do[-_.]?not)[-_.]?reply.*|bounces?(?:\+.*)?)"
)
"""Local parts that nobody reads (RFC 3834 §2; Zammad#2923, osTicket#3966)."""


SAME_AGAIN = timedelta(hours=1)
"""Within this the same words of one requester are acknowledged once."""


def why_unacknowledged(facts: Facts, ticket: Ticket) -> str | None:
    """Why the requester gets no acknowledgement, as a code; None to send it.

    It goes to the return path alone: where the author wrote himself, the return path must be the author's own address
    or the author's domain must be proved. Reply-To counts only of a form that the settings name, with its
    domain proved.
    """
    to = ticket.requester.address
    if to is None:
        return "no-address"
    key = address_key(to)
    if without_detail(key) in facts.policy.service.own_addresses or key in facts.directory.staff_by_address:
        return "own-address"
    if _UNATTENDED.fullmatch(local_part(key)):
        return "unattended-address"
    if facts.identity.on_behalf_of is None and (why := _why_not_author(facts, key)):
        return why
    if any(_is_same_again(one, ticket, facts) for one in facts.recent) or _answers_ours(facts, ticket, key):
        return "acknowledged-lately"
    return why_over_budget(facts, key)


def _is_same_again(before: Ticket, ticket: Ticket, facts: Facts) -> bool:
    """Whether the requester opened a ticket with these very words an hour ago or less: a machine that answers ours."""
    theirs = before.requester.key == ticket.requester.key and before.ref != ticket.ref
    return theirs and before.title == ticket.title and facts.now - before.opened_at <= SAME_AGAIN


_RESPONDER = re.compile(
    r"\b(?:out of (?:the )?office|automatic (?:reply|response|answer)|auto[- ]?(?:reply|response|responder|answer)"
    r"|(?:on|annual|parental|sick) leave|on (?:vacation|holidays?)|away (?:from|until|till)"
    r"|(?:currently|presently) away"
    r"|(?:limited|no) access to (?:my )?e?-?mails?|read(?:s|ing)? (?:my|your|their) (?:e-?)?mails?"
    r"|(?:have|has been|was|we) received (?:your|and)|thank you for"
    r" (?:your (?:e-?mail|message|mail|request)"
    r"|contacting|writing)|(?:will|shall) (?:reply|respond|answer|get back)"
    r"|(?:back|return(?:ing)?) (?:on|in|to the office)"
    r"|abwesend\w*|abwesenheit\w*|urlaub"
    r"|nicht (?:im (?:büro|haus)|erreichbar)|außer haus|automatische antwort"
    r"|(?:ihre|deine) (?:nachricht|e-?mail|anfrage) (?:ist|wurde|haben wir|erhalten)"
    r"|danke für ihre (?:nachricht|e-?mail)"
    r"|absente?|absence|en (?:congés?|vacances|déplacement)|réponse automatique|bien reçu votre)\b",
    re.IGNORECASE,
)
"""Words of programs that answer for people, in English, German and French; seldom does a person open a matter so."""
RESPONDS = 1200
"""Characters of a text that a program answers with; longer ones are a person's."""
IN_A_DAY = timedelta(days=1)


def _answers_ours(facts: Facts, ticket: Ticket, key: str) -> bool:
    """Whether a mail that opens a ticket sounds like a program's answer to one of ours, or takes up its subject.

    Such a program writes to `From`, names no mail and marks itself by nothing: one acknowledgement has gone to this
    address, and the mail brings no matter that wants another one.
    """
    mine = [one for one in facts.recent if one.requester.key == key and one.ref != ticket.ref]
    lately = [one for one in mine if facts.now - one.opened_at <= IN_A_DAY]
    if facts.identity.on_behalf_of is not None or not (lately or facts.sent_last_hour.get(key, 0)):
        return False
    parsed = facts.reading.parsed
    if len(parsed.body.fresh) <= RESPONDS and _RESPONDER.search(f"{parsed.subject}\n{parsed.body.fresh}"):
        return True
    subject = f" {plain_words(parsed.subject)} "
    titles = [plain_words(one.title) for one in lately]
    return any(f" {title} " in subject for title in titles if " " in title)


def why_over_budget(facts: Facts, key: str) -> str | None:
    """Why no further automatic mail may leave to this `address_key` now, or None."""
    limits = facts.policy.sending
    if facts.sent_last_hour.get(key, 0) >= limits.per_address_and_hour:
        return "budget-of-address-spent"
    to_staff = key in facts.directory.staff_by_address
    if not to_staff and facts.sent_to_organisation >= limits.per_organisation_and_hour:
        return "budget-of-organisation-spent"
    if facts.automatic_today >= limits.automatic_per_day:
        return "budget-of-day-spent"
    return None


def _why_not_author(facts: Facts, key: str) -> str | None:
    return_path = facts.entry.envelope.mail_from
    if return_path is None:
        return "null-return-path"
    if any(reason.code == "author-refuted" for reason in facts.identity.reasons):
        return "author-refuted"
    if any(reason.code == "proved-form" for reason in facts.identity.reasons):
        return None
    if address_key(return_path) != key and not facts.identity.proved:
        return "return-path-differs"
    return None
