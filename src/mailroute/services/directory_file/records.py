"""An entry as a file gives it, and what may be wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mailroute.domain.errors import Misconfigured
from mailroute.services.directory_file.shapes import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One entry of a file, not yet checked."""

    kind: Kind
    values: Mapping[str, object]
    path: Path
    line: int | None
    """Where the entry begins."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """Where single fields stand, if elsewhere."""
    amends: bool = False
    """An organisation that a client's line implies: adds to what is known, takes nothing away."""

    @property
    def is_exported(self) -> bool:
        """Whether it comes from a CSV file: those say names and addresses where TOML says ids."""
        return self.path.suffix.lower() != ".toml"

    def place(self, name: str | None = None) -> str:
        """`file:line` of the entry or of one of its fields."""
        line = self.lines.get(name, self.line) if name is not None else self.line
        return str(self.path) if line is None else f"{self.path}:{line}"


@dataclass(slots=True)
class Problems:
    """What is wrong, gathered so that all of it can be shown at once."""

    found: list[tuple[str, str]] = field(default_factory=list)
    """Place and what is wrong there."""

    def add(self, place: str, what: str) -> None:
        """Note that *what* is wrong at *place*."""
        self.found.append((place, what))

    def raise_any(self) -> None:
        """Fail if anything was wrong, and say all of it, from the top of each file down."""
        if self.found:
            ordered = sorted(dict.fromkeys(self.found), key=lambda item: _order(item[0]))
            raise Misconfigured("\n".join(f"{place}: {what}" for place, what in ordered))


def _order(place: str) -> tuple[str, int]:
    path, _, line = place.rpartition(":")
    return (path, int(line)) if line.isdecimal() else (place, 0)
