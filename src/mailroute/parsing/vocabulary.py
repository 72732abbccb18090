"""What mail programs write around old mail, in the languages they speak: one row a language, all tables here.

Sources: the programs' own translations (Gmail, Outlook, Apple Mail, Thunderbird, Yahoo, Notes, Zimbra, Proton, Samsung)
as they stand in mail. Words are compared by `fold`; alternatives are parted by "|". Subject prefixes follow
Wikipedia's "List of email subject abbreviations".
"""

import re
from collections.abc import Iterable
from enum import StrEnum


class Label(StrEnum):
    """What a line of a header block tells."""

    FROM = "from"
    DATE = "date"
    TO = "to"
    CC = "cc"
    SUBJECT = "subject"
    MESSAGE_ID = "message-id"
    OTHER = "other"


# Marks of direction, which programs put around words that are written from right to left.
MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"))


def fold(text: str) -> str:
    """The form in which words of this file are compared; Turkish dotted capitals lose their dot."""
    return " ".join(text.casefold().replace("\u0307", "").split())


def folded(row: str) -> frozenset[str]:
    """The alternatives of a row, folded."""
    return frozenset(map(fold, words(row)))


def words(row: str) -> list[str]:
    """The alternatives of a row."""
    return row.split("|")


def either(alternatives: Iterable[str]) -> str:
    """A pattern of words of any case, the first that fits before others; sorted by first letters.

    Python's `re` tries each word of a case-blind list in turn, but sees at a glance which letters lead nowhere.
    """
    heads: dict[str, list[str]] = {}
    for word in alternatives:
        heads.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(
        f"(?-i:[{re.escape(''.join(sorted({head, head.upper()[:1]})))}])(?:{'|'.join(tails)})"
        for head, tails in heads.items()
    )


