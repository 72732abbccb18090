"""The table of settings as people read it: docs/settings.md and `mailroute check --describe`."""

import types
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Annotated, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from mailroute.settings.kinds import Unit
from mailroute.settings.root import Settings


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting."""

    name: str
    """With its section: `smtp.port`."""
    type: str
    default: str
    """As written in TOML; empty when there is none."""
    unit: str | None
    help: str

    @property
    def variable(self) -> str:
        """Name of its environment variable."""
        return "MAILROUTE_" + self.name.replace(".", "__").upper()


def describe() -> tuple[SettingRow, ...]:
    """Every setting there is, in the order of the table."""
    return tuple(_rows(Settings, ""))


NAMED = "NAME"
"""Stands in the names of settings for what the operator has called a section, such as `imap.NAME.host`."""


def section_of(field: FieldInfo) -> type[BaseModel] | None:
    """The class of the section, or sections, that *field* holds, or None when it is a single setting."""
    kind = field.annotation
    if get_origin(kind) is dict:
        kind = get_args(kind)[1]
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def is_named(field: FieldInfo) -> bool:
    """Whether *field* holds several sections, each under a name of the operator's."""
    return get_origin(field.annotation) is dict and section_of(field) is not None


def fits(where: tuple[str, ...], setting: tuple[str, ...]) -> bool:
    """Whether *where* is the place of *setting*, which may have `NAME` in it."""
    return len(where) == len(setting) and all(b in {NAMED, a} for a, b in zip(where, setting, strict=True))


def _rows(model: type[BaseModel], prefix: str) -> Iterator[SettingRow]:
    for key, field in model.model_fields.items():
        name = prefix + (field.alias or key)
        if (section := section_of(field)) is not None:
            yield from _rows(section, f"{name}.{NAMED}." if is_named(field) else f"{name}.")
        else:
            default = "" if field.is_required() else _default(field.default)
            unit = next((item.name for item in field.metadata if isinstance(item, Unit)), None)
            yield SettingRow(name, _type(field.annotation), default, unit, field.description or "")


def _type(kind: object) -> str:
    """What may be written: `text`, `number`, `one of a, b`, `list of text`, ..."""
    if get_origin(kind) is Annotated:
        return _type(get_args(kind)[0])
    if get_origin(kind) in {Union, types.UnionType}:
        return _type(next(part for part in get_args(kind) if part is not type(None)))
    if get_origin(kind) is Literal:
        return "one of " + ", ".join(get_args(kind))
    if get_origin(kind) is tuple:
        return "list of text"
    if get_origin(kind) is dict:
        return "table"
    if isinstance(kind, type) and issubclass(kind, Enum):
        return "one of " + ", ".join(str(member.value) for member in kind)
    if isinstance(kind, type) and issubclass(kind, Path):
        return "path"
    names: dict[object, str] = {bool: "true or false", int: "whole number", float: "number"}
    return names.get(kind, "text")


def _default(value: object) -> str:
    """A default as TOML writes it."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case int():
            return f"{value:_}" if value >= 10_000 else str(value)
        case float():
            return f"{value:g}"
        case dict():
            return "{ " + ", ".join(f"{key} = {_default(item)}" for key, item in value.items()) + " }"
        case tuple():
            return "[" + ", ".join(_default(item) for item in value) + "]"
        case Enum():
            return f'"{value.value}"'
    return f'"{value}"'


def to_markdown() -> str:
    """The whole of docs/settings.md."""
    lines = [
        "# Settings",
        "",
        "Made from `src/mailroute/settings` by `mailroute check --describe > docs/settings.md`; a test",
        "keeps it current.",
        "",
        "Each value comes from the first of these that has it: the environment (`MAILROUTE_SMTP__PORT=2526`), a file",
        "in the secrets folder or among systemd's credentials (`smarthost__password`), `mailroute.toml`, the default.",
        "`mailroute.toml` is the file named by `--config`, else by `$MAILROUTE_CONFIG`, else `./mailroute.toml`, else",
        "`/etc/mailroute/mailroute.toml`. Paths in the file are relative to its folder, other paths to the working",
        "folder. Lists in the environment are words between commas.",
    ]
    section = None
    for row in describe():
        head, _, name = row.name.rpartition(".")
        if head != section:
            section = head
            title = f"`[{head}]`: {_summary(head)}" if head else "Top of the file"
            lines += [
                "",
                f"## {title}",
                "",
                "| name | type | default | meaning |",
                "| --- | --- | --- | --- |",
            ]
        default = f"`{row.default}`" if row.default else ""
        unit = f", {row.unit}" if row.unit else ""
        lines.append(f"| `{name}` | {row.type}{unit} | {default} | {row.help} |")
    return "\n".join(lines) + "\n"


def _summary(section: str) -> str:
    kind: type[BaseModel] | None = Settings
    for name in section.split("."):
        if name != NAMED and kind is not None:
            kind = section_of(kind.model_fields[name])
    return (kind.__doc__ or "").strip().rstrip(".") if kind else ""
