"""Build the linear models that ship with the package from its seed lines; prints the held-out figures.

.venv/bin/python tools/build_extraction_models.py
"""

from pathlib import Path

from mailroute.extraction.asks import THRESHOLD, ask_score
from mailroute.extraction.kind import features
from mailroute.extraction.linear import to_json
from mailroute.extraction.sentences import split_sentences
from mailroute.extraction.training import expand, read_lists, read_seeds, train

HOME = Path(__file__).parents[1] / "src/mailroute/extraction"


def asks_of(text: str) -> list[str]:
    """The asks that the rules find in a seed mail."""
    return [s.text for s in split_sentences(text) if ask_score(s) >= THRESHOLD]


def main() -> None:
    """Write `models/type.json`."""
    lists = read_lists((HOME / "seeds/lists.txt").read_text(encoding="utf-8"))
    seeds = [
        seed
        for language in ("en", "de", "fr")
        for name in ("type", "mails")
        for seed in read_seeds((HOME / f"seeds/{name}.{language}.txt").read_text(encoding="utf-8"), language)
    ]
    examples = list(expand(seeds, lists, variants=4))
    rows = [features(e.subject, e.text, asks_of(e.text)) for e in examples]
    result = train(rows, [e.label for e in examples], [e.line for e in examples])
    path = HOME / "models/type.json"
    path.write_text(to_json(result.model) + "\n", encoding="utf-8")
    print(f"type: {len(seeds)} lines, {len(examples)} mails, {path.stat().st_size // 1024} KiB")
    seen = result.report
    print(f"held-out lines: accuracy {seen.accuracy:.3f}, first three {seen.top_three:.3f}, ", end="")
    print(f"macro-F1 {seen.macro_f1:.3f}, calibration error {seen.calibration:.3f}")
    for true, said, times in seen.confusion[:8]:
        print(f"  {true} taken for {said}: {times}")


if __name__ == "__main__":
    main()
