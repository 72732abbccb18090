"""`mailroute train`: learn whose work mail is from what people reassigned, and types from what they put right."""

import os
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from mailroute.bootstrap import Application, open_application
from mailroute.cli.frame import FOUND_PROBLEMS
from mailroute.cli.options import ConfigOption, JsonOption
from mailroute.cli.output import show_json, show_table, tell
from mailroute.cli.progress import steps
from mailroute.domain.errors import Misconfigured
from mailroute.domain.learned import LearnedModel
from mailroute.extraction.schooling import STEPS
from mailroute.routing.learning import LEAST_GIVEN
from mailroute.services import type_models
from mailroute.services.learning import learn
from mailroute.services.type_models import Learned
from mailroute.settings import load_settings
from mailroute.store import corrections

CONFUSIONS = 8
"""Shown of a held-out test, the most frequent."""


def command(
    *,
    config: ConfigOption = None,
    force: Annotated[
        bool, typer.Option("--force", help="Keep the classifier of types even if it is worse than before.")
    ] = False,
    rollback: Annotated[
        bool,
        typer.Option("--roll-back", "--rollback", help="Go back to the classifier of types before."),
    ] = False,
    as_json: JsonOption = False,
) -> int | None:
    """Learn whose work mail is from tickets given to somebody by hand, and what mail is for from corrected types.

    The service uses the first for mail that no rule of the house and no named project decides. The second takes the
    place of the classifier in use unless it is worse; a running service takes it up at its next mail.
    Both show how well they do on mails left out.
    """
    settings = load_settings(config, environ=os.environ)
    if rollback:
        _roll_back(settings.models_folder)
        return None
    with open_application(settings) as app:
        people = _learn_people(app)
        with app.store.read() as connection:
            right = corrections.listing(connection, field="type")
    with steps("Learning types", STEPS) as step:
        types = type_models.learn(settings.models_folder, right, force=force, step=step)
    if as_json:
        show_json({"people": people, "types": asdict(types)})
    else:
        _show_people(people, settings.routing.learned_threshold)
        _show_types(types)
    return None if types.kept else FOUND_PROBLEMS


def _learn_people(app: Application) -> LearnedModel:
    with app.store.read() as connection:
        directory = app.directories.current(connection)
    return learn(app.store, directory=directory, policy=app.policy, now=datetime.now(UTC))


def _roll_back(folder: Path) -> None:
    changed = type_models.roll_back(folder)
    if changed is None:
        raise Misconfigured(f"nothing to roll back: {type_models.SHIPPED} is in use")
    tell(f"{changed[0]} is out of use, {changed[1]} is in use again")


def _show_people(model: LearnedModel, threshold: float) -> None:
    rows = [
        (
            staff,
            person.mails,
            person.given,
            ", ".join(sorted(person.words, key=lambda w: -person.words[w])[:8]),
        )
        for staff, person in model.people.items()
    ]
    show_table(
        ("PM", "Mails", "Given by people", "Most frequent words"),
        rows,
        empty="No reassignments to learn from.",
    )
    tell(
        f"Model {model.version}: on {model.tested} mails left out in turn it would have spoken for {model.spoke}"
        f" (at {threshold:.0%} or more) and been right for {model.right}."
    )
    if model.given < LEAST_GIVEN:
        tell(f"It is not used yet: {model.given} reassignments, {LEAST_GIVEN} are needed.")


def _show_types(types: Learned) -> None:
    seen = types.report
    show_table(
        ("Taken for another type", "Taken for", "Mails held out"),
        seen.confusion[:CONFUSIONS],
        title="Types",
    )
    tell(
        f"Types, {types.lessons} corrections among {seen.mails} mails, each held out in turn:"
        f" right {seen.accuracy:.3f}, in the first three {seen.top_three:.3f},"
        f" macro-F1 {seen.macro_f1:.3f}, calibration error {seen.calibration:.3f}."
    )
    if types.broken:
        tell(f"Told by the model before, not by this one: {', '.join(types.broken)}.")
    tell(f"{types.version}: {types.why}." if types.kept else f"NOT kept: {types.why}. --force keeps it.")
