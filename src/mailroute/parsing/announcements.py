"""Lines that programs write above old mail: "Forwarded message", "Original message", in all languages.

The tables hold the lines that are known as they stand. A word of passing on beside a word for a message reads the
rest: other endings, other word order, versions that nobody listed.
"""

import re

from mailroute.parsing.vocabulary import folded

# A line that says "what follows was passed on". Kept without dashes, final colon and final full stop.
FORWARD_LINES = folded(
    "forwarded message|forwarded conversation|this is a forwarded message"
    "|begin forwarded message|forwarded mail|forwarded email|forwarded e-mail"
    "|start of forwarded message|message forwarded|forwarded message begins|inline forwarded message"
    "|forwarded|forward message|begin forwarded mail|weitergeleitete nachricht"
    "|anfang der weitergeleiteten nachricht|anfang der weitergeleiteten e-mail|weitergeleitete e-mail"
    "|weitergeleitete mail|beginn der weitergeleiteten nachricht|ende der weitergeleiteten nachricht"
    "|weitergeleitet|message transféré|message transmis|début du message transféré"
    "|début du message réexpédié|message réexpédié|e-mail transféré|courriel transféré"
    "|courrier transféré|début du message transmis|transféré|début du courriel transféré"
    "|mensaje reenviado|inicio del mensaje reenviado|mensaje transferido|correo reenviado"
    "|principio del mensaje reenviado|comienzo del mensaje reenviado|reenviado|mensagem encaminhada"
    "|início da mensagem encaminhada|início da mensagem reencaminhada|mensagem reencaminhada"
    "|começo da mensagem encaminhada|e-mail encaminhado|email encaminhado|encaminhada"
    "|inicio da mensagem encaminhada|messaggio inoltrato|inizio messaggio inoltrato"
    "|inizio del messaggio inoltrato|inoltrato|e-mail inoltrata|messaggio inviato"
    "|doorgestuurd bericht|begin doorgestuurd bericht|begin van doorgestuurd bericht"
    "|doorgezonden bericht|doorgestuurde e-mail|begin van het doorgestuurde bericht"
    "|vidarebefordrat meddelande|vidarebefordrat brev|vidarebefordrat mejl|vidarebefordrat mail"
    "|början på vidarebefordrat meddelande|början på det vidarebefordrade meddelandet"
    "|börja vidarebefordrat meddelande|videresendt besked|start på videresendt besked"
    "|videresendt meddelelse|begynd videresendt besked|videresendt mail|videresendt e-mail"
    "|starten på den videresendte besked|videresendt melding|start på videresendt melding"
    "|begynnelse på videresendt melding|videresendt e-post|begynnelsen på videresendt melding"
    "|videresend melding|välitetty viesti|edelleenlähetetty viesti|välitetty viesti alkaa"
    "|välitetyn viestin alku|edelleenlähetetty|áframsent skeyti|áframsend skilaboð|framsent bréf"
    "|áframsendur póstur|przekazana wiadomość|początek przekazywanej wiadomości|wiadomość przekazana"
    "|treść przekazanej wiadomości|wiadomość przekazana dalej|treść przekazywanej wiadomości"
    "|przesłana wiadomość|przeposlaná zpráva|začátek přeposílané zprávy|přeposlaná zpráva"
    "|předaná zpráva|začátek přeposlané zprávy|preposlaná správa|začiatok preposielanej správy"
    "|začiatok preposlanej správy|preposielaná správa|správa preposlaná"
    "|začiatok preposielaného e-mailu|proslijeđena poruka|započni proslijeđenu poruku"
    "|početak proslijeđene poruke|prosleđena poruka|početak prosleđene poruke|прослеђена порука"
    "|почетак прослеђене поруке|posredovano sporočilo|začetek posredovanega sporočila"
    "|пересылаемое сообщение|начало переадресованного сообщения|пересланное сообщение"
    "|начало пересылаемого сообщения|переадресованное сообщение|пересылаемое письмо"
    "|пересланное письмо|начало пересланного сообщения|переслане повідомлення"
    "|початок листа, що пересилається|початок переадресованого повідомлення|пересланий лист"
    "|переслане вкладення|початок пересланого повідомлення|переадресоване повідомлення|початок листа"
    "|препратено съобщение|начало на препратеното съобщение|препратено писмо"
    "|начало на препратено съобщение|továbbított üzenet|továbbított levél|továbbított levél kezdete"
    "|a továbbított üzenet kezdete|továbbított e-mail|továbbított üzenet kezdete|mesaj redirecționat"
    "|începutul mesajului redirecționat|mesaj forwardat|mesaj redirectionat|mesaj retrimis"
    "|început mesaj redirecționat|mesajul redirecționat|începe mesajul redirecționat|edastatud kiri"
    "|edastatud sõnum|edastatud teade|edastatud sõnumi algus|edasi saadetud kiri|pārsūtītā ziņa"
    "|pārsūtīts ziņojums|pārsūtīta vēstule|pārsūtītās ziņas sākums|persiųstas laiškas"
    "|persiunčiamas laiškas|persiųstas pranešimas|persiunčiamo laiško pradžia|προωθημένο μήνυμα"
    "|έναρξη προωθημένου μηνύματος|αρχή προωθημένου μηνύματος|προωθημένο email|ileti başlangıcı"
    "|iletilen ileti|iletilmiş ileti|iletilmiş mesaj|iletilen ileti başlangıcı|iletilen mesaj"
    "|iletilen e-posta|yönlendirilen ileti|yönlendirilmiş ileti|yönlendirilmiş mesaj"
    "|başlangıç, iletilen ileti|ilettiğim ileti|missatge reenviat|inici del missatge reenviat"
    "|comença el missatge reenviat|birbidalitako mezua|mensaxe reenviada|inicio da mensaxe reenviada"
    "|thư được chuyển tiếp|tin nhắn đã chuyển tiếp|thư đã chuyển tiếp|bắt đầu thư được chuyển tiếp"
    "|thư chuyển tiếp|pesan terusan|pesan yang diteruskan|memulai pesan terusan"
    "|awal pesan yang diteruskan|mulai pesan terusan|mesej yang dimajukan|mesej dikirim semula"
    "|הודעה שהועברה|תחילת ההודעה שהועברה|הודעה מועברת|תחילת הודעה שהועברה|رسالة مُعاد توجيهها"
    "|رسالة معاد توجيهها|رسالة محولة|بدء الرسالة المعاد توجيهها|بداية الرسالة المعاد توجيهها"
    "|بداية الرسالة المُعاد توجيهها|الرسالة المعاد توجيهها|پیام هدایت‌شده|پیام ارسال‌شده"
    "|پیام بازارسال شده|पुनर्प्रेषित संदेश|अग्रेषित संदेश|अग्रेषित किया गया संदेश|ข้อความที่ส่งต่อ"
    "|ข้อความที่ถูกส่งต่อ|เริ่มข้อความที่ส่งต่อ|転送されたメッセージ|転送メッセージ|転送されたメール"
    "|転送メール|转发的邮件|轉寄的郵件|转发邮件|轉寄郵件|轉寄訊息|以下是转发的邮件|下面是被转发的邮件"
    "|以下是轉寄的郵件|開始轉寄郵件|开始转发的邮件|已转发的邮件|转发邮件信息|转发的消息|轉寄者"
    "|已轉寄的訊息|轉發的郵件|전달된 메시지|전달된 메일|전달된 메시지 시작|전달된 메시지의 시작"
    "|전달 메시지|이하 전달된 메시지"
)

