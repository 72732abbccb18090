"""Our own parts of the spaCy pipeline: the tokenizer that nothing can stall, and the names that a recogniser may tell.

Imported by `language.load_language` alone: importing it imports spaCy and registers the parts with it.
"""

import re
from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc, Span

NAMES = "names"
"""Key in `Doc.spans` of the personal names that `NAMES_COMPONENT` keeps."""
NAMES_COMPONENT = "mailroute_names"
BEGINS, PLACE = "begins", "place"
"""Where a document begins in the text that it was cut from; from it, where a span stands in that text."""

POSSESSIVE = frozenset({"'s", "’s"})
INITIAL = re.compile(r"[A-ZÀ-Þ]\w{2}")


class HarmlessTokenizer:
    """A tokenizer that sees only text made harmless, and hands on no more tokens than the trained parts can bear."""

    def __init__(self, tokenizer: Callable[[str], Doc], clean: Callable[[str], str], tokens: int) -> None:
        self.tokenizer = tokenizer
        self.clean = clean
        self.tokens = tokens

    def __call__(self, text: str) -> Doc:
        """The document of the text, with the text's own offsets."""
        doc = self.tokenizer(self.clean(text))
        return doc[: self.tokens].as_doc() if len(doc) > self.tokens else doc


@Language.component(NAMES_COMPONENT, requires=["doc.ents"], assigns=["doc.spans"])
def keep_names(doc: Doc) -> Doc:
    """Of what the recogniser found, the persons with a first name and a surname, without a possessive ending."""
    kept = []
    for entity in doc.ents:
        span = entity[:-1] if entity[-1].text in POSSESSIVE else entity
        if entity.label_ == "PERSON" and len(span) > 1 and INITIAL.match(span.text):
            kept.append(span)
    doc.spans[NAMES] = kept
    return doc


def place_of(span: Span) -> tuple[int, int]:
    """Start and end of the span in the text that its document was cut from."""
    begins = int(getattr(span.doc._, BEGINS))
    return begins + span.start_char, begins + span.end_char


def register_extensions() -> None:
    """Provenance on documents and spans; harmless when done twice."""
    Doc.set_extension(BEGINS, default=0, force=True)
    Span.set_extension(PLACE, getter=place_of, force=True)
