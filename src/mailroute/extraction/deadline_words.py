"""Words that speak for or against a day being a deadline, in English, German and French."""

import re

from mailroute.extraction.wordlists import joined, phrases

BY = re.compile(
    joined(
        r"""
        \b(?:(?:by|before|no later than|not later than|later than|latest|at the latest|due(?: on| by)?|
        deadline(?: is| of|:)?|prior to|ahead of|in time for|be(?:fore)? the|asap|
        spätestens(?: am| bis)?|bis(?: zum| spätestens| zu| am)?|vor(?: dem)?|avant(?: le)?|
        d['’]ici(?: le| à| au)?|pour(?: le)?|au plus tard(?: le)?|jusqu['’]au|antes del?|entro(?: il)?|
        vóór|uiterlijk)(?:\s+(?:the|our|your|my|end of|close of(?: business| play)?|eod|cob|noon|midday|
        \w+ (?:meeting|fair|show|audit|launch|opening|event) on|\d{1,2}(?::\d\d)?\s*(?:am|pm|h|
        uhr)?))*(?:\s+on)?)[\s:,]*$
        """
    ),
    re.IGNORECASE,
)
UNTIL = re.compile(r"\b(?:until|till|til|up to|to)\s*(?:the\s*)?$", re.IGNORECASE)
FROM = re.compile(
    joined(
        r"""
        \b(?:from|since|starting|as of|between|ab|von|vom|seit|du|de|à partir du|depuis)(?:\s+(?:the|le|
        dem))?\s*$
        """
    ),
    re.IGNORECASE,
)
OTHER_TEXT = re.compile(
    r"\b(?:of|dated|for|to|your|mail|email|letter|invoice|order|call|statement|vom|du)\s*(?:the\s*)?$",
    re.IGNORECASE,
)
PREPOSITION = re.compile(
    joined(
        r"""
        (?:\b(?:on|this|next|for|from|in|at|till|until|am|ab|im|heute|le|dès|of|later|the end of|end of)
        \s*|(?:^|[,:;-]\s*)(?:\w+\s+){0,2})$
        """
    ),
    re.IGNORECASE,
)
"""What makes a bare weekday a day; "the Monday" is any Monday."""
MOVED = re.compile(r"\s*(?:to|auf|nach|au|until|bis)\b", re.IGNORECASE)
"""After `from 11 May`: what is moved no longer holds, and what lasts that long began."""
LATEST = re.compile(
    joined(
        r"""
        ^\s*(?:[\w:.]+\s+){0,3}?(?:at the (?:very )?latest|latest\b|spätestens|au plus tard|or sooner|
        without fail)
        """
    ),
    re.IGNORECASE,
)
WANT = phrases(
    r"""need|needs|needed|want|wants|require[sd]?|must|has to|have to|having to|should|please|pls|
    kindly|can (?:you|we|i|someone)|
    could (?:you|we|someone)|will you|would (?:you|like)|'d like|expect|answer|reply|deadline|due|rsvp|
    send|deliver|confirm|
    or (?:i|we)|if (?:not|i|we|it|they|you)|either|so (?:i|we) (?:want|need|have|can)|otherwise|by then|
    before then|
    brauchen|benötigen|bitte|müssen|muss|sollte|sollen|können sie|könnten sie|erwarte|bis dahin|sonst|
    besoin|faut|doit|dois|devons|devez|veuillez|pourriez|pouvez|merci de|exige|attend\w*|souhait\w*|sinon"""
)
AHEAD = phrases(
    r"""opens?|opening|starts?|starting|begins?|beginning on|go(?:es)? (?:up|live|out|on|to press)|will|won't|'ll|
    launch\w*|complete|completes|arrives?|lands?|sails?|
    leaves?|ships?|is on|are on|is|are|have|has|we're|i'm|they're|it's|inspection|audit|auditors?|
    exhibition|fair|show|event|wedding|
    deadline|slot|expires?|ends?|closes|close|joins?|joining|meets?|moves? in|come|comes|
    new (?:colleague|starter|employee)|first day|see|handing over|hand over|
    fängt|beginnt|beginnen|eröffn\w+|ist|sind|haben|hat|kommt|kommen|findet|wechseln|startet|starten|
    zieht|ziehen|liefern|geht|gehen|wird|werden|
    commence(?:nt)?|ouvre(?:nt)?|ouvrons|est|sont|arrive(?:nt)?|débute(?:nt)?|a lieu|ont lieu|
    avons|aura|sera|part|partent"""
)
BEHIND = phrases(
    r"""was|were|had|did|been|since|last|ago|arrived|received|sent|ordered|paid|promised|told|said|
    bought|invoiced|dated|
    delivered|installed|signed|wrote|called|rang|came|went|visited|swears?|promises?|won't|wasn't|
    didn't|according to|supposed|
    seit|war|waren|hatte|wurde\w*|hieß|gestern|versprochen|geliefert|gekauft|bezahlt|angeblich|
    depuis|était|avait|reçu|promis|dernier|dernière"""
)
ASIDE = phrases(
    r"""holidays?|on leave|vacation|out of office|away|meeting|party|lunch|dinner|drinks|valid|stays?|
    booked|closed|locked|
    moved|retires?|geschlossen|urlaub|feier|betriebsferien|fermée?s?|congés|vacances|réunion|
    available|free|hours|warranty|guarantee|born|subscription|roadmap|how about|happy|back on|(?:i|
    we)(?:'ll| will)? (?:send|call|come|write|ring)|chat|reachable|worked|
    (?:can|could|may|might|shall) (?:we|i) (?:come|visit|meet|talk|speak)"""
)
GRANTED = re.compile(
    r"\b(?:needs?|have|has|gives?|gave|given|got|allow\w*|brauchen|haben|geben|gegeben|avons|ont|donn\w+)\b",
    re.IGNORECASE,
)
"""With `until`: what is needed, or the time that somebody was given."""
MOVE = re.compile(
    joined(
        r"""
        \b(?:push|move|shift|postpone|reschedule|delay|put|bring|change|verschieben|verlegen|vorziehen|
        reporter|décaler|repousser|avancer|déplacer)\b
        """
    ),
    re.IGNORECASE,
)
MOVED_TO = re.compile(r"\b(?:to|auf|au|until)\s+(?:the\s+|den\s+)?$", re.IGNORECASE)
SUPPOSED = re.compile(r"\b(?:if|when|wenn|falls|si|quand)\s+(?:an?|ein\w*|une?|the|any) \w+\b", re.IGNORECASE)
"""How things behave in general: no day in it is a day of the calendar."""
IT_IS = re.compile(
    r"\b(?:it['’]?s|it is|today is|heute ist|wir haben|on est|nous sommes|c['’]est)\s+(?:already\s+|schon\s+|"
    r"déjà\s+)?$",
    re.IGNORECASE,
)
"""Before a weekday: the day of writing itself."""
PRESENCE = re.compile(
    joined(
        r"""
        \b(?:i|we)(?:['’]ll be|['’]m|['’]re| will be| am| are)\s+(?:in|at|off|away|back|out|travelling|abroad|
        around|here)\b|\b(?:ich|wir)\s+(?:bin|sind|werde|werden)\b[^,]*\b(?:in|im|weg|da|zurück|unterwegs)\b|
        \b(?:je serai|je suis|nous serons|nous sommes)\s+(?:à|en|de retour|absents?|absentes?)\b
        """
    ),
    re.IGNORECASE,
)
"""Where the writer will be."""
PASSIVE_AHEAD = re.compile(
    r"(?:\b(?:will|shall|can|could|must|should|to|may|might|would|not)\s+|['’]ll\s+)(?:\w+\s+){0,3}be\s+"
    r"(?:\w+ed|\w+en|sent|paid|built|made|done|brought|held|put|set|told|said)\b",
    re.IGNORECASE,
)
"""`will be delivered`: a participle that tells nothing of the past."""
PERFECT = re.compile(
    joined(
        r"""
        \b(?:j['’]ai|a|as|ai|avons|avez|ont)\s+(?:\w+ment\s+|pas\s+|jamais\s+)?\w{2,}(?:é|ée|és|ées|u|us|is|it)\b
        """
    ),
    re.IGNORECASE,
)
"""The past of French, in its clause."""
OPENS_BRACKET = re.compile(r"\b(?:hat|habe|haben|hatten?|hast|habt)\b[^,;:]*$", re.IGNORECASE)
CLOSES_BRACKET = re.compile(r"^[^,;:]*\b(?:\w*ge\w{2,}(?:t|en)|\w+iert|\w*lassen)\b", re.IGNORECASE)
"""The past of German stands around the day: `hat am Samstag ... gewartet`."""
STRETCH = re.compile(
    r"\b(?:from|von|vom|du|de)\s+[^,;:]{3,25}\s(?:to|bis(?: zum)?|au)\s+(?:the\s+)?$", re.IGNORECASE
)
TO = re.compile(r"\bto\s*(?:the\s*)?$", re.IGNORECASE)
"""Ends stretches of many kinds; says less than `until`."""
RUNS = re.compile(
    joined(
        r"""
        \b(?:runs?|valid|lasts?|continues?|covers?|läuft|gilt|gültig|dauert|abgedeckt|court|valable|dure|
        (?:bin|sind|ist) [^,;.]{0,30}(?:weg|nicht|krank)|nicht da|absent\w*|suis|serai|serons|sommes)\b[^,;.]*$
        """
    ),
    re.IGNORECASE,
)
"""Before a day that ends something of the writer: a contract, an absence."""
NOT_IN = re.compile(
    r"\A[^,;.]{0,25}\b(?:nicht|weg|krank|abwesend|absent\w*|geschlossen|fermés?)\b", re.IGNORECASE
)
"""After the end of an absence in German and French."""
LASTING = re.compile(r"\b(?:bis|until|till|jusqu['’]au|jusqu['’]à)\b[^,;.]{0,12}\Z", re.IGNORECASE)
BUT_NOT = re.compile(
    r"\b(?:do not|don['’]t|please not|not|nicht|ne)\s+(?:\w+\s+){1,3}(?:on|at|am|le)?\s*$", re.IGNORECASE
)
"""Before a day on which nothing is wanted."""
WEEKDAYS_TO = re.compile(
    r"^\s*(?:to|through|till|until|[-–]|bis|à|au)\s*\w+(?:day|tag|di)s?\b", re.IGNORECASE
)
WEEKDAYS_FROM = re.compile(
    r"\w+(?:day|tag|di)s?\s*(?:to|through|till|until|[-–]|bis|à|au)\s*$", re.IGNORECASE
)
"""Hours and working days: Monday to Friday."""
CLOCK = re.compile(
    r"\b(?:at|um|à|around|about|since)\s+\d{1,2}(?:[:.h]\d\d)?\s*(?:am|pm|uhr|h)?\s*$", re.IGNORECASE
)
"""Before `today`: what happened at that hour."""
ARRANGE = re.compile(
    r"\b(?:schedule|book|arrange|set up|plan|organi[sz]e|fix|vereinbaren|organiser|fixer|prévoir)\b",
    re.IGNORECASE,
)
"""To ask for a meeting on a day is to want that day."""
BEFORE_IT = re.compile(
    joined(
        r"""
        \b(?:before (?:then|that|it)|by then|in time|beforehand|avant|d['’]ici là|à temps|vorher|davor|bis dahin|
        rechtzeitig)\s*(?:[.,;!?]|$)
        """
    ),
    re.IGNORECASE,
)
"""Behind an event in one sentence: what is wanted must be there by then."""
NUMBERED_WEEK = re.compile(
    r"(?:(?:in|to|for|on|by|für)\s+)?(?:calendar\s+)?(?:week|wk|kw|kalenderwoche|semaine)\s*\d", re.IGNORECASE
)
WEEK_OF = re.compile(
    r"(?:(?:in|to|for|on|by)\s+)?(?:the\s+)?week (?:of|commencing|beginning|starting)\b", re.IGNORECASE
)
"""A week that is named by its first day begins with it."""
