"""Language of the text: by its function words, and by py3langid where they do not tell enough."""

import re
from collections.abc import Mapping

from mailroute.extraction.language import LanguageModel
from mailroute.extraction.wordlists import words

FUNCTION_WORDS: Mapping[str, frozenset[str]] = {
    code: frozenset(words(listed))
    for code, listed in {
        "en": "the and is to of we you for it have that with not please our this was are can my i your be has they",
        "de": "der die das und ist wir sie nicht für mit ich ein eine bitte auf den zu uns haben im wird dass bei noch",
        "fr": "le la les et est nous vous pour de des pas une un que je avec merci du au ce dans sur bonjour votre",
        "es": "el la los las y es nosotros usted para de no una un que con gracias por su hola en del está se",
        "it": "il lo la gli e è noi per di non una un che con grazie del si ciao sono buongiorno della nel",
        "nl": "de het en is wij we u voor van niet een met dat zijn graag dank hallo ik kunnen naar onze heeft",
        "pt": "o a os as e é nós para de não uma um que com obrigado do da em está por bom seu",
    }.items()
}
ENOUGH = 3
"""So many function words, and twice as many as of the next language, need no second opinion."""


def find_language(text: str, model: LanguageModel) -> str | None:
    """ISO 639-1 of the text; None for a text without words."""
    found = re.findall(r"[^\W\d_]+", text[:4000].lower())
    if not found:
        return None
    counts = sorted(
        ((sum(w in known for w in found), code) for code, known in FUNCTION_WORDS.items()),
        key=lambda pair: -pair[0],
    )
    (most, code), (next_most, _) = counts[0], counts[1]
    share = most / len(found)
    if most >= ENOUGH and most >= 1.5 * next_most and share > 0.12:
        return code
    if len(found) < 4 and most == next_most:
        return "en"
    guess = model.identify(text[:4000])
    return code if most > next_most and len(found) < 12 else guess
