"""A process that keeps batches of messages and says so after each commit: `keeper.py URL NAME BATCHES SIZE`."""

import sys
from datetime import UTC, datetime

from mailroute.domain.received import Channel, Envelope, ReceivedMail
from mailroute.store import inbox
from mailroute.store.session import Store


def main(url: str, name: str, batches: int, size: int) -> None:
    """Prints the number of each batch once it is safely kept."""
    store = Store.open(url)
    for batch in range(batches):
        mails = [
            ReceivedMail(
                raw=f"Subject: {name} {batch} {number}\r\n\r\n{'x' * 4000}".encode(),
                envelope=Envelope("ann@borealis.example", ("issues@northwind.example",)),
                channel=Channel.SMTP,
                source_key=f"{name}-{batch}-{number}",
                received_at=datetime(2026, 3, 2, tzinfo=UTC),
            )
            for number in range(size)
        ]
        with store.write() as connection:
            inbox.keep(connection, mails)
        print(batch, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
