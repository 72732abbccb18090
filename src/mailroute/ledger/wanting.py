"""How a sentence wants to be told something, and what shows that it wants no old news: English, German, French."""

import re


def _any(*wordings: str) -> re.Pattern[str]:
    return re.compile("|".join(wordings), re.IGNORECASE)


GIVE = _any(
    r"\b(?:send|give|tell|provide|share|state|name|pass|supply|advise|quote|indicate|mention|specify|write|"
    r"mail|text|remind|confirm|e-?mail|"
    r"let (?:me|us) (?:know|have)|read (?:me |us )?(?:out|off)|note down|drop (?:me|us)|forward)\b",
    r"\b(?:do|would|might|could|can|may) (?:you|i|we) (?:happen to |by any chance |please |perhaps |still |"
    r"maybe )?(?:have|know|get|see|ask|need|find|trouble)\b",
    r"\b(?:i|we)(?:['’]d| would| will|['’]ll)?(?: still| also| just| only)? (?:need|require|want|"
    r"like to (?:know|have)|am missing|are missing|lack)\b",
    r"\b(?:missing|what|which|is there|are there|gibt es|y a-t-il)\b",
    r"\b(?:nennen|mitteilen|mit ?zu ?teilen|schicken|senden|zusenden|zukommen lassen|übermitteln|"
    r"durchgeben|angeben|sagen|geben|verraten|bestätigen|schreiben|nachreichen|weitergeben|durchzugeben|"
    r"zu nennen|"
    r"anzugeben|zu schicken|wissen|teilen|nenn|gib|schick|sag|schreib)\b",
    r"\b(?:ich|wir) (?:brauche|brauchen|benötige|benötigen|bräuchte|bräuchten|suche|suchen)\b|"
    r"\b(?:bräuchte|bräuchten|benötige|benötigen|fehlt|fehlen)\b",
    r"\b(?:haben|hätten|hast|hättest|kennen|wissen) (?:sie|du)\b|\b(?:wie lautet|wie lauten|welche[rsnm]?|"
    r"wie ist|was ist)\b",
    r"\b(?:m['’]|nous |me |de m['’]|de nous )?(?:indiquer|donner|envoyer|communiquer|préciser|transmettre|"
    r"fournir|rappeler|confirmer|dire|transmettez|indiquez|donnez|précisez|communiquez|envoyez)\b",
    r"\b(?:auriez|avez|aurais|as)[- ](?:vous|tu)\b|\b(?:il me (?:faut|faudrait)|il nous (?:faut|faudrait)|"
    r"j['’]aurais besoin|nous aurions besoin|j['’]ai besoin|nous avons besoin|il manque|manque)\b",
    r"\bquel(?:le)?s?\b",
)
"""Verbs and turns by which something named is asked for."""

ASKS = _any(
    r"\?",
    r"\b(?:please|kindly)\b[^.!]{0,30}\b(?:send|tell|let|give|confirm|provide|share|state|name|advise|"
    r"forward|quote|indicate|mention|specify|supply|write|remind)\b",
    r"^(?:(?:so|and|also|then|first|second(?:ly)?|finally|for (?:that|this)|next|ok|okay|\w+),? )?(?:send|"
    r"tell|let|give|confirm|provide|share|state|name|advise|forward)\s(?:me|us|the|your)\b",
    r"\b(?:could|can|would|may|might|do|did) (?:you|i|we) (?:please |kindly |also |perhaps |quickly |"
    r"just )?(?:have|send|tell|give|let|share|provide|confirm|know|remember|get|ask)\b",
    r"\b(?:i|we)(?:['’]d| would)?(?: still| also| just| only)? (?:need|require|like|want|be grateful|"
    r"appreciate)\b",
    r"\b(?:what i|what we) (?:still |also )?(?:need|would like)\b|\b(?:is|are) (?:still )?missing\b",
    r"\b(?:wonder(?:ing)?|curious|interested) (?:if|whether|what|which|how|when|where|who)\b",
    r"\bbitte\b[^.!]{0,110}\b(?:mit(?:teilen)?|mit|nennen|senden|schicken|angeben|sagen|durchgeben|"
    r"zukommen|übermitteln|bestätigen|zu|an|nach|durch)\b|\bbitte(?: \w+){0,2} (?:nennen|senden|schicken|"
    r"teilen|geben|sagen)\b",
    r"\b(?:teilen|nennen|senden|schicken|geben|sagen) sie\b|\b(?:nenn|gib|schick|sag|teil|schreib) (?:mir|"
    r"uns)\b",
    r"\b(?:ich|wir) (?:bräuchten?|brauchen?|benötigen?)\b|\b(?:bräuchten?|benötigen?) (?:ich|wir)\b|"
    r"\b(?:mir|uns) fehl(?:t|en)\b|\bfehl(?:t|en) (?:mir|uns)\b",
    r"\b(?:merci|prière) de\b|\bveuillez\b|\bpou(?:rriez|vez|rrais)[- ](?:vous|tu)\b|\b(?:il me|"
    r"il nous) (?:faut|faudrait)\b|\bj['’]aurais besoin\b|\bnous (?:aurions|avons) besoin\b|"
    r"\bmerci (?:par avance )?(?:pour|d['’])(?: l['’]envoi)?",
    r"\b(?:indiquez|donnez|précisez|communiquez|envoyez|transmettez|dites)[- ](?:moi|nous)\b",
)
"""Sentences that want something of the reader, whether they end in a question mark or not."""

