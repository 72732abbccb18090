"""Make a virtual environment: `python3 tools/bootstrap.py .venv`. Standard library only; says what is missing."""

import importlib.util
import sys
import venv
from pathlib import Path

OLDEST = (3, 11)
NEWEST = (3, 13)


def main(place: Path) -> None:
    """Build the environment at *place* anew."""
    version = sys.version_info[:2]
    if not OLDEST <= version <= NEWEST:
        sys.exit(
            f"mailroute needs Python 3.11 to 3.13 and this is {version[0]}.{version[1]}: "
            "name another one, for example `make run PY=python3.12`"
        )
    if importlib.util.find_spec("ensurepip") is None:
        sys.exit("this Python cannot make virtual environments: install python3-venv (Debian, Ubuntu) first")
    venv.create(place, with_pip=True, clear=True, symlinks=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
