"""Whether a sentence is a remark that product or sales would quote, by theme: a linear model over words and cues.

The model learns from sentences alone and from sentences in whole mails (`remark_lessons`), which set remarks beside
what looks like them: fault reports, requests, plain facts, thanks out of politeness.
"""

import re
from collections.abc import Mapping
from functools import cache
from itertools import pairwise

from mailroute.extraction.linear import LinearModel, shipped
from mailroute.extraction.quick import Choice
from mailroute.extraction.tone import CHEERFUL, DISPLEASED, PRAISE, RAGE
from mailroute.extraction.wordlists import Phrases, phrases, said

NO_REMARK = "none"
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[?!%€£$]")
STEM = 6
"""Letters of a word that count, so that forms of one word are one feature."""
WORDS, SIGN, KIND = 2.5, 0.7, 2.0
"""Share of the words, weight of a sign and of what the mail is for; set by hand."""

SIGNS: Mapping[str, Phrases] = {
    "competitor": phrases(
        r"""competitors?|competition|rivals?|salesm[ae]n|(?:an?other|other|previous|old|former|new|
        different) (?:supplier|provider|vendor|maker|manufacturer|firm|company|make|brand|tool|system|
        software|product)s?|elsewhere|switch(?:ed|ing)? (?:to|over to)|go(?:ing)? back to|used to have|
        at my last|next door|at the fair|others in the (?:market|trade)|everybody else|compared (?:you|
        it|this)|konkurrenz|wettbewerber\w*|mitbewerber\w*|anbieter\w*|anderswo|wechseln|concurrents?|
        concurrence|ailleurs|(?:ancien|autre) (?:fournisseur|prestataire)"""
    ),
    "name-does": phrases(
        r"""(?-i:[A-ZÄÖÜ])\w+(?:'s)? (?:has|have|had|did|does|do|can|offers?|sells?|quotes?|wants?|
        charges?|delivers?|makes?|shows?|beeps?|uses|bietet|hat|kann|propose|fait)(?: \w+)? (?:it|this|
        that|one|these|them|the same|less|half|\d+|ein\w*|das|un)"""
    ),
    "with-name": phrases(
        r"""(?:like|from|by|with|at|to|than|over to|von|bei|wie|chez|avec|
        comme) (?-i:[A-ZÄÖÜ])\w+(?:'s)?"""
    ),
    "price": phrases(
        r"""pric\w+|cost\w*|expensive|cheap\w*|fees?|charges?|money|budget|afford|value|rates?|
        discount\w*|surcharge|rent|per (?:seat|user|month|piece|year|call|head)|worth|teuer\w*|preis\w*|
        kost\w+|geld|günstig\w*|gebühr\w*|chers?|chère|prix|tarifs?|coût\w*|argent"""
    ),
    "would-pay": phrases(
        r"""(?:pay|paid|spend|paying) (?:\w+ )?(?:more|extra|less|so much|twice|double)|(?:gladly|
        happily|willing to|would|'d) pay|too (?:expensive|dear|much)|up by|increase\w*|raised|doubled|
        not (?:the )?cheap\w*|less than|more than|for that (?:money|price)|at that price|per ?cent|
        percent|prozent|pour cent|teurer|gestiegen|erhöh\w+|augment\w+|trop cher|plus cher"""
    ),
    "sum": phrases(
        r"""[€£$]? ?\d[\d.,]*(?:k| ?(?:euros?|eur|pounds?|dollars?|quid|€|£|\$))|[€£$] ?\d[\d.,]*"""
    ),
    "wish": phrases(
        r"""would be (?:\w+ )?(?:nice|great|good|useful|helpful|handy|lovely|easier|better|practical|
        ideal|wonderful)|'d be (?:nice|great|good|useful|handy)|would (?:really )?(?:help|love|like|
        prefer)|'d (?:love|like|find)|wish|if only|could do with|why (?:can't|can not|is there no|
        isn't there)|any chance|a chance|is there (?:any|a) (?:way|plan)|would it be possible|
        is it possible|add|we miss|what (?:i|we) miss|idea|suggest\w*|please think|
        have you (?:ever )? thought|would you consider|next (?:release|version|model|update)|
        being able to|should (?:let|be able|be possible)|wäre\w*|wünsch\w+|könnte\w*|ließe|vorschlag|
        pratique|utile|aimerions|serait|pourriez|manque"""
    ),
    "function": phrases(
        r"""button|option|export\w*|import\w*|filter|sort\w*|column|view|search|remind\w*|warning|
        version|app|portal|display|screen|list|report|template|automatic\w*|setting|field|label|size|
        colou?r|handle|at once|by itself|spalte|taste|sortier\w+|erinnerung|automatisch|übersicht|
        colonne|bouton|rappel|trier|automatique\w*"""
    ),
    "their-people": phrases(
        r"""your (?:\w+ )?(?:technicians?|engineers?|drivers?|fitters?|crew|men|man|lads?|people|staff|
        colleagues?|support|hotline|office|desk|team|service|department|sales\w*|planner|electricians?|
        painters?|installers?|trainer|guy|girl|number|firm|company|house)|the (?:technician|engineer|
        driver|fitter|man|men|woman|person|girl|crew)|he|she|they|mr|mrs|ms|ihr\w* (?:techniker|
        monteur\w*|fahrer|mitarbeiter\w*|kolleg\w+|hotline|team)|(?:votre|vos) (?:technicien\w*|
        monteur\w*|chauffeur|équipe|collègue|service|ouvriers?)"""
    ),
    "contact": phrases(
        r"""call\w*|rang|ring\w*|phone\w*|answer\w*|repl\w+|reach\w*|told|explain\w*|promis\w+|wait\w*|
        remind\w*|mails?|message|silence|forwarded|passed|nobody|no one|not one|anybody|apolog\w*|
        warned|asked|hung up|appointment|turned up|rude|shout\w*|left|niemand|anruf\w*|ruft|antwort\w*|
        warten|termin|verschoben|zuständig|personne|rappel\w*|réponse|attend\w*|promis|prévenu\w*"""
    ),
    "again": phrases(
        r"""(?:first|second|third|fourth|fifth|last|\d+(?:st|nd|rd|th)) time|twice|(?:two|three|four|
        five|six|several|many) times|every (?:single )?(?:time|day|week|month|morning|update)|
        each (?:time|update|batch|cleaning)|again|always|never|already|still|(?:second|third|
        fourth) (?:\w+ )?in|any more|no longer|schon|wieder|jedes|jede|nie|noch|encore|toujours|jamais|
        chaque"""
    ),
    "wear": phrases(
        r"""wears?|worn|peel\w*|wobbl\w*|loose|thin\w*|soft|stiff|cheap|weak|uneven|crooked|sloppy|
        badly|poor\w*|mistakes?|errors?|wrong|trust|believes?|rely|drift\w*|slow|loud|fault\w*|quality|
        finish\w*|design\w*|made|make|lasts?|lasted|survive|useless|of no use|rework\w*|by hand|
        verarbeitung|qualität|schlampig|verlass\w*|abgefallen|qualité|fier|casse|détach\w+|s'écaille"""
    ),
    "outcome": phrases(
        r"""sav\w+|halved|doubled|dropped|faster|easier|quicker|earlier|like (?:new|silk|clockwork|
        a dream|a charm)|without (?:a|any|one|help)|not (?:a|one) single|in (?:minutes|no time)|
        ahead of|early|in advance|on time|best|compliments?|love\w*|recommend\w*|pleasure|impressed|
        happy|patient|calm|care|honest\w*|beautiful\w*|wonderful|dream|hit|prize|laugh\w*|proud|praise|
        rare\w*|never (?:seen|regretted|had|once)|even (?:the|my|our|i)|everybody|begeistert\w*|
        zufrieden\w*|lob|pünktlich|wunderschön|ravie?s?|merveille|d'avance|gagner|sauvés?"""
    ),
    "politeness": phrases(
        r"""thanks? (?:you )?(?:for|in advance|and)|thank you|many thanks|look(?:ing)? forward|hope|
        sorry|regards|wishes|please|happy to|pleased to|let me know|danke|vielen dank|freuen|hoffe|
        bitte|merci|j'espère|veuillez"""
    ),
    "status": phrases(
        r"""attach\w*|number is|as discussed|since (?:monday|tuesday|wednesday|thursday|friday|
        yesterday|this morning|last)|(?:is|are|was|were|has|have) (?:\w+ )?(?:down|closed|locked|
        missing|leaking|damaged|attached|due|promised for)|does not (?:start|work|open|close)|
        doesn't (?:start|work|open|close)|this (?:morning|week|afternoon)|seit|depuis"""
    ),
    "asks": phrases(
        r"""can you|could you (?:please|tell|send|call|check|look|confirm|let|make us)|please (?:send|
        confirm|change|let|call|check|tell|note|ask|reset|quote|find|see)|what|which|when|where|how|who|
        können sie|könnten sie|bitte|pouvez-vous"""
    ),
    "us": phrases(
        r"""our (?:new |own )?\w+ (?:will|has|have|is|are|starts?|opens?|works?|pays?)|we (?:are|work|
        have|use|use)"""
    ),
}

