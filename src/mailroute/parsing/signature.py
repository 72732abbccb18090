"""Step 7: the sign-off, and what programs and companies write under it; never at the cost of the sender's words."""

import re
from dataclasses import replace

from mailroute.domain.parsed import Body, ParsedMail
from mailroute.parsing.letter import Reading
from mailroute.parsing.lines import trim

# A sign-off is short: more lines than this below a closing are more than a name and an address.
_MOST_LINES = 16
_LONGEST_LINE = 110

CLOSINGS = (
    "regards|best regards|kind regards|warm regards|warmest regards|many thanks|thanks|thank you|best|best wishes|all the best|cheers|sincerely"
    "|yours sincerely|sincerely yours|yours faithfully|yours truly|yours|respectfully|cordially|thanks in advance|thanks and regards"
    "|thanks & regards|with best regards|with kind regards|with regards|kindest regards|rgds|br|brgds|kr|thx|ta|take care|talk soon|with thanks"
    "|thank you very much|thanks very much|thanks again|thanks so much|many thanks and regards|warmly|faithfully|best rgds|greetings"
    "|mit freundlichen grüßen|mit freundlichen grüssen|mit freundlichem gruß|mit freundlichem gruss|freundliche grüße|freundliche grüsse|viele grüße"
    "|viele grüsse|beste grüße|beste grüsse|liebe grüße|herzliche grüße|schöne grüße|mfg|vg|lg|bg|gruß|gruss|grüße|besten dank|vielen dank"
    "|danke|hochachtungsvoll|freundlicher gruss|es grüßt|danke und gruß|danke und grüße|vielen dank und viele grüße|besten gruß|mit besten grüßen"
    "|cordialement|bien cordialement|bien à vous|salutations|meilleures salutations|sincères salutations|amicalement|merci|merci d'avance"
    "|cdlt|cdt|respectueusement|à bientôt|bonne journée|bonne réception|merci beaucoup|avec mes salutations|bien amicalement|belle journée"
    "|saludos|un saludo|saludos cordiales|atentamente|atte|muchas gracias|gracias|un cordial saludo|cordialmente|reciba un cordial saludo"
    "|saludos y gracias|quedo atento|gracias de antemano|gracias y saludos|un abrazo"
    "|atenciosamente|cumprimentos|com os melhores cumprimentos|melhores cumprimentos|obrigado|obrigada|muito obrigado|muito obrigada|att"
    "|abraços|abraço|cordiais saudações|grato|grata|com os meus cumprimentos"
    "|cordiali saluti|distinti saluti|saluti|un saluto|grazie|grazie mille|a presto|cordialmente|buona giornata|un cordiale saluto"
    "|met vriendelijke groet|met vriendelijke groeten|vriendelijke groet|vriendelijke groeten|groet|groeten|groetjes|mvg|bedankt|dank|hartelijke groet"
    "|hoogachtend|dank je wel|alvast bedankt|med vänliga hälsningar|med vänlig hälsning|vänliga hälsningar|vänligen|hälsningar|mvh|tack"
    "|tack på förhand|bästa hälsningar|hälsning|med venlig hilsen|venlig hilsen|de bedste hilsner|hilsen|mange hilsner|tak|på forhånd tak"
    "|bedste hilsner|med vennlig hilsen|vennlig hilsen|beste hilsen|takk|på forhånd takk|hilsner|ystävällisin terveisin|terveisin|parhain terveisin"
    "|yt|t|kiitos|kiitoksin|kiitos etukäteen|með kveðju|bestu kveðjur|kveðja|pozdrawiam|z poważaniem|z wyrazami szacunku|pozdrowienia"
    "|serdecznie pozdrawiam|dziękuję|z góry dziękuję|dzięki|s pozdravem|s přátelským pozdravem|hezký den|děkuji|díky|zdravím|s úctou|přeji hezký den"
    "|s pozdravom|s priateľským pozdravom|ďakujem|pekný deň|pozdravujem|srdačan pozdrav|s poštovanjem|lijep pozdrav|pozdrav|hvala|lep pozdrav|s spoštovanjem"
    "|срдачан поздрав|с поштовањем|поздрав|хвала|с уважением|спасибо|с наилучшими пожеланиями|всего доброго|заранее спасибо|благодарю|з повагою"
    "|дякую|з найкращими побажаннями|гарного дня|с уважение|поздрави|благодаря|поздрави и благодарности|üdvözlettel|tisztelettel|köszönettel|köszönöm"
    "|üdv|szép napot|előre is köszönöm|cu stimă|cu respect|mulțumesc|o zi bună|cu drag|vă mulțumesc|toate cele bune|lugupidamisega|parimate soovidega"
    "|tervitades|tervitustega|aitäh|ar cieņu|paldies|ar sveicieniem|pagarbiai|ačiū|geros dienos|su pagarba|με εκτίμηση|με φιλικούς χαιρετισμούς"
    "|ευχαριστώ|ευχαριστούμε|χαιρετισμούς|φιλικά|saygılarımla|iyi çalışmalar|teşekkürler|saygılarımızla|selamlar|teşekkür ederim|sevgiler|kolay gelsin"
    "|salutacions|atentament|gràcies|cordialment|agur|eskerrik asko|trân trọng|cảm ơn|xin cảm ơn|thân ái|trân trọng cảm ơn|salam|hormat kami|hormat saya"
    "|terima kasih|salam hormat|בברכה|תודה|תודה רבה|בתודה|בכבוד רב|مع أطيب التحيات|مع التحية|تحياتي|شكرا|شكراً|مع خالص التحية|وتفضلوا بقبول فائق الاحترام"
    "|با احترام|با تشکر|ممنون|सादर|धन्यवाद|शुभकामनाओं सहित|ขอแสดงความนับถือ|ขอบคุณ|ขอบคุณครับ|ขอบคุณค่ะ|よろしくお願いします|よろしくお願いいたします|敬具|以上"
    "|何卒よろしくお願い申し上げます|宜しくお願い致します|此致|敬礼|谢谢|谢谢！|祝好|顺祝商祺|謝謝|敬上|敬祝商祺|此致敬礼|감사합니다|고맙습니다|드림|올림"
)
_CLOSING = frozenset(CLOSINGS.split("|"))

