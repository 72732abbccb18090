"""Step 9: of a note that somebody is away, the day of the return and whom to ask meanwhile."""

import re
from dataclasses import replace
from datetime import date

from mailroute.domain.address import Mailbox
from mailroute.domain.parsed import AutomaticKind, ParsedMail
from mailroute.parsing import people
from mailroute.parsing.days import Day, find_days
from mailroute.parsing.letter import Reading

# A note is short, and what counts stands at its head.
_LONGEST = 3000
_BEFORE, _AFTER = 70, 45

# Words near the day of a return, one row a language.
_RETURN = (
    r"back|return\w*|resum\w+|again (?:on|from)|available (?:again )?(?:on|from)"  # en
    r"|zurück\w*|wieder|rückkehr|erreichbar ab"  # de
    r"|retour|reviens|reviendrai|rentre|rentrerai|reprise|reprendrai"  # fr
    r"|regres\w+|vuelv\w+|volver\w*|vuelta|reincorpor\w+"  # es
    r"|retorn\w+|volt\w+|regress\w+"  # pt
    r"|rientr\w+|torn\w+|ritorn\w+"  # it
    r"|terug\w*|weer (?:aanwezig|bereikbaar)"  # nl
    r"|tillbaka|åter\w*|tilbage|tilbake|igjen|igen"  # sv, da, no
    r"|palaan|palaamme|takaisin|tavoitettavissa"  # fi
    r"|wracam|wrócę|powr[óo]\w+|ponownie"  # pl
    r"|vr[áa]t[ií]m\w*|návrat\w*|zpět|zpátky|späť|opět|opäť"  # cs, sk
    r"|верн[уё]\w*|возвращ\w+|повернусь|поверта\w+|повернення|върна|връщам"  # ru, uk, bg
    r"|на рабоч\w+ месте|на робоч\w+ місці|на роботі"  # ru, uk
    r"|vissza\w*|újra|ismét"  # hu
    r"|revin|revenirea|întorc|înapoi"  # ro
    r"|επιστρ\w+|ξανά"  # el
    r"|dön\w+|tekrar"  # tr
    r"|vratit|povratak|vračam|vrnem|natrag|nazaj"  # hr, sl
    r"|tagasi|naasen|atgriez\w+|grįž\w+"  # et, lv, lt
    r"|trở lại|quay lại|kembali|חוזר\w*|אחזור|אשוב|أعود|سأعود|العودة|वापस|กลับ"
)
_UNSPACED_RETURN = r"戻り|戻る|復帰|出社|再開|返回|回来|回來|回到|恢复|恢復|复귀|복귀|돌아"
# Words that stand right before the last day of an absence.
_UNTIL = (
    r"until|till|til|through|thru|to|bis|jusqu(?:['’]?au?|['’]?à)|au|hasta|al|até|ate|a|fino a\w*|al|sino a\w*"
    r"|tot|t/m|till|t\.o\.m\.?|tom|til|t\.o\.m|do|dnia|по|до|včetně|konca|až|до|până|pana|la|kuni|līdz|iki"
    r"|μέχρι|έως|ως|fins|đến|sampai|hingga|עד|ועד|حتى|إلى|ถึง|จนถึง|és|–|-|—|から|至|到"
)
# Words that may stand between it and the day.
_FILLER = (
    r"zum|einschließlich|einschl\.?|inkl\.?|und mit|the|and including|le|el|día|dia|il|en met|og med|och med"
    r"|dnia|day|of|in|pe|data de|ngày|tanggal|יום|يوم|วันที่|au|à|den|am|dem|la"
)
# Words that follow the last day of an absence, as an ending does in Finnish, Hungarian and Turkish.
_UNTIL_BEHIND = r"(?:-?(?:ig|án|én)\b|\w{0,12}\s?(?:asti|saakka|kadar|tarihine)\b|まで|까지|तक|為止|为止|止)"