# The same, followed by who did it and when: "Forwarded by Ann Lee/BER on 03/02/2026 09:14 AM".
FORWARD_STARTS = folded(
    "forwarded by|weitergeleitet von|réexpédié par|transféré par|transmis par|reenviado por"
    "|encaminhado por|inoltrato da|inoltrata da|doorgestuurd door|vidarebefordrat av|videresendt af"
    "|videresendt av|edelleenlähettänyt|przekazane przez|przesłane przez|přeposlal|předal|preposlal"
    "|proslijedio|posredoval|переслано|переслал|переслав|továbbította|redirecționat de|edastas|pārsūtīja"
    "|persiuntė|προωθήθηκε από|ileten|reenviat per|転送者|转发人|転送元|轉寄者|전달자|הועבר על ידי"
    "|препратено от|forwarded message from|weitergeleitete nachricht von|message transféré de"
    "|mensaje reenviado de|diteruskan oleh|chuyển tiếp bởi"
)

# A line that says "an earlier mail follows": as common in replies as in forwards.
ORIGINAL_LINES = folded(
    "original message|reply separator|reply above this line|please type your reply above this line"
    "|please reply above this line|write your reply above this line|bitte antworten sie oberhalb dieser zeile"
    "|antworten sie oberhalb dieser zeile|veuillez répondre au-dessus de cette ligne"
    "|répondre au-dessus de cette ligne"
    "|escriba su respuesta por encima de esta línea|original-message|original mail|original email|original e-mail"
    "|reply message|replied message|message original|original appointment|ursprüngliche nachricht"
    "|originalnachricht|original-nachricht|originalmail|ursprüngliche e-mail|ursprünglicher termin"
    "|original nachricht|message d'origine|message d’origine|message initial|message originel"
    "|courriel original|mensaje original|correo original|mensagem original|messaggio originale"
    "|messaggio originario|oorspronkelijk bericht|origineel bericht|oorspronkelijke bericht"
    "|originele bericht|ursprungligt meddelande|originalmeddelande|ursprungligt mail"
    "|oprindelig meddelelse|oprindelig besked|original meddelelse|opprinnelig melding"
    "|original melding|alkuperäinen viesti|upprunaleg skilaboð|upprunalegt skeyti"
    "|wiadomość oryginalna|oryginalna wiadomość|pierwotna wiadomość|původní zpráva|originální zpráva"
    "|pôvodná správa|originálna správa|izvorna poruka|originalna poruka|izvirno sporočilo"
    "|изворна порука|оригинална порука|исходное сообщение|оригинальное сообщение"
    "|первоначальное сообщение|исходное письмо|вихідне повідомлення|оригінальне повідомлення"
    "|початкове повідомлення|оригинално съобщение|първоначално съобщение|eredeti üzenet|eredeti levél"
    "|mesaj original|mesajul original|mesajul inițial|algne kiri|algne sõnum|originaalsõnum"
    "|originaalkiri|sākotnējā ziņa|oriģinālā ziņa|oriģināls ziņojums|pradinis laiškas"
    "|originalus laiškas|pirminis pranešimas|αρχικό μήνυμα|orijinal mesaj|özgün ileti|orijinal ileti"
    "|asıl ileti|missatge original|jatorrizko mezua|mensaxe orixinal|thư gốc|tin nhắn gốc|pesan asli"
    "|pesan semula|mesej asal|הודעה מקורית|ההודעה המקורית|الرسالة الأصلية|رسالة أصلية|پیام اصلی"
    "|मूल संदेश|ข้อความต้นฉบับ|ข้อความเดิม|元のメッセージ|元のメール|オリジナルメッセージ|原始邮件"
    "|原始郵件|原邮件|原郵件|原始消息|原始訊息|원본 메시지|원본 메일|원래 메시지|원본메시지"
    "|reply above this line"
)

