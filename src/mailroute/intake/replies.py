"""Every reply that a listener gives, with its enhanced status code (RFC 3463, RFC 2034): one table of texts.

Only the greeting, HELO, EHLO, LHLO and 354 have no such code. No reply quotes what the peer or an exception said.
"""

OK = "250 2.0.0 OK"
SENDER_OK = "250 2.1.0 OK"
RECIPIENT_OK = "250 2.1.5 OK"
KEPT = "250 2.0.0 OK, kept"
GO_AHEAD = "354 End data with <CR><LF>.<CR><LF>"
BYE = "221 2.0.0 Bye"
WILL_NOT_SAY = "252 2.1.5 Cannot say; send some mail and see"

CLOSING = "421 4.3.2 Service is closing, come again"
TOO_MANY_CONNECTIONS = "421 4.7.0 Too many connections, come again later"
TOO_MANY_ERRORS = "421 4.7.0 Too many errors"
TOO_MANY_COMMANDS = "421 4.7.0 Too many commands without a message"
TIMED_OUT = "421 4.4.2 Waited too long"

OWN_FAULT_WITHIN_TEXT = "421 4.3.0 Cannot go on now, try again later"
OWN_FAULT = "451 4.3.0 Cannot be done now, try again later"
STORAGE_FULL = "452 4.3.1 No room to keep the message now, try again later"
TOO_MANY_RECIPIENTS = "452 4.5.3 Too many recipients, send the rest separately"

NOT_A_COMMAND = "500 5.5.1 Command not recognized"
LINE_TOO_LONG = "500 5.5.2 Line too long"
BARE_LINE_END_IN_COMMAND = "500 5.5.2 Lines end with <CR><LF>"
UNREADABLE_COMMAND = "500 5.5.2 Syntax error"
BAD_ARGUMENT = "501 5.5.4 Syntax error in arguments"
NOT_OFFERED = "502 5.5.1 Command not implemented"
GREET_FIRST = "503 5.5.1 Greet first"
MAIL_FIRST = "503 5.5.1 MAIL first"
RECIPIENT_FIRST = "503 5.5.1 No valid recipient"
ONE_MAIL_ONLY = "503 5.5.1 One MAIL only"
TLS_ALREADY = "503 5.5.1 TLS is on already"

UNKNOWN_RECIPIENT = "550 5.1.1 No such address here"
BARE_LINE_END = "550 5.5.2 Bare <CR> or <LF> in the message"
TOO_BIG = "552 5.3.4 Message too big"
BAD_SENDER = "553 5.1.7 Malformed address"
BAD_RECIPIENT = "553 5.1.3 Malformed address"
LOOPS = "554 5.4.6 Too many hops, the message loops"
PARAMETER_NOT_OFFERED = "555 5.5.4 Parameter not recognized"


def enhanced_code(reply: str) -> str:
    """The x.y.z of a reply, for the journal; the three digits where it has none."""
    code, _, rest = reply.partition(" ")
    enhanced = rest.partition(" ")[0]
    return enhanced if enhanced.count(".") == 2 else code
