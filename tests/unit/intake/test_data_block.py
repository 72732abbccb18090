"""The reader of message texts: one end, however the bytes are cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailroute.intake.data_block import DataBlock, normalised

END = b".\r\n"


def read(chunks: list[bytes], *, max_bytes: int = 10_000) -> tuple[DataBlock, bytes | None]:
    """A block that has been fed *chunks*, and what came after the end."""
    block = DataBlock(max_bytes)
    for number, chunk in enumerate(chunks):
        if (rest := block.feed(chunk)) is not None:
            return block, rest + b"".join(chunks[number + 1 :])
    return block, None


@given(st.lists(st.sampled_from([b"a", b".", b"\r\n", b"\r", b"\n", b"bc"]), max_size=30), st.data())
def test_cuts_make_no_difference(pieces: list[bytes], data: st.DataObject) -> None:
    """However a text is cut into blocks, its end, its content and what is said of its line ends are the same."""
    text = b"".join(pieces) + b"\r\n" + END + b"QUIT\r\n"
    cuts = sorted(data.draw(st.sets(st.integers(1, len(text) - 1), max_size=12)))
    chunks = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    whole, whole_rest = read([text])
    cut, cut_rest = read(chunks)

    assert cut_rest == whole_rest
    assert cut.has_bare_line_end == whole.has_bare_line_end
    assert cut.take() == whole.take()


@given(st.binary(max_size=200))
def test_stuffing_is_undone(text: bytes) -> None:
    """Whatever a client stuffs by RFC 5321 §4.5.2 arrives as it was."""
    lines = (text + b"\r\n").split(b"\r\n")[:-1]
    stuffed = b"".join((b"." if line.startswith(b".") else b"") + line + b"\r\n" for line in lines)
    block, rest = read([stuffed + END])

    assert rest == b""
    assert block.take() == text + b"\r\n"


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        (b"", False),
        (b"a\r\n", False),
        (b"a\r\n\r\n", False),
        (b"a\nb\r\n", True),
        (b"a\rb\r\n", True),
        (b"a\r\r\n", True),
        (b"a\n\r\r\n", True),
        (b"\n\r\n", True),
    ],
)
def test_bare_line_ends_are_seen(text: bytes, bare: bool) -> None:
    """A CR or LF that stands alone is seen wherever the blocks are cut."""
    stream = text + END
    for cut in range(len(stream)):
        block, rest = read([stream[:cut], stream[cut:]])

        assert rest == b""
        assert block.has_bare_line_end == bare


def test_the_limit_is_that_of_the_unstuffed_text() -> None:
    """Dots that were stuffed do not count; one byte more than allowed is too big."""
    text = b".\r\n" * 10
    stuffed = b"..\r\n" * 10
    fits, _ = read([stuffed + END], max_bytes=len(text))
    too_big, _ = read([stuffed + b"x" + END[:0] + b"\r\n" + END], max_bytes=len(text))

    assert fits.take() == text
    assert too_big.take() is None


def test_nothing_is_held_of_what_is_too_big() -> None:
    """Above the limit only the end is still looked for."""
    block = DataBlock(1000)
    sizes = []
    for _ in range(100):
        assert block.feed(b"x" * 1000) is None
        sizes.append(len(block))
    rest = block.feed(b"\r\n.\r\nNOOP")

    assert max(sizes[2:]) < 1400
    assert rest == b"NOOP"
    assert block.too_big
    assert block.take() is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"a\nb\rc\r\nd", b"a\r\nb\r\nc\r\nd"),
        (b"a\r\r\nb", b"a\r\nb"),
        (b"\n\n", b"\r\n\r\n"),
        (b"a\r\n.\r\n", b"a\r\n.\r\n"),
    ],
)
def test_line_ends_are_normalised(text: bytes, expected: bytes) -> None:
    """Every line end becomes CRLF; CRs before an LF belong to it."""
    assert normalised(text) == expected