# "Please type your reply above this line", as ticket systems write it.
_ANSWER = (
    r"repl(?:y|ies)|respon[ds]|type|write|antwort|schreib|répon[ds]|répondre|écri|respuest|responda|escrib"
    r"|rispost|rispond|scriv|respost|escrev|antwoord|svar|skriv|vasta|kirjoit|odpow|odpov|ответ|відпов"
    r"|válasz|răspun|yanıt|cevap|απάντησ"
)
_ABOVE = (
    r"above|below|oberhalb|unterhalb|über|unter|au-dessus|au-dessous|ci-dessus|encima|debajo|sobre|arriba"
    r"|acima|abaixo|sopra|sotto|boven|onder|ovanför|ovenfor|over|yläpuol|powyżej|poniżej|nad|pod|выше|ниже"
    r"|вище|fölé|felett|deasupra|üzerin|üstün|πάνω"
)
_LINE = (
    r"line\b|zeile|linie|ligne|línea|linea|linha|riga|regel|lijn|linje|raden|rivi|lini|wiersz"
    r"|řádk|čáru|riadk|строк|черт|лін|vonal|sor\b|satır|çizgi|γραμμή"
)
_ANSWERED = re.compile(rf"(?=.*(?:{_ANSWER}))(?=.*\b(?:{_ABOVE}))(?=.*\b(?:{_LINE}))")
_MOST_ANSWER_WORDS = 12

_MOST_WORDS = 8
_LONGEST = 70

