"""Each folder of tests/bad_settings holds a wrong mailroute.toml and what is said about it."""

from pathlib import Path

import pytest

from mailroute.domain.errors import Misconfigured
from mailroute.settings import load_settings

CASES = sorted((Path(__file__).parents[2] / "bad_settings").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_wrong_settings_are_refused_with_place_and_nearest_name(case: Path) -> None:
    """What is wrong in mailroute.toml is said in one line each: file, line, and what may have been meant."""
    expected = (case / "expected-error").read_text(encoding="utf-8").rstrip("\n")

    with pytest.raises(Misconfigured) as caught:
        load_settings(case / "mailroute.toml", environ={})

    assert expected == str(caught.value).replace(f"{case}/", "")
