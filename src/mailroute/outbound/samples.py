"""Believable drafts of every kind: for `mailroute check`, for previews of templates, and for the golden mails."""

from typing import Any

from mailroute.domain.address import Mailbox
from mailroute.domain.outgoing import MailDraft, Reader
from mailroute.domain.ticket import TicketRef
from mailroute.outbound.catalogue import mail_kind
from mailroute.outbound.context import (
    KEYS,
    AnswerByView,
    AskedView,
    BriefLineView,
    BriefView,
    ContactView,
    DigestView,
    EarlierView,
    IntroductionView,
    IssueView,
    MessageView,
    QuestionView,
    ResultView,
    RoutingView,
    TermView,
    ThemeView,
    TicketView,
    ToldView,
    UndeliveredView,
    WaitingView,
)
from mailroute.outbound.samples_followups import BARE_OFFER, DUE, OFFER


def _brief_line(
    text: str, *, words: str | None = None, depth: int = 0, late: bool = False, fresh: bool = False
) -> BriefLineView:
    return {
        "key": "line",
        "text": text,
        "words": words,
        "at": "2026-02-23T09:30:00+01:00",
        "ticket": "MR-9",
        "depth": depth,
        "late": late,
        "fresh": fresh,
        "confirmed_by": None,
    }

_TICKET: TicketView = {
    "ref": "MR-17",
    "title": "Pump 4 leaks at the shaft seal",
    "status": "open",
    "organisation": "Borealis Pumps GmbH",
    "project": "Pump hall 4 overhaul",
    "rep": {"name": "Sam Reed", "email": "sam@northwind.example"},
    "pm": {"name": "Ines Costa", "email": "ines@northwind.example"},
    "requester": {"name": "Ann Lee", "address": "ann.lee@borealis.example"},
    "people": [
        {
            "name": "Ann Lee",
            "address": "ann.lee@borealis.example",
            "why": "requester",
            "outside": False,
            "gets_answers": True,
        },
        {
            "name": "Ben Okafor",
            "address": "ben.okafor@borealis.example",
            "why": "wrote",
            "outside": False,
            "gets_answers": True,
        },
        {
            "name": None,
            "address": "info@fitters.example",
            "why": "in copy of this mail",
            "outside": True,
            "gets_answers": False,
        },
    ],
    "possibly": ["MR-9"],
}
_BARE_TICKET: TicketView = {
    "ref": "MR-17",
    "title": "A question",
    "status": "new",
    "organisation": None,
    "project": None,
    "rep": None,
    "pm": None,
    "requester": {"name": None, "address": "ann.lee@borealis.example"},
    "people": [],
    "possibly": [],
}
_ISSUE: IssueView = {
    "title": "Pump 4 leaks at the shaft seal",
    "type": "defect",
    "urgency": "high",
    "sentiment": "frustrated",
    "asks": ["Please send someone before Friday.", "Can you tell us whether\nthe spare seal is covered?"],
    "deadlines": [{"date": "2026-03-06", "words": "before Friday"}],
    "references": [{"kind": "order", "value": "PO-4471"}, {"kind": "serial", "value": "44-1207"}],
    "products": ["pump 4"],
    "people": [
        {
            "name": "Ann Lee",
            "role": "Plant manager",
            "phone": "+49 40 5550 117",
            "email": "ann.lee@borealis.example",
            "organisation": "Borealis Pumps GmbH",
        },
        {"name": "Mr Okafor", "role": None, "phone": None, "email": None, "organisation": None},
    ],
    "facts": [{"key": "serial-number", "value": "44-1207"}, {"key": "place", "value": "Hall 2"}],
    "feedback": [{"theme": "quality", "quote": "The last seal held nine years."}],
}
_BARE_ISSUE: IssueView = {
    "title": "",
    "type": "other",
    "urgency": "normal",
    "sentiment": "neutral",
    "asks": [],
    "deadlines": [],
    "references": [],
    "products": [],
    "people": [],
    "facts": [],
    "feedback": [],
}
_MESSAGE: MessageView = {
    "author": {"name": "Ann Lee", "address": "ann.lee@borealis.example"},
    "words": "Dear Sam,\n\npump 4 in hall 2 (serial 44-1207) leaks at the shaft seal since Monday. Please send someone "
    "before Friday.\nMr Okafor is on site all week. The last seal held nine years.\n\nCan you tell us whether the "
    "spare seal is covered?\n\nAnn",
    "note": "They are our oldest account; I promised them a call today.",
    "at": "2026-03-03T09:12:00+01:00",
    "attachments": [{"filename": "leak.jpg", "size": 2_310_400}],
    "via": "forwarded",
    "audience": "public",
    "subject": "Pump 4 is leaking",
}
_BARE_MESSAGE: MessageView = {
    "author": {"name": None, "address": None},
    "words": "",
    "note": None,
    "at": "2026-03-03T09:12:00+01:00",
    "attachments": [],
    "via": "direct",
    "audience": "public",
    "subject": "",
}
_STAFF_MESSAGE: MessageView = {
    "author": {"name": "Ines Costa", "address": "ines@northwind.example"},
    "words": "Dear Ann,\n\nour fitter is with you on Thursday at eight. The spare seal is covered.\n\nInes",
    "note": None,
    "at": "2026-03-03T11:40:00+01:00",
    "attachments": [],
    "via": "reply",
    "audience": "public",
    "subject": "Pump 4 is leaking",
}
_ROUTING: RoutingView = {
    "sentence": "Ines Costa runs the project that Ann Lee writes about.",
    "rule": "project-owner",
    "reasons": [
        'The mail names order "PO-4471", which belongs to Pump hall 4 overhaul.',
        'It says "hall 2", another name of that project.',
    ],
}
_BARE_ROUTING: RoutingView = {"sentence": "No rule knew whose work it is.", "rule": None, "reasons": []}
_UNDELIVERED: list[UndeliveredView] = [
    {"address": "ann.lee@borealis.example", "answer": "550 5.1.1 No such user here"}
]
_CONTACTS: list[ContactView] = [
    {"name": "Ben Okafor", "address": "ben.okafor@borealis.example", "why": "on this ticket"}
]
_RESULTS: list[ResultView] = [
    {"command": "/assign Ines", "done": True, "words": "Ines Costa has the ticket now."},
    {"command": "/snoze fri", "done": False, "words": "There is no such command; did you mean /snooze?"},
]
_THEME: ThemeView = {"name": "Export of the order list to Excel", "category": "feature-request"}
_ASKED: list[AskedView] = [
    {
        "organisation": "Borealis Pumps GmbH",
        "author": "Ann Lee",
        "quote": "It would help us to have the order list as an Excel file.",
        "at": "2026-02-11T09:12:00+01:00",
        "ticket": "MR-9",
    }
]

