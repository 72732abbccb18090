"""What sample mails between sales and project management are about."""

from mailroute.outbound.views import (
    AskedView,
    BriefLineView,
    BriefView,
    DigestView,
    IntroductionView,
    TermView,
    ThemeView,
)


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


THEME: ThemeView = {"name": "Export of the order list to Excel", "category": "feature-request"}
ASKED: list[AskedView] = [
    {
        "organisation": "Borealis Pumps GmbH",
        "author": "Ann Lee",
        "quote": "It would help us to have the order list as an Excel file.",
        "at": "2026-02-11T09:12:00+01:00",
        "ticket": "MR-9",
    }
]

BRIEF: BriefView = {
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
TERMS: list[TermView] = [
    {"kind": "scope", "words": "two boilers and the piping, with the removal of the old tank"},
    {"kind": "not-in-scope", "words": "The chimney is not included."},
    {"kind": "promised", "words": "I promised them a test run before Christmas."},
    {"kind": "open", "words": "who pays for the crane"},
]
INTRODUCTION: IntroductionView = {
    "to": [{"name": "Ann Lee", "address": "ann.lee@borealis.example"}],
    "words": "Hello Ann Lee,\n\nas we are starting on Pump hall 4, I would like you to meet Ines Costa.\n\nSam Reed",
}

DIGEST: DigestView = {
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
