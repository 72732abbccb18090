"""Words of machines that answer: subjects and first lines of out-of-office notes, in the languages of their users."""

import re

# Subjects that answering programs put before the subject they answer; people do not write them.
_REPLY_SUBJECT = re.compile(
    r"^\W{0,4}(?:re: ?)?(?:auto(?:matic|mated|matische?|matisk|matikus|maatti\w*|matyczn\w*|matick\w*"
    r"|mātisk\w*|matiline|mat)?[- ]?(?:reply|response|answer|responder|antwort|svar|vastaus|válasz"
    r"|antwoord|odpowied\w*|odpov\w*|atbilde|vastus|replying)"
    r"|autoreply|autoresponse|autoresponder|autoantwort|automatische(?:s)? (?:antwort|antwoord"
    r"|beantwoording)|automatisch(?:es)? antwoord|automatische antwort"
    r"|réponse automatique|respuesta automática|resposta automática|resposta automàtica"
    r"|risposta automatica|automatiskt svar|autosvar|automatisk svar|automaattinen vastaus"
    r"|automaattivastaus"
    r"|odpowiedź automatyczna|automatyczna odpowiedź|autoodpowiedź|automatická odpověď|automatická odpoveď"
    r"|automatski odgovor|samodejni odgovor|аутоматски одговор|автоматический ответ|автоответ"
    r"|автоматична відповідь|автоматичен отговор|automatikus válasz|răspuns automat|automaatvastus"
    r"|automātiskā atbilde|automatinis atsakymas|αυτόματη απάντηση|otomatik yanıt|otomatik cevap"
    r"|trả lời tự động|thư trả lời tự động|balasan otomatis|jawapan automatik|תשובה אוטומטית|מענה אוטומטי"
    r"|רד אוטומטי|رد تلقائي|الرد التلقائي|پاسخ خودکار|स्वचालित उत्तर|การตอบกลับอัตโนมัติ|ตอบกลับอัตโนมัติ"
    r"|自動応答|自動返信|自动回复|自動回覆|自動答覆|자동 회신|자동 응답|자동회신|자동응답)",
    re.IGNORECASE,
)

