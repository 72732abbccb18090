"""What is damaged in a message, in mail-parser's words: its home, nothing else in the package imports it.

mail-parser reads every body, file and field to find damage, and reading its finds takes longer than all that we do.
So it is asked as a whole only where something is odd; of a message without oddities its readers of dates and of
trace fields tell the same.
"""

import re
from email.message import Message

from mailparser import MailParser
from mailparser.dates import parse_mail_date
from mailparser.utils import as_string_safe, get_addresses, receiveds_parsing

_MIME_FIELDS = frozenset({"content-type", "content-disposition", "content-id", "content-transfer-encoding"})
_UNENCODED = ("", "7bit", "8bit")
_SHOWN = ("text/plain", "text/html")
# Told by our own reading of the address fields.
_NOT_TOLD = "AddressHeaderDefect"

_ADDRESS = r"[\w+=-]++(?:\.[\w+=-]++)*+@[a-z\d-]++(?:\.[a-z\d-]++)*+"
_PHRASE = r"(?:\"([\w.,'&/ -]*+)\"|([\w'=?+/-]++(?: [\w'=?+/-]++)*+))"
_BOX = rf"(?>(?:{_PHRASE} )?<({_ADDRESS})>|({_ADDRESS}))"
_PLAIN_BOX = re.compile(_BOX, re.IGNORECASE | re.ASCII)
_PLAIN_LIST = re.compile(rf"{_BOX}(?:,[ \t]*+{_BOX})*+", re.IGNORECASE | re.ASCII)


def damage_in(message: Message) -> tuple[str, ...]:
    """The kinds of damage, sorted; one alone that begins with "mail-parser:" when mail-parser could not read it."""
    found = _plain_damage(message)
    if found is None:
        try:
            found = MailParser(message).defects_categories
        except Exception as error:  # noqa: BLE001  the door of a foreign library: the mail is still mail, whatever it trips over
            return (f"mail-parser:{type(error).__name__}",)
    return tuple(sorted("mime:" + _kebab(name) for name in found if name != _NOT_TOLD))


def addresses_in(value: str) -> tuple[list[tuple[str, str]], list[str]]:
    """Names and addresses in an address field, and what is wrong with it (RFC 5322 §3.4); names as they stand."""
    if _PLAIN_LIST.fullmatch(value):
        boxes = _PLAIN_BOX.findall(value)
        return [(quoted or phrase, angle or bare) for quoted, phrase, angle, bare in boxes], []
    found: list[dict[str, object]] = []
    pairs = get_addresses(value, defects=found, decode_names=False)
    return pairs, [str(defect.get("reason")) for defect in found]


def as_text(message: Message) -> str:
    """The message as it stood, whatever charset it claims."""
    text: str = as_string_safe(message)
    return text


def _plain_damage(message: Message) -> set[str] | None:
    """The damage of a message in which nothing is odd but dates and trace fields; None where anything else is."""
    if not all(_is_plain(part) for part in message.walk()):
        return None
    fields = [(name.lower(), raw) for name, raw in message.raw_items()]
    traces = [raw for name, raw in fields if name == "received"]
    trace_defects: list[object] = []
    date_defects: list[object] = []
    if traces:
        receiveds_parsing(traces, defects=trace_defects, date_defects=date_defects)
    found: set[str] = {"ReceivedHeaderDefect"} if trace_defects else set()
    dates = (raw for name, raw in fields if name in ("date", "resent-date"))
    if date_defects or any(parse_mail_date(raw).reasons for raw in dates):
        found.add("DateHeaderDefect")
    return found


def _is_plain(part: Message) -> bool:
    """Whether the reader stumbled over nothing, its MIME fields need no decoding, and its text fits its charset."""
    if part.defects:
        return False
    told = [(low, str(raw)) for name, raw in part.raw_items() if (low := name.lower()) in _MIME_FIELDS]
    fields = dict(told)
    if len(fields) < len(told) or not all(_is_literal(value) for value in fields.values()):
        return False
    attached = fields.get("content-disposition", "").strip().lower().startswith("attachment")
    if part.is_multipart():
        return not attached
    kind = part.get_content_type()
    if attached or (kind not in _SHOWN and (fields.get("content-id") or part.get_filename())):
        return True
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return False
    if data.isascii() and fields.get("content-transfer-encoding", "").strip().lower() in _UNENCODED:
        return True
    try:
        data.decode(part.get_content_charset("utf-8")).encode("utf-8")
    except (LookupError, ValueError):
        return False
    return True


def _is_literal(value: str) -> bool:
    """Whether a MIME field says what it says, without encoded-words (RFC 2047) or encoded parameters (RFC 2231)."""
    return value.isascii() and "=?" not in value and "*" not in value


def _kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()