_WAITING: WaitingView = {
    "to": "Ann Lee",
    "until": "2026-03-03T11:50:00+01:00",
    "since": [
        {
            "author": {"name": "Ann Lee", "address": "ann.lee@borealis.example"},
            "at": "2026-03-03T11:21:00+01:00",
            "words": "It has stopped by itself; Friday is soon enough now.",
        }
    ],
}

_TOLD: list[ToldView] = [
    {
        "key": "serial",
        "question": "Could you send me the serial number and a photo of the leak?",
        "value": "44-1207",
        "words": "pump 4 in hall 2 (serial 44-1207) leaks at the shaft seal since Monday.",
        "author": {"name": "Ann Lee", "address": "ann.lee@borealis.example"},
        "at": "2026-03-03T09:12:00+01:00",
        "ticket": "MR-17",
    },
    {
        "key": "address",
        "question": "And what is your address?",
        "value": "12 Dock Road, Hamburg",
        "words": "We are at 12 Dock Road, Hamburg.",
        "author": {"name": None, "address": "ben.okafor@borealis.example"},
        "at": "2026-02-11T15:02:00+01:00",
        "ticket": "MR-9",
    },
]
_ASKING: MessageView = {
    "author": {"name": "Ines Costa", "address": "ines@northwind.example"},
    "words": "Dear Ann,\n\ncould you send me the serial number and a photo of the leak? And what is your address?\n\n"
    "Ines",
    "note": None,
    "at": "2026-03-03T11:40:00+01:00",
    "attachments": [],
    "via": "reply",
    "audience": "public",
    "subject": "Pump 4 is leaking",
}

_HISTORY: list[EarlierView] = [
    {
        "ref": "MR-12",
        "title": "Bearing of pump 2 runs hot",
        "status": "closed",
        "opened": "2026-01-14T08:30:00+01:00",
        "ended": "2026-01-20T16:05:00+01:00",
        "pm": "Ines Costa",
    },
    {
        "ref": "MR-9",
        "title": "Drawing of the shaft seal",
        "status": "waiting-for-client",
        "opened": "2026-02-11T09:12:00+01:00",
        "ended": None,
        "pm": None,
    },
]
_QUESTIONS: list[QuestionView] = [
    {
        "words": "Which seal is fitted now?",
        "by": "Ines Costa",
        "at": "2026-02-12T10:00:00+01:00",
        "ticket": "MR-9",
    }
]