_AWAY = (
    r"out[- ]of[- ](?:the[- ])?office|ooo\b|away from (?:the|my) (?:office|desk|e-?mail)|on (?:annual "
    r"|maternity |paternity |parental |sick |medical |study )?leave|on (?:vacation|holidays?)\b"
    r"|(?:i am|i'm|i’m|i will be|currently) (?:currently )?(?:away|absent|unavailable|traveling"
    r"|travelling)|(?:not|no) (?:be )?(?:in|at) the office|limited access to (?:my )?e-?mail|away (?:until"
    r"|till|from)"
    r"|abwesenheit\w*|abwesend|nicht (?:im|in meinem) büro|außer haus|ausser haus|im urlaub|in urlaub"
    r"|nicht erreichbar|nicht im haus|in elternzeit|bin (?:ich )?(?:ab|bis|vom) [\w. ]{0,40}(?:wieder"
    r"|nicht)"
    r"|absence|absente?\b|absent du bureau|en congés?|hors du bureau|je suis (?:actuellement )?(?:absent"
    r"|en congé|en déplacement)|de retour le"
    r"|fuera de (?:la )?oficina|ausente|ausencia|de vacaciones|estaré fuera|de baja|fora do escritório"
    r"|ausência|de férias|em férias|estarei ausente|fora d[oa] escrit"
    r"|fuori (?:ufficio|sede)|assente|assenza|in ferie|in vacanza|sarò assente|afwezig\w*|niet aanwezig"
    r"|niet op kantoor|met (?:vakantie|verlof)|buiten kantoor"
    r"|frånvaro|frånvarande|inte på kontoret|på semester|semesterledig|föräldraledig|fravær\w*"
    r"|ikke på kontoret|ikke til stede|på ferie|ferie\b|barsel\w*|ikke til å treffe"
    r"|poissa(?:olo\w*)?|lomalla|en ole tavoitettavissa|vapaalla|fjarverandi|í fríi|nieobecno\w*"
    r"|nieobecn\w*|poza biurem|na urlopie|przebywam na|mimo kancelář|nepřítomn\w*|na dovolené"
    r"|mimo kanceláři|dovolená"
    r"|neprítomn\w*|na dovolenke|mimo kancelárie|izvan ureda|odsutan|odsutna|na godišnjem|van kancelarije"
    r"|odsoten|odsotna|odsotnost|na dopustu|ван канцеларије|на одмору"
    r"|вне офиса|отсутств\w*|в отпуске|нет на месте|поза офісом|відсутн\w*|у відпустці|извън офиса"
    r"|в отпуск|házon kívül|nem vagyok (?:az )?irodában|szabadságon|távol (?:vagyok|leszek)|irodán kívül"
    r"|absen[țt]\w* din birou|în afara biroului|plecat din birou|în concediu|nu sunt la birou"
    r"|kontorist eemal|puhkusel|kontorist väljas|prombūtn\w*|atvaļinājum\w*|nedarbavieta|nesu biure"
    r"|atostog\w*|ne biure"
    r"|εκτός γραφείου|σε άδεια|απουσι\w*|απουσία|ofis dışı\w*|izinde\w*|yıllık izin|tatilde\w*"
    r"|fora de l'oficina|de vacances|bulegotik kanpo|vắng mặt|nghỉ phép|không có mặt|ngoài văn phòng"
    r"|di luar kantor|sedang cuti|cuti|tidak di kantor|di luar pejabat|מחוץ למשרד|בחופשה|לא במשרד"
    r"|אני בחופש|خارج المكتب|في إجازة|إجازة|خارج از دفتر|مرخصی|कार्यालय से बाहर|छुट्टी पर|अवकाश"
    r"|ไม่อยู่ที่สำนักงาน|ลาพักร้อน|ลาพัก|ไม่อยู่ออฟฟิศ"
    r"|不在|休暇|外出中|休業|お休み|外出|休假|不在办公室|外出|出差|不在辦公室|休假中|부재|휴가|출장"
    r"|자리를 비"
)
# Words of scripts that write no spaces stand apart: a word boundary means nothing there.
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_JOINED = "|".join(word for word in _AWAY.split("|") if _UNSPACED.search(word))
_AWAY_WORDS = re.compile(rf"(?<!\w)(?:{_AWAY})(?!\w)|{_JOINED}", re.IGNORECASE)
# A subject that begins like this and goes on with a colon, as answering programs write it.
_NOTE_SUBJECT = re.compile(rf"^\W{{0,4}}[\w' ]{{0,16}}?(?:{_AWAY})[\w' -]{{0,40}}?(?:[:：]|$)", re.IGNORECASE)

# Of a text that a machine sent, a word for leave alone says enough.
_LEAVE = re.compile(
    r"(?<!\w)(?:dovolen|urlop|urlaub|відпуст|отпуск|одмор|szabads[áa]g|concedi|godišnj|odmor|dopust|puhkus|atvaļināj|atostog"
    r"|semest|ferie|férias|vacacion|vacances|congé|vakanti|verlof|loma|lomalla|orlof|άδεια|αδειας|izin|tatil|cuti|leave"
    r"|vacation|holiday|maternity|paternity|parental|elternzeit|mutterschutz|pushim|məzuniyyət|демалыс)",
    re.IGNORECASE,
)


def is_reply_subject(subject: str) -> bool:
    """Whether only an answering program writes such a subject."""
    return bool(_REPLY_SUBJECT.match(subject[:200]))


def is_away_subject(subject: str) -> bool:
    """Whether the subject speaks of being away; people write such subjects, too."""
    return bool(_AWAY_WORDS.search(subject[:200]))


def is_away_text(text: str) -> bool:
    """Whether the first words speak of being away."""
    return bool(_AWAY_WORDS.search(text[:1500]))


def speaks_of_leave(text: str) -> bool:
    """Whether a machine's answer speaks of leave, by words too common to tell a machine from a person."""
    return bool(_LEAVE.search(text[:600]))


def is_away_note(subject: str) -> bool:
    """Whether the subject has the form of an out-of-office note: "Out of office: your subject", or nothing else."""
    return bool(_NOTE_SUBJECT.match(subject[:200]))
