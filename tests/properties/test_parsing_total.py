"""Any bytes give a value: the reader never raises."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailroute.domain.parsed import ParsedMail
from mailroute.parsing import parse

NAMES = st.sampled_from(
    [
        "From",
        "To",
        "Cc",
        "Subject",
        "Date",
        "Message-ID",
        "References",
        "Content-Type",
        "Content-Disposition",
        "Content-Transfer-Encoding",
        "Reply-To",
        "Auto-Submitted",
        "List-Id",
        "Return-Path",
        "Authentication-Results",
    ]
)
PIECES = st.sampled_from(
    [
        "From: a@b.example\n",
        "Subject: x\n",
        "Date: 2 Mar 2026 10:00\n",
        "To: c@d.example\n",
        "> ",
        "\n",
        "-- \n",
        "wrote:\n",
        "---------- Forwarded message ---------\n",
        "On 2 Mar 2026 at 10:00 Ann <a@b.example> wrote:\n",
        "Regards,\n",
        "_____\n",
        "<div>",
        "<blockquote>",
        "</div>",
        "&nbsp;",
        "Sent from my iPhone\n",
        "Von: x\n",
        "İ",
        "写道：\n",
        "\x00",
        "\ud83d\udca7",
    ]
)
TYPES = st.sampled_from(
    [
        "text/plain",
        "text/html",
        "multipart/mixed; boundary=b",
        "multipart/alternative; boundary=b",
        "message/rfc822",
        "multipart/report; report-type=delivery-status; boundary=b",
        "message/delivery-status",
        "application/ms-tnef",
        "text/plain; charset=utf-16",
        "text/plain; charset=rot13",
        "text/calendar; method=REQUEST",
        "multipart/signed",
        "x",
    ]
)
MANY = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@given(st.binary(max_size=2000))
@MANY
def test_any_bytes_parse(raw: bytes) -> None:
    """Bytes that are no mail at all are read as well as can be."""
    assert isinstance(parse(raw), ParsedMail)


@given(st.lists(st.tuples(NAMES, st.binary(max_size=200)), max_size=8), st.binary(max_size=300))
@MANY
def test_any_header_parses(fields: list[tuple[str, bytes]], body: bytes) -> None:
    """Whatever stands in a known field, the mail is read."""
    raw = b"".join(name.encode() + b": " + value.replace(b"\n", b" ") + b"\n" for name, value in fields)

    assert isinstance(parse(raw + b"\n" + body), ParsedMail)


@given(st.lists(PIECES, max_size=60), st.booleans())
@MANY
def test_any_text_parses_and_fresh_words_come_from_it(pieces: list[str], html: bool) -> None:
    """No word of `fresh` is invented."""
    text = "".join(pieces)
    kind = "text/html" if html else "text/plain"
    raw = f"From: Ann <a@b.example>\nSubject: Fwd: x\nContent-Type: {kind}; charset=utf-8\n\n{text}"

    mail = parse(raw.encode("utf-8", "surrogatepass"))

    assert set(mail.body.fresh.split()) <= set(mail.body.full.split())


@given(st.lists(st.tuples(TYPES, st.binary(max_size=80)), min_size=1, max_size=12))
@MANY
def test_any_nesting_parses(parts: list[tuple[str, bytes]]) -> None:
    """Parts in any order and depth are read."""
    raw = b"".join(
        b"Content-Type: " + kind.encode() + b"\n\n--b\n" + body + b"\n--b\n" for kind, body in parts
    )

    assert isinstance(parse(b"From: a@b.example\n" + raw), ParsedMail)


@given(st.binary(max_size=400))
@MANY
def test_reading_twice_gives_the_same(raw: bytes) -> None:
    """The reader is pure."""
    assert parse(raw) == parse(raw)
