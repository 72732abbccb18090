"""Build the linear models that ship with the package from its seed lines; prints the held-out figures.

.venv/bin/python tools/build_extraction_models.py [type] [remarks]

The same lines give the same bytes: BLAS adds up in another order when it has another number of threads, so it gets one.
Build types first: the remarks are learned beside the guesses of the types.
"""

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

from mailroute.extraction.linear import to_json
from mailroute.extraction.remark_lessons import remark_lessons
from mailroute.extraction.schooling import learn_types, seeds
from mailroute.extraction.training import Trained, train

ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""Read by numpy when it is loaded, so they must stand in the environment before."""
HOME = Path(__file__).parents[1] / "src/mailroute/extraction"


def main() -> None:
    """Write `models/type.json` with its report and `models/remarks.json`, or those that were named."""
    if not ONE_THREAD.items() <= os.environ.items():
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | ONE_THREAD)
    wanted = sys.argv[1:] or ["type", "remarks"]
    if "type" in wanted:
        lines = seeds()
        trained = learn_types(lines)
        show("type", len(lines), trained)
        report = json.dumps(asdict(trained.report)) + "\n"
        (HOME / "models/type.report.json").write_text(report, encoding="utf-8")
    if "remarks" in wanted:
        lessons = remark_lessons()
        rows = [dict(lesson.features) for lesson in lessons]
        lines_of = [lesson.line for lesson in lessons]
        show("remarks", len(set(lines_of)), train(rows, [lesson.theme for lesson in lessons], lines_of))


def show(name: str, lines: int, result: Trained) -> None:
    """Write the model and tell how it did."""
    path = HOME / f"models/{name}.json"
    path.write_text(to_json(result.model) + "\n", encoding="utf-8")
    seen = result.report
    print(f"{name}: {lines} lines, {seen.mails} examples, {path.stat().st_size // 1024} KiB")
    print(f"held-out lines: accuracy {seen.accuracy:.3f}, first three {seen.top_three:.3f}, ", end="")
    print(f"macro-F1 {seen.macro_f1:.3f}, calibration error {seen.calibration:.3f}")
    for true, said, times in seen.confusion[:8]:
        print(f"  {true} taken for {said}: {times}")


if __name__ == "__main__":
    main()
