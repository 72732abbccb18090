"""What each mail template may say: the contract between whoever drafts a mail and its template.

`MailDraft.context` holds plain dicts, lists, strings, numbers, booleans and None, nothing else. The views below name
the keys and their meaning; KEYS says which views each kind of mail must be given. A view's keys are all there, always:
what is unknown is None, "" or []. Besides these, every template sees

* `subject`: the draft's subject without the ticket mark,
* `language`: the language in which it is rendered, "en", "de", "fr",
* `links.client_address`: what is written there reaches the client,
* `links.internal_address`: what is written there reaches rep and PM only,
* `cut_mark`: the line that nothing below travels on from, for mails whose answer goes to the client.

Filters of ours: `person` (name and address of a dict), `day` and `moment` (ISO date and time in the mail's
language), `flat` (on one line), `quoted` (each line behind "> "), `lines` (HTML: line ends become <br>), `label`
("change-request" -> "change request"), `size` (octets).
"""

from collections.abc import Mapping
from typing import NotRequired, TypedDict


class ServiceView(TypedDict):
    """`service`: the company that runs mailroute."""

    name: str


class StaffView(TypedDict):
    """One of us."""

    name: str
    email: str


class MailboxView(TypedDict):
    """Whoever stands behind an address; `name` may be None."""

    name: str | None
    address: str | None


class OnTicketView(TypedDict):
    """Somebody on the client's side, or outside of it."""

    name: str | None
    address: str | None
    why: str
    outside: bool
    """Neither the requester nor of the requester's company."""
    gets_answers: bool


class TicketView(TypedDict):
    """`ticket`; names are those for people, not ids."""

    ref: str
    title: str
    status: str
    organisation: str | None
    project: str | None
    rep: StaffView | None
    pm: StaffView | None
    requester: MailboxView
    people: list[OnTicketView]
    """The client's side of the ticket, and in an account of a mail whoever else had it."""
    possibly: list[str]
    """Tickets that may be about the same matter; answering with `/merge` makes this one part of it."""


class DeadlineView(TypedDict):
    """A day (ISO 8601) and the words that it was read from."""

    date: str
    words: str


class ReferenceView(TypedDict):
    """An order, invoice or serial number."""

    kind: str
    value: str


class PersonView(TypedDict):
    """Somebody named in the mail."""

    name: str | None
    role: str | None
    phone: str | None
    email: str | None
    organisation: str | None


class FactView(TypedDict):
    """Something that the client has told."""

    key: str
    value: str


class FeedbackView(TypedDict):
    """A remark for product and sales."""

    theme: str
    quote: str


class IssueView(TypedDict):
    """`issue`: the card."""

    title: str
    type: str
    urgency: str
    sentiment: str
    asks: list[str]
    deadlines: list[DeadlineView]
    references: list[ReferenceView]
    products: list[str]
    people: list[PersonView]
    facts: list[FactView]
    feedback: list[FeedbackView]


class AttachmentView(TypedDict):
    """A file of the message; `size` in octets."""

    filename: str
    size: int


class MessageView(TypedDict):
    """`message`: the one that caused this mail, or for `delivery-failed` the one that did not arrive."""

    author: MailboxView
    words: str
    """The author's own words in full."""
    note: str | None
    """What the rep wrote above the mail that was passed on."""
    at: str
    """ISO 8601 with offset, in the time zone in which it is to be shown."""
    attachments: list[AttachmentView]
    via: str
    """A `domain.ticket.Via`."""
    audience: str
    """`public` or `internal`: whether the client may read it."""
    subject: str
    warning: NotRequired[str]
    """What the reader must know of the author before they believe the words."""
    remarks: NotRequired[list[str]]
    """What followed from the words, one sentence each."""


class RoutingView(TypedDict):
    """`routing`: why the PM has it."""

    sentence: str
    rule: str | None
    reasons: list[str]


class UndeliveredView(TypedDict):
    """One row of `undelivered`: a recipient and the last answer of the mail server."""

    address: str
    answer: str


class ThemeView(TypedDict):
    """`theme`: what several clients have said."""

    name: str
    category: str


class AskedView(TypedDict):
    """One row of `asked`: a client's newest words about a theme; `at` is ISO 8601."""

    organisation: str
    author: str
    quote: str
    at: str
    ticket: str


class AnswerByView(TypedDict):
    """`answer_by`: a day (ISO 8601) of ours, with the time where it is soon."""

    day: str
    time: str | None


class ContactView(TypedDict):
    """One row of `contacts`: somebody else at the client's."""

    name: str | None
    address: str
    why: str


class DigestLineView(TypedDict):
    """One line of a digest; `commands` may be written below it in an answer."""

    text: str
    ticket: str | None
    words: str | None
    late: bool
    commands: list[str]


class DigestSectionView(TypedDict):
    """A heading and its lines."""

    title: str
    lines: list[DigestLineView]


class DigestView(TypedDict):
    """`digest`: `view` is a `domain.digest.View`, `at` is ISO 8601."""

    view: str
    subject: str
    reader: str
    at: str
    sections: list[DigestSectionView]