_PASSED_ON = (
    r"forward|weiterge?leit|weiterleit|transf[eé]r|transmis|réexpéd|reenvi|reencaminh|encaminh|inoltr"
    r"|doorgestuur|doorgezond|doorstur|vidarebef|videresen|välite|edelleenläh|áframsen|przekaz|przesyłan"
    r"|přepos|přeposí|prepos|předan|proslij|prosle[dđ]|posredov|пересыл|пересл|переадрес|переслан"
    r"|препра[тщ]|прослед|прослеђ|továbbít|redirec|retrimis|edasta|edasi saa|pārsūt|persi[uų]|προωθ|iletil"
    r"|yönlendir|birbidal|chuyển tiếp|terus|dimajuk|kirim semula|הועבר|מועבר|معاد|مُعاد|محول|هدایت"
    r"|ارسال شده|ส่งต่อ|転送|转发|轉寄|轉發|전달|अग्रेषित|përcjell|göndərilmiş|қайта жіберілген|препратен"
)
_MESSAGE = (
    r"message|mail|nachricht|courriel|courrier|mensaje|correo|mensagem|mensaxe|messaggio|bericht|meddela"
    r"|meddele|brev|mejl|besked|melding|e-?post|viesti|skeyti|skilaboð|bréf|póst|wiadomo|zpráv|správ|poruk"
    r"|порук|sporočil|сообщен|пис[ье]м|повідомлен|лист|съобщен|порака|üzenet|lev[eé]l|mesaj|kirja?\b|kiri"
    r"|sõnum|teade|ziņ|vēstul|laišk|pranešim|μ[ήη]ν[υύ]μα|email|ileti|missatge|mezu|thư|tin nhắn|pesan"
    r"|surat|mesej|הודעה|رسالة|الرسالة|پیام|ข้อความ|อีเมล|จดหมาย|メッセージ|メール|邮件|郵件|信件|訊息"
    r"|消息|메시지|메일|संदेश|mesazh|хабарлама"
)
_BEGINNING = (
    r"begin|start|anfang|début|inicio|início|começo|comienzo|principio|inizio|börja|början|begyn|początek"
    r"|treść|začátek|začiatok|započni|početak|začetek|начало|почетак|початок|почеток|έναρξη|αρχή|başlangıç"
    r"|comença|inici|bắt đầu|awal|mulai|memulai|תחילת|بداية|بدء|شروع|เริ่ม|開始|开始|algus|sākums|pradžia"
    r"|început|începe|kezdete|az? t|fillimi"
)
_ENDING = (
    r"end|ende|fin|fine|fim|final|einde|slut|slutt|loppu|lok|koniec|konec|kraj|конец|кінець|край|крај"
    r"|v[ée]ge|sfârșit|τέλος|son|lõpp|beigas|pabaiga|終わり|终|结束|結束|끝|סוף|نهاية|پایان|สิ้นสุด"
    r"|kết thúc|akhir|tamat"
)
_PASSED = re.compile(_PASSED_ON)
_TOLD = re.compile(_MESSAGE)
_BEGINS = re.compile(rf"(?:{_BEGINNING}|{_PASSED_ON}|{_MESSAGE})")
# "----- End forwarded message -----" of mutt, a bare line of dashes of KMail, the scissors of The Bat.
_ENDS = re.compile(
    rf"[-=*_]{{3,}}\s{{0,3}}(?:(?:{_ENDING})\b[^\n]{{0,60}}|[^\n]{{3,40}}\s(?:{_ENDING}))[-=*_]{{3,}}$|-{{30,}}$"
    r"|[=-]{2,}8<[=-]{2,}end\b",
    re.IGNORECASE,
)
_ENDS_WITH_MARKS = ("-", "=", "*", "_")
_SCISSORS = re.compile(r"[=-]{2,}8<[=-]{2,}[^\n]{0,60}[=-]{2,}$")


def says_passed_on(folded: str) -> bool:
    """Whether the line says that a message was passed on; *folded* is without dashes and final colon."""
    if len(folded) > _LONGEST or folded.count(" ") >= _MOST_WORDS:
        return False
    return bool(_BEGINS.match(folded)) and bool(_PASSED.search(folded)) and bool(_TOLD.search(folded))


def says_reply_above(folded: str) -> bool:
    """Whether a ticket system asks for the answer to stand above this line."""
    return folded.count(" ") < _MOST_ANSWER_WORDS and bool(_ANSWERED.match(folded))


def ends_passed_on(text: str) -> bool:
    """Whether the line ends a message that was passed on."""
    return text.startswith(_ENDS_WITH_MARKS) and bool(_ENDS.match(text))


def is_scissors(text: str) -> bool:
    """Whether the line only shows where to cut ("===8<=== Original message text ===")."""
    return text.startswith(_ENDS_WITH_MARKS) and bool(_SCISSORS.match(text))
