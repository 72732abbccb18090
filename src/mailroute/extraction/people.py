"""People: the writer by headers and sign-off, others by title, role and the trained recogniser."""

import re
from collections.abc import Iterator

from mailroute.domain.address import domain_of
from mailroute.domain.issue import Issue, Person
from mailroute.extraction.reading import Reading
from mailroute.extraction.signature import name_tokens, phones
from mailroute.extraction.wordlists import joined, phrases, words

ROLE_WORDS = phrases(
    r"""managers?|directors?|head|lead|leader|officer|engineers?|planners?|coordinators?|co-ordinator|
    assistant|analyst|buyer|accountants?|
    accounts|finance|owner|partner|founder|president|chair\w*|ceo|cto|cfo|coo|cio|md|vp|secretary|clerk|
    supervisor|foreman|technician|
    operator|administrator|admin|consultant|architect|designer|developer|editor|nurse|nursing|doctor|
    surgeon|teacher|bursar|
    receptionist|principal|controller|specialist|representative|executive|procurement|purchasing|
    logistics|quality|qa|stores|dispatch\w*|
    sales|marketing|operations|maintenance|facilities|hr|auditors?|caretaker|curator|librarian|warden|
    trustee|treasurer|contractor|
    leiter\w*|leitung|geschäftsführ\w+|einkauf|einkäufer\w*|buchhaltung|werkleiter\w*|betriebsleiter\w*|
    disponent\w*|meister\w*|monteur\w*|polier|
    inhaber\w*|vertrieb|instandhaltung|\w+leitung|\w+leiter(?:in)?|sachbearbeiter\w*|ingenieur\w*|
    techniker\w*|prokurist\w*|assistenz|sekretariat|
    directeur|directrice|responsable|gérante?|chef|cheffe|comptab\w+|acheteu\w+|technicien\w*|
    assistante?|ingénieure?|chargée?|secrétaire|adjointe?"""
)
COMPANY = re.compile(
    joined(
        r"""
        \b(?:ltd|limited|plc|llc|llp|inc|corp|gmbh|ag|kg|ohg|e\.?v|mbh|sa|sas|sarl|s\.?r\.?l|bv|b\.v|nv|
        as|ab|oy|aps|a/s|sp\. z o\.o|& co|& sons?|group|council|university|trust|school|hospital|clinic|
        foods?|bank|hotel|stadtwerke|verein|mairie)\b\.?
        """
    ),
    re.IGNORECASE,
)
UPPER = "A-ZÄÖÜÉÈÀÂÎÔÅØŁŠŽČ"
PARTICLE = r"(?:van|von|de|der|den|di|da|la|le|el|al|bin|ter)"
SURNAME = rf"(?:{PARTICLE}\s+){{0,2}}(?:Mc|Mac|O['’]|D['’])?[{UPPER}][^\W\d_]+(?:-[{UPPER}][^\W\d_]+)?"
TITLE = r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Herrn?|Frau|Madame|Monsieur|Mme|Mlle)\.?"
TITLED = re.compile(
    rf"\b(?P<title>{TITLE})\s+(?P<name>(?:Dr\.?\s+|[{UPPER}]\.\s*)?(?:[{UPPER}][^\W\d_]+\s+)?{SURNAME})"
)
NAME = rf"(?:[{UPPER}][^\W\d_]+(?:-[{UPPER}][^\W\d_]+)?|[{UPPER}]\.)(?:\s+[{UPPER}]\.)?\s+{SURNAME}"
OURS = r"(?i:our|my|the|new|unser\w*|neue\w*|der|die|notre|nos|mon|ma|votre|vos|your|ihr\w*|le|la|leur)"
ROLE_BEFORE = re.compile(
    rf"\b{OURS}\s+(?P<role>(?:[\w-]+\s+){{0,2}}?[\w-]+),?\s+(?P<name>{TITLE}\s+{SURNAME}|{NAME})(?![\w-])"
)
ROLE_AFTER = re.compile(
    joined(
        rf"""
        (?<![\w.])(?P<name>{TITLE}\s+{SURNAME}|{NAME})\s*(?:,|\(|\bis\b|\bist\b|\best\b)\s*(?i:our|my|
        the|your|unser\w*|der|die|notre|le|la)?\s*(?P<role>(?:[\w&-]+\s+){{0,3}}?[\w&-]+)(?=\s*[,).;]|
        \s+(?:will|is|has|who|wird|ist|and|and)\b)
        """
    )
)
CAPITAL_PAIR = re.compile(rf"(?<![\w.]){NAME}")
GREETED = re.compile(
    joined(
        rf"""
        ^\W*(?i:dear|hi|hello|hey|hallo|liebe[rs]?|sehr\s+geehrte[rs]?|guten\s+\w+|good\s+\w+|bonjour|
        cher|chère|morning)?,?\s*(?P<name>{TITLE}\s+{SURNAME})
        """
    )
)
THEIRS = re.compile(r"\b(?:your|ihr\w*|euer\w*|votre|vos)\s*$", re.IGNORECASE)
NEVER = frozenset(
    words(
        """morning evening afternoon the a an our your my dear hi hello please thanks thank good kind
        best we i if in on at for to it is and but no not yes
        monday tuesday wednesday thursday friday saturday sunday january february march april may june
        july august september october
        november december project unit dock new old north south east west great saint st king queen
        order invoice street road lane
        avenue park house hall school hospital hotel university council hotel group team support service
        desk happy merry version"""
    )
)
"""What no personal name begins or ends with."""
OWN_NUMBER = re.compile(
    joined(
        r"""
        \b(?:mobile|cell|my (?:number|phone|mobile|cell)|call me|ring me|appelez|rappelez|
        could somebody ring|reach me|phone me|i['’]?m on|is me|me on|zurückrufen|erreichbar|
        meine nummer|joignable|mon numéro|rappel\w*)\b[^\n]{0,30}$
        """
    ),
    re.IGNORECASE,
)


