"""Text without its dress: for comparing what people typed."""

import unicodedata


def plain_words(text: str) -> str:
    """*text* without case, accents, punctuation and layout, words parted by single spaces.

    `Coil-Hall`, `coil hall` and `COIL  HALL.` are one; so are `Müller` and `muller`.
    """
    folded = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(c if c.isalnum() else " " for c in folded if not unicodedata.combining(c))
    return " ".join(kept.split())
