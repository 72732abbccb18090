"""The command line: one file a command, one row a command in COMMANDS.

To add one, write `cli/<name>.py` (dashes become underscores) and a row below. The module defines either

    def command(...) -> int | None:      a function typed for typer; its docstring is the long help
    app = typer.Typer(...)               for a command with sub-commands (see `cli/directory.py`)

What every command keeps to:

* It returns its exit code (None counts as 0): 0 done, 1 done but something is wrong with what was looked at,
  2 wrong usage or settings. It raises `MailrouteError` with a text fit to be read: `Misconfigured` ends in 2, any
  other in 1, both as one line on standard error; `--debug`, anywhere on the line, shows the traceback instead.
* Options that several commands share are the annotated types in `cli.options` (`ConfigOption`, `JsonOption`, ...).
* Data goes to standard output through `cli.output` (a table on a terminal, tab-separated lines in a pipe, JSON
  with `--json`); everything else goes to standard error through `cli.output.tell` and `warn`.
* Modules are imported when the command runs, not before. Inside a command heavy libraries may be imported at the top.
"""

from collections.abc import Sequence

from mailroute.cli.frame import Command, build, run

COMMANDS: tuple[Command, ...] = (
    Command("demo", "Try it: sample mails, the tickets they become, and why.", "Try"),
    Command("explain", "Show what would be done with messages, and do none of it.", "Try"),
    Command("rehearse", "Play a folder of mails through a throw-away service.", "Try"),
    Command("replay", "Decide kept mail again and show what would differ.", "Try"),
    Command("serve", "Run the service: take mail in, work it through, send mail out.", "Run"),
    Command("worker", "Run workers alone, for a further process or host.", "Run"),
    Command("ingest", "Take in .eml files, mbox files, Maildir folders, and the past of mailboxes.", "Run"),
    Command("sign-in", "Sign in to a mailbox at Microsoft 365.", "Run"),
    Command("tickets", "List tickets.", "Look"),
    Command("ticket", "Show one ticket with its history and reasons.", "Look"),
    Command("stalls", "List clients who owe us an answer, and what we owe them.", "Look"),
    Command("inbox", "List messages kept, held and set aside; try them again.", "Look"),
    Command("outbox", "List outgoing mail: sent, waiting, refused, held.", "Look"),
    Command("brief", "What to know about a client: people, promises, open and late, their words.", "Look"),
    Command("brief-note", "Confirm or correct a line of a client's brief.", "Look"),
    Command("handoff", "Sold work on its way from sales to a PM: list it, offer it.", "Look"),
    Command("ledger", "What a client has told, what we asked, and how often we asked twice.", "Look"),
    Command("digest", "What somebody should know this morning; the joint agenda.", "Look"),
    Command("feedback", "What clients say of products and service: counted, with their words.", "Look"),
    Command("directory", "Import, list and export people, organisations, projects and rules.", "Set up"),
    Command("privacy", "What is kept of a person: write it out, or erase it.", "Set up"),
    Command("train", "Learn from what people reassigned and put right.", "Set up"),
    Command("eval", "Measure how well mail is understood, field by field.", "Set up"),
    Command("check", "Check settings, directory, rules and templates.", "Set up"),
    Command("doctor", "Look for what keeps the service from working.", "Set up"),
    Command("db", "Bring the database to this version.", "Set up"),
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command named on the command line and end the process with its exit code."""
    raise SystemExit(run(build(COMMANDS), arguments))
