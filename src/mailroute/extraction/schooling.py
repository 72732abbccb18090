"""What the classifier of types learns from: the seed lines in the package, and what people put right."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files

from mailroute.extraction.asks import THRESHOLD, ask_score
from mailroute.extraction.kind import features
from mailroute.extraction.sentences import split_sentences
from mailroute.extraction.training import Example, Seed, Trained, expand, read_lists, read_seeds, train

LANGUAGES = ("en", "de", "fr")
FILES = ("type", "mails")
VARIANTS = 4
"""Mails made of one seed line; a mail that a person put right counts as much as a line."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A mail whose type a person has put right."""

    subject: str
    text: str
    label: str


def seeds() -> tuple[Seed, ...]:
    """The seed lines that came with the package."""
    return tuple(
        seed
        for language in LANGUAGES
        for name in FILES
        for seed in read_seeds(_shipped(f"{name}.{language}.txt"), language)
    )


def learn_types(
    lines: Sequence[Seed], lessons: Sequence[Lesson] = (), step: Callable[[], None] = lambda: None
) -> Trained:
    """A classifier from seed lines and lessons; *step* is called `STEPS` times on the way."""
    examples = list(expand(lines, read_lists(_shipped("lists.txt")), VARIANTS))
    for number, lesson in enumerate(lessons, len(lines)):
        examples += [Example(lesson.label, lesson.subject, lesson.text, number)] * VARIANTS
    rows = [marks(e.subject, e.text) for e in examples]
    step()
    return train(rows, [e.label for e in examples], [e.line for e in examples], step=step)


STEPS = 6
"""Reading the lines, four folds, and the whole."""


def marks(subject: str, text: str) -> dict[str, float]:
    """What the classifier looks at in such a mail."""
    return dict(features(subject, text, [s.text for s in split_sentences(text) if ask_score(s) >= THRESHOLD]))


def _shipped(name: str) -> str:
    return files("mailroute.extraction").joinpath("seeds", name).read_text(encoding="utf-8")
