"""Kinds of values that several settings share, each with its check."""

import re
import socket
from dataclasses import dataclass
from datetime import time
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import AfterValidator, BeforeValidator, Field

from mailroute.domain.issue import ReferenceKind

MIB = 2**20
_DOMAIN = re.compile(r"(?!-)[\w-]{1,63}(?<!-)(\.(?!-)[\w-]{1,63}(?<!-))*", re.UNICODE)
_LOCAL = re.compile(r"[^\s@<>()\[\]\\,;:\"\x00-\x1f\x7f]{1,64}")


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number is counted in; shown in docs/settings.md."""

    name: str


def _split(value: object) -> object:
    """Environment variables hold lists as words between commas."""
    if isinstance(value, str):
        return tuple(word.strip() for word in value.split(",") if word.strip())
    return value


def check_domain(text: str) -> str:
    """*text* in lower case if it is a host or domain name (RFC 1123 §2.1, RFC 6531 for other letters)."""
    folded = text.strip().casefold().rstrip(".")
    if len(folded) > 255 or not _DOMAIN.fullmatch(folded):
        raise ValueError(f"{text!r} is not a domain name")
    return folded


def check_address(text: str) -> str:
    """*text* if it is a bare mail address (RFC 5321 §4.1.2 without quoted local parts)."""
    local, at, domain = text.strip().rpartition("@")
    if not at or not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain):
        raise ValueError(f"{text!r} is not a mail address, such as issues@example.com")
    return text.strip()


def _check_timezone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        near = get_close_matches(text, available_timezones(), n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise ValueError(f"{text!r} is no time zone of the IANA list, such as Europe/Berlin{hint}") from None
    return text


def _check_database(url: str) -> str:
    if not re.match(r"(sqlite|postgresql)(\+\w+)?:", url):
        raise ValueError("must be sqlite:///path or postgresql://user@host/name")
    return url


def _check_reference_pattern(text: str) -> str:
    kind, equals, pattern = text.partition("=")
    if not equals or kind not in set(ReferenceKind):
        raise ValueError(f"{text!r} does not begin with one of {', '.join(ReferenceKind)} and '='")
    try:
        compiled = re.compile(pattern)
    except re.error as why:
        raise ValueError(f"{pattern!r} is no regular expression: {why}") from None
    if compiled.fullmatch(""):
        raise ValueError(f"{pattern!r} fits nothing at all")
    return text


def _check_region(text: str) -> str:
    code = text.strip().upper()
    if not re.fullmatch(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", code):
        raise ValueError(f"{text!r} is no country such as DE, nor a part of one such as DE-BY")
    return code


DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _check_day(text: str) -> str:
    name = text.strip().casefold()[:3]
    if name not in DAY_NAMES:
        raise ValueError(f"{text!r} is none of {', '.join(DAY_NAMES)}")
    return name


def _check_clock(text: str) -> str:
    try:
        return f"{time.fromisoformat(text.strip()):%H:%M}"
    except ValueError:
        raise ValueError(f"{text!r} is no time of day such as 09:00") from None


SERVICE_LEVEL = re.compile(r"(?P<tier>[^=]+)=(?:(?P<hours>\d+(?:\.\d+)?)h)?\+?(?:(?P<days>\d+)d)?")
"""`gold=4h+5d`: the tier, hours until the first answer, days until the solution."""


def _check_level(text: str) -> str:
    match = SERVICE_LEVEL.fullmatch(text)
    if not match or not (match["hours"] or match["days"]):
        raise ValueError(f"{text!r} is not a tier and its promises, such as gold=4h+5d")
    return text


def _check_file(path: Path) -> Path:
    if not path.is_file():
        raise ValueError(f"there is no file {path}")
    return path


def _check_folder(path: Path) -> Path:
    if not path.is_dir():
        raise ValueError(f"there is no folder {path}")
    return path


def _check_unix_path(path: Path) -> Path:
    longest = 107  # bytes; sun_path of Linux less its final NUL
    if hasattr(socket, "AF_UNIX") and len(str(path).encode()) > longest:
        raise ValueError(f"a Unix socket's path has at most {longest} bytes")
    return path


def _check_section_name(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text):
        raise ValueError(f"{text!r} cannot be a name here: small letters, digits and hyphens")
    return text


Domain = Annotated[str, AfterValidator(check_domain)]
Address = Annotated[str, AfterValidator(check_address)]
Timezone = Annotated[str, AfterValidator(_check_timezone)]
DatabaseUrl = Annotated[str, AfterValidator(_check_database)]
Region = Annotated[str, AfterValidator(_check_region)]
WeekDays = Annotated[
    tuple[Annotated[str, AfterValidator(_check_day)], ...], BeforeValidator(_split), Field(min_length=1)
]
WeekDay = Annotated[str, AfterValidator(_check_day)]
TimeOfDay = Annotated[str, AfterValidator(_check_clock)]
Levels = Annotated[tuple[Annotated[str, AfterValidator(_check_level)], ...], BeforeValidator(_split)]
Port = Annotated[int, Field(ge=1, le=65535)]
Count = Annotated[int, Field(ge=1)]
Seconds = Annotated[float, Field(gt=0), Unit("s")]
Days = Annotated[float, Field(gt=0), Unit("days")]
Bytes = Annotated[int, Field(ge=1), Unit("bytes")]
Characters = Annotated[int, Field(ge=1), Unit("characters")]
ExistingFile = Annotated[Path, AfterValidator(_check_file)]
ExistingFolder = Annotated[Path, AfterValidator(_check_folder)]
SocketPath = Annotated[Path, AfterValidator(_check_unix_path)]
SectionName = Annotated[str, AfterValidator(_check_section_name)]
Words = Annotated[tuple[str, ...], BeforeValidator(_split)]
ReferencePattern = Annotated[str, AfterValidator(_check_reference_pattern)]
ReferencePatterns = Annotated[tuple[ReferencePattern, ...], BeforeValidator(_split)]
Domains = Annotated[tuple[Domain, ...], BeforeValidator(_split)]
Addresses = Annotated[tuple[Address, ...], BeforeValidator(_split)]
