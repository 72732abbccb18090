"""Step 3: mail that no person wrote to us, and what shows it.

SIGNS is the table, strongest first. Headers decide wherever they can (RFC 3834 §5, RFC 3464, RFC 8098, RFC 5965,
RFC 2369); words count only where a machine's name or an empty return path stands beside them, so that a client who
writes of a vacation or of a failed delivery is left alone.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from mailroute.domain.address import local_part
from mailroute.domain.parsed import Automatic, AutomaticKind, ParsedMail
from mailroute.parsing import bounces
from mailroute.parsing.letter import Letter, Part, Reading
from mailroute.parsing.replies import is_away_note, is_away_subject, is_away_text, is_reply_subject
from mailroute.parsing.subjects import Prefix, read_prefix


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the signs look at."""

    mail: ParsedMail
    letter: Letter
    sender: str
    """Address of the author, folded; empty without one."""

    @property
    def local(self) -> str:
        """Local part of the author's address."""
        return local_part(self.sender)

    def part(self, *types: str) -> Part | None:
        """The first part of one of these types."""
        return next((p for p in self.letter.root.walk() if p.content_type in types), None)


Sign = Callable[[Evidence], Automatic | None]

_DAEMON = re.compile(
    r"^(?:mailer[-_.]?daemon|postmaster|poostmaster|post_master|mail[-_.]?daemon|mdaemon"
    r"|mail[-_.]delivery[-_.]\w+|mmsc|bounces?|mailerdaemon)\b"
)
_DAEMON_NAME = re.compile(
    (
        r"mail(?:er)?[ -]?d(?:a|e)emon|mail deliver\w* (?:sub)?system|postmaster|ndr administrator"
        r"|mail administrator|content-?filter|mail system"
    ),
    re.IGNORECASE,
)
# Names that mail systems share with people, so that only the subject of a report tells them apart.
_ADMINISTRATOR = re.compile(
    r"(?:exchange|system|mail|e-?mail)[-_. ]?admin(?:istrator)?\b|microsoft ?exchange", re.IGNORECASE
)
_BOUNCE_SUBJECT = re.compile(
    r"undeliver|not deliver|undelivered|delivery (?:status|failure|failed|has failed|notification|report"
    r"|problem|error|incomplete|delayed|delay|attempt)"
    r"|failure notice|returned mail|mail delivery|delivery.{0,20}fail|non[- ]?delivery"
    r"|could not be delivered|cannot (?:be )?deliver|message not delivered"
    r"|mail system error|returning message to sender|return(?:ed)? to sender|unable to deliver"
    r"|delayed mail|error sending your mail|message you sent blocked"
    r"|could not send message|unzustellbar|nicht zugestellt|zustellung|unzustellbarkeit|rückläufer"
    r"|non remis|échec de (?:la )?remise|non distribu|échec de distribution"
    r"|no se puede entregar|no entregado|error de entrega|devuelto|no se ha podido|não entregue"
    r"|falha na entrega|devolvida|mancata consegna|non recapitabile"
    r"|non consegnato|onbestelbaar|niet bezorgd|niet afgeleverd|olevererbart|kunde inte levereras"
    r"|går inte att leverera|kan ikke leveres|kunne ikke leveres|toimitus epäonnistui"
    r"|ei voitu toimittaa|niedostarczal|nie dostarczono|niedostarczon|nedoručiteln|nedoručen|nelze doručit"
    r"|не доставлен|недоставлен|не удалось доставить|невозможно доставить"
    r"|не вдалося доставити|kézbesíthetetlen|nem kézbesíthető|nelivrat|nu a putut fi|teslim edilemedi"
    r"|iletilemedi|letilemedi|gönderilemedi|配信不能|配達不能|送信できません|配信できません"
    r"|エラーメール|メールエラー|エラー通知|无法投递|退信|投递失败|無法傳遞|無法投遞|배달되지"
    r"|전송 실패|반송|לא נמסרה|תעודת אי|تعذر التسليم|لم يتم التسليم",
    re.IGNORECASE,
)
_DELAY = re.compile(
    (
        r"delayed|delay\b|still being retried|warning: (?:could not|message|mail)|will (?:be retried"
        r"|keep trying|continue to try)|verzögert|retard|temporar|not yet been delivered"
    ),
    re.IGNORECASE,
)
_LOOP_WORDS = re.compile(r"mail loop|too many hops|hop count exceeded|routing loop", re.IGNORECASE)
_NO_REPLY = re.compile(
    r"^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|noreply\w*|donotreply|notifications?|newsletter|news"
    r"|mailings?|marketing|updates?|info-?mail)\b"
)
_CHALLENGE = re.compile(
    r"confirm (?:that )?(?:you are|your (?:message|e-?mail|delivery))|(?:sender|e-?mail"
    r"|message) (?:verification|confirmation) (?:required|request|needed)"
    r"|requires (?:sender )?(?:verification|confirmation|authorization)|please (?:verify"
    r"|confirm) (?:that you|your (?:message|e-?mail))|challenge.{0,12}response|(?:spam ?arrest|boxbe"
    r"|tmda)",
    re.IGNORECASE,
)


