"""What stands around every command: lazy loading, exit codes, one line for each failure."""

import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from io import TextIOWrapper
from typing import Annotated, Protocol, cast

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from mailroute import __version__
from mailroute.domain.errors import MailrouteError, Misconfigured

SUCCESS, FOUND_PROBLEMS, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130


@dataclass(frozen=True, slots=True)
class Command:
    """A row of COMMANDS: all that `--help` needs to know without importing the command."""

    name: str
    help: str
    panel: str
    """Heading under which the help lists it."""

    @property
    def module(self) -> str:
        """Where it is implemented."""
        return f"mailroute.cli.{self.name.replace('-', '_')}"


class Runnable(Protocol):
    """What is used of a typer command here; its own types are private to typer."""

    name: str | None
    help: str | None

    def make_context(
        self, info_name: str | None, args: list[str], parent: object = None, **extra: object
    ) -> typer.Context:
        """Parse *args* into a context."""
        ...


class LazyCommand(TyperCommand):
    """Stands in for a command until it is asked to run or to complete, and then gives way to it."""

    def __init__(self, row: Command) -> None:
        super().__init__(row.name, help=row.help, short_help=row.help, rich_help_panel=row.panel)
        self.row = row

    def make_context(
        self, info_name: str | None, args: list[str], parent: object = None, **extra: object
    ) -> typer.Context:
        """The context of the real command, so that everything after works on that."""
        return load(self.row).make_context(info_name, args, parent, **extra)


@cache
def load(row: Command) -> Runnable:
    """Import the command's module and make a command of what it defines."""
    module = import_module(row.module)
    if (app := getattr(module, "app", None)) is None:
        app = typer.Typer(add_completion=False)
        app.command(row.name, help=module.command.__doc__ or row.help)(module.command)
    app.pretty_exceptions_enable = False
    command = cast("Runnable", get_command(app))
    command.name = row.name
    command.help = command.help or row.help
    return command


def build(rows: Sequence[Command]) -> TyperGroup:
    """The command line as a whole, with nothing of it imported yet."""
    app = typer.Typer(
        name="mailroute",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_root)
    group = get_command(app)
    if not isinstance(group, TyperGroup):  # pragma: no cover - an app with a callback is always a group
        raise TypeError("typer no longer makes a group of an app with a callback")
    for row in rows:
        group.add_command(LazyCommand(row))
    return group


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"mailroute {__version__}")
        raise typer.Exit


def _root(
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and end."),
    ] = False,
    _debug: Annotated[
        bool, typer.Option("--debug", help="Show tracebacks; may stand anywhere on the line.")
    ] = False,
) -> None:
    """Client mail becomes one shared ticket between sales and project management.

    Start with `mailroute demo`. Settings are read from mailroute.toml; `mailroute check` says what is wrong with them.
    """


def run(group: TyperGroup, arguments: Sequence[str] | None = None) -> int:
    """Run one command line; gives the exit code. Only failures that are bugs leave here as exceptions."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    debug, words = _take_debug(words)
    _speak_utf8()
    try:
        result = group.main(words, prog_name="mailroute", standalone_mode=False)
    except typer.TyperException as error:
        return _wrong_usage(error)
    except typer.Abort:
        return FOUND_PROBLEMS
    except MailrouteError as error:
        if debug:
            traceback.print_exc()
        else:
            sys.stderr.write(f"mailroute: {error}\n")
        return WRONG_USAGE if isinstance(error, Misconfigured) else FOUND_PROBLEMS
    return result if isinstance(result, int) else SUCCESS


def _take_debug(words: list[str]) -> tuple[bool, list[str]]:
    """Whether --debug stands among the options, and the words without it."""
    end = words.index("--") if "--" in words else len(words)
    options = words[:end]
    return "--debug" in options, [word for word in options if word != "--debug"] + words[end:]


def _wrong_usage(error: typer.TyperException) -> int:
    """Say in one line what is wrong with the command line and where help is."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "mailroute"
    message = error.format_message()
    if not message:  # typer has printed the help itself
        return WRONG_USAGE
    if not message.lstrip().startswith("Usage:") and "\n" not in message:
        message = f"{path}: {message} (`{path} --help` shows what it takes)"
    sys.stderr.write(message.rstrip() + "\n")
    return WRONG_USAGE


def _speak_utf8() -> None:
    """Write UTF-8 whatever the locale says, and never fail on a file name that is none."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
