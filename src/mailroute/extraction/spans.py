"""Choosing among stretches that overlap, in time that grows with the text and not with its square."""

from collections.abc import Iterable
from typing import TypeVar

Found = TypeVar("Found")
MOST = 200
"""Finds of one kind in one mail; nobody names more, and what a stranger sends must not cost minutes."""


def longest(found: Iterable[tuple[int, int, Found]], size: int) -> list[tuple[int, int, Found]]:
    """Of overlapping stretches the longest, of equal ones the first, in text order; *size* is that of the text."""
    taken = bytearray(size + 1)
    kept: list[tuple[int, int, Found]] = []
    for start, end, what in sorted(found, key=lambda f: f[0] - f[1]):
        if taken.find(1, start, end) < 0:
            taken[start:end] = b"\x01" * (end - start)
            kept.append((start, end, what))
    return sorted(kept, key=lambda f: f[0])[:MOST]
