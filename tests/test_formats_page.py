"""docs/formats.md: the format that it adds works as the page shows, and it names every format."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path
from types import ModuleType

import pytest

from graph.formats import table
from graph.formats.format import Format
from graph.formats.losses import Feature
from graph.formats.table import FORMATS
from tests.programs import ROOT
from tests.test_cli import said, sicetnon

PAGE = (ROOT / "docs" / "formats.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    """The code of a language on the page."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.M | re.S)


@pytest.fixture
def points(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The format of the page in the table, and the file of the page."""
    code, line = blocks("python")
    module = ModuleType("graph.formats.points")
    module.__package__ = "graph.formats"
    exec(compile(code, "points.py", "exec"), module.__dict__)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    (added,) = eval(f"({line})", {"Format": Format, "Feature": Feature, "frozenset": frozenset})
    monkeypatch.setattr(table, "FORMATS", (*FORMATS, added))
    monkeypatch.chdir(tmp_path)
    (text,) = blocks("points")
    Path("trams.points").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_added_format_works_as_shown(points: Path) -> None:
    (console,) = blocks("console")
    for command, expected in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", console, re.M):
        name, *arguments = shlex.split(command)
        if name == "cat":
            assert (points / arguments[0]).read_text("utf-8") == expected
        else:
            assert sicetnon(*arguments).stderr == expected
    assert "points" in said("formats")


def test_the_added_format_is_read_back(points: Path) -> None:
    said("convert", "trams.points", "again.argdown")
    said("convert", "again.argdown", "back.points")
    lines = (points / "trams.points").read_text("utf-8").splitlines()
    assert sorted((points / "back.points").read_text("utf-8").splitlines()) == sorted(lines)
    (points / "bad.points").write_text("Trams\n- Bo: To whom?\n")
    assert sicetnon("convert", "bad.points", "x.ttl").stderr.startswith("error: bad.points:2: ")


@pytest.mark.parametrize("entry", FORMATS, ids=[entry.name for entry in FORMATS])
def test_the_page_names_every_format(entry: Format) -> None:
    rows = [row for row in PAGE.splitlines() if row.startswith("| ")]
    (row,) = [row for row in rows if re.search(rf"\b{entry.name}\b[^|]*\|", row.partition("|")[2])
              and entry.name in re.split(r"[ ,|]+", row.split("|")[1])]  # fmt: skip
    shown = row.split("|")[2].strip()
    assert shown == ("in, out" if entry.reads and entry.writes else "out")
