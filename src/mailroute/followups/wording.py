"""The texts offered to rep and PM, one row a tone and language: who asks again, and how.

The rep keeps the relation and stands by the PM; the PM says what is missing and what waits for it. Both quote the
question, so that nobody has to look for it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mailroute.domain.address import Mailbox
from mailroute.domain.followups import Tone

LANGUAGES = ("en", "de", "fr")

MOST_QUESTIONS = 5
"""Quoted in a text; whoever asked more wrote a questionnaire."""

_SENTENCES = re.compile(r"[^.!?\n]+(?:\n(?!\n)[^.!?\n]+)*[.!?]?")

_MONTHS: Mapping[str, tuple[str, ...]] = {
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
    "de": ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
           "November", "Dezember"),
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
           "novembre", "décembre"),
}  # fmt: skip

TEXTS: Mapping[tuple[Tone, str], str] = {
    (Tone.NUDGE, "en"): """\
Hello{name},

I hope all is well with you. {colleague} is taking care of “{title}” and wants to get on with it for you; all that is
missing is your answer to this, from {asked_on}:

{question}

One line in reply to this mail is enough. And if something stands in the way, or somebody else is the better person to
ask, just tell me: I am glad to help.

Best wishes
{author}
""",
    (Tone.NUDGE, "de"): """\
Guten Tag{name},

ich hoffe, es geht Ihnen gut. {colleague} kümmert sich um „{title}“ und möchte für Sie weiterkommen; dazu fehlt nur
noch Ihre Antwort auf diese Frage vom {asked_on}:

{question}

Eine Zeile als Antwort auf diese E-Mail genügt. Und wenn etwas im Weg steht oder jemand anderes es besser weiß, sagen
Sie mir einfach Bescheid, ich helfe gern.

Herzliche Grüße
{author}
""",
    (Tone.NUDGE, "fr"): """\
Bonjour{name},

j'espère que vous allez bien. {colleague} s'occupe de « {title} » et souhaite avancer pour vous ; il ne manque que
votre réponse à cette question du {asked_on} :

{question}

Une ligne en réponse à ce message suffit. Et si quelque chose bloque, ou si une autre personne est mieux placée pour
répondre, dites-le-moi simplement : je vous aide volontiers.

Bien cordialement
{author}
""",
    (Tone.FIRM, "en"): """\
Hello{name},

on {asked_on} we asked you about “{title}”:

{question}

We have no answer yet, and without it we cannot go on: the work stands still. Please answer by {answer_by}. Until your
answer is here, dates that depend on it move by as much.

Regards
{author}
""",
    (Tone.FIRM, "de"): """\
Guten Tag{name},

am {asked_on} haben wir Sie zu „{title}“ gefragt:

{question}

Eine Antwort liegt uns bisher nicht vor, und ohne sie können wir nicht weiterarbeiten. Bitte antworten Sie bis zum
{answer_by}. Bis dahin ruht die Arbeit, und Termine, die davon abhängen, verschieben sich entsprechend.

Mit freundlichen Grüßen
{author}
""",
    (Tone.FIRM, "fr"): """\
Bonjour{name},

le {asked_on}, nous vous avons demandé au sujet de « {title} » :

{question}

Nous n'avons pas encore de réponse et ne pouvons pas continuer sans elle : le travail est à l'arrêt. Merci de nous
répondre au plus tard le {answer_by}. D'ici là, les dates qui en dépendent sont repoussées d'autant.

Cordialement
{author}
""",
}

_NO_QUESTION: Mapping[str, str] = {
    "en": "what we wrote to you last",
    "de": "unsere letzte Nachricht",
    "fr": "notre dernier message",
}
_A_COLLEAGUE: Mapping[str, str] = {"en": "A colleague", "de": "Jemand von uns", "fr": "L'un de nous"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What a text is about."""

    client: Mailbox
    title: str
    questions: tuple[str, ...]
    """What we asked; none when one of us only said that the client must answer."""
    asked_on: date
    colleague: str | None
    """Name of the PM, for the rep's text."""
    author: str
    """Name of who signs."""
    answer_by: date
    language: str | None


def text_of(tone: Tone, about: Occasion) -> str:
    """The text in the client's language, English where it is none of ours."""
    language = about.language if about.language in LANGUAGES else "en"
    name = spoken_name(about.client)
    questions = [" ".join(one.split()) for one in about.questions]
    return _flowing(TEXTS[tone, language]).format(
        name=f" {name}" if name else "",
        title=" ".join(about.title.split()),
        question="\n".join(f"> {one}" for one in questions) or f"({_NO_QUESTION[language]})",
        asked_on=spoken_day(about.asked_on, language),
        answer_by=spoken_day(about.answer_by, language),
        colleague=about.colleague or _A_COLLEAGUE[language],
        author=about.author,
    )


def _flowing(text: str) -> str:
    """Paragraphs on one line each, as mail programs wrap them; the last one is the signature."""
    *paragraphs, signature = text.split("\n\n")
    return "\n\n".join([*(" ".join(p.splitlines()) for p in paragraphs), signature.strip()])


def questions_in(text: str, first: str) -> tuple[str, ...]:
    """*first*, which was read as the question of *text*, and further sentences of it that end with a question mark."""
    asked = [" ".join(one.split()) for one in _SENTENCES.findall(text[:5000]) if one.rstrip().endswith("?")]
    whole = [" ".join(first.split()), *asked] if first else asked
    return tuple(dict.fromkeys(one for one in whole if one))[:MOST_QUESTIONS]


def spoken_name(client: Mailbox) -> str:
    """The client's name as people write it after a greeting: `Pillai, Sanjay` is Sanjay Pillai; without one nothing."""
    name = re.sub(r"\s*[(\[].*?[)\]]\s*", " ", client.name or "").strip().strip("'\"")
    if not name or "@" in name or re.search(r"\d", name):
        return ""
    family, comma, given = name.partition(",")
    return " ".join(f"{given} {family}".split()) if comma and given.strip() else " ".join(name.split())


def spoken_day(day: date, language: str) -> str:
    """`2026-03-05` as "5 March 2026"."""
    month = _MONTHS[language][day.month - 1]
    return f"{day.day}. {month} {day.year}" if language == "de" else f"{day.day} {month} {day.year}"
