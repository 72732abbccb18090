"""A brief as templates and `--json` show it."""

from typing import Any

from mailroute.briefs.wording import said, title
from mailroute.domain.brief import Brief, BriefLine, Section


def brief_context(brief: Brief, language: str) -> dict[str, Any]:
    """Plain dicts, lists and strings: `organisation`, `since`, and `sections` that have lines."""
    sections = [
        {"title": title(section, language), "lines": [_line(line, language) for line in lines]}
        for section in Section
        if (lines := brief.of(section))
    ]
    return {
        "organisation": brief.organisation.name,
        "since": brief.since.isoformat() if brief.since else None,
        "fresh": sum(line.fresh for line in brief.lines),
        "sections": sections,
    }


def _line(line: BriefLine, language: str) -> dict[str, Any]:
    return {
        "key": line.key,
        "text": said(line, language),
        "words": " ".join(line.words.split()) if line.words else None,
        "at": line.at.isoformat() if line.at else None,
        "ticket": str(line.ticket) if line.ticket else None,
        "depth": line.depth,
        "late": line.late,
        "fresh": line.fresh,
        "confirmed_by": line.note.by if line.note else None,
    }
