"""Words that name things which firms make, sell and run, and words that show whose they are."""

import re

from mailroute.extraction.wordlists import joined, words

THINGS = frozenset(
    words(
        """machine press conveyor pump valve motor engine gearbox robot gripper printer scanner reader
        laptop computer tablet server router switch
        phone system software app application module portal website homepage webshop shop platform
        screen touchscreen display dashboard plugin
        database planner tool unit fridge freezer chiller boiler heater compressor inverter panel
        battery charger lift elevator hoist crane forklift
        truck trailer door gate window roof tile tiling floor flooring carpet kitchen bathroom drain
        gutter handrail railing stair scaffold fence wall
        label tags brochure leaflet flyer poster catalogue catalog folder booklet menu card banner sign
        signage book film video logo proof layout
        reagent kit sensor detector camera centrifuge analyser analyzer microscope incubator autoclave
        syringe pump monitor
        container pallet shipment consignment wrapper stacker palletiser palletizer labeller labeler
        erector bander feeder cutter grinder mixer oven fryer
        dishwasher dryer washer filler filter hose belt chain bearing blade nozzle seal spindle drive
        cylinder tank silo vessel
        graphics invitations stationery
        calendar calendars monitoring wifi wi-fi network backup vpn mailbox firewall domain
        newsletter crm erp intranet extranet api
        keypad counter terminal
        chair desk table cabinet shelf shelving sofa bed mattress curtain blind lamp light lighting
        uniform jacket shirt glove boot helmet
        bottle can box carton bag cup lid packaging paper card envelope cable connector bracket screw
        bolt plate beam slab column steel timber brick
        concrete plaster paint varnish adhesive glue oil fuel air-conditioning aircon ventilation
        heating radiator thermostat solar heatpump
        vehicle van bus car bike tyre engine brake trolley cart voucher ticket sample rack cell line
        menus bales roses flowers meat cheese fish bread wine
        beer coffee salad stand booth stage tent marquee sound loudspeaker projector microphone training
        course workshop installation translation
        survey report audit cleaning catering garden lawn pool playground manual guide drawing model
        mould mold tooling retarder loader sampler
        folder weigher slicer peeler welder lathe drill planer sander moulder bander vending kiosk
        barrier turnstile alarm lock intercom statement
        screen-print insulation cladding facade partition ceiling canopy shutter awning porch decking
        patio pipe pipework manhole culvert foundation
        maschine presse anlage aufzug pumpe drucker etikett etiketten ersatzteil heizung tür türen
        fenster regal software programm portal lager waage
        plakat plakate flyer katalog prospekt karton kartons becher flaschen leser gerät modul roboter
        förderband steuerung halle bodenplatte säule estrich
        tor kessel aggregat router server kran stapler palette küche dach bericht tourenplaner kabine
        lüftung filter säge
        affiche affiches programme portail machine imprimante logiciel pompe chambre compresseur groupe
        vitrine porte fenêtre ascenseur chaudière
        camion palette étiquette étiquettes brochure dépliant carton bâche agenda agendas catalogue site
        application tournée tournées presse grue toiture
        climatisation chauffage carrelage cuisine armoire stand"""
    )
)
TAILS = re.compile(
    joined(
        r"""
        (?:maschine|anlage|gerät|pumpe|drucker|presse|software|platte|tür|fenster|leser|motor|
        system|aggregat|module?|übersicht|planer|heizung|kran|aufzug|etiketten|programm|ware|scanner|
        printer|screen|board|bot|ometer|izer|iser)s?\Z
        """
    )
)
"""Ends of compounds that name a thing."""
NOT_THINGS = frozenset(
    words(
        """question questions request order orders invoice invoices delivery problem issue change
        changes idea ideas address thanks thank date dates wrong
        login access password account accounts contract contact person number numbers help urgent
        complaint feedback news update updates info information
        reminder appointment meeting visit call price prices quote quotation offer payment payments
        refund credit note bill charge charges fault error errors
        alarm missing late delay delayed broken again still waiting closed opening hours new small more
        extra next last first second two three
        thing things way time times week weeks month months year years day days today tomorrow monday
        tuesday wednesday thursday friday saturday
        sunday january february march april june july august september october november december team
        people man men customer customers client
        company firm office site job jobs work works project part parts part-time application
        applications party invitation lunch compliment lob noise dust
        service support technician technicians driver colleague colleagues staff crew visit letter mail
        email message word words wish release version
        user users right rights name names place room building end start side list copy copies file
        files page pages text colour color size quality
        our your the and for with from that this not can how does are you have has was were what when
        where why who will please could would about into onto
        out off one all any some very just only need needs want wants been being here there them they
        their than then it's don't isn't won't
        frage rückfrage rechnung bestellung auftrag lieferung termin änderung störung wunsch vorschlag
        neue neuer zugang danke bitte beschwerde
        facture commande livraison accès panne demande merci retard réclamation changement modification
        votre notre pour dans
        money amount tax number vat duty customs question order location location's arrival application
        great good bad
        wheel man's woman area city town street road school hospital board family friend friends photo
        photos picture attachment weekend morning
        afternoon evening night holiday christmas easter vacation leave sick plan plans decision
        engineer engineers operator operators technicien technicienne disponent monteur consignee consignor
        contractor contractors director auditor auditors competitor competitors mechanic electrician fitter
        installer supplier suppliers visitor visitors employee employees starter accountant manager managers
        agreement terms rules law answer reply sorry hello fyi"""
    )
)
STOPS = frozenset(
    words(
        """a an the our your my his her their its this that these those of in on at by for from to with
        and or but as is are was were be been has have had
        do does did can could will would shall should must may might not no we you i he she it they them
        us me who which what when where why how if then
        so than too very just only also still again about after before since until while into over under
        up down out off all any some each every both
        both few more most other another same such own new old big small little last next first second
        two three four five six ten dear hi hello please
        thanks because there here now today yesterday tomorrow get gets got give gives make makes made
        take takes see saw need needs want wants use
        uses used keep keeps let lets put puts say says said tell told know think like come comes came
        go goes went look looks work works worked send
        sent has run runs show shows stops stopped open opens opened bought ordered delivered installed
        received promised one ones much many lot
        der die das den dem des ein eine einen einem einer und oder aber mit von zu im in am an auf für
        bei nach aus ist sind war hat haben wird nicht
        unser unsere unserer unseren ihr ihre ihrer ihren seit noch schon auch nur wir sie ich bitte
        le la les l un une des du de d et ou mais avec pour par sur dans est sont était a ont ne pas
        notre votre nos vos mon ma mes ce cet cette depuis au aux pourriez pouvez
        nous vous je il elle"""
    )
)
COMPOUNDS = frozenset(
    words(
        """line lines room rooms station stations store stores unit units cell cells head heads opener loader
        server servers module modules list lists message messages memory desk desks rack racks"""
    )
)
"""What is a thing of a firm only with a word before it that says what for: `bottling line`, `server room`."""
PURPOSE = re.compile(
    r"(?:cold|server|clean|control|boiler|engine|plant|glue|paint|text|chat|print\w*|label|job|order|pick|bag|box|"
    r"sample|test|tool|spray|steam|pump|air|water|heat|data|wash|assembly|production|reception|guest|booking|edit|"
    r"\w{3,}ing)\Z"
)
"""The word before such a head."""
BEING = words(
    "are is was were be been being am we're they're i'm it's you're by for of without after before while not"
)
"""Before a word in -ing: then it tells what somebody does, and belongs to no name."""
TRANSPORT = frozenset(
    words("van vans truck trucks lorry lorries trailer trailers car cars pallet pallets vehicle bus")
)
"""What brings the goods, and is seldom the goods."""
ATTACHED = re.compile(
    r"\s*(?:\(?(?:is |are )?(?:attached|enclosed|below)|im anhang|anbei|liegt bei|liegen bei|en pièce jointe|"
    r"ci-joint|joint)",
    re.IGNORECASE,
)
"""After what the writer sends along."""
NO_PROJECTS = words(
    "manager coordinator leader lead director engineer officer assistant team office plan leiter leiterin"
)
"""After `project`: a post, and no name."""
BESIDE = re.compile(
    joined(
        r"""
        \b(?:in|on|at|near|behind|under|by|beside|next to|in front of|opposite|outside|inside|above|below|past|across|
        an der|am|im|neben|hinter|vor dem|vor der|bei der|sur|sous|devant|derrière|près de)\s+(?:the|our|my|your|his|
        a|an|der|dem|unser\w*|la|le|notre|nos)?\s*$
        """
    ),
    re.IGNORECASE,
)
"""Before the place where something is: what stands there is seldom what the mail is about."""
AROUND = frozenset(
    words(
        """desk table wall roof door floor truck van car bus shop sign phone computer laptop pallet lawn
        garden key manual letter paper gate room box
        card cup book bed bag boot glove jacket shirt light lamp lock fence stair street vehicle bike
        plan video photo audit survey report can glue
        tent coffee bread kitchen bathroom toilet office line server website network monitor ticket
        cleaning training survey drawing guide sound pallet"""
    )
)
"""Things that stand around everywhere: they count only where more speaks for them."""
DETERMINED = joined(
    r"""
    (?:(?:the|this|these|a|an|some|new|two|three|four|\d+|our|your|my|another|der|die|das|den|einen?|
    ihre?|le|la|les|un|une|des|vos|votre)\s+){0,3}$
    """
)
"""The small words between a cue and its thing."""
SUPPLIED = re.compile(
    joined(
        r"""
        \b(?:order(?:ed|ing|s)?|bought|buy|buying|deliver(?:ed|s|y|ing)?|suppl(?:y|ied|ies)|install(?:ed|ing|s)?|
        fitted|fit|sold|quot(?:e|ed|ation)|price|paid|pay|invoiced?|agreement|rent(?:ed|ing)?|replace[ds]?|
        repair(?:ed|s)?|bestell\w+|gekauft|geliefert|brauchen|braucht|commandé\w*|acheté\w*|livré\w*|besoin|
        needs?|wants?|would like)\s+(?:us\s+|me\s+)?(?:(?:for|of|with|on|de|d['’]|für|von)\s+)?
        """
    )
    + DETERMINED,
    re.IGNORECASE,
)
"""Before what is ordered, delivered, needed, paid for."""
PRICED = re.compile(
    r"\d[\d.,]*\s*(?:€|£|\$|euros?|eur|pounds?|chf)?\s+(?:for|für|pour)\s+" + DETERMINED, re.IGNORECASE
)
"""Before what a sum is paid for."""
YOURS = re.compile(r"\b(?:your|ihre?[nmrs]?|votre|vos)\s+(?:new\s+|neue\w*\s+)?$", re.IGNORECASE)
OURS = re.compile(
    r"\b(?:our|my|the new|unser\w*|mein\w*|notre|nos|mon|ma)\s+(?:new\s+|neue\w*\s+)?$", re.IGNORECASE
)
SUBJECT_OF = re.compile(
    joined(
        r"""
        \s+(?:is|are|isn['’]t|aren['’]t|has|have|had|was|were|will|won['’]t|keeps?|stopped|stops?|shows?|arrived|
        came|does|doesn['’]t|do|don['’]t|leaks?|works?|says?|makes?|lets|can['’]t|cannot|broke|died|went|
        ist|sind|hat|haben|zeigt|läuft|macht|funktioniert|steht|est|sont|a|ont|ne|affiche|fait)\b
        """
    ),
    re.IGNORECASE,
)
OPENING = re.compile(
    r"(?:^|[.!?:\n]\s*)(?:(?:the|our|your|my|der|die|das|unser\w*|ihr\w*|le|la|les|notre)\s+)?$",
    re.IGNORECASE,
)
"""With `SUBJECT_OF`: the subject of its sentence."""
IN_IT = re.compile(
    r"\b(?:in|on|into|from|via|through|with|of|im|mit|dans|sur|avec)\s+(?:the|your|our|der|dem|la|le)\s+$",
    re.IGNORECASE,
)
CUES: tuple[tuple[float, re.Pattern[str]], ...] = (
    (0.9, SUPPLIED),
    (0.8, YOURS),
    (0.9, PRICED),
    (0.4, OURS),
    (0.2, IN_IT),
)
"""What stands before a phrase and how much it speaks for a thing that the writer has or wants from us."""
