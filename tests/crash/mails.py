"""Mails in any number, each with words of its own: two that say the same would rightly land on one ticket."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from catching import headers
from wire import Outgoing

from mailroute.testing.faults import Caught

ROUTING = "issues@northwind.example"
ORGANISATIONS = 40
BORDER = "mx.northwind.example"
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
CONSONANTS, VOWELS = "bdfgklmnprstvz", "aeiou"

DIRECTORY_HEAD = """\
[[staff]]
id = "sam"
name = "Sam Reed"
role = "rep"
emails = ["sam.reed@northwind.example"]

[[staff]]
id = "ines"
name = "Ines Koch"
role = "pm"
emails = ["ines.koch@northwind.example"]

[[staff]]
id = "kai"
name = "Kai Brandt"
role = "pm"
emails = ["kai.brandt@northwind.example"]
"""


def directory() -> str:
    """The people of the house: two PMs, a rep, and many organisations whose mail need not wait for each other."""
    organisations = [
        f'\n[[organisation]]\nid = "org{n}"\nname = "Organisation {word(n)}"\n'
        f'domains = ["org{n}.example"]\npm = "{("ines", "kai")[n % 2]}"\n'
        for n in range(ORGANISATIONS)
    ]
    return DIRECTORY_HEAD + "".join(organisations)


def word(number: int) -> str:
    """A word that stands for *number* and for no other."""
    pairs = len(CONSONANTS) * len(VOWELS)
    syllables = []
    for _ in range(3):
        number, rest = divmod(number, pairs)
        syllables.append(CONSONANTS[rest // len(VOWELS)] + VOWELS[rest % len(VOWELS)])
    return "".join(syllables)


def client_address(number: int) -> str:
    """Client *number*, each with an address of their own, so that no budget for acknowledgements is spent."""
    return f"c{number}@org{number % ORGANISATIONS}.example"


def client_mail(number: int, run: str = "run") -> Outgoing:
    """A client's new matter."""
    return _outgoing(
        f"<client.{number}.{run}@org{number % ORGANISATIONS}.example>",
        client_address(number),
        f"Client {word(number)} <{client_address(number)}>",
        ROUTING,
        f"The {word(number)} pump has stopped",
        _matter(number),
        number,
    )


def rep_forward(number: int, run: str = "run") -> Outgoing:
    """A client's new matter that our rep passes on; our own border server vouches for the rep."""
    client = client_address(number)
    body = (
        f"Please look at this one about {word(number)}, they rang me this morning.\n\nSam\n\n"
        "---------- Forwarded message ---------\n"
        f"From: Client {word(number)} <{client}>\n"
        "Date: Mon, 2 Mar 2026 at 08:41\n"
        f"Subject: The {word(number)} pump has stopped\n"
        "To: Sam Reed <sam.reed@northwind.example>\n\n\n" + _matter(number)
    )
    return _outgoing(
        f"<rep.{number}.{run}@northwind.example>",
        "sam.reed@northwind.example",
        "Sam Reed <sam.reed@northwind.example>",
        ROUTING,
        f"Fwd: The {word(number)} pump has stopped",
        body,
        number,
        {"Authentication-Results": f"{BORDER}; dmarc=pass header.from=northwind.example"},
    )


def answer_to(acknowledgement: Caught, number: int, run: str = "run") -> Outgoing:
    """The client's answer to our acknowledgement, to the address that it names."""
    found = headers(acknowledgement)
    to, client = str(found["Reply-To"] or found["From"]), acknowledgement.rcpt_to[0]
    address = to.partition("<")[2].rstrip(">") or to
    body = (
        f"One more thing about it: the plate on the machine says {word(number)} {word(number + 7)},\n"
        f"and the key to the {word(number)} room hangs at the {word(number + 3)} gate now.\n"
    )
    return _outgoing(
        f"<answer.{number}.{run}@{client.partition('@')[2]}>",
        client,
        client,
        to,
        f"Re: {found['Subject']}",
        body,
        number,
        {"In-Reply-To": str(found["Message-ID"]), "References": str(found["Message-ID"])},
        recipient=address,
    )


def _matter(number: int) -> str:
    name = word(number)
    return (
        f"Hello,\n\nthe {name} pump in hall {word(number + 11)} has stopped again since this morning. We changed\n"
        f"the {word(number + 5)} seal and the {name} valve, with no difference. Could you send somebody before\n"
        f"Friday, please? Our order was PO-{10000 + number}.\n\nKind regards\nClient {name}\n"
    )


def _outgoing(
    message_id: str,
    sender: str,
    author: str,
    to: str,
    subject: str,
    body: str,
    number: int,
    fields: dict[str, str] | None = None,
    *,
    recipient: str | None = None,
) -> Outgoing:
    mail = EmailMessage()
    for name, value in (fields or {}).items():
        mail[name] = value
    mail["Message-ID"] = message_id
    mail["Date"] = format_datetime(START + timedelta(seconds=number))
    mail["From"], mail["To"], mail["Subject"] = author, to, subject
    mail.set_content(body)
    return Outgoing(message_id, sender, recipient or to, mail.as_bytes(policy=SMTP))
