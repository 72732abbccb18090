"""Where settings come from, strongest first: environment, secret files, mailroute.toml, defaults."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from pydantic import ValidationError

from mailroute.domain.errors import Misconfigured
from mailroute.settings.complaints import Origins, complain
from mailroute.settings.describe import NAMED, describe, fits
from mailroute.settings.root import Settings
from mailroute.settings.toml_lines import TomlFile, read_toml

PREFIX = "MAILROUTE_"
NOT_SETTINGS = frozenset({"MAILROUTE_CONFIG"})
SYSTEM_CONFIG = Path("/etc/mailroute/mailroute.toml")


@dataclass(slots=True)
class Layer:
    """The settings that one source gives, and by which name it gave each."""

    values: dict[str, Any] = field(default_factory=dict)
    names: dict[tuple[str, ...], str] = field(default_factory=dict)

    def put(self, where: tuple[str, ...], value: str, name: str) -> None:
        """Note that *name* sets the setting at *where*."""
        node = self.values
        for key in where[:-1]:
            node = node.setdefault(key, {})
            if not isinstance(node, dict):
                raise Misconfigured(f"{name}: {key} is set as a whole and in part; keep one of the two")
        node[where[-1]] = value
        self.names[where] = name


def load_settings(config: Path | None = None, *, environ: Mapping[str, str]) -> Settings:
    """The settings in force; *config* comes from the command line, *environ* from the process.

    Raises `Misconfigured` with one line for each thing that is wrong: where it stands and what may have been meant.
    """
    path = find_config(config, environ)
    file = read_toml(path) if path is not None else None
    environment = _from_environment(environ)
    written = _anchored(file) if file is not None else {}
    secrets = _from_secrets(environ, environment.values.get("secrets_dir") or written.get("secrets_dir"))
    layers = [environment.values, secrets.values, written]
    try:
        return _assembled(layers)
    except ValidationError as error:
        origins = Origins(environment.names | secrets.names, file)
        raise Misconfigured("\n".join(complain(error, origins))) from error


def find_config(config: Path | None, environ: Mapping[str, str]) -> Path | None:
    """The settings file to read; a file that was asked for must exist, the usual ones may not."""
    asked = config or (Path(environ["MAILROUTE_CONFIG"]) if environ.get("MAILROUTE_CONFIG") else None)
    if asked is not None:
        if not asked.is_file():
            by = "--config" if config else "$MAILROUTE_CONFIG"
            raise Misconfigured(f"{asked}: there is no such file; {by} names it")
        return asked
    return next((path for path in (Path("mailroute.toml"), SYSTEM_CONFIG) if path.is_file()), None)


def _assembled(given: list[dict[str, Any]]) -> Settings:
    """The layers as one; what comes back is a plain `Settings`, which other processes can be handed."""

    class Layered(Settings):
        layers = tuple(given)

    found = Layered()
    return Settings.model_construct(**{name: getattr(found, name) for name in Settings.model_fields})


def _from_environment(environ: Mapping[str, str]) -> Layer:
    layer = Layer()
    for name, value in sorted(environ.items()):
        if name.upper().startswith(PREFIX) and name.upper() not in NOT_SETTINGS:
            layer.put(_path_of(name), value, name)
    return layer


def _path_of(name: str) -> tuple[str, ...]:
    return tuple(name.lower().removeprefix(PREFIX.lower()).split("__"))


def _from_secrets(environ: Mapping[str, str], secrets_dir: object) -> Layer:
    """Files named for a setting; other files in the folders belong to others and are left alone."""
    layer = Layer()
    known = {tuple(row.name.split(".")) for row in describe()}
    folders = [environ.get("CREDENTIALS_DIRECTORY"), str(secrets_dir) if secrets_dir else None]
    for folder in (Path(text) for text in folders if text):
        for file in sorted(folder.iterdir()) if folder.is_dir() else ():
            where = _path_of(file.name)
            if file.is_file() and (
                any(fits(where, one) for one in known) or file.name.upper().startswith(PREFIX)
            ):
                layer.put(where, _secret(file), str(file))
    return layer


def _secret(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(f"{file}: cannot be read: {error}") from error


def _anchored(file: TomlFile) -> dict[str, Any]:
    """The file's values with paths taken from the folder of the file, wherever the service is started."""
    values = cast("dict[str, Any]", _copied(file.values))
    for where in _path_settings():
        for node in _nodes(values, where[:-1]):
            if isinstance(text := node.get(where[-1]), str):
                node[where[-1]] = str(file.path.parent / Path(text).expanduser())
    return values


def _copied(value: object) -> object:
    return {key: _copied(below) for key, below in value.items()} if isinstance(value, Mapping) else value


def _nodes(value: object, path: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """The tables at *path*; `NAME` in it is any name."""
    if not isinstance(value, dict):
        return
    if not path:
        yield value
        return
    for below in value.values() if path[0] == NAMED else [value.get(path[0])]:
        yield from _nodes(below, path[1:])


def _path_settings() -> Iterator[tuple[str, ...]]:
    return (tuple(row.name.split(".")) for row in describe() if row.type == "path")
