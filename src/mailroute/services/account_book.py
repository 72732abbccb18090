"""One message as lines of the client's account: what is written down of it, and in which words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from mailroute.domain.account import AccountLine, LineKind
from mailroute.domain.decisions import Facts, Outcome
from mailroute.domain.issue import Issue, Person
from mailroute.domain.ticket import Audience, Role, Ticket, TicketMessage
from mailroute.ledger.kinds import KINDS, value_told
from mailroute.ledger.matching import TELLING
from mailroute.ledger.promises import promises
from mailroute.ledger.questions import questions
from mailroute.ledger.sentences import around, sentences
from mailroute.services.mood_words import mood_words
from mailroute.tickets.unproved import is_refuted

MOST = 120
"""Lines that one message may add: a pasted log is no account."""
MOST_SENTENCES = 60
"""Sentences of one message that are searched for what the card has not."""
_QUOTED = re.compile(r"(?:^(?:[^>\n?]+\n)*[^>\n?]*:[ \t]*\n\s*)?(?:^>.*\n?)+", re.MULTILINE)
"""What one of us repeats from an earlier mail, as nudges do, with the words that lead to it: nothing is asked anew."""


def lines_of(facts: Facts, outcome: Outcome) -> tuple[AccountLine, ...]:
    """The lines that a message adds to the account of its ticket's client.

    The card of a message is that of the client's words, where it brings any; what one of us wrote above or beside them
    is read for questions and promises alone. What stays among us is none of the client's account, and neither is what
    somebody else may have written in their name.
    """
    ticket = outcome.ticket
    if ticket is None or is_refuted(facts):
        return ()
    found = [line for message in outcome.messages for line in _lines(facts, ticket, message)]
    return tuple(found[:MOST])


def _lines(facts: Facts, ticket: Ticket, message: TicketMessage) -> Iterator[AccountLine]:
    line = AccountLine(
        kind=LineKind.FACT,
        words="",
        ticket=ticket.ref,
        organisation=ticket.organisation,
        author=message.author,
        role=message.role,
        at=message.at,
        entry=message.entry,
    )
    if message.role in {Role.CLIENT, Role.STRANGER}:
        read = list(_of_client(line, message.text, facts.reading.issue))
        yield from read
        yield from _told_besides(line, message.text, read)
    elif message.role.is_staff and message.audience is Audience.PUBLIC:
        yield from _of_staff(replace(line, staff=facts.identity.staff), message.text, facts.reading.issue)


def _of_client(line: AccountLine, text: str, card: Issue) -> Iterator[AccountLine]:
    asked = {ask.text for ask in card.asks}
    for fact in card.facts:
        if fact.value in asked:
            continue  # the whole sentence is a request: it tells us nothing
        words = _sentence(text, fact.value, fact.start)
        yield replace(line, kind=LineKind.FACT, key=fact.key, value=fact.value, words=words)
    for number in card.references:
        words = _sentence(text, number.value, number.start)
        yield replace(line, kind=LineKind.REFERENCE, key=str(number.kind), value=number.value, words=words)
    for ask in card.asks:
        yield replace(line, kind=LineKind.ASK, words=ask.text)
    for deadline in card.deadlines:
        words = _sentence(text, deadline.words, deadline.start)
        value = deadline.date.isoformat()
        yield replace(line, kind=LineKind.DEADLINE, value=value, words=words, due=deadline.date)
    for remark in card.feedback:
        yield replace(line, kind=LineKind.REMARK, key=str(remark.theme), words=remark.quote)
    for person in card.people:
        yield from _of_person(line, text, person)
    yield from _promises(line, text, card.language)
    yield replace(line, kind=LineKind.MOOD, value=str(card.sentiment.value), words=mood_words(text, card))


def lines_of_reply(ticket: Ticket, reply: TicketMessage, staff: str) -> tuple[AccountLine, ...]:
    """The lines of a reply of ours that had to wait and goes now."""
    line = AccountLine(
        kind=LineKind.QUESTION,
        words="",
        ticket=ticket.ref,
        organisation=ticket.organisation,
        author=reply.author,
        role=reply.role,
        staff=staff,
        at=reply.at,
        entry=reply.entry,
    )
    return tuple(_of_staff(line, reply.text, ticket.issue))[:MOST]


def _told_besides(line: AccountLine, text: str, read: Sequence[AccountLine]) -> Iterator[AccountLine]:
    """What the ledger would ask for and the card has not: a sentence that tells it, and stands in no other line."""
    known = {one.words for one in read if one.kind in TELLING}
    for sentence in sentences(text)[:MOST_SENTENCES]:
        if not any(sentence in words for words in known):
            found = ((kind, value_told(kind, sentence)) for kind in KINDS)
            told = next(((kind, match) for kind, match in found if match), None)
            if told:
                yield replace(
                    line, kind=LineKind.FACT, key=told[0].key, value=told[1]["v"].strip(), words=sentence
                )


def without_quotes(text: str) -> str:
    """What one of us says themselves."""
    return _QUOTED.sub("", text)


def _of_staff(line: AccountLine, text: str, card: Issue) -> Iterator[AccountLine]:
    own = without_quotes(text)
    for question in questions(own):
        yield replace(
            line, kind=LineKind.QUESTION, key=question.key, value=question.part, words=question.words
        )
    yield from _promises(line, own, card.language)


def _of_person(line: AccountLine, text: str, person: Person) -> Iterator[AccountLine]:
    name = person.name or person.email or ""
    if not name:
        return
    line = replace(line, kind=LineKind.PERSON, value=name)
    told = {
        "role": person.role,
        "organisation": person.organisation,
        "phone": person.phone,
        "email": person.email,
    }
    if not any(told.values()):
        yield replace(line, key="named", words=_sentence(text, name, None))
    for key, value in told.items():
        if value:
            yield replace(line, key=key, words=value)


def _promises(line: AccountLine, text: str, language: str | None) -> Iterator[AccountLine]:
    for words in promises(text):
        due = _due(words, line.at.date(), language)
        yield replace(line, kind=LineKind.PROMISE, words=words, due=due)


def _due(words: str, written: date, language: str | None) -> date | None:
    """The last day that the sentence names, if it lies ahead."""
    from mailroute.extraction.calendar_words import (
        WEEKDAYS,
    )  # the tables take a while, and few messages promise
    from mailroute.extraction.mentions import find_dates
    from mailroute.extraction.reckoning import Clock

    clock = Clock(written, WEEKDAYS.get(language or "en", WEEKDAYS["en"]))
    days = [one.last for one in find_dates(words, clock)]
    return max((day for day in days if day >= written), default=None)


def _sentence(text: str, words: str, start: int | None) -> str:
    """The sentence of the message in which *words* stand; the card may have been read from a text with other edges."""
    if start is None or not text.startswith(words, start):
        start = text.find(words)
    return around(text, start, start + len(words)) if start >= 0 else words