AFTER = _any(
    r"(?<!have)(?<!has)(?<!need)(?<!needs)(?<!want)(?<!like)\s(?:so that|so (?:i|we|they|he|she|our)|"
    r"because|in order to|for (?:our|my|the) (?:records|file|"
    r"files|system)|as (?:we|i|it|soon)|since (?:we|i|you|it)|before (?:we|i|our|the|he|she)|once (?:we|i|"
    r"you|the)|when (?:we|i|our)|if (?:we|so|not|possible|it)|"
    r"to (?:help|check|see|find|order|bring|prepare|be able|speed|look|plan|make|rule|narrow|avoid|book|"
    r"arrange|get|identify|start|process|register|open)|which (?:we|i|would|will)|that (?:we|i) (?:sent|"
    r"gave|installed|delivered))\b.*",
    r"\s(?:damit|weil|um (?:das|die|den|es|ihnen|alles|den|eine?n?|zu)|bevor|sobald|falls|wenn (?:möglich|"
    r"wir|ich)|denn|da (?:wir|ich))\b.*",
    r"\s(?:afin (?:de|que)|pour (?:que|pouvoir|vous|que|préparer|vérifier|commander|trouver|identifier|"
    r"retrouver)|parce que|car|puisque|avant (?:de|que)|dès que|si possible|étant donné)\b.*",
)
"""Where the part of a sentence ends that wants something, and a reason, purpose or time begins."""

BEFORE = _any(
    r"^(?:to|in order to|so that|as|since|because|before|once|if|when|while|after|for|regarding|"
    r"with regard to|concerning|about)\s[^,?]{3,90},\s+(?=\S)",
    r"^(?:to|in order to)\s[^,?]{3,70}?\s(?=(?:i|we)(?:['’]d|\s)(?:\s?still |\s?also |\s?just )?(?:need|"
    r"would|require|must|have to|lack)\b)",
    r"^(?:damit|um|weil|da|bevor|sobald|falls|wenn|für|bezüglich|zu|zur|"
    r"zum)\s[^,?]{3,90},?\s+(?=(?:könnten|können|würden|bitte|bräuchten|brauchen|benötigen|teilen|nennen|"
    r"welche|wie|wo|wann)\b)",
    r"^(?:afin|pour|avant|dès|si|comme|concernant)\s[^,?]{3,90},\s+(?=\S)",
)
"""The same before it: `To order the part, could you ...`."""

SEND = _any(
    r"\b(?:send|give|forward|attach|provide|share|upload|export|have|get|need|take|make|bring|let (?:me|"
    r"us) have|post|mail|see)\b",
    r"\b(?:schicken?|senden?|sende|zusenden|zukommen|hochladen|bräuchten?|brauchen?|benötigen?|machen|"
    r"bekommen|haben|hätten)\b",
    r"\b(?:envoyer|envoyez|transmettre|fournir|joindre|faire parvenir|prendre|avoir|faudrait|auriez|avez)\b",
)
"""Verbs by which a thing is wanted that is sent, not told."""

