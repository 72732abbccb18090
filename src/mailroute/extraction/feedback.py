"""Feedback: remarks that product or sales would want to read as a quote, by theme.

Rules ask for signs in the sentence; what the mail is for decides how plain they must be: in praise a single warm word
is enough, in an invoice query it is not. A small model that has seen remarks beside what looks like them has a say too.
"""

import math
import re
from collections.abc import Iterator

from mailroute.domain.issue import Feedback, FeedbackTheme, Issue, IssueType, Sentiment
from mailroute.extraction.reading import Reading
from mailroute.extraction.remarks import NO_REMARK, place_features, remark_features, remark_model
from mailroute.extraction.sentences import Sentence
from mailroute.extraction.tone import DISPLEASED, PRAISE
from mailroute.extraction.wordlists import phrases

COMPETITOR = phrases(
    r"""competitors?|competition|rivals?|(?:their|its) salesman|other suppliers?|another supplier|
    previous supplier|old supplier|elsewhere|switch(?:ed|ing)? (?:to|over)|
    (?:looking|looked) at (?-i:[A-Z])\w+|like (?-i:[A-Z])\w+ (?:does|do|has|have)|(?-i:[A-Z])\w+ (?:has|
    have|had|offers?|does|do|did|can|want|wants|charges?|quoted?|sells?) (?:it|this|that|half|us|
    the same|one|less)|(?-i:[A-Z])\w+ (?:offer(?:s|ed) (?:us|me)|ha(?:s|ve) had (?:it|that|this))|
    (?:bei|chez) (?-i:[A-Z])\w+(?: \w+)? (?:geht|gibt|kostet|kann|c'est|on peut)|
    the old (?-i:[A-Z])\w+|quote from (?-i:[A-Z])\w+|offer from (?-i:[A-Z])\w+|(?:pays?|
    paid) to (?-i:[A-Z])\w+|keinem anderen (?:hersteller|anbieter)|konkurrenz|wettbewerber|mitbewerber|
    anderen anbieter|concurrents?|ailleurs|autre fournisseur"""
)
PRICE = phrases(
    r"""costs? (?:us )?(?:more|as much)|pay(?:ing|er\w*)? (?:today|less|a supplement)|prozent|pour cent|
    supplément|for what we pa(?:y|id)|too expensive|expensive|
    pric(?:e|es|ing) (?:up|increase\w*|went|has|have|of|is|are|per)|
    put the price|put up (?:the|your) price|price\w*|cheaper|pay more|paying for|costs? (?:too|more|us)|
    cost of|per seat|per month|half the price|want half|
    \d+ ?(?:%|percent|per cent)|happily pay|willing to pay|would pay|value for money|worth (?:it|
    the money|every)|zu teuer|teurer|preis\w*|günstiger|trop cher|plus cher|prix|augmentation"""
)
PRICE_COMPLAINT = phrases(
    r"""for what we pa(?:y|id)|prozent mehr|pour cent de plus|volontiers|
    hard to (?:explain|justify|swallow)|too expensive|pay more|more than|up by|increase\w*|
    put (?:the|up)|went up|cheaper|half|nobody told|why|happily pay|
    willing to pay|would pay|afford|
    zu teuer|teurer|erhöh\w*|trop cher|plus cher|augment\w+|paying for|good value|worth"""
)
WISH = phrases(
    r"""would be (?:nice|great|good|useful|helpful|handy|lovely|easier|better) (?:if|to)|could (?:the|
    it|you add|you make|you build)|is it possible to|would it be possible|
    we(?:'d| would) (?:love|like) (?:a|an|to see|to have)|would love to (?:see|have)|wish (?:the|it|you|
    there)|please add|it would help|would help us|(?:any )?chance to have|why (?:can't|is there no)|
    wäre (?:es )?(?:schön|praktisch|hilfreich|gut)|(?:schön|praktisch|hilfreich) wäre|
    könnte (?:man|die|der|das)|ce serait (?:bien|utile|pratique)|faudrait pouvoir|
    wünschen|würde uns (?:sehr )?helfen|il serait (?:bien|utile|pratique)|serait-il possible|
    on aimerait|nous aimerions"""
)
NO_WISH = phrases(
    r"""tell me|let me know|not urgent|no (?:rush|hurry)|when it suits|send me|roadmap|on the list|call me|eilt nicht"""
)
PEOPLE_WORDS = phrases(
    r"""you|your|technicians?|engineers?|drivers?|fitters?|crew|men|man|lads?|girl|staff|colleagues?|
    support|hotline|office|desk|team|answer\w*|reply|replies|repl\w+|call\w*|rang|ring|rung|phone\w*|
    told|asked|promised|
    nobody|no one|somebody|person|apolog\w*|waiting|weeks|time|techniker|monteur|kollege|ihr|ihre|
    niemand|keiner|votre|technicien|personne|promis|rappel\w*"""
)
THING_WORDS = phrases(
    r"""quality|finish|proof|print\w*|colou?rs?|paint|joints?|packed|packaging|material|mistakes?|
    errors?|figures|wrong|broke\w*|fails?|failed|drifts?|cracks?|scratch\w*|crooked|uneven|wears?|thin|
    software|update|version|machine|again|back|qualität|fehler|kaputt|qualité|cassée?s?|défaut"""
)
NEGLECT = phrases(
    r"""(?:second|third|fourth|fifth|sixth) time|
    (?:three|four|five|six|several|many) (?:times|messages|mails|letters|calls)|
    (?:each|every) time|whenever i (?:call|ring|ask|write)|
    (?:nobody|no one|none of (?:you|them)) (?:ever |even )?(?:answers?|answered|calls?|called|r[au]ng|
    repl\w+|picks? up|picked up|came|turned up|feels|cares|told us|warned us|apologi[sz]ed)|
    (?:not|never) (?:\w+ )?(?:returned|answered|called back|turned up|got back)|answering machine|voicemail|
    (?:asked|reported|ordered|complained|written) (?:\w+ ){0,4}(?:ago|since)|
    i(?:'ve| have) (?:now |already )?(?:asked|reported|rung|called|written|left|spoken|explained)|
    was promised|
    (?:passed|handed|sent) (?:from|around|back and forth)|tired of|sick of|chas(?:e|ed|ing)|
    reminders? (?:with|and|although|for)|threaten\w*|
    dreimal|mehrmals|zum (?:zweiten|dritten|vierten) mal|schon (?:im|seit|zweimal)|weiterverbunden|
    niemand|keiner|
    (?:deuxième|troisième|quatrième) fois|sans (?:un mot|prévenir|réponse)|personne ne|toujours aucune"""
)
"""Waiting, asking again and being sent on."""
CONDUCT = phrases(
    r"""(?:hours?|days?|weeks?) late|without (?:asking|a word|warning|telling|notice|knocking)|
    (?:left|leaving) (?:\w+ ){1,5}(?:open|dirty|mess|behind|standing|waiting|unlocked)|shout\w*|rude\w*|
    smok(?:ed|ing)|hung up|swore|sworn at|insulted|cancelled (?:again|twice|at the last)|called off|parked|
    in front of (?:the|our|my) (?:customers?|guests?|children|patients?)|told (?:our|my) \w+ to|
    ohne (?:ein wort|ankündigung|termin)|zu spät|heures de retard|annulée? au dernier"""
)
"""How people of the house behaved."""
SAYS_THEIRS = phrases(
    r"""(?:your|the) (?:\w+ )?(?:men|man|people|crew|driver|drivers|lorry|lorries|van|technician|engineer|
    fitters?|colleagues?|
    hotline|office|desk|department|system|computer|side|team|caretaker|planner|salesman|
    line)|you|he|she|they|
    ihr\w*|er|votre|vos|il"""
)
DECLINE = phrases(
    r"""(?:since|after) the (?:last )?update|used to (?:be|last|run|take)|
    gets? (?:slower|worse|louder)|getting (?:slower|worse|louder)|
    (?:second|third|fourth|fifth) (?:\w+ )?in (?:a|one) (?:year|month|week|row)|
    comes? loose|come off|lasted (?:\w+ )?(?:weeks|months|days|winters?)|than the old|the old ones?|
    your old(?:er)? (?:series|model)|
    wears? out|better (?:when|before)|von jahr zu jahr|nachgelassen|schlechter|moins bien"""
)
"""Goods that fail again, or are worse than they were."""
SETTLED = phrases(
    r"""not one (?:of|single)|not a single|without a (?:stop|scratch|drop|fault)|
    (?:saves?|saved) (?:us|me|my \w+) (?:\w+ ){1,3}(?:hours?|minutes|days?|work)|an hour a day|
    earned (?:its|their) (?:money|keep)|
    (?:day|days|week|weeks) early|ahead of time|never regretted|
    so much (?:faster|easier|better)|
    (?:a|by a) (?:third|quarter|half) (?:lower|less)|first time (?:since|in years)|compliments?|
    fell in love|
    keinen einzigen|auf anhieb|très contents?|comme au premier jour"""
)
"""Praise that tells what came of the work, without a warm word."""
STORY = phrases(
    r"""sorry|i am not an easy|i did(?:n't| not) believe|i owe you|(?:our|my) (?:own )?(?:mistake|fault)"""
)
"""What the writer says of himself."""
WOULD = phrases(r"""would|wouldn't|could|if|wäre|würde|serait""")
"""What would be lovely is a wish, no praise."""
GRIEVED = {IssueType.COMPLAINT: 0.2, IssueType.DELAY: 0.2, IssueType.BILLING: 0.2, IssueType.ACCESS: 0.2,
           IssueType.DEFECT: 0.2}  # fmt: skip
