"""One word of ours in answer to a question of mailroute: about a message that is held, or a reply that waits. Pure."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from mailroute.domain.decisions import Facts, Outcome, WaitingReply, WordOnHeld, WordOnWaiting
from mailroute.domain.outgoing import OutboxState
from mailroute.domain.reasons import Reason
from mailroute.threads.placement import held_message
from mailroute.threads.waiting import WaitingWord, waiting_word
from mailroute.tickets.actions import How
from mailroute.tickets.actions_letters import command_result
from mailroute.tickets.commands import Result
from mailroute.tickets.waiting import dropped, goes

LONGEST_SHOWN = 80
"""Characters of an answer, where we tell what came of it."""


def with_word(facts: Facts, outcome: Outcome) -> Outcome:
    """What follows from the word in a message that was placed as such an answer; *outcome* itself if it was not."""
    code = outcome.placement.reasons[0].code
    if code in {"let-in", "dropped"} and (held := held_message(facts)) and held.let_in is not None:
        return replace(outcome, word_on_held=WordOnHeld(held.entry, held.let_in))
    if code in {"let-go", "not-to-go", "unclear-word"} and (word := waiting_word(facts)):
        return _about_a_reply(facts, outcome, word)
    if code == "unclear-word":
        words = (
            "that is neither yes nor no, so it waits on: write yes to let it in as theirs, or no to drop it"
        )
        return _told(facts, outcome, words, done=False)
    return outcome


def _about_a_reply(facts: Facts, outcome: Outcome, word: WaitingWord) -> Outcome:
    reply, ticket = word.waiting, facts.ticket(word.waiting.ticket)
    to = ", ".join(str(mailbox.name or mailbox.address) for mailbox in reply.to)
    if reply.state is OutboxState.DROPPED:
        return _told(facts, outcome, "it was dropped before: write to the client anew", done=False)
    if reply.state is not OutboxState.WAITING:
        return _told(facts, outcome, f"it has gone to {to} already", done=False)
    if word.send is None or ticket is None:
        words = f"that is neither send nor drop: write send, and it goes to {to}, or drop; {_meanwhile(facts, reply)}"
        return _told(facts, outcome, words, done=False)
    by, how = facts.identity.author.address or "", str(How.MAIL)
    why = Reason("said-so", f"{by}: {'send' if word.send else 'drop'}")
    change = (
        goes(ticket, reply, why, by=by, how=how, now=facts.now)
        if word.send
        else dropped(ticket, why, by=by, how=how, now=facts.now)
    )
    outcome = replace(
        outcome,
        also=(*outcome.also, change),
        word_on_waiting=WordOnWaiting(reply.entry, word.send),
    )
    return _told(facts, outcome, f"it goes to {to} now" if word.send else f"{to} does not get it", done=True)


def _meanwhile(facts: Facts, reply: WaitingReply) -> str:
    if reply.wait.until is None:
        return "until then it waits"
    until = reply.wait.until.astimezone(ZoneInfo(facts.policy.service.timezone))
    return f"without a word it goes at {until:%H:%M}"


def _told(facts: Facts, outcome: Outcome, words: str, *, done: bool) -> Outcome:
    """The author hears what came of the answer: no word of ours is swallowed."""
    author = facts.directory.staff_by_address.get(facts.identity.author.key or "")
    if author is None:
        return outcome
    said = " ".join(facts.reading.parsed.body.fresh.split())[:LONGEST_SHOWN] or "(no words)"
    ticket = facts.ticket(outcome.placement.ticket)
    back = command_result(facts, author, [Result(said, done=done, words=words)], ticket)
    return replace(outcome, drafts=(*outcome.drafts, back))
