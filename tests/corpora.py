"""Where the real files of other people lie; they are not part of this project."""

from __future__ import annotations

from pathlib import Path

import pytest

#: Real files of each format, or a folder that is not there.
FORMATS = Path(__file__).parents[2] / "shared" / "corpora" / "formats"


def files(kind: str, suffix: str) -> list[Path]:
    """The real files of a kind; the test is skipped where there are none."""
    if not FORMATS.is_dir():
        pytest.skip("the real files are not part of the project; they lie beside it")
    found = sorted((FORMATS / kind).glob(f"*{suffix}"))
    assert found, f"no real file in {FORMATS / kind}"
    return found
