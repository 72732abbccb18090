"""Deadlines: which of the days named in a mail somebody is waiting for.

Each mention is judged in its clause: cue words before and after it, what the clause says,
whether the mail wants anything at all. Weights and threshold stand here, so that anybody can follow why a day counts.
"""

import re
from datetime import timedelta

from mailroute.domain.issue import Deadline, Issue
from mailroute.extraction.mentions import Mention
from mailroute.extraction.reading import Reading
from mailroute.extraction.sentences import Sentence
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
    r"""opens?|opening|starts?|begins?|go(?:es)? (?:up|live|out|on|to press)|will|won't|'ll|launch\w*|
    complete|completes|arrives?|lands?|sails?|
    leaves?|ships?|is on|are on|is|are|have|has|we're|i'm|they're|it's|inspection|audit|auditors?|
    exhibition|fair|show|event|wedding|
    deadline|slot|expires?|ends?|closes|close|joins?|joining|meets?|moves? in|come|comes|
    new (?:colleague|starter|employee)|first day|see|handing over|hand over|
    fängt|beginnt|beginnen|eröffn\w+|ist|sind|haben|hat|kommt|kommen|findet|wechseln|startet|starten|
    zieht|ziehen|liefern|geht|gehen|wird|werden|
    commencent?|ouvrent?|ouvrons|est|sont|arrivent?|débute|a lieu|avons|aura|sera|part|partent"""
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
    we)(?:'ll| will)? (?:send|call|come|write|ring)|chat|reachable|worked"""
)
CLAUSE = re.compile(r"[;:–]|,\s|\s(?:but|and|so|because|aber|und|mais|et)\s|\(|\)")
FAR = timedelta(days=270)
"""A day without a year that lies further ahead than this was probably meant as past."""
WIDE = timedelta(days=4)
"""A longer span (a week, a month) is seldom a deadline by itself."""
REACH = 240
"""Characters before and after the day in which something can still speak for or against it."""
ENOUGH = 0.5


def find_deadlines(reading: Reading, found: Issue) -> tuple[Deadline, ...]:
    """The days that somebody waits for, in order of the text, each day once."""
    kept: dict[str, Deadline] = {}
    for sentence in reading.sentences:
        mentions = [m for m in reading.mentions if sentence.start <= m.start < sentence.end]
        judged = [(m, *judge(sentence, m, reading, found)) for m in mentions]
        best = max((sure for _, sure, _ in judged), default=0.0)
        for mention, sure, begin in judged:
            if sure < ENOUGH or sure < best - 0.35:
                continue
            deadline = _deadline(reading.text, mention, sure, begin)
            old = kept.get(deadline.date.isoformat())
            if old is None or old.sure < sure:
                kept[deadline.date.isoformat()] = deadline
    return tuple(sorted(kept.values(), key=lambda d: d.start))


def _deadline(text: str, mention: Mention, sure: float, begin: int) -> Deadline:
    """Before a span means before its first day; by a span means by its last."""
    first = re.match(
        r"(?:before|prior|vor\b|avant|ahead|from|ab\b)", text[begin : mention.end], re.IGNORECASE
    )
    first = first or FROM.search(text[max(0, mention.start - 12) : mention.start])
    day = mention.first if first else mention.last
    return Deadline(day, text[begin : mention.end], begin, mention.end, round(sure, 2))


def judge(sentence: Sentence, mention: Mention, reading: Reading, found: Issue) -> tuple[float, int]:
    """How sure it is that the day is a deadline, and where its words begin (the cue belongs to them)."""
    if mention.last < reading.anchor:
        return 0.0, mention.start
    first, last = max(sentence.start, mention.start - REACH), min(sentence.end, mention.end + REACH)
    before, after = reading.text[first : mention.start], reading.text[mention.end : last]
    around = reading.text[first:last]
    cue = BY.search(before)
    begin = first + cue.start() if cue else mention.start
    asked = any(a.start == sentence.start for a in found.asks)
    clause = _clause_before(before) + " " + CLAUSE.split(after)[0]
    score = 1.5 * bool(cue) + 1.5 * bool(LATEST.match(after)) + 0.9 * bool(UNTIL.search(before) and asked)
    score += 0.5 * asked + 0.4 * bool(WANT.search(around)) + 0.5 * bool(AHEAD.search(clause))
    score += 0.4 * bool(found.asks) + 0.2 * mention.explicit_year - 0.6 * (not found.asks)
    score -= 1.2 * bool(BEHIND.search(clause)) + 0.8 * bool(ASIDE.search(clause))
    score -= 0.6 * bool(UNTIL.search(before) and not asked)
    if OTHER_TEXT.search(before) and not cue:
        score -= 0.5 * (not asked)
    if mention.bare and not cue and not PREPOSITION.search(before):
        score -= 0.7
    if FROM.search(before) and MOVED.match(after):
        score -= 1.5
    if mention.last - mention.first > WIDE and not cue:
        score -= 0.9
    if (
        not cue
        and not mention.explicit_year
        and not mention.relative
        and mention.first - reading.anchor > FAR
    ):
        score -= 2
    if mention.relative and mention.last == reading.anchor and not asked and not cue:
        score -= 0.8
    return min(0.97, max(0.0, 0.05 + 0.5 * score)), begin


def _clause_before(before: str) -> str:
    """The last clause of what stands before the day; a clause of one word takes the one before it in."""
    parts = CLAUSE.split(before)
    last = parts[-1]
    return last if len(last.split()) > 1 or len(parts) == 1 else f"{parts[-2]} {last}"
