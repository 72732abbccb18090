"""Words under which people sign, what their devices add, and what companies and gateways put around it."""

import re

CLOSINGS = frozenset(
    (
        "regards|best regards|kind regards|warm regards|warmest regards|many thanks|thanks|thank you|best"
        "|best wishes|all the best|cheers|sincerely|yours sincerely|sincerely yours|yours faithfully"
        "|yours truly|yours|respectfully|cordially|thanks in advance|thanks and regards|thanks & regards"
        "|with best regards|with kind regards|with regards|kindest regards|rgds|br|brgds|kr|thx|ta"
        "|take care|talk soon|with thanks|thank you very much|thanks very much|thanks again"
        "|thanks so much|many thanks and regards|warmly|faithfully|best rgds|greetings"
        "|mit freundlichen grüßen|mit freundlichen grüssen|mit freundlichem gruß|mit freundlichem gruss"
        "|freundliche grüße|freundliche grüsse|viele grüße|viele grüsse|beste grüße|beste grüsse"
        "|liebe grüße|herzliche grüße|schöne grüße|mfg|vg|lg|bg|gruß|gruss|grüße|besten dank|vielen dank"
        "|danke|hochachtungsvoll|freundlicher gruss|es grüßt|danke und gruß|danke und grüße"
        "|vielen dank und viele grüße|besten gruß|mit besten grüßen|cordialement|bien cordialement"
        "|bien à vous|salutations|meilleures salutations|sincères salutations|amicalement|merci"
        "|merci d'avance|cdlt|cdt|respectueusement|à bientôt|bonne journée|bonne réception|merci beaucoup"
        "|avec mes salutations|bien amicalement|belle journée|saludos|un saludo|saludos cordiales"
        "|atentamente|atte|muchas gracias|gracias|un cordial saludo|cordialmente|reciba un cordial saludo"
        "|saludos y gracias|quedo atento|gracias de antemano|gracias y saludos|un abrazo|atenciosamente"
        "|cumprimentos|com os melhores cumprimentos|melhores cumprimentos|obrigado|obrigada"
        "|muito obrigado|muito obrigada|att|abraços|abraço|cordiais saudações|grato|grata"
        "|com os meus cumprimentos|cordiali saluti|distinti saluti|saluti|un saluto|grazie|grazie mille"
        "|a presto|buona giornata|un cordiale saluto|met vriendelijke groet|met vriendelijke groeten"
        "|vriendelijke groet|vriendelijke groeten|groet|groeten|groetjes|mvg|bedankt|dank"
        "|hartelijke groet|hoogachtend|dank je wel|alvast bedankt|med vänliga hälsningar"
        "|med vänlig hälsning|vänliga hälsningar|vänligen|hälsningar|mvh|tack|tack på förhand"
        "|bästa hälsningar|hälsning|med venlig hilsen|venlig hilsen|de bedste hilsner|hilsen"
        "|mange hilsner|tak|på forhånd tak|bedste hilsner|med vennlig hilsen|vennlig hilsen|beste hilsen"
        "|takk|på forhånd takk|hilsner|ystävällisin terveisin|terveisin|parhain terveisin|yt|t|kiitos"
        "|kiitoksin|kiitos etukäteen|með kveðju|bestu kveðjur|kveðja|pozdrawiam|z poważaniem"
        "|z wyrazami szacunku|pozdrowienia|serdecznie pozdrawiam|dziękuję|z góry dziękuję|dzięki"
        "|s pozdravem|s přátelským pozdravem|hezký den|děkuji|díky|zdravím|s úctou|přeji hezký den"
        "|s pozdravom|s priateľským pozdravom|ďakujem|pekný deň|pozdravujem|srdačan pozdrav|s poštovanjem"
        "|lijep pozdrav|pozdrav|hvala|lep pozdrav|s spoštovanjem|срдачан поздрав|с поштовањем|поздрав"
        "|хвала|с уважением|спасибо|с наилучшими пожеланиями|всего доброго|заранее спасибо|благодарю"
        "|з повагою|дякую|з найкращими побажаннями|гарного дня|с уважение|поздрави|благодаря"
        "|поздрави и благодарности|üdvözlettel|tisztelettel|köszönettel|köszönöm|üdv|szép napot"
        "|előre is köszönöm|cu stimă|cu respect|mulțumesc|o zi bună|cu drag|vă mulțumesc|toate cele bune"
        "|lugupidamisega|parimate soovidega|tervitades|tervitustega|aitäh|ar cieņu|paldies|ar sveicieniem"
        "|pagarbiai|ačiū|geros dienos|su pagarba|με εκτίμηση|με φιλικούς χαιρετισμούς|ευχαριστώ"
        "|ευχαριστούμε|χαιρετισμούς|φιλικά|saygılarımla|iyi çalışmalar|teşekkürler|saygılarımızla"
        "|selamlar|teşekkür ederim|sevgiler|kolay gelsin|salutacions|atentament|gràcies|cordialment|agur"
        "|eskerrik asko|trân trọng|cảm ơn|xin cảm ơn|thân ái|trân trọng cảm ơn|salam|hormat kami"
        "|hormat saya|terima kasih|salam hormat|בברכה|תודה|תודה רבה|בתודה|בכבוד רב|مع أطيب التحيات"
        "|مع التحية|تحياتي|شكرا|شكراً|مع خالص التحية|وتفضلوا بقبول فائق الاحترام|با احترام|با تشکر|ممنون"
        "|सादर|धन्यवाद|शुभकामनाओं सहित|ขอแสดงความนับถือ|ขอบคุณ|ขอบคุณครับ|ขอบคุณค่ะ|よろしくお願いします"
        "|よろしくお願いいたします|敬具|以上|何卒よろしくお願い申し上げます|宜しくお願い致します|此致|敬礼|谢谢|谢谢！|祝好|顺祝商祺|謝謝|敬上|敬祝商祺|此致敬礼|감사합니다|고맙습니다"
        "|드림|올림"
    ).split("|")
)

