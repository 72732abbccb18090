"""Phrases with places: `{name}` is filled in, and what stands in brackets is left out when its value is empty."""

from collections.abc import Mapping


def fill(pattern: str, values: Mapping[str, str]) -> str:
    """*pattern* with *values*: `{name}[, {title}]` gives `Ann Lee` where the title is empty."""
    pieces = pattern.replace("]", "[").split("[")
    return "".join(
        "" if place % 2 and _is_empty(piece, values) else _filled(piece, values)
        for place, piece in enumerate(pieces)
    )


def _filled(piece: str, values: Mapping[str, str]) -> str:
    parts = piece.split("{")
    done = [parts[0]]
    for part in parts[1:]:
        name, closed, rest = part.partition("}")
        done.append(values.get(name, "") + rest if closed else "{" + part)
    return "".join(done)


def _is_empty(piece: str, values: Mapping[str, str]) -> bool:
    return any("{" + name + "}" in piece and not value for name, value in values.items())
