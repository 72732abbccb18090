"""What the sentences of a mail do, told by their build rather than by their subject matter.

The words for what may break, be late or be wished for are endless; the ways to say that it has are few.
"""

from collections.abc import Mapping

from mailroute.extraction.wordlists import Phrases, phrases

CUES: Mapping[str, Phrases] = {
    "state": phrases(
        r"""(?:do|does|did|is|are|was|were|will|would|has|have)(?: not|n't|nt) (?:\w+ )?(?:work\w*|start\w*|
        open\w*|clos\w+|load\w*|print\w*|show\w*|respond\w*|react\w*|connect\w*|register\w*|charge|fit|
        hold|turn\w*|reach\w*|recogni\w+|seal|align\w*|match\w*|add up|come on|go (?:on|up|down)|arrive|
        read\w*|sync\w*|save[sd]?|seal\w*|heat\w*|cool\w*|drain\w*|move[sd]?)|won't \w+|refuses to \w+|
        no longer (?:\w+ )?\w+s|can no longer|stopped \w+ing|(?:has|have|had) (?:stopped|failed|gone|died|
        come (?:off|loose|apart)|fallen|packed up|given up)|gave (?:up|out)|went (?:dead|blank|down|off)|
        keeps? \w+ing|(?:every|each) (?:few|second|third|other|tenth|\d+)|(?:has|have) started to|
        it worked (?:fine )?(?:until|before|last)|worked fine|used to work|even though|same (?:fault|
        error|problem|thing) (?:again|as)|(?:shows?|reads?|prints?|displays?|says?|reports?) (?:an? |the |
        only )?(?:wrong|error|nothing|zero|blank|empty|old|fault)|instead of \d|geht nicht|läuft nicht|
        startet nicht|lässt sich nicht|reagiert nicht|nicht mehr|bleibt (?:stehen|hängen|dunkel|leer)|
        fällt aus|springt nicht an|ne (?:fonctionne|marche|démarre|répond|s'allume|s'ouvre|chauffe|
        ferme) (?:plus|pas)|n'affiche (?:plus|pas)|tombée? en panne|s'arrête"""
    ),
    "fault": phrases(
        r"""crawl(?:s|ing)?|sluggish|wander\w*|creas\w+|wrinkl\w+|rip(?:s|ped|ping)|shatter\w*|splits?|
        splitting|chipped|dents?|dented|soaked|soaking|damp|wet|mou?ld|mou?ldy|seep\w*|ooz\w+|puddles?|
        leak\w*|drip\w*|flooded|crooked|skew\w*|misalign\w*|out of line|off-cent(?:re|er)|wobbl\w+|
        rattl\w+|squeak\w*|squeal\w*|hum(?:s|ming)|grind(?:s|ing)|screech\w*|overheat\w*|tripping|
        flicker\w*|dims|jam(?:s|med|ming)?|clog\w*|block(?:s|ed|age)|stuck|stick(?:s|ing)|corro\w+|
        rust\w*|peel\w*|flak(?:e|es|ing)|blister\w*|fad(?:es|ed|ing)|smear\w*|smudg\w+|blurr?\w*|
        distort\w*|lag(?:s|ging)?|hang(?:s|ing)|time[sd]? out|timeouts?|drop(?:s|ped|ping) out|
        disconnect\w*|garbled|corrupt\w*|vanish\w*|disappear\w*|in pieces|smashed|snapped|bent|warped|
        sag(?:s|ging)|spoil\w*|rotten|contaminat\w+|thaw\w*|melt(?:s|ed|ing)|crush\w+|punctur\w+|worn|
        loose|uneven|short circuit|dead|frozen|freez(?:es|ing) up|black screen|no (?:picture|sound|signal|
        power|pressure|heat|water)|nass|feucht|tropf\w*|dringt|undicht|riss\w*|klemmt|hakt|wackelt|
        quietsch\w*|brummt|flackert|schief|verzogen|verbogen|zerbrochen|gebrochen|bruch|schaden|schäden|
        ruckelt|hängt|stürzt|abgestürzt|schimmel\w*|rostet|blockiert|verstopft|gerissen|fuit|bloquée?s?|
        coincée?s?|rayée?s?|cassée?s?|brisée?s?|en morceaux|humide|infiltration\w*|grince|vibre|lente?|
        plante|disparu\w*|moisi\w*|tordue?s?|fissur\w+"""
    ),
    "tried": phrases(
        r"""(?:we|i|he|she|they|my \w+) (?:have |has |already )?(?:tried|restarted|rebooted|reset|reinstalled|
        swapped|replaced|cleaned|checked|tightened|unplugged|switched|updated|cleared|bled|reseated|
        refitted)|turned it off|no (?:change|difference|luck|effect|improvement)|didn't help|did not help|
        neustart|ohne erfolg|getauscht|geprüft|gereinigt|ausprobiert|redémarr\w+|vérifié|nettoyé|
        sans succès"""
    ),
    "mend": phrases(
        r"""(?:send|come|have|get|need|want) (?:\w+ )?(?:somebody|someone|anyone|an? (?:engineer|technician|
        fitter|mechanic|plumber|electrician))|(?:look|looks) (?:at|into) (?:it|this|that)|have a look|
        take a look|(?:fix|repair|mend|put (?:it|this) right|sort (?:it|this) out)|what (?:can|should|
        do) we (?:do|try)|any ideas?|reparier\w+|techniker|monteur|vorbeikommen|dépann\w+|répar\w+|
        intervenir|technicien|intervention"""
    ),
    "awaited": phrases(
        r"""(?:was|were) (?:to|due|promised|supposed|meant|expected|scheduled) (?:\w+ )?|should have (?:been|
        come|arrived|started|reached|had)|(?:has|have|had)(?: not|n't) (?:come|arrived|been|seen|heard|had|
        received|left|started|turned up|reached)|(?:no|any) (?:sign|news|word|update|date)|(?:days?|
        weeks?) (?:late|overdue|behind|ago|past)|still (?:waiting|no|not|nothing|missing|outstanding)|
        when (?:will|can|do|does|is|are)|where (?:is|are)|(?:new|firm|realistic|
        definite) (?:delivery )?date|will (?:it|they|you|we) (?:be|make it|come|arrive|finish|get)|
        holding (?:us|everything) up|wann|noch (?:nicht|immer|kein\w*)|sollte\w*|zugesagt|quand|devai(?:t|
        ent)|toujours (?:pas|rien)|prévue?|annoncée?"""
    ),
    "alter": phrases(
        r"""(?:please|could you|can you|can we|could we|we need to|we have to|i have to|need to|want to|
        like to|would like to) (?:\w+ )?(?:change|move|swap|add|remove|cancel|replace|increase|reduce|
        extend|postpone|delay|bring|push|split|shorten|switch|amend|adjust|drop|update|redirect|raise|
        lower|make (?:it|them|the)|rename|take (?:out|off)|put)|instead of|rather than|and not (?:the|at|
        in|on|to)|from \S+ to \S+|(?:has|have) (?:changed|decided|moved)|now (?:want|wants|need|needs|
        prefer\w*)|changed (?:our|my|their|his|her) minds?|on top of (?:the|what)|one more|two more|
        \d+ more|too late (?:to|for)|still possible|before (?:you|it|they) (?:print|go|goes|order|start|
        ship|build|cut|make)|statt|anstelle|bitte (?:\w+ ){0,4}(?:ändern|verschieben|streichen|ergänzen|
        austauschen)|au lieu|plutôt que|à la place"""
    ),
    "wonder": phrases(
        r"""how (?:do|does|can|should|long|much|many|often|far|big|hot|old)|what (?:is|are|does|do|happens|
        would|kind|sort|size)|which|who (?:is|do|does|should|would)|where (?:do|does|can|would) (?:i|we|
        one)|(?:is|are) (?:it|there|they|these|this|that) (?:\w+ )?(?:ok|okay|safe|normal|possible|
        allowed|enough|true|necessary|needed|covered|included|compatible|suitable|available|anything|a)|
        (?:can|may|could|should|must|do|does) (?:we|i|one|it|they|this|these|the)|do you (?:also |still |
        ever )?(?:have|offer|sell|stock|do|recommend|know|take|keep|accept|provide)|(?:want|wants|like|
        likes|need|needs) to know|(?:wonder\w*|not sure|unsure|curious|clarify|explain|advise)|ob (?:wir|
        man|das|die|der)|wie (?:lange|viel|oft|hoch|kann|geht)|welche\w*|darf (?:man|ich)|können wir|
        est-ce que|peut-on|faut-il|combien|comment|quelle?s?"""
    ),
    "wish": phrases(
        r"""(?:would|'d|could|might) (?:really |also )?(?:be|help|save|make|love|like|appreciate|
        welcome) (?:\w+ )?(?:so |very |really )?(?:nice|great|good|useful|helpful|handy|lovely|wonderful|
        easier|better|to (?:see|have)|if|a lot|us|life)|could (?:it|the \w+|there|you) (?:\w+ )?(?:also |
        perhaps |maybe |not )?(?:show|have|offer|remember|let|send|export|include|warn|remind|support|
        sort|group|allow|learn|be made|be able)|i wish|we wish|(?:any|is there a) (?:chance|plan|plans|
        way) (?:of|to|that|you)|in (?:a|the|one of the) (?:future|next|coming|later)|(?:what|
        one thing) (?:we|i)(?:'d|would)? (?:miss|like|love)|suggest\w*|ideas? for|an idea|wish ?list|
        missing (?:feature|function|option)|an? (?:option|setting|button|switch|filter|export|app|view|
        overview|report|reminder|shortcut|field) (?:to|for|that|with|where|would)|wäre (?:schön|toll|gut|
        praktisch|hilfreich)|wünschen uns|würde uns helfen|ce serait|il serait|on aimerait|nous aimerions"""
    ),
    "conduct": phrases(
        r"""(?:your|the) (?:\w+ )?(?:driver|technician|engineer|fitters?|man|men|crew|colleague|staff|people|
        team|hotline|receptionist|foreman|rep|salesman|manager|office) (?:\w+ )?(?:was|were|has|had|did|
        does|do|left|came|told|said|shouted|laughed|refused|turned|hung|never|simply|just|then|ignored|
        parked|smoked|walked)|(?:nobody|no one|no-one|none of you) (?:\w+ )?(?:\w+s|\w+ed|has|had|is|was|
        came|told|knew|rang|seems)|(?:rang|called|phoned|wrote|written|asked|complained|explained|
        reported) (?:\w+ )?(?:\w+ )?(?:twice|three|four|five|six|times|again|already|before)|(?:third|
        fourth|fifth|second) (?:time|visit|mail|letter|person)|without (?:a word|asking|telling|warning|
        an apology|so much)|(?:did|do|does|would) not (?:even )?(?:bother|apologi\w+|care|listen|answer|
        reply|call)|didn't (?:even )?(?:bother|apologi\w+|care|listen|answer|reply|call)|not (?:what|how|
        the way|the kind|the standard|good enough|acceptable)|expect (?:better|more|an|a|from)|niemand|
        unhöflich|beschwer\w+|erwarte\w*|personne (?:ne|n')|sans (?:un mot|excuse|prévenir)|impoli\w*"""
    ),
    "thanks": phrases(
        r"""thank(?:s|you) (?:\w+ )?(?:\w+ )?(?:to|for (?:the|your|all|being|making|such|what|how|helping|
        coming|staying|sorting|getting|finding)|from)|(?:pass|passed) (?:\w+ )?(?:on )?(?:our|my|this|it|
        that)? ?(?:thanks|thank|on)|tell (?:him|her|them|\w+) (?:that|thank|thanks|from)|(?:did|done|made|
        do|doing) (?:us |me )? (?:a|an|such a|the most) (?:\w+ )?(?:job|work|difference|impression)|
        (?:was|were|is|are|has been|have been) (?:\w+ly |so |really |just |very |absolutely )?(?:kind|
        helpful|patient|friendly|careful|polite|quick|lovely|great|superb|brilliant|excellent|perfect|
        delighted|thrilled|pleased|impressed|beautiful|spotless|flawless)|looks? (?:\w+ )?(?:wonderful|
        great|lovely|beautiful|fantastic|stunning|better than)|could not (?:be|have been) (?:happier|
        better|more)|couldn't (?:be|have) |never (?:seen|had|known) (?:such|anything|a)|credit (?:to|
        where)|(?:keep|hold on to) (?:him|her|them|it up)|don't change|danke für|vielen dank (?:für|an)|
        grand merci|merci (?:à|pour|encore)"""
    ),
    "notice": phrases(
        r"""(?:we|i|she|he|they|our \w+|the \w+|my \w+) (?:will be|shall be|are|am|is|'re|
        'm) (?:\w+ )?(?:closed|moving|retiring|leaving|away|on (?:leave|holiday|parental leave)|
        taking over|out of (?:the )?office|shut|closing|relocating|back on)|(?:for|
        to) your (?:information|records|files|diary|planning)|fyi|(?:no|don't|do not|doesn't|
        not) (?:\w+ )?(?:need|have) (?:\w+ )?(?:to )?(?:reply|answer|do|act|come|any)|no (?:action|reply|
        answer|need)|nothing (?:for you|more|to do|is needed|needed|else)|(?:just|only) (?:to let|
        so) you know|please note|with effect from|as (?:of|from)|(?:from|starting) (?:\w+ )?(?:\d+|monday|
        january|february|march|april|may|june|july|august|september|october|november|december)|
        takes? over|replaces|successor|(?:is|are|was) (?:back|sorted|solved|settled|resolved)|(?:working|
        works|running|runs) (?:fine )?again|turned (?:up|out)|zur (?:info|kenntnis)|ab (?:dem )?\d+|
        pour information|à partir du"""
    ),
    "stranger": phrases(
        r"""(?:we|i|our company) (?:help|offer|provide|represent|specialise|specialize|supply|
        work with) (?:\w+ )?(?:companies|businesses|firms|you|clients)|(?:i|we)(?:'m|am|
        are)? (?:\w+ )?(?:a student|writing|a journalist|a reporter|organising|organizing|collecting|
        looking for (?:a job|work|sponsors|an internship))|(?:invite|inviting|join us|come along|
        celebrate|rsvp|guests|party|dinner|barbecue)|(?:my|the) (?:cv|résumé|resume|application|
        portfolio)|(?:not|wasn't|was not|isn't) (?:meant|intended|addressed|for) (?:\w+ )?(?:us|me)|
        (?:wrong|another|different|other) (?:person|company|address|recipient|customer|firm)|(?:left|
        forgot|lost|found) (?:\w+ )?(?:\w+ )?(?:umbrella|jacket|coat|glasses|phone|bag|toolbox|tools?|
        laptop|ladder|scarf|keys|wallet|helmet)|never (?:ordered|bought|been a customer)|take (?:me|
        us) off|bewerb\w+|einlad\w+|candidature"""
    ),
}
