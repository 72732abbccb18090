"""Where and whom: places, ways in, people and how to reach them."""

from mailroute.ledger.kind import NAME, Kind, Reach, any_of, each_of

PLACES: tuple[Kind, ...] = (
    Kind(
        "place",
        any_of(
            r"\b(?:which|what) (?:of your )?(?:sites?|rooms?|buildings?|halls?|floors?|locations?|plants?|"
            r"branch(?:es)?|stores?|warehouses?|lines?|offices?|labs?)\b",
            r"\b(?:exact |installation |its )?(?:location|whereabouts)\b",
            r"\broom number\b",
            r"\b(?:site|building) name\b",
            r"\b(?:an |in )?welche[mnrs]? (?:standort|raum|gebäude|halle|werk|filiale|linie|stock|etage)\b",
            r"\bstandort\b",
            r"\braumnummer\b",
            r"\b(?:sur |dans )?quel(?:le)? (?:site|bâtiment|salle|étage|usine|agence|atelier|magasin|ligne)\b",
            r"\bemplacement\b",
        ),
        any_of(
            r"\bwhere (?:exactly |precisely )?(?:is|are|does|do|did) (?!(?:we|i|you|he|she|they|one|our|"
            r"the (?:serial|order|invoice|error|number|form|button|manual|parcel|"
            r"shipment|delivery|technician|problem))\b)[^?]{2,60}?(?:\b(?:located|installed|standing|sit|"
            r"stand|kept|placed|mounted|set up|based|housed)\b|\?|$)",
            r"\bwo (?:genau )?(?:steht|stehen|befindet sich|befinden sich|ist|liegt)\b",
            r"\boù (?:se trouve|est (?:install|situ|plac)|sont)",
        ),
        each_of(
            r"\b(?:in|at|on)\s(?:the|our)\s(?P<v>[\w'’-]+\s(?:house|hall|room|building|wing|block|"
            r"tower|plant|shop|yard|station|workshop|kitchen|office|floor|lab|depot|department|"
            r"warehouse|theatre|ward))\b",
            r"\b(?:im|in der|in dem|auf dem|am|an)\s(?P<v>(?-i:[A-ZÄÖÜ])\w*(?:haus|halle|raum|gebäude|"
            r"trakt|werk|lager|küche|büro|hof|keller|labor|turm|station))\b",
            r"\b(?:in|at|by|im|am|an der|in der|beim|dans|à|au)\s(?:our\s|the\s|unsere[mr]\s|de[mr]\s|"
            r"notre\s|la\s|le\s|l['’])?(?P<v>reception|front desk|lobby|entrance|hallway|corridor|"
            r"garage|attic|yard|archive|sales office|empfang|eingang|flur|garage|dachboden|hof|archiv|"
            r"büro|accueil|entrée|couloir|garage|grenier|cour)\b",
            r"\b(?P<v>(?:werk|standort|filiale|lager|betrieb|site|plant|depot|campus|branch|usine|"
            r"agence|dépôt|magasin)\s(?-i:[A-ZÄÖÜÉ][\w-]{2,}))",
            r"\b(?:in|at)\sour\s(?P<v>(?-i:[A-Z][\w'’-]+)\s\w{3,})\b",
            r"\b(?P<v>(?:building|room|hall|floor|bay|plant|dock|gate|unit|block|warehouse|workshop|shop|"
            r"line|site|store|branch|gebäude|halle|raum|etage|werk|filiale|linie|"
            r"bâtiment|salle|étage|usine|quai|atelier|ligne|agence)\s(?:no\.?\s|nr\.?\s|number\s|"
            r"n°\s?)?(?-i:[A-Z]{0,3}-?\d{1,4}[A-Za-z]?|[A-Z])\b)",
            r"\b(?P<v>(?:ground|first|second|third|fourth|top|1st|2nd|3rd|4th) floor|erdgeschoss|"
            r"erste[nr]? stock|\d\. (?:stock|og|etage)|rez-de-chaussée|premier étage)\b",
            r"\b(?:in|at|on|from|im|in der|am|bei|dans|à|sur)\s(?:our|the|your|unsere[mr]?|de[mr]|notre|la|"
            r"le|l['’])?\s?"
            r"(?P<v>(?-i:[A-ZÄÖÜ][\wäöüéè-]+)\s(?:plant|site|office|branch|warehouse|store|depot|factory|"
            r"mill|lab(?:oratory)?|works|clinic|hotel|yard))\b",
            r"\b(?:in|at|im|in der|dans|à)\s(?:our|the|unsere[mr]?|de[mr]|notre|la|le|"
            r"l['’])\s?(?P<v>boiler ?(?:house|room)|basement|cellar|lab(?:oratory)?|kitchen|"
            r"workshop|canteen|reception|warehouse|server room|plant room|roof|keller|labor|küche|"
            r"werkstatt|heizungskeller|lager|sous-sol|cave|laboratoire|cuisine|"
            r"atelier|entrepôt|chaufferie)\b",
            r"\b(?:stands|located|installed|sits|situated|steht|befindet sich|installiert|se trouve|"
            r"installée?|située?)\s(?:in|at|on|im|bei|à|dans|au|sur)\s"
            r"(?:the\s|our\s|der\s|le\s|la\s|l['’])?(?P<v>[\w' -]{3,40})",
        ),
        Reach.TICKET,
        ("place",),
    ),
    Kind(
        "address",
        any_of(
            r"(?<!e-mail )(?<!email )(?<!mail )(?<!ip )\b(?:delivery |shipping |postal |site |street |"
            r"full |billing |exact )?address(?:es)?\b(?! (?:this|the (?:issue|problem)))",
            r"\b(?:liefer|versand|rechnungs)?(?:adresse|anschrift)\b",
            r"(?<!d['’])\badresse (?:de livraison|postale|exacte|complète|du site)?",
        ),
        any_of(
            r"\bwhere (?:would|do|did) you (?:like|want|need) (?:it|them|this|that|us|"
            r"the \w+)\b[^?]{0,20}\b(?:delivered|sent|shipped|to (?:deliver|send|ship|come|go))",
            r"\bwhere (?:should|shall|do|can|may|must) (?:we|i) (?:send|ship|deliver|post)\b",
            r"\bwohin (?:sollen|dürfen|können) wir\b",
            r"\boù (?:devons|pouvons|faut-il|doit-on)[- ](?:nous )?(?:l[ea] |vous |les )?(?:livrer|envoyer|"
            r"expédier)",
        ),
        each_of(
            r"\b(?P<v>(?-i:[A-Z][\w'’]+ ){1,3}(?:road|street|lane|avenue|drive|way|close|square|quay|"
            r"row)\s\d{1,4}[a-z]?\b[^.!?]{0,50})",
            r"\b(?P<v>\d{1,4}[a-z]?,? (?-i:[A-Z][\w'’]+ ){1,3}(?:road|rd|street|st|lane|avenue|ave|drive|"
            r"way|court|close|park|square|quay|row|boulevard|blvd|hill)\b[^.!?]{0,50})",
            r"\b(?P<v>(?-i:[A-ZÄÖÜ])[\wäöüß-]*(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ring|damm|"
            r"ufer)\s\d{1,4}\s?[a-z]?\b[^.!?]{0,50})",
            r"\b(?P<v>\d{1,4}(?:\sbis)?,?\s(?:rue|avenue|boulevard|chemin|place|quai|route|impasse|"
            r"allée)\s[^.!?]{3,60})",
        ),
        Reach.CLIENT,
    ),
    Kind(
        "hours",
        any_of(
            r"\b\w+['’]s hours\b",
            r"\bhours of (?:operation|business|opening)\b",
            r"\b(?:opening|working|office|receiving|delivery|business|shift) (?:hours|times)\b",
            r"\b(?:öffnungs|anliefer|betriebs|arbeits|warenannahme)zeiten\b",
            r"\bhoraires(?: d['’]ouverture)?\b",
        ),
        any_of(
            r"\bfrom when (?:to|until|till) when\b",
            r"\b(?:until|till) (?:when|what time)\b[^?]{0,30}\b(?:open|there|on site|reach)\b",
            r"\bvon wann bis wann\b",
            r"\bde quelle heure à quelle heure\b",
            r"\bwhen (?:are you|is (?:the|your) \w+|are (?:the|your) \w+) open\b",
            r"\b(?:what time|when|until when|from when) (?:do|does|are|is) (?:you|the|your|somebody|"
            r"someone|anybody|anyone)\b[^?]{0,30}\b(?:open|close|there|on site|take deliveries|accept)\b",
            r"\bwann (?:haben sie|ist|sind)\b[^?]{0,30}\b(?:geöffnet|offen|auf|besetzt)\b",
            r"\bquand (?:êtes-vous|est)\b[^?]{0,30}\bouvert",
        ),
        each_of(
            r"\b(?P<v>around the clock|24/7|24 hours(?: a day)?|day and night|rund um die uhr|"
            r"24\s?h(?:/24| sur 24)|jour et nuit)\b",
            r"\b(?P<v>open(?:s|ed)? (?:at|from) \d{1,2}(?:[:.]\d\d)?\s?(?:am|"
            r"pm)?[^.!?]{0,30}\b(?:close|shut|until|till|to)\w*\b[^.!?]{0,20})",
            r"\b(?P<v>(?:open(?:s|ing hours)?|receiv\w+|geöffnet|offen|öffnungszeiten|besetzt|warenannahme|"
            r"ouverts?e?|horaires|there|on site|deliver\w+|staffed|manned)\b[^.!?]{0,40}?"
            r"\d{1,2}(?:[:.h]\d\d)?\s?(?:am|pm|h|uhr|o['’]clock)?\s?(?:-|–|to|till|until|bis|à|and|"
            r"und)\s?\d{1,2}(?:[:.h]\d\d)?)",
            r"\b(?P<v>(?:from|between|von|zwischen|de|entre)\s\d{1,2}(?:[:.h]\d\d)?\s?(?:am|pm|h|"
            r"uhr)?\s?(?:-|–|to|till|until|bis|à|and|und|et)\s?\d{1,2}(?:[:.h]\d\d)?)",
        ),
        Reach.CLIENT,
    ),
    Kind(
        "access",
        any_of(
            r"\b(?:site )?access (?:details|arrangements|code|instructions|information|conditions|rules)\b",
            r"\b(?:gate|door|entry) code\b",
            r"\bzugangs(?:code|regelung|bedingungen|daten)\b",
            r"\b(?:conditions|code)s? d['’]accès\b",
        ),
        any_of(
            r"\b(?:what|anything)\b[^?]{0,40}\b(?:our|we|the|he|she|they)\b[^?]{0,25}\b(?:needs?|bring|"
            r"wear|have to (?:know|bring|wear))\b(?! to (?:order|know about the))",
            r"\bwas (?:braucht|muss|benötigt) (?:unser|der|die|unsere?) \w+\b[^?]{0,30}(?:mitbringen|dabei|"
            r"tragen|zutritt|reinkommen|hineinkommen)",
            r"\bhow (?:do|can|does|would|should|will) (?:we|our \w+|he|she|they|the (?:technician|engineer|"
            r"driver|fitter))\b[^?]{0,20}\b(?:get (?:in|into|access|on site|to the)|access|enter|"
            r"reach the)\b",
            r"\bdo(?:es)? (?:we|they|our \w+|he|she|the \w+) (?:need|have) (?:a |an |to |any )?(?:pass|"
            r"badge|permit|"
            r"register|sign in|report|induction|be announced|announce|id\b|safety)",
            r"\bwhere (?:should|do|can|must|does|will) (?:we|our \w+|he|she|the \w+|they) (?:report|park|"
            r"check in|sign in|enter|announce|have to)",
            r"\bwie (?:kommt|kommen|gelangt|gelangen)\b[^?]{0,50}\b(?:gelände|rein|hinein|zutritt|zugang|"
            r"halle|werk|gebäude)",
            r"\bwo (?:soll|sollen|muss|kann|darf)\b[^?]{0,40}\b(?:anmelden|melden|parken)\b",
            r"\b(?:braucht|brauchen|benötigt) (?:wir|unser\w* \w+|der \w+|er|man)\b[^?]{0,30}(?:ausweis|"
            r"anmeldung|unterweisung|schlüssel|genehmigung)",
            r"\bcomment (?:accéder|entrer|accède-t-on|notre \w+ (?:peut|doit)-il (?:entrer|accéder))\b",
            r"\boù (?:se présenter|se garer|doit-il|devons-nous)\b",
        ),
        each_of(
            r"\b(?P<v>(?:(?:hi-?vis|safety|high-?visibility)\s\w+|helmet|hard hat|vest|ppe|warnweste|"
            r"helm|sicherheitsschuhe|casque|gilet|chaussures de sécurité)\b[^.!?]{0,60})",
            r"\b(?P<v>keys?\b[^.!?]{0,60}\b(?:at|with|from|in|under|from)\b[^.!?]{2,40})",
            r"\b(?P<v>(?:gate|reception|porter|security|front desk|pförtner|pforte|empfang|accueil|gardien|"
            r"portail|loge)\b[^.!?]{2,60})",
            r"\b(?P<v>(?:pass|badge|permit|induction|id card|key ?code|door code|gate code|safety shoes|"
            r"besucherausweis|ausweis|sicherheitsunterweisung|schlüssel|clé|digicode|code|"
            r"carte d['’]identité|plan de prévention)\b[^.!?]{0,60})",
            r"\b(?P<v>(?:report|register|sign in|check in|park|parking|anmelden|melden|parken|parkplatz|"
            r"se présenter|se garer)\b[^.!?]{0,20}\b(?:at|in|behind|beside|by|next to|beim|an der|hinter|"
            r"neben|vor|à l['’]|au|derrière)\b[^.!?]{3,40})",
        ),
        Reach.CLIENT,
    ),
    Kind(
        "phone",
        any_of(
            r"\b(?:tele)?phone (?:number|no\b)?",
            r"\b(?:mobile|cell|direct|contact|callback|call-back)(?: phone)? number\b",
            r"\b(?:telefon|handy|mobil|ruf|durchwahl|rückruf)-?(?:nummer|nr)?\b",
            r"\b(?:num[ée]ro|n°) de (?:téléphone|portable|mobile)\b",
            r"\bligne directe\b",
        ),
        any_of(
            r"\b(?:best|direct|right|good|which|what|a) (?:phone |telephone |mobile )?number (?:to|for|"
            r"where|on|that|we|i|can)\b",
            r"\bnumber (?:to call|to reach|where (?:we|i))\b",
            r"\bdirect (?:line|dial)\b",
            r"\b(?:what|which) number (?:can|may|should|do) (?:we|i)\b",
            r"\b(?:on|at|under) (?:what|which) number\b",
            r"\bhow (?:can|do|may) (?:we|i) (?:reach|call|phone) (?:you|him|her|them)\b",
            r"\bunter welcher (?:telefon)?nummer\b",
            r"\bwie (?:kann|können|erreiche|erreichen) (?:ich|wir) sie\b",
            r"\bà quel numéro\b",
            r"\bcomment (?:peut-on |puis-je |pouvons-nous )?vous joindre\b",
        ),
        each_of(
            r"\b(?:line|number|phone|mobile|tel|telephone|extension|ext|durchwahl|telefon|handy|ligne|"
            r"téléphone|portable|poste)\b\.?(?:\s(?:is|ist|est|"
            r"lautet))?[\s:]{1,2}(?P<v>\d[\d /.-]{2,}\d)",
            r"(?<![\w.-])(?P<v>(?:\+|00?)\d[\d ()/.-]{6,}\d)",
            r"\b(?:phone|call|mobile|tel|cell|telefon|handy|ruf\w*|téléphone|"
            r"portable)\b\D{0,25}(?P<v>\d[\d ()/.-]{5,}\d)",
        ),
        Reach.CLIENT,
        ("phone",),
    ),
    Kind(
        "email",
        any_of(
            r"\be-?mail(?:[- ]address(?:es)?)\b",
            r"\bmail address\b",
            r"\b(?:e-?)?mail-?adresse\b",
            r"\badresse (?:e-?mail|mail|électronique)\b",
        ),
        any_of(r"\b(?:to|at) (?:which|what) (?:e-?mail|address) (?:should|can|may)\b"),
        each_of(r"(?P<v>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"),
        Reach.CLIENT,
        ("email",),
    ),
    Kind(
        "contact",
        any_of(
            r"\bcontact (?:person|partner|on site|name)\b",
            r"\b(?:name of (?:the|your)|on-?site|local|technical) contact\b",
            r"\bansprechpartner\w*\b",
            r"\bkontaktperson\b",
            r"\binterlocuteur\b",
            r"\bpersonne (?:à contacter|de contact|responsable)\b",
            r"\bcontact sur (?:place|site)\b",
        ),
        any_of(
            r"^(?:and |so )?who (?:can|could|would|may) (?:give|tell|help|answer|provide|show)\b",
            r"\bwer (?:kennt|weiß|hilft|kann)\b",
            r"\bwhom (?:should|shall|can|do|may|must|will) (?:we|i|our \w+|the \w+|he|"
            r"she)\b[^?]{0,20}\b(?:contact|ask|speak|talk|call|meet|report|turn)\b",
            r"\bwer\b[^?]{0,50}(?:aufschlie(?:ß|ss)en|aufmachen|öffnen|hereinlassen|reinlassen|"
            r"empfangen|da sein|erreichbar)\b",
            r"\bqui\b[^?]{0,40}\b(?:ouvrir|accueillir|recevoir|demander|joindre)\b",
            r"\b(?:somebody|someone|anybody|anyone|a person|jemanden?|"
            r"quelqu['’]un)\b[^?]{0,40}\b(?:call|contact|ask for|speak|meet|let (?:us|him|her|them) in|"
            r"open|ansprechen|anrufen|contacter|appeler)\b",
            r"\bwen (?:kann|können|soll|sollen|darf|dürfen)\b",
            r"\b(?:point of contact|contact details)\b",
            r"\bname of (?:the|your) (?:person|colleague|contact|technician|caretaker|manager)\b",
            r"\bwho (?:will|can|could|is going to|would|is) (?:let|open|opening|receive|receiving|meet|"
            r"meeting|show|welcome|be (?:there|on site|present|around))\b",
            r"\bqui (?:notre|votre|le|mon|un) \w+ (?:doit|peut|devra)\b",
            r"\bwer (?:lässt|öffnet|empfängt|macht|nimmt|wird)\b",
            r"\bqui (?:ouvrira|accueillera|sera|recevra)\b",
            r"\bwho (?:is|will be|would be|should be)\b[^?]{0,30}\b(?:contact|in charge|responsible|"
            r"on site|there to|the person)\b",
            r"\bwho (?:should|shall|can|do|may|must|will) (?:we|i|our \w+|the \w+|he|she)"
            r"[^?]{0,20}\b(?:contact|ask for|speak|talk|call|meet|report to|turn to)\b",
            r"\bwho(?:m)? do(?:es)? \w+ (?:ask|report|meet)",
            r"\bwer ist\b[^?]{0,30}\b(?:zuständig|verantwortlich|vor ort|ansprech\w*)",
            r"\ban wen (?:können|sollen|dürfen|kann|soll)\b",
            r"\bbei wem\b",
            r"\bqui (?:est (?:responsable|votre contact|sur place|en charge)|(?:devons|pouvons|dois|puis|"
            r"faut|doit)\S* .{0,15}(?:contacter|demander|appeler))",
            r"\bà qui\b[^?]{0,25}\b(?:adresser|s['’]adresser|demander)",
        ),
        each_of(
            r"\b(?:melden sie sich|wenden sie sich|fragen sie|adressez-vous|"
            r"demandez)\s(?:bitte\s)?(?:bei|beim|an|nach|à|au)\s(?:dem\s|der\s|den\s|unserem\s|"
            r"unserer\s|la\s|l['’])?(?P<v>(?-i:[A-ZÄÖÜÉ])\w{3,})",
            r"\b(?:ask for|report to|contact|speak to|call)\s(?:the|our)\s(?P<v>(?:\w+\s)?(?:manager|"
            r"foreman|caretaker|porter|keeper|supervisor|leader|nurse|chef|head|reception|office|desk|"
            r"guard|driver|operator|controller|dispatcher|secretary|assistant))\b",
            rf"\b(?:ask|contact|call|write to|talk to|speak to|turn to|fragen sie|rufen sie)\s(?:for\s|"
            rf"to\s)?(?P<v>{NAME})",
            r"\b(?P<v>(?:herr|frau|mr|mrs|ms|m\.|"
            r"mme)\.?\s(?-i:[A-ZÄÖÜÉ])[\w'’-]+)[^.!?]{0,40}\b(?:weiß bescheid|kennt sich aus|knows|"
            r"can help|kann helfen|est au courant|connaît)\b",
            rf"(?P<v>{NAME})[^.!?]{{0,70}}(?<!\d)(?:\+|0)\d[\d /.()-]{{6,}}\d",
            rf"(?P<v>{NAME})\s(?:is|ist|est|will be|sera)\b[^.!?]{{0,50}}\b(?:there|on site|all day|"
            rf"every day|here|vor ort|da\b|ganzen tag|sur place|présente?)",
            r"\b(?:our|the|unser\w*|notre|le|la) (?:caretaker|janitor|porter|foreman|site manager|"
            r"shift leader|hausmeister|pförtner|meister|gardien|responsable)\b,?\s(?P<v>(?:(?:mr|mrs|ms|dr|"
            r"herr|frau|m\.|mme)\.?\s)?(?-i:[A-ZÄÖÜÉ])[\w'’-]+)",
            r"\b(?P<v>(?:mr|mrs|ms|dr|herr|frau|monsieur|madame|m\.|"
            r"mme)\.?\s(?-i:[A-ZÄÖÜ])[\w'’-]+)[^.!?]{0,30}\b(?:will|lets?|opens?|receives?|meets?|"
            r"is (?:there|on site)|wird|lässt|öffnet|empfängt|ist (?:da|vor ort)|sera|ouvr\w+|"
            r"accueill\w+|vous)\b",
            rf"\b(?:contact|ask for|speak to|speak with|talk to|call|reach|report to|meet|in charge|"
            rf"responsible|on site|take[s]? over|look(?:s|ing)? after|ansprechpartner\w*|zuständig\w*|"
            rf"verantwortlich|vor ort|melden sie sich bei|"
            rf"kontakt\w*|wenden sie sich an|contacte[rz]|demande[rz]|adresse[rz]\S*|interlocut\w+|"
            rf"responsable|sur place)\b[^.!?]{{0,40}}?(?P<v>{NAME})",
            rf"(?P<v>{NAME})[^.!?]{{0,40}}\b(?:is (?:the|our|your|on site|in charge|responsible)|"
            rf"will (?:be there|meet|let|show|open|receive)|looks? after|takes? over|ist (?:vor ort|"
            rf"zuständig|ihr|unser|der|die)|"
            r"est (?:sur place|responsable|votre|notre|le|la)|s['’]occupe)",
            r"\b(?P<v>(?:mr|mrs|ms|dr|herr|frau|monsieur|madame|m\.|"
            r"mme)\.?\s(?-i:[A-ZÄÖÜ])[\w'’-]+)[^.!?]{0,30}\b(?:will|lets?|opens?|receives?|meets?|"
            r"is (?:there|on site)|wird|lässt|öffnet|empfängt|ist (?:da|vor ort)|sera|ouvr\w+|accueill\w+|"
            r"vous)\b",
            r"\b(?:contact|ask for|speak to|call|ansprechpartner\w*|contacte[rz]|"
            r"demande[rz])\b[^.!?]{0,25}?\b(?P<v>(?:mr|mrs|ms|dr|herr|frau|monsieur|madame|m\.|"
            r"mme)\.?\s(?-i:[A-ZÄÖÜ])\w+)",
        ),
        Reach.TICKET,
    ),
)
