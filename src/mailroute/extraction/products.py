"""Products and projects: what the directory knows by name first, then what the words point at.

Candidates are model numbers, nouns for things that firms make, sell or run, and whatever the subject
names and the text takes up again. They are ranked by where they stand; only the best are kept.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mailroute.domain.issue import Issue, IssueType, Product
from mailroute.extraction.known import project_names
from mailroute.extraction.reading import Reading
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
        label tag brochure leaflet flyer poster catalogue catalog folder booklet menu card banner sign
        signage book film video logo proof layout
        reagent kit sensor detector camera centrifuge analyser analyzer microscope incubator autoclave
        syringe pump monitor
        container pallet shipment consignment wrapper stacker palletiser palletizer labeller labeler
        erector bander feeder cutter grinder mixer oven fryer
        dishwasher dryer washer filler filter hose belt chain bearing blade nozzle seal spindle drive
        cylinder tank silo vessel
        wifi wi-fi network backup vpn mailbox firewall domain newsletter crm erp intranet extranet api
        keypad counter terminal
        chair desk table cabinet shelf shelving sofa bed mattress curtain blind lamp light lighting
        uniform jacket shirt glove boot helmet
        bottle can box carton bag cup lid packaging paper card envelope cable connector bracket screw
        bolt plate beam slab column steel timber brick
        concrete plaster paint varnish adhesive glue oil fuel air-conditioning aircon ventilation
        heating radiator thermostat solar heatpump
        vehicle van bus car bike tyre engine brake trolley cart voucher ticket sample rack cell line
        bales roses flowers meat cheese fish bread wine
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
        (?:maschine|anlage|gerät|pumpe|drucker|presse|software|platte|tür|tor|fenster|leser|motor|
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
        photos picture attachment weekend morning tag
        afternoon evening night holiday christmas easter vacation leave sick plan plans decision
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
        notre votre nos vos mon ma mes ce cet cette depuis
        nous vous je il elle"""
    )
)
AROUND = frozenset(
    words(
        """desk table wall roof door floor truck van car bus shop sign phone computer laptop pallet lawn
        garden key manual letter paper gate room box
        card cup book bed bag boot glove jacket shirt light lamp lock fence stair street vehicle bike
        plan video photo audit survey report can glue
        tent coffee bread kitchen bathroom toilet office line server website network monitor ticket
        cleaning training survey drawing guide"""
    )
)
"""Things that stand around everywhere: they count only where more speaks for them."""
WORD = re.compile(r"[^\W_]+(?:[-'’&][^\W_]+)*")
MODEL = re.compile(r"(?<![\w/.-])(?P<model>[A-Z]{1,4}-?\d{1,4}[A-Z]?)(?![\w/-]|\.\d)")
NOT_A_MODEL = re.compile(
    joined(
        r"""
        \b(?:error|code|codes|fault|message|alarm|meldung|fehler|erreur|gate|room|hall|unit|plot|bay|
        level|floor|p|page|rev|drawing|item|position|pos|clause|section|m|a|building|halle|haus|port|
        quai|platform|version|din|iso|en|q|h|fy|kw|folder|b)\s*[\"“«]?\s*$
        """
    ),
    re.IGNORECASE,
)
PROJECT = re.compile(r"\b(?:[Pp]roject|[Pp]rojekt|[Pp]rojet)\s+(?P<name>[A-ZÄÖÜ]\w+(?:\s+[A-Z]\w+)?)")
NUMBERED = re.compile(r"\s+(?:no\.?\s*)?\d{1,2}\b(?!\s*(?:[:.%]|am|pm|times|days|weeks|hours|years))")
FEW_PRODUCTS = frozenset({IssueType.BILLING, IssueType.INFORMATION, IssueType.OTHER})
"""Such mail is seldom about a thing, so more must speak for one."""
MOST = 2
ENOUGH, ENOUGH_SELDOM, CERTAIN = 1.6, 3.4, 9.0
SECOND = 2.9
"""What a second product needs, unless it comes close to the first."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may name a product."""

    start: int
    end: int
    score: float


