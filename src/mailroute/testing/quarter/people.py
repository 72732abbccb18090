"""The house of the played quarter: our own people, and twelve clients with theirs. Everything is invented."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

SERVICE = "Northwind Projects"
ROUTING_ADDRESS = "issues@northwind.example"
DOMAIN = "northwind.example"
ZONE = "Europe/Berlin"

LEAVE_FROM, LEAVE_DAYS = 5, 11
"""Week (from 0) in which the PM of the second row goes on leave, and the days until the last one of it."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of us."""

    id: str
    name: str
    role: str

    @property
    def email(self) -> str:
        """The only address."""
        return f"{self.id}@{DOMAIN}"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at a client."""

    name: str
    user: str
    title: str


@dataclass(frozen=True, slots=True)
class Client:
    """A client: the first person decides, the others work."""

    id: str
    name: str
    domain: str
    rep: str
    pm: str
    tier: str
    language: str
    things: tuple[str, ...]
    """What of ours stands there, as they call it: with the article in German and French."""
    people: tuple[Person, ...]
    short: bool = False
    """They write without greeting and title."""

    def address(self, person: Person) -> str:
        """Where that person writes from."""
        return f"{person.user}@{self.domain}"


COLLEAGUES = (
    Colleague("ines", "Ines Costa", "pm"),
    Colleague("kai", "Kai Berg", "pm"),
    Colleague("olga", "Olga Pavlik", "pm"),
    Colleague("tom", "Tom Hale", "pm"),
    Colleague("sam", "Sam Reed", "rep"),
    Colleague("mira", "Mira Sand", "rep"),
    Colleague("noah", "Noah Winter", "rep"),
    Colleague("lea", "Lea Roth", "lead"),
)
BY_ADDRESS = {one.email: one for one in COLLEAGUES}
ON_LEAVE, DEPUTY = "kai", "olga"

_EN, _DE, _FR = "en", "de", "fr"

CLIENTS = (
    Client("borealis", "Borealis Pumps Ltd", "borealis.example", "sam", "ines", "gold", _EN,
           ("pump 4", "the booster station", "the control panel in hall 2"),
           (Person("Jo Hart", "jo.hart", "Managing Director"), Person("Ann Lee", "ann.lee", "Plant Manager"),
            Person("Raj Patel", "raj.patel", "Maintenance Lead"))),
    Client("lumen", "Lumen Hotels", "lumenhotels.example", "sam", "kai", "silver", _EN,
           ("the room controls", "the lift in the east wing", "the ventilation on floor 3"),
           (Person("Tessa Ward", "t.ward", "Head of Facilities"), Person("Gil Moreno", "g.moreno", "Duty Engineer"))),
    Client("maltby", "Maltby Dairies", "maltby.example", "mira", "olga", "silver", _EN,
           ("cold room 2", "the filling line", "the ice water tank"),
           (Person("Grace Okoye", "g.okoye", "Operations Manager"), Person("Ben Ashby", "b.ashby", "Fitter")), True),
    Client("tarnside", "Tarnside Hospital", "tarnside.example", "mira", "ines", "gold", _EN,
           ("the air handling unit", "the emergency generator", "the steriliser"),
           (Person("Dr Helen Marsh", "h.marsh", "Director of Estates"), Person("Colin Dray", "c.dray", "Technician"))),
    Client("quayside", "Quayside Storage", "quayside.example", "noah", "tom", "bronze", _EN,
           ("gate 6", "the loading ramp", "the camera system"),
           (Person("Petra Lund", "p.lund", "Site Manager"), Person("Omar Nasr", "o.nasr", "Shift Leader")), True),
    Client("fenwick", "Fenwick Paper", "fenwick.example", "noah", "tom", "silver", _EN,
           ("the drying section", "winder 2", "the steam valve at machine 1"),
           (Person("Ivy Cole", "ivy.cole", "Technical Director"), Person("Mark Tull", "mark.tull", "Planner"),
            Person("Sue Penn", "sue.penn", "Purchasing"))),
    Client("kranz", "Molkerei Kranz GmbH", "kranz-molkerei.example", "mira", "kai", "gold", _DE,
           ("die Kühlzelle 3", "die Abfüllanlage", "der Kompressor im Keller"),
           (Person("Edda Kranz", "e.kranz", "Geschäftsführerin"),
            Person("Jost Behrens", "j.behrens", "Betriebsleiter"))),
    Client("holzer", "Holzer Spedition", "holzer-spedition.example", "noah", "olga", "silver", _DE,
           ("das Tor 6", "die Rampe 2", "die Waage am Eingang"),
           (Person("Maria Pichler", "pichler", "Lagerleitung"), Person("Georg Thaler", "thaler", "Technik"))),
    Client("seeblick", "Klinik Seeblick", "klinik-seeblick.example", "sam", "ines", "gold", _DE,
           ("die Lüftung im OP 2", "die Notstromanlage", "der Aufzug B"),
           (Person("Dr. Uwe Lang", "u.lang", "Technischer Direktor"),
            Person("Silke Brandt", "s.brandt", "Haustechnik"))),
    Client("vogt", "Vogt Druck AG", "vogt-druck.example", "noah", "tom", "bronze", _DE,
           ("die Absaugung", "der Trockner 1", "die Steuerung der Halle B"),
           (Person("Karin Vogt", "k.vogt", "Inhaberin"), Person("Timo Ernst", "t.ernst", "Instandhaltung")), True),
    Client("ravel", "Brasserie Ravel SA", "ravel.example", "mira", "olga", "silver", _FR,
           ("la chambre froide 1", "la pompe de la cave", "le groupe de froid"),
           (Person("Claire Ravel", "c.ravel", "Directrice"), Person("Luc Petit", "l.petit", "Responsable technique"))),
    Client("morel", "Hôpital Morel", "hopital-morel.example", "sam", "kai", "gold", _FR,
           ("la ventilation du bloc 2", "le groupe électrogène", "l'ascenseur C"),
           (Person("Anne Girard", "a.girard", "Directrice technique"), Person("Paul Noir", "p.noir", "Technicien"))),
)  # fmt: skip

MOVED_AWAY = Person("Rory Flint", "rory.flint", "Electrician")
"""Left the second client, whose server sends back what is written to him."""

LEVELS = """
[followups]
levels = ["gold=8h+5d", "silver=16h+10d"]
"""


def directory_text(begin: date) -> str:
    """The directory as a TOML file, with the leave of one PM; *begin* is the quarter's first day."""
    return "\n".join(_directory(begin)) + "\n"


def _directory(begin: date) -> Iterator[str]:
    leave = begin + timedelta(weeks=LEAVE_FROM)
    for one in COLLEAGUES:
        yield f'[[staff]]\nid = "{one.id}"\nname = "{one.name}"\nrole = "{one.role}"\nemails = ["{one.email}"]'
        if one.id == ON_LEAVE:
            until = leave + timedelta(days=LEAVE_DAYS)
            yield f'away = [{{ from = {leave}, until = {until}, deputy = "{DEPUTY}" }}]'
        yield ""
    for client in CLIENTS:
        yield f'[[organisation]]\nid = "{client.id}"\nname = "{client.name}"\ndomains = ["{client.domain}"]'
        yield f'rep = "{client.rep}"\npm = "{client.pm}"\ntier = "{client.tier}"\n'
    for client in CLIENTS:
        people = [*client.people, *([MOVED_AWAY] if client == CLIENTS[1] else [])]
        for person in people:
            yield f'[[client]]\nname = "{person.name}"\nemails = ["{client.address(person)}"]'
            yield f'organisation = "{client.id}"\ntitle = "{person.title}"\n'