FILE = _any(
    r"\b(?:photos?|pictures?|images?|pics?|screenshots?|screen ?shots?|videos?|clips?|recordings?|scans?|"
    r"log ?files?|logs?|files?|cop(?:y|ies)|printouts?|documents?|pdfs?|drawings?|sketch(?:es)?|diagrams?|"
    r"export|dump|trace|samples?|form|certificates?|datasheets?|"
    r"reports?|attachments?)\b",
    r"\b(?:fotos?|bild(?:er)?|bildschirmfotos?|aufnahmen?|videos?|logdateien?|protokolle?|dateien?|kopien?|"
    r"scans?|zeichnung(?:en)?|skizzen?|ausdrucke?|dokumente?|belege?|nachweise?|unterlagen|muster|"
    r"formulare?)\b",
    r"\b(?:photos?|images?|captures?(?: d['’]écran)?|vidéos?|fichiers?|journaux|copies?|scans?|schémas?|"
    r"plans?|documents?|justificatifs?|échantillons?|formulaires?)\b",
)
"""Things that are sent, not told."""

NEWER = _any(
    r"\bstill\b(?! (?:need|miss|lack|require|don|do not|have|outstanding))|\b(?:again|by now|meanwhile|"
    r"in the meantime|since then|any longer|anymore|any more|nowadays|these days|at the moment|at present|"
    r"right now|as of today|afterwards|as well now)\b",
    r"\b(?:now|today)\b\s*(?:\?|$|that\b|after\b|,)|\b(?:is|are|does|do|was|has|have|what|which|"
    r"how)\b[^?]{0,40}\bnow\b",
    r"\bafter (?:the|our|your|that|this|today['’]s|yesterday['’]s|you (?:restart|install|update)\w*|we)\b|"
    r"\bsince (?:the|our|your|we|you|i) (?:last|visit|update|repair|change|replac\w+|fix|call|deliver\w*|"
    r"replied|wrote|install\w*|mail|spoke|changed|visited)",
    r"\b(?:has|have|did) (?:it|this|that|they|anything|there|the \w+)\b[^?]{0,30}\b(?:changed|improved|"
    r"happened since|come back|returned|arrived|recurred|been any)\b|\bany (?:news|update|change|"
    r"improvement|progress)\b",
    r"\b(?:immer noch|noch immer|inzwischen|mittlerweile|seitdem|erneut|wieder|nach wie vor|aktuell noch|"
    r"jetzt|geändert|verändert|nach (?:dem (?:update|umbau|tausch|neustart)|der|unserem|"
    r"ihrem))\b(?! (?:nennen|mitteilen))",
    r"\b(?:toujours|encore une fois|à nouveau|de nouveau|entre-temps|depuis (?:notre|votre|la|l['’])|"
    r"maintenant|désormais|après (?:la|le|notre|votre|l['’]))\b",
)
"""A later state is asked after, which nobody has told yet."""

MENDED = _any(
    r"\b(?:better|worse|gone|resolved|solved|fixed|back (?:up|to normal)|behoben|gelöst|besser|schlimmer|"
    r"résolue?|réparée?|mieux|pire)\b",
    r"^(?:did|does|do|has|have|is|was|hat|haben|a|ont|est-ce)\b.*\b(?:help|helped|work|working|works|"
    r"difference|cure|change anything|geholfen|gebracht|"
    r"funktioniert|aidé|marche|fonctionne)\b[^?]{0,25}\?",
)
"""Whether something has come right is asked, which is a later state as well."""

NEW_THING = _any(
    r"\b(?:new|newer|updated|latest|changed|revised|future|next|neue[rsnm]?|neuere[rsnm]?|neueste[rsnm]?|"
    r"künftige[rsnm]?|nouve(?:au|lle|l)s?|prochaine?s?)\b"
)
"""A thing is asked about that came after the one told of."""

