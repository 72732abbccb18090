"""What gateways and companies write around a mail: warnings above it, legal texts below it, in many languages.

No single word decides. A warning alarms, speaks of outside, and of senders, links or organisations; a legal text calls
a message confidential and names its addressee. A client's "Attention: the external pump is broken" is left alone.
"""

import re

from mailroute.parsing.signoffs import BANNER
from mailroute.parsing.vocabulary import words

_LONGEST_WARNING = 400
_LEGAL_HEAD = 500
# In letters; scripts without spaces say as much with half of them.
_SHORTEST_LEGAL, _SHORTEST_LEGAL_ASIAN = 30, 16

_ALARM = (
    r"caution|warning|attention|alert|notice|important|note|beware|security|achtung|vorsicht|warn|hinweis"
    r"|wichtig|let op|opgelet|precauci|aviso|atenci|atenç|cuidado|attenzion|avvis|uwaga|ostrzeżenie"
    r"|upozorn|pozor|advarsel|varning|obs\b|huom|varoitus|внимание|увага|попередження|предупреждение"
    r"|figyel|dikkat|di̇kkat|uyarı|προσοχή|aten[țt]ie|opozoril|upozorenj|tähelepanu|ettevaatust|uzmanību"
    r"|brīdinājums|dėmesio|įspėjimas|viðvörun|注意|警告|重要|提醒|주의|경고|תשומת לב|זהירות|אזהרה|تنبيه"
    r"|تحذير|انتباه|هشدار|คำเตือน|โปรดทราบ|cảnh báo|lưu ý|perhatian|peringatan|amaran|चेतावनी|सावधान"
)
_OUTSIDE = (
    r"external|extern|outside|not from within|not from inside|außerhalb|ausserhalb|extérieur|exterieur"
    r"|exterior|fuera|fora d|estern|zewn|spoza|mimo organiz|mimo spole|mimo firm|vnější|vonkajš|buiten"
    r"|utanför|utifrån|udefra|uden for|udenfor|utenfor|utenfra|ekstern|ulkopuol|ulkoi|внешн|зовнішн|извън"
    r"|външ|külső|kívül|dışınd|dışar|dış |harici|εξωτερικ|εκτός|din afara|izvan|vanjsk|zunaj|zunanj"
    r"|väljast|ārpus|ārēj|iš išor|išorin|utan frá|外部|社外|組織外|组织外|외부|사외|חיצוני|מחוץ|خارج"
    r"|ภายนอก|bên ngoài|luar|बाहर|originated|unbekannt"
)
_CARE = (
    r"sender|click|organi[sz]|caution|careful|think|originat|came from|comes from|absender|klick|vorsicht"
    r"|stammt|kommt von|wurde von|expéditeur|cliqu|prudent|prov(?:ient|enan)|remitente|origin|procede"
    r"|remetente|proveni|mittente|provien|afzender|afkomstig|avsänd|afsend|avsend|nadawc|pochodzi|odesíla"
    r"|odosiela|pochází|pochádza|отправител|отправлен|відправник|надійш|подател|изпращач|feladó|küldő"
    r"|érkezett|gönder|αποστολ|expeditor|pošiljat|priv(?:itak|itke)|saatja|sūtītāj|siuntėj|lähettä|tullut"
    r"|sendand|送信|差出|发件|發件|寄件|来自|來自|발신|발송|보낸|שולח|נשלח|مرسل|ผู้ส่ง|người gửi|pengirim"
    r"|प्रेषक|firma|öffnen|ouvr|abr(?:ir|a) |apr(?:ire|ite) |openen|öppna|åbn|åpn|otwier|otevír|открыва"
    r"|відкрива|megnyit|açma|avaa|klik|clic|点击|點擊|点開|開く|クリック|클릭|לחץ|تنقر|النقر|คลิก|nhấp"
    r"|lakukan"
)
_MAIL = (
    r"mail|message|external sender|nachricht|externe\w? absender|courriel|expéditeur externe|correo"
    r"|mensaje|mensagem|messaggio|bericht|mejl|meddel|melding|e-?post|wiadomo|zpráv|správ|lev[eé]l|üzenet"
    r"|пись?м|сообщен|лист|повідомл|съобщ|mesaj|posta|viesti|sähköposti|μήνυμα|poruk|sporočil|kiri|ziņ"
    r"|vēst|laišk|pranešim|póst|skeyti|メール|邮件|郵件|메일|הודעה|דוא|رسالة|البريد|ایمیل|อีเมล|ข้อความ"
    r"|thư|pesan|surel|mesej|emel|ईमेल|संदेश"
)
_CONFIDENTIAL = (
    r"confiden|privileged|vertraulich|riservat|vertrouwelijk|fortrolig|konfidential|konfidentiell"
    r"|luottamuks|poufn|důvěrn|dôvern|конфиденц|конфіденц|поверителн|поверљив|bizalmas|εμπιστευτικ|απόρρητ"
    r"|gizli|povjerljiv|poverljiv|zaupn|konfidentsiaal|konfidenci|trúnað|保密|机密|機密|秘密|기밀|비밀"
    r"|חסוי|סודי|سري|محرمان|ความลับ|bảo mật|bí mật|rahasia|sulit|गोपनीय"
)
_ADDRESSEE = (
    r"addressee|recipient|intended|individual|adressat|empfänger|destinat|destinad|dirig|dirett"
    r"|geadresseerde|bestemd|ontvanger|mottagar|modtager|mottaker|vastaanottaj|adresat|adresuje|adresāt"
    r"|adresovan|určen|určená|odbiorc|příjem|príjem|адресат|получател|одержувач|примаоц|címzett|παραλήπτ"
    r"|alıcı|kişi|primatel|primaoc|naslovnik|prejemnik|adressaad|saaja|saņēmēj|gavėj|viðtakand|收件|接收"
    r"|收信|宛先|受信|수신|仅限|僅限|נמען|مرسل إليه|المستلم|گیرنده|ผู้รับ|người nhận|penerima"
    r"|प्राप्तकर्ता"
)
_TOLD = _MAIL + r"|communication|comunica|informa|информац|інформац|bilgi|情報|信息"
_WARNS = re.compile(rf"\W{{0,6}}(?:{_ALARM})|[\[【(*<#=!⚠]{{1,6}}\s?(?:{_OUTSIDE})")
_CALLS_FOR_CARE = re.compile(_CARE)
_OF_MAIL = re.compile(_MAIL)
# Sought as they stand, which costs a fiftieth of a pattern: the ends of every mail are asked.
_FROM_OUTSIDE = tuple(words(_OUTSIDE))
_SAYS_CONFIDENTIAL = tuple(words(_CONFIDENTIAL))
_NAMES_ADDRESSEE = re.compile(_ADDRESSEE)
_SPEAKS_OF_MAIL = re.compile(_TOLD)
_ASIAN = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# A person speaks; companies say "we", and other words for "I" mean something else elsewhere.
_PERSON = re.compile(r"\b(?:I|I['’]m|jag|jeg|ik|yo|я|Я)\b")
# How far into the line a warning without an alarm may first say "outside".
_HEAD = 30