"""How much likelier a grievance is in such mail."""
ENOUGH = 0.7
"""What the rules and the model together must reach."""
TRUST = 0.1
"""How much the model's log-odds count beside the rules. Both were set on whole seed mails, with a model
that had not seen them."""
SHORTEST = 3
"""Words of a remark."""
ONCE = frozenset({FeedbackTheme.PRAISE, FeedbackTheme.SERVICE, FeedbackTheme.QUALITY, FeedbackTheme.PRICE})
"""Themes of which a mail gives its plainest remark; wishes and competitors are kept each by itself."""
MOST = 6
ASKED_WISH = 0.5
"""An ask in such mail may be a wish, or a question how the thing works."""
ELSEWHERE = -0.4
"""Of a grievance in mail that is for something else."""
BARE = 0.3
"""What people of the house did counts in a complaint, without a word of displeasure."""


def find_feedback(reading: Reading, found: Issue) -> tuple[Feedback, ...]:
    """The plainest remarks, in order of the text; a sentence may speak of price and of a competitor."""
    kept: list[tuple[FeedbackTheme, Sentence]] = []
    for _, theme, sentence in sorted(_remarks(reading, found), key=lambda r: (-r[0], r[2].start)):
        if len(kept) < MOST and not (theme in ONCE and any(theme is told for told, _ in kept)):
            kept.append((theme, sentence))
    return tuple(
        Feedback(theme, s.text, s.start, s.end) for theme, s in sorted(kept, key=lambda r: r[1].start)
    )


