"""What golden tests of the reader share."""

import dataclasses
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from mailroute.domain.parsed import ParsedMail


def _plain(value: object) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, str) else value


@pytest.fixture
def mail_as_json() -> Callable[[ParsedMail], dict[str, Any]]:
    """Turns a read mail into what its golden file holds: every field, dates in ISO 8601."""
    return _plain
