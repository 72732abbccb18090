"""`mailroute ticket --correct`, `eval` and `train`: what people put right is kept, measured and learned from."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

PEOPLE = """
[[staff]]
id = "ines"
name = "Ines Costa"
role = "pm"
emails = ["ines@northwind.example"]

[[organisation]]
id = "borealis"
name = "Borealis Pumps"
domains = ["borealis.example"]
pm = "ines"

[[project]]
key = "P4"
name = "Pump house"
organisation = "borealis"
pm = "ines"
"""
SETTINGS = """
[service]
routing_address = "issues@northwind.example"
internal_domains = ["northwind.example"]

[directory]
file = "people.toml"
"""
MAIL = """From: Ann Lee <ann@borealis.example>
To: issues@northwind.example
Subject: Zwickel
Message-ID: <{n}@borealis.example>
Date: Tue, 3 Mar 2026 11:00:00 +0000

Zwickel brumbled in bay {n}, kindly zwick it.

Ann Lee
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command line came to."""

    code: int
    out: str
    err: str


@pytest.fixture
def desk(tmp_path: Path) -> Callable[..., Ran]:
    """Runs command lines, each a process, in a house with two tickets about zwickels."""
    (tmp_path / "people.toml").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "mailroute.toml").write_text(SETTINGS, encoding="utf-8")
    for n in (1, 2):
        (tmp_path / f"{n}.eml").write_text(MAIL.format(n=n), encoding="utf-8")
    environment = {**os.environ, "MAILROUTE_CONFIG": str(tmp_path / "mailroute.toml")}

    def call(*words: str) -> Ran:
        command = [sys.executable, "-m", "mailroute", *words]
        ran = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False
        )
        return Ran(ran.returncode, ran.stdout, ran.stderr)

    assert call("ingest", "1.eml", "2.eml").code == 0
    return call


def measures(ran: Ran) -> dict[str, float]:
    """What `eval --json` tells."""
    return {line["measure"]: line["share"] for line in json.loads(ran.out)["measures"]}


def test_corrections_are_measured_on_the_mails_themselves(desk: Callable[..., Ran]) -> None:
    """Fields of the card, and the project, each by its own measure."""
    right = ("--correct", "type=access", "--correct", "products=zwickel", "--correct", "project=P4")
    ran = desk("ticket", "MR-1", *right, "--as", "ines")
    found = measures(desk("eval", "--json"))

    assert (0, True) == (ran.code, "/correct type=access: type is access now" in ran.out)
    assert "put right by one of us: products, type" in desk("ticket", "MR-1").out
    assert (0.0, 0.0) == (found["type"], found["project"])
    assert "products recall" in found
    assert "asks recall" not in found


@pytest.mark.timeout(900)  # it learns from all lines of the package, on machines that are busy
def test_what_was_learned_is_used_and_what_breaks_is_shown(desk: Callable[..., Ran], tmp_path: Path) -> None:
    """Trained, then told right; rolled back, the correction is broken and the run ends in 1."""
    for ref in ("MR-1", "MR-2"):
        assert desk("ticket", ref, "--correct", "type=access", "--as", "ines").code == 0
    trained = desk("train", "--json")
    told = json.loads(trained.out)["types"]

    assert (0, "type-0001", True, 2) == (trained.code, told["version"], told["kept"], told["lessons"])
    assert {"macro_f1", "calibration", "confusion"} <= set(told["report"])
    assert 1.0 == measures(desk("eval", "--json"))["type"]
    assert (
        "access"
        == json.loads(desk("explain", "1.eml", "--json", "--config", "mailroute.toml").out)["issue"]["type"][
            "value"
        ]
    )
    compared = json.loads(desk("eval", "--against", "package", "--json").out)["turned"]
    assert {("MR-1", False), ("MR-2", False)} == {
        (c["mail"], c["broken"]) for c in compared if c["measure"] == "type"
    }

    back = desk("train", "--roll-back")
    after = desk("eval")

    assert (0, True) == (back.code, "type-0001 is out of use" in back.err)
    assert (1, True) == (after.code, "BROKEN" in after.out)
    assert (2, True) == ((again := desk("train", "--roll-back")).code, "nothing to roll back" in again.err)
    assert not list((tmp_path / ".mailroute/models").glob("*.draft"))


def test_a_saved_run_can_be_compared_with(desk: Callable[..., Ran], tmp_path: Path) -> None:
    """Also after another version of mailroute has been installed: the file holds what came of each mail."""
    row = {
        "id": "m1", "from": {"name": "Ann Lee", "address": "ann@borealis.example"}, "to": "issues@northwind.example",
        "date": "2026-03-04T09:00:00+00:00", "subject": "Pump", "body": "The pump leaks. Please come by Friday.",
        "gold": {"asks": ["Please come by Friday."], "deadlines": [{"date": "2026-03-06", "words": "Friday"}]},
    }  # fmt: skip
    (tmp_path / "m.jsonl").write_text(json.dumps(row), encoding="utf-8")
    ran = desk("eval", "m.jsonl", "--save", "run.json", "--json")
    saved = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))

    assert (1.0, 1.0) == (measures(ran)["asks F1"], measures(ran)["deadlines F1"])
    assert [] == json.loads(desk("eval", "m.jsonl", "--against", "run.json", "--json").out)["turned"]

    saved["mails"]["m1"]["asks recall"] = [0, 1]
    (tmp_path / "run.json").write_text(json.dumps(saved), encoding="utf-8")
    mended = desk("eval", "m.jsonl", "--against", "run.json")
    assert (0, True) == (mended.code, "mended" in mended.out)


def test_wrong_comparisons_are_told(desk: Callable[..., Ran], tmp_path: Path) -> None:
    """With what there is."""
    (tmp_path / "x.json").write_text("[]", encoding="utf-8")
    desk("ticket", "MR-1", "--correct", "type=access", "--as", "ines")

    assert (2, True) == ((one := desk("eval", "--against", "type-7")).code, "there are: package" in one.err)
    assert (2, True) == ((two := desk("eval", "--against", "x.json")).code, "is no file that" in two.err)