def _remarks(reading: Reading, found: Issue) -> Iterator[tuple[float, FeedbackTheme, Sentence]]:
    """Each theme of each sentence that the rules and the model together take for a remark."""
    kinds = {guess.value.value: guess.sure for guess in found.type.alternatives}
    kinds[found.type.value.value] = found.type.sure
    asked = {ask.start for ask in found.asks}
    for at, sentence in enumerate(reading.sentences):
        if len(sentence.text.split()) < SHORTEST:
            continue
        place = place_features(
            kinds, at, len(reading.sentences), asked=sentence.start in asked, item=sentence.item
        )
        told = dict(remark_model().probabilities(remark_features(sentence.text) | place))
        grievance, theme = _grievance(sentence, found)
        rules = {
            FeedbackTheme.FEATURE_REQUEST: _wish(sentence, found),
            FeedbackTheme.COMPETITOR: _competitor(sentence, reading),
            FeedbackTheme.PRICE: _price(sentence, found),
            FeedbackTheme.PRAISE: _praise(sentence, found),
            theme: grievance,
        }
        for one in FeedbackTheme:
            score = rules.get(one, 0.0) + TRUST * math.log(told[one] / told[NO_REMARK])
            if score >= ENOUGH:
                yield score, one, sentence


def _asked(sentence: Sentence, found: Issue) -> bool:
    return any(a.start == sentence.start for a in found.asks)


