"""TOML with the line on which each value stands, so that a complaint can say where to look."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mailroute.domain.errors import Misconfigured

KeyPath = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[\[?)([^\]]+)\]\]?")
_AT = re.compile(r"\(at (?:line (\d+), column \d+|end of document)\)")


@dataclass(frozen=True, slots=True)
class TomlFile:
    """A file's values and where they stand."""

    path: Path
    values: Mapping[str, Any]
    lines: Mapping[KeyPath, int] = field(repr=False)

    def line(self, where: KeyPath) -> int | None:
        """The line, from 1, of the value at *where* or of what is around it; of an array of tables the first."""
        for length in range(len(where), 0, -1):
            for found in (where[:length], (*where[:length], 0)):
                if (line := self.lines.get(found)) is not None:
                    return line
        return None

    def place(self, where: KeyPath) -> str:
        """`file:line` of the value at *where*."""
        return place(self.path, self.line(where))


def place(path: Path, line: int | None) -> str:
    """`file:line`, or the file alone."""
    return f"{path}:{line}" if line is not None else str(path)


def read_toml(path: Path) -> TomlFile:
    """Read *path*; damage is a `Misconfigured` that names the line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise Misconfigured(f"{path}:{line}: not UTF-8; save the file as UTF-8") from error
    except OSError as error:
        raise Misconfigured(f"{path}: cannot be read: {error.strerror}") from error
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _AT.search(str(error))
        at = int(found.group(1)) if found and found.group(1) else text.count("\n") + 1
        raise Misconfigured(f"{path}:{at}: not TOML: {_AT.sub('', str(error)).strip()}") from error
    return TomlFile(path, values, _find_lines(text))


def _find_lines(text: str) -> dict[KeyPath, int]:
    """Key paths to lines. *text* is known to be TOML; tables in arrays count from 0."""
    found: dict[KeyPath, int] = {}
    counts: dict[KeyPath, int] = {}
    table: KeyPath = ()
    waiting: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not waiting and (header := _HEADER.match(line)):
            table = _enter(_keys(header.group(2) + " = 0"), counts, is_array=header.group(1) == "[[")
            found.setdefault(table, number)
            continue
        waiting.append(line)
        # A statement may go on over several lines; it is whole as soon as it is TOML by itself.
        try:
            values = tomllib.loads("\n".join(waiting))
        except tomllib.TOMLDecodeError:
            continue
        _note(found, table, values, number - len(waiting) + 1)
        waiting.clear()
    return found


def _keys(statement: str) -> tuple[str, ...]:
    """The names in a dotted key, unquoted by the TOML reader itself."""
    node: Any = tomllib.loads(statement)
    names = []
    while isinstance(node, dict):
        name, node = next(iter(node.items()))
        names.append(name)
    return tuple(names)


def _enter(names: tuple[str, ...], counts: dict[KeyPath, int], *, is_array: bool) -> KeyPath:
    """The path of a table header: `[[client]]` for the third time is ("client", 2)."""
    where: KeyPath = ()
    for position, name in enumerate(names):
        where = (*where, name)
        last = position == len(names) - 1
        if last and is_array:
            counts[where] = counts.get(where, -1) + 1
        if where in counts:
            where = (*where, counts[where])
    return where


def _note(found: dict[KeyPath, int], base: KeyPath, values: Mapping[str, Any], line: int) -> None:
    for name, value in values.items():
        found[(*base, name)] = line
        if isinstance(value, dict):
            _note(found, (*base, name), value, line)
