"""Logistic regressions by the names of their features, as they lie beside the models."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

__all__ = ["Regression", "learned", "odds"]

#: The weight of each feature; ``""`` is the constant.
Regression = Mapping[str, float]


def odds(weights: Regression, features: Mapping[str, float]) -> float:
    """How likely something with these features is so, from 0 to 1.

    >>> odds({"": 1.0, "next": -1.0}, {"next": 1.0})
    0.5
    """
    score = weights.get("", 0.0)
    score += sum(weights.get(name, 0.0) * float(value) for name, value in features.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def learned(file: str) -> dict[str, Any]:
    """The regressions in a file beside the models, by name, and the scores they had."""
    text = (files(__package__) / "models" / file).read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found
