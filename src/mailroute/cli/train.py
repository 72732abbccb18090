"""`mailroute train`: learn whose work mail is from what people reassigned."""

import os
from datetime import UTC, datetime

from mailroute.bootstrap import open_application
from mailroute.cli.options import ConfigOption, JsonOption
from mailroute.cli.output import show_json, show_table, tell
from mailroute.routing.learning import LEAST_GIVEN
from mailroute.services.learning import learn
from mailroute.settings import load_settings


def command(*, config: ConfigOption = None, as_json: JsonOption = False) -> int | None:
    """Learn from tickets that people gave to somebody by hand; show how well that does on mails left out.

    The service uses what was learned for mail that no rule of the house and no named project decides.
    """
    settings = load_settings(config, environ=os.environ)
    with open_application(settings) as app:
        with app.store.read() as connection:
            directory = app.directories.current(connection)
        model = learn(app.store, directory=directory, policy=app.policy, now=datetime.now(UTC))
    if as_json:
        show_json(model)
        return None
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
        ("PM", "Mails", "Given by people", "Most frequent words"), rows, empty="Nothing to learn from."
    )
    tell(
        f"Model {model.version}: on {model.tested} mails left out in turn it would have spoken for {model.spoke}"
        f" (at {settings.routing.learned_threshold:.0%} or more) and been right for {model.right}."
    )
    if model.given < LEAST_GIVEN:
        tell(f"It is not used yet: {model.given} reassignments, {LEAST_GIVEN} are needed.")
    return None
