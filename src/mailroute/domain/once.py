"""What is worked out of an object once and remembered: for large values that are handed round unchanged."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

Given = TypeVar("Given")
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True, eq=False)
class _Same(Generic[Given]):
    """Equal to nothing but itself: to compare two directories costs more than most of what is asked of them."""

    it: Given

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.it is other.it

    def __hash__(self) -> int:
        return id(self.it)


def once_each(compute: Callable[[Given], Found]) -> Callable[[Given], Found]:
    """*compute*, remembering what it found for the last few objects; they are told apart by identity."""

    @lru_cache(maxsize=4)
    def remembered(same: _Same[Given]) -> Found:
        return compute(same.it)

    return lambda it: remembered(_Same(it))
