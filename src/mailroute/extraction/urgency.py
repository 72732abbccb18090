"""Urgency: a sum that anybody can follow: urgent words, what stands still, how near the deadline is, the tone."""

from mailroute.domain.issue import Issue, IssueType, Sentiment, Urgency, UrgencyFinding
from mailroute.domain.policy import UrgencyScale
from mailroute.extraction.reading import Reading
from mailroute.extraction.wordlists import phrases

CRITICAL = phrases(
    r"""emergency|standstill|outage|evacuat\w+|stranded|turned away|sent home|(?:line|plant|production|
        machine|site|shop|system|server|network|everything|kitchen|ward|lab|theatre|clinic|warehouse|
        tills?|lift|works?|office|hotel)\b(?: \w+){0,3}? (?:is|are|has|have|'s|was|
        were) (?:\w+ )?(?:stopped|down|stood|standing|dead|idle|shut|locked|out of action|at a stop)|
        stands? still|standing still|stood still|(?:nobody|no one|none of (?:us|them)|we all|
        no-one) can(?:not|'t)? (?:\w+ )?(?:work|get in|enter|log in|serve|open|ship|print|order|operate)|
        (?:can(?:not|'t)|unable to|could not|couldn't) (?:\w+ )?(?:work|operate|ship|produce|open (?:the|
        our) (?:shop|doors?|office|clinic)|serve|treat|trade|take (?:orders|payments|patients)|
        get into (?:the|our) (?:office|building))|(?:patients?|guests|customers|passengers|residents|
        children|people|crew|staff|men|drivers?|lorry|truck|students)(?: \w+){0,2}? (?:are|
        is) (?:\w+ )?(?:waiting|stuck|stranded|in the dark|freezing|outside|locked out|standing about)|
        waiting room is full|(?:freezers?|fridges?|cold (?:room|store)|vaccines?|stock|
        goods)(?: \w+){0,4}? (?:warming|thawing|at risk|spoiling|melting|above zero)|(?:freezers?|
        cold (?:room|store)) (?:is|are|has|have) (?:\w+ )?(?:down|off|failed|dead|out)|on fire|
        caught fire|smoke|smell of (?:gas|burning)|gas leak|flooded|flooding|pouring in|live wires?|
        injur\w+|unsafe|dangerous|risk of (?:injury|fire)|trapped|steht (?:seit \w+ )?still|steht (?:seit|
        komplett)|(?:früh|spät|nacht)?schicht steht|produktion steht|stillstand|notfall|stolpergefahr|
        lebensgefahr|gefährlich|brandgefahr|verletz\w+|patienten (?:\w+ )?warten|
        niemand kann (?:\w+ )?(?:arbeiten|rein)|à l'arrêt|en panne totale|dangereu\w+|danger|
        blessée?s?|plus personne ne peut|ne pouvons plus (?:travailler|ouvrir|livrer|produire)"""
)
"""What stands still now, and whoever is in danger."""
IMPACT = phrases(
    r"""we (?:have to|had to|keep having to) stop|by hand|overtime|penalt(?:y|ies)|los(?:e|es|
        ing) (?:\w+ )?(?:money|orders|customers|a (?:day|shift)|guests|time)|costs? us|hold(?:s|
        ing)? (?:us|everything|everyone) up|before it is too late|absolutely|at the latest|without fail|
        only one left|running out|runs? out|last (?:one|box|roll|pallet)|in time for|crane|our client|
        our customers? (?:is|are)|threat\w+|the (?:audit|fair|opening|launch|inspection) is|unbedingt|
        spätestens|zwingend|vertragsstrafe|messe|absolument|impérativement|au plus tard|salon|pénalités?"""
)
"""Work that suffers, and days that cannot be moved."""
HIGH = phrases(
    r"""urgent\w*|asap|as soon as (?:possible|you can)|immediately|right away|today|this morning|tonight|
        at once|priority|can(?:not|'t) wait|critical\w*|hurry|fast|quickly|by tomorrow|straight away|
        without delay|sofort|dringend\w*|eilt|heute noch|umgehend|schnellstmöglich|urgence|au plus vite|
        immédiatement|rapidement"""
)
LOW = phrases(
    r"""no (?:great |particular )?(?:rush|hurry|panic|big thing)|not (?:at all )?urgent|isn't urgent|
        nothing urgent|whenever|when you (?:have|get) (?:a )?(?:time|moment|chance)|in your own time|
        low priority|some ?time|take your time|we (?:can )?manage|
        we can live with|for your (?:information|planning)|fyi|just to let you know|there is no hurry|
        eilt nicht|keine eile|nicht (?:so )?(?:dringend|eilig)|pas (?:du tout )?urgent|
        quand vous (?:pouvez|aurez)|rien d'urgent|sans urgence"""
)
NOT_SO = phrases(
    r"""(?:arrived|came|come|got|received|here|started|began|noticed|read|saw|
    spoke) (?:\w+ ){0,2}(?:today|this morning)|
    fire (?:inspector|door|brigade|alarm test|safety|certificate|drill|officer)|
    (?:not|isn't|nothing) urgent as such|nicht eilt|
    (?:not|isn't|is not|aren't) (?:\w+ )?(?:down|stopped|dangerous|unsafe)|
    (?:it|and|but) (?:works|is working|runs) again"""
)
"""Words of the other lists that mean the opposite here."""
BY_TYPE = {
    IssueType.DEFECT: 1.0, IssueType.DELAY: 1.2, IssueType.ACCESS: 0.9, IssueType.COMPLAINT: 0.8,
    IssueType.BILLING: 0.3,
    IssueType.CHANGE_REQUEST: 0.5, IssueType.QUESTION: 0.2, IssueType.PRAISE: -1.2, IssueType.FEATURE_REQUEST: -0.6,
    IssueType.INFORMATION: -0.7, IssueType.OTHER: -0.7,
}  # fmt: skip

