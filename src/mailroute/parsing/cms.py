"""The content of a signed CMS message (RFC 5652 §5), which S/MIME sends in one opaque piece (RFC 8551 §3.5.2).

A walk along the tags, over BER with lengths that are given or not; it checks no signature, and ends at the first byte
that is not as it must be.
"""

from typing import NamedTuple

_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_SEQUENCE, _SET, _CONTEXT, _INTEGER, _OCTETS, _MANY_OCTETS = 0x30, 0x31, 0xA0, 0x02, 0x04, 0x24
_OBJECT, _END = 0x06, 0x00
_UNTOLD = -1
"""The length of an element that ends with two zero bytes."""
_DEEPEST = 20


class _Element(NamedTuple):
    """Tag, length and place of the content of one element (X.690 §8.1)."""

    tag: int
    length: int
    at: int


class _BrokenError(ValueError):
    """The bytes are no such structure."""


def signed_content(data: bytes) -> bytes | None:
    """What was signed; None when *data* is no signed message that holds its content."""
    try:
        at = _enter(data, 0, _SEQUENCE)
        if data[at : at + len(_SIGNED_DATA)] != _SIGNED_DATA:
            return None
        at = _enter(data, _enter(data, at + len(_SIGNED_DATA), _CONTEXT), _SEQUENCE)
        at = _after(data, _after(data, at, _INTEGER), _SET)
        at = _after(data, _enter(data, at, _SEQUENCE), _OBJECT)
        return _octets(data, _enter(data, at, _CONTEXT)) or None
    except _BrokenError:
        return None


def _element(data: bytes, at: int) -> _Element:
    if at + 2 > len(data):
        raise _BrokenError
    tag, first = data[at], data[at + 1]
    if tag & 0x1F == 0x1F or (first == 0x80 and not tag & 0x20):
        raise _BrokenError
    if first < 0x80:
        return _told(data, tag, first, at + 2)
    if first == 0x80:
        return _Element(tag, _UNTOLD, at + 2)
    size = first & 0x7F
    if size > 4 or at + 2 + size > len(data):
        raise _BrokenError
    return _told(data, tag, int.from_bytes(data[at + 2 : at + 2 + size]), at + 2 + size)


def _told(data: bytes, tag: int, length: int, at: int) -> _Element:
    if at + length > len(data):
        raise _BrokenError
    return _Element(tag, length, at)


def _enter(data: bytes, at: int, tag: int) -> int:
    """Where the content of the element begins, which must have this tag."""
    found = _element(data, at)
    if found.tag != tag:
        raise _BrokenError
    return found.at


def _after(data: bytes, at: int, tag: int) -> int:
    """The place after the element, which must have this tag."""
    found = _element(data, at)
    if found.tag != tag:
        raise _BrokenError
    if found.length != _UNTOLD:
        return found.at + found.length
    at, open_ones = found.at, 1
    while open_ones:
        found = _element(data, at)
        at = found.at
        if found.length == _UNTOLD:
            open_ones += 1
        elif found.tag == _END:
            open_ones -= 1
        else:
            at += found.length
    return at


def _octets(data: bytes, at: int) -> bytes:
    """The bytes of an OCTET STRING, in one piece or in many (X.690 §8.7)."""
    found = _element(data, at)
    if found.tag == _OCTETS:
        return data[found.at : found.at + found.length]
    if found.tag != _MANY_OCTETS:
        raise _BrokenError
    ends = [_end_of(found)]
    pieces: list[bytes] = []
    at = found.at
    while ends:
        if ends[-1] != _UNTOLD and at >= ends[-1]:
            ends.pop()
            continue
        found = _element(data, at)
        at = found.at
        if found.tag == _OCTETS:
            at += found.length
            pieces.append(data[found.at : at])
        elif found.tag == _MANY_OCTETS and len(ends) < _DEEPEST:
            ends.append(_end_of(found))
        elif found.tag == _END and ends.pop() == _UNTOLD:
            continue
        else:
            raise _BrokenError
    return b"".join(pieces)


def _end_of(element: _Element) -> int:
    return _UNTOLD if element.length == _UNTOLD else element.at + element.length
