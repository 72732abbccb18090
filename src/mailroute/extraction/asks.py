"""Asks: the sentences in which something is wanted of us, by rules over their words."""

import re

from mailroute.domain.issue import Ask, Issue
from mailroute.extraction.reading import Reading
from mailroute.extraction.sentences import Sentence
from mailroute.extraction.wordlists import alternation, words

VERBS = words("""add address adjust advise allow amend answer apply approve arrange ask assign attach be block book bring bill call
cancel change check clarify clean close collect come compare complete confirm consider contact copy correct create credit cut
deactivate delete deliver describe direct disable do download email enable ensure enter exchange expedite explain extend
fax file fill find fix follow forward get give go grant have help hold hurry include inform install invoice issue keep kindly
leave let list look mail make mark move name note notify offer open order park pass pay phone pick plan postpone prepare
print provide pull push put quote raise reach read rebook recheck redo refund reissue reinstate release remind remove rename
renew repair replace reply reprint reschedule resend reserve reset resolve respond restore return review revert revise ring
rsvp run say schedule see send set share ship show sign skip sort speak specify stop supply support swap switch take talk tell
text think track transfer try turn undo unlock update upgrade use verify wait write""")
IMPERATIVE = re.compile(
    rf"^(?:(?:so|and|but|also|then|ok|okay|well|otherwise|first|next|second|finally|now|just|simply|always|never|in that case|for now|"
    rf"if (?:so|not|possible|you can)|hi|hello|dear \w+)[,:]?\s+|\w+[,:]\s+)?(?:do not|don['’]?t|never|just|kindly|pls|please)?\s*"
    rf"\b(?:{alternation(VERBS)})\b(?!\s*(?:[-:,.]|is|was|are|were|has|had|will|of|to (?:be|the)|from)\b)",
    re.IGNORECASE,
)  # fmt: skip
YOU = r"(?:you|u|ya|someone|somebody|anyone|anybody|one of you|your \w+|the team|we|i|it)"
RULES: tuple[tuple[str, float, re.Pattern[str]], ...] = tuple(
    (name, weight, re.compile(pattern, re.IGNORECASE))
    for name, weight, pattern in (
        ("please", 1.0, r"\b(?:please|pls|plz|kindly)\b(?!\s+(?:find|see|note|be (?:advised|informed)|accept))"),
        ("modal-you", 1.2, rf"\b(?:can|could|cld|would|will|may|might)\s+(?:{YOU}|the \w+)\b[^.!]*\?"),
        ("modal-you-plain", 1.0, r"(?:^|[,;:]\s*|\b(?:and|so|but)\s+)(?:can|could|would|will)\s+(?:you|u|someone|somebody)\b"),
        ("question", 0.9, r"\?[\"'”)\s]*$"),
        ("need", 0.9, r"\b(?:i|we|they)(?:['’]d| would| do| really| urgently| also| still| only| just|['’]ll)*\s+(?:need|require|want|expect|insist)\b(?!n['’]t)(?!\s+(?:to (?:say|thank|apologi|tell you|let you|share|mention|send)))"),
        ("like", 0.9, r"\b(?:i|we)(?:\s+would|['’]d)\s+(?:really\s+|very much\s+|also\s+|all\s+)?(?:like|love|appreciate|prefer|be grateful|be glad|be obliged|welcome|rather)\b(?!\s+to\s+(?:say|thank|congratulate|tell you|let you|share|apologi|express|compliment))"),
        ("appreciated", 1.0, r"\b(?:would be|is|will be|['’]d be)\s+(?:much |greatly |highly |very )?(?:appreciated|grateful|helpful|nice|great|good|welcome|useful)\b"),
        ("let-me-know", 1.2, r"\b(?:let (?:me|us) (?:know|have)|get back to (?:me|us)|keep (?:me|us) (?:posted|informed|updated)|look(?:ing)? forward to (?:your|hearing) \w+ (?:reply|answer|confirmation)|await(?:ing)? your)\b"),
        ("must", 0.8, r"\b(?:must|has to|have to|needs? to|should)\s+(?:be|go|come|have|read|say|stay|not|get)\b"),
        ("asap", 0.6, r"\b(?:asap|as soon as possible|urgently|immediately|right away|by return)\b"),
        ("wonder", 1.0, r"\b(?:i|we)(?: was|['’]m| am| were)? (?:wonder(?:ing)?|hoping)(?: if| whether| you)?\b|\bis (?:there|it) (?:any |a )?(?:chance|way|possib\w+)\b|\bwould it be possible\b|\bany (?:idea|news|update|chance|word)\b|\bhow about\b"),
        ("feel-free", -0.8, r"\b(?:feel free|do not hesitate|don['’]t hesitate|no need to|no reply|you (?:do not|don['’]t) have to)\b"),
        ("rhetorical", -0.7, r"\b(?:who knows|what can i say|how are you|hope you|remember\?|right\?|isn['’]t it\?|don['’]t ask|you know\?|why not\?|ok\?$)"),
        ("thanks", -0.9, r"^(?:many |kind )?(?:thanks|thank you)\b"),
        ("please-attached", -0.8, r"\bplease (?:find|see)\s+(?:attached|enclosed|below)\b"),
        # German
        ("bitte", 1.1, r"\bbitte(?:n wir)?\b"),
        ("koennen-sie", 1.1, r"\b(?:können|könnten|könnt|kannst|könntest|würden|würdet|wären|wollen|möchten)\s+(?:sie|ihr|du|wir|ich|jemand)\b"),
        ("wir-brauchen", 0.9, r"\b(?:wir|ich)\s+(?:brauchen?|benötigen?|möchten?|hätten?|wünschen?|erwarten?|wollen|will|wünschten?)\b|\b(?:hätten|bräuchten?|benötigen|brauchen|möchten) wir\b|\bhätte ich gern"),
        ("imperativ", 0.9, r"(?:^|[,;]\s*)\w+(?:en)\s+sie\b"),
        # French
        ("pourriez", 1.2, r"\b(?:pourriez|pouvez|pourrais|peux|voudriez|auriez|serait[- ]il|est-il possible)[- ](?:vous|tu|il|possible)?"),
        ("merci-de", 1.1, r"\b(?:merci de|veuillez|prière de|je vous prie de|je vous demande|s['’]il vous pla[iî]t|svp|dites-(?:le[- ])?moi|envoyez|donnez)\b"),
        ("nous-voulons", 0.9, r"\b(?:nous (?:voudrions|souhaitons|aimerions|avons besoin|demandons|attendons)|je (?:voudrais|souhaite|souhaiterais|aimerais)|j['’](?:exige|attends|ai besoin|aimerais)|il (?:nous |me )?fa(?:ut|udrait))\b"),
    )
)  # fmt: skip
THRESHOLD = 0.8


def find_asks(reading: Reading, _found: Issue) -> tuple[Ask, ...]:
    """Sentences that want an action or an answer, in order."""
    asks = []
    for sentence in reading.sentences:
        score = ask_score(sentence)
        if score >= THRESHOLD:
            asks.append(
                Ask(sentence.text, sentence.start, sentence.end, round(min(0.97, 0.45 + 0.25 * score), 2))
            )
    return tuple(asks)


def ask_score(sentence: Sentence) -> float:
    """The weights of the rules that fit."""
    if len(sentence.text) < 3 or len(sentence.text) > 1500:
        return 0.0
    score = sum(weight for _, weight, pattern in RULES if pattern.search(sentence.text))
    return score + 0.9 * bool(IMPERATIVE.search(sentence.text))
