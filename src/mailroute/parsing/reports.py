"""Signs of reports by mail systems: abuse reports, receipts, bounces and delays."""

import re

from mailroute.domain.parsed import Automatic, AutomaticKind
from mailroute.parsing import bounces
from mailroute.parsing.evidence import NO_REPLY, Evidence
from mailroute.parsing.lines import lines_of
from mailroute.parsing.subjects import Prefix, read_prefix
from mailroute.parsing.vocabulary import Label

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
# One of them stands in each of the above, and in hardly a person's name.
_DAEMON_STEMS = ("mail", "postmaster", "ndr", "content")
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

# Outlook's prefixes of receipts, read and unread.
_READ_SUBJECT = re.compile(
    r"(?:read|not read|deleted|gelesen|ungelesen|gelöscht|lu|non lu|leído|no leído|lida|lido|não lida|letto"
    r"|non letto|gelezen|ongelezen|läst|oläst|læst|ulæst|lest|ulest|luettu"
    r"|przeczytano|przeczytane|přečteno|prečítané|pročitano|prebrano|прочтено|прочитано"
    r"|прочетено|olvasott|elolvasva|citit|loetud|lasīts|skaityta|αναγνώστηκε|αναγνώσθηκε|okundu|dibaca|đã đọc"
    r"|נקרא|קריאה|تمت القراءة"
    r"|อ่านแล้ว|開封済み|已读|已讀|읽음)\s?[:：]",
    re.IGNORECASE,
)
_RECEIPT_HEAD, _RECEIPT_LINES = 2000, 8


def feedback(e: Evidence) -> Automatic | None:
    """Abuse reports (RFC 5965 §2)."""
    if e.part("message/feedback-report") is None:
        return None
    return Automatic(
        AutomaticKind.FEEDBACK_REPORT,
        "message/feedback-report (RFC 5965)",
        about=bounces.original_id(e.letter, e.mail.body.full),
    )


def receipt(e: Evidence) -> Automatic | None:
    """Disposition notifications (RFC 8098 §3) and the delivery receipts of older programs."""
    typed = e.letter.root.params.get("report-type", "").lower()
    if typed != "disposition-notification" and e.part("message/disposition-notification") is None:
        return _receipt_in_words(e)
    return Automatic(
        AutomaticKind.RECEIPT,
        "disposition-notification (RFC 8098)",
        about=bounces.original_id(e.letter, e.mail.body.full),
    )


def _receipt_in_words(e: Evidence) -> Automatic | None:
    """Outlook's receipt without its machine-readable part: "Read: ...", and lines that name the mail that was read."""
    read = _READ_SUBJECT.match(e.mail.subject)
    if not read or not (e.mail.in_reply_to or e.letter.first("return-path").strip() == "<>"):
        return None
    lines = [line for line in lines_of(e.mail.body.full[:_RECEIPT_HEAD]) if not line.blank]
    told = {line.label[0] for line in lines if line.label is not None}
    if len(lines) > _RECEIPT_LINES or not {Label.TO, Label.SUBJECT} <= told or Label.FROM in told:
        return None
    return Automatic(
        AutomaticKind.RECEIPT,
        f"Subject: {e.mail.subject[:80]}",
        about=e.mail.in_reply_to[0] if e.mail.in_reply_to else None,
    )


def status_report(e: Evidence) -> Automatic | None:
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


def plain_report(e: Evidence) -> Automatic | None:
    """Reports in plain words: a mail system as the author, or an empty return path, and a subject that says so."""
    name = (e.mail.sender.name or "") if e.mail.sender else ""
    daemon = (
        bool(_DAEMON.match(e.local))
        or (any(map(name.lower().__contains__, _DAEMON_STEMS)) and bool(_DAEMON_NAME.search(name)))
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
    if soft:
        reports = tuple(bounces.as_delayed(report) for report in reports)
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
    nobody = inside and (not e.sender or bool(NO_REPLY.match(e.local)))
    name = (e.mail.sender.name or "") if e.mail.sender else ""
    office = bool(_ADMINISTRATOR.match(e.local) or _ADMINISTRATOR.match(name))
    unasked = office and read_prefix(e.mail.subject)[0] is Prefix.NONE
    if not (daemon or null_path or nobody or unasked):
        return False
    if daemon and (null_path or _speaks_of_failure(e)):
        return True
    return bool(_BOUNCE_SUBJECT.search(e.mail.subject))
