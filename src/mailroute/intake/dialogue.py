"""What is answered to each command but DATA and STARTTLS, without sockets: the state of one SMTP or LMTP session.

`COMMANDS` is the table; what is not in it is 500. Nothing here quotes the peer or raises at what the peer says.
"""

from collections.abc import Callable

from mailroute.domain.errors import TryLater
from mailroute.intake import replies
from mailroute.intake.envelope_address import Path, read_path
from mailroute.intake.listener_settings import ListenerSettings, WireProtocol

GREETING_CHARACTERS = 255


class Dialogue:
    """Greeting, sender and recipients of the session as they stand.

    *accepts* says whether an address leads here; *has_room* whether that many bytes can be kept.
    """

    def __init__(
        self,
        settings: ListenerSettings,
        *,
        accepts: Callable[[str], bool],
        has_room: Callable[[int], bool],
        tls: bool,
    ) -> None:
        self._settings = settings
        self._accepts = accepts
        self._has_room = has_room
        self.tls = tls
        self.lmtp = settings.protocol is WireProtocol.LMTP
        self.greeting: str | None = None
        self.extended = False
        self.reset()

    def reset(self) -> None:
        """Forget the mail in hand; the greeting stays (RFC 5321 §4.1.1.5)."""
        self.has_sender = False
        self.mail_from: str | None = None
        self.utf8 = False
        self.rcpt_to: list[str] = []

    def answer(self, verb: str, argument: str) -> str:
        """The reply to one command; *verb* in upper case."""
        command = COMMANDS.get(verb)
        return replies.NOT_A_COMMAND if command is None else command(self, argument)

    def why_no_data(self, argument: str) -> str | None:
        """Why DATA cannot begin now, as a reply; None when it can."""
        if argument:
            return replies.BAD_ARGUMENT
        if self.greeting is None:
            return replies.GREET_FIRST
        return None if self.rcpt_to else replies.RECIPIENT_FIRST

    def _greet(self, name: str, *, extended: bool) -> bool:
        words = name.split()
        if not words or len(words[0]) > GREETING_CHARACTERS or not words[0].isprintable():
            return False
        self.reset()
        self.greeting, self.extended = words[0], extended
        return True

    def helo(self, argument: str) -> str:
        """The plain greeting; unknown to LMTP (RFC 2033 §4.1)."""
        if self.lmtp:
            return replies.NOT_A_COMMAND
        return (
            f"250 {self._settings.hostname}"
            if self._greet(argument, extended=False)
            else replies.BAD_ARGUMENT
        )

    def ehlo(self, argument: str) -> str:
        """The greeting that lists what we offer; unknown to LMTP."""
        return replies.NOT_A_COMMAND if self.lmtp else self._extended_greeting(argument)

    def lhlo(self, argument: str) -> str:
        """The greeting of LMTP; unknown to SMTP."""
        return self._extended_greeting(argument) if self.lmtp else replies.NOT_A_COMMAND

    def _extended_greeting(self, argument: str) -> str:
        if not self._greet(argument, extended=True):
            return replies.BAD_ARGUMENT
        offers = ["PIPELINING", f"SIZE {self._settings.max_bytes}", "8BITMIME", "SMTPUTF8"]
        if self._settings.certificate is not None and not self.tls:
            offers.append("STARTTLS")
        lines = (self._settings.hostname, *offers)
        return "".join(f"250-{line}\r\n" for line in lines) + "250 ENHANCEDSTATUSCODES"

    def mail(self, argument: str) -> str:
        """Begins a mail: sender and its parameters."""
        if self.greeting is None:
            return replies.GREET_FIRST
        if self.has_sender:
            return replies.ONE_MAIL_ONLY
        if argument[:5].upper() != "FROM:":
            return replies.BAD_ARGUMENT
        path = read_path(argument[5:])
        if path is None or (path.address is not None and "@" not in path.address):
            return replies.BAD_SENDER
        size, utf8 = 0, False
        for parameter in path.parameters:
            name, _, value = parameter.upper().partition("=")
            if (complaint := self._complaint(name, value)) is not None:
                return complaint
            size, utf8 = (int(value) if name == "SIZE" else size), utf8 or name == "SMTPUTF8"
        if not self._has_room(size):
            return replies.STORAGE_FULL
        self.has_sender, self.mail_from, self.utf8 = True, path.address, utf8
        return replies.SENDER_OK

    def _complaint(self, name: str, value: str) -> str | None:
        """What is wrong with one parameter of MAIL; DSN's and AUTH are not offered (RFC 3461, RFC 4954)."""
        if not self.extended:
            return replies.PARAMETER_NOT_OFFERED
        if name == "SIZE":
            if not (value.isascii() and value.isdigit() and len(value) <= 20):
                return replies.BAD_ARGUMENT
            return replies.TOO_BIG if int(value) > self._settings.max_bytes else None
        if name == "BODY":
            return None if value in {"7BIT", "8BITMIME"} else replies.BAD_ARGUMENT
        if name == "SMTPUTF8":
            return replies.BAD_ARGUMENT if value else None
        return replies.PARAMETER_NOT_OFFERED

    def rcpt(self, argument: str) -> str:
        """One recipient more: refused here when unknown, never bounced later."""
        if not self.has_sender:
            return replies.MAIL_FIRST
        if argument[:3].upper() != "TO:":
            return replies.BAD_ARGUMENT
        path = read_path(argument[3:])
        if path is None or path.address is None:
            return replies.BAD_RECIPIENT
        if path.parameters:
            return replies.PARAMETER_NOT_OFFERED
        if len(self.rcpt_to) >= self._settings.max_recipients:
            return replies.TOO_MANY_RECIPIENTS
        return self._take_recipient(path, path.address)

    def _take_recipient(self, path: Path, address: str) -> str:
        try:
            accepted = path.is_postmaster or self._accepts(address)
        except TryLater:
            return replies.OWN_FAULT
        if not accepted:
            return replies.UNKNOWN_RECIPIENT
        self.rcpt_to.append(address)
        return replies.RECIPIENT_OK

    def rset(self, argument: str) -> str:
        """Forgets the mail in hand."""
        if argument:
            return replies.BAD_ARGUMENT
        self.reset()
        return replies.OK

    def noop(self, _argument: str) -> str:
        """Nothing; any argument is allowed (RFC 5321 §4.1.1.9)."""
        return replies.OK

    def vrfy(self, argument: str) -> str:
        """Says nothing about who exists (RFC 5321 §7.3)."""
        return replies.WILL_NOT_SAY if argument else replies.BAD_ARGUMENT

    def not_offered(self, _argument: str) -> str:
        """EXPN and HELP disclose nothing; STARTTLS comes here when there is no certificate."""
        return replies.NOT_OFFERED


COMMANDS: dict[str, Callable[[Dialogue, str], str]] = {
    "MAIL": Dialogue.mail,
    "RCPT": Dialogue.rcpt,
    "EHLO": Dialogue.ehlo,
    "HELO": Dialogue.helo,
    "LHLO": Dialogue.lhlo,
    "RSET": Dialogue.rset,
    "NOOP": Dialogue.noop,
    "VRFY": Dialogue.vrfy,
    "EXPN": Dialogue.not_offered,
    "HELP": Dialogue.not_offered,
}
IDLE_COMMANDS = frozenset(COMMANDS) - {"MAIL", "RCPT"}