# Language, then the labels: from / sent or date / to / cc / subject.
LABEL_ROWS = (
    (
        "en / from|sender|from address|author / sent|date|sent at|sent on|date sent|received / to|sent to"
        " / cc|copy|copies / subject|re"
    ),
    (
        "de / von|absender / gesendet|datum|gesendet am|verschickt|erhalten|geschickt / an|empfänger / cc"
        "|kopie|kopie an / betreff|thema|betr"
    ),
    (
        "fr / de|expéditeur|de la part de / envoyé|date|message du|envoyé le|date d'envoi|date d’envoi"
        " / à|a|pour|destinataire|destinataires / cc|copie|copie à|cc à / objet|sujet"
    ),
    (
        "es / de|remitente / enviado|fecha|enviado el|enviado a las|fecha de envío / para|a|destinatario"
        "|destinatarios / cc|copia|con copia / asunto|tema"
    ),
    (
        "pt / de|remetente / enviado|enviada|data|enviada em|enviado em|data de envio / para|destinatário"
        "|destinatários / cc|cópia|com cópia / assunto"
    ),
    (
        "it / da|mittente / inviato|data|inviato il|inviata|data invio / a|per|destinatario|destinatari"
        " / cc|copia|per conoscenza / oggetto|ogg"
    ),
    (
        "nl / van|afzender / verzonden|datum|verstuurd|verzonden op / aan|naar|ontvanger / cc|kopie"
        "|kopie aan / onderwerp|betreft"
    ),
    (
        "sv / från|avsändare / skickat|datum|skickades|skickat den / till|mottagare / cc|kopia|kopia till"
        " / ämne"
    ),
    "da / fra|afsender / sendt|dato|sendt den / til|modtager / cc|kopi|kopi til / emne",
    "no / fra|avsender / sendt|dato / til|mottaker / kopi|cc / emne",
    (
        "fi / lähettäjä|keneltä / lähetetty|päivämäärä|päiväys|pvm|aika / vastaanottaja|vastaanottajat"
        "|kenelle / kopio|kopiot|cc / aihe"
    ),
    "is / frá|sendandi / sent|dagsetning|dags / til|viðtakandi / afrit|cc / efni",
    (
        "pl / od|nadawca / wysłano|data|wysłane|wysłany|data wysłania / do|adresat|odbiorca / dw"
        "|do wiadomości|kopia|udw|cc / temat"
    ),
    (
        "cs / od|odesílatel / odesláno|datum|dne|posláno / komu|příjemce|pro / kopie|kopie komu|cc"
        " / předmět|věc"
    ),
    (
        "sk / od|odosielateľ / odoslané|dátum|poslané|dňa|odoslaný / komu|príjemca|pre / kópia|kópia komu"
        "|kópie|cc / predmet|vec"
    ),
    (
        "hr / od|šalje|pošiljatelj|pošiljalac / poslano|datum|poslato|dana / za|prima|primatelj|kome"
        "|prima za / kopija|kopija za|cc / predmet|naslov"
    ),
    "sl / od|pošiljatelj / poslano|datum / za|prejemnik|komu / kp|v vednost|kopija|cc / zadeva",
    "sr / од|шаље|пошиљалац / послато|датум / за|коме|прима / копија|цц / предмет|наслов|тема",
    (
        "ru / от|от кого|отправитель / отправлено|дата|послано|дата отправки / кому|получатель|для"
        " / копия|cc / тема"
    ),
    ("uk / від|від кого|відправник / надіслано|дата|відправлено|коли / кому|одержувач|до / копія|cc / тема"),
    "bg / от|подател|изпращач / изпратено|дата|изпратен / до|получател / копие|як|cc / относно|тема",
    (
        "hu / feladó|küldő / elküldve|dátum|küldve|küldés dátuma|küldés ideje / címzett|címzettek|részére"
        " / másolat|másolatot kap|cc / tárgy"
    ),
    (
        "ro / de la|expeditor|expeditorul|din partea / trimis|data|dată|trimis la / către|la|catre"
        "|destinatar|destinatarul|pentru / cc|copie / subiect|subiectul"
    ),
    (
        "et / saatja|lähetaja|kellelt / saadetud|kuupäev|saatmisaeg / saaja|adressaat|kellele|saajale"
        " / koopia|cc / teema"
    ),
    "lv / no|sūtītājs / nosūtīts|datums|nosūtīja / kam|adresāts|saņēmējs / kopija|cc / tēma|temats",
    "lt / nuo|siuntėjas / išsiųsta|data / kam|iki|gavėjas / kopija|cc / tema",
    (
        "el / από|αποστολέας|απο / στάλθηκε|ημερομηνία|εστάλη|απεστάλη / προς|παραλήπτης|έως / κοιν"
        "|κοινοποίηση|κοιν.|cc / θέμα|θεμα"
    ),
    (
        "tr / kimden|gönderen|kimden (from) / gönderildi|tarih|gönderilen|gönderme tarihi|gönderim tarihi"
        " / kime|alıcı|kime (to)|to / bilgi|cc / konu"
    ),
    (
        "ca / de|remitent / enviat|data|enviat el|tramès / per a|a|destinatari|per / a/c|cc|còpia"
        " / assumpte|tema"
    ),
    "eu / nork|igorlea / bidalita|data / nori|hartzailea / cc|kopia / gaia",
    "gl / de|remitente / enviado|data / para / cc|copia / asunto",
    (
        "vi / từ|người gửi / đã gửi|ngày|gửi|ngày gửi|vào lúc|date / đến|tới|người nhận|gửi tới / cc"
        "|đồng gửi / chủ đề|tiêu đề"
    ),
    (
        "id / dari|pengirim / dikirim|tanggal|terkirim / kepada|ke|untuk|penerima / cc|tembusan / perihal"
        "|subjek|judul"
    ),
    "mk / од / испратено|датум / до|за / копија|cc / предмет|тема|наслов",
    "sq / nga / dërguar|data / për / kopje|cc / subjekti|tema",
    "af / van / gestuur|datum / aan / afskrif|cc / onderwerp",
    "az / kimdən|kimdən (from) / göndərilib|göndərildi|tarix / kimə / surət|cc / mövzu",
    "kk / кімнен / жіберілді|жіберілген күні|күні / кімге / көшірме|cc / тақырыбы|тақырып",
    "bn / থেকে|প্রেরক / প্রেরিত|তারিখ / প্রতি|প্রাপক / অনুলিপি|cc / বিষয়",
    "ur / منجانب|بھیجنے والا / بھیجا گیا|تاریخ / بنام|وصول کنندہ / نقل / موضوع",
    "fil / mula kay|mula sa / ipinadala|petsa / kay|para kay / cc / paksa",
    "ms / daripada|dari / dihantar|tarikh / kepada|ke / sk|cc / subjek|perkara",
    "he / מאת|מ / נשלח|תאריך|בתאריך / אל|ל / עותק|העתק / נושא|הנדון",
    (
        "ar / من|المرسل / تم الإرسال|التاريخ|تاريخ الإرسال|أرسلت|تاريخ|مرسلة / إلى|الى|المستلم / نسخة"
        "|نسخة إلى|نسخه / الموضوع|موضوع"
    ),
    "fa / از|فرستنده / ارسال شده|تاریخ|ارسال / به|گیرنده / رونوشت / موضوع",
    "hi / प्रेषक|से / भेजा गया|दिनांक|तारीख|भेजे गए / प्रति|को|सेवा में / प्रतिलिपि / विषय",
    "th / จาก|ผู้ส่ง / ส่ง|วันที่|ส่งเมื่อ / ถึง|ผู้รับ / สำเนา|สำเนาถึง / เรื่อง|หัวเรื่อง|หัวข้อ",
    "ja / 差出人|送信者|from / 送信日時|日時|日付|送信日|送信|受信日時 / 宛先|to / cc|ｃｃ / 件名|題名",
    (
        "zh / 发件人|寄件者|寄件人|發件人|发信人|自|從|从 / 发送时间|日期|发送日期|寄件日期|傳送時間"
        "|發送時間|发送|已傳送|時間|时间|已发送|寄送日期|日期时间 / 收件人|收件者|至|到 / 抄送|副本"
        "|抄送人|抄送者 / 主题|主旨|主題|标题"
    ),
    (
        "ko / 보낸 사람|보낸사람|발신|발신자|보낸이|보내는 사람 / 보낸 날짜|날짜|보낸날짜|보낸 시간"
        "|발신일|일시|전송 / 받는 사람|받는사람|수신|수신자|받는이 / 참조|참조인 / 제목"
    ),
)

