"""CONCEPTS: words that people use for the same thing when they speak to a supplier.

A row is a concept and the beginnings of the words for it, in English, German and French; a beginning that ends in
`$` is a whole word. To add one, think of what several clients would say in other words; single products do not
belong here.
"""

from collections.abc import Mapping
from functools import cache

_ROWS: Mapping[str, str] = {
    # computers and paper
    "export": "export download herunterlad télécharg",
    "spreadsheet": "excel csv$ spreadsheet xls tabell tableur",
    "upload": "upload attach hochlad anhäng joindre",
    "picture": "photo picture image$ images$ foto bild$ bilder",
    "dark": "dark dunkel sombre",
    "mobile": "mobile app$ apps$ android iphone phone$ smartphone handy tablet",
    "login": "login log$ logins signin sign-in sign-on password passwor account accounts credential anmeld kennwort",
    "permission": "permission right$ rights$ role roles access berechtig rechte$ droits",
    "remind": "remind reminder notif alert erinner rappel",
    "track": "track tracking follow trace map$ whereabouts verfolg suivi",
    "calendar": "calendar outlook appointment kalender agenda",
    "search": "search searching find suche recherche",
    "filter": "filter sort sorting",
    "report": "report statistic evaluation dashboard bericht auswert rapport",
    "manual": "manual instruction handbook documentation guide$ guides$ anleitung handbuch notice",
    "language": "german english french spanish italian dutch deutsch englisch französisch translat language sprache",
    "scan": "scan scanner scanning barcode qr",
    "portal": "portal website webshop page pages web$ portail",
    "software": "software program system update version",
    "integration": "integrat interface api$ connect sync synchron schnittstelle",
    "automatic": "automatic automat themselves itself",
    "slow": "slow slowly sluggish crawl lag loading load takes forever langsam lent",
    "crash": "crash crashes freeze freezes hang hangs abstürz plante",
    "user": "user users person persons colleague colleagues benutzer utilisateur",
    # money
    "price": "price prices pricing rate rates expensive dear dearer cost costs costly preis teuer prix cher",
    "rise": "increase increases increased rise rises raised risen doubled higher erhöh augment",
    "discount": "discount rebate bulk volume quantit rabatt remise",
    "minimum": "minimum mindest",
    "shipping": "shipping postage freight carriage versand fracht port$ expédition",
    "travel": "travel mileage parking journey anfahrt fahrt déplacement",
    "hidden": "hidden mentioned extra unannounced",
    "licence": "licence license subscription lizenz licence",
    "invoice": "invoice invoices bill bills billing rechnung facture",
    "market": "market others elsewhere competitor competition comparison compared rival",
    # doing business
    "offer": "quote quotes quotation offer offers angebot devis",
    "order": "order orders ordering bestell commande",
    "deliver": "deliver delivery deliveries delivered liefer livr",
    "vehicle": "truck lorry van vans driver",
    "weekend": "saturday sunday weekend weekends wochenende samstag",
    "punctual": "punctual late agreed delay delayed pünktlich verspät retard",
    "technician": "technician technicians engineer engineers fitter fitters mechanic monteur techniker technicien",
    "service-visit": "maintenance service servicing inspection visit visits wartung entretien",
    "spare-part": "spare part parts ersatzteil pièce",
    "phone": "phone telephone hotline call calls queue picks pick reach ring erreich telefon téléphone",
    "contact": "contact contacts explain story ansprechpartner interlocuteur",
    "news": "hear news inform informed chase feedback rückmeldung",
    "rude": "rude unfriendly impolite rudely unhöflich",
    "wrong": "wrong mistake mistakes error errors incorrect fehler erreur",
    "training": "training course courses trainer schulung formation",
    "friendly": "friendly polite kind clean cleaned spotless tidy freundlich sauber aimable",
    "quick": "quick quickly fast prompt immediately schnell rapide",
    "loan": "loan lend lends loaner leih prêt",
    "clear": "clear clearer pleasure easy intuitive übersichtlich",
    # things
    "wear": "wear worn lasts lasted durab verschleiß usé",
    "loose": "loose loosen tighten locker",
    "seal": "seal seals gasket dichtung joint$",
    "coating": "paint coating lacquer peel peeling flake flakes lack$ farbe peinture",
    "colour": "colour colours color shade shades farbton couleur",
    "battery": "battery batteries recharge charge akku batterie",
    "packaging": "packaging packed box boxes carton wrapping crushed dented verpack emballage",
    "frame": "frame frames housing gehäuse rahmen",
    "reliable": "reliable reliably zuverlässig fiable",
    "noise": "noise noisy loud laut bruit",
    "warranty": "warranty guarantee garantie gewährleist",
    "month": "month months monthly monat mensuel",
    "place": "location locations sites branch branches standort",
}


@cache
def _beginnings() -> tuple[Mapping[str, str], tuple[tuple[str, str], ...]]:
    """Whole words with their concept, and beginnings with theirs, the longest first."""
    pairs = [(word, concept) for concept, words in _ROWS.items() for word in words.split()]
    whole = {word.rstrip("$"): concept for word, concept in pairs}
    starts = [
        (word, concept) for word, concept in pairs if not word.endswith("$") and len(word) >= MIN_BEGINNING
    ]
    return whole, tuple(sorted(starts, key=lambda pair: -len(pair[0])))


MIN_BEGINNING = 4
"""Shorter ones would be the beginning of too many other words."""


def concept_of(word: str) -> str | None:
    """The concept that *word*, in lower case, stands for."""
    whole, starts = _beginnings()
    if found := whole.get(word):
        return found
    return next((concept for start, concept in starts if word.startswith(start)), None)
