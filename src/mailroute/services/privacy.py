"""A person's data out of the store, and away from it (GDPR articles 15 and 17)."""

import io
import json
import secrets
import zipfile
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum

from mailroute.domain.address import address_key
from mailroute.domain.clock import Clock
from mailroute.domain.directory import Client, Directory
from mailroute.domain.errors import Misconfigured
from mailroute.services.process_mail import Directories
from mailroute.store import directory as directory_rows
from mailroute.store import privacy
from mailroute.store.session import Connection, Store


@dataclass(frozen=True, slots=True)
class Erased:
    """What was taken out."""

    counts: dict[str, int]
    instead: str
    """The address that stands in the place of the person's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Privacy:
    """Safe to share between threads."""

    store: Store
    clock: Clock
    directories: Directories = field(default_factory=Directories)

    def export(self, address: str) -> bytes:
        """A ZIP file: `person.json` with all that is kept of the person, and their mails as they came."""
        with self.store.read() as connection:
            directory = self.directories.current(connection)
            known = privacy.kept(connection, address)
            client = directory.clients_by_address.get(address_key(address))
            written = io.BytesIO()
            with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
                person = {
                    "address": address,
                    "directory": None if client is None else _client(client),
                    "names": known.names,
                    "messages": known.messages,
                    "account": known.lines,
                    "mails_to_them": known.mails,
                }
                text = json.dumps(person, default=_told, ensure_ascii=False, indent=2)
                archive.writestr("person.json", text)
                for entry in known.entries:
                    archive.writestr(f"mails/{entry:06}.eml", privacy.raw(connection, entry))
        return written.getvalue()

    def count(self, address: str) -> dict[str, int]:
        """How much is kept of the person, and nothing is changed."""
        with self.store.read() as connection:
            known = privacy.kept(connection, address)
        return {
            "messages": len(known.messages),
            "lines": len(known.lines),
            "raw mails": len(known.entries),
            "mails of ours": len(known.mails),
        }

    def erase(self, address: str) -> Erased:
        """Take the person's words, name and address out of everything; tickets, numbers and times stay.

        Raises:
            Misconfigured: the address is one of ours, or a mail to it has not left yet.
        """
        with self.store.write() as connection:
            directory = self.directories.current(connection)
            if address_key(address) in directory.staff_by_address:
                raise Misconfigured(f"{address} is one of us: take them out of the directory instead")
            if going := privacy.still_going(connection, address):
                raise Misconfigured(
                    f"{going} mails to {address} are still under way; `mailroute outbox` shows them"
                )
            known = privacy.kept(connection, address)
            if client := directory.clients_by_address.get(address_key(address)):
                known = replace(known, names=tuple({*known.names, client.name}))
            self._out_of_directory(connection, directory, address)
            instead = f"erased-{secrets.token_hex(4)}@erased.invalid"
            counts = privacy.erase(connection, address, known, instead=instead, now=self.clock.now())
        return Erased(counts, instead)

    def _out_of_directory(self, connection: Connection, directory: Directory, address: str) -> None:
        key = address_key(address)
        clients = []
        for client in directory.clients:
            emails = tuple(email for email in client.emails if address_key(email) != key)
            if emails:
                clients.append(replace(client, emails=emails))
        if tuple(clients) != directory.clients:
            directory_rows.replace(connection, replace(directory, clients=tuple(clients)))


def _client(client: Client) -> dict[str, object]:
    return {
        "name": client.name,
        "emails": client.emails,
        "organisation": client.organisation,
        "title": client.title,
    }


def _told(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else str(value)
