"""Where the versions of the classifier of types are kept: apart, so that the service need not load what trains them."""

import re
from pathlib import Path

NAME = re.compile(r"type-(\d{4,})\.json(?:\.off)?")
"""A version; with `.off` one that was rolled back."""


def in_use(folder: Path) -> Path | None:
    """The file of the version in use; None for the one in the package."""
    return max(versions(folder, off=False), key=number_of, default=None)


def versions(folder: Path, *, off: bool) -> list[Path]:
    """The files of all versions; with *off* also of those that were rolled back."""
    found = (path for path in folder.glob("type-*.json*") if NAME.fullmatch(path.name))
    return [path for path in found if off or path.suffix == ".json"]


def number_of(path: Path) -> int:
    """Of the version; 0 for another file."""
    match = NAME.fullmatch(path.name)
    return int(match[1]) if match else 0
