"""Believable values for the mails of follow-ups; see `samples`."""

from mailroute.outbound.context_followups import DueView, OfferView

OFFER: OfferView = {
    "words": "Hello Ann Lee,\n\nInes Costa wants to get on with “Pump 4 leaks at the shaft seal” for you; all that is "
    "missing is your answer to this:\n\n> Which seal is fitted now?\n\nBest wishes\nSam Reed",
    "question": "Which seal is fitted now?",
    "asked_by": "Ines Costa",
    "asked_at": "2026-03-03T09:12:00+01:00",
    "days": 3,
    "nudge": "sent",
}
BARE_OFFER: OfferView = OFFER | {"question": "", "days": 1, "nudge": None}
DUE: list[DueView] = [
    {
        "occasion": "first-answer",
        "words": "Pump 4 leaks at the shaft seal",
        "by": "2026-03-04T13:00:00+01:00",
        "late": False,
        "owner": "Ines Costa",
        "reason": "no-first-answer: since 2026-03-03 09:12",
    },
    {
        "occasion": "promise",
        "words": "You will have the drawing on Thursday.",
        "by": "2026-03-05",
        "late": True,
        "owner": "Ines Costa",
        "reason": "promised: ines on 2026-03-03: “You will have the drawing on Thursday.”",
    },
]
