"""Trace fields: ours on top, forged ones out, hops counted."""

from datetime import UTC, datetime

import pytest

from mailroute.intake import trace

HOP = trace.Hop(
    greeting="peer.example",
    peer="192.0.2.7",
    hostname="mx.house.example",
    protocol="ESMTP",
    id="abc",
    received_at=datetime(2026, 3, 3, 9, 0, tzinfo=UTC),
    mail_from="ann@client.example",
)


def kept(text: bytes) -> bytes:
    """The message below our own lines."""
    return trace.with_trace(text, trace.read_older_trace(text), HOP).removeprefix(trace.trace_lines(HOP))


def test_our_lines() -> None:
    """Return-Path first, then Received with peer, greeting, protocol and id (RFC 5321 §4.4)."""
    assert trace.trace_lines(HOP) == (
        b"Return-Path: <ann@client.example>\r\n"
        b"Received: from peer.example ([192.0.2.7])\r\n"
        b"\tby mx.house.example with ESMTP id abc;\r\n"
        b"\tTue, 03 Mar 2026 09:00:00 +0000\r\n"
    )


@pytest.mark.parametrize(
    ("peer", "shown"),
    [("2001:db8::1", b"([IPv6:2001:db8::1])"), ("192.0.2.7", b"([192.0.2.7])"), (None, b"(local)")],
)
def test_peers(peer: str | None, shown: bytes) -> None:
    """Address literals as RFC 5321 §4.1.3 writes them."""
    from dataclasses import replace

    assert shown in trace.trace_lines(replace(HOP, peer=peer))


def test_a_greeting_cannot_break_the_line() -> None:
    """What a peer calls itself is cleaned of all that has a meaning in a header."""
    from dataclasses import replace

    lines = trace.trace_lines(replace(HOP, greeting="evil(comment);<x>\r\n\tb"))

    assert b"from evil?comment???x????b ([192.0.2.7])" in lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"Return-Path: <x>\r\nSubject: a\r\n\r\n", b"Subject: a\r\n\r\n"),
        (
            b"Subject: a\r\nRETURN-PATH\t: <x>\r\n more\r\n\tand more\r\nTo: b\r\n\r\n",
            b"Subject: a\r\nTo: b\r\n\r\n",
        ),
        (b"Return-Path: <x>\r\nReturn-Path: <y>\r\n\r\nbody", b"\r\nbody"),
        (b"Return-Path: <only>\r\n", b""),
        (b"\r\nReturn-Path: in the body\r\n", b"\r\nReturn-Path: in the body\r\n"),
        (
            b"Subject: a\r\n Return-Path: folded into it\r\n\r\n",
            b"Subject: a\r\n Return-Path: folded into it\r\n\r\n",
        ),
        (b"X-Return-Path: other\r\n\r\n", b"X-Return-Path: other\r\n\r\n"),
        (b"", b""),
    ],
)
def test_forged_return_paths_are_dropped(text: bytes, expected: bytes) -> None:
    """Every Return-Path field of the header goes with its folded lines; no other byte does."""
    assert kept(text) == expected


def test_hops_are_counted_in_the_header_only() -> None:
    """Received lines below the header, or folded into another field, are no hops."""
    text = b"Received: a\r\n b\r\nreceived : c\r\nX: y\r\n Received: no\r\n\r\nReceived: no\r\n"

    assert trace.read_older_trace(text).hops == 2


def test_a_huge_header_takes_no_time() -> None:
    """Thirty megabytes without a blank line are looked at up to a limit."""
    text = b"Received: x\r\n" * 2_000_000
    older = trace.read_older_trace(text)

    assert older.hops == pytest.approx(trace.HEADER_SCAN_BYTES / 13, abs=1)


@pytest.mark.parametrize(
    ("lmtp", "extended", "tls", "utf8", "word"),
    [
        (False, False, False, False, "SMTP"),
        (False, True, False, False, "ESMTP"),
        (False, True, True, False, "ESMTPS"),
        (False, True, False, True, "UTF8SMTP"),
        (False, True, True, True, "UTF8SMTPS"),
        (True, True, False, False, "LMTP"),
        (True, True, True, True, "UTF8LMTPS"),
    ],
)
def test_words_for_with(lmtp: bool, extended: bool, tls: bool, utf8: bool, word: str) -> None:
    """The registered names of transmission types."""
    assert trace.with_word(lmtp=lmtp, extended=extended, tls=tls, utf8=utf8) == word
