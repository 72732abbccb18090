"""The values that mail templates are given, key by key; `outbound.context` says which mail has which."""

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
