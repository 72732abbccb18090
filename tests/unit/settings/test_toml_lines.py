"""Finding the line of a value."""

from pathlib import Path

import pytest

from mailroute.domain.errors import Misconfigured
from mailroute.settings import read_toml

TEXT = '''# a comment
top = 1
"quoted.key" = 2

[section]
text = """
not = "a key"
[nor.a.table]
"""
list = [
    1,
    2,
]
dotted.name = 3

[[entry]]
name = "first"

[[entry]]
name = "second"
when = { "issue.type" = "billing", words = ["a", "b"] }

[[entry.part]]
x = 1
'''


@pytest.mark.parametrize(
    ("where", "line"),
    [
        (("top",), 2),
        (("quoted.key",), 3),
        (("section",), 5),
        (("section", "text"), 6),
        (("section", "list"), 10),
        (("section", "dotted", "name"), 14),
        (("entry", 0, "name"), 17),
        (("entry", 1), 19),
        (("entry", 1, "when", "issue.type"), 21),
        (("entry", 1, "part", 0, "x"), 24),
        (("entry", 1, "nothing"), 19),
        (("entry",), 16),
        (("nowhere",), None),
    ],
)
def test_line_of_a_value_is_found(tmp_path: Path, where: tuple[str | int, ...], line: int | None) -> None:
    """Each value's line is known, in sections, arrays of tables, inline tables and after multi-line texts."""
    path = tmp_path / "a.toml"
    path.write_text(TEXT)

    assert line == read_toml(path).line(where)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"a = 1\nb = \n", r"a\.toml:2: not TOML: Invalid value"),
        (b"a = 1\nb = '''x\n", r"a\.toml:3: not TOML"),
        (b"a = 1\nb = '\xe9'\n", r"a\.toml:2: not UTF-8"),
    ],
)
def test_damage_is_placed(tmp_path: Path, raw: bytes, message: str) -> None:
    """A file that is no TOML is refused with the line at which it stops being TOML."""
    path = tmp_path / "a.toml"
    path.write_bytes(raw)

    with pytest.raises(Misconfigured, match=message):
        read_toml(path)


def test_byte_order_mark_is_forgiven(tmp_path: Path) -> None:
    """A file saved by a Windows editor reads like any other."""
    path = tmp_path / "a.toml"
    path.write_bytes(b"\xef\xbb\xbfa = 1\r\nb = 2\r\n")

    file = read_toml(path)

    assert (dict(file.values), file.line(("b",))) == ({"a": 1, "b": 2}, 2)
