"""What sample mails are about: FULL has all that may be known, BARE as little as possible."""

from typing import Any

from mailroute.outbound.sample_teamwork import ASKED, BRIEF, DIGEST, INTRODUCTION, TERMS, THEME
from mailroute.outbound.samples_followups import BARE_OFFER, DUE, OFFER
from mailroute.outbound.views import (
    AnswerByView,
    ContactView,
    EarlierView,
    IssueView,
    MessageView,
    QuestionView,
    ResultView,
    RoutingView,
    TicketView,
    ToldView,
    UndeliveredView,
    WaitingView,
)

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
STAFF_MESSAGE: MessageView = {
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
ASKING: MessageView = {
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

_ANSWER_BY: AnswerByView = {"day": "2026-03-05", "time": None}
FULL: dict[str, Any] = {
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
    "theme": THEME,
    "brief": BRIEF,
    "terms": TERMS,
    "digest": DIGEST,
    "missing": ["What is it worth, and how is it paid?"],
    "introduction": INTRODUCTION,
    "rep": _TICKET["rep"],
    "asked": ASKED,
}
BARE: dict[str, Any] = FULL | {
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