def judge_automatic(mail: ParsedMail, reading: Reading) -> ParsedMail:
    """The first sign that speaks decides."""
    address = mail.sender.address if mail.sender else None
    evidence = Evidence(mail=mail, letter=reading.letter, sender=(address or "").casefold())
    for sign in SIGNS:
        if (found := sign(evidence)) is not None:
            return replace(mail, automatic=found)
    return mail


def _feedback(e: Evidence) -> Automatic | None:
    """Abuse reports (RFC 5965 §2)."""
    if e.part("message/feedback-report") is None:
        return None
    return Automatic(
        AutomaticKind.FEEDBACK_REPORT,
        "message/feedback-report (RFC 5965)",
        about=bounces.original_id(e.letter, e.mail.body.full),
    )


def _receipt(e: Evidence) -> Automatic | None:
    """Disposition notifications (RFC 8098 §3) and the delivery receipts of older programs."""
    typed = e.letter.root.params.get("report-type", "").lower()
    if typed != "disposition-notification" and e.part("message/disposition-notification") is None:
        return None
    return Automatic(
        AutomaticKind.RECEIPT,
        "disposition-notification (RFC 8098)",
        about=bounces.original_id(e.letter, e.mail.body.full),
    )


def _status_report(e: Evidence) -> Automatic | None:
    """Delivery status notifications (RFC 3464)."""
    if e.part("message/delivery-status", "message/global-delivery-status") is None:
        return None
    text = e.mail.body.full
    reports = bounces.reports_of(e.letter, text)
    actions = {r.action for r in reports}
    about = bounces.original_id(e.letter, text)
    if actions and actions <= {"delivered", "relayed", "expanded"}:
        return Automatic(
            AutomaticKind.RECEIPT, "message/delivery-status: delivered (RFC 3464)", reports, about
        )
    delayed = "delayed" in actions and "failed" not in actions
    kind = AutomaticKind.DELAY if delayed else AutomaticKind.BOUNCE
    return Automatic(kind, "message/delivery-status (RFC 3464)", reports, about)


def _old_bounce(e: Evidence) -> Automatic | None:
    """Reports in plain words: a mail system as the author, or an empty return path, and a subject that says so."""
    name = (e.mail.sender.name or "") if e.mail.sender else ""
    daemon = (
        bool(_DAEMON.match(e.local))
        or bool(_DAEMON_NAME.search(name))
        or (not e.sender and "daemon" in name.lower())
    )
    null_path = e.letter.first("return-path").strip() == "<>"
    failed = e.letter.first("x-failed-recipients")
    if not (failed or _is_status_report(e) or _says_failed(e, daemon=daemon, null_path=null_path)):
        return None
    if _LOOP_WORDS.search(e.mail.subject):
        return Automatic(AutomaticKind.LOOP, f"Subject: {e.mail.subject[:80]}")
    text = e.mail.body.full
    reports = bounces.reports_of(e.letter, text)
    soft = bool(_DELAY.search(e.mail.subject)) or (
        bool(reports) and all(r.action == "delayed" for r in reports) and bool(_DELAY.search(text[:3000]))
    )
    shown = "X-Failed-Recipients" if failed else f"From: {e.sender or name}, Subject: {e.mail.subject[:80]}"
    return Automatic(
        AutomaticKind.DELAY if soft else AutomaticKind.BOUNCE,
        shown,
        reports,
        bounces.original_id(e.letter, text),
    )


