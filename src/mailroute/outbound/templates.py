"""Where the shipped templates lie."""

from importlib.resources import files
from pathlib import Path

from mailroute.domain.errors import Misconfigured


def templates_dir() -> Path:
    """The folder with `mail/` and `web/`: inside the wheel, or at the top of a checkout."""
    package = Path(str(files("mailroute")))
    for folder in (package / "_data" / "templates", package.parent.parent / "templates"):
        if (folder / "mail").is_dir():
            return folder
    raise Misconfigured(f"no templates next to {package}; install mailroute again")
