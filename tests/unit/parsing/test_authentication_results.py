"""Authentication-Results (RFC 8601)."""

import pytest

from mailroute.domain.policy import Trust
from mailroute.domain.received import Verdict
from mailroute.parsing import parse
from mailroute.parsing.authentication import Result, parse_results

TRUST = Trust(authserv_ids=("mx.ourfirm.example",))


def verdict(results: str, trust: Trust = TRUST, sender: str = "sam@ourfirm.example") -> Verdict:
    """What a mail with that field comes to."""
    raw = f"Authentication-Results: {results}\nFrom: Sam <{sender}>\n\nx\n"
    return parse(raw.encode(), trust=trust).authentication.verdict


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ("mx.ourfirm.example; dmarc=pass header.from=ourfirm.example", Verdict.PASS),
        ("MX.OURFIRM.EXAMPLE; DMARC=PASS header.from=OURFIRM.example", Verdict.PASS),
        ("mx.ourfirm.example 1; dmarc=pass", Verdict.PASS),
        (
            "mx.ourfirm.example; dmarc=fail header.from=ourfirm.example; dkim=pass header.d=ourfirm.example",
            Verdict.FAIL,
        ),
        ("mx.ourfirm.example; dmarc=permerror header.from=ourfirm.example", Verdict.FAIL),
        (
            "mx.ourfirm.example; dmarc=none header.from=ourfirm.example; dkim=pass header.d=ourfirm.example",
            Verdict.PASS,
        ),
        ("mx.ourfirm.example; dkim=pass header.i=@ourfirm.example", Verdict.PASS),
        ("mx.ourfirm.example; dkim=pass header.d=example", Verdict.NONE),
        ("mx.ourfirm.example; dkim=pass header.d=notourfirm.example", Verdict.NONE),
        ("mx.ourfirm.example; dkim=fail header.d=ourfirm.example", Verdict.NONE),
        ("mx.ourfirm.example; spf=pass smtp.mailfrom=ourfirm.example", Verdict.NONE),
        ("mx.ourfirm.example; none", Verdict.NONE),
        ("mx.other.example; dmarc=pass header.from=ourfirm.example", Verdict.NONE),
        ("mx.ourfirm.example.evil.example; dmarc=pass header.from=ourfirm.example", Verdict.NONE),
        ("mx.other.example (mx.ourfirm.example;) ; dmarc=pass header.from=ourfirm.example", Verdict.NONE),
    ],
)
def test_truth_table(results: str, expected: Verdict) -> None:
    """DMARC decides, then an aligned DKIM signature; nothing else proves a domain."""
    assert verdict(results) == expected


def test_nobody_is_trusted_unless_named() -> None:
    """Without a configured authserv-id no field counts."""
    assert verdict("mx.ourfirm.example; dmarc=pass header.from=ourfirm.example", Trust()) == Verdict.NONE


def test_the_topmost_field_counts() -> None:
    """What stands below the border's own field came with the mail."""
    second = "\nAuthentication-Results: mx.ourfirm.example; dmarc=pass header.from=ourfirm.example"

    assert verdict("mx.ourfirm.example; dmarc=fail header.from=ourfirm.example" + second) == Verdict.FAIL


@pytest.mark.parametrize(
    "value", ["", ";", "a b c; dmarc=pass", "mx; dmarc", "mx; dmarc=", 'mx; a="b', "mx; a=b (c", "x" * 20_000]
)
def test_what_breaks_the_grammar_says_nothing(value: str) -> None:
    """A field that cannot be read whole is not read at all."""
    assert parse_results(value) is None


def test_grammar() -> None:
    """Versions, comments, quoted strings and properties are read as RFC 8601 writes them."""
    value = '(c) mx.x.example 1 ; dkim/1 (a(b)) = pass reason="good; very" header.d = x.example ; spf=none'

    expected = (
        "mx.x.example",
        (Result("dkim", "pass", {"reason": "good; very", "header.d": "x.example"}), Result("spf", "none")),
    )
    assert parse_results(value) == expected
