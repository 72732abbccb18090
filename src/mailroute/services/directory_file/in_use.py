"""The directory that counts: that of the file which the settings name, else that of the store."""

from pathlib import Path

from mailroute.domain.directory import Directory
from mailroute.domain.errors import Misconfigured
from mailroute.services.directory_file.read import read_directory
from mailroute.settings import Settings
from mailroute.store import directory as directory_rows
from mailroute.store.session import Store


def directory_for(settings: Settings) -> Directory:
    """The people of *settings*: those of its directory file, else those that the store keeps, else none."""
    if settings.directory.file is not None:
        return read_directory(settings.directory.file)
    try:
        store = Store.open(settings.database)
    except Misconfigured:
        return Directory()  # nothing has been imported yet
    try:
        with store.read() as connection:
            return directory_rows.load(connection)
    finally:
        store.dispose()


def bring_in(store: Store, file: Path) -> None:
    """Bring the directory in the store to what *file* says, and to what was handed over since."""
    wanted = read_directory(file)
    with store.write() as connection:
        present = directory_rows.load(connection)
        wanted = directory_rows.with_handed_over(connection, wanted)
        if any(directory_rows.compare(present, wanted).values()):
            directory_rows.replace(connection, wanted)
