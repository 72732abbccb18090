"""Doctor's look at the ways by which mail comes in: can each mailbox be opened now, and when was each way last used."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from mailroute.domain.errors import MailrouteError
from mailroute.domain.mailboxes import DoorState
from mailroute.intake.imap import connect
from mailroute.intake.mailbox_settings import WatchedFolder
from mailroute.services.finding import Finding, Level
from mailroute.services.mailboxes import door_names, folders_of, silence_limits
from mailroute.services.silence import look_round
from mailroute.settings import Settings

PATIENCE = 5.0
"""Seconds for each answer of a server."""


def mailboxes(settings: Settings) -> Iterator[Finding]:
    """Whether each folder of each mailbox can be opened with the login of the settings; nothing in it is changed."""
    for watched in folders_of(settings):
        yield _opened(watched)


def _opened(watched: WatchedFolder) -> Finding:
    account = replace(watched.account, timeout_seconds=PATIENCE)
    name = f"mailbox {watched.name}"
    where = f"{account.host}:{account.port}"
    try:
        with connect(account) as session:
            session.select(watched.folder, writes=False)
            by = "tells of new mail by itself" if session.can_idle else "knows no IDLE; it is asked"
    except MailrouteError as error:
        todo = f"mend [imap.{account.name}]: host, security, user, password or oauth2, folders"
        return Finding(name, Level.ERROR, f"{where}: {error}", todo)
    return Finding(name, Level.OK, f"{where} lets us in, {watched.role}; the server {by}")


def ways_in(settings: Settings, states: Mapping[str, DoorState]) -> Iterator[Finding]:
    """When each mailbox was last looked at, and when mail last came by each way."""
    for view in look_round(door_names(settings), states, silence_limits(settings), datetime.now(UTC)):
        if view.complaint is None:
            yield Finding(view.name, Level.OK, view.saw)
        else:
            yield Finding(view.name, Level.ERROR, f"{view.complaint}; {view.saw}", view.todo)
