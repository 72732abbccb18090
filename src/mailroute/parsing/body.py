"""Step 2: the visible text of the outer message, and its files."""

import re
from dataclasses import replace

from mailroute.domain.parsed import Attachment, Body, ParsedMail
from mailroute.parsing import charsets, msg, tnef, uuencode
from mailroute.parsing.flowed import unflow
from mailroute.parsing.html import html_to_text
from mailroute.parsing.letter import Part, Reading
from mailroute.parsing.mime import attachment_of, is_smime

# The text of one mail has under this many lines; a log file pasted into it may not cost more.
_MOST_LINES = 20_000
_REPORTS = (
    "message/delivery-status",
    "message/disposition-notification",
    "message/feedback-report",
    "message/global-delivery-status",
)
_STUB = re.compile(r"\b(?:html|view|browser|viewer|format|client)\b", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s{0,3}=\s{0,3}[\"']?([\w.:-]{2,40})", re.IGNORECASE)
# NUL cannot be stored, ESC speaks to terminals; other controls are shown as what they are: nothing.
_CONTROL = re.compile(r"[\x00\x08\x0b\x1b\x7f\ufeff]")


def choose_body(mail: ParsedMail, reading: Reading) -> ParsedMail:
    """The text as a reader sees it, and what is attached."""
    gathered = _Gathered(reading)
    gathered.take(reading.letter.root)
    text, html_only = gathered.text()
    clipped: list[str] = []
    limit = reading.limits.text_characters
    if len(text) > limit or text.count("\n") > _MOST_LINES:
        text = "\n".join(text[:limit].split("\n")[:_MOST_LINES])
        clipped.append("clipped:text")
    text, files = uuencode.take_out(text)
    return replace(
        mail,
        body=Body(full=text),
        html_only=html_only,
        attachments=(*gathered.files, *files),
        defects=tuple(dict.fromkeys((*mail.defects, *gathered.defects, *clipped))),
    )


class _Gathered:
    """Texts and files met while walking the parts of one message."""

    def __init__(self, reading: Reading, *, texts: bool = True) -> None:
        self.reading = reading
        self.texts = texts
        self.order: list[tuple[str, str]] = []
        self.files: list[Attachment] = []
        self.defects: list[str] = []

    def text(self) -> tuple[str, bool]:
        """The whole text, and whether it was made from HTML."""
        shown = [text for _, text in self.order if text.strip()]
        return "\n\n".join(shown) if len(shown) > 1 else "".join(shown), bool(shown) and all(
            k == "html" for k, t in self.order if t.strip()
        )

    def take(self, part: Part) -> None:
        """Sort one part, and those inside it, into texts and files."""
        kind = part.content_type
        if part.children:
            self._container(part, kind)
        elif part.letter is not None or kind.startswith("message/"):
            if kind not in _REPORTS:
                self.files.append(attachment_of(part))
        elif kind.startswith("multipart/") and part.data:
            self._show(part, "plain")
        elif _is_text(part) and not (kind == "text/plain" and part.filename and self.order):
            self._show(part, "html" if kind == "text/html" else "plain")
        elif tnef.is_tnef(part):
            self._unpack(part)
        elif part.data or part.filename:
            self._file(part, kind)

    def _show(self, part: Part, kind: str) -> None:
        if self.texts:
            self.order.append((kind, self.read(part)))

    def _file(self, part: Part, kind: str) -> None:
        if is_smime(part):
            state = part.params.get("smime-type", "enveloped-data")
            self.defects.append("smime:signed-opaque" if state == "signed-data" else "smime:encrypted")
        if msg.is_msg(part):
            self.defects.append(msg.shortcoming())
        if kind == "application/pgp-encrypted" or (kind == "text/calendar" and not part.filename):
            return
        self.files.append(attachment_of(part))

    def _container(self, part: Part, kind: str) -> None:
        if kind == "multipart/alternative":
            self._alternative(part)
            return
        if is_smime(part):
            self.defects.append("signed:smime")
        if kind == "multipart/signed":
            self.defects.append("signed:pgp" if "pgp" in part.params.get("protocol", "") else "signed:smime")
        if kind == "multipart/encrypted":
            self.defects.append("pgp:encrypted")
        for child in part.children:
            self.take(child)

    def _alternative(self, part: Part) -> None:
        """One version: plain text where it says something, else the last that can be shown (RFC 2046 §5.1.4)."""
        plain = [self._branch(child) for child in part.children if child.content_type == "text/plain"]
        best = next((v for v in plain if any(t.strip() for _, t in v.order)), None)
        if best is not None and not _may_be_stub(best):
            rest = [
                self._branch(child, texts=False)
                for child in part.children
                if child.content_type != "text/plain"
            ]
            self._adopt(best, rest)
            return
        versions = [self._branch(child) for child in part.children]
        shown = [v for v in versions if any(t.strip() for _, t in v.order)]
        best = next(
            (v for v in shown if _is_plain(v) and not _is_stub(v, shown)), shown[-1] if shown else None
        )
        self._adopt(best, [v for v in versions if v is not best])

    def _adopt(self, best: "_Gathered | None", rest: "list[_Gathered]") -> None:
        if best is not None:
            self.order.extend(best.order)
        for version in (best, *rest):
            if version is not None:
                self.files.extend(version.files)
                self.defects.extend(version.defects)

    def _branch(self, part: Part, *, texts: bool = True) -> "_Gathered":
        branch = _Gathered(self.reading, texts=texts)
        branch.take(part)
        return branch

    def read(self, part: Part) -> str:
        """The text of a text part."""
        charset = part.params.get("charset")
        if part.content_type == "text/html":
            return self._read_html(part.data, charset)
        text, damage = charsets.decode(part.data, charset)
        if damage:
            self.defects.append(damage)
        text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
        if part.params.get("format", "").lower() == "flowed":
            text = unflow(text, delsp=part.params.get("delsp", "").lower() == "yes")
        return text

    def _read_html(self, data: bytes, charset: str | None) -> str:
        limit = self.reading.limits.html_bytes
        if len(data) > limit:
            self.defects.append("clipped:html")
            data = data[:limit]
        if charset is None and (named := _META.search(data[:4000])):
            charset = named[1].decode("ascii", "replace")
        markup, damage = charsets.decode(data, charset)
        if damage:
            self.defects.append(damage)
        return html_to_text(_CONTROL.sub("", markup))

    def _unpack(self, part: Part) -> None:
        opened = tnef.open_tnef(part.data)
        if opened is None:
            self.defects.append("tnef:unreadable")
            self.files.append(attachment_of(part))
            return
        self.files.extend(opened.files)
        if not any(text.strip() for _, text in self.order):
            if opened.html:
                self.order.append(("html", html_to_text(opened.html[: self.reading.limits.html_bytes])))
            elif opened.text:
                self.order.append(("plain", _CONTROL.sub("", opened.text.replace("\r\n", "\n"))))


def _is_text(part: Part) -> bool:
    """Whether the part is something to read rather than a file."""
    if (
        part.content_type not in ("text/plain", "text/html", "text/enriched", "text/x-amp-html")
        or part.disposition == "attachment"
    ):
        return False
    return not (part.filename and part.content_type == "text/html" and part.disposition != "inline")


def _is_plain(version: _Gathered) -> bool:
    return all(kind == "plain" for kind, _ in version.order)


def _may_be_stub(version: _Gathered) -> bool:
    """Whether a plain version may only say that the mail must be read elsewhere."""
    plain = "\n".join(text for _, text in version.order).strip()
    return len(plain) < 400 and (len(plain) < 40 or bool(_STUB.search(plain)))


def _is_stub(version: _Gathered, shown: list[_Gathered]) -> bool:
    """Whether it does: the other version says much more."""
    plain = "\n".join(text for _, text in version.order).strip()
    rich = max((sum(len(t.strip()) for k, t in v.order if k == "html") for v in shown), default=0)
    return _may_be_stub(version) and rich > 2 * len(plain) + 60