_RETURNS = re.compile(rf"(?<!\w)(?:{_RETURN})(?!\w)|{_UNSPACED_RETURN}")
_ENDS = re.compile(
    rf"(?:(?<!\w)(?:{_UNTIL})|から|至|到|ถึง|[-–—~〜])\s{{0,3}}(?:วันที่\s?)?(?:(?:{_FILLER})\s{{1,3}}|[^\W\d_]{{3,14}}[,.]?\s){{0,3}}$"
)
_ENDS_BEHIND = re.compile(rf"[^\w\n]{{0,3}}(?:\([^()]{{1,6}}\))?{_UNTIL_BEHIND}")
# A full stop after one or two letters ends an abbreviation ("mandag d. 16. marts").
_STOP = re.compile(r"(?<![^\W\d_])[.]\s|(?<=[^\W\d_]{3})[.]\s|[!?;]\s|[。！？；]|\n\s*\n")

_ASK = re.compile(
    r"contact\w*|reach|call|e-?mail|write|turn to|assist\w*|urgen\w*|kontakt\w*|wenden|vertret\w*|dringend\w*"
    r"|adresse[rz]\w*|contacte[rz]\w*|joindre|remplac\w+|diríja\w*|contac?t[aeo]\w*|póngase|dirija\w*|rivolg\w+"
    r"|neem contact|opnemen|wend|kontakta|henvend\w*|yhtey\w+|sijai\w+|skontakt\w+|zastęp\w+|obrat\w*|obrać\w*"
    r"|обра[щт]\w+|зверта\w+|свяж\w+|keress\w*|forduljon\w*|adresați\w*|επικοινων\w+|ulaş\w+|başvur\w+|iletişim\w*"
    r"|liên hệ|hubungi|לפנות|פנו|الاتصال|التواصل|संपर्क|ติดต่อ|連絡|代理|担当|联系|聯絡|聯繫|연락|문의",
    re.IGNORECASE,
)
_UP = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽΆ-ΏΑ-ΫА-ЯЁЄІЇҐ"
_NAME_WORD = rf"[{_UP}][^\W\d_]+(?:[-'’][{_UP}]?[^\W\d_]+)?"
_NAME = rf"{_NAME_WORD}(?:\s(?:van|von|de|der|den|di|da|la|le|el|al|bin|{_UP[:3]}\.|{_NAME_WORD})){{0,3}}\s{_NAME_WORD}"
_NAME_BEFORE = re.compile(
    rf"(?P<name>{_NAME})(?:\s?\([^()@]{{0,60}}\))?[\s,:;<(\[（/|–-]{{1,4}}(?:[^\W\d_]{{1,10}}[.:]?[\s:<(\[-]{{1,3}}){{0,4}}$"
)
_NAMES = re.compile(_NAME)
_WORDS = re.compile(r"[^\W\d_]{2,}")
# Scripts without capitals: the word before the bracket, without what Japanese and Chinese put behind a name.
_NAME_BRACKET = re.compile(r"(?P<name>[^\W\d_a-zA-Z]{1,12}(?:[ 　][^\W\d_a-zA-Z]{1,8})?)\s?[<(（\[]\s?$")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_HONORIFIC = re.compile(r"(?:さん|様|先生|氏|님|先輩)$")
_LABEL = re.compile(r"^(?:.*?(?:代理の?|担当の?|は|联系|聯絡|聯繫|請|请))")
_NAMED = re.compile(
    rf"(?:contact|reach out to|turn to|call|kontaktieren sie|wenden sie sich (?:bitte )?an|vertritt mich|"
    rf"contacter|adresser à|contactar (?:a|con)|contattare|rivolgersi a|contact op(?:nemen)? met|kontakta|kontakt|"
    rf"skontaktować się z)"
    rf"\s(?:(?:my|our|mein\w*|ma|mon|mi|il|la|el|the|colleague|kolleg\w*|collègue|collega|"
    rf"compañer\w+|mr|mrs|ms|herrn?|frau|m|mme)\.?\s){{0,3}}"
    rf"(?-i:(?P<name>{_NAME}))",
    re.IGNORECASE,
)
_KINDS = (AutomaticKind.OUT_OF_OFFICE, AutomaticKind.AUTO_REPLY)


