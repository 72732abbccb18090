"""Working something out once for each object."""

from mailroute.domain.directory import Directory
from mailroute.domain.once import once_each


def test_each_object_is_looked_at_once() -> None:
    """What was found is remembered for the object itself; an equal one is looked at anew."""
    asked: list[Directory] = []

    @once_each
    def count(directory: Directory) -> int:
        asked.append(directory)
        return len(asked)

    one, equal = Directory(), Directory()

    assert [1, 1, 2, 1] == [count(one), count(one), count(equal), count(one)]
