"""Deadlines: which of the days named in a mail somebody is waiting for.

Each mention is judged in its sentence: cue words right before it, what is said around it, whether it lies ahead.
"""

import re
from datetime import timedelta

from mailroute.domain.issue import Deadline, Issue
from mailroute.extraction.mentions import Mention
from mailroute.extraction.reading import Reading
from mailroute.extraction.sentences import Sentence

BY = re.compile(
    r"(?:\b(?:by|before|until|till|til|no later than|not later than|latest|at the latest|due(?: on| by)?|deadline(?: is| of|:)?|"
    r"prior to|ahead of|in time for|(?:up )?to|be(?:fore)? the|asap|bis(?: zum| spätestens| zu| am)?|spätestens(?: am| bis)?|vor(?: dem)?|"
    r"avant(?: le)?|d['’]ici(?: le| à| au)?|pour(?: le)?|au plus tard(?: le)?|jusqu['’]au|antes del?|entro(?: il)?|vóór|uiterlijk))"
    r"(?:\s+(?:the|our|end of|close of(?: business| play)?|eod|cob|noon|midday|\d{1,2}(?::\d\d)?\s*(?:am|pm|h|uhr)?))*(?:\s+on)?[\s:,]*$",
    re.IGNORECASE,
)
LATEST = re.compile(
    r"^\s*(?:at the (?:very )?latest|latest\b|spätestens|au plus tard|morning latest|or sooner)",
    re.IGNORECASE,
)
WANT = re.compile(
    r"\b(?:need|needs|needed|want|require|must|have to|has to|should|please|pls|kindly|can you|could you|could someone|"
    r"can someone|would you|will you|would like|'d like|expect|answer|reply|deadline|due|ready|urgent|latest|rsvp|send|deliver|confirm|"
    r"brauchen|benötigen|bitte|müssen|muss|sollte|sollen|können sie|könnten sie|erwarte|termin|frist|"
    r"besoin|faut|doit|devons|devez|veuillez|pourriez|pouvez|merci de|exige|attend\w*|souhait\w*)\b",
    re.IGNORECASE,
)
AHEAD = re.compile(
    r"\b(?:opens?|opening|starts?|begins?|goes? (?:up|live|out|on)|go (?:up|live|out|on)|will|launch\w*|complete|completes|arrives?|"
    r"lands?|sails?|is on|are on|are booked|is booked|we have|is due|inspection|audit|auditors|exhibition|fair|show|event|wedding|"
    r"deadline|slot|expires?|ends?|joins?|joining|new (?:colleague|starter|employee)|first day|fängt|beginnt|eröffn\w+|ist am|haben wir|"
    r"findet|commence|ouvre|est le|arrive|débute|a lieu)\b",
    re.IGNORECASE,
)
BEHIND = re.compile(
    r"\b(?:was|were|had|did|been|since|last|ago|arrived|received|sent|ordered|paid|promised|told|said|bought|invoiced|dated|"
    r"delivered|installed|signed|wrote|called|rang|came|went|visited|visit of|your (?:mail|email|letter) of|invoice of|"
    r"seit|war|waren|hatte|wurde\w*|hieß|gestern|versprochen|geliefert|gekauft|bezahlt|"
    r"depuis|était|avait|avons|reçu|promis|dernier|dernière)\b",
    re.IGNORECASE,
)
ASIDE = re.compile(
    r"\b(?:closed|holiday|holidays|on leave|vacation|out of office|away|meeting|meet|party|visit|lunch|dinner|drinks|valid|"
    r"moving|move on|moved|retires?|geschlossen|urlaub|sommerfest|feier|betriebsferien|fermé|congés|vacances|réunion|"
    r"available|free|open from|open until|hours|warranty|guarantee|born|subscription)\b",
    re.IGNORECASE,
)
SINCE = re.compile(r"\b(?:since|from|of|dated|until|seit|vom|depuis|du|on)\s*(?:the\s*)?$", re.IGNORECASE)
FAR = timedelta(days=270)
"""A day without a year that lies further ahead than this was probably meant as past."""


def find_deadlines(reading: Reading, _found: Issue) -> tuple[Deadline, ...]:
    """The days that somebody waits for, in order of the text, each day once."""
    kept: dict[str, Deadline] = {}
    for mention in reading.mentions:
        sentence = next((s for s in reading.sentences if s.start <= mention.start < s.end), None)
        if sentence is None:
            continue
        sure, begin = judge(sentence, mention, reading)
        if sure < 0.5:
            continue
        words = reading.text[begin : mention.end]
        before = bool(re.match(r"(?:before|prior|vor|avant|ahead)", words, re.IGNORECASE))
        day = mention.first if before else mention.last
        deadline = Deadline(day, words, begin, mention.end, round(sure, 2))
        old = kept.get(day.isoformat())
        if old is None or old.sure < sure:
            kept[day.isoformat()] = deadline
    return tuple(sorted(kept.values(), key=lambda d: d.start))


def judge(sentence: Sentence, mention: Mention, reading: Reading) -> tuple[float, int]:
    """How sure it is that the day is a deadline, and where its words begin (the cue belongs to them)."""
    if mention.last < reading.anchor:
        return 0.0, mention.start
    before = reading.text[sentence.start : mention.start]
    after = reading.text[mention.end : sentence.end]
    cue = BY.search(before)
    begin = sentence.start + cue.start() if cue else mention.start
    score = 0.3 * bool(mention.explicit_year)
    if cue:
        score += 1.6
    if LATEST.match(after):
        score += 1.6
    score += 0.9 * bool(WANT.search(sentence.text)) + 0.7 * bool(AHEAD.search(sentence.text))
    score -= 0.9 * bool(BEHIND.search(before[-60:])) + 1.2 * bool(ASIDE.search(sentence.text))
    score -= 0.4 * bool(SINCE.search(before) and not cue)
    if not cue and not mention.explicit_year and mention.first - reading.anchor > FAR:
        score -= 2
    if mention.ambiguous:
        score -= 0.1
    return min(0.98, max(0.0, 0.05 + 0.5 * score)), begin
