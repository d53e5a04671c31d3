"""A frame as text for people and programs: JSON, CSV or a Markdown table."""

from __future__ import annotations

import json

import pandas as pd

from .formats.tables import frame_csv

__all__ = ["shown"]


def shown(frame: pd.DataFrame, shape: str) -> str:
    r"""The frame as ``json`` (a list of objects), ``csv`` or ``markdown``, newline included.

    Raises:
        ValueError: for any other shape.

    >>> frame = pd.DataFrame({"claim": ["a|b"], "weight": [3]})
    >>> print(shown(frame, "markdown"), end="")
    | claim | weight |
    | --- | --- |
    | a\|b | 3 |
    >>> print(shown(frame, "json"), end="")
    [
     {
      "claim": "a|b",
      "weight": 3
     }
    ]

    """
    if shape == "csv":
        return frame_csv(frame)
    if shape == "json":
        rows = json.loads(frame.to_json(orient="records"))
        return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
    if shape == "markdown":
        rows = [list(frame.columns), ["---"] * len(frame.columns), *frame.to_numpy().tolist()]
        return "".join(f"| {' | '.join(map(_cell, row))} |\n" for row in rows)
    raise ValueError(f"unexpected shape {shape!r}")


def _cell(value: object) -> str:
    """A value as a Markdown cell that holds markup as text."""
    if value is None or value != value:
        return ""
    text = " ".join(str(value).split())
    for char in ("\\", "|", "<", "`", "*", "_", "["):
        text = text.replace(char, f"\\{char}")
    return text
