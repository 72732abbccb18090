"""WORDS: how each line of a brief is said, and TITLES: its sections; in English and German."""

from collections.abc import Mapping

from mailroute.domain.brief import BriefLine, Section
from mailroute.domain.phrases import fill

TITLES: Mapping[Section, Mapping[str, str]] = {
    Section.WHO: {"en": "Who is who", "de": "Wer ist wer"},
    Section.CONFLICTS: {"en": "What does not fit together", "de": "Was nicht zusammenpasst"},
    Section.OPEN: {"en": "Open matters", "de": "Offene Vorgänge"},
    Section.PROMISES: {"en": "Promises on both sides", "de": "Zusagen auf beiden Seiten"},
    Section.PROJECTS: {"en": "Projects", "de": "Projekte"},
    Section.OPINIONS: {"en": "What they say of us", "de": "Was sie über uns sagen"},
    Section.OUTCOMES: {"en": "How the last matters ended", "de": "Wie die letzten Vorgänge endeten"},
    Section.WRITING: {"en": "How they write", "de": "Wie sie schreiben"},
}

WORDS: Mapping[str, Mapping[str, str]] = {
    "person": {"en": "{name}[, {title}][; {contact}]", "de": "{name}[, {title}][; {contact}]"},
    "decides": {"en": "{name} has to agree", "de": "{name} muss zustimmen"},
    "away": {"en": "{name} is away", "de": "{name} ist nicht da"},
    "copies": {
        "en": "{name} copies {other} in ({times} times)",
        "de": "{name} setzt {other} in Kopie ({times}-mal)",
    },
    "conflict": {"en": "{what}: {values}", "de": "{what}: {values}"},
    "open": {
        "en": "{title}: {status}, move: {move}[, wanted by {due}]",
        "de": "{title}: {status}, am Zug: {move}[, gewünscht bis {due}]",
    },
    "promise-ours": {"en": "we, {author}[, by {due}]", "de": "wir, {author}[, bis {due}]"},
    "promise-theirs": {"en": "they, {author}[, by {due}]", "de": "sie, {author}[, bis {due}]"},
    "promise-ours-kept": {
        "en": "we, {author}[, by {due}]: kept on {kept} (“{evidence}”)",
        "de": "wir, {author}[, bis {due}]: am {kept} eingelöst („{evidence}“)",
    },
    "promise-ours-kept-late": {
        "en": "we, {author}, by {due}: kept late, on {kept} (“{evidence}”)",
        "de": "wir, {author}, bis {due}: verspätet eingelöst, am {kept} („{evidence}“)",
    },
    "promise-theirs-kept": {
        "en": "they, {author}[, by {due}]: kept on {kept} (“{evidence}”)",
        "de": "sie, {author}[, bis {due}]: am {kept} eingelöst („{evidence}“)",
    },
    "promise-theirs-kept-late": {
        "en": "they, {author}, by {due}: kept late, on {kept} (“{evidence}”)",
        "de": "sie, {author}, bis {due}: verspätet eingelöst, am {kept} („{evidence}“)",
    },
    "project": {
        "en": "{name} ({key}): {status}[, PM {pm}], {open} open",
        "de": "{name} ({key}): {status}[, PM {pm}], {open} offen",
    },
    "remark": {"en": "{category}[, {author}]", "de": "{category}[, {author}]"},
    "outcome-0": {"en": "{title}: {status} the same day", "de": "{title}: {status} am selben Tag"},
    "outcome-1": {"en": "{title}: {status} after a day", "de": "{title}: {status} nach einem Tag"},
    "outcome": {"en": "{title}: {status} after {days} days", "de": "{title}: {status} nach {days} Tagen"},
    "language": {"en": "language: {language}", "de": "Sprache: {language}"},
    "short": {"en": "short mails", "de": "kurze Mails"},
    "middling": {"en": "mails of ordinary length", "de": "Mails üblicher Länge"},
    "long": {"en": "long mails", "de": "lange Mails"},
    "formal": {"en": "formal in address and ending", "de": "förmlich in Anrede und Gruß"},
    "relaxed": {"en": "relaxed in address and ending", "de": "locker in Anrede und Gruß"},
    "hours": {
        "en": "mostly between {from} and {to} our time",
        "de": "meist zwischen {from} und {to} unserer Zeit",
    },
    "mood-angry": {
        "en": "angry in {times} of {of} mails of the last 30 days[, {author} last]",
        "de": "verärgert in {times} von {of} Mails der letzten 30 Tage[, zuletzt {author}]",
    },
    "mood-frustrated": {
        "en": "frustrated in {times} of {of} mails of the last 30 days[, {author} last]",
        "de": "enttäuscht in {times} von {of} Mails der letzten 30 Tage[, zuletzt {author}]",
    },
    "mood-pleased": {
        "en": "pleased in {times} of {of} mails of the last 30 days[, {author} last]",
        "de": "erfreut in {times} von {of} Mails der letzten 30 Tage[, zuletzt {author}]",
    },
}
"""By code; what stands in brackets is left out when its value is empty."""


def said(line: BriefLine, language: str) -> str:
    """*line* in words; what a person has put in its place goes before."""
    if line.note is not None and line.note.instead is not None:
        return line.note.instead
    pattern = WORDS[line.code].get(language) or WORDS[line.code]["en"]
    return fill(pattern, line.values)


def title(section: Section, language: str) -> str:
    """The heading of *section*."""
    return TITLES[section].get(language) or TITLES[section]["en"]