def find_people(reading: Reading, _found: Issue) -> tuple[Person, ...]:
    """The writer first, then everyone else with a full name, a title, a role or a number."""
    people: dict[frozenset[str], Person] = {}
    greeted = _greeted(reading)
    staff = [name_tokens(s.name) for s in reading.directory.staff]
    for person in (*_writer(reading), *_others(reading)):
        key = name_tokens(person.name)
        if people and (not key or key & greeted) and person.role is None:
            continue
        if people and person.role is None and any(key <= name for name in staff):
            continue
        old = next((k for k in people if key <= k or k <= key), None)
        if old is None:
            people[key] = person
        else:
            people[old] = _merged(people[old], person)
    return tuple(people.values())


def _greeted(reading: Reading) -> frozenset[str]:
    """Whom the mail is addressed to is one of ours."""
    first = reading.text[:120].lstrip().split("\n")[0]
    match = GREETED.match(first)
    return name_tokens(match["name"]) if match else frozenset()


def _merged(a: Person, b: Person) -> Person:
    return Person(
        name=a.name or b.name,
        role=a.role or b.role,
        organisation=a.organisation or b.organisation,
        phone=a.phone or b.phone,
        email=a.email or b.email,
    )


def _writer(reading: Reading) -> Iterator[Person]:
    sender = reading.sender
    if sender is None or not (sender.name or sender.address):
        return
    segments = _segments(reading.sign_off.text)
    at = next((i for i, s in enumerate(segments) if name_tokens(s) & name_tokens(sender.name)), None)
    signed = _bare_name(segments[at]) if at is not None else None
    rest = [s for i, s in enumerate(segments) if at is not None and i > at and len(s) < 60 and not phones(s)]
    role = next((s for s in rest if ROLE_WORDS.search(s) and not _is_company(s, sender.address)), None)
    if role is None and rest and _could_be_role(rest[0]) and not _is_company(rest[0], sender.address):
        role = rest[0]
    company = next((s for s in rest if s != role and (_is_company(s, sender.address) or role)), None)
    numbers = phones(reading.sign_off.text) or _own_number(reading)
    yield Person(
        name=signed if signed and len(signed.split()) > 1 else sender.name or signed,
        role=role,
        organisation=company,
        phone=numbers[0] if numbers else None,
        email=sender.address,
    )


def _bare_name(segment: str) -> str:
    """The name in a segment of the sign-off, without sign-off words, titles and numbers."""
    match = re.search(rf"(?:{NAME}|[{UPPER}][^\W\d_]+)\s*$", re.split(r"[+\d(]", segment)[0].strip())
    return match.group().strip() if match else segment.strip()


def _segments(sign_off: str) -> list[str]:
    parts = re.split(r"\n|,\s+|\s+[|·•–/]\s+|\s+-\s+|(?<=[a-z]{3})\.\s+(?=[A-Z])", sign_off)
    return [p.strip(" .,/~*-\t") for p in parts if p.strip(" .,/~*-\t")]


def _could_be_role(segment: str) -> bool:
    return bool(re.fullmatch(r"[^\W\d][^\d@:]{2,39}", segment)) and len(segment.split()) <= 4


def _is_company(segment: str, address: str | None) -> bool:
    """By a company's suffix, or because the mail domain is made of the same words."""
    label = re.sub(r"\W", "", domain_of(address or "").rsplit(".", 1)[0])
    found = [w for w in re.findall(r"[^\W\d_]{3,}", segment.casefold()) if w not in {"the", "and", "for"}]
    same = any(w in label for w in found if len(w) >= 4) or (
        bool(label) and "".join(found) in label and bool(found)
    )
    return same or bool(COMPANY.search(segment))


def _own_number(reading: Reading) -> tuple[str, ...]:
    """A number in the prose that the writer gives as his own."""
    prose = reading.text[: reading.prose_end]
    return tuple(n for n in phones(prose) if OWN_NUMBER.search(prose[: prose.index(n)]))


def _others(reading: Reading) -> Iterator[Person]:
    prose = reading.text[: reading.prose_end]
    for pattern in (ROLE_BEFORE, ROLE_AFTER):
        for match in pattern.finditer(prose):
            role = match["role"].strip()
            if ROLE_WORDS.search(role) and _plausible(match["name"]):
                yield Person(name=match["name"], role=_without_article(role))
    for match in TITLED.finditer(prose):
        if not THEIRS.search(prose[: match.start()]):
            yield Person(name=f"{match['title']} {match['name']}")
    yield from _recognised(reading)


def _without_article(role: str) -> str:
    return re.sub(r"^(?:new|neue[rsn]?|own|nouve\w+)\s+", "", role, flags=re.IGNORECASE)


def _plausible(name: str) -> bool:
    parts = [p.casefold().strip(".") for p in name.split()]
    return parts[0] not in NEVER and parts[-1] not in NEVER


def _recognised(reading: Reading) -> Iterator[Person]:
    """By the trained recogniser, asked only about English sentences with two capitals in a row."""
    if reading.language != "en":
        return
    passages = [
        (s.text, s.start)
        for s in reading.sentences
        if any(_plausible(m.group()) for m in CAPITAL_PAIR.finditer(s.text))
    ]
    for found in reading.model.names(passages):
        if re.fullmatch(NAME, found.text) and _plausible(found.text):
            yield Person(name=found.text)
