"""MAIL_KINDS: every mail that mailroute writes, one row each.

To add a mail: a row here, a folder `templates/mail/<name>/`, a row in `outbound.context.KEYS`, a sample in
`outbound.samples`, and a golden file made by its test.
"""

from dataclasses import dataclass
from enum import StrEnum

from mailroute.domain.errors import Misconfigured
from mailroute.domain.outgoing import Reader
from mailroute.domain.tokens import ReplyAudience


class AfterCrash(StrEnum):
    """What becomes of a mail whose row was found in `sending` after a crash."""

    HOLD = "hold"
    """Held as perhaps-sent: a machine's mail must not come twice."""
    SEND_AGAIN = "send-again"
    """Sent again under the same Message-ID: a person's words must not be lost, and readers join the two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailKind:
    """One kind of outgoing mail."""

    name: str
    """Also the folder under templates/mail/, and the first word of its Message-IDs."""
    about: str
    """One line for people."""
    reader: Reader
    answers_go_to: ReplyAudience
    """Who reads what is written to its Reply-To."""
    auto_submitted: str | None
    """RFC 3834 §5: `auto-replied` answers a mail, `auto-generated` notifies; None carries a person's words."""
    after_crash: AfterCrash

    @property
    def automatic(self) -> bool:
        """Whether a machine's decision sends it, unless the draft says otherwise."""
        return self.auto_submitted is not None


def _kind(
    name: str, about: str, reader: Reader, answers_go_to: ReplyAudience, auto_submitted: str | None
) -> MailKind:
    after_crash = AfterCrash.SEND_AGAIN if auto_submitted is None else AfterCrash.HOLD
    return MailKind(
        name=name,
        about=about,
        reader=reader,
        answers_go_to=answers_go_to,
        auto_submitted=auto_submitted,
        after_crash=after_crash,
    )


_TO_CLIENT, _TO_STAFF = Reader.CLIENT, Reader.INTERNAL
_CLIENT, _INTERNAL = ReplyAudience.CLIENT, ReplyAudience.INTERNAL
_REPLIED, _GENERATED = "auto-replied", "auto-generated"

MAIL_KINDS: dict[str, MailKind] = {
    kind.name: kind
    for kind in (
        # name, what it is, reader, who reads the answers, Auto-Submitted
        _kind("ticket-opened", "acknowledgement to the client", _TO_CLIENT, _CLIENT, _REPLIED),
        _kind("ticket-received", "receipt to the rep", _TO_STAFF, _INTERNAL, _REPLIED),
        _kind("ticket-assigned", "the whole account to the PM", _TO_STAFF, _CLIENT, _GENERATED),
        _kind("follow-up", "a new client message to PM and rep", _TO_STAFF, _CLIENT, _GENERATED),
        _kind("reply", "a PM's or rep's answer to the client", _TO_CLIENT, _CLIENT, None),
        _kind("note", "words of one colleague to the others", _TO_STAFF, _INTERNAL, None),
        _kind("delivery-failed", "a mail of ours did not arrive", _TO_STAFF, _INTERNAL, _GENERATED),
        _kind("held", "a message waits for a person's word", _TO_STAFF, _INTERNAL, _REPLIED),
        _kind(
            "already-answered", "a reply asks for what the client has told", _TO_STAFF, _INTERNAL, _REPLIED
        ),
        _kind(
            "theme-done",
            "what clients asked for is there: words for a rep to tell them",
            _TO_STAFF,
            _INTERNAL,
            _GENERATED,
        ),
        _kind(
            "nudge-draft", "a friendly text to a silent client, to the rep", _TO_STAFF, _INTERNAL, _GENERATED
        ),
        _kind("firm-draft", "a firm text to a silent client, to the PM", _TO_STAFF, _INTERNAL, _GENERATED),
        _kind("nudge", "the rep's friendly word to a silent client", _TO_CLIENT, _CLIENT, None),
        _kind("reminder", "something that we owe comes near", _TO_STAFF, _INTERNAL, _GENERATED),
        _kind("escalation", "something that we owe is late, to the lead", _TO_STAFF, _INTERNAL, _GENERATED),
        _kind("handoff-offer", "sold work, offered to a PM", _TO_STAFF, _INTERNAL, _GENERATED),
        _kind("handoff-started", "receipt to the rep, with what is missing", _TO_STAFF, _INTERNAL, _REPLIED),
        _kind("handoff-accepted", "the PM has it: words for the client", _TO_STAFF, _INTERNAL, _GENERATED),
        _kind("handoff-returned", "the PM does not take it as it is", _TO_STAFF, _INTERNAL, _GENERATED),
        _kind(
            "digest",
            "what one of us should know today, or both departments this week",
            _TO_STAFF,
            _INTERNAL,
            _GENERATED,
        ),
        _kind("client-brief", "what to know about a client, for who asked", _TO_STAFF, _INTERNAL, _REPLIED),
        _kind("silence", "no mail comes by some way, to the lead", _TO_STAFF, _INTERNAL, _GENERATED),
        _kind("canary", "a mail to ourselves that must come back", _TO_STAFF, _INTERNAL, _GENERATED),
        _kind("command-result", "what a command in a mail did", _TO_STAFF, _INTERNAL, _REPLIED),
    )
}


UNSUBSCRIBED = {"digest": "digest off"}
"""Kinds of which a reader may have no more, and the subject that says so (RFC 2369 §3.2); never mail about a ticket."""


def mail_kind(name: str) -> MailKind:
    """The row called *name*."""
    if (kind := MAIL_KINDS.get(name)) is None:
        raise Misconfigured(f'there is no mail kind "{name}"; known: {", ".join(sorted(MAIL_KINDS))}')
    return kind