def _speaks_of_failure(e: Evidence) -> bool:
    return bool(_BOUNCE_SUBJECT.search(e.mail.body.full[:3000])) or bool(
        re.search(r"\b5\d\d[ -]\d?", e.mail.body.full[:3000])
    )


def _is_status_report(e: Evidence) -> bool:
    root = e.letter.root
    typed = root.params.get("report-type", "delivery-status").lower()
    return root.content_type == "multipart/report" and typed == "delivery-status"


def _says_failed(e: Evidence, *, daemon: bool, null_path: bool) -> bool:
    """A mail system that speaks of a failure, or a failure with the mail that failed inside it."""
    inside = any(part.letter is not None for part in e.letter.root.walk())
    nobody = inside and (not e.sender or bool(_NO_REPLY.match(e.local)))
    name = (e.mail.sender.name or "") if e.mail.sender else ""
    office = bool(_ADMINISTRATOR.match(e.local) or _ADMINISTRATOR.match(name))
    unasked = office and read_prefix(e.mail.subject)[0] is Prefix.NONE
    if not (daemon or null_path or nobody or unasked):
        return False
    if daemon and (null_path or _speaks_of_failure(e)):
        return True
    return bool(_BOUNCE_SUBJECT.search(e.mail.subject))


def _calendar(e: Evidence) -> Automatic | None:
    """Invitations and answers to them (RFC 6047 §2.4): the calendar is the message."""
    part = e.part("text/calendar", "application/ics")
    if part is None or (part.disposition == "attachment" and "method" not in part.params):
        return None
    method = part.params.get("method") or _method_in(part)
    if method is None or method.upper() not in (
        "REQUEST",
        "REPLY",
        "CANCEL",
        "COUNTER",
        "DECLINECOUNTER",
        "REFRESH",
        "ADD",
    ):
        return None
    return Automatic(AutomaticKind.CALENDAR, f"text/calendar; method={method.upper()} (RFC 6047)")


def _method_in(part: Part) -> str | None:
    found = re.search(rb"^METHOD:([A-Z]{3,20})", part.data[:20_000], re.MULTILINE)
    return found[1].decode("ascii") if found else None


def _auto_submitted(e: Evidence) -> Automatic | None:
    """Auto-Submitted (RFC 3834 §5): anything but "no"."""
    raw = e.letter.first("auto-submitted")
    value = re.sub(r"\([^()]{0,200}\)", "", raw).split(";")[0].strip().lower()
    if not value or value == "no":
        return None
    shown = f"Auto-Submitted: {value} (RFC 3834)"
    if value == "auto-notified" or (value == "auto-generated" and not is_away_subject(e.mail.subject)):
        return _by_list_headers(e) or Automatic(AutomaticKind.AUTO_REPLY, shown)
    return Automatic(_away_or_reply(e), shown, about=_answered(e))


def _answered(e: Evidence) -> str | None:
    return e.mail.in_reply_to[0] if e.mail.in_reply_to else None


def _away_or_reply(e: Evidence) -> AutomaticKind:
    away = is_away_subject(e.mail.subject) or is_away_text(e.mail.body.full)
    return AutomaticKind.OUT_OF_OFFICE if away else AutomaticKind.AUTO_REPLY


_REPLY_FIELDS = {
    "x-autoreply": "yes true 1 auto",
    "x-autorespond": "",
    "x-auto-response-suppress": "",
    "x-autoreply-from": "",
    "x-autoresponder": "",
    "x-mail-autoreply": "",
    "x-amavis-alert": "",
    "x-vacation": "",
    "x-auto-reply": "",
    "x-precedence": "auto_reply",
    "x-php-autoresponse": "",
    "x-fc-machinegenerated": "true",
    "x-post-messageclass": "9; autoresponder",
    "delivered-to": "autoresponder",
}