MOBILE = re.compile(
    r"^(?:sent (?:from|via|with|by|using) (?:my|the|a|an|outlook|mail|yahoo|gmail|samsung|proton|spark|windows|blackberry|iphone|ipad|superhuman|front"
    r"|mobile|hotmail|aol|bluemail|k-9|fairemail|nine|edison|airmail|canary|missive|boomerang|newton|huawei|xiaomi|galaxy|android|tuta|zoho|workspace)"
    r"|get (?:outlook|bluemail|mailspring|boxer|typeapp) for|sent from (?:\w+ ){1,3}for|(?:von|gesendet von|von) meinem|gesendet (?:von|mit|über|aus)"
    r"|diese nachricht wurde von meinem|holen sie sich outlook|outlook für (?:ios|android)|envoyé (?:de|depuis|à partir)|obtenez outlook|télécharger outlook"
    r"|enviado (?:desde|do|de|a partir|pelo|via|con)|obtener outlook|obtenha o outlook|obter o outlook|descargar outlook|inviato (?:da|con|dal)|scarica outlook"
    r"|ottieni outlook|verzonden (?:vanaf|met|via|vanuit)|verstuurd (?:vanaf|met)|outlook voor|download outlook|skickat från|hämta outlook|skickades från"
    r"|sendt fra|hent outlook|få outlook|lähetetty (?:\w+ ){0,3}(?:iphonesta|puhelimesta|laitteesta|ipadista)|hanki outlook|lähetetty (?:iphonesta|ipadista|samsung)"
    r"|wysłane z|wysłano z|pobierz (?:aplikację )?outlook|pobierz program outlook|odesláno z|získejte outlook|odoslané z|získajte outlook|poslano s|poslano sa"
    r"|отправлено (?:с|из|от)|скачать outlook|получить outlook|надіслано з|отримати outlook|изпратено от|küldve (?:az|a) |(?:\w+ )?(?:iphone-ról|ipad-ről) küldve"
    r"|trimis de pe|trimis din|descărcați outlook|obțineți outlook|saadetud minu|nosūtīts no|išsiųsta iš|στάλθηκε από|αποστολή από|λήψη του outlook"
    r"|(?:iphone|ipad|android|samsung|cep telefonu)\S{0,3} ?(?:umdan|ımdan|'umdan|'imden|dan|den)? ?gönderildi|enviat des|đã gửi từ|được gửi từ|gửi từ|dikirim dari"
    r"|נשלח מ|أرسلت من|أُرسلت من|تم الإرسال من|ارسال شده از|ส่งจาก|iphoneから送信|(?:私の)?(?:iphone|ipad|android)から送信|发自我的|發自我的|从我的|從我的|发自我|來自我的|나의 (?:iphone|ipad)에서 보냄"
    r"|내 (?:iphone|ipad)에서 보냄|(?:iphone|ipad)에서 보냄|mit meinem|unterwegs gesendet|composed (?:on|with)|typed on|written on my|sent while|please excuse (?:typos|brevity|any typos))",
    re.IGNORECASE,
)
# First words of a legal text or a list's footer.
FOOTER = re.compile(
    r"^(?:confidentiality (?:notice|note|statement)|disclaimer\b|this (?:e-?mail|message|communication|transmission|electronic message)[\w ,()/-]{0,80}"
    r"(?:confidential|intended|privileged|property|contain|may contain|is for)|the (?:information|content|contents)[\w ,()/-]{0,60}(?:this|e-?mail|message|communication)"
    r"|the above is confidential|important notice|legal notice|privileged and confidential|notice of confidentiality|please consider the environment|think before you print"
    r"|caution: |\[?external\]?:? ?e?-?mail|diese e-?mail (?:enthält|kann|ist|und)|der inhalt dieser e-?mail|dieses e-?mail|vertraulichkeits?hinweis|haftungsausschluss"
    r"|ce (?:message|courriel|mail|e-?mail)[\w ,'’()-]{0,60}(?:confidentiel|destin|privil|contien|peut)|este (?:mensaje|correo|e-?mail|mensagem)[\w ,()-]{0,60}(?:confidencial|contiene|dirig|puede|cont|pode|destin)"
    r"|esta mensagem|aviso (?:legal|de confidencialidad|de confidencialidade)|questo (?:messaggio|documento)[\w ,()-]{0,60}(?:riservat|confidenzial|destinat|conten)|le informazioni contenute"
    r"|dit (?:bericht|e-?mail)[\w ,()-]{0,60}(?:vertrouwelijk|bestemd|uitsluitend|kan)|de informatie (?:in|verzonden)|detta (?:meddelande|e-?post)|denne (?:e-?mail|e-?post|meddelelse|mail)[\w ,-]{0,60}(?:fortrolig|kan|er |inneholder|indeholder)"
    r"|tämä (?:viesti|sähköposti)|ta wiadomość|niniejsza wiadomość|treść tej wiadomości|tato zpráva|это сообщение|данное сообщение|настоящее (?:сообщение|письмо)"
    r"|a mailing list\b|to unsubscribe|you (?:are receiving|received) this (?:message|e-?mail|mail) because|unsubscribe (?:from|here|at)|-{3,} ?mailing list"
    r"|registered office|company registration|vat (?:no|number|reg))",
    re.IGNORECASE,
)
BANNER = re.compile(
    r"^\W{0,6}(?:\[?(?:external|extern|externe|externo|esterno|ekstern|extern(?:al)? (?:e-?mail|message|sender|mail))\]?\s?[:!*\]-]{0,3}$"
    r"|(?:caution|warning|attention|external|externe|extern|achtung|vorsicht|warnung|hinweis|notice|important|alert|let op|warnhinweis|note|aviso|atención|atenção|attenzione|uwaga|upozornění"
    r"|advarsel|varning|obs|huomio|внимание)[\s:!*\]-]{0,4}.{0,80}?(?:external|outside|extern|außerhalb|externe|extérieur|exterior|externo|extérieure|esterno|esterna|zewnątrz|zewnętrz"
    r"|buiten|utanför|udefra|ulkopuol|внешн|originated|sender you|do not recognize|unbekannt)"
    r"|(?:this|the) (?:e-?mail|message|sender|mail)[\w' ]{0,40}(?:originated (?:from )?outside|(?:came|comes|is|was sent|sent|received) from (?:outside|an external)|from an external)"
    r"|(?:you don'?t|you do not) often (?:get|receive) e?-?mail from|(?:some people who received this message)|sie erhalten nicht (?:oft|häufig) e-?mails? von"
    r"|vous (?:n'obtenez|ne recevez) pas souvent|no suele recibir correo|nie otrzymujesz często|diese (?:e-?mail|nachricht) (?:kommt|stammt|wurde) von (?:außerhalb|extern|einem externen))",
    re.IGNORECASE,
)
_DELIMITER = re.compile(r"^\s?(?:--|—|––|-- |—-|-—|– –)\s*$")
_RULE = re.compile(r"^\s*[-_=*~—–]{3,}\s*$")


