"""The debate as CSV tables (RFC 4180) that a spreadsheet opens without running anything."""

from __future__ import annotations

import pandas as pd

from ..analysis.contradictions import contradictions
from ..frames import claims_frame, contradictions_frame, relations_frame, sources_frame
from ..model import Debate

__all__ = ["csv_tables", "frame_csv", "unformula"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def unformula(value: object) -> object:
    """The value, with an apostrophe before text that a spreadsheet would run as a formula.

    >>> unformula("=1+1"), unformula("plain"), unformula(-3)
    ("'=1+1", 'plain', -3)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def frame_csv(frame: pd.DataFrame) -> str:
    """A frame as CSV text, safe to open in a spreadsheet, its header included."""
    return frame.map(unformula).rename(columns=unformula).to_csv(index=False, lineterminator="\n")


def csv_tables(debate: Debate, _: str = "") -> dict[str, str]:
    """The CSV text of each table, by file name."""
    return {
        "claims.csv": frame_csv(claims_frame(debate)),
        "relations.csv": frame_csv(relations_frame(debate)),
        "sources.csv": frame_csv(sources_frame(debate)),
        "contradictions.csv": frame_csv(contradictions_frame(debate, contradictions(debate))),
    }
