"""Feed the reader mutated mails until the time is over: `tools/fuzz_parsing.py [--seconds 60]`; needs `atheris`.

libFuzzer starts from the fixtures and keeps what reaches new lines of `mailroute.parsing`. It ends with an error when a
mail raises anything, takes over ten seconds or 2 GB, or gives a value that contradicts itself; the mail is then kept
in the folder named by --kept.
"""

import argparse
import logging
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["mailroute.parsing"]):
    from mailroute.parsing import parse
    from mailroute.parsing.files import files_in

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "emails"
LONGEST = 20_000
"""Bytes of a mail; what takes long on so few shows sooner than on many."""


def read(raw: bytes) -> None:
    """Read one mail, and hold the result against itself."""
    mail = parse(raw, lookup=lambda _name: None)
    assert {one.sha256 for one in mail.attachments} >= set(files_in(raw, mail))
    signed = [(mail.card, mail.body.full)]
    level = mail.forwarded
    while level is not None:
        signed.append((level.card, level.body))
        level = level.inner
    assert all(card is None or 0 <= card.start < card.end <= len(text) for card, text in signed)
    assert "\x00" not in mail.subject + mail.body.full


def main() -> None:
    """Run libFuzzer over the fixtures."""
    parser = argparse.ArgumentParser(description="Feed the reader mutated mails.")
    parser.add_argument("--seconds", type=int, default=60, help="how long")
    parser.add_argument(
        "--kept", type=Path, default=Path(tempfile.gettempdir()), help="where a mail that fails is kept"
    )
    chosen = parser.parse_args()
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory(prefix="mailroute-fuzz-") as folder:
        for number, path in enumerate(sorted(FIXTURES.rglob("*.eml"))):
            (Path(folder) / str(number)).write_bytes(path.read_bytes())
        limits = (
            f"-max_total_time={chosen.seconds}",
            "-timeout=10",
            "-rss_limit_mb=2048",
            f"-max_len={LONGEST}",
        )
        quiet = ("-verbosity=1", "-print_final_stats=1", f"-artifact_prefix={chosen.kept}/fuzz-")
        atheris.Setup([sys.argv[0], *limits, *quiet, folder], read)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
