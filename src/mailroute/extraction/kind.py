"""Type: what the mail is for, with the next best, by a linear model over words, a lexicon and cues.

The lexicon gives the model what no seed corpus can hold: the many words for one thing, in three languages.
"""

import math
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from mailroute.domain.issue import Issue, IssueType, TypeFinding, TypeGuess
from mailroute.extraction.cues import CUES
from mailroute.extraction.reading import Reading
from mailroute.extraction.tone import DISPLEASED, PRAISE, RAGE
from mailroute.extraction.wordlists import Phrases, phrases, said

LEXICON: Mapping[str, Phrases] = {
    "defect": phrases(
        r"""(?:does|do|did|is|are|was|has)(?: not|n't|nt) (?:work\w*|start\w*|print\w*|open\w*|load\w*|
        close|respond\w*|turn)|not working|won't \w+|broke|broken|breaks|fail\w*|errors?|faults?|faulty|
        leak\w*|crash\w*|stopp?e[ds]|stops|defect\w*|noise|noisy|alarms?|tore|torn|cracked|cracks?|dead|
        stuck|jam\w*|smell\w*|burn\w*|drip\w*|freez\w*|frozen|blank|
        down|off since|out of order|damaged|bent|scratch\w*|rust\w*|loose|drifts?|twice|misprint\w*|
        typo|missing (?:page|part|data)\w*|malfunction\w*|hot|wrong (?:label|size|colou?r|part|date|
        result)s?|
        storm|blew|tripp?e[ds]|hangs|hanging|slow|duplicates?|vibrat\w*|keeps (?:stopping|crashing|
        failing|losing|\w+ing)|(?:has|have|had) (?:failed|stopped|died|gone)|
        störung|defekt\w*|fehler\w*|kaputt|undicht|läuft nicht|steht still|fährt .{0,20}nicht|
        geht nicht|funktioniert nicht|meldung|ausgefallen|beschädigt|gerissen|geräusch\w*|doppelt|
        falsch\w*|
        panne|ne (?:fonctionne|marche|démarre|s'ouvre) p(?:lus|as)|cassée?s?|fuite|erreur|bruit|défaut|
        abîmée?s?|défectueu\w+"""
    ),
    "delay": phrases(
        r"""still (?:waiting|no|not|nothing|outstanding)|late|later than|delay\w*|overdue|
        behind(?: schedule)?|where (?:is|are|does|do) (?:the|our|my|it|they|we)|when (?:is|are|will|can|
        do|does) (?:the|our|my|it|they|we|you)|eta|was promised|were promised|promised (?:for|by|us|me)|
        promised \w+day|
        (?:was|were) (?:due|supposed|to (?:come|be|arrive|have))|should have (?:been|arrived|come)|
        not (?:here|arrived|come|received|delivered) yet|(?:has|have|did)(?: not|n't|nt) (?:arrived?|
        come|show\w* up|turn\w* up)|reminder|
        no (?:sign|news|news yet) of|nothing (?:has )?(?:arrived|came|yet)|hasn't|haven't (?:had|got|
        received|seen)|waiting for|in transit|backlog|on time|no-show|any news|
        verspät\w*|verzug|überfällig|wann kommt|wann (?:wird|ist|geht|können)|wo bleib\w*|
        immer noch (?:nicht|nichts|kein\w*)|noch immer|zugesagt|es hieß|sollte\w* (?:längst|schon|
        gestern|letzte)|liefertermin|warten|
        en retard|retard|toujours (?:rien|pas)|où en est|devi(?:on|ez|ai|ait|aient)\w*|quand (?:sera|
        arrive|viendra|allez)|attendons|délai"""
    ),
    "billing": phrases(
        r"""invoic\w*|inv|charged?|charges|payments?|paid|pay|refund\w*|credit note|vat|tax|bill|bills|
        billed|billing|prices?|price increase|fees?|discount\w*|statement|account department|
        accounts? payable|
        purchase ledger|remittance|bank|amount|overcharg\w*|deposit|instal?lments?|surcharge|dunning|
        per cent|percent|euros?|eur|usd|gbp|
        rechnung\w*|\w*rechnung|gutschrift|mahnung|betrag|bezahlt|überwiesen|abgebucht|skonto|
        buchhaltung|preis\w*|berechnet|
        factur\w+|avoir|paiement|payée?|montant|rembours\w+|tva|relance|prélev\w+|prix"""
    ),
    "change-request": phrases(
        r"""change|changes|changed to|instead of|rather than|amend\w*|move|moved to|swap|replace|
        add (?:one|two|another|a|the)|extra|additional|one more|two more|more copies|not \d+ but|
        and not|cancel|reschedule|postpone|shift|push|bring forward|
        different (?:colou?r|size|address|date|day)|new (?:date|address|price|total|quantity)|upgrade|
        downgrade|revised?|variation|we(?:'ve| have) decided|would like (?:the|it|them|to have|our)|
        now wants?|split|extend|redirect|redirected|increase|reduce|larger|smaller|another colou?r|
        ändern|änderung|statt|anstatt|verschieben|zusätzlich|umstellen|nachtrag|doch lieber|umändern|
        austauschen|stornieren|
        modif\w+|remplacer|au lieu de|reporter|changer|ajouter|déplacer|annuler"""
    ),
    "question": phrases(
        r"""questions?|question about|wonder\w*|how (?:do|does|can|long|much|many|often|should)|
        what (?:is|are|does|do|happens|would)|which|who (?:is|pays|has|do)|is (?:it|there)|are there|
        can (?:we|i|it|the|one)|may (?:we|i)|do (?:you|we|i)|does (?:it|the)|
        should (?:we|i)|is this|possible to|advise|clarif\w*|understand|sure (?:if|whether|which)|
        difference between|explain|want to know|would like to know|curious|is it (?:normal|dangerous|
        safe|enough|ok)|
        frage|rückfrage|welche[rs]?|wie (?:lange|viel|stelle|kann)|kann (?:man|ich|die)|darf|gilt|
        einstellen|lässt sich|
        quelle?s?|est-ce|comment|peut-on|renseignement|savoir"""
    ),
    "access": phrases(
        r"""log ?in|log ?on|logged|log-in|logins?|log (?:me|them|him|her) in|sign in|password|passcode|
        access|accounts? for|user ?names?|users?|user account|permission\w*|rights|admin|locked out|
        unlock|key|keys|key ?card|badge|fob|pin|code|codes|vpn|
        two-factor|2fa|authenticat\w*|credentials|reset|get in|cannot enter|can't (?:get|log)|passes|
        pass|starter|new (?:colleague|starter|receptionist|joiner|employee)|
        zugang\w*|passwort|kennwort|anmeld\w+|einloggen|benutzer\w*|konto|freischalt\w+|rechte|
        \w+rechten?|schlüssel|ausweis|sperren|anlegen|
        accès|mot de passe|connecter|connexion|identifiant|compte|badge|clé|code|droits"""
    ),
    "complaint": phrases(
        r"""complain\w*|disappoint\w*|unacceptable|not acceptable|not happy|unhappy|rude|
        nobody (?:calls?|called|answers?|has|told|knows|came)|no one (?:calls?|answers?|told)|
        never again|shambles|fed up|third time|second time|fourth time|joke|disgust\w*|disgrac\w*|
        apolog\w*|enough|poor|careless|sloppy|dirty|mess|rubbish|manners|attitude|shout\w*|insult\w*|
        unprofessional|excuses?|let down|waste of|not what we pay|wasted|what are we paying|trust|
        manager|escalat\w*|in charge|solicitor|lawyer|standards?|
        told (?:\w+ )?(?:twice|three times|again and again)|chaos|ridiculous|appalling|sorry to say|
        not good enough|worse|
        beschwer\w+|enttäuscht|unzumutbar|unverschämt\w*|frechheit|inakzeptabel|unfreundlich|schlampig|
        niemand|keiner|zuständig|schmutzig|
        réclamation|déçue?s?|inadmissible|inacceptable|excuses|honte\w*|sale|personne ne|mécontent\w*|
        troisième fois|indescriptible|exige"""
    ),
    "praise": phrases(
        r"""thank you (?:so|very) much|thank you for (?:the|your|all|what|everything|making)|
        thanks (?:to you|for (?:the|your|all|what|everything))|thanks to|great (?:job|work|service|team|
        help|stuff)|fantastic|brilliant|wonderful|delighted|perfect\w*|well done|lovely|compliment\w*|
        impress\w*|
        superb|excellent|amazing|beautiful\w*|happy with|pleased|love (?:it|them|the)|loved|best|kind|
        patient|hero\w*|praise|kudos|congratulations on|credit to|hats off|recommend|proud|admired|
        a pleasure|saved (?:us|our|the)|bravo|neatest|genius|say thank|tell \w+ (?:thanks|thank)|
        lob|vielen dank für|herzlichen dank|begeistert|zufrieden|hervorragend|großartig|super|toll|
        klasse|prima|kompliment|dank aus|
        félicit\w+|ravie?s?|merci (?:à|pour|infiniment|mille)|parfait\w*|excellente?|magnifique|chapeau|
        remerci\w+|bluffée?s?|superbe"""
    ),
    "feature-request": phrases(
        r"""would be (?:nice|great|good|useful|helpful|handy|lovely|wonderful|easier)|features?|wish\w*|
        could (?:the|it|you (?:add|make|build|offer|include)|one|there)|would help|it would help|
        option to|an option|a button|roadmap|next (?:release|version|update)|future version|suggest\w*|
        ideas?|improvement|
        possible to add|add an?|missing function|we(?:'d| would) love (?:a|an|to)|why (?:can't|
        is there no|not)|have you thought|would you consider|planned|on the list|on your list|someday|
        one day|instead of (?:having|us|me)|automatically|by hand|every time|each time|
        wunsch|wünschen|wäre (?:schön|gut|toll|hilfreich|praktisch)|vorschlag|idee|funktion|
        nächsten version|einbauen|
        suggestion|il serait|serait (?:bien|utile|pratique|possible)|prochaine version|fonction\w*|
        aimerions|idée|souhait\w*"""
    ),
    "information": phrases(
        r"""for your (?:information|records|files|planning|crew|diary)|fyi|just to let you know|
        let you know|for info|please note|will be (?:closed|away|locked|shut)|is closed|are closed|
        closed|new address|new (?:contact|number|name)|no need to|nothing (?:to do|for you)|
        do not have to answer|don't have to|no action|
        moving|we are moving|retir\w*|on leave|leave until|from now on|heads[- ]up|just so you know|
        stays? the same|works again|close the (?:case|ticket)|sorted|solved|arrived safely|turned up|
        all fine|as agreed|attached (?:is|are|the)|enclosed|in the meantime|
        zur (?:info|information|kenntnis)|hinweis|betriebsferien|umzug|ziehen um|neue adresse|
        ansprechpartner\w*|geschlossen|erledigt|keine antwort|
        pour (?:votre )?information|à titre d'information|nous vous informons|fermée?|déménage\w*|
        congés|nouvelle adresse|remplace"""
    ),
    "other": phrases(
        r"""applications?|apply(?:ing)? for|cv|resume|portfolio|job|internship|intern|vacancy|
        invitation|invite\w*|party|rsvp|lunch|dinner|wrong (?:address|person|recipient|number)|
        not for (?:us|me)|meant for|newsletter|unsubscribe|offer you|our services|partnership|leads|
        sponsor\w*|donat\w*|
        found in|lost|left (?:my|his|her|our)|umbrella|jacket|thesis|student|survey|interview|press|seo|
        ranking|webinar|quick chat|15 minutes|happy (?:christmas|new year|easter)|congratulations|
        wedding|tour of|visit your|charity|raffle|candidates?|magazine|
        bewerb\w+|lebenslauf|einladung|laden (?:sie|wir)|sommerfest|spende|vergessen|praktikum|
        candidature|cv|invitation|invitons|stage|parrain\w*|fête|oubliée?"""
    ),
}
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[?!]")
STEM = 6
"""Letters of a word that count: `delayed` and `delay` share most of them, and so do many German forms."""


