"""A directory as TOML that `read_directory` reads back as the same."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date

from mailroute.domain.directory import Absence, Conditions, ConfiguredRule, Directory
from mailroute.services.directory_file.build import FIELDS


def to_toml(directory: Directory) -> str:
    """All of *directory*, one table an entry; what is not set is left out."""
    return "\n".join(_tables(directory))


def _tables(directory: Directory) -> Iterator[str]:
    for kind, name in FIELDS.items():
        for entry in getattr(directory, name):
            lines = [f"[[{kind}]]"]
            for field in fields(entry):
                value = getattr(entry, field.name)
                if _is_said(entry, value):
                    lines.append(f"{field.name} = {_literal(value)}")
            yield "\n".join(lines) + "\n"


def _is_said(entry: object, value: object) -> bool:
    if value == {} and isinstance(entry, ConfiguredRule):
        return not (entry.all or entry.any or entry.when_expr)  # a rule must say that it has no conditions
    return value is not None and value not in ((), {})


def _literal(value: object) -> str:
    match value:
        case str():
            # JSON escapes as TOML does, but for DEL, which TOML wants escaped.
            return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
        case int():
            return str(value)
        case date():
            return value.isoformat()
        case Absence(since, until, deputy):
            said = f", deputy = {_literal(deputy)}" if deputy is not None else ""
            return f"{{ from = {since}, until = {until}{said} }}"
        case Conditions(wants=wants, all=all_, any=any_):
            groups = {name: group for name, group in (("all", all_), ("any", any_)) if group}
            return _literal({**wants, **groups})
        case Mapping():
            return (
                "{ " + ", ".join(f"{_literal(key)} = {_literal(item)}" for key, item in value.items()) + " }"
            )
        case tuple():
            return "[" + ", ".join(_literal(item) for item in value) + "]"
    raise TypeError(f"{type(value).__name__} has no form in the directory's file")
