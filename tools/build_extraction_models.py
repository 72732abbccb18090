"""Build the linear models that ship with the package from its seed lines; prints the held-out figures.

.venv/bin/python tools/build_extraction_models.py
"""

from pathlib import Path

from mailroute.extraction.asks import ask_score
from mailroute.extraction.asks import THRESHOLD
from mailroute.extraction.kind import features
from mailroute.extraction.linear import to_json
from mailroute.extraction.sentences import split_sentences
from mailroute.extraction.training import expand, read_lists, read_seeds, train

HOME = Path(__file__).parents[1] / "src/mailroute/extraction"


def main() -> None:
    """Write `models/type.json`."""
    lists = read_lists((HOME / "seeds/lists.txt").read_text(encoding="utf-8"))
    seeds = [
        seed
        for language in ("en", "de", "fr")
        for seed in read_seeds((HOME / f"seeds/type.{language}.txt").read_text(encoding="utf-8"), language)
    ]
    examples = list(expand(seeds, lists, variants=6))
    asks = [sum(ask_score(s) >= THRESHOLD for s in split_sentences(e.text)) for e in examples]
    rows = [features(e.subject, e.text, n) for e, n in zip(examples, asks, strict=True)]
    result = train(rows, [e.label for e in examples], [e.line for e in examples])
    path = HOME / "models/type.json"
    path.write_text(to_json(result.model) + "\n", encoding="utf-8")
    print(f"type: {len(seeds)} lines, {len(examples)} mails, {path.stat().st_size // 1024} KiB")
    print(f"held-out lines: accuracy {result.accuracy:.3f}, first three {result.top_three:.3f}, ", end="")
    print(f"macro-F1 {result.macro_f1:.3f}, temperature {result.model.temperature:.2f}")


if __name__ == "__main__":
    main()
