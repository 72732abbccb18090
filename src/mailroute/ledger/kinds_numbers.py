"""Numbers and names of things: what stands on a plate, in a file, on a paper."""

from mailroute.ledger.kind import DAYS, ID, IS, MONTHS, Kind, Reach, any_of, each_of

NUMBERS: tuple[Kind, ...] = (
    Kind(
        "serial",
        any_of(
            r"\bserials?\b(?! (?:port|cable|interface|connection))",
            r"\bs/n\b",
            r"\bSN\b",
            r"\b(?:serien|fabrik|geräte|maschinen)-?(?:nummern?|nr)\b",
            r"\b(?:num[ée]ros?|n°) de s[ée]rie\b",
            r"\bnumbers? on the (?:type ?plate|rating ?plate|nameplate)\b",
        ),
        None,
        each_of(
            r"\bserials?(?: numbers?)?\b[^.!?\n]{0,50}?(?P<v>(?=[\w./-]*\d)(?=[\w./-]{4})(?-i:[A-Z"
            r"0-9])[\w./-]*\w)",
            rf"\b(?:serials?|s/n|sn|(?:serien|fabrik|geräte|maschinen)-?(?:nummer|nr)|(?:num[ée]ro|"
            rf"n°) de s[ée]rie){IS}(?P<v>{ID})",
            rf"\b(?P<v>{ID}) (?:is|ist|est) (?:the|its|our|die|le|son) (?:serial|seriennummer|"
            rf"num[ée]ro de s[ée]rie)",
            rf"\b(?:type|name|rating) ?plate (?:says|reads|shows){IS}(?P<v>{ID})",
        ),
        Reach.OBJECT,
        ("serial",),
    ),
    Kind(
        "order",
        any_of(
            r"\bPO\b(?! box)",
            r"\border reference\b",
            r"\b(?:which|what) (?:order|purchase)\b",
            r"\b(?:purchase |sales |your |the |which |what )?(?:order|p\.?o\.?)[- ]?(?:numbers?|no\b|nr|"
            r"ref(?:erence)?s?|confirmation number)",
            r"\bwhich (?:purchase )?order\b",
            r"\b(?:bestell|auftrags)-?(?:nummern?|nr)\b",
            r"\bwelche[rsnm]? (?:bestellung|auftrag)\b",
            r"\b(?:num[ée]ros?|n°|r[ée]f[ée]rences?) de (?:la |votre )?commande\b",
            r"\bquelle commande\b",
        ),
        None,
        each_of(
            rf"\b(?:order|bestellung|auftrag|commande)\b[^.!?]{{0,50}}\b(?:number|no\.?|nr\.?|"
            rf"n°)\s(?P<v>{ID})",
            rf"\b(?:orders?|p\.?o\.?|purchase order|bestellung|bestell-?(?:nummer|nr)|auftrag|"
            rf"auftrags-?(?:nummer|nr)|commande){IS}(?P<v>{ID})",
            r"\b(?P<v>(?:PO|SO|AB|BE|CMD)[-/ ]?\d[\w/-]+)",
        ),
        Reach.TICKET,
        ("order",),
    ),
    Kind(
        "invoice",
        any_of(
            r"\binvoice[- ]?(?:numbers?|no\b|ref(?:erence)?)",
            r"\b(?:which|what) invoice\b",
            r"\brechnungs-?(?:nummer|nr)\b",
            r"\bwelche rechnung\b",
            r"\b(?:num[ée]ro|n°) de (?:la )?facture\b",
            r"\bquelle facture\b",
        ),
        None,
        each_of(
            rf"\binvoices?\b[^.!?]{{0,50}}\b(?:number|no\.?|nr\.?)\s(?P<v>{ID})",
            rf"\b(?:invoices?|rechnung|rechnungs-?(?:nummer|nr)|facture){IS}(?P<v>{ID})",
            r"\b(?P<v>(?:INV|RE|RG|FA)[-/ ]?\d[\w/-]+)",
        ),
        Reach.TICKET,
        ("invoice",),
    ),
    Kind(
        "contract",
        any_of(
            r"\b(?:which|what) (?:\w+ )?contract\b",
            r"\bcontract[- ]?(?:numbers?|no\b|ref(?:erence)?)",
            r"\b(?:which|what) contract\b",
            r"\bvertrags-?(?:nummer|nr)\b",
            r"\b(?:num[ée]ro|n°) d[ue] contrat\b",
        ),
        None,
        each_of(rf"\b(?:contract|agreement|vertrag|vertrags-?(?:nummer|nr)|contrat){IS}(?P<v>{ID})"),
        Reach.CLIENT,
        ("contract",),
    ),
    Kind(
        "customer-number",
        any_of(
            r"\b(?:customer|client|account|debtor|membership)[- ]?(?:numbers?|no\b|id)\b",
            r"\bkunden-?(?:nummer|nr)\b",
            r"\b(?:num[ée]ro|n°|code) client\b",
        ),
        None,
        each_of(
            rf"\b(?:customer|client|account|debtor|membership|kunden-?(?:nummer|nr)|(?:num[ée]ro|n°|"
            rf"code) client){IS}(?P<v>{ID})"
        ),
        Reach.CLIENT,
    ),
    Kind(
        "version",
        any_of(
            r"\b(?:firmware|software|app|driver|controller|program)?[- ]?(?:versions?|releases?|revisions?|"
            r"builds?)\b(?: numbers?)?",
            r"\bfirmware\b",
            r"\b(?:software|firmware)-?(?:stand|version)\b",
            r"\bversion(?:s|snummer)?\b",
            r"\b(?:version|révision) d[ue] (?:logiciel|micrologiciel)\b",
            r"\bmicrologiciel\b",
            r"\bfirmwarestand\b",
            r"\bsoftwarestand\b",
        ),
        any_of(r"\b(?:which|what) (?:software|firmware|release)\b", r"\bwelche (?:software|firmware)\b"),
        each_of(
            r"\b(?:driver|treiber|pilote|client|agent|plug-?in|module?|controller|steuerung|program\w*|"
            r"app|os|system)\s(?:version\s)?(?P<v>v?\d+\.\d+(?:\.\d+)*\w*)",
            rf"\b(?:firmware|software|versions?|releases?|builds?|revision|rev|micrologiciel|logiciel|app|"
            rf"(?:software|firmware)stand)\b"
            rf"(?:{IS}|(?:\s[\w'’]+){{0,6}}?\s)(?P<v>v?\.?\d+(?:\.\d+)*[\w.-]*)",
            r"\b(?P<v>v\d+(?:\.\d+)+\w*)\b",
            r"\b(?:runs?|running|are (?:still )?on|updated? to|upgraded? to|installed|läuft|installiert|"
            r"tourne|installée?)\s(?:[a-z]+\s){0,3}?"
            r"(?P<v>\d+\.\d+(?:\.\d+)*\w*)(?!\s?(?:%|°|V\b|A\b|bar|mm|cm|kg|€|\$|h\b|km|kW|t\b))",
        ),
        Reach.OBJECT,
        ("version",),
    ),
    Kind(
        "model",
        any_of(
            r"\b(?:model|type)(?:s|[- ](?:numbers?|names?|designation|code))?\b(?! ?plate)",
            r"\b(?:part|article|item|product|catalogue)[- ](?:numbers?|no\b|codes?)",
            r"\bmodell\w*\b",
            r"\b(?:geräte|maschinen|pumpen)?typ(?:enbezeichnung|bezeichnung)?\b",
            r"\bartikel-?(?:nummer|nr)\b",
            r"\bmodèle\b",
            r"\b(?:num[ée]ro|référence) d(?:e l['’]article|u produit)\b",
            r"\bréférence produit\b",
        ),
        any_of(
            r"\b(?:which|what) (?:kind|type|sort) of (?!error|problem|fault|noise|"
            r"issue)\w+\b[^?]{0,20}\b(?:do you have|is it|are you using|is this|is installed)\b",
            r"\b(?:which|what) (?:kind |type |sort )?(?:of )?(?:our )?(?:machine|device|unit|instrument|"
            r"product|appliance|printer|pump|centrifuge|equipment)s?\b"
            r"(?! (?:do you need|would you|should))",
            r"\bum welche(?:s|n|)? (?:gerät|maschine|produkt|modell|anlage)\b",
            r"\bde quel(?:le)? (?:appareil|machine|produit|modèle)\b",
        ),
        each_of(
            rf"\b(?:model|type|modell|typ|modèle|article|artikel-?(?:nummer|nr)|part (?:no\.?|"
            rf"number)){IS}(?P<v>{ID})",
            rf"\b(?P<v>(?!(?:{DAYS}|{MONTHS}|room|building|hall|floor|gate|error|fault|line|order|invoice|"
            rf"raum|halle|linie|fehler|salle|since|from|after|until|in|at|on|by|the|we|it)\b)"
            r"(?-i:[A-ZÄÖÜ][a-zäöüéè]{2,})[- ]\d{2,5}[A-Za-z]{0,2})(?!\d|[:.]\d|\s?(?:bar|mm|kg|°|V\b|EUR|%|"
            r"x\b))",
            r"\b(?P<v>(?!(?:SN|PO|SO|INV|CN|MR|NO|VAT|RE|EUR|USD|GBP|"
            r"CHF)[- ]?\d)(?-i:[A-Z]{1,5})[- ]?\d{2,5}[A-Za-z]{0,2})(?!\d)(?! ?(?:bar|mm|kg|°|V\b|EUR))",
        ),
        Reach.TICKET,
    ),
    Kind(
        "amount",
        any_of(
            r"\b(?:invoiced?|charged|billed|total|exact|invoice|net|gross|paid) (?:amount|sum|total)\b",
            r"\b(?:which|what) (?:amount|sum|price)\b",
            r"\b(?:rechnungs)?betrag\b",
            r"\bquel (?:montant|prix)\b",
            r"\bmontant\b",
        ),
        any_of(
            r"\bhow much (?:was|were|did|have|is|has) (?:you|it|the (?:invoice|bill|charge|"
            r"amount))\b[^?]{0,30}\b(?:charged?|billed?|paid|pay|invoiced?|cost|debited)\b",
            r"\bwie viel (?:wurde|haben sie)\b[^?]{0,30}(?:berechnet|abgebucht|bezahlt|gezahlt)",
            r"\bcombien\b[^?]{0,30}\b(?:facturé|payé|débité|prélevé)",
        ),
        each_of(
            r"(?P<v>[€£$]\s?\d[\d.,' ]*\d?|\b\d[\d.,' ]*\s?(?:€|£|\$|EUR\b|USD\b|GBP\b|CHF\b|euros?\b|"
            r"pounds\b|dollars\b|francs\b))"
        ),
        Reach.TICKET,
        ("money",),
    ),
)
