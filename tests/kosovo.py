"""The debate that we ship, and the source texts where they are at hand."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from graph.formats.argdown import read_argdown
from graph.model import Debate
from tests.programs import ROOT

FOLDER = ROOT / "data" / "kosovo"


@cache
def kosovo() -> Debate:
    """The five pieces."""
    return read_argdown(FOLDER / "debate.argdown")


def texts() -> Path | None:
    """The folder with the five texts, which are not ours to ship."""
    named = os.environ.get("SICETNON_TEXTS", "")
    return Path(named) if named else None