# The line that a device or an app adds under the text.
MOBILE = re.compile(
    r"^(?:"
    r"sent (?:from|via|with|using) \S.{0,50}$|sent by (?:my|outlook|mail|samsung|proton)"
    r"|get (?:outlook|bluemail|mailspring|boxer|typeapp) for|sent from (?:\w+ ){1,3}for"
    r"|(?:von|gesendet von|von) meinem|gesendet (?:von|mit|über|aus)"
    r"|diese nachricht wurde von meinem|holen sie sich outlook|outlook für (?:ios|android)"
    r"|envoyé (?:de|depuis|à partir)|obtenez outlook|télécharger outlook"
    r"|enviado (?:desde|do|de|a partir|pelo|via|con)|obtener outlook|obtenha o outlook"
    r"|obter o outlook|descargar outlook|inviato (?:da|con|dal)|scarica outlook"
    r"|ottieni outlook|verzonden (?:vanaf|met|via|vanuit)|verstuurd (?:vanaf|met)|outlook voor"
    r"|download outlook|skickat från|hämta outlook|skickades från|sendt fra|hent outlook"
    r"|få outlook|lähetetty (?:\w+ ){0,3}(?:iphonesta|puhelimesta|laitteesta|ipadista)"
    r"|hanki outlook|lähetetty (?:iphonesta|ipadista|samsung)|wysłane z|wysłano z"
    r"|pobierz (?:aplikację )?outlook|pobierz program outlook|odesláno z|získejte outlook"
    r"|odoslané z|získajte outlook|poslano s|poslano sa|отправлено (?:с|из|от)|скачать outlook"
    r"|получить outlook|надіслано з|отримати outlook|изпратено от|küldve (?:az|a) "
    r"|(?:\w+ )?(?:iphone-ról|ipad-ről) küldve|trimis de pe|trimis din|descărcați outlook"
    r"|obțineți outlook|saadetud minu|nosūtīts no|išsiųsta iš|στάλθηκε από|αποστολή από"
    r"|λήψη του outlook"
    r"|(?:iphone|ipad|android|samsung|cep telefonu)\S{0,3} ?(?:umdan|ımdan|'umdan|'imden|dan|den)? ?gönderildi"
    r"|enviat des|đã gửi từ|được gửi từ|gửi từ|dikirim dari|נשלח מ|أرسلت من|أُرسلت من"
    r"|تم الإرسال من|ارسال شده از|ส่งจาก|iphoneから送信|(?:私の)?(?:iphone|ipad|android)から送信|发自我的"
    r"|發自我的|从我的|從我的|发自我|來自我的|나의 (?:iphone|ipad)에서 보냄|내 (?:iphone|ipad)에서 보냄"
    r"|(?:iphone|ipad)에서 보냄|mit meinem|unterwegs gesendet|composed (?:on|with)|typed on"
    r"|written on my|sent while|please excuse (?:typos|brevity|any typos)"
    r")",
    re.IGNORECASE,
)