OTHER_LABELS = words(
    "reply-to|reply to|bcc|importance|priority|sensitivity|attachments|attachment|attached|organization"
    "|organisation|x-mailer|mime-version|content-type|resent-from|resent-to|resent-date|return-path"
    "|delivered-to|sent by|on behalf of|list-unsubscribe|mailed-by|signed-by|categories|flag|flag status"
    "|follow up flag|security|in-reply-to|references|thread-topic|thread-index|auto forwarded by"
    "|sender name|antwort an|antworten an|blindkopie|wichtigkeit|priorität|anlagen|anlage|anhang|anhänge"
    "|vertraulichkeit|gesendet von|répondre à|répondre a|pièces jointes|pièce jointe|pj|cci|réponse à"
    "|responder a|importancia|adjuntos|cco|datos adjuntos|prioridad|responder para|prioridade|anexos"
    "|anexo|rispondi a|rispondi|allegati|allegato|ccn|priorità|antwoord aan|beantwoorden|bijlagen|bijlage"
    "|urgentie|svara till|svar till|bilagor|bifogade filer|prioritet|svar til|vedhæftede filer|vedlegg"
    "|liitteet|vastausosoite|odpowiedz do|odpowiedź do|załączniki|ważność|odpověď komu|přílohy|důležitost"
    "|odpovědět komu|prílohy|odpovedať|odgovori na|odgovor za|privici|prilozi|важность|вложения"
    "|обратный адрес|ответить|відповісти|вкладення|válaszcím|fontosság|mellékletek|atașamente|răspunde la"
    "|importanță|συνημμένα|απάντηση|ekler|yanıt|önem|返信先|添付ファイル|重要度|回复|附件|重要性"
    "|답장 받는 사람|첨부 파일|첨부|השב אל|קבצים מצורפים|المرفقات|الرد على|вложение|прикачени файлове"
    "|отговор до|lampiran|balas ke|tệp đính kèm|trả lời|bijlage(n)"
)

