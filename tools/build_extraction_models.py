"""Build the linear models that ship with the package from its seed lines; prints the held-out figures.

.venv/bin/python tools/build_extraction_models.py
"""

import json
from dataclasses import asdict
from pathlib import Path

from mailroute.extraction.linear import to_json
from mailroute.extraction.schooling import learn_types, seeds

HOME = Path(__file__).parents[1] / "src/mailroute/extraction"


def main() -> None:
    """Write `models/type.json`, and beside it how it does on lines held out: `mailroute train` compares with that."""
    lines = seeds()
    result = learn_types(lines)
    path = HOME / "models/type.json"
    path.write_text(to_json(result.model) + "\n", encoding="utf-8")
    seen = result.report
    told = json.dumps(asdict(seen), ensure_ascii=False)
    path.with_name("type.report.json").write_text(told + "\n", encoding="utf-8")
    print(f"type: {len(lines)} lines, {seen.mails} mails, {path.stat().st_size // 1024} KiB")
    print(f"held-out lines: accuracy {seen.accuracy:.3f}, first three {seen.top_three:.3f}, ", end="")
    print(f"macro-F1 {seen.macro_f1:.3f}, calibration error {seen.calibration:.3f}")
    for true, said, times in seen.confusion[:8]:
        print(f"  {true} taken for {said}: {times}")


if __name__ == "__main__":
    main()
