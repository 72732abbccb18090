"""Companies that the house named as competitors, where a client names them."""

import re
from functools import lru_cache

from mailroute.domain.issue import Feedback, FeedbackTheme, Issue
from mailroute.extraction.feedback import find_feedback
from mailroute.extraction.reading import Reading


def find_market(reading: Reading, found: Issue) -> tuple[Feedback, ...]:
    """All feedback, and each sentence that names a configured competitor, in order of the text."""
    remarks = list(find_feedback(reading, found))
    names = named(reading.service.competitors)
    for sentence in reading.sentences if names else ():
        told = any(r.theme is FeedbackTheme.COMPETITOR and r.start == sentence.start for r in remarks)
        if names and not told and names.search(sentence.text):
            remarks.append(Feedback(FeedbackTheme.COMPETITOR, sentence.text, sentence.start, sentence.end))
    return tuple(sorted(remarks, key=lambda remark: remark.start))


@lru_cache(maxsize=8)
def named(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """Any of the names as whole words, in any case."""
    kept = sorted((re.escape(name.strip()) for name in names if name.strip()), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(kept)})(?!\w)", re.IGNORECASE) if kept else None
