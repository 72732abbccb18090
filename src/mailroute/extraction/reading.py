"""What every extractor reads from: the client's words, cut into sentences, and what is known around them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mailroute.domain.address import Mailbox
from mailroute.domain.directory import Directory
from mailroute.domain.parsed import ParsedMail
from mailroute.domain.policy import Service
from mailroute.domain.speakers import spoken_for
from mailroute.extraction.calendar_words import WEEKDAYS
from mailroute.extraction.language import CHARACTERS, LanguageModel
from mailroute.extraction.mentions import Mention, find_dates
from mailroute.extraction.reckoning import Clock
from mailroute.extraction.sentences import Sentence, split_sentences
from mailroute.extraction.signature import SignOff, find_sign_off
from mailroute.extraction.tongue import find_language


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One mail, ready for the extractors. Offsets count in `text`."""

    text: str
    subject: str
    sender: Mailbox | None
    sign_off: SignOff
    sentences: tuple[Sentence, ...]
    """Of the prose; the sign-off is left out."""
    language: str | None
    anchor: date
    """The day on which the words were written."""
    mentions: tuple[Mention, ...]
    """The days that the prose names."""
    directory: Directory
    service: Service
    model: LanguageModel

    @property
    def prose_end(self) -> int:
        """Where the sign-off begins."""
        return self.sign_off.start


def text_of(parsed: ParsedMail, directory: Directory, service: Service) -> str:
    """The client's own words."""
    source = spoken_for(parsed, directory, service)
    return parsed.body.fresh if source is None else source.body


def read(parsed: ParsedMail, model: LanguageModel, directory: Directory, service: Service) -> Reading:
    """Everything that the extractors share, made once."""
    source = spoken_for(parsed, directory, service)
    text = text_of(parsed, directory, service)[:CHARACTERS]
    sender = parsed.sender if source is None else source.sender
    subject = parsed.subject if source is None else (source.subject or parsed.subject)
    written = parsed.date if source is None else (source.date or parsed.date)
    sign_off = find_sign_off(text, sender.name if sender else None)
    if source is None and parsed.body.signature:
        signature = f"{sign_off.text}\n{parsed.body.signature}".strip()
        sign_off = replace(sign_off, text=signature)
    sentences = (
        *split_sentences(text, 0, sign_off.start),
        *split_sentences(text, sign_off.end, sign_off.footer),
    )
    language = find_language(text[: sign_off.start] or subject, model)
    anchor = anchor_date(written, service)
    clock = Clock(anchor, _weekdays(language), month_first=_month_first(written, language))
    mentions = find_dates(text, clock)
    return Reading(
        text=text, subject=subject, sender=sender, sign_off=sign_off, sentences=sentences, language=language,
        anchor=anchor, mentions=mentions, directory=directory, service=service,
        model=model,
    )  # fmt: skip


def anchor_date(written: datetime | None, service: Service) -> date:
    """The writer's own day; without a date the earliest one, so that nothing relative is reckoned into the future."""
    if written is None:
        return date(1970, 1, 1)
    if written.tzinfo is None:
        try:
            return written.replace(tzinfo=ZoneInfo(service.timezone)).date()
        except (ZoneInfoNotFoundError, ValueError):  # the zone changes nothing on a naive day
            return written.date()
    return written.date()


def _weekdays(language: str | None) -> Mapping[str, int]:
    return WEEKDAYS.get(language or "en", WEEKDAYS["en"])


def _month_first(written: datetime | None, language: str | None) -> bool:
    """Whether the writer sits where March 4 is 3/4: English, between Eastern and Alaskan time."""
    offset = written.utcoffset() if written else None
    return language == "en" and offset is not None and -9 <= offset.total_seconds() / 3600 <= -4
