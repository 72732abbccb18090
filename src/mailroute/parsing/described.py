"""What the MIME fields of a part say of it (RFC 2045 §5, RFC 2183): kind, parameters, name."""

import re
from email.message import Message
from email.utils import collapse_rfc2231_value

from mailroute.parsing import charsets
from mailroute.parsing.letter import Part

MIME_FIELDS = frozenset({"content-type", "content-disposition", "content-id", "content-transfer-encoding"})
_UNSAFE_NAME = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# Fields as nearly all programs write them; Python's reader takes longer over each than over a whole body.
_PARAMETERS = r"((?:\s*+;\s*+[\w-]++=(?:[^\s;\"'<>*=?()\\]++|\"[^\"<>\r\n\\]*+\"))*+)\s*+;?\s*+"
_PLAIN_TYPE = re.compile(r"\s*+([\w.+-]++/[\w.+-]++)" + _PARAMETERS, re.ASCII)
_PLAIN_DISPOSITION = re.compile(r"\s*+([\w-]++)" + _PARAMETERS, re.ASCII)
_PARAMETER = re.compile(r"([\w-]++)=(?:\"([^\"]*+)\"|([^\s;]++))")


def describe(message: Message) -> Part:
    """The part without its content."""
    return _plain(message) or _any(message)


def text_of(raw: object) -> str:
    """A raw header value as text: bytes above ASCII as UTF-8 or Windows-1252, folds undone."""
    text = str(raw)
    if not text.isascii():
        text = charsets.guess(text.encode("utf-8", "surrogateescape"))
    if "\n" in text or "\r" in text:
        text = re.sub(r"[\r\n]{1,4}([ \t])", r"\1", text).replace("\r", " ").replace("\n", " ")
    return text.strip()


def _plain(message: Message) -> Part | None:
    """The part whose fields need no decoding; None where one does, is doubled or broken."""
    told = [(low, str(raw)) for name, raw in message.raw_items() if (low := name.lower()) in MIME_FIELDS]
    fields = dict(told)
    if len(fields) < len(told) or not all(value.isascii() for value in fields.values()):
        return None
    kind = _read(_PLAIN_TYPE, fields["content-type"]) if "content-type" in fields else ("", {})
    shown = (
        _read(_PLAIN_DISPOSITION, fields["content-disposition"])
        if "content-disposition" in fields
        else ("", {})
    )
    if kind is None or shown is None:
        return None
    name = shown[1].get("filename", kind[1].get("name", ""))
    return Part(
        content_type=kind[0] or message.get_default_type(),
        params=kind[1],
        disposition=shown[0] or None,
        filename=_clean(name),
        content_id=_inner(fields.get("content-id", "")),
    )


def _read(pattern: re.Pattern[str], value: str) -> tuple[str, dict[str, str]] | None:
    found = pattern.fullmatch(value)
    if found is None:
        return None
    if not found[2]:
        return found[1].lower(), {}
    pairs = [(m[1].lower(), (m[2] or m[3] or "").strip()) for m in _PARAMETER.finditer(found[2])]
    params = dict(pairs)
    return (found[1].lower(), params) if len(params) == len(pairs) else None


def _any(message: Message) -> Part:
    """The part as Python's reader of MIME fields understands it."""
    view = _view(message)
    disposition = view.get_content_disposition()
    params = _params(view)
    named = disposition is not None or "name" in params
    return Part(
        content_type=view.get_content_type(),
        params=params,
        disposition=disposition or None,
        filename=_clean(_filename(view)) if named else None,
        content_id=_inner(str(view.get("content-id", ""))),
    )


def _view(message: Message) -> Message:
    """The MIME fields alone, as text, where 8-bit bytes and folds in them would make the reader stumble."""
    fields = [str(raw) for name, raw in message.raw_items() if name.lower() in MIME_FIELDS]
    if all(value.isascii() and "\n" not in value and "\r" not in value for value in fields):
        return message
    view = Message()
    view.set_default_type(message.get_default_type())
    for name, raw in message.raw_items():
        if name.lower() in MIME_FIELDS and name.lower() not in view:
            view[name] = text_of(raw)
    return view


def _params(view: Message) -> dict[str, str]:
    pairs = view.get_params(failobj=[], unquote=True)[1:]
    return {name.lower(): _decoded(value) for name, value in pairs}


def _filename(view: Message) -> str:
    """As `Message.get_filename`, which raises where the charset of a name holds a NUL."""
    shown = view.get_param("filename", None, "content-disposition")
    return _decoded(shown if shown is not None else view.get_param("name", "", "content-type"))


def _decoded(value: str | tuple[str | None, str | None, str]) -> str:
    """A parameter as text; as it stands where no codec can have the name that it gives (RFC 2231 §4)."""
    if isinstance(value, tuple) and "\x00" in (value[0] or ""):
        value = value[2]
    return collapse_rfc2231_value(value).strip()


def _clean(name: str) -> str | None:
    """The name of the file, decoded, without path, control and direction characters; None when there is none."""
    if not name:
        return None
    name = charsets.decode_words(name)
    name = _UNSAFE_NAME.sub("", name.replace("\\", "/").rpartition("/")[2]).strip()
    return name[:255] or None


def _inner(content_id: str) -> str | None:
    return content_id.strip().strip("<>") or None
