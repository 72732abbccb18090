"""WORDS: how each line of a digest is said, and TITLES: its headings; in English and German."""

from collections.abc import Mapping

from mailroute.domain.digest import DigestLine, Section, View
from mailroute.domain.phrases import fill

SUBJECTS: Mapping[View, Mapping[str, str]] = {
    View.REP: {"en": "Your clients today", "de": "Ihre Kunden heute"},
    View.PM: {"en": "Your tickets today", "de": "Ihre Vorgänge heute"},
    View.LEAD: {"en": "The house today", "de": "Das Haus heute"},
    View.AGENDA: {
        "en": "Agenda for sales and project management",
        "de": "Agenda für Vertrieb und Projektleitung",
    },
}
TITLES: Mapping[Section, Mapping[str, str]] = {
    Section.NEW: {"en": "New", "de": "Neu"},
    Section.LATE: {"en": "Late", "de": "Überfällig"},
    Section.DUE: {"en": "Due in the next days", "de": "In den nächsten Tagen fällig"},
    Section.STALLED: {"en": "The client is silent", "de": "Der Kunde schweigt"},
    Section.AT_RISK: {"en": "At risk", "de": "Gefährdet"},
    Section.MOVE: {"en": "Your move", "de": "Sie sind am Zug"},
    Section.DONE: {"en": "Is this done?", "de": "Ist das erledigt?"},
    Section.PROMISES: {"en": "Promises of both sides", "de": "Zusagen beider Seiten"},
    Section.QUESTIONS: {"en": "Waiting for the client", "de": "Warten auf den Kunden"},
    Section.PRAISED: {"en": "Praised", "de": "Gelobt"},
    Section.HANDOFFS: {"en": "Hand-offs", "de": "Übergaben"},
    Section.BOOKS: {"en": "The books", "de": "Die Bücher"},
    Section.UNROUTED: {"en": "Nobody's yet", "de": "Noch bei niemandem"},
    Section.LOADS: {"en": "Loads", "de": "Auslastung"},
    Section.EXPLAINED: {"en": "Explained once", "de": "Einmal erklärt"},
    Section.LEARNING: {"en": "Put right by people", "de": "Von Menschen berichtigt"},
    Section.MARKET: {"en": "What the market says", "de": "Was der Markt sagt"},
}
_WHO_EN, _WHO_DE = (
    "{title}[, {client}][; PM {pm}][; rep {rep}]",
    "{title}[, {client}][; PM {pm}][; Vertrieb {rep}]",
)
WORDS: Mapping[str, Mapping[str, str]] = {
    "more": {"en": "and {count} more", "de": "und {count} weitere"},
    "late-first-answer": {
        "en": f"{_WHO_EN}: no answer yet, due {{by}}",
        "de": f"{_WHO_DE}: noch keine Antwort, fällig {{by}}",
    },
    "late-answer": {
        "en": f"{_WHO_EN}: the client waits for an answer since {{by}}",
        "de": f"{_WHO_DE}: der Kunde wartet seit {{by}} auf Antwort",
    },
    "late-promise": {"en": f"{_WHO_EN}: promised for {{by}}", "de": f"{_WHO_DE}: zugesagt für {{by}}"},
    "late-deadline": {"en": f"{_WHO_EN}: wanted by {{by}}", "de": f"{_WHO_DE}: gewünscht bis {{by}}"},
    "late-resolution": {
        "en": f"{_WHO_EN}: was to be solved by {{by}}",
        "de": f"{_WHO_DE}: sollte bis {{by}} gelöst sein",
    },
    "due-first-answer": {
        "en": f"{_WHO_EN}: first answer by {{by}}",
        "de": f"{_WHO_DE}: erste Antwort bis {{by}}",
    },
    "due-answer": {"en": f"{_WHO_EN}: answer by {{by}}", "de": f"{_WHO_DE}: Antwort bis {{by}}"},
    "due-promise": {"en": f"{_WHO_EN}: promised for {{by}}", "de": f"{_WHO_DE}: zugesagt für {{by}}"},
    "due-deadline": {"en": f"{_WHO_EN}: wanted by {{by}}", "de": f"{_WHO_DE}: gewünscht bis {{by}}"},
    "due-resolution": {"en": f"{_WHO_EN}: to be solved by {{by}}", "de": f"{_WHO_DE}: bis {{by}} zu lösen"},
    "stalled": {
        "en": f"{_WHO_EN}: silent for {{days}} working days",
        "de": f"{_WHO_DE}: seit {{days}} Arbeitstagen keine Antwort",
    },
    "stalled-1": {
        "en": f"{_WHO_EN}: silent for a working day",
        "de": f"{_WHO_DE}: seit einem Arbeitstag keine Antwort",
    },
    "mood-angry": {"en": f"{_WHO_EN}: sounds angry", "de": f"{_WHO_DE}: klingt verärgert"},
    "mood-frustrated": {"en": f"{_WHO_EN}: sounds disappointed", "de": f"{_WHO_DE}: klingt enttäuscht"},
    "new": {"en": f"{_WHO_EN} ({{urgency}})", "de": f"{_WHO_DE} ({{urgency}})"},
    "move": {"en": f"{_WHO_EN} ({{urgency}})", "de": f"{_WHO_DE} ({{urgency}})"},
    "promise-open": {
        "en": f"{_WHO_EN}: {{author}} promised it for {{due}}",
        "de": f"{_WHO_DE}: {{author}} hat es für {{due}} zugesagt",
    },
    "promise-open-late": {
        "en": f"{_WHO_EN}: {{author}} promised it for {{due}}: late",
        "de": f"{_WHO_DE}: {{author}} hat es für {{due}} zugesagt: überfällig",
    },
    "promise-kept": {
        "en": f"{_WHO_EN}: {{author}} kept it on {{kept}} (“{{evidence}}”)",
        "de": f"{_WHO_DE}: {{author}} hat es am {{kept}} eingelöst („{{evidence}}“)",
    },
    "promise-kept-late": {
        "en": f"{_WHO_EN}: {{author}} kept it late, on {{kept}} and not by {{due}} (“{{evidence}}”)",
        "de": f"{_WHO_DE}: {{author}} hat es verspätet eingelöst, am {{kept}} statt bis {{due}} („{{evidence}}“)",
    },
    "done": {
        "en": f"{_WHO_EN}: answered on {{since}}, nothing has come since",
        "de": f"{_WHO_DE}: am {{since}} beantwortet, seither kam nichts",
    },
    "asked": {
        "en": f"{_WHO_EN}: asked {{days}} working days ago",
        "de": f"{_WHO_DE}: vor {{days}} Arbeitstagen gefragt",
    },
    "asked-0": {
        "en": f"{_WHO_EN}: asked less than a working day ago",
        "de": f"{_WHO_DE}: vor weniger als einem Arbeitstag gefragt",
    },
    "asked-1": {
        "en": f"{_WHO_EN}: asked a working day ago",
        "de": f"{_WHO_DE}: vor einem Arbeitstag gefragt",
    },
    "praised": {"en": "{client}", "de": "{client}"},
    "offered": {"en": f"{_WHO_EN}: waits to be accepted", "de": f"{_WHO_DE}: wartet auf Annahme"},
    "returned": {"en": f"{_WHO_EN}: returned to the rep", "de": f"{_WHO_DE}: an den Vertrieb zurückgegeben"},
    "books-closed": {
        "en": "{received} messages received, all accounted for[; {waiting} still at work]",
        "de": "{received} Nachrichten erhalten, alle verbucht[; {waiting} noch in Arbeit]",
    },
    "books-open": {
        "en": "of {received} messages received not all are accounted for: run `mailroute doctor`",
        "de": "von {received} Nachrichten sind nicht alle verbucht: `mailroute doctor` aufrufen",
    },
    "held": {
        "en": "{count} messages are held for a person's word: `mailroute inbox --held`",
        "de": "{count} Nachrichten warten auf das Wort eines Menschen: `mailroute inbox --held`",
    },
    "quarantined": {
        "en": "{count} messages are in quarantine: `mailroute inbox --quarantined`",
        "de": "{count} Nachrichten sind in Quarantäne: `mailroute inbox --quarantined`",
    },
    "perhaps-sent": {
        "en": "{count} mails were perhaps sent: `mailroute outbox`",
        "de": "{count} Mails wurden vielleicht gesendet: `mailroute outbox`",
    },
    "unrouted": {"en": "{title}, {client}", "de": "{title}, {client}"},
    "triage": {"en": "{title}, {client}: no rule fitted", "de": "{title}, {client}: keine Regel passte"},
    "load": {"en": "{name}: {open} open[, {late} late]", "de": "{name}: {open} offen[, {late} überfällig]"},
    "explained": {
        "en": "{rate} of the last 30 days' matters were understood from one mail[; {mails} mails each]"
        "[; asked though told: {twice}]",
        "de": "{rate} der Vorgänge der letzten 30 Tage wurden aus einer Mail verstanden[; je {mails} Mails]"
        "[; gefragt, obwohl schon gesagt: {twice}]",
    },
    "corrected": {
        "en": "{field}: {count} times[; {right} right]",
        "de": "{field}: {count}-mal[; {right} richtig]",
    },
    "theme": {
        "en": "{name} ({category}): {accounts} accounts[, {change}]",
        "de": "{name} ({category}): {accounts} Kunden[, {change}]",
    },
}
"""By code; what stands in brackets is left out when its value is empty."""


def said(line: DigestLine, language: str) -> str:
    """*line* in words."""
    return fill(WORDS[line.code].get(language) or WORDS[line.code]["en"], line.values)


def title(section: Section, language: str) -> str:
    """The heading of *section*."""
    return TITLES[section].get(language) or TITLES[section]["en"]


def subject(view: View, language: str) -> str:
    """What the mail is called."""
    return SUBJECTS[view].get(language) or SUBJECTS[view]["en"]
