"""What the model of remarks learns from: sentences alone, and the sentences of seed mails with what is quoted there."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

from mailroute.extraction.asks import THRESHOLD, ask_score
from mailroute.extraction.linear import shipped
from mailroute.extraction.remarks import NO_REMARK, place_features, remark_features
from mailroute.extraction.schooling import marks
from mailroute.extraction.sentences import Sentence, split_sentences
from mailroute.extraction.training import Seed, expand, read_lists, read_seeds

LANGUAGES = ("en", "de", "fr")
TOLD = 0.85
"""How sure the type of a seed mail counts as: in real mail it is a guess."""
BESIDE = 2
"""Sentences that are no remark, set into each seed mail: real mail has more of them than a short seed."""
GUESSES = 3
"""Types that the card of a mail names, the likeliest first."""
QUOTE = re.compile(r"\{([a-z-]+):([^{}]*)\}")
SHORTEST = 12
"""Characters of a quote that may stand inside a longer sentence."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One sentence as the model sees it, its theme, and the seed that it came from."""

    features: Mapping[str, float]
    theme: str
    line: int


def remark_lessons() -> tuple[Lesson, ...]:
    """Every lesson in the package, mails first."""
    mails, alone = _mails(), _sentences_alone()
    plain = [text for theme, text in alone if theme == NO_REMARK]
    quotes = {text: theme for theme, text in _themes(_shipped("remarks.mails.txt"))}
    lessons = [lesson for line, mail in enumerate(mails) for lesson in _of_mail(line, mail, quotes, plain)]
    first = len(mails) + len(alone)
    whole = read_seeds(_shipped("remarks.whole.txt"), "")
    lessons += [lesson for line, mail in enumerate(whole, first) for lesson in _of_marked(line, mail)]
    lessons += [
        Lesson(remark_features(text), theme, line) for line, (theme, text) in enumerate(alone, len(mails))
    ]
    return tuple(lessons)


def _of_mail(line: int, mail: Seed, quotes: Mapping[str, str], plain: list[str]) -> Iterator[Lesson]:
    sentences = split_sentences(mail.text)
    kinds = {mail.label: TOLD}
    for at, sentence in enumerate(sentences):
        place = place_features(
            kinds, at, len(sentences), asked=ask_score(sentence) >= THRESHOLD, item=sentence.item
        )
        yield Lesson(remark_features(sentence.text) | place, _theme(sentence, quotes), line)
    for turn in range(BESIDE):
        text = plain[(line * 37 + turn * 101) % len(plain)]
        asked = ask_score(Sentence(text, 0, len(text))) >= THRESHOLD
        place = place_features(kinds, turn + 1, BESIDE + 2, asked=asked, item=False)
        yield Lesson(remark_features(text) | place, NO_REMARK, line)


def _of_marked(line: int, mail: Seed) -> Iterator[Lesson]:
    """The sentences of a mail that marks its own quotes; what the mail is for is guessed, as in real mail."""
    marked = f"{mail.subject} {mail.text}".strip()
    text = QUOTE.sub(r"\2", marked)
    quotes = {found[2]: found[1] for found in QUOTE.finditer(marked)}
    kinds = dict(shipped("type").probabilities(marks("", text))[:GUESSES])
    sentences = split_sentences(text)
    for at, sentence in enumerate(sentences):
        asked = ask_score(sentence) >= THRESHOLD
        place = place_features(kinds, at, len(sentences), asked=asked, item=sentence.item)
        theme = next((t for quote, t in quotes.items() if _same(quote, sentence.text)), NO_REMARK)
        yield Lesson(remark_features(sentence.text) | place, theme, line)


def _same(quote: str, text: str) -> bool:
    return quote.strip() in text or (len(text) >= SHORTEST and text in quote)


def _theme(sentence: Sentence, quotes: Mapping[str, str]) -> str:
    for quote, theme in quotes.items():
        if len(quote) >= SHORTEST and (quote in sentence.text or sentence.text in quote):
            return theme
    return NO_REMARK


def _mails() -> list[Seed]:
    """The seed mails, each with the first of its alternatives."""
    lists = read_lists(_shipped("lists.txt"))
    found = []
    for language in LANGUAGES:
        lines = read_seeds(_shipped(f"mails.{language}.txt"), language)
        texts = [example.text for example in expand(lines, lists, 1)]
        found += [Seed(s.label, s.subject, text, language) for s, text in zip(lines, texts, strict=True)]
    return found


def _sentences_alone() -> list[tuple[str, str]]:
    return [pair for language in LANGUAGES for pair in _themes(_shipped(f"remarks.{language}.txt"))]


def _themes(text: str) -> Iterator[tuple[str, str]]:
    """Sections `[theme]`, then one sentence a line."""
    theme = ""
    for line in text.splitlines():
        if line.startswith("["):
            theme = line.strip("[] ")
        elif line.strip() and not line.startswith("#"):
            yield theme, line.strip()


def _shipped(name: str) -> str:
    return files("mailroute.extraction").joinpath("seeds", name).read_text(encoding="utf-8")