_BRIEF: BriefView = {
    "organisation": "Borealis Pumps GmbH",
    "since": "2026-02-20T10:00:00+01:00",
    "fresh": 1,
    "sections": [
        {
            "title": "Who is who",
            "lines": [
                _brief_line("Jo Hart, Managing director; jo.hart@borealis.example"),
                _brief_line(
                    "Ann Lee, Plant manager; ann.lee@borealis.example, +49 40 5550 117",
                    words="My manager Jo Hart wants to know when it will be done.",
                    depth=1,
                ),
            ],
        },
        {
            "title": "Promises on both sides",
            "lines": [
                _brief_line(
                    "we, Sam Reed, by 2026-02-27",
                    words="You will have the drawing by Friday.",
                    late=True,
                    fresh=True,
                )
            ],
        },
    ],
}
_TERMS: list[TermView] = [
    {"kind": "scope", "words": "two boilers and the piping, with the removal of the old tank"},
    {"kind": "not-in-scope", "words": "The chimney is not included."},
    {"kind": "promised", "words": "I promised them a test run before Christmas."},
    {"kind": "open", "words": "who pays for the crane"},
]
_INTRODUCTION: IntroductionView = {
    "to": [{"name": "Ann Lee", "address": "ann.lee@borealis.example"}],
    "words": "Hello Ann Lee,\n\nas we are starting on Pump hall 4, I would like you to meet Ines Costa.\n\nSam Reed",
}

_ANSWER_BY: AnswerByView = {"day": "2026-03-05", "time": None}
_DIGEST: DigestView = {
    "view": "pm",
    "subject": "Your tickets today",
    "reader": "Ines Costa",
    "at": "2026-03-04T07:30:00+01:00",
    "sections": [
        {
            "title": "Late",
            "lines": [
                {
                    "text": "Pump 4 leaks at the shaft seal, Borealis Pumps GmbH: no answer yet, due 2026-03-03",
                    "ticket": "MR-17",
                    "words": "Please send someone before Friday.",
                    "late": True,
                    "commands": ["/close", "/wait 3d"],
                }
            ],
        },
        {
            "title": "Loads",
            "lines": [
                {
                    "text": "Ines Costa: 4 open, 1 late",
                    "ticket": None,
                    "words": None,
                    "late": False,
                    "commands": [],
                }
            ],
        },
    ],
}

_FULL: dict[str, Any] = {
    "service": {"name": "Northwind Projects"},
    "ticket": _TICKET,
    "issue": _ISSUE,
    "message": _MESSAGE,
    "routing": _ROUTING,
    "known_client": True,
    "answer_by": _ANSWER_BY,
    "saw": "looked at 3 h ago, last mail 5 h ago",
    "todo": "Set the right password, or sign in again with mailroute sign-in.",
    "why": "The mail server said that there is no such mailbox.",
    "in_own_name": True,
    "waiting": _WAITING,
    "to": "Ann Lee",
    "told": _TOLD,
    "summary": ["pump 4 in hall 2 (serial 44-1207) leaks at the shaft seal since Monday."],
    "history": _HISTORY,
    "questions": _QUESTIONS,
    "fresh": ["a photo of the leak"],
    "undelivered": _UNDELIVERED,
    "contacts": _CONTACTS,
    "results": _RESULTS,
    "offer": OFFER,
    "due": DUE,
    "theme": _THEME,
    "brief": _BRIEF,
    "terms": _TERMS,
    "digest": _DIGEST,
    "missing": ["What is it worth, and how is it paid?"],
    "introduction": _INTRODUCTION,
    "rep": _TICKET["rep"],
    "asked": _ASKED,
}
_BARE: dict[str, Any] = _FULL | {
    "ticket": _BARE_TICKET,
    "issue": _BARE_ISSUE,
    "message": _BARE_MESSAGE,
    "routing": _BARE_ROUTING,
    "known_client": False,
    "answer_by": None,
    "brief": None,
    "terms": [],
    "missing": [],
    "to": "ann.lee@borealis.example",
    "told": _TOLD[:1],
    "summary": [],
    "history": [],
    "questions": [],
    "fresh": [],
    "undelivered": [],
    "contacts": [],
    "results": [],
    "offer": BARE_OFFER,
    "due": DUE[:1],
}
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
    values = _BARE if bare else _FULL
    if kind == "held":
        values = values | ({"why": _WHY_HELD, "waiting": None} if bare else {"why": _WHY_WAITING})
    if kind in {"reply", "nudge", "note", "delivery-failed", "held"} and not bare:
        values = values | {"message": _STAFF_MESSAGE}
    if kind == "already-answered" and not bare:
        values = values | {"message": _ASKING}
    if kind == "client-brief":
        values = values | {"brief": _BRIEF}
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