OTHER = _any(
    r"\b(?:other|another|others|second|third|fourth|remaining|replacement|replaced|spare|additional|"
    r"further|each|both|every|different|alternative|(?<!how )old|previous|former|original|(?:two|three|"
    r"four|five) (?!things|points|details|questions|pieces|more|quick|short|items)\w+|same (?:time|"
    r"problem)|elsewhere|rest|else|"
    r"either|neither|any of|instead|new one|same \w+ (?:on|for|in|at))\b(?!['’]s (?:the|your))",
    r"\b(?:ander(?:e[rsnm]?|swo)|zweite[rsnm]?|dritte[rsnm]?|weitere[rsnm]?|übrige[nr]?|restliche[nr]?|"
    r"beide[nr]?|jede[rsnm]?|ersatz\w*|alte[nrs]?|vorherige[nr]?|ursprüngliche[nr]?|zusätzliche[nr]?|"
    r"stattdessen|sonst)\b",
    r"\b(?:autres?|second|seconde|deuxième|troisième|remplacement|rechange|supplémentaires?|chaque|"
    r"les deux|ancien(?:ne)?s?|précédent(?:e)?s?|restant(?:e)?s?|sinon|ailleurs)\b",
)
"""Another thing than the one told of is asked about, unless the telling speaks of that one, too."""

OFFER = _any(
    r"\b(?:could|can|may|shall|should|would it help if|do you want us to|would you like (?:me|us) to|"
    r"how about (?:if )?)(?: i| we| our \w+(?: \w+)?)? (?:come|visit|call you|phone you|ring you|"
    r"send (?:you|a|an|our|somebody|someone|one)|offer|ship|replace|swap|book|schedule|arrange|"
    r"collect|pick|drop|deliver|bring|meet|move|postpone|start|go ahead|close|suggest|propose|help|"
    r"do anything|connect|log in|take|use|keep|visit|install|update)\b",
    r"\b(?:would|does|is|will) (?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|next \w+|that|this|"
    r"it|\d+|the \w+|any of)\b[^?]{0,30}\b(?:suit|work|fit|be (?:ok|okay|fine|possible|convenient|good|"
    r"acceptable|enough|all right)|ok for you|help|do)\b",
    r"\b(?:would you (?:like|prefer|rather|be (?:willing|available|free|interested|able to (?:restart|try|"
    r"test|check|run)))|do you (?:prefer|want|wish|agree|mind)|are you (?:happy|ok|okay|available|free|"
    r"interested|fine|sure)|which (?:do|would) you prefer|when (?:would|could|may|can|are) "
    r"(?:it suit|we|our|you be available|you free|suit)|what (?:time|day|date) (?:would )?(?:suits?|works?|"
    r"is (?:best|convenient)))\b",
    r"\b(?:should|shall|do you need|would you need|would you want|do you require|will you need) (?:us|it|"
    r"we|the|this|a|an|one|them)\b(?!.{0,20}\bby when\b)",
    r"\b(?:dürfen|sollen|können|könnten|darf|soll|kann) (?:wir|ich|unser\w* \w+) (?:ihnen|euch|dir|sie|das|"
    r"den|die|am|morgen|einen|eine|vorbeikommen|kommen|anrufen|tauschen|abholen)\b|\b(?:passt|würde|wäre|"
    r"ginge)\b[^?]{0,40}\b(?:ihnen|passen|recht|möglich|gehen|in ordnung|ok)\b|"
    r"\bmöchten sie\b|\bwünschen sie\b|\bwann (?:passt|würde|dürfen|können|könnten|sollen)\b",
    r"\b(?:pouvons|pourrions|puis|devons)[- ](?:nous|je) (?:passer|venir|vous (?:appeler|envoyer|proposer|"
    r"livrer)|intervenir|remplacer|programmer|fixer)|\b(?:est-ce que )?(?:lundi|mardi|mercredi|jeudi|"
    r"vendredi|demain)\b[^?]{0,30}\b(?:convien|va\b|irait|possible)|\bvous convien|"
    r"\b(?:souhaitez|préférez|voulez|préféreriez)-vous\b|\bquand (?:pouvons|pourrions|seriez|êtes)\b",
)
"""The author offers something or fixes a meeting."""