def split_signature(mail: ParsedMail, reading: Reading) -> ParsedMail:  # noqa: ARG001  every step has the same shape
    """The sender's words without sign-off, banner and footer."""
    fresh, signature = cut_signature(drop_banner(mail.body.fresh))
    body = Body(full=mail.body.full, fresh=fresh, quoted=mail.body.quoted, signature=signature)
    forwarded = mail.forwarded
    if forwarded is not None and forwarded.note:
        note, _ = cut_signature(drop_banner(forwarded.note))
        forwarded = replace(forwarded, note=note or None)
    return replace(mail, body=body, forwarded=forwarded)


def cut_signature(text: str) -> tuple[str, str | None]:
    """The words, and the sign-off block or None."""
    lines = text.split("\n")
    at = _footer(lines, len(lines))
    at = _delimiter(lines, at)
    at = _mobile(lines, at)
    at = _closing(lines, at)
    return trim("\n".join(lines[:at])), trim("\n".join(lines[at:])) or None


def drop_banner(text: str) -> str:
    """*text* without the warning that a gateway put above it."""
    lines = text.split("\n")
    for i, line in enumerate(lines[:8]):
        if not line.strip():
            continue
        if not BANNER.match(line.strip()[:300]):
            return text if i == 0 or not _RULE.match(lines[0]) else text
        end = next((j for j in range(i, min(len(lines), i + 8)) if not lines[j].strip()), i + 1)
        return trim("\n".join(lines[end:])) or text
    return text


