"""`mailroute eval`: how well mail is understood, by labelled mails and by what people put right."""

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from mailroute import __version__
from mailroute.bootstrap import Application, open_application
from mailroute.cli.frame import FOUND_PROBLEMS
from mailroute.cli.options import ConfigOption, JsonOption
from mailroute.cli.output import show_json, show_table, tell
from mailroute.cli.progress import steps
from mailroute.domain.errors import Misconfigured
from mailroute.domain.policy import Policy
from mailroute.services.evaluate import (
    Labelled,
    Scored,
    Turned,
    by_mail,
    evaluate,
    labelled_files,
    labelled_mails,
    lines,
    turned,
)
from mailroute.services.examples import corrected_mails, mails_of
from mailroute.services.measures import Found
from mailroute.services.reading import Reader
from mailroute.services.type_files import PACKAGE, in_use, version_file
from mailroute.settings import Settings, load_settings
from mailroute.store import corrections

Mails = Callable[[], Iterable[Labelled]]
Before = Mapping[str, Mapping[str, Found]]
NOTHING_CORRECTED = (
    "Nothing to measure yet: nobody has put a field right.\n"
    "  mailroute ticket MR-1 --correct type=billing --as STAFF    puts one right; so does /type in a mail\n"
    "  mailroute eval FOLDER                                      measures by labelled mails of your own"
)
LAST = "corrections-read.json"
"""In the folder of models: how corrections were read when `eval` was last run, to compare with."""


def command(
    path: Annotated[
        Path | None,
        typer.Argument(metavar="[FOLDER|FILE.jsonl]", help="Labelled mails; without it, the corrections."),
    ] = None,
    *,
    against: Annotated[
        str | None,
        typer.Option(
            metavar="VERSION|FILE",
            help=f"Compare with a classifier of types (type-0001, {PACKAGE}) or with what --save wrote.",
        ),
    ] = None,
    save: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write what came of each mail, to compare with later.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(metavar="CODE", help="Only mails read as this language: de.")
    ] = None,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> int | None:
    """Read mails whose issue cards are known and show, field by field, how often the reading is right.

    Without a path the mails are those whose fields people put right (`mailroute ticket MR-1 --correct`), and the run
    before is compared with: a change of rules or models that breaks what held then is shown, and ends in 1.
    """
    settings = load_settings(config, environ=os.environ)
    with ExitStack() as closing:
        app = None if path else closing.enter_context(_application(settings))
        mails, count = _labelled(path) if path else _corrected(app, closing)
        policy = app.policy if app else Policy()
        types = in_use(settings.models_folder)
        scored = _read(mails, count, policy, settings, types)
        last = settings.models_folder / LAST if app else None
        before = _before(against, last, lambda file: _read(mails, count, policy, settings, file), settings)
    if last and scored:
        last.parent.mkdir(parents=True, exist_ok=True)
        _save(scored, last, types)
    if save:
        _save(scored, save, types)
    if language:
        scored = [one for one in scored if one.language == language]
    changes = turned(before or {}, scored)
    if as_json:
        _show_json(scored, changes)
    else:
        if not scored:
            tell(NOTHING_CORRECTED if app else "No labelled mails were found there.")
            return None
        _show(scored, before, changes)
        tell(f"{len(scored)} mails, types told by {types.stem if types else 'the model in the package'}")
    return FOUND_PROBLEMS if any(one.broken for one in changes) else None


def _application(settings: Settings) -> Application:
    try:
        return open_application(settings)
    except Misconfigured as error:
        raise Misconfigured(f"{error}; or give a file of labelled mails") from error


def _labelled(path: Path) -> tuple[Mails, int]:
    mails = [mail for file in labelled_files(path) for mail in labelled_mails(file)]
    return lambda: mails, len(mails)


def _corrected(app: Application | None, closing: ExitStack) -> tuple[Mails, int]:
    assert app is not None, "corrections are read from the store"
    connection = closing.enter_context(app.store.read())
    right, directory = corrections.listing(connection), app.directories.current(connection)
    return lambda: corrected_mails(connection, right, directory, app.policy), mails_of(right)


def _read(mails: Mails, count: int, policy: Policy, settings: Settings, types: Path | None) -> list[Scored]:
    with (
        Reader(policy, settings.extraction.model, lambda: types) as reader,
        steps("Reading", count) as step,
    ):
        return evaluate(mails(), reader.read, step)


def _before(
    against: str | None, last: Path | None, read: Callable[[Path | None], list[Scored]], settings: Settings
) -> Before | None:
    """What to compare with: a saved run, this run with another classifier, or the last run on corrections."""
    if against is None:
        return _saved(last) if last and last.is_file() else None
    if Path(against).is_file():
        return _saved(Path(against))
    return by_mail(read(version_file(settings.models_folder, against)))


def _saved(file: Path) -> Before:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        return {
            name: {measure: (int(hits), int(total)) for measure, (hits, total) in found.items()}
            for name, found in told["mails"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Misconfigured(f"{file} is no file that `mailroute eval --save` wrote") from error


def _save(scored: Sequence[Scored], file: Path, types: Path | None) -> None:
    told = {"mailroute": __version__, "types": types.stem if types else PACKAGE, "mails": by_mail(scored)}
    file.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def _show(scored: Sequence[Scored], before: Before | None, changes: Sequence[Turned]) -> None:
    earlier = _earlier(scored, before)
    rows = [
        (
            x.measure,
            "" if x.hits is None else x.hits,
            "" if x.total is None else x.total,
            *((f"{earlier[x.measure]:.3f}" if x.measure in earlier else "",) if earlier else ()),
            f"{x.share:.3f}",
        )
        for x in lines(scored)
    ]
    headings = ("Measure", "Hits", "Of", *(("Before",) if earlier else ()), "Share")
    show_table(headings, rows, empty="Nothing to measure: nobody has corrected a field yet.")
    if changes:
        show_table(
            ("", "Mail", "Measure", "Before", "Now"),
            [
                ("BROKEN" if c.broken else "mended", c.name, c.measure, _of(c.before), _of(c.now))
                for c in sorted(changes, key=lambda c: not c.broken)
            ],
            title="What came out otherwise than before",
        )


def _earlier(scored: Sequence[Scored], before: Before | None) -> dict[str, float]:
    """Shares of the same mails before."""
    if not before:
        return {}
    names = {one.name for one in scored}
    return {
        line.measure: line.share
        for line in lines([Scored(name, found) for name, found in before.items() if name in names])
    }


def _of(found: Found) -> str:
    return f"{found[0]} of {found[1]}"


def _show_json(scored: Sequence[Scored], changes: Sequence[Turned]) -> None:
    show_json(
        {
            "measures": [
                {"measure": x.measure, "hits": x.hits, "total": x.total, "share": x.share}
                for x in lines(scored)
            ],
            "turned": [
                {
                    "mail": c.name,
                    "measure": c.measure,
                    "before": list(c.before),
                    "now": list(c.now),
                    "broken": c.broken,
                }
                for c in changes
            ],
        }
    )
