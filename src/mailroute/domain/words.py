"""Text without its dress: for comparing what people typed."""

import re
import unicodedata

_DRESS = re.compile(r"[\W_]+")


def plain_words(text: str) -> str:
    """*text* without case, accents, punctuation and layout, words parted by single spaces.

    `Coil-Hall`, `coil hall` and `COIL  HALL.` are one; so are `Müller` and `muller`.
    """
    return _DRESS.sub(" ", text.lower() if text.isascii() else _without_accents(text)).strip()


def _without_accents(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in folded if not unicodedata.combining(c))
