"""Subject prefixes."""

import pytest

from mailroute.parsing.subjects import Prefix, bare, read_prefix


@pytest.mark.parametrize(
    "prefix",
    [
        "Fwd",
        "FW",
        "WG",
        "TR",
        "RV",
        "ENC",
        "I",
        "PD",
        "İLT",
        "ΠΡΘ",
        "转发",
        "轉寄",
        "VL",
        "VB",
        "Továbbítás",
        "Fw[2]",
    ],
)
def test_forward_prefixes(prefix: str) -> None:
    """A forward is known by its prefix in many languages."""
    assert read_prefix(f"{prefix}: Pump 4") == (Prefix.FORWARD, "Pump 4")


@pytest.mark.parametrize(
    "prefix",
    [
        "Re",
        "RE",
        "AW",
        "Antw",
        "SV",
        "Odp",
        "Res",
        "Rif",
        "R",
        "Ynt",
        "ΑΠ",
        "回复",
        "答复",
        "Vá",
        "Re[2]",
        "Bls",
    ],
)
def test_reply_prefixes(prefix: str) -> None:
    """A reply is known by its prefix in many languages."""
    assert read_prefix(f"{prefix}: Pump 4") == (Prefix.REPLY, "Pump 4")


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("VS: Pumppu", (Prefix.DOUBLE, "Pumppu")),
        ("Question: pump", (Prefix.NONE, "Question: pump")),
        ("Pump 4 (fwd)", (Prefix.FORWARD, "Pump 4")),
        ("[EXT] Fwd: Pump", (Prefix.FORWARD, "Pump")),
        ("", (Prefix.NONE, "")),
    ],
)
def test_other_subjects(subject: str, expected: tuple[Prefix, str]) -> None:
    """A word with a colon is a prefix only when programs write it."""
    assert read_prefix(subject) == expected


def test_bare_subject() -> None:
    """All prefixes go, in any language."""
    assert bare("Fwd: AW: RE: Pump 4") == "Pump 4"