CHECK = _any(
    r"\b(?:correct|right|true|accurate|still valid|valid|matches|the same|up to date)\b\s*\?|\bis (?:that|"
    r"this|it) (?:correct|right|true|the case)\b|\b(?:double[- ]?check|cross-?check|verify|re-?check|"
    r"check (?:again|whether|if|that)|compare|look (?:again|whether|if)|make sure|confirm (?:that|whether|"
    r"if)|correctly)\b",
    r"\b(?:did i|do i|have i|am i|are we) (?:get|understand|understood|read|reading|got|correct|"
    r"right)\w*\b|\b(?:you (?:wrote|said|gave|told|mentioned)|as you (?:wrote|said)|"
    r"(?<!which )(?<!invoice )(?<!order )do you mean (?:the|that|by)|typo)\b",
    r"\b(?:stimmt|richtig|korrekt|gehe ich recht|verstehe ich|habe ich .{0,30}verstanden|meinen sie|"
    r"nochmals? (?:prüfen|kontrollieren)|überprüfen|vergleichen|abgleichen|sie (?:schrieben|schreiben|"
    r"hatten|nannten))\b",
    r"\b(?:est-ce (?:bien|correct|exact)|c['’]est bien|correct|exact)\b\s*\??|\b(?:vérifier (?:que|si|"
    r"à nouveau)|ai-je bien|vous (?:avez écrit|écriviez|disiez|voulez dire))\b",
)
"""The author knows what was told and wants it checked."""

CHOICE = _any(
    r"\b(?:or|oder|ou)\b(?! (?:so|thereabouts|similar|not|nicht|pas|its|the (?:equivalent|name)|your|"
    r"serial|version|at least|just))[^?]{2,60}\?",
    r"\beither\b",
    r"\bentweder\b",
    r"\bsoit\b",
)
"""Two answers are offered to choose from."""

AHEAD = _any(
    r"\b(?:should|shall|must|ought to|have to|going to|will|would you like|do you want|plan(?:ning)? to|"
    r"intend to|would we|to be) (?:\w+ ){0,3}(?:use|install|order|deliver|ship|send|put|appear|print|"
    r"update|upgrade|get|receive|replace|go|have)\b",
    r"\b(?:sollen|soll|werden|möchten|wollen) (?:\w+ ){0,6}(?:installieren|liefern|bestellen|verwenden|"
    r"einbauen|aktualisieren|schicken)\b",
    r"\b(?:devons|faut-il|allez|souhaitez|voulez)[- ]?(?:nous|vous|il)? (?:\w+ ){0,3}(?:installer|livrer|"
    r"commander|utiliser|mettre|envoyer)\b",
)
"""What is to be, not what is."""

UNSURE = _any(
    r"\b(?:might|may be|maybe|perhaps|possibly|probably|presumably|i (?:think|guess|believe|suppose)|"
    r"we (?:think|guess|believe)|not (?:quite |really |entirely |100% )?sure|unsure|no idea|don['’]?t know|"
    r"do not know|can(?:no|['’])t (?:find|read|see|tell|say)|cannot (?:find|read|see|tell)|"
    r"couldn['’]t (?:find|read)|"
    r"unreadable|illegible|worn|unknown|if i remember|i['’]?d have to|have to look|will (?:look|check|send|"
    r"find|get|let you know)|['’]ll (?:look|check|send|find|get|let you know)|to follow|something like|"
    r"guess)\b",
    r"\b(?:vielleicht|eventuell|wahrscheinlich|vermutlich|ich (?:glaube|denke|vermute)|wir (?:glauben|"
    r"vermuten)|nicht (?:ganz )?sicher|keine ahnung|wei(?:ß|ss) (?:ich )?nicht|nicht (?:lesbar|bekannt|"
    r"auffindbar)|unleserlich|unbekannt|reiche ich nach|reichen wir nach|liefere ich nach|"
    r"wenn ich mich recht|müsste)\b",
    r"\b(?:peut-être|sans doute|probablement|je (?:crois|pense|suppose)|nous (?:croyons|pensons)|"
    r"pas (?:s[ûu]re?|certaine?)|ne sais pas|ne savons pas|aucune idée|illisible|inconnue?|je (?:vais|"
    r"dois) (?:regarder|vérifier|chercher)|je vous (?:l['’]|le |la )?(?:enverrai|envoie plus tard)|"
    r"il me semble|de mémoire)\b",
)
"""Somebody who tells it so does not quite know; asking once more is fair."""

