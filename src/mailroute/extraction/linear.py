"""A linear classifier over named features: small, readable, without a library at run time.

The weights are whole hundredths in a JSON file, so that a model can be read, compared and shipped.
"""

import json
import math
import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

HUNDREDTHS = 100


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Weights of each feature for each class. `temperature` makes the probabilities honest: above 1 less sure."""

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]
    temperature: float = 1.0

    def probabilities(self, features: Mapping[str, float]) -> list[tuple[str, float]]:
        """The classes with their probabilities, most likely first."""
        known = [name for name in features if name in self.weights]
        values = [features[name] for name in known]
        columns = zip(*(self.weights[name] for name in known), strict=True)
        scores = list(self.bias)
        for i, column in enumerate(columns):
            scores[i] = sum(map(operator.mul, column, values), scores[i])
        top = max(scores)
        raised = [math.exp((s - top) / self.temperature) for s in scores]
        total = sum(raised)
        return sorted(
            zip(self.classes, (r / total for r in raised), strict=True), key=lambda p: (-p[1], p[0])
        )


def to_json(model: LinearModel) -> str:
    """The model as text; features whose weights are all nought are left out."""
    weights = {name: [round(w * HUNDREDTHS) for w in row] for name, row in sorted(model.weights.items())}
    return json.dumps(
        {
            "classes": model.classes,
            "temperature": round(model.temperature, 3),
            "bias": [round(b * HUNDREDTHS) for b in model.bias],
            "weights": {name: row for name, row in weights.items() if any(row)},
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def from_json(text: str) -> LinearModel:
    """The model that `to_json` wrote."""
    read = json.loads(text)
    return LinearModel(
        tuple(read["classes"]),
        _scaled(read["bias"]),
        {name: _scaled(row) for name, row in read["weights"].items()},
        read["temperature"],
    )


def shipped(name: str) -> LinearModel:
    """A model that came with the package."""
    return from_json(_file(f"{name}.json"))


def shipped_report(name: str) -> Mapping[str, Any]:
    """How such a model did on lines held out when it was made (`training.Report`)."""
    told: Mapping[str, Any] = json.loads(_file(f"{name}.report.json"))
    return told


def _file(name: str) -> str:
    return files("mailroute.extraction").joinpath("models", name).read_text(encoding="utf-8")


def _scaled(row: Sequence[int]) -> tuple[float, ...]:
    return tuple(w / HUNDREDTHS for w in row)
