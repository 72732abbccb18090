"""What an operator may ask of the running service: can it work, do its books close, how much waits where."""

from dataclasses import dataclass

from mailroute.domain.errors import MailrouteError
from mailroute.domain.outgoing import OutboxState
from mailroute.store import inbox, recovery
from mailroute.store.inbox import Books
from mailroute.store.session import Store


@dataclass(frozen=True, slots=True)
class Standing:
    """How the service stands at this moment."""

    books: Books
    outbox: dict[OutboxState, int]


def standing(store: Store) -> Standing:
    """Books and outbox; a few index reads.

    Raises:
        TryLater: the database cannot be asked now.
    """
    with store.read() as connection:
        return Standing(inbox.books(connection), recovery.counts(connection))


def database_trouble(store: Store) -> str | None:
    """What keeps the database from being asked, or None."""
    try:
        with store.read() as connection:
            inbox.books(connection)
    except MailrouteError as error:
        return type(error).__name__
    return None
