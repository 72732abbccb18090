"""Rules that tell asks in English: name, weight, pattern. See `asks`."""

import re

from mailroute.extraction.wordlists import alternation, joined, words

VERBS = alternation(
    words(
        """add address adjust advise allow amend answer apply approve arrange ask assign attach be block
        book bring bill call
        cancel change check clarify clean close collect come compare complete confirm consider contact
        copy correct create credit cut
        deactivate delete deliver describe direct disable discuss do double-check download draft email
        e-mail enable ensure enter exchange expedite explain extend
        fax file fill find finish fix follow forward get give go grant have help hold hurry ignore
        include inform install instruct keep
        leave let list look mail make mark meet move note notify order pass pay phone pick plan postpone
        prepare
        print proceed process provide pull put quote raise reach read rebook recalculate recheck redo
        refund register reissue reinstate release remind remove rename
        renew repair replace reply reprint reschedule resend reserve reset resolve respond restore
        return review revert revise ring
        rsvp run say schedule see send set share ship show sign skip sort speak specify stop submit
        suggest supply support swap switch take talk tell
        visit choose select join click place reconsider scan log decide
        text think track transfer treat try turn undo unlock update upgrade use verify wait write"""
    )
)
LEAD = joined(
    r"""
        (?:(?:so|and|but|also|then|ok|okay|well|otherwise|first|next|second|finally|now|just|simply|
        always|never|in that case|for now|if (?:so|not|possible|necessary|needed|you can)|
        at the same time|meanwhile|in the meantime|hi|hello|dear \w+)(?:,|:|\s-)?\s+|
        [A-Z]\w+(?:,|:|\s-)\s+)?
        """
)
IMPERATIVE = re.compile(
    joined(
        rf"""
        ^{LEAD}(?:do not|don['’]?t|never|just|kindly|pls|please)?\s*\b(?:{VERBS})\b(?!\s*(?:[-:,.]|is\b|
        was\b|are\b|were\b|has\b|had\b|will\b|of\b|to (?:be|the)\b|number|no\b|form\b|date\b|list\b|
        \w+s\b(?<=[a-z]ys)))
        """
    ),
    re.IGNORECASE,
)
YOU = r"(?:you|u|ya|someone|somebody|anyone|anybody|one of you|your \w+|the team)"
QUESTION_WORD = joined(
    r"""
        who|what|when|where|which|why|how|whose|wer|was|wann|wo|welche[rsn]?|wie|warum|weshalb|qui|que|
        quand|où|quel(?:le)?s?|laquelle|lequel|comment|pourquoi|combien|est-ce|any|anything|whats|
        what['’]s|wheres|hows
        """
)
AUXILIARY = joined(
    r"""
        is|are|was|were|do|does|did|can|could|will|would|shall|should|has|have|had|may|might|am|
        isn['’]t|aren['’]t|don['’]t|doesn['’]t|ist|sind|kann|können|könnte|darf|gibt|lässt|haben|hat|
        wird|werden|soll|sollen|muss|geht|gilt|avez|est|peut|puis|faut|pouvez|pourriez|serait|y a
        """
)
ENGLISH: tuple[tuple[str, float, re.Pattern[str]], ...] = tuple(
    (name, weight, re.compile(pattern, re.IGNORECASE))
    for name, weight, pattern in (
        ("please", 1.0, r"\b(?:please|pls|plz|kindly)\b(?!\s+(?:be advised|accept|excuse|forgive|note))"),
        (
            "please-attached",
            -2.0,
            joined(
                r"""
            \bplease (?:find|see)\s+(?:the )?(?:attached|enclosed|below)\b|\bplease(?:d| to)\b
            """
            ),
        ),
        (
            "modal-you",
            1.2,
            joined(
                rf"""
            \b(?:can|could|cld|would|will|may|might|won['’]t|can['’]t)\s+(?:{YOU})\b[^.!]*\?
            """
            ),
        ),
        (
            "modal-you-plain",
            0.9,
            joined(
                r"""
                (?:^|[,;:–-]\s*|\b(?:and|so|but|also|or|then|please|if so)\s+)(?:can|could|would|will)
                \s+(?:you|u|someone|somebody)\b
                """
            ),
        ),
        (
            "could-the",
            0.8,
            joined(
                r"""
            (?:^|[,;:–-]\s*|\b(?:and|so|also|or)\s+)(?:could|can|might)\s+(?:the|we|it|this|that|these|
            i)\b
            """
            ),
        ),
        ("question", 0.4, r"\?[\"'”)\s:;-]*$"),
        ("question-word", 0.5, rf"\b(?:{QUESTION_WORD})\b[^?]*\?"),
        (
            "inverted",
            0.5,
            joined(
                rf"""
            (?:^|[,;:–-]\s*|\b(?:and|but|or|so|question|then)[:,]?\s+|\b\w+\s)(?:{AUXILIARY})
            \s+\w+[^?]*\?
            """
            ),
        ),
        ("short-question", 0.3, r"^\W*(?:\S+\s+){0,4}\S+\?\W*$"),
        (
            "question-unmarked",
            0.8,
            joined(
                r"""
                ^(?:where|when|what|why|how|who|which)\s+(?:is|are|do|does|did|can|will|should|would)
                \s+(?:the|you|we|they|it|i|my|our)\b
                """
            ),
        ),
        (
            "need",
            0.9,
            joined(
                r"""
                \b(?:i|we)
                (?:['’]d| would| do| really| urgently| also| still| only| just| now| therefore|
                ['’]ll| will)*\s+(?:need|require|want|expect|insist|demand)\b(?!n['’]t)
                (?!\s+to\b(?!\s+(?:know|have|get|see|hear|receive|be|speak|talk|understand|change|add|
                move|order|cancel|return|book)\b))(?!\s+(?:nothing|no\b))
                """
            ),
        ),
        (
            "they-need",
            0.5,
            joined(
                r"""
            \b(?:they|he|she|it|\w+s)\s+(?:needs?|wants?|requires?)\b|\b(?:needed|required|requested)\b
            """
            ),
        ),
        (
            "needed-by",
            0.6,
            joined(
                r"""
            \b(?:needed|required|wanted|due|necessary)\s+(?:by|before|urgently|asap|today|now|on|this)\b
            """
            ),
        ),
        (
            "like",
            0.9,
            joined(
                r"""
                (?:\b(?:i|we)(?:\s+would|['’]d)|^would)\s+(?:really\s+|very much\s+|also\s+|all\s+|
                therefore\s+)?(?:like|love|appreciate|prefer|be (?:very |most )?(?:grateful|glad|
                obliged|thankful|happy if)|welcome)\b(?!\s+to\b(?!\s+(?:know|have|get|see|hear|receive|
                be|order|move|change|add|order|book|cancel|return|switch|speak|talk|arrange|discuss|
                meet|request|ask|extend|make|set|keep)\b))
                """
            ),
        ),
        (
            "appreciated",
            0.9,
            joined(
                r"""
            \b(?:would be|is|will be|['’]d be)\s+(?:much |greatly |highly |very )?(?:appreciated|
            grateful|helpful|welcome|useful|kind)\b
            """
            ),
        ),
        (
            "nice-if",
            0.8,
            joined(
                r"""
            \b(?:it )?(?:would|['’]d) (?:be (?:nice|great|good|ideal|perfect) (?:if|to)|(?:really |
            also |very much )?help)\b
            """
            ),
        ),
        (
            "let-me-know",
            1.1,
            joined(
                r"""
                \b(?:let (?:me|us) (?:know|have)|get back to (?:me|us)|keep (?:me|us) (?:posted|
                informed|updated)|look(?:ing)? forward to (?:your|hearing|receiving)|await(?:ing)? your|
                waiting for your (?:reply|answer|call|confirmation))\b
                """
            ),
        ),
        (
            "verb-me",
            0.9,
            joined(
                rf"""
            (?:\b(?:just|then|so|and|please|or)\s+|[,;–-]\s*|^)(?:{VERBS})\s+(?:me|us|him|her|them|it)\b
            """
            ),
        ),
        (
            "dont",
            0.8,
            joined(
                r"""
            ^(?:so |and |but )?(?:please )?(?:do not|don['’]t|stop)\s+(?!worry|know|think|mind|get me|
            ask|even)\w+
            """
            ),
        ),
        (
            "take-it",
            0.8,
            joined(
                r"""
            (?:,\s*|\band\s+|\bjust\s+)(?:take|send|give|call|put|change|fix|remove|make|check|bring|
            stop|keep)\b(?=\s*(?:it|me|us|the|them|him|her|back|\w+ off|\.|$))
            """
            ),
        ),
        ("needs-from-you", 0.5, r"\bneeds?\s+(?:from you|your|you to|an?|the)\b"),
        (
            "must",
            0.8,
            joined(
                r"""
            \b(?:must|needs? to)\s+(?:be|go|come|have|read|say|stay|not|get|arrive|reach|send|know|
            receive)\b
            """
            ),
        ),
        (
            "have-to",
            0.5,
            joined(
                r"""
            \b(?:has to|have to|should)\s+(?:be|go|come|have|read|say|stay|not|get|move|change)\b
            """
            ),
        ),
        (
            "asap",
            0.5,
            joined(
                r"""
            \b(?:asap|as soon as possible|urgently|immediately|right away|by return|at once|
            without fail)\b
            """
            ),
        ),
        (
            "wonder",
            0.9,
            joined(
                r"""
                \b(?:i|we)(?: was|['’]m| am| were)? (?:wonder(?:ing)?|hoping|ask(?:ing)?|
                request(?:ing)?)(?: if| whether| you| that| for)?\b|\bis (?:there|it) (?:any |
                a )?(?:chance|way|possib\w+)\b|\bwould it be possible\b|\bany (?:idea|news|update|
                chance|word)\b|\bhow about\b|\b(?:i|we) (?:suggest|propose|recommend)\b|\bmy question\b
                """
            ),
        ),
        (
            "should-we",
            0.7,
            joined(
                r"""
            \b(?:you|we) (?:should|could|may want to|might want to|need to|must|have to|ought to)\b
            """
            ),
        ),
        ("let-us", 0.8, r"(?:^|[,;–-]\s*|\bso\s+)let['’]?s\b|\blet us\b(?! (?:know|have))"),
        (
            "feel-free",
            -0.8,
            joined(
                r"""
            \b(?:feel free|do not hesitate|don['’]t hesitate|no need to|no reply|(?:do not|
            don['’]t) (?:have|need) to|thanks for|if you do(?:n['’]t| not) want)\b
            """
            ),
        ),
        (
            "rhetorical",
            -0.7,
            joined(
                r"""
                \b(?:who knows|what can i say|how are you|hope you|remember\?|right\?|isn['’]t it\?|
                don['’]t ask|you know\?|why not\?|ok\?$|what else|is that what|what are we paying|
                what more|i (?:think|believe|guess|suppose)\b[^?]*\?|\bhave i\b|do i have to)
                """
            ),
        ),
        ("thanks", -0.9, r"^(?:many |kind )?(?:thanks|thank you)\b"),
        (
            "own",
            -0.6,
            joined(
                r"""
            \b(?:i|we)(?:['’]ll| will| am going to| are going to|['’]m going to)\s+(?:send|call|let|
            write|get back|forward|keep|check|be)\b
            """
            ),
        ),
        ("past", -0.4, r"\b(?:asked|told|called|wanted|needed|had to|were|was|did|said|rang)\b"),
    )
)