# Verbs of the line over a quote: "On Monday ... Ann Lee wrote:".
WROTE_WORDS = [
    fold(word)
    for word in words(
        "wrote|writes|has written|said|schrieb|schreibt|geschrieben|schrieb am|a écrit|écrit|a ecrit|écrivait"
        "|a répondu|escribió|escribio|ha escrito|escribe|escreveu|escreve|ha scritto|scrive|scritto|scriveva"
        "|schreef|heeft geschreven|geschreven|schreef het volgende|skrev|skriver|har skrivit|skrev følgende"
        "|skrev följande|kirjoitti|kirjoittaa|kirjoitti seuraavaa|skrifaði|ritaði|napisał(a)|napisał|napisała"
        "|napisał/a|pisze|napisano|napisali|napsal(a)|napsal|napsala|napsal/a|píše|napísal(a)|napísal"
        "|napísala|napísal/a|je napisao/la|napisao|napisala|je napisao|je napisala|napisao je|napisala je"
        "|piše|je napisal|je napisal/-a|je napisal/a|napisal|је написао/ла|је написао|је написала|написао"
        "|пише|написал(а)|написал|написала|пишет|писал|писал(а)|написал (-а)|написали|написав(ла)|написав"
        "|писав|написав(-ла)|написа|написа следното|írta|ezt írta|a következőt írta|írta (időpont"
        "|írta a következőt|ezt írta (időpont|írja|a scris|a scris următoarele|scrie|a scris:|kirjutas"
        "|kirjutas järgmist|rakstīja|raksta|rašė|parašė|έγραψε|έγραψε τα εξής|έγραψε/έγραψαν|yazdı"
        "|şunları yazdı|şunu yazdı|tarihinde şunu yazdı|tarihinde yazdı|va escriure|ha escrit|idatzi du"
        "|idatzi zuen|escribiu|đã viết|viết|menulis|tulis|כתב|כתבה|כתב/ה|מאת|كتب|كتبت|كتب/ت|كَتَب|نوشت|نوشته"
        "|ने लिखा|लिखा|เขียนว่า|เขียน|のメール|のメッセージ|書きました|さんは書きました|が書きました"
        "|さんからのメール|写道|寫道|写信|寫了|编写|撰写|於|写到|작성|님이 작성|작성했습니다|썼습니다"
        "|님이 작성한 메시지|님이 쓴 메시지|쓴 글"
        "|লিখেছেন|ने लिहिले|यांनी लिहिले|எழுதியது|రాశారు|લખ્યું|ಬರೆದಿದ್ದಾರೆ|ਨੇ ਲਿਖਿਆ|نے لکھا|დაწერა|წერდა|գրել է|yazıb|жазды"
        "|жазып жатыр|aliandika|geskryf|ysgrifennodd|sinulat|напиша|shkroi|ka shkruar"
    )
]

# Words with which such a line begins; needed where it ends without a verb that we know.
ATTRIBUTION_STARTS = words(
    "on|am|le|el|em|il|op|den|dne|dňa|dana|w dniu|dnia|în|la|kuupäeval|στις|tarihinde|vào|pada|ב|في|在|於"
    "|quoting|citando|zitat von|citando a|citat|selon|quoting from|from|von|van|från|fra|w dn|в|вы писали"
    "|quote from|il giorno|no dia"
)

REPLY_PREFIXES = folded(
    "ang|antw|antwort|atb|ats|aw|balas|beantw|bls|hồi âm|odg|odgovor|odp|odpowiedź|r|r.e|re|ref|res"
    "|resp|rif|rispondi|ré|réf|rép|sv|svar|trả lời|vast|vastaus|vá|válasz|yan|ynt|απ|σχετ|відп|отв"
    "|ответ|отг|השב|תגובה|رد|回复|回覆|答复|答覆|返信|답장|회신"
)

FORWARD_PREFIXES = folded(
    "chuyển tiếp|doorgestuurd|doorst|doorsturen|edasi|edast|enc|encam|encaminhado|forward|forwarded"
    "|fs|fv|fw|fwd|fwded|i|ilet|iletilen|ilt|inoltra|inoltro|i̇lt|pd|persiu|podaj dalej|prenos"
    "|preposlané|proslj|prp|przekazanie|pārs|přep|přeposláno|reenv|reenviado|renv|rv|terusan|tov"
    "|továbbított|továbbítás|tr|trans|transf|transféré|trasm|trs|vb|vid|vidarebef|videres|videresendt"
    "|vl|välitetty|weitergeleitet|wg|πρ|πρθ|пд|пер|пересл|прд|препр|прп|הועבר|إعادة توجيه|転送|轉寄"
    "|轉發|转发|转送|전달"
)

# Forward in Danish and Norwegian ("videresendt"), reply in Finnish ("vastaus"): the language of the labels decides.
DOUBLE_PREFIX = "vs"


def _labels() -> dict[str, Label]:
    table = dict.fromkeys(map(fold, OTHER_LABELS), Label.OTHER)
    kinds = (Label.FROM, Label.DATE, Label.TO, Label.CC, Label.SUBJECT)
    for row in LABEL_ROWS:
        for kind, column in zip(kinds, row.split(" / ")[1:], strict=True):
            table.update(dict.fromkeys(map(fold, words(column)), kind))
    table.update(dict.fromkeys(("message-id", "message id"), Label.MESSAGE_ID))
    return table


LABELS = _labels()