WEIGHTS: Mapping[str, float] = {"word": 4.0, "pair": 2.0, "subject": 0.5, "sign": 0.4}
"""How much a feature counts before training. Words share theirs, as a long mail has many that say nothing; a sign
counts the same in a long mail and in a short one. Chosen by the loss on held-out seed lines."""


def find_type(reading: Reading, found: Issue) -> TypeFinding:
    """The likeliest type first; `sure` adds up to one over all eleven."""
    prose = reading.text[: reading.prose_end]
    asked = [ask.text for ask in found.asks]
    ranked = reading.model.kinds.probabilities(features(reading.subject, prose, asked))
    best, *rest = (TypeGuess(IssueType(kind), round(sure, 3)) for kind, sure in ranked)
    return TypeFinding(best.value, best.sure, tuple(rest[:2]))


def features(subject: str, prose: str, asks: Sequence[str]) -> Mapping[str, float]:
    """What the model looks at: stems, pairs of words, the lexicon by place, and how the mail is built."""
    prose = prose[:CHARACTERS]
    body = [w.lower().replace("’", "'") for w in WORD.findall(prose)]
    words = {f"w:{_stem(word)}": WEIGHTS["word"] for word in body}
    words |= {f"b:{first} {second}": WEIGHTS["pair"] for first, second in pairwise(body)}
    found = {name: weight / math.sqrt(len(words)) for name, weight in words.items()}
    found |= {f"s:{_stem(w.lower())}": WEIGHTS["subject"] for w in WORD.findall(subject)}
    told, head, tail = said(prose), said(prose[:HEAD]), said(prose[-TAIL:])
    heading, asked = said(subject), said(" ".join(asks))
    for kind, pattern in LEXICON.items():
        _count(found, f"lex:{kind}", pattern.count(told), (1, 2, 4))
        _count(found, f"head:{kind}", pattern.count(head), (1,))
        _count(found, f"subj:{kind}", pattern.count(heading), (1,))
        _count(found, f"ask:{kind}", pattern.count(asked), (1,))
    for cue, pattern in CUES.items():
        _count(found, f"cue:{cue}", pattern.count(told), (1, 2))
        _count(found, f"cue-head:{cue}", pattern.count(head), (1,))
        _count(found, f"cue-tail:{cue}", pattern.count(tail), (1,))
        _count(found, f"cue-ask:{cue}", pattern.count(asked), (1,))
    for tone, pattern in (("pleased", PRAISE), ("displeased", DISPLEASED), ("rage", RAGE)):
        _count(found, f"tone:{tone}", pattern.count(told), (1, 2, 4))
    _count(found, "asks", len(asks), (1, 3))
    _count(found, "no-asks", not asks, (1,))
    _count(found, "questions", prose.count("?"), (1, 3))
    _count(found, "only-questions", bool(asks) and all(ask.endswith("?") for ask in asks), (1,))
    return found


def _stem(word: str) -> str:
    return "0" if word.isdigit() else word[:STEM]


def _count(found: dict[str, float], name: str, value: int, steps: Sequence[int]) -> None:
    for step in steps:
        if value >= step:
            found[f"{name}>={step}"] = WEIGHTS["sign"]


CHARACTERS = 4000
"""Of the prose; who writes more has said long before what it is about."""
HEAD = 250
"""People say at the beginning what it is about."""
TAIL = 200
"""And at the end what they want done."""
