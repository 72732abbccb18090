"""All decisions about one message, in order. Pure: the same facts give the same outcome."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from mailroute.directory.lookup import client_level
from mailroute.domain.decisions import Action, Facts, Identity, Outcome, Placement
from mailroute.domain.directory import Directory, StaffRole
from mailroute.domain.parsed import ParsedMail
from mailroute.domain.policy import Service
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import Audience, Via
from mailroute.domain.tokens import ReplyAudience
from mailroute.routing.case import Case, NamedProject
from mailroute.routing.decide import route
from mailroute.routing.projects import find_project
from mailroute.threads.fingerprint import content_hash, fingerprint, own_fingerprint
from mailroute.threads.placement import place
from mailroute.tickets.aside import set_aside
from mailroute.tickets.following import append
from mailroute.tickets.opening import open_ticket
from mailroute.tickets.words import Words, new_words

SENT_TWICE = timedelta(hours=1)
"""Within this the same words of a client are one mail sent twice; later, a reminder. Ours, by people's habits."""


def decide(facts: Facts) -> Outcome:
    """Who it is was told when the facts were gathered; here: which ticket, whose work, and what follows."""
    placement = place(facts)
    ticket = facts.ticket(placement.ticket)
    if placement.action is Action.OPEN:
        outcome = _open(facts, placement)
    elif placement.action is Action.APPEND and ticket is not None:
        placement, words = _without_repetition(facts, placement, _words(facts))
        if placement.action is Action.DUPLICATE:
            outcome = set_aside(facts, placement)
        else:
            outcome = append(facts, placement, ticket, words)
    else:
        outcome = set_aside(facts, placement)
    return replace(outcome, content_hash=content_hash(facts.reading.parsed))


def client_words(parsed: ParsedMail, identity: Identity, directory: Directory, service: Service) -> str:
    """The client's own text: what was forwarded, what was quoted under our answer, or what they wrote."""
    if identity.on_behalf_of is None:
        return parsed.body.fresh
    level = client_level(parsed.forwarded, directory, service)
    return level.body if level else (parsed.body.quoted or "")


def words_fingerprint(parsed: ParsedMail, identity: Identity, words: str) -> str:
    """By what `client_words` are known again, by whatever path they come."""
    return own_fingerprint(parsed) if identity.on_behalf_of is None else fingerprint(words)


def _client_words(facts: Facts) -> str:
    return client_words(facts.reading.parsed, facts.identity, facts.directory, facts.policy.service)


def named_project(facts: Facts) -> NamedProject | None:
    """The project that the client's words, or the forward's subjects, point to."""
    organisation = facts.directory.organisations_by_id.get(facts.identity.organisation or "")
    return find_project(facts.reading.issue, _case_words(facts), organisation, facts.directory)


def _case_words(facts: Facts) -> str:
    forwarded = facts.reading.parsed.forwarded
    subjects = [facts.reading.parsed.subject, forwarded.origin.subject if forwarded else None]
    words = _client_words(facts) or facts.reading.parsed.body.fresh
    return "\n".join([*(s for s in subjects if s), words])


def _open(facts: Facts, placement: Placement) -> Outcome:
    named = named_project(facts)
    routing = route(
        Case(
            issue=facts.reading.issue,
            words=_case_words(facts),
            identity=facts.identity,
            organisation=facts.directory.organisations_by_id.get(facts.identity.organisation or ""),
            named=named,
            directory=facts.directory,
            today=_today(facts),
            open_counts=facts.open_counts,
        )
    )
    return open_ticket(
        facts,
        placement,
        routing,
        _words(facts),
        project=named.project.key if named else None,
        rep=_rep(facts, named),
    )


def _rep(facts: Facts, named: NamedProject | None) -> str | None:
    """The rep who passed it on, else the project's, else the account's."""
    author = facts.directory.staff_by_id.get(facts.identity.staff or "")
    if author and author.role is StaffRole.REP:
        return author.id
    if named and named.project.rep:
        return named.project.rep
    return facts.identity.rep


def _today(facts: Facts) -> date:
    return facts.now.astimezone(ZoneInfo(facts.policy.service.timezone)).date()


def _words(facts: Facts) -> Words:
    public = any(token.audience is ReplyAudience.CLIENT for token in facts.tokens)
    text = _client_words(facts)
    known_by = words_fingerprint(facts.reading.parsed, facts.identity, text)
    audience = Audience.PUBLIC if public else Audience.INTERNAL
    return new_words(
        facts, audience=audience, client_text=text, fingerprint=known_by, said_at=_said_at(facts)
    )


def _said_at(facts: Facts) -> datetime:
    """When the client wrote: the date of the mail that was passed on, in the house's zone when it names none."""
    parsed = facts.reading.parsed
    otherwise = min(parsed.date or facts.now, facts.now)  # clocks of clients run ahead; nobody wrote tomorrow
    level = client_level(parsed.forwarded, facts.directory, facts.policy.service)
    if facts.identity.on_behalf_of is None or level is None or level.date is None:
        return otherwise
    zone = ZoneInfo(facts.policy.service.timezone)
    return level.date if level.date.tzinfo else level.date.replace(tzinfo=zone)


def _without_repetition(facts: Facts, placement: Placement, words: Words) -> tuple[Placement, Words]:
    """A client's words that are on the ticket already are not added again; a rep's new words above them are.

    A client who sends the same words again the next day is waiting for us, and that is news.
    """
    if words.client is None:
        return placement, words
    here = [s for s in facts.seen if s.ticket == placement.ticket and not s.ours]
    if facts.identity.staff is None:
        here = [s for s in here if s.at is None or facts.now - s.at <= SENT_TWICE]
    repeated = bool(words.client.fingerprint) and words.client.fingerprint in {s.fingerprint for s in here}
    ours = facts.identity.staff is not None and facts.identity.via is Via.CC
    answered = ours and any(s.message_id in facts.reading.parsed.in_reply_to for s in here)
    if not (repeated or answered):
        return placement, words
    if words.staff is not None:
        return placement, Words(client=None, staff=words.staff)
    reasons = (*placement.reasons, Reason("words-are-here", "the ticket has this text already"))
    return replace(placement, action=Action.DUPLICATE, reasons=reasons), words