# First words of a legal text or a list's footer.
FOOTER = re.compile(
    r"^(?:"
    r"confidentiality (?:notice|note|statement)|disclaimer\b"
    r"|this (?:e-?mail|message|communication|transmission|electronic message)[\w ,()/-]{0,80}(?:confidential|intended|privileged|property|contain|may contain|is for)"
    r"|the (?:information|content|contents)[\w ,()/-]{0,60}(?:this|e-?mail|message|communication)"
    r"|the above is confidential|important notice|legal notice|privileged and confidential"
    r"|notice of confidentiality|please consider the environment|think before you print"
    r"|caution: |\[?external\]?:? ?e?-?mail|diese e-?mail (?:enthält|kann|ist|und)"
    r"|der inhalt dieser e-?mail|dieses e-?mail|vertraulichkeits?hinweis|haftungsausschluss"
    r"|ce (?:message|courriel|mail|e-?mail)[\w ,'’()-]{0,60}(?:confidentiel|destin|privil|contien|peut)"
    r"|este (?:mensaje|correo|e-?mail|mensagem)[\w ,()-]{0,60}(?:confidencial|contiene|dirig|puede|cont|pode|destin)"
    r"|esta mensagem|aviso (?:legal|de confidencialidad|de confidencialidade)"
    r"|questo (?:messaggio|documento)[\w ,()-]{0,60}(?:riservat|confidenzial|destinat|conten)"
    r"|le informazioni contenute"
    r"|dit (?:bericht|e-?mail)[\w ,()-]{0,60}(?:vertrouwelijk|bestemd|uitsluitend|kan)"
    r"|de informatie (?:in|verzonden)|detta (?:meddelande|e-?post)"
    r"|denne (?:e-?mail|e-?post|meddelelse|mail)[\w ,-]{0,60}(?:fortrolig|kan|er |inneholder|indeholder)"
    r"|tämä (?:viesti|sähköposti)|ta wiadomość|niniejsza wiadomość|treść tej wiadomości"
    r"|tato zpráva|это сообщение|данное сообщение|настоящее (?:сообщение|письмо)"
    r"|a mailing list\b|to unsubscribe"
    r"|you (?:are receiving|received) this (?:message|e-?mail|mail) because"
    r"|unsubscribe (?:from|here|at)|-{3,} ?mailing list|registered office|company registration"
    r"|vat (?:no|number|reg)"
    r")",
    re.IGNORECASE,
)

# First words of a warning that a gateway puts above the text.
BANNER = re.compile(
    r"^\W{0,6}(?:"
    r"\[?(?:external|extern|externe|externo|esterno|ekstern|extern(?:al)? (?:e-?mail|message|sender|mail))\]?\s?[:!*\]-]{0,3}$"
    r"|(?:caution|warning|attention|external|externe|extern|achtung|vorsicht|warnung|hinweis|notice|important|alert|let op|warnhinweis|note|aviso|atención|atenção|attenzione|uwaga|upozornění|advarsel|varning|obs|huomio|внимание)[\s:!*\]-]{0,4}.{0,80}?(?:external|outside|extern|außerhalb|externe|extérieur|exterior|externo|extérieure|esterno|esterna|zewnątrz|zewnętrz|buiten|utanför|udefra|ulkopuol|внешн|originated|sender you|do not recognize|unbekannt)"
    r"|(?:this|the) (?:e-?mail|message|sender|mail)[\w' ]{0,40}(?:originated (?:from )?outside|(?:came|comes|is|was sent|sent|received) from (?:outside|an external)|from an external)"
    r"|(?:you don'?t|you do not) often (?:get|receive) e?-?mail from"
    r"|(?:some people who received this message)"
    r"|sie erhalten nicht (?:oft|häufig) e-?mails? von"
    r"|vous (?:n'obtenez|ne recevez) pas souvent|no suele recibir correo"
    r"|nie otrzymujesz często"
    r"|diese (?:e-?mail|nachricht) (?:kommt|stammt|wurde) von (?:außerhalb|extern|einem externen)"
    r")",
    re.IGNORECASE,
)