def _wish(sentence: Sentence, found: Issue) -> float:
    kinds = [found.type.value] + [g.value for g in found.type.alternatives if g.sure > 0.3]
    if NO_WISH.search(sentence.text) or IssueType.FEATURE_REQUEST not in kinds:
        return 0.0
    wished = WISH.search(sentence.text) or re.search(
        r"\b(?:would|could|'d) be\b|\bif (?:it|we|you) could\b", sentence.text
    )
    return ASKED_WISH * _asked(sentence, found) + 1.0 * bool(wished) + 0.3 * sentence.item


def _competitor(sentence: Sentence, reading: Reading) -> float:
    match = COMPETITOR.search(sentence.text)
    if match is None:
        return 0.0
    name = re.search(r"[A-ZÄÖÜ]\w+", match.group())
    ours = name is not None and any(
        name.group() in (reading.subject, s.name) for s in reading.directory.staff
    )
    return 0.0 if ours else 1.2


def _price(sentence: Sentence, found: Issue) -> float:
    if not PRICE.search(sentence.text):
        return 0.0
    return (
        0.4
        + 0.8 * bool(PRICE_COMPLAINT.search(sentence.text))
        - 0.5 * (found.type.value is IssueType.QUESTION)
    )


def _praise(sentence: Sentence, found: Issue) -> float:
    warm = len(PRAISE.findall(sentence.text)) + len(SETTLED.findall(sentence.text))
    if found.type.value is IssueType.PRAISE:
        long = len(sentence.text.split()) >= 8
        return (
            0.7
            + 0.6 * min(2, warm)
            + 0.35 * long
            - 0.8 * sentence.text.endswith("?")
            - 0.6 * _asked(sentence, found)
        )
    return (
        0.7 * min(2, warm)
        + 0.4 * bool(warm)
        - 0.6 * _asked(sentence, found)
        - 1.0 * bool(WOULD.search(sentence.text))
    )


def _grievance(sentence: Sentence, found: Issue) -> tuple[float, FeedbackTheme]:
    """How plainly the sentence complains, and whether of people or of things."""
    text = sentence.text
    neglect, conduct, decline = (bool(p.search(text)) for p in (NEGLECT, CONDUCT, DECLINE))
    people, things = (len(p.findall(text)) for p in (PEOPLE_WORDS, THING_WORDS))
    worse = decline and not conduct
    theme = FeedbackTheme.QUALITY if worse or things > people else FeedbackTheme.SERVICE
    score = 0.6 * neglect + 0.6 * conduct * bool(SAYS_THEIRS.search(text)) + 0.8 * worse
    score += 0.25 * min(2, len(DISPLEASED.findall(text))) + 0.1 * bool(people)
    score -= 0.5 * _asked(sentence, found) + 0.8 * bool(STORY.search(text))
    score += GRIEVED.get(found.type.value, ELSEWHERE)
    score += {Sentiment.ANGRY: 0.2, Sentiment.FRUSTRATED: 0.1, Sentiment.PLEASED: -0.3}.get(
        found.sentiment.value, 0.0
    )
    if neglect or conduct or decline or DISPLEASED.search(text):
        return score, theme
    if found.type.value is IssueType.COMPLAINT:
        return BARE * bool(SAYS_THEIRS.search(text)) + score, theme
    return 0.0, theme
