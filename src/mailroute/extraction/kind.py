"""Type: what the mail is for, with the next best."""

import math
import re
from collections.abc import Mapping

from mailroute.domain.issue import Issue, IssueType, TypeFinding, TypeGuess
from mailroute.extraction.reading import Reading

LEXICON: Mapping[IssueType, tuple[tuple[float, str], ...]] = {
    IssueType.DEFECT: ((1.0, r"does ?n['’]?o?t work|not work\w*|broken|fail\w*|error|fault\w*|leak\w*|crash\w*|stopp?ed|defect\w*|wrong|noise|alarm|torn?|cracked|down\b|störung|defekt|fehler|kaputt|panne|ne fonctionne"),),
    IssueType.DELAY: ((1.2, r"still waiting|late\b|delay\w*|overdue|where (?:is|are)|when (?:is|are|will)|eta\b|promised|verspät\w*|wann kommt|retard|toujours rien|où en est"),),
    IssueType.BILLING: ((1.2, r"invoice|invoiced|charged|payment|refund|credit note|vat\b|bill\b|price increase|rechnung|gutschrift|mahnung|facture|avoir|paid"),),
    IssueType.CHANGE_REQUEST: ((1.2, r"\bchange\b|instead of|amend|\bmove\b|add (?:one|two|another)|not \d+ but|cancel|reschedule|postpone|ändern|statt|modif\w+|remplacer|au lieu de"),),
    IssueType.QUESTION: ((0.8, r"\?|question|wonder\w*|how do|is it possible|can we|do you|frage|question"),),
    IssueType.ACCESS: ((1.4, r"log ?in|log ?on|password|access|account|locked out|user(?:name)?\b|permission|key ?card|code\b|zugang|passwort|accès|mot de passe|badge"),),
    IssueType.COMPLAINT: ((1.2, r"complain\w*|disappoint\w*|unacceptable|not happy|rude|nobody|never again|shambles|fed up|third time|beschwerde|enttäuscht|inadmissible|inacceptable"),),
    IssueType.PRAISE: ((1.3, r"thank you|thanks for|great (?:job|work)|fantastic|brilliant|wonderful|delighted|perfect|well done|lovely|lob\b|vielen dank für|bravo|félicitations|ravis?"),),
    IssueType.FEATURE_REQUEST: ((1.2, r"would be (?:nice|great|good|useful)|feature|wish\b|could (?:the|it|you add|you make)|it would help|option to|roadmap|next (?:release|version)|wunsch|wäre schön|fonctionnalité|souhait"),),
    IssueType.INFORMATION: ((1.2, r"for your information|fyi|just to let you know|for info|please note|will be closed|new address|no need to|do not have to answer|zur info|à titre d['’]information|nous vous informons"),),
    IssueType.OTHER: ((1.3, r"application|apply|cv\b|invitation|invite|wrong (?:address|person)|newsletter|offer you|our services|found in|lost\b|bewerbung|einladung|candidature"),),
}  # fmt: skip
PATTERNS = {kind: tuple((w, re.compile(p, re.IGNORECASE)) for w, p in rows) for kind, rows in LEXICON.items()}


def find_type(reading: Reading, found: Issue) -> TypeFinding:
    """The likeliest type first; `sure` adds up to one over all eleven."""
    prose = reading.text[: reading.prose_end]
    scores = dict.fromkeys(IssueType, 0.0)
    for kind, rows in PATTERNS.items():
        for weight, pattern in rows:
            scores[kind] += weight * min(3, len(pattern.findall(prose))) + 1.5 * weight * bool(
                pattern.search(reading.subject)
            )
    if not found.asks:
        scores[IssueType.INFORMATION] += 0.8
    total = sum(math.exp(s) for s in scores.values())
    ranked = sorted(((math.exp(s) / total, kind) for kind, s in scores.items()), key=lambda p: (-p[0], p[1]))
    best, *rest = (TypeGuess(kind, round(sure, 3)) for sure, kind in ranked)
    return TypeFinding(best.value, best.sure, tuple(rest[:2]))
