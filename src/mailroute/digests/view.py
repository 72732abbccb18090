"""A digest as templates show it."""

from typing import Any

from mailroute.digests.wording import said, subject, title
from mailroute.domain.digest import Digest, Section


def digest_context(digest: Digest, language: str) -> dict[str, Any]:
    """Plain dicts, lists and strings: `view`, `subject`, and `sections` in the order of the view."""
    order: list[Section] = list(dict.fromkeys(line.section for line in digest.lines))
    return {
        "view": str(digest.view),
        "subject": subject(digest.view, language),
        "reader": digest.reader.name,
        "at": digest.at.isoformat(),
        "sections": [
            {
                "title": title(section, language),
                "lines": [
                    {
                        "text": said(line, language),
                        "ticket": str(line.ticket) if line.ticket else None,
                        "words": " ".join(line.words.split()) if line.words else None,
                        "late": line.late,
                        "commands": list(line.commands),
                    }
                    for line in digest.lines
                    if line.section is section
                ],
            }
            for section in order
        ],
    }
