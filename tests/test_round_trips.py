"""What is written is read back: equal where the format can hold it, else less what is reported."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.formats.format import Format
from graph.formats.losses import Fitted
from graph.formats.table import FORMATS
from graph.model import Debate
from tests.strategies import debates

BOTH = [entry for entry in FORMATS if entry.reads and entry.writes]
IDS = [entry.name for entry in BOTH]


def through(entry: Format, debate: Debate) -> tuple[Fitted, Debate]:
    """What a format holds of a debate, and what is read back, whole, from the files written."""
    written = entry.write_all(debate, "the debate")
    with tempfile.TemporaryDirectory() as folder:
        for name, text in written.files.items():
            (Path(folder) / name).write_text(text, encoding="utf-8", newline="")
        path = Path(folder) if entry.folder else Path(folder) / next(iter(written.files))
        reading = entry.read(path)
    assert reading.losses == ()
    return written.fitted, reading.debate


@pytest.mark.parametrize("entry", BOTH, ids=IDS)
@settings(deadline=None, max_examples=50)
@given(debate=debates())
def test_a_debate_is_read_back_but_for_the_reported_loss(entry: Format, debate: Debate) -> None:
    fitted, back = through(entry, debate)
    assert back == fitted.debate
    if entry.name != "brat":  # which anchors claims in a text of its own
        assert bool(fitted.losses) == (fitted.debate != debate)


@pytest.mark.parametrize("entry", BOTH, ids=IDS)
@settings(deadline=None, max_examples=20)
@given(debate=debates())
def test_what_a_format_holds_it_holds_again(entry: Format, debate: Debate) -> None:
    once = entry.fit(debate, "the debate")
    again = entry.fit(once.debate, "the debate")
    assert again.debate == once.debate
    assert again.losses == ()


@settings(deadline=None, max_examples=60)
@given(debate=debates(), data=st.data())
def test_there_and_back_through_any_two_formats(debate: Debate, data: st.DataObject) -> None:
    first, second = (data.draw(st.sampled_from(BOTH)) for _ in range(2))
    _, there = through(first, debate)
    held, between = through(second, there)
    _, back = through(first, between)
    assert back == first.fit(held.debate, "the debate").debate
