"""Each folder of tests/bad_directories holds a wrong directory of people and what is said about it."""

from pathlib import Path

import pytest

from mailroute.domain.errors import Misconfigured
from mailroute.services.directory_file import read_directory

CASES = sorted((Path(__file__).parents[2] / "bad_directories").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_wrong_directory_is_refused_with_places(case: Path) -> None:
    """What is wrong in a directory file is said in one line each: file, line, and what may have been meant."""
    expected = (case / "expected-error").read_text(encoding="utf-8").rstrip("\n")

    with pytest.raises(Misconfigured) as caught:
        read_directory(case)

    assert expected == str(caught.value).replace(f"{case}/", "")