def _footer(lines: list[str], end: int) -> int:
    """Where a legal text or list footer at the bottom begins."""
    last = end
    for i in range(max(1, end - 60), end):
        line = lines[i].strip()
        if FOOTER.match(line[:200].lstrip('*_[( "')) and (
            not lines[i - 1].strip() or _RULE.match(lines[i - 1])
        ):
            last = i
            break
    while last < end and last > 0 and (not lines[last - 1].strip() or _RULE.match(lines[last - 1])):
        last -= 1
    return last if last > 0 else end


def _delimiter(lines: list[str], end: int) -> int:
    """Where "-- " stands (RFC 3676 §4.3); without its space it must be near the end."""
    for i in range(end):
        if not _DELIMITER.match(lines[i]):
            continue
        below = [line for line in lines[i + 1 : end] if line.strip()]
        strict = lines[i] == "-- "
        if below and ((strict and len(below) <= 40) or (len(below) <= 14 and sum(map(len, below)) < 900)):
            return i
    return end


def _mobile(lines: list[str], end: int) -> int:
    at = _last_full(lines, end)
    while at is not None and MOBILE.match(lines[at].strip().lstrip("-–—*_<([ ")[:120]):
        end = at
        at = _last_full(lines, end)
    return end


def _closing(lines: list[str], end: int) -> int:
    """Where the last "Kind regards," stands with nothing but short lines below it."""
    for i in range(end - 1, max(-1, end - _MOST_LINES - 1), -1):
        line = lines[i].strip()
        if len(line) > _LONGEST_LINE or _is_prose(line, last=i == end - 1):
            return end
        if _is_closing(line) and i > 0:
            return i
    return end


def _is_closing(line: str) -> bool:
    plain = " ".join(line.casefold().strip(" ,.!-–—*_;:…🙂").split())
    if plain in _CLOSING:
        return True
    head = plain.split(",")[0].strip()
    return (
        len(plain) < 60 and head in _CLOSING and len(head) > 3 and len(plain.split()) <= len(head.split()) + 4
    )


def _is_prose(line: str, *, last: bool) -> bool:
    """A sentence, so no part of a sign-off."""
    return (
        (not _is_closing(line)
        and line.endswith(("?", "!")))
        or (line.endswith((".", ":")) and len(line.split()) > 6 and not last)
    )


def _last_full(lines: list[str], end: int) -> int | None:
    return next((i for i in range(end - 1, -1, -1) if lines[i].strip()), None)
