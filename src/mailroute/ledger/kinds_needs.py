"""What is wanted and what is there: how many, by when, how old, on which system."""

from mailroute.ledger.kind import MOMENT, NUMBERS, Kind, Reach, any_of, each_of

NEEDS: tuple[Kind, ...] = (
    Kind(
        "quantity",
        any_of(
            r"\b(?:required |exact |ordered )?quantit(?:y|ies)\b",
            r"\bmenge\b",
            r"\bstückzahl\b",
            r"\bquantité\b",
            r"\bnumber of (?:units|pieces|licen[cs]es|users|seats|pallets|machines)\b",
            r"\banzahl\b",
            r"\bnombre d(?:e |['’])(?:pièces|postes|utilisateurs|unités|licences)\b",
        ),
        any_of(
            r"\bhow many\b(?! (?:times|days|hours|weeks|years|months|minutes))",
            r"\bwie ?viele?\b(?! (?:uhr|tage|stunden|wochen|kostet))",
            r"\bcombien d(?:e |['’])(?!temps|fois|jours|heures|semaines)",
        ),
        each_of(
            rf"(?<![\w.,/-])(?P<v>(?:{NUMBERS})\sof (?:us|them|you)\b)",
            rf"(?<![\w.,/-])(?P<v>(?:{NUMBERS})\sof (?:us|them|you)\b)",
            rf"(?<![\w.,/-])(?P<v>(?:{NUMBERS})\s(?:of (?:the|our|them|these)\s|more\s|new\s|neue\s|"
            rf"additional\s|weitere\s)?(?!o['’]?clock|am\b|pm\b|uhr\b|hours?\b|days?\b|weeks?\b|months?\b|"
            rf"years?\b|minutes?\b|stunden?\b|"
            r"tagen?\b|wochen?\b|monaten?\b|times\b|mal\b|jours?\b|heures?\b|semaines?\b|fois\b|%|percent|"
            r"euros?\b|eur\b|usd\b|bar\b|mm\b|kg\b|°|times|of\b|and\b|or\b|und\b|"
            r"et\b)[^\W\d_]{3,}(?:\s[^\W\d_]{3,})?)",
            r"\b(?P<v>\d+\s?(?:x\s|pcs|pce|stk|st\b|stück|pieces?|units?|pièces?))",
        ),
        Reach.TICKET,
    ),
    Kind(
        "deadline",
        any_of(
            r"\b(?:the|your|any) deadline\b",
            r"\b(?:latest|required|target|desired|requested|preferred|needed) (?:delivery )?date\b",
            r"\b(?:wunsch|liefer)termin\b",
            r"\bfrist\b",
            r"\b(?:date limite|échéance|délai souhaité|date souhaitée)\b",
        ),
        any_of(
            r"\b(?:until|till) when (?:must|do|does|should|has|have|can)\b",
            r"\bby (?:what|which) (?:date|day|time|week)\b",
            r"\bwhat (?:is|would be|['’]s) (?:your|the) (?:time ?frame|timeline|time ?line|latest)\b",
            r"\bwhen (?:at the latest )?(?:do|does|must|should|would) [^?]{2,50}\bby\?",
            r"\bbis zu welchem (?:datum|tag|termin)\b",
            r"\bby when\b",
            r"\bwhen (?:exactly |at the latest )?(?:do|does|must|should|would|will) (?:you|it|they|this|"
            r"these|the|your)\b[^?]{0,40}\b(?:need|needed|required|arrive|be (?:there|ready|delivered|done|"
            r"finished|back|fixed)|due|have (?:it|them) (?:back|there|by))\b",
            r"\bwhen (?:is|are) (?:it|this|they|the \w+|these) (?:needed|due|required)\b",
            r"\bhow (?:urgent|soon)\b",
            r"\bbis wann\b",
            r"\bwann (?:spätestens )?(?:brauchen|benötigen|muss|müssen|soll|sollen)\b[^?]{0,50}",
            r"\bwie (?:dringend|eilig)\b",
            r"\b(?:pour|d['’]ici|avant) quand\b",
            r"\bquand (?:en )?avez-vous besoin\b",
            r"\bpour quelle date\b",
        ),
        each_of(
            rf"\b(?P<v>(?:needs?|need (?:it|them|this)|must|has to|have to|should|muss|müssen|doit|"
            rf"doivent|faut)\b[^.;!?]{{0,40}}?\b(?:by|before|until|bis|vor|avant|"
            rf"pour)\s[^.;!?]{{0,20}}?{MOMENT})",
            rf"\b(?P<v>(?:by|before|until|till|no later than|not later than|due|deadline(?:\sis)?|needed|"
            rf"latest|bis|vor|spätestens|avant|d['’]ici|pour|au plus tard)\s[^.;!?]{{0,30}}?{MOMENT})",
        ),
        Reach.TICKET,
        ("deadline",),
    ),
    Kind(
        "installed",
        any_of(
            r"\b(?:purchase|installation|delivery|commissioning|manufacturing|build) date\b",
            r"\byear of (?:manufacture|construction|purchase)\b",
            r"\b(?:kauf|liefer|installations)datum\b",
            r"\bbaujahr\b",
            r"\bdate d['’](?:achat|installation)\b",
            r"\bannée de (?:fabrication|construction)\b",
        ),
        any_of(
            r"\b(?:what|which) year\b",
            r"\b(?:aus|in) welchem jahr\b",
            r"\bde quelle année\b",
            r"\bwhen (?:was|were|did you)\b[^?]{0,50}\b(?:installed|install|bought|buy|purchased?|"
            r"delivered|commissioned|put into (?:service|operation)|set up|manufactured|built)\b",
            r"\bhow old (?:is|are)\b",
            r"\bwann (?:wurde|wurden|haben sie)\b[^?]{0,50}(?:installiert|gekauft|geliefert|in betrieb|"
            r"eingebaut|angeschafft)",
            r"\bwie alt\b",
            r"\bquand\b[^?]{0,50}(?:installée?|achetée?|livrée?|mise? en service)",
            r"\bquel âge\b",
        ),
        each_of(
            rf"\b(?P<v>(?:installed|bought|purchased|delivered|commissioned|put into (?:service|operation)|"
            rf"built|manufactured|installiert|gekauft|geliefert|in betrieb genommen|eingebaut|baujahr|"
            rf"installée?|achetée?|livrée?|mise? en service)\b[^.;!?]{{0,30}}?{MOMENT})",
            r"\b(?P<v>(?:\d+|two|three|four|five|six|seven|eight|nine|ten)[- ](?:years?|months?|"
            r"weeks?) old)\b",
            r"\b(?P<v>\d+ jahre alt|(?:im jahr|aus) (?:19|20)\d\d|a \d+ ans|de (?:19|20)\d\d|from (?:19|"
            r"20)\d\d)\b",
            rf"\b(?P<v>{MOMENT}[^.;!?]{{0,20}}\b(?:installiert|gekauft|geliefert|eingebaut|"
            rf"in betrieb genommen|installed|bought|delivered))",
        ),
        Reach.OBJECT,
    ),
    Kind(
        "platform",
        any_of(
            r"\b(?:which|what) (?:web )?browsers?\b",
            r"\b(?:which|what) (?:operating system|os|windows version|phone|platform)\b",
            r"\boperating system\b",
            r"\bwelche[rsnm]? (?:browser|betriebssystem)\b",
            r"\bbetriebssystem\b",
            r"\bquel (?:navigateur|système d['’]exploitation)\b",
            r"\bnavigateur\b",
            r"\bbrowser (?:and|or|version|name)\b",
            r"\bthe browser\b",
        ),
        None,
        each_of(
            r"\b(?P<v>(?:chrome|firefox|edge|safari|opera|windows \d+|windows|mac ?os\w*|ubuntu|linux|ios|"
            r"android|ipad\w*|iphone)(?: \d[\d.]*)?)\b"
        ),
        Reach.TICKET,
    ),
    Kind(
        "user",
        any_of(
            r"\buser ?names?\b",
            r"\blogin (?:name|id|e?-?mail)\b",
            r"\buser id\b",
            r"\b(?:which|what) (?:user|account|login)\b",
            r"\bbenutzernamen?\b",
            r"\b(?:welche[rnms]?) (?:benutzer|konto|login)\b",
            r"\bnom d['’]utilisateur\b",
            r"\bidentifiant\b",
            r"\bquel compte\b",
        ),
        None,
        each_of(
            r"\b(?:user ?(?:name|id)?|log(?:ged )?-?in(?: name)?|account(?: name)?|benutzer(?:name)?|konto|"
            r"utilisateur|compte|identifiant)\b(?:\s(?:is|as|ist|est|named|name|under|with|:))?[\s:=]+"
            r"(?:the\s)?(?P<v>[\"“„«][^\"”“»]{2,40}[\"”“»]|[\w.+-]+@[\w.-]+\w|"
            r"(?=[\w.-]*[._\d-])[A-Za-z][\w.-]{2,}\w)"
        ),
        Reach.TICKET,
    ),
)
