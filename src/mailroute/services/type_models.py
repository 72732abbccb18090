"""The classifier of types that this installation has learned: its versions in a folder, the highest in use.

A version is a file `type-0001.json`. Rolling back renames the highest one to `.json.off`, so that the one before is in
use again, or the one that came with the package.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from mailroute.extraction.linear import LinearModel, from_json, shipped, shipped_report, to_json
from mailroute.extraction.schooling import Lesson, learn_types, marks, seeds
from mailroute.extraction.training import Report, Seed, Trained
from mailroute.services.type_files import in_use, number_of, versions
from mailroute.store.corrections import Correction

SHIPPED = "the one in the package"
WORSE = 0.01
"""Macro-F1 on held-out lines may fall by this: a few lines more make as much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What a training made of what people put right, and whether it took the place of the model before."""

    version: str
    kept: bool
    why: str
    """In one sentence."""
    lessons: int
    """Corrections of types that were learned from."""
    report: Report
    broken: tuple[str, ...] = ()
    """Tickets whose corrected types the model before told, and this one does not."""


@dataclass(frozen=True, slots=True)
class Present:
    """The model in use."""

    version: str
    model: LinearModel
    macro_f1: float
    """On the lines that were held out when it was made."""
    learned_up_to: int
    """The last correction that it has learned from."""


def present(folder: Path) -> Present:
    """The model in use, with what is known of it."""
    path = in_use(folder)
    if path is None:
        return Present(SHIPPED, shipped("type"), shipped_report("type")["macro_f1"], 0)
    text = path.read_text(encoding="utf-8")
    told = json.loads(text)
    return Present(path.stem, from_json(text), told["report"]["macro_f1"], told["learned_up_to"])


def learn(
    folder: Path,
    corrections: Sequence[Correction],
    *,
    lines: Sequence[Seed] | None = None,
    force: bool = False,
    step: Callable[[], None] = lambda: None,
) -> Learned:
    """Train on the corrections of types and on *lines*, else the seed lines in the package.

    The model is kept unless it is worse than the one in use, or *force* is given.
    """
    lessons = [one for one in corrections if one.field == "type"]
    before = present(folder)
    trained = learn_types(
        seeds() if lines is None else lines, [Lesson(one.subject, one.text, one.new) for one in lessons], step
    )
    worse = _worse(before, trained, lessons)
    version = f"type-{1 + max((number_of(p) for p in versions(folder, off=True)), default=0):04}"
    learned = Learned(
        version=before.version,
        kept=False,
        why=worse or "",
        lessons=len(lessons),
        report=trained.report,
        broken=tuple(str(c.ref) for c in lessons if _tells(before.model, c) and not _tells(trained.model, c)),
    )
    if worse and not force:
        return learned
    told = json.loads(to_json(trained.model))
    told |= {"report": asdict(trained.report), "learned_up_to": max((one.id for one in lessons), default=0)}
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f"{version}.draft"
    draft.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    draft.replace(folder / f"{version}.json")
    why = "kept though it is worse" if worse else f"in the place of {before.version}"
    return replace(learned, version=version, kept=True, why=why)


def roll_back(folder: Path) -> tuple[str, str] | None:
    """Take the version in use out of use: its name and that of the one in use now; None without any of our own."""
    path = in_use(folder)
    if path is None:
        return None
    path.rename(path.with_name(f"{path.name}.off"))
    return path.stem, present(folder).version


def right_of(model: LinearModel, corrections: Sequence[Correction]) -> int:
    """How many of these types the model tells as people do."""
    return sum(_tells(model, one) for one in corrections)


def _tells(model: LinearModel, one: Correction) -> bool:
    return model.probabilities(marks(one.subject, one.text))[0][0] == one.new


def _worse(before: Present, trained: Trained, lessons: Sequence[Correction]) -> str | None:
    """Why the new model would be a step back, measured on what neither has learned; None when it is not."""
    report = trained.report
    if report.macro_f1 < before.macro_f1 - WORSE:
        return f"macro-F1 {report.macro_f1:.3f} on held-out mails, {before.version} had {before.macro_f1:.3f}"
    unseen = {one.id: one for one in lessons if one.id > before.learned_up_to}
    if not unseen:
        return None
    old = right_of(before.model, list(unseen.values()))
    new = sum(trained.right_lines[-len(unseen) :])
    if new < old:
        return f"it tells {new} of {len(unseen)} new corrections held out, {before.version} tells {old}"
    return None
