"""DEEDS: what people promise to do, and how a sentence sounds that says it is done: English, German and French."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Deed:
    """One sort of thing that is promised."""

    name: str
    promised: re.Pattern[str]
    """In the sentence of the promise."""
    done: re.Pattern[str]
    """In a sentence of the side that promised."""
    received: re.Pattern[str] | None = None
    """In a sentence of the other side, who has it now."""


def _any(*words: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(words) + r")\b", re.IGNORECASE)


_RUNS = _any(
    r"works?(?: fine| well| perfectly)? (?:again|now)",
    r"(?:is|are|it['’]s) (?:all )?(?:fixed|solved|working|running|tight)",
    r"(?:läuft|laufen|geht|gehen|funktioniert) (?:jetzt |nun )?wieder",
    r"ist (?:behoben|repariert|erledigt|gelöst)",
    r"(?:re)?marche (?:de nouveau|à nouveau)|fonctionne (?:de nouveau|à nouveau)|est réparée?",
)

DEEDS: tuple[Deed, ...] = (
    Deed(
        "send",
        _any(
            r"send|sending|ship|forward|mail|e-?mail|post|deliver|bring|provide|share|upload|submit",
            r"supply|hand in",
            r"(?:you['’]ll|you will|you shall) (?:have|get|receive|find)|let you have",
            r"get (?:it|them|that|this) to you",
            r"schicke?n?|(?:zu|ab|ver|über)(?:zu)?(?:schicken|senden)|sende[nt]?|liefern?|bringen?",
            r"(?:ein)?reichen?",
            r"übermitteln|zukommen|nachreichen|bekommen|erhalten|hochladen|weiterleiten",
            r"stelle[n]? .{0,40}zur verfügung",
            r"(?:r?en|)(?:envoyer|verr\w+)|expédi\w+|transmet\w+|livrer\w*|fourni\w+",
            r"(?:vous )?(?:aurez|recevrez)|fer(?:ai|ons) parvenir",
        ),
        _any(
            r"(?<!be )(?:sent|shipped|dispatched|mailed|e-?mailed|forwarded|posted|delivered)",
            r"(?<!be )(?:uploaded|handed in|submitted)",
            r"(?:attached|enclosed|attachment|on (?:its|the|their) way|out for delivery)",
            r"tracking (?:number|code|link)",
            r"(?:left|gone out|went out)|in (?:the|today['’]s) (?:post|mail)",
            r"here (?:is|are|it is|they are|you go|comes?)",
            r"(?:zu|ab|ver|weg|hin|los)?ge(?:schickt|sendet|sandt)|verschickt|versendet|versandt",
            r"übersandt|übersendet",
            r"übermittelt|(?:aus|an)?geliefert|weitergeleitet|angehängt|beigefügt|hochgeladen",
            r"eingereicht|anbei",
            r"im anhang|angehangen|unterwegs|(?:raus|hinaus|weg|heraus)gegangen",
            r"hier (?:ist|sind|kommt|kommen)|zugestellt",
            r"envoyée?s?|expédiée?s?|transmise?s?|livrée?s?|postée?s?|remise?s?|ci-joint\w*",
            r"pièce jointe|voici|en route|partie?s?",
        ),
        _any(
            r"(?:has|have|is|are)? ?(?:arrived|come|here)|received|reached (?:us|me)",
            r"(?:i|we)(?:['’]ve)? (?:have |now )?got",
            r"thank(?:s| you)[^.!?]{0,20} for (?:sending|the|your)|angekommen|eingetroffen|erhalten",
            r"bekommen|ist da|sind da",
            r"danke für (?:die|das|den)|reçue?s?|arrivée?s?|merci (?:pour|de) (?:l['’]envoi|l[ae]|les|votre)",
        ),
    ),
    Deed(
        "mend",
        _any(
            r"repair|fix|mend|solve|resolve|sort (?:it|this|that)? ?out|put (?:it|this|that) right",
            r"restore|reset",
            r"reparieren?|beheben?|lösen?|in ordnung bringen|wiederherstellen|zurücksetzen",
            r"répar\w+|résoud\w+|remett\w+|rétabli\w+|règler\w+|régler\w*",
        ),
        _any(
            r"(?<!be )(?:repaired|fixed|mended|solved|resolved|sorted(?: out)?|restored|reset|put right)",
            r"repariert|behoben|gelöst|in ordnung gebracht|wiederhergestellt|zurückgesetzt",
            r"réparée?s?|résolue?s?|rétablie?s?|réglée?s?",
            _RUNS.pattern,
        ),
        _RUNS,
    ),
    Deed(
        "change",
        _any(
            r"replace|exchange|swap|change|update|correct|adjust|amend|install|fit|mount|set up",
            r"switch|activate|create|add",
            r"(?:aus|er|um|ein)?(?:tauschen?|setzen?|bauen?)|ändern|korrigieren|berichtigen",
            r"aktualisieren|installieren",
            r"einrichten|freischalten|anlegen|anpassen",
            r"(?:remplac|chang|corrig|modifi|install|mett|activ|cré|ajout)\w+",
        ),
        _any(
            r"(?<!be )(?:replaced|exchanged|swapped|changed|updated|corrected|adjusted)",
            r"(?<!be )(?:amended|installed|fitted|mounted)",
            r"(?<!be )(?:set up|switched|activated|created|added)|in place now|(?:aus|um)?getauscht",
            r"ersetzt|eingebaut",
            r"geändert|korrigiert|berichtigt|aktualisiert|installiert|eingerichtet|freigeschaltet",
            r"angelegt|angepasst",
            r"(?:remplac|chang|corrig|modifi|install|activ|cré|ajout)ée?s?|mise?s? (?:à jour|en place)",
        ),
        _RUNS,
    ),
    Deed(
        "order",
        _any(
            r"order|book|arrange|schedule|organise|organize|reserve|cancel|bestellen?|buchen?",
            r"veranlassen?|reservieren?",
            r"stornieren?|organisieren?|planen?|(?:command|réserv|organis|annul|planifi)\w+",
        ),
        _any(
            r"(?<!be )(?:ordered|booked|arranged|scheduled|organised|organized|reserved|cancelled|canceled)",
            r"bestellt|gebucht|veranlasst|reserviert|storniert|organisiert|eingeplant",
            r"(?:command|réserv|organis|annul|planifi)ée?s?",
        ),
    ),
    Deed(
        "pay",
        _any(
            r"pay|transfer|settle|credit|refund|reimburse|be(?:zahlen|zahle)|überweisen?|erstatten?",
            r"gutschreiben|begleichen",
            r"(?:pay|paier|virer|rembours|crédit|régl)\w+",
        ),
        _any(
            r"(?<!be )(?:paid|transferred|settled|credited|refunded|reimbursed)",
            r"(?:payment|transfer|refund) (?:has )?(?:went|gone)",
            r"bezahlt|überwiesen|erstattet|gutgeschrieben|beglichen|angewiesen",
            r"payée?s?|viré|virement (?:est|a été)|remboursée?s?|créditée?s?|réglée?s?",
        ),
        _any(
            r"(?:payment|refund|money)[^.!?]{0,30}(?:arrived|received|in)",
            r"(?:geld|zahlung)[^.!?]{0,30}(?:da|eingegangen)",
        ),
    ),
    Deed(
        "call",
        _any(
            r"call|ring|phone|telephone|(?:an)?rufen?|rufe|telefonieren|appel\w+|téléphon\w+|rappel\w+",
        ),
        _any(
            r"(?:discussed|agreed|said|told|spoken|spoke|talked)[^.!?]{0,30}(?:phone|call|earlier)",
            r"(?:spoke|talked|spoken)[^.!?]{0,30}(?:today|just now|this morning)",
            r"on the phone|our call|(?:i|we) (?:just |have )?(?:called|rang|phoned)|telefonisch",
            r"am telefon|telefoniert|telefonat",
            r"angerufen|gesprochen|besprochen|au téléphone",
            r"(?:j['’]ai|nous avons|avons) (?:appelé|téléphoné)|notre appel",
        ),
        _any(
            r"thank(?:s| you)[^.!?]{0,20} for (?:your|the|calling)[^.!?]{0,10}call\w*",
            r"danke für (?:den|ihren) anruf",
        ),
    ),
    Deed(
        "come",
        _any(
            r"come|visit|be (?:there|with you|on site|at your)|drop by|look at it on",
            r"(?:vorbei)?kommen?|komme|besuchen?|da sein",
            r"vor ort|(?:pass|viend|ser(?:a|ons) chez)\w*",
        ),
        _any(
            r"(?:was|were|has been|have been)[^.!?]{0,30}(?:there|with you|here|on site|at your)",
            r"visited|came|has come",
            r"(?:war|waren)[^.!?]{0,40}(?:vor ort|da|bei ihnen|dort)|gekommen|da gewesen|dort gewesen",
            r"besucht",
            r"(?:est|sommes|sont) (?:passée?s?|venue?s?)|sur place",
        ),
        _any(
            r"(?:was|were|has been)[^.!?]{0,30}(?:here|with us|on site)|came",
            r"war[^.!?]{0,30}(?:hier|da|bei uns)|est (?:passé|venu)e?",
        ),
    ),
    Deed(
        "hand over",
        _any(
            r"hand[^.!?]{0,30}over|pass[^.!?]{0,40}(?:on|to)|introduce|put you in touch|take over",
            r"(?:über|weiter)geben?",
            r"übergeben?|vorstellen|übernimmt|(?:transmett|confier|passer|présenter)\w*",
        ),
        _any(
            r"(?<!be )(?:handed[^.!?]{0,30}over|passed[^.!?]{0,40}(?:on|to)|introduced|taken over)",
            r"(?:über|weiter)gegeben",
            r"übernommen|vorgestellt|transmise?s?|confiée?s?",
            r"(?:is|ist|est) (?:now |jetzt |nun )?(?:your contact|ihr ansprechpartner\w*|votre contact)",
        ),
    ),
)
"""Several may fit one promise. What fits none is kept by words that speak of the same thing as done."""

ANSWER = _any(
    r"get back|come back to you|let you know|tell you|inform|keep you (?:posted|informed)",
    r"hear (?:from|back)|report|confirm",
    r"look into|look (?:it|this|that) up|check|find out|clarify|investigate|ask|answer|reply|respond",
    r"advise|update you|see",
    r"melden?|melde|bescheid|(?:mit|zurück|aus)?teile?n?|informieren?|(?:ab|auf)?klären?|kläre",
    r"prüfen?|prüfe|nachsehen|schaue?n?|hören",
    r"bestätigen?|nachfragen?|frage[n]?|antworten?|reviens|reviend\w+|tiend\w+ (?:au courant|informé)",
    r"inform\w+|vérif\w+|confirm\w+",
    r"renseign\w+|demand\w+|répond\w+|regard\w+",
)
"""What is promised is word, and a word that tells something keeps it."""

COMPLETE = _any(
    r"(?:all |is |it['’]s |that['’]s |now )(?:done|complete[d]?|finished)",
    r"as (?:promised|announced|agreed)|we have finished",
    r"erledigt|fertig|abgeschlossen|wie (?:versprochen|zugesagt|angekündigt|besprochen|vereinbart)",
    r"c['’]est (?:fait|réglé|terminé)|comme (?:promis|convenu|annoncé)|terminée?s?",
)
"""Something is done, whatever it was."""

NOT_DONE = re.compile(
    r"\?\s*[\"'”»)]*$"
    r"|\b(?:not|never|nothing|cannot|unable|isn['’]?t|hasn['’]?t|haven['’]?t|wasn['’]?t|weren['’]?t|didn['’]?t)\b"
    r"|\b(?:no (?:longer|sign|trace|news)|without|unless|until|if|once|when|as soon as|before|should)\b"
    r"|\b(?:would|could|might|couldn['’]?t)\b|\b(?:will|to|going to) (?:be|have|get)\b"
    r"|\b(?:nicht|kein\w*|nie|nichts|sobald|wenn|falls|bevor|bis|sollte\w*|könnte\w*|müsste\w*)\b|\bwürde\w*\b"
    r"|\b(?:wird|werden|werde|soll|sollen|muss|müssen)\b"
    r"(?![^.!?]*\b(?:ist|sind|wurde|wurden|worden|hat|habe|haben)\b)"
    r"|\b(?:please(?! find| see)|bitte(?! finden)|veuillez(?! trouver))\b"
    r"|\bn['’](?:est|a|ai|avons|ont|était)\b|\b(?:pas|jamais|rien|aucun\w*|sinon|dès que|lorsque|quand|avant)\b"
    r"|\b(?:svp|si|sera|seront|serait|devrait|va être|vont être)\b",
    re.IGNORECASE,
)
"""A question, a refusal, a condition, a request, or something that is still to come."""
