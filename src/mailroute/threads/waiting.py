"""The word by which one of us answers whether a reply that waits shall go to the client."""

from dataclasses import dataclass

from mailroute.domain.decisions import Action, Facts, Placement, WaitingReply
from mailroute.domain.reasons import Reason
from mailroute.domain.tokens import ReplyAudience
from mailroute.domain.words import plain_words

SEND = frozenset({"send", "yes", "ja", "oui", "ok", "okay", "senden", "abschicken", "envoyer", "envoyez"})
DROP = frozenset({"drop", "no", "nein", "non", "stop", "discard", "verwerfen", "annuler", "abandonner"})
"""First words of the answer, as `plain_words` gives them."""


@dataclass(frozen=True, slots=True)
class WaitingWord:
    """What the author says of the reply; `send` is None when it is neither of the two words."""

    waiting: WaitingReply
    send: bool | None


def waiting_word(facts: Facts) -> WaitingWord | None:
    """The word of one of us about the reply that they were asked about; None when this is no such answer.

    The address to answer to was mailed to its author alone and cannot be guessed: whoever uses it reads their mailbox.
    An answer by Message-ID alone needs proof of the author, and a clear word: else it is a message like others.
    """
    waiting, author = facts.asked_about, facts.identity.author.key
    if waiting is None or author is None or author not in facts.directory.staff_by_address:
        return None
    if any(reason.code == "staff-refuted" for reason in facts.identity.reasons):
        return None
    first = plain_words(facts.reading.parsed.body.fresh).split(" ", 1)[0]
    send = True if first in SEND else False if first in DROP else None
    addressed = any(token.audience is ReplyAudience.WAITING for token in facts.tokens)
    if not addressed and (send is None or facts.identity.staff is None):
        return None
    return WaitingWord(waiting, send)


def word_on_waiting(facts: Facts) -> Placement | None:
    """An answer about a reply that waits decides about that reply and is no matter itself."""
    word = waiting_word(facts)
    if word is None:
        return None
    code = {True: "let-go", False: "not-to-go", None: "unclear-word"}[word.send]
    reason = Reason(code, f"the reply in entry {word.waiting.entry}")
    return Placement(action=Action.IGNORE, ticket=word.waiting.ticket, reasons=(reason,))
