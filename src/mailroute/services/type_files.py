"""Where the versions of the classifier of types are kept: apart, so that the service need not load what trains them."""

import re
from pathlib import Path

from mailroute.domain.errors import Misconfigured

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


PACKAGE = "package"
"""What the model that came with the package is called where versions are named."""


def version_file(folder: Path, name: str) -> Path | None:
    """The file of the version called *name*, also of one rolled back; None for the one in the package.

    Raises:
        Misconfigured: there is none.
    """
    if name == PACKAGE:
        return None
    known = {path.name.partition(".")[0]: path for path in versions(folder, off=True)}
    if name not in known:
        raise Misconfigured(f"there is no version {name}; there are: {', '.join((PACKAGE, *sorted(known)))}")
    return known[name]
