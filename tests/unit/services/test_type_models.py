"""Versions of the classifier of types: kept, refused, rolled back."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailroute.domain.ticket import TicketRef
from mailroute.extraction.schooling import STEPS, seeds
from mailroute.services import type_models
from mailroute.services.type_files import in_use
from mailroute.services.type_models import SHIPPED, learn, present, roll_back
from mailroute.store.corrections import Correction

LINES = seeds()[::7]
"""A part of the seed lines is enough to see what is kept."""


def put_right(number: int, new: str) -> Correction:
    """A mail in this house's own words, which the seeds do not know."""
    return Correction(
        id=number,
        ref=TicketRef(number),
        field="type",
        old="other",
        new=new,
        by="ines",
        at=datetime(2026, 3, 4, tzinfo=UTC),
        subject="Zwickel",
        text=f"Zwickel brumbled in bay {number}, kindly zwick it.",
    )


@pytest.fixture(scope="module")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which one model was learned from two corrections."""
    folder = tmp_path_factory.mktemp("models")
    steps = []
    result = learn(
        folder,
        [put_right(1, "access"), put_right(2, "access")],
        lines=LINES,
        force=True,  # a seventh of the lines does worse than all of them
        step=lambda: steps.append(1),
    )

    assert result.kept
    assert len(steps) == STEPS
    return folder


def test_the_learned_model_is_in_use_and_honest(learned: Path) -> None:
    """It stands in the folder with its held-out figures, and tells the house's own words."""
    model = present(learned)
    text = put_right(3, "access")

    assert model.version == "type-0001"
    assert model.learned_up_to == 2
    assert type_models.right_of(model.model, [text]) == 1


def test_a_worse_model_is_refused_and_a_version_can_be_taken_back(learned: Path) -> None:
    """The file of the refused one is never written; without versions nothing is rolled back."""
    path = in_use(learned)
    assert path is not None
    good = path.read_text(encoding="utf-8")
    path.write_text(good.replace('"macro_f1": 0.', '"macro_f1": 1.', 1), encoding="utf-8")

    refused = learn(learned, [put_right(1, "access")], lines=LINES)

    assert not refused.kept
    assert refused.broken == ()
    assert "macro-F1" in refused.why
    assert in_use(learned) == path
    path.write_text(good, encoding="utf-8")
    assert roll_back(learned) == ("type-0001", SHIPPED)
    assert in_use(learned) is None
    assert roll_back(learned) is None
    path.with_name("type-0001.json.off").rename(path)
