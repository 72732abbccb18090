"""What is wrong with settings, each in one line: where it stands, what is wrong, what may have been meant."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from mailroute.settings.describe import NAMED, describe
from mailroute.settings.toml_lines import TomlFile

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails


@dataclass(frozen=True, slots=True)
class Origins:
    """Which source set what."""

    names: Mapping[tuple[str, ...], str]
    """Settings to the environment variable or secret file that gave them."""
    file: TomlFile | None

    def line(self, where: tuple[str, ...]) -> int:
        """The line in the file, for order; 0 when it stands elsewhere."""
        return (self.file.line(where) or 0) if self.file is not None else 0

    def place(self, where: tuple[str, ...]) -> str:
        """What to open or change to mend the setting at *where*; a whole section has the place of its table."""
        for length in range(len(where), 0, -1):
            if (name := self.names.get(where[:length])) is not None:
                return name
            if self.file is not None and (line := self.file.lines.get(where[:length])) is not None:
                return f"{self.file.path}:{line}"
        below = next((name for key, name in self.names.items() if where and key[: len(where)] == where), None)
        return below or (str(self.file.path) if self.file is not None else "settings")


def nearest(word: str, known: list[str] | tuple[str, ...]) -> str | None:
    """The known name that was probably meant."""
    return next(iter(get_close_matches(word.casefold(), known, n=1, cutoff=0.6)), None)


def complain(error: "ValidationError", origins: Origins) -> Iterator[str]:
    """One line for each error, from the top of the file down."""
    items = [(tuple(str(part) for part in item["loc"]), item) for item in error.errors(include_url=False)]
    for where, item in sorted(items, key=lambda pair: origins.line(pair[0])):
        yield f"{origins.place(where)}: {_what(item, where)}"


def complain_about_section(
    error: "ValidationError", section: str, file: TomlFile
) -> Iterator[tuple[str, str]]:
    """The same for one section that was read from a file by itself: place, and what is wrong there."""
    for item in error.errors(include_url=False):
        where = (section, *(str(part) for part in item["loc"]))
        yield file.place(where), _what(item, where)


def _what(item: "ErrorDetails", where: tuple[str, ...]) -> str:
    name = ".".join(where)
    match item["type"]:
        case "extra_forbidden":
            return _unknown(where)
        case "value_error":
            reason = str(item.get("ctx", {}).get("error", item["msg"]))
            return f"{name}: {reason}" if name else reason
        case "missing":
            return f"{name} must be set"
        case "model_type" | "model_attributes_type":
            return f"{name} is a section: write [{name}] and its settings below"
        case "literal_error" | "enum":
            return f"{name}: {_shown(item['input'])} is none of {item.get('ctx', {}).get('expected')}"
    said = "" if where[-1:] == ("password",) else f", not {_shown(item['input'])}"
    return f"{name}: {item['msg'][:1].lower()}{item['msg'][1:]}{said}"


def _unknown(where: tuple[str, ...]) -> str:
    """A name that nobody knows, with the nearest that somebody does, here or in another section."""
    prefix = ".".join(where[:-1])
    names = [_as_written(row.name, where) for row in describe()]
    sections = sorted({name.partition(".")[0] for name in names if "." in name})
    here = [name.rpartition(".")[2] for name in names if name.rpartition(".")[0] == prefix]
    if not prefix:
        here += sections
    close = nearest(where[-1], here)
    meant = f"{prefix}.{close}" if close and prefix else close
    if meant is None:
        elsewhere = {name.rpartition(".")[2]: name for name in names}
        meant = elsewhere.get(nearest(where[-1], list(elsewhere)) or "")
    hint = f"did you mean {meant}?" if meant else "known here: " + ", ".join(sorted(here))
    return f"there is no setting {'.'.join(where)}; {hint}"


def _as_written(name: str, where: tuple[str, ...]) -> str:
    """A setting's name with the operator's own word for NAME, where *where* has one."""
    words = name.split(".")
    if NAMED in words and len(where) > words.index(NAMED) and words[0] == where[0]:
        words[words.index(NAMED)] = where[words.index(NAMED)]
    return ".".join(words)


def _shown(value: Any) -> str:  # noqa: ANN401 - whatever was written
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
