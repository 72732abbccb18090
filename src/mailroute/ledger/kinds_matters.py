"""What has happened: since when, what is shown, what was tried, who has it."""

from mailroute.ledger.kind import DONE, MOMENT, NUMBERS, Kind, Reach, any_of, each_of

MATTERS: tuple[Kind, ...] = (
    Kind(
        "since",
        any_of(
            r"\b(?:start|beginning) of the (?:problem|fault|issue|outage)\b",
            r"\bdate (?:and time )?of (?:the )?(?:first )?(?:failure|occurrence|incident|outage)\b",
        ),
        any_of(
            r"\b(?:started?|began|happen(?:ed)?|occurred?)\swhen\b",
            r"\b(?:commencé|apparue?|débuté|survenue?)\b[^?]{0,12}\bquand\b",
            r"\b(?:at|on|around) (?:what|which) (?:time|day|date)\b[^?]{0,40}\b(?:happen|start|begin|"
            r"occur|fail|stop|break)\w*\b",
            r"\bwhat time did\b[^?]{0,40}\b(?:happen|start|begin|occur|fail|stop|break)\w*\b",
            r"\bwhen (?:exactly )?(?:it|this|that|they|these|you|the \w+(?: \w+)?|"
            r"your \w+(?: \w+)?) (?:first |actually |exactly )?(?:started|starts|began|happened|occurred|"
            r"appeared|failed|broke|stopped|noticed|saw|went|came up)\b",
            r"\bhow long (?:this|it|that|the \w+|you|they) (?:has|have|had|is)\b",
            r"\bwann (?:es|das|der|die|dies)\b[^?]{0,40}(?:begonnen|angefangen|aufgetreten|bemerkt|"
            r"ausgefallen)",
            r"\b(?:ab|von) wann\b(?! bis)[^?]{0,60}(?:auf|fehler|problem|besteh|ist|war)",
            r"\bsince when\b",
            r"\bwhen (?:exactly )?(?:did|was|has|have) (?:it|this|that|the|your|these|they|"
            r"you)\b[^?]{0,60}\b(?:start|began|begin|begun|"
            r"happen|occur|appear|fail|break|broke|stop|notice|noticed|see|show|go down|come up|crop up|"
            r"first)\w*\b",
            r"\bhow long (?:has|have|is|ha[sd]) (?!been (?:your|a))[^?]{0,50}\b(?:been|had|lasted|going|"
            r"happening|existed|like this)\b",
            r"\bfrom when\b(?! (?:to|until|till))",
            r"\bseit wann\b",
            r"\bwann (?:genau )?(?:hat|ist|trat|begann|fing|haben|wurde)\b[^?]{0,60}(?:begonnen|angefangen|"
            r"aufgetreten|auf\b|an\b|bemerkt|festgestellt|"
            r"erstmals|zum ersten mal|ausgefallen|gemerkt|passiert|begann)",
            r"\bwie lange (?:besteht|tritt|geht|ist|dauert|haben|läuft)\b",
            r"\bdepuis (?:quand|combien de temps)\b",
            r"\bquand (?:est-ce que )?(?:[^?]{0,40})(?:commencé|apparue?|débuté|remarqué|survenue?|"
            r"produite?|constaté)",
            r"\bde quand date\b",
        ),
        each_of(
            r"\b(?P<v>(?:since|seit|depuis)\s(?-i:[A-ZÄÖÜÉ][\w-]{2,})(?!\s(?:we|you|i|is|are)))",
            r"\b(?P<v>(?:since|ever since)\s(?:we|they|you|i|it|he|she|the|our|somebody|"
            r"someone)\s(?:\w+\s){0,3}?(?:moved|updated|upgraded|changed|installed|switched|replaced|"
            r"migrated|restarted|came|got|did|had|was|were|opened|closed|started|left|"
            r"returned)\b[^.;!?]{0,40})",
            r"\b(?P<v>(?:seit(?:dem)?\s(?:wir|sie|er|es|der|die|das|ich)|depuis qu['e’]\s?(?:nous|on|il|"
            r"elle|le|la|ils)?)\s[^.;!?]{4,50})",
            rf"\b(?P<v>(?:during|in|im|während|"
            rf"pendant)\s[^.;!?]{{0,20}}?{MOMENT}[^.;!?]{{0,30}}\b(?:first time|ersten mal|première fois))",
            rf"\b(?P<v>(?:since|from|seit|ab|depuis|dès)\s[^.;!?]{{0,25}}?{MOMENT})",
            rf"\b(?P<v>(?:start(?:s|ed)?|began|begun|first|happened|appeared|failed|broke|stopped|went|"
            rf"noticed|saw|begann|angefangen|begonnen|aufgetreten|ausgefallen|bemerkt|"
            rf"erstmals|commencé|apparue?|débuté|remarqué|constaté|survenue?|(?:tombée?|"
            rf"est) en panne)\b[^.;!?]{{0,40}}?{MOMENT})",
            rf"(?P<v>{MOMENT}[^.;!?]{{0,30}}\b(?:it (?:started|began|stopped|failed|broke)|(?:started|"
            rf"began|stopped|failed|broke|gave up|went down)|hat|ist|begann|fiel|a (?:commencé|lâché)|"
            rf"s['’]est arrêtée?))",
            rf"(?P<v>\b(?:for|über|pendant|voilà|ça fait|il y a)\s(?:now\s|the last\s|"
            rf"about\s)?(?:{NUMBERS})\s(?:hours?|days?|weeks?|months?|tagen?|wochen?|monaten?|stunden|"
            rf"heures?|jours?|semaines?|mois)\b)",
            rf"(?P<v>\b(?:{NUMBERS})\s(?:hours?|days?|weeks?|months?)\s(?:ago|now)\b|"
            rf"\bvor\s(?:{NUMBERS})\s(?:tagen|wochen|stunden|monaten)\b)",
        ),
        Reach.TICKET,
        ("since",),
    ),
    Kind(
        "error",
        any_of(
            r"\b(?:error|fault|alarm|status|blink)[- ]?(?:codes?|messages?|numbers?|texts?|no\b|wording)",
            r"\b(?:which|what)(?: exact)? (?:error|fault|alarm|message|code|warning)s?\b",
            r"\b(?:exact )?(?:wording|text) of the (?:error|message|alarm|warning)",
            r"\bfehler-?(?:meldung|code|text|nummer)\b",
            r"\bwelche[rnms]? (?:fehler|meldung|alarm|code)\w*",
            r"\b(?:message|code|texte) d['’](?:erreur|alarme)\b",
            r"\bquel(?:le)? (?:erreur|message|code|alarme|défaut)\b",
        ),
        any_of(
            r"\bwhat (?:exactly )?(?:does|do|did) the (?:\w+ ){1,2}(?:message|error|display|screen|"
            r"panel|log|mail|alert|notice|warning|label) (?:say|show|read)\b",
            r"\bwhat (?:comes up|appears|is (?:shown|displayed)|do you (?:see|get)|message (?:do|does|"
            r"is|appears|comes))\b",
            r"\b(?:quel (?:est|était) le|what(?: is|['’]s| was) the|wie lautet de[rn]|welche[rsnm]? |"
            r"de[nr] angezeigte[nr]?|the displayed|the shown) (?:exact |genaue |angezeigte )?(?:codes?|"
            r"messages?|meldung|alarm|alarme|fault|fehler|défaut|error|warning)\b",
            r"\bwhat (?:exactly )?(?:it|the (?:display|screen|panel|controller|machine|unit|message)|"
            r"your \w+) (?:says|shows|reads|displays|reports)\b",
            r"\bwhat (?:exactly )?(?:does|do|did|is) (?:it|the (?:display|screen|panel|controller|machine|"
            r"unit|device|monitor|message|error|system|software)|your \w+)\b[^?]{0,20}"
            r"(?:say|show|read|display|report)",
            r"\bwas (?:genau )?(?:steht|zeigt|erscheint|wird)\b[^?]{0,40}(?:display|anzeige|bildschirm|"
            r"angezeigt|monitor)",
            r"\b(?:qu['’]|que |qu['’]est-ce qu['’e ]?)(?:affiche|indique|dit)\b",
        ),
        each_of(
            r"\b(?:code|message|meldung|fehler\w*|alarm|error|fault|erreur|"
            r"défaut)\s(?:[^\W\d_]+\s){0,2}(?:is|est|ist|lautet|reads|"
            r"says)\s(?P<v>(?-i:[A-Z]{0,4}-?\d[\w.-]*|[\"“„«][^\"”“»]{3,80}[\"”“»]))",
            r"\b(?:says?|reads?|lautet|dit|affiche)\s(?P<v>[\"“„«][^\"”“»]{3,120}[\"”“»])",
            r"\b(?:shows?|lists?|displays?|reports?|says|zeigt|meldet|affiche|"
            r"indique)\s(?:\w+\s){0,2}?(?P<v>(?-i:[A-Z]{1,4}-?\d{1,4})\b)",
            r"\b(?:error|code|fault|alarm|fehler|erreur|alarme|défaut)\s(?:is |was |ist |"
            r"est )?(?P<v>(?-i:[A-Z]{0,3}-?\d[\w.-]*))",
            r"\b(?P<v>(?:error|fault|alarm|code|fehler(?:code|nummer)?|erreur|défaut|alarme|warning|"
            r"störung)(?:\s(?:code|number|no\.?|nr\.?|message|is|code is))?[\s:#]{1,3}"
            r"(?-i:[A-Z]{0,4}-?\d[\w.-]*|[A-Z]{2,}[-_]\w+))",
            r"\b(?:errors?|message|alarm|says?|shows?|reads?|display\w*|reports?|get|fehler\w*|meldung|"
            r"zeigt|steht|anzeige|message|affiche|indique|"
            r"dit)\b[^\"“„«\n]{0,60}(?P<v>[\"“„«][^\"”“»]{3,120}[\"”“»])",
            r"\b(?P<v>(?-i:[A-Z]-?\d{2,4}))\b[^.!?]{0,30}\b(?:on the (?:display|screen|panel)|im display|"
            r"à l['’]écran)",
            r"\b(?:display|screen|panel|anzeige|écran)\b[^.!?]{0,20}\b(?:says?|shows?|reads?|zeigt|"
            r"affiche)\s(?P<v>[\"“„«]?(?-i:[A-Z][\w-]*)[^.!?]{0,60})",
        ),
        Reach.TICKET,
        ("error",),
    ),
    Kind(
        "tried",
        any_of(
            r"\b(?:which|what) (?:steps|measures|checks|tests|troubleshooting)\b",
            r"\bwelche (?:schritte|maßnahmen)\b",
            r"\bquelles (?:mesures|démarches|manipulations)\b",
            r"\b(?:steps|measures) (?:you (?:have )?)?(?:taken|tried)\b",
        ),
        any_of(
            r"\bwhat (?:steps|measures|checks|troubleshooting)\b[^?]{0,30}\b(?:taken|tried|done|made)\b",
            r"\bwhat (?:else )?(?:have|did) you (?:already |so far )?(?:tried|try|done|do|checked|check)\b",
            r"\bwhat (?:has|was) been (?:tried|done|checked)\b",
            r"\b(?:have|did) (?:you|your (?:\w+ )?(?:people|team|technician|staff|colleagues?|"
            r"operators?)) (?:already |by any chance |perhaps |ever |also )?"
            rf"(?:tr(?:y|ied)|(?:{DONE})|restart|reboot|reset|check|clean|replace|swap|switch|change|"
            rf"update|unplug|test|balance|flush|bleed|calibrate|reinstall)\b",
            r"\bha(?:st|ben|bt) (?:sie|du|ihr) (?:das |den |die |es |schon |bereits |einmal |mal |"
            r"denn )*[^?]{0,60}?(?:probiert|versucht|getauscht|ausgetauscht|gewechselt|gestartet|geprüft|"
            r"überprüft|gereinigt|zurückgesetzt|getestet|gemessen|unternommen|ausgeschaltet|entlüftet|"
            r"aktualisiert|gelöscht)",
            r"\bwas (?:haben|wurde)\b[^?]{0,40}(?:versucht|probiert|unternommen|geprüft|gemacht)",
            r"\b(?:avez-vous|as-tu|est-ce que vous avez|vous avez)\s(?:déjà\s)?(?:essayé|tenté|vérifié|"
            r"redémarré|nettoyé|remplacé|changé|réinitialisé|testé|débranché|contrôlé|purgé|mesuré)",
            r"\bqu['’]avez-vous (?:déjà )?(?:essayé|tenté|fait|vérifié)",
        ),
        each_of(
            rf"\b(?:we|i|our \w+(?:\s\w+)?|they|he|she|my \w+)(?:\s?['’]ve|\s(?:have|had|"
            rf"has))?\s(?:[\w']+\s){{0,3}}?(?P<v>(?:{DONE}))\b",
            rf"\b(?:wir|ich|unser\w*\s\w+|er|sie)\s[^.!?]{{0,60}}?\b(?P<v>(?:{DONE}))\b",
            rf"\b(?:nous|on|j['’]|je|il|elle)\s?(?:avons|ai|a)?\s?(?:[\w']+\s){{0,3}}?(?P<v>(?:{DONE}))\b",
            rf"^(?:already\s)?(?P<v>(?:{DONE}))\b",
            rf"\b(?P<v>(?:{DONE}))\b[^.!?]{{0,50}}\b(?:no (?:change|difference|luck|effect)|did(?:n['’]t|"
            rf" not) help|same|nothing|ohne erfolg|half nicht|sans succès|rien)\b",
        ),
        Reach.TICKET,
        ("tried",),
    ),
    Kind(
        "affected",
        None,
        any_of(
            r"\bwho (?:exactly |precisely |else |all )+(?:is|are|was|were)\b[^?]{0,20}\b(?:affected|"
            r"concerned)\b",
            r"\b(?:how many|which|what|wie viele|combien de?) \w+ (?:are|is|were|sind|sont) (?:affected|"
            r"concerned|hit|down|betroffen|concernée?s?|touchée?s?)\b",
            r"\b(?:qui|quel(?:le)?s? \w+) (?:est|sont) (?:concernée?s?|touchée?s?|impactée?s?)\b",
            r"\b(?:who|which (?:users|colleagues|people|departments?|teams?|workstations|computers|"
            r"machines|sites|branches|stores)) (?:else |all )?(?:have|has|see|sees|get|gets|experience|"
            r"experiences|report|reports|suffer|cannot|can['’]t|can not) (?:the |this |these |it|that |"
            r"log |work|print|access|a |an )",
            r"\bwelche (?:nutzer|benutzer|kollegen|mitarbeiter|abteilungen|arbeitsplätze|rechner|filialen|"
            r"maschinen|linien) (?:haben|sind|sehen|können)\b",
            r"\bwho (?:else )?(?:is|are|was|were) (?:being )?affected\b",
            r"\b(?:which|what) (?:users|colleagues|departments?|people|teams?|workstations|computers|"
            r"machines|lines|sites)\b[^?]{0,30}\b(?:affected|concerned|hit)\b",
            r"\bis (?:it|this|the (?:problem|issue)) (?:affecting|only affecting|limited to)\b",
            r"\bwer (?:alles )?ist (?:davon )?betroffen\b",
            r"\b(?:welche \w+|wer) (?:ist|sind) (?:davon )?betroffen\b",
            r"\bqui est (?:concerné|touché|affecté|impacté)\b",
            r"\bquels? (?:utilisateurs|postes|services|lignes) (?:sont|est)\b",
        ),
        each_of(
            r"\b(?P<v>(?:all|every|only|whole|entire|alle|sämtliche|nur|tous|toutes|"
            r"seulement)\s(?:of\s)?(?:the |our |unsere |die |nos |les )?(?!day|days|night|time|times|"
            r"when|if|right|fine|good|well|over|known|in all|that|this|these|those|we|you|i\b|it|a\b|"
            r"an\b|one|the\b)[^\W\d_]{4,})",
            r"\b(?P<v>(?:nobody|no one|none of|several of|many of|most of|some of|a few of|niemand|"
            r"keiner|personne)\b[^.!?]{3,50})",
            rf"\b(?P<v>(?:all|every|each|only|just|whole|entire|{NUMBERS}|alle|jede\w*|nur|sämtliche|tous|"
            rf"toutes|seulement|seule?)\s(?:of\s)?(?:the\s|our\s|der\s|unsere\w*\s|les\s|nos\s|mes\s|"
            rf"l['’])?"
            r"(?:\w+\s){0,2}?(?:users?|colleagues?|staff|people|employees|departments?|teams?|lines?|"
            r"shifts?|desks?|workstations?|computers?|pcs|machines?|stores?|branches|sites?|nutzer|"
            r"benutzer|kollegen|mitarbeiter|"
            r"abteilung(?:en)?|arbeitsplätze|rechner|filialen|linien|maschinen|utilisateurs|collègues|"
            r"postes|services|lignes|équipes?|magasins))\b",
            r"\b(?P<v>everybody|everyone|nobody else|only me|just me|the whole \w+|nur ich|alle|"
            r"tout le monde|moi seule?ment)\b",
        ),
        Reach.TICKET,
    ),
    Kind(
        "frequency",
        any_of(r"\bfrequency (?:of|with which)\b", r"\bhäufigkeit\b", r"\bfréquence\b"),
        any_of(
            r"\bhow (?:often|frequently)\b",
            r"\bhow many times\b",
            r"\b(?:does|do|did) (?:it|this|that|the \w+) (?:happen|occur|appear|come|"
            r"show)\w*\b[^?]{0,20}\b(?:every time|each time|always|regularly|all the time)",
            r"\bis it (?:permanent|intermittent|sporadic|constant)\b",
            r"\bwie (?:oft|häufig)\b",
            r"\b(?:immer oder nur|jedes mal)\b",
            r"\b(?:à quelle fréquence|combien de fois)\b",
        ),
        each_of(
            r"\b(?P<v>(?:every|each) (?:\d+(?:st|nd|rd|th)|\w+(?:th|ond|ird)) \w+|"
            r"jede[rsnm]?\s\w+te[rsnm]?\s\w+|(?:un|une) \w+ sur \w+)",
            r"\b(?P<v>(?:every|each|jede[rsnm]?|chaque|toutes les|tous les)\s(?:second|third|fourth|"
            r"fifth|other|few|zweite\w*|dritte\w*|deuxième|troisième)\s\w+)",
            r"\b(?P<v>(?:one (?:in|out of)|\d+\s?% of|from time to time|once in a while|ab und zu|"
            r"hin und wieder|de temps en temps)\b[^.!?]{0,25})",
            rf"\b(?P<v>(?:every|each)\s(?:time|day|hour|night|morning|week|start|cycle|(?:{NUMBERS})\s\w+|"
            rf"\w+day)|(?:{NUMBERS})\stimes?\b[^.;!?]{{0,20}}|(?:once|twice)\b[^.;!?]{{0,15}}|always|daily|"
            rf"hourly|constantly|"
            rf"permanently|sporadically|now and then|all the time|several times|täglich|stündlich|"
            rf"jedes mal|immer|ständig|sporadisch|alle\s(?:{NUMBERS})\s\w+|(?:{NUMBERS})\s?mal\b|"
            rf"jede[nrs]?\s(?:tag|stunde|nacht|woche)|"
            rf"à chaque fois|chaque\s(?:jour|heure|fois|matin|démarrage)|tous les\s\w+|"
            rf"toutes les\s\w+(?:\s\w+)?|(?:{NUMBERS})\sfois\b|toujours|en permanence)",
        ),
        Reach.TICKET,
    ),
)