def find_products(reading: Reading, found: Issue) -> tuple[Product, ...]:
    """Known names first, then the best guesses, the surest first."""
    enough = ENOUGH_SELDOM if found.type.value in FEW_PRODUCTS else ENOUGH
    candidates = [*_known(reading), *_guesses(reading, found)]
    kept: dict[str, Product] = {}
    best = 0.0
    for c in sorted(candidates, key=lambda c: (-c.score, c.start)):
        name = reading.text[c.start : c.end]
        key = _singular(name.casefold())
        if c.score < enough or any(key in k or k in key for k in kept):
            continue
        if c.score < CERTAIN and (len(kept) >= MOST or (kept and c.score < max(SECOND, best - 0.8))):
            break
        best = max(best, c.score)
        kept[key] = Product(name, c.start, c.end)
    return tuple(kept.values())


def _known(reading: Reading) -> Iterator[Candidate]:
    for _, start, end in project_names(reading.directory).find(reading.text):
        yield Candidate(start, end, CERTAIN + 1)
    for match in PROJECT.finditer(reading.text, 0, reading.prose_end):
        yield Candidate(*match.span("name"), CERTAIN)


def _guesses(reading: Reading, found: Issue) -> Iterator[Candidate]:
    """Every noun phrase with a thing as its head, scored by head, place, and company."""
    text, end = reading.text, reading.prose_end
    in_subject = {_singular(w.lower()) for w in WORD.findall(reading.subject)}
    spans = [m.span() for m in WORD.finditer(text, 0, end)]
    lower = [text[a:b].lower() for a, b in spans]
    singular = [_singular(w) for w in lower]
    counts = {w: singular.count(w) for w in set(singular)}
    asked = [(a.start, a.end) for a in found.asks]
    for i, word in enumerate(singular):
        named = word in in_subject and len(word) > 2 and word not in NOT_THINGS and word not in STOPS
        thing = _is_thing(lower[i], word)
        if not (named or thing) or word.isdigit():
            continue
        if i + 1 < len(spans) and _goes_on(text, spans, singular, lower, i):
            continue
        first = _phrase_start(text, spans, lower, i)
        start, stop = spans[first][0], spans[i][1]
        if numbered := NUMBERED.match(text, stop, end):
            stop = numbered.end()
        score = (
            1.6 * thing
            - 0.6 * (word in AROUND)
            + (1.3 if thing else 1.0) * named
            + 0.5 * (start < 220)
            + 0.3 * min(3, counts[word] - 1)
        )
        score += 0.3 * (first < i) + 0.4 * any(a <= start < b for a, b in asked)
        yield Candidate(start, stop, score)
    yield from _models(reading, found, in_subject)


def _is_thing(word: str, singular: str) -> bool:
    if word in NOT_THINGS or singular in NOT_THINGS:
        return False
    return word in THINGS or singular in THINGS or (len(word) > 6 and bool(TAILS.search(word)))


def _goes_on(text: str, spans: list[tuple[int, int]], singular: list[str], lower: list[str], i: int) -> bool:
    """Whether the next word is the real head: `wrapping | machine`."""
    return text[spans[i][1] : spans[i + 1][0]] == " " and _is_thing(lower[i + 1], singular[i + 1])


def _phrase_start(text: str, spans: list[tuple[int, int]], lower: list[str], i: int) -> int:
    """The first of at most two words before the head that belong to it."""
    first = i
    for back in (i - 1, i - 2):
        if back < 0 or text[spans[back][1] : spans[back + 1][0]] != " ":
            break
        word = lower[back]
        if word in STOPS or word.isdigit() or word.endswith(("ly", "ed")) or word in NOT_THINGS:
            break
        first = back
    return first


def _models(reading: Reading, found: Issue, in_subject: set[str]) -> Iterator[Candidate]:
    """Type designations such as HX-200, with the noun after them."""
    text, end = reading.text, reading.prose_end
    references = [(r.start, r.end) for r in found.references if r.start is not None and r.end is not None]
    for match in MODEL.finditer(text, 0, end):
        start, stop = match.span("model")
        if any(a <= start < b for a, b in references) or NOT_A_MODEL.search(text[max(0, start - 20) : start]):
            continue
        if len(match["model"]) < 4 and "-" not in match["model"]:
            continue
        after = WORD.match(text, stop + 1, end)
        if after and text[stop] == " " and _is_thing(after.group().lower(), _singular(after.group().lower())):
            stop = after.end()
        yield Candidate(start, stop, 3.0 + 0.8 * (match["model"].lower() in in_subject))


def _singular(word: str) -> str:
    """Without the plural ending of English nouns."""
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-3] + "y" if word.endswith("ies") else word[:-1]
    return word