def _reply_headers(e: Evidence) -> Automatic | None:
    """Fields that answering programs set; "X-Auto-Response-Suppress" alone only says what not to send."""
    for name, values in _REPLY_FIELDS.items():
        value = e.letter.first(name).strip().lower()
        if not value or (values and value not in values.split(" ") and value != values):
            continue
        if name == "x-auto-response-suppress" and not (
            is_reply_subject(e.mail.subject) or is_away_subject(e.mail.subject)
        ):
            continue
        return Automatic(_away_or_reply(e), f"{name.title()}: {value[:60]}", about=_answered(e))
    if e.letter.first("precedence").strip().lower() in ("auto_reply", "auto-reply"):
        return Automatic(_away_or_reply(e), "Precedence: auto_reply", about=_answered(e))
    return None


def _reply_words(e: Evidence) -> Automatic | None:
    """A subject that only answering programs write."""
    if is_reply_subject(e.mail.subject):
        return Automatic(_away_or_reply(e), f"Subject: {e.mail.subject[:80]}", about=_answered(e))
    machine = (
        e.letter.first("return-path").strip() == "<>" or e.mail.in_reply_to or e.letter.first("precedence")
    )
    if (
        machine
        and is_away_note(e.mail.subject)
        and is_away_text(e.mail.body.full)
        and e.mail.body.quoted is None
    ):
        return Automatic(AutomaticKind.OUT_OF_OFFICE, f"Subject: {e.mail.subject[:80]}", about=_answered(e))
    return None


def _challenge(e: Evidence) -> Automatic | None:
    """A machine that asks the sender to prove that he is one."""
    marked = any(
        e.letter.first(n)
        for n in ("x-challenge-response", "x-tmda-confirm", "x-boxbe-challenge", "x-spamarrest-noauth")
    )
    machine = e.mail.in_reply_to or _NO_REPLY.match(e.local)
    words = machine and _CHALLENGE.search(e.mail.subject) and _CHALLENGE.search(e.mail.body.full[:3000])
    if not marked and not words:
        return None
    return Automatic(AutomaticKind.CHALLENGE, f"Subject: {e.mail.subject[:80]}", about=_answered(e))


def _through_group(e: Evidence) -> bool:
    """A person who wrote to us by a group address: `headers` has found the author behind the rewritten From."""
    boxes = e.letter.addresses.get("from", ())
    return bool(boxes) and e.mail.sender is not None and e.mail.sender.address != boxes[0].address


def _by_list_headers(e: Evidence) -> Automatic | None:
    """Lists and newsletters (RFC 2919, RFC 2369): a list one can write to, or mail in bulk."""
    if _through_group(e):
        return None
    list_id = e.letter.first("list-id")
    post = e.letter.first("list-post")
    unsubscribe = e.letter.first("list-unsubscribe")
    precedence = e.letter.first("precedence").strip().lower()
    if (list_id and post and post.strip().lower() != "no") or precedence == "list":
        return Automatic(
            AutomaticKind.LIST, f"List-Id: {list_id[:100]} (RFC 2919)" if list_id else "Precedence: list"
        )
    if unsubscribe:
        return Automatic(AutomaticKind.NEWSLETTER, "List-Unsubscribe (RFC 2369)")
    if list_id:
        return Automatic(AutomaticKind.LIST, f"List-Id: {list_id[:100]} (RFC 2919)")
    if precedence in ("bulk", "junk") and not e.mail.in_reply_to:
        return Automatic(AutomaticKind.NEWSLETTER, f"Precedence: {precedence}")
    return None


SIGNS: tuple[Sign, ...] = (
    _feedback,
    _receipt,
    _status_report,
    _old_bounce,
    _challenge,
    _auto_submitted,
    _reply_headers,
    _calendar,
    _reply_words,
    _by_list_headers,
)
