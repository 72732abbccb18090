"""Training the linear models from seed lines: always the same model from the same lines.

Lines are expanded by alternatives and slots, so features count only when several lines have them: what
a single
template says over and over is no evidence. Held-out figures leave out whole lines, never expansions of
one line.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from mailroute.extraction.linear import LinearModel

ALTERNATIVES = re.compile(r"\(([^()|]*(?:\|[^()|]*)+)\)")
SLOT = re.compile(r"\{(\w+)\}")
STRIDES = (7, 11, 13, 17, 19, 23)
"""Primes: successive variants take other alternatives and slot words without a random source."""


@dataclass(frozen=True, slots=True)
class Seed:
    """One written line: its class, subject and text with slots still open."""

    label: str
    subject: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Example:
    """One expanded mail; `line` is the number of its seed line."""

    label: str
    subject: str
    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """How a model did on mails of lines that it had not seen; shares from 0 to 1."""

    mails: int
    accuracy: float
    top_three: float
    macro_f1: float
    calibration: float
    """Expected calibration error, lower is better."""
    confusion: tuple[tuple[str, str, int], ...]
    """What a mail was, what it was taken for, and how often, the most frequent first."""


@dataclass(frozen=True, slots=True)
class Trained:
    """A model and how it did on lines that it had not seen."""

    model: LinearModel
    report: Report
    right_lines: tuple[bool, ...]
    """For each line, in order, whether its bare mail was told when the line was held out."""


def read_seeds(text: str, language: str) -> tuple[Seed, ...]:
    """Sections `[label]`, then `subject | text` lines."""
    label, seeds = "", []
    for line in text.splitlines():
        if line.startswith("["):
            label = line.strip("[] ")
        elif line.strip() and not line.startswith("#"):
            subject, _, body = line.partition(" | ")
            seeds.append(Seed(label, subject.strip(), body.strip(), language))
    return tuple(seeds)


def read_lists(text: str) -> Mapping[str, tuple[str, ...]]:
    """Slot name to its words."""
    rows = (line.partition(":") for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return {name.strip(): tuple(w.strip() for w in words.split(";")) for name, _, words in rows}


def expand(seeds: Sequence[Seed], lists: Mapping[str, tuple[str, ...]], variants: int) -> Iterator[Example]:
    """Each line *variants* times, with other alternatives and slot words, bare and as a whole mail.

    A whole mail has a greeting, a word of thanks and remarks that are beside the point: they stand in mails of every
    type alike, so that none of them counts for one.
    """
    for line, seed in enumerate(seeds):
        for n in range(variants):
            turn = line * 5 + n
            subject, text = (_filled(part, lists, turn) for part in (seed.subject, seed.text))
            yield Example(
                seed.label, subject if n % 4 else "", _dressed(text, seed.language, lists, turn, n), line
            )


def _dressed(text: str, language: str, lists: Mapping[str, tuple[str, ...]], turn: int, n: int) -> str:
    """The text with what else stands in a mail around it; the first variant stays bare."""
    if n == 0:
        return text

    def one(name: str, step: int) -> str:
        options = lists[name if language == "en" else f"{name}.{language}"]
        return _filled(options[(turn * step) % len(options)], lists, turn)

    parts = (
        (one("greeting", 3), text, one("closing", 7)),
        (one("greeting", 5), one("filler", 3), text, one("aside", 5), one("closing", 3)),
        (one("aside", 7), text, one("filler", 11)),
        (one("filler", 7), text),
    )[(n - 1) % 4]
    return " ".join(part for part in parts if part)


def _filled(text: str, lists: Mapping[str, tuple[str, ...]], turn: int) -> str:
    count = 0

    def pick(options: Sequence[str]) -> str:
        nonlocal count
        count += 1
        return options[(turn * STRIDES[count % len(STRIDES)] + count) % len(options)]

    text = ALTERNATIVES.sub(lambda m: pick(m[1].split("|")), text)
    return SLOT.sub(lambda m: pick(lists[m[1]]), text)


Held = list[tuple[list[tuple[str, float]], str]]
"""Probabilities that a model gave to mails that it had not seen, with what they are."""


def train(
    rows: Sequence[Mapping[str, float]],
    labels: Sequence[str],
    lines: Sequence[int],
    folds: int = 4,
    step: Callable[[], None] = lambda: None,
) -> Trained:
    """A model over all rows, with temperature and figures from *folds* that leave whole lines out."""
    classes = tuple(sorted(set(labels)))
    held: Held = []
    right: dict[int, bool] = {}
    for fold in range(folds):
        inside = [i for i, line in enumerate(lines) if line % folds != fold]
        model = _fit(
            [rows[i] for i in inside], [labels[i] for i in inside], [lines[i] for i in inside], classes
        )
        for i, line in enumerate(lines):
            if line % folds == fold:
                told = model.probabilities(rows[i])
                held.append((told, labels[i]))
                right.setdefault(line, told[0][0] == labels[i])
        step()
    temperature = _temperature(held)
    final = replace(_fit(rows, labels, lines, classes), temperature=temperature)
    step()
    seen = report([(_tempered(p, temperature), label) for p, label in held], classes)
    return Trained(final, seen, tuple(right[line] for line in sorted(right)))


def report(held: Held, classes: Sequence[str]) -> Report:
    """How well probabilities agree with what the mails are."""
    pairs = Counter((label, p[0][0]) for p, label in held)
    return Report(
        mails=len(held),
        accuracy=sum(p[0][0] == label for p, label in held) / len(held),
        top_three=sum(label in [c for c, _ in p[:3]] for p, label in held) / len(held),
        macro_f1=_macro_f1(held, classes),
        calibration=calibration_error([(p[0][1], p[0][0] == label) for p, label in held]),
        confusion=tuple((true, said, n) for (true, said), n in pairs.most_common() if true != said),
    )


def calibration_error(said: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """Expected calibration error: how far, on average, being sure is from being right, over equally wide bins."""
    off = [0.0] * bins
    for sure, right in said:
        off[min(int(sure * bins), bins - 1)] += sure - right
    return sum(abs(v) for v in off) / len(said) if said else 0.0


def _tempered(probabilities: list[tuple[str, float]], temperature: float) -> list[tuple[str, float]]:
    raised = [(c, max(p, 1e-9) ** (1 / temperature)) for c, p in probabilities]
    total = sum(r for _, r in raised)
    return [(c, r / total) for c, r in raised]


def _macro_f1(held: Sequence[tuple[list[tuple[str, float]], str]], classes: Sequence[str]) -> float:
    said, true, both = Counter(p[0][0] for p, _ in held), Counter(label for _, label in held), Counter[str]()
    both.update(label for p, label in held if p[0][0] == label)
    return sum(2 * both[c] / max(1, said[c] + true[c]) for c in classes) / len(classes)


def _temperature(held: Sequence[tuple[list[tuple[str, float]], str]]) -> float:
    """The one that makes the held-out lines likeliest."""

    def loss(temperature: float) -> float:
        total = 0.0
        for probabilities, label in held:
            total -= float(np.log(dict(_tempered(probabilities, temperature))[label]))
        return total

    return min((t / 20 for t in range(8, 61)), key=loss)


def _fit(
    rows: Sequence[Mapping[str, float]], labels: Sequence[str], lines: Sequence[int], classes: Sequence[str]
) -> LinearModel:
    """Multinomial logistic regression by full-batch Adam with weight decay."""
    names = _vocabulary(rows, lines)
    index = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(rows), len(names)), dtype=np.float32)
    for r, row in enumerate(rows):
        for name, value in row.items():
            if name in index:
                x[r, index[name]] = value
    y = np.eye(len(classes), dtype=np.float32)[[classes.index(label) for label in labels]]
    share = y.sum(axis=0)
    importance = (y / share).sum(axis=1, keepdims=True)
    importance /= importance.sum()
    w, b = _descend(x, y, importance)
    weights = {name: tuple(float(v) for v in w[i]) for name, i in index.items()}
    return LinearModel(tuple(classes), tuple(float(v) for v in b), weights)


Array = np.ndarray[tuple[int, ...], np.dtype[np.float32]]


def _descend(
    x: Array, y: Array, importance: Array, steps: int = 200, rate: float = 0.2, decay: float = 2e-3
) -> tuple[Array, Array]:
    w = np.zeros((x.shape[1], y.shape[1]), dtype=np.float32)
    b = np.zeros(y.shape[1], dtype=np.float32)
    m, v = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, steps + 1):
        z = x @ w + b
        p = np.exp(z - z.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        error = (p - y) * importance
        gradient = x.T @ error + decay * w
        m, v = 0.9 * m + 0.1 * gradient, 0.99 * v + 0.01 * gradient * gradient
        w -= rate * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.99**step)) + 1e-6)
        b -= rate * error.sum(axis=0)
    return w, b


def _vocabulary(rows: Sequence[Mapping[str, float]], lines: Sequence[int], least: int = 2) -> list[str]:
    """The features that at least *least* different lines have."""
    seen: dict[str, set[int]] = {}
    for row, line in zip(rows, lines, strict=True):
        for name in row:
            seen.setdefault(name, set()).add(line)
    return sorted(name for name, found in seen.items() if len(found) >= least)