class TermView(TypedDict):
    """One row of `terms`: `kind` is a `handoffs.terms.TermKind`."""

    kind: str
    words: str


class IntroductionView(TypedDict):
    """`introduction`: words that present the PM to the client, and to whom they might go."""

    to: list[MailboxView]
    words: str


class BriefLineView(TypedDict):
    """One line of a brief; `at` is ISO 8601, `depth` that of a tree, `fresh` what its reader has not had."""

    key: str
    text: str
    words: str | None
    at: str | None
    ticket: str | None
    depth: int
    late: bool
    fresh: bool
    confirmed_by: str | None


class BriefSectionView(TypedDict):
    """A heading and its lines."""

    title: str
    lines: list[BriefLineView]


class BriefView(TypedDict):
    """`brief`: what to know about a client; `since` is when its reader had the last one, `fresh` how much is new."""

    organisation: str
    since: str | None
    fresh: int
    sections: list[BriefSectionView]


class ResultView(TypedDict):
    """One row of `results`: a command line and what came of it."""

    command: str
    done: bool
    words: str


class AddedView(TypedDict):
    """Something that was added to the ticket; `at` as in MessageView."""

    author: MailboxView
    at: str
    words: str


class WaitingView(TypedDict):
    """`waiting`: the reply in `message` waits for its author's word."""

    to: str
    """The client's name."""
    until: str | None
    """ISO 8601 with offset: when it goes without a word; None: never."""
    since: list[AddedView]
    """What others added after the mail that the author answered."""


class EarlierView(TypedDict):
    """One row of `history`: an earlier ticket of the client; `opened` and `ended` are ISO 8601."""

    ref: str
    title: str
    status: str
    opened: str
    ended: str | None
    pm: str | None


class QuestionView(TypedDict):
    """One row of `questions`: what we have asked the client, without an answer yet."""

    words: str
    by: str
    at: str
    ticket: str


class ToldView(TypedDict):
    """One row of `told`: a question of ours, and what the client had said before; `at` as in MessageView."""

    key: str
    """The fact that is asked for, or empty."""
    question: str
    value: str
    words: str
    """The client's sentence."""
    author: MailboxView
    at: str
    ticket: str


ALWAYS = frozenset({"subject", "language", "links", "cut_mark"})
"""What the renderer adds itself."""

KEYS: Mapping[str, frozenset[str]] = {
    # `known_client`: False for a stranger, whose acknowledgement holds none of the sender's words and no subject
    # `answer_by`: by when a person answers, or None where nothing is promised
    "ticket-opened": frozenset({"service", "ticket", "issue", "known_client", "answer_by"}),
    "ticket-received": frozenset({"service", "ticket", "issue", "message", "routing"}),
    # `brief`: the first time that the PM works for the client, else None
    # `summary`: the sentences that say most
    "ticket-assigned": frozenset(
        {"service", "ticket", "issue", "message", "routing", "brief", "summary", "history", "questions"}
    ),
    "follow-up": frozenset({"service", "ticket", "issue", "message"}),
    "reply": frozenset({"service", "ticket", "message"}),
    "note": frozenset({"service", "ticket", "message"}),
    # `why`: one sentence; `ticket` may be None in these three
    "delivery-failed": frozenset({"service", "ticket", "message", "why", "undelivered", "contacts"}),
    # `in_own_name`: whether the reader is the one it names; `waiting`: None for a message that is not let in
    "held": frozenset({"service", "ticket", "message", "why", "in_own_name", "waiting"}),
    # `to`: the client's name; `fresh`: what is asked besides, and nobody has told
    "already-answered": frozenset({"service", "ticket", "message", "to", "told", "fresh"}),
    # `asked`: the rep's clients who spoke of the theme, each with their newest words
    "theme-done": frozenset({"service", "theme", "rep", "asked"}),
    "nudge-draft": frozenset({"service", "ticket", "offer"}),
    "firm-draft": frozenset({"service", "ticket", "offer"}),
    "nudge": frozenset({"service", "ticket", "message"}),
    "reminder": frozenset({"service", "ticket", "due"}),
    "escalation": frozenset({"service", "ticket", "due"}),
    # `terms`: what was agreed, in the order of `handoffs.terms.TermKind`; `missing`: questions to the rep
    "handoff-offer": frozenset({"service", "ticket", "message", "terms", "missing", "brief"}),
    "handoff-started": frozenset({"service", "ticket", "message", "terms", "missing"}),
    # `introduction`: a draft for the rep to send
    "handoff-accepted": frozenset({"service", "ticket", "message", "introduction"}),
    "handoff-returned": frozenset({"service", "ticket", "message"}),
    "digest": frozenset({"service", "digest"}),
    # `ticket`: on which it was asked for
    "client-brief": frozenset({"service", "ticket", "brief"}),
    # `why`: what is wrong; `saw`: when what was last seen; `todo`: what to do next; one sentence each
    "silence": frozenset({"service", "why", "saw", "todo"}),
    "canary": frozenset({"service"}),
    "command-result": frozenset({"service", "ticket", "results"}),
}
