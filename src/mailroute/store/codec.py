"""Our values as JSON and back: the one place where pydantic meets the domain in the store."""

import hashlib
import json
import re
from collections.abc import Hashable
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter

T = TypeVar("T")

_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")


def clean(text: str) -> str:
    """*text* without NUL and lone surrogates, which PostgreSQL and UTF-8 cannot hold; mail is full of surprises."""
    return _NOT_STORABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def to_text(value: object) -> str:
    """JSON text of plain lists, dicts and strings, fit for every database."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if "\\u0000" in text or _NOT_STORABLE.search(text):
        text = json.dumps(_cleaned(value), ensure_ascii=False, separators=(",", ":"))
    return text


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(key): _cleaned(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    return value


@cache
def adapter(kind: Hashable) -> TypeAdapter[Any]:
    """The adapter of a dataclass or of a generic such as `tuple[Reason, ...]`; made once, for it is costly."""
    return TypeAdapter(cast("type[Any]", kind))


def to_plain(kind: type[Any], value: object) -> object:
    """*value* of type *kind* as lists, dicts, strings and numbers."""
    plain: object = adapter(cast("Hashable", kind)).dump_python(value, mode="json")
    return plain


def from_plain(kind: type[T], plain: object) -> T:
    """The value of type *kind* that `to_plain` made *plain* from."""
    value: T = adapter(cast("Hashable", kind)).validate_python(plain)
    return value


LONGEST_KEY = 500
"""Bytes of a looked-up text that is kept as it is."""


def short(text: str) -> str:
    """*text*, or when it is too long for an index, its beginning and its SHA-256."""
    encoded = text.encode()
    if len(encoded) <= LONGEST_KEY:
        return text
    return f"{text[:80]}...sha256:{hashlib.sha256(encoded).hexdigest()}"


def is_shortened(text: str) -> bool:
    """Whether `short` made this of something longer."""
    return "...sha256:" in text