TAKEN_BACK = _any(
    r"\b(?:wrong|mistaken?|typo|ignore|forget (?:that|what|the)|scrap|scratch that|disregard|incorrect|"
    r"mixed up|correction|not (?:the )?right|mistook|misread)\b",
    r"\b(?:falsch|irrtum|verwechselt|vertippt|vertan|ignorieren|vergessen sie|stimmt nicht|korrektur)\b",
    r"\b(?:erron[ée]e?|trompée?s?|erreur de (?:ma|notre) part|oubliez|ne tenez pas compte|mauvaise?|"
    r"faute de frappe)\b",
)
"""A later sentence takes back what was told."""

PHATIC = _any(
    r"\b(?:any (?:further |other |more )?questions|does (?:that|this) (?:help|answer|make sense)|"
    r"how are you|is there anything (?:else|more)|anything else|isn['’]t it|aren['’]t (?:you|they|we)|"
    r"don['’]t you (?:think|agree)|who knows|who (?:would|could) have|what a|why not|so what|"
    r"bear with|sound good|all good|wie geht|noch fragen|nicht wahr|oder\?$|n['’]est-ce pas|comment allez|"
    r"d['’]autres questions|avez-vous des questions|how come|right\?$|ok\?$|okay\?$)\b",
    r"\b(?:if (?:anything|something|there is (?:anything|something))|(?:wenn|falls) (?:ihnen |noch )*etwas|"
    r"si quelque chose|merci (?:de|pour) (?:votre|vos|cette|ces?)|"
    r"veuillez (?:nous |m['’])?(?:excuser|agréer|recevoir|croire)|"
    r"please (?:answer|reply|get back to (?:me|us))[^.?!]{0,20} (?:by|until|before)|"
    r"bitte (?:antworten|melden) sie (?:uns |mir |sich )*bis|(?:nous|me) répondre (?:au plus tard|avant|d['’]ici))\b",
)
"""Courtesy and figures of speech: no answer is wanted."""

NOT_NEEDED = _any(
    r"\b(?:no need|not? (?:need|require|necessary)|don['’]?t (?:need|have to)|needn['’]t|without the|"
    r"thanks? (?:you )?(?:again |very much |a lot )?for (?:the|your|sending|telling)|have (?:noted|"
    r"received|got|found|seen) (?:the|your))\b",
    r"\b(?:nicht (?:nötig|erforderlich|notwendig|mehr)|brauchen? (?:wir|ich|sie) nicht|danke für|"
    r"liegt (?:mir|uns) vor|haben wir (?:bereits|erhalten|notiert))\b",
    r"\b(?:pas (?:besoin|nécessaire|la peine)|inutile|merci pour|avons (?:bien )?(?:reçu|noté))\b",
)
"""It is named, but not asked for."""

PART = _any(
    r"(?:,|;|–|-|:)?\s(?:and|but|also|plus|und|aber|sowie|et|mais|ainsi que)\s(?=(?:also |please |if so,? |"
    r"then |bitte |auch |aussi )?(?:could|can|would|do|does|did|is|are|was|were|has|have|what|which|when|"
    r"where|how|who|whether|if|since when|let me|tell|send|please|"
    r"könnten|können|haben|hat|ist|sind|war|was|wie|wo|wann|wer|welche\w*|ob|seit wann|teilen|nennen|"
    r"pou(?:vez|rriez)|avez|est-ce|quel\w*|quand|où|comment|qui|combien|depuis quand)\b)",
    r";\s|\s[–—]\s|:\s(?=\S.*\?)|(?<=\?)\s",
    r",\s(?=(?:what|which|when|where|how|who|could you|can you|did you|do you|have you|is it|are you|"
    r"was the|was it|wie|wo|wann|wer|welche\w*|haben sie|könnten sie|quel\w*|quand|où|comment|qui|combien|"
    r"avez-vous|pourriez-vous)\b)",
)
"""Where one sentence begins to ask a second thing."""
