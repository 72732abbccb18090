"""What a kind of question is, and the words that kinds have in common."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Reach(StrEnum):
    """How far a telling holds."""

    TICKET = "ticket"
    """For its own matter: when it began, what was tried."""
    OBJECT = "object"
    """For the thing it was told of, whenever that is named again: a serial number."""
    CLIENT = "client"
    """For the client as such: an address, a phone number."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing that a client may be asked for."""

    key: str
    named: re.Pattern[str] | None
    """Its name; a sentence that wants to be given something asks for it by name."""
    asked: re.Pattern[str] | None
    """Whole wordings of the question, where no name is needed."""
    told: tuple[re.Pattern[str], ...]
    reach: Reach = Reach.TICKET
    lines: tuple[str, ...] = ()
    """Keys of lines of the account that tell it whatever their words are."""


ID = r"(?=[\w./-]*\d)[A-Za-z0-9][\w./-]*[A-Za-z0-9]"
"""A word with a digit, of at least two characters."""
IS = (
    r"(?:[\s:=#.,(\-–]|(?:numbers?|no|nr|num|code|is|was|reads?|reading|says?|should be|lautet|ist|war|"
    r"steht|auf|est|indique|"
    r"it['’]?s|the|der|die|das|le|la|num[ée]ro|n°|nummer|version|currently|running|still|here|on it|sn|"
    r":)(?![^\W\d_])){1,8}"
)
"""What may stand between the name of a thing and its value."""
NAME = r"(?-i:[A-ZÄÖÜÉ][\w'’.-]+(?:\s(?:van|von|de|der|di|le|la)\s|\s)(?:[A-ZÄÖÜÉ]\.?\s)?[A-ZÄÖÜÉ][\w'’-]+)"
"""A first and a last name."""
MONTHS = (
    r"jan(?:uary|uar|vier)?|feb(?:ruary|ruar)?|f[ée]vrier|mar(?:ch|s)|märz|apr(?:il)?|avril|may|mai|june?|"
    r"juni|juin|july?|juli|"
    r"juillet|aug(?:ust)?|ao[ûu]t|sept?(?:ember|embre)?|o[ck]t(?:ober|obre)?|nov(?:ember|embre)?|"
    r"de[cz](?:ember|embre)?|décembre"
)
DAYS = (
    r"mon(?:day|tag)?|tue(?:s|sday)?|dienstag|wed(?:nesday)?|mittwoch|thu(?:rs|rsday)?|donnerstag|"
    r"fri(?:day)?|freitag|sat(?:urday)?|"
    r"samstag|sun(?:day)?|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
)
NUMBERS = (
    r"\d[\d.,'’]*\d|\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|both|ein\w*|"
    r"zwei|drei|vier|fünf|sechs|sieben|acht|"
    r"neun|zehn|zwölf|beide|deux|trois|quatre|cinq|sept|huit|neuf|dix|douze|half|several|a few|a couple|"
    r"einige|quelques"
)
MOMENT = (
    rf"(?:\b(?:{DAYS})s?\b|\b\d{{1,2}}[./]\d{{1,2}}\b|\b(?:{MONTHS})\b|\b\d{{1,2}}[:h]\d\d\b|"
    rf"\b\d{{1,2}}\s?(?:am|pm|uhr|h)\b|\b\d{{1,2}}(?:st|nd|rd|th)\b|\b(?:den|dem|am) \d{{1,2}}\.|"
    rf"\ble \d{{1,2}}\b|"
    r"\b(?:yesterday|today|tonight|this (?:morning|afternoon|week|month)|last (?:night|week|month|year|"
    r"\w+day)|tomorrow|noon|"
    r"midnight|morning|evening|weekend|easter|christmas|end of|gestern|heute|vorgestern|morgen|"
    r"letzte\w* \w+|wochenende|mittag|"
    r"(?:ende|anfang|mitte) \w+|hier|avant-hier|aujourd'hui|ce matin|cette (?:nuit|semaine)|demain|"
    r"la semaine (?:dernière|prochaine)|"
    r"week-end|fin \w+|début \w+|the (?:update|upgrade|move|storm|outage|delivery|installation|service|"
    r"maintenance)|"
    r"dem (?:update|umzug|umbau|ausfall)|la (?:mise à jour|livraison|maintenance))\b|"
    rf"\b(?:{NUMBERS})\s?(?:minutes?|hours?|days?|weeks?|months?|years?|stunden?|tagen?|wochen?|monaten?|"
    rf"jahren?|heures?|jours?|"
    r"semaines?|mois|ans?)\b|\b20\d\d\b|\b(?:(?:night|early|late|day|first|morning)[- ]shift|\w*schicht|"
    r"équipe du \w+)\b)"
)
"""Words that name a day, an hour or a stretch of time."""
DONE = (
    r"tried|swapped|changed|replaced|exchanged|restarted|rebooted|reset|checked|cleaned|reinstalled|"
    r"switched|moved|tested|balanced|"
    r"unplugged|plugged|power[- ]?cycled|updated|upgraded|tightened|calibrated|bled|flushed|rinsed|deleted|"
    r"cleared|disconnected|"
    r"measured|opened|removed|run|ran|turned|refilled|adjusted|inspected|reseated|drained|lubricated|"
    r"probiert|versucht|getauscht|"
    r"ausgetauscht|gewechselt|gestartet|geprüft|überprüft|gereinigt|zurückgesetzt|getestet|gemessen|"
    r"gelöscht|entlüftet|nachgezogen|"
    r"ausgeschaltet|eingeschaltet|aus-? und eingeschaltet|essayé|tenté|vidé|vérifié|redémarré|nettoyé|"
    r"remplacé|changé|réinitialisé|"
    r"testé|débranché|rebranché|contrôlé|resserré|purgé|mesuré|supprimé|relancé"
)


def any_of(*wordings: str) -> re.Pattern[str]:
    """One pattern of several wordings."""
    return re.compile("|".join(wordings), re.IGNORECASE)


def each_of(*wordings: str) -> tuple[re.Pattern[str], ...]:
    """A pattern for each wording, the likeliest first."""
    return tuple(re.compile(wording, re.IGNORECASE) for wording in wordings)
