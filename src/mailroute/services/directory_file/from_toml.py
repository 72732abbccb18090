"""TOML files as records."""

from collections.abc import Iterator

from mailroute.services.directory_file.records import Problems, Record
from mailroute.services.directory_file.shapes import Kind, nearest
from mailroute.settings.toml_lines import TomlFile


def records_of(file: TomlFile, problems: Problems, *, also: frozenset[str] = frozenset()) -> Iterator[Record]:
    """The entries of *file*; *also* names further tables that are somebody else's."""
    kinds = [str(kind) for kind in Kind]
    for name, value in file.values.items():
        if name in also:
            continue
        if name not in kinds:
            what = f"there is no table {name}{nearest(name, [*kinds, *also])}"
            problems.add(file.place((name,)), what)
        elif not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            problems.add(file.place((name,)), f"write [[{name}]], with two brackets, for each entry")
        else:
            for position, values in enumerate(value):
                yield _record(file, Kind(name), position, values)


def _record(file: TomlFile, kind: Kind, position: int, values: dict[str, object]) -> Record:
    where = (str(kind), position)
    lines = {name: line for name in values if (line := file.line((*where, name))) is not None}
    return Record(kind=kind, values=values, path=file.path, line=file.line(where), lines=lines)