SOON, A_WEEK = 2, 7
"""Days to a deadline."""


def find_urgency(reading: Reading, found: Issue) -> UrgencyFinding:
    """The level with the words that raised or lowered it."""
    prose = reading.text[: reading.prose_end]
    text = f"{reading.subject}\n{prose}"
    text = NOT_SO.without(text)
    low, high, critical, impact = (p.findall(text) for p in (LOW, HIGH, CRITICAL, IMPACT))
    if low:
        high = [word for word in high if word not in " ".join(low)]
    scale = reading.service.urgency
    score = (
        BY_TYPE[found.type.value]
        + scale.urgent_word * min(2, len(high))
        + scale.standstill * min(2, len(critical))
        + scale.impact * min(2, len(impact))
        + scale.no_hurry * bool(low)
        + _nearness(reading, found)
        + {Sentiment.ANGRY: scale.angry, Sentiment.FRUSTRATED: scale.frustrated}.get(
            found.sentiment.value, 0.0
        )
    )
    evidence = tuple(dict.fromkeys((*critical, *high, *impact, *low, *(d.words for d in found.deadlines))))[
        :5
    ]
    return UrgencyFinding(_level(score, scale), 0.6, evidence)


def _nearness(reading: Reading, found: Issue) -> float:
    """What the nearest deadline adds."""
    scale = reading.service.urgency
    days = min(((d.date - reading.anchor).days for d in found.deadlines), default=None)
    if days is None:
        return 0.0
    if days <= SOON:
        return scale.due_in_two_days
    return scale.due_in_a_week if days <= A_WEEK else scale.due_later


def _level(score: float, scale: UrgencyScale) -> Urgency:
    if score >= scale.critical_from:
        return Urgency.CRITICAL
    if score >= scale.high_from:
        return Urgency.HIGH
    return Urgency.NORMAL if score >= scale.normal_from else Urgency.LOW
