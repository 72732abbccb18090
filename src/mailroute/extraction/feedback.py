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
    the same|one|less)|
    the old (?-i:[A-Z])\w+|quote from (?-i:[A-Z])\w+|offer from (?-i:[A-Z])\w+|(?:pays?|
    paid) to (?-i:[A-Z])\w+|keinem anderen (?:hersteller|anbieter)|konkurrenz|wettbewerber|mitbewerber|
    anderen anbieter|concurrents?|ailleurs|autre fournisseur"""
)
PRICE = phrases(
    r"""too expensive|expensive|pric(?:e|es|ing) (?:up|increase\w*|went|has|have|of|is|are|per)|
    put the price|put up (?:the|your) price|price\w*|cheaper|pay more|paying for|costs? (?:too|more|us)|
    cost of|per seat|per month|half the price|want half|
    \d+ ?(?:%|percent|per cent)|happily pay|willing to pay|would pay|value for money|worth (?:it|
    the money|every)|zu teuer|teurer|preis\w*|günstiger|trop cher|plus cher|prix|augmentation"""
)
PRICE_COMPLAINT = phrases(
    r"""too expensive|pay more|more than|up by|increase\w*|
    put (?:the|up)|went up|cheaper|half|nobody told|why|happily pay|
    willing to pay|would pay|afford|
    zu teuer|teurer|erhöh\w*|trop cher|plus cher|augment\w+|paying for|good value|worth"""
)
WISH = phrases(
    r"""would be (?:nice|great|good|useful|helpful|handy|lovely|easier|better) (?:if|to)|could (?:the|
    it|you add|you make|you build)|is it possible to|would it be possible|
    we(?:'d| would) (?:love|like) (?:a|an|to see|to have)|would love to (?:see|have)|wish (?:the|it|you|
    there)|please add|it would help|would help us|(?:any )?chance to have|why (?:can't|is there no)|
    wäre schön|wünschen|würde uns (?:sehr )?helfen|il serait (?:bien|utile|pratique)|serait-il possible|
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
WOULD = phrases(r"""would|wouldn't|could|if|wäre|würde|serait""")
"""What would be lovely is a wish, no praise."""
SERIOUS = (IssueType.COMPLAINT, IssueType.DELAY, IssueType.DEFECT, IssueType.ACCESS, IssueType.BILLING)
ENOUGH = 0.9
"""What the rules and the model together must reach."""
TRUST = 0.2
"""How much the model's log-odds count beside the rules. Both were set by hand on labelled mails, not on the seeds."""
SHORTEST = 3
"""Words of a remark."""
ONCE = frozenset({FeedbackTheme.PRAISE, FeedbackTheme.SERVICE, FeedbackTheme.QUALITY, FeedbackTheme.PRICE})
"""Themes of which a mail gives its plainest remark; wishes and competitors are kept each by itself."""
MOST = 6


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
    return 0.9 * _asked(sentence, found) + 1.0 * bool(wished) + 0.3 * sentence.item


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
    warm = len(PRAISE.findall(sentence.text))
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
    signs = len(DISPLEASED.findall(sentence.text))
    people, things = (len(p.findall(sentence.text)) for p in (PEOPLE_WORDS, THING_WORDS))
    theme = FeedbackTheme.QUALITY if things > people else FeedbackTheme.SERVICE
    score = 0.5 * min(3, signs) + 0.2 * bool(people) - 0.4 * _asked(sentence, found)
    score += {IssueType.COMPLAINT: 0.5, IssueType.DELAY: 0.1}.get(found.type.value, 0.0)
    score += {Sentiment.ANGRY: 0.3, Sentiment.FRUSTRATED: 0.2}.get(found.sentiment.value, -0.2)
    if signs == 0 or found.type.value not in SERIOUS:
        return 0.0, theme
    return score, theme