NAMED_SIGNS = tuple(SIGNS.items())
CHOICE = Choice(pattern.whole for pattern in SIGNS.values())


def remark_features(sentence: str) -> dict[str, float]:
    """What the model looks at: stems, pairs of words, how it begins and ends, and the signs of each theme."""
    body = [w.lower().replace("’", "'") for w in WORD.findall(sentence)]
    stems = ["0" if w.isdigit() else w[:STEM] for w in body]
    names = {f"w:{stem}" for stem in stems} | {f"b:{a} {b}" for a, b in pairwise(stems)}
    found = {name: WORDS / max(4, len(names)) ** 0.5 for name in names}
    found |= {f"first:{' '.join(stems[:n])}": SIGN for n in (1, 2)}
    possible = (NAMED_SIGNS[number] for number in CHOICE.possible(sentence))
    found |= {f"sign:{sign}": SIGN for sign, pattern in possible if pattern.search(sentence)}
    told = said(sentence)
    for tone, pattern in TONES:
        times = pattern.count(told)
        found |= {f"tone:{tone}>={least}": SIGN for least in (1, 2) if times >= least}
    found |= {f"long>={least}": SIGN for least in (7, 12, 20) if len(body) >= least}
    found |= {f"mark:{mark}": SIGN for mark in "?!" if sentence.rstrip().endswith(mark)}
    return found


def place_features(
    kinds: Mapping[str, float], at: int, sentences: int, *, asked: bool, item: bool
) -> dict[str, float]:
    """Where the sentence stands: in what mail (*kinds* with their probabilities), first, last, in a list, as an ask."""
    found = {f"kind:{kind}": KIND * sure for kind, sure in kinds.items()}
    there = {
        "first": at == 0,
        "last": at == sentences - 1,
        "only": sentences == 1,
        "asked": asked,
        "item": item,
    }
    return found | {f"at:{name}": SIGN for name, holds in there.items() if holds}


TONES = (("pleased", PRAISE), ("displeased", DISPLEASED), ("rage", RAGE), ("cheerful", CHEERFUL))


@cache
def remark_model() -> LinearModel:
    """The model that came with the package, loaded at first use."""
    return shipped("remarks")