def read_absence(mail: ParsedMail, _reading: Reading) -> ParsedMail:
    """Until when the writer is away, and the stand-in, where the note tells them."""
    machine = mail.automatic
    if machine is None or machine.kind not in _KINDS:
        return mail
    text = mail.body.fresh[:_LONGEST]
    until = (
        None
        if mail.date is None
        else return_day(text, mail.date.date()) or return_day(mail.subject, mail.date.date())
    )
    return replace(mail, automatic=replace(machine, until=until, stand_in=stand_in(text, mail)))


def return_day(text: str, written: date) -> date | None:
    """The day named for the return, else the last day of the absence; None when the text tells neither."""
    days = find_days(text, written)
    ranked = [(_rank(text, days, i), day.day) for i, day in enumerate(days) if day.day >= written]
    best = max((one for one in ranked if one[0]), default=None)
    return None if best is None else best[1]


def _rank(text: str, days: list[Day], at: int) -> int:
    """2 by a word of return near the day, 1 by a word of ending right before or behind it, else 0."""
    day = days[at]
    floor = max(days[at - 1].end if at else 0, day.start - _BEFORE)
    ceiling = min(days[at + 1].start if at + 1 < len(days) else len(text), day.end + _AFTER)
    before = _STOP.split(text[floor : day.start].lower())[-1]
    after = _STOP.split(text[day.end : ceiling].lower())[0]
    ends = bool(_ENDS.search(before) or _ENDS_BEHIND.match(after))
    if _RETURNS.search(before) or (not ends and _RETURNS.search(after)):
        return 2
    return int(ends)


def stand_in(text: str, mail: ParsedMail) -> Mailbox | None:
    """Whom the note names to be asked instead: an address that is neither the writer's nor one the note was sent to."""
    own = {box.key for box in (mail.sender, *mail.to, *mail.cc, *mail.reply_to) if box is not None}
    found = [
        (bool(_ASK.search(_sentence(text, m.start()))), -m.start(), m)
        for m in people.ADDRESS.finditer(text)
        if Mailbox(None, _bare(m[0])).key not in own and "." in m[0].rpartition("@")[2]
    ]
    if found:
        match = max(found, key=lambda one: one[:2])[2]
        address = _bare(match[0])
        return Mailbox(_name_before(_sentence(text, match.start()), address), address)
    named = _NAMED.search(" ".join(text.split()))
    return Mailbox(named["name"], None) if named and len(named["name"].split()) > 1 else None


def _bare(address: str) -> str:
    return address.removeprefix("mailto:").strip(".'*_")


def _sentence(text: str, at: int) -> str:
    """The sentence up to *at*."""
    return " ".join(
        re.split(r"[!?;]\s|[^\W\d_]{3}\.\s|[。！？]|\n\s*\n", text[max(0, at - 200) : at])[-1].split(" ")
    )


def _name_before(sentence: str, address: str) -> str | None:
    """The name that leads to the address: one that shares a word with it, else the first that stands near enough."""
    line = " ".join(sentence.split()) + ("" if sentence[-1:] in "<([（" else " ")
    words = set(_WORDS.findall(address.partition("@")[0].casefold()))
    near = [_without_titles(one[0]) for one in _NAMES.finditer(line)]
    known = next((name for name in near if words & set(_WORDS.findall(name.casefold()))), None)
    if known is not None:
        return known
    found = _NAME_BEFORE.search(line)
    if found is not None:
        return _without_titles(found["name"])
    bracket = _NAME_BRACKET.search(line)
    if bracket is None or not _CJK.search(bracket["name"]):
        return None
    name = _HONORIFIC.sub("", _LABEL.sub("", bracket["name"])).strip()
    return name or None


_TITLE = re.compile(
    r"^(?:(?:Mr|Mrs|Ms|Herrn?|Frau|Mme|Madame|Monsieur|Dr|Please|Contact|Bitte|Kollegin|Kollege|Pan[ai]?|Sr|Sra)\.?\s)+"
)


def _without_titles(name: str) -> str:
    """The name without titles, and without the verb before it that a capital makes look like a name."""
    words = _TITLE.sub("", name).split()
    while len(words) > 2 and _ASK.match(words[0]):
        words = words[1:]
    return " ".join(words)