def is_warning(paragraph: str) -> bool:
    """Whether a gateway wrote the paragraph, to warn of mail from outside."""
    text = " ".join(paragraph[:_LONGEST_WARNING].split())
    if BANNER.match(text):
        return True
    low = text.casefold()
    alarmed = bool(_WARNS.match(low))
    if len(paragraph) > _LONGEST_WARNING or not (alarmed or _any_of(_FROM_OUTSIDE, low[:_HEAD])):
        return False
    if not (alarmed or _OF_MAIL.search(low[:_HEAD])) or not _any_of(_FROM_OUTSIDE, low):
        return False
    return bool(_OF_MAIL.search(low) or "organi" in low) and bool(_CALLS_FOR_CARE.search(low))


def is_personal(paragraph: str) -> bool:
    """Whether a person speaks for himself, as no company's text does."""
    return bool(_PERSON.search(paragraph[:_LEGAL_HEAD]))


def is_legal(paragraph: str) -> bool:
    """Whether the paragraph is the legal text of a company."""
    low = " ".join(paragraph[:_LEGAL_HEAD].split()).casefold()
    if len(low) < (_SHORTEST_LEGAL_ASIAN if _ASIAN.search(low[:60]) else _SHORTEST_LEGAL):
        return False
    if not _any_of(_SAYS_CONFIDENTIAL, low):
        return False
    return bool(_NAMES_ADDRESSEE.search(low)) and bool(_SPEAKS_OF_MAIL.search(low))


def _any_of(stems: tuple[str, ...], text: str) -> bool:
    return any(map(text.__contains__, stems))
