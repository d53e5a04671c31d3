"""Argdown that other people write: all of its syntax, and what a debate does not hold of it."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from graph.errors import ArgdownError
from graph.formats.argdown import (
    parse_argdown,
    parse_argdown_bytes,
    read_argdown_file,
    write_argdown,
)
from graph.formats.losses import Reading
from tests.cases import Case, cases
from tests.test_argdown import outline

CORPORA = Path(__file__).parents[2] / "shared" / "corpora" / "formats"
FILES = sorted((CORPORA / "argdown").glob("*.argdown"))


def told(reading: Reading) -> str:
    """What is read, and what is lost."""
    return "\n".join([outline(reading.debate), *(f"lost {loss}" for loss in reading.losses)])


@pytest.mark.parametrize("case", cases("argdown_complete.txt"), ids=str)
def test_what_is_read_and_what_is_lost(case: Case) -> None:
    reading = parse_argdown_bytes(case.given.encode(), "x.argdown")
    assert told(reading) == case.expected
    assert parse_argdown(write_argdown(reading.debate), "x.argdown") == reading.debate


def wordings(found: dict[str, Any]) -> int:
    """How many claims the statements of an official export make: one for each wording."""
    count = 0
    for statement in found["statements"].values():
        texts = {m["text"] for m in statement["members"] if not m.get("isReference")}
        count += len(texts) or 1
    return count


@pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are no part of this project")
def test_real_files_hold_what_the_tools_count() -> None:
    assert FILES
    for path in FILES:
        debate = read_argdown_file(path).debate
        found = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        plain = [a for a in found["arguments"].values() if not a["pcs"]]
        assert len(debate.claims) == wordings(found) + len(plain), path.name
        kinds = [relation["relationType"] for relation in found["relations"]]
        steps = [s for a in found["arguments"].values() for s in a["pcs"] if "inference" in s]
        assert len(debate.supports) == kinds.count("support") + len(steps), path.name
        assert len(debate.attacks) == len(kinds) - kinds.count("support"), path.name


@pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are no part of this project")
def test_what_real_files_lose_is_reported() -> None:
    lost = {path.stem: {loss.what for loss in read_argdown_file(path).losses} for path in FILES}
    assert lost["state-censorship"] == {
        "front matter",
        "keys in data",
        "descriptions of arguments",
        "tags of arguments",
    }
    assert lost["argdown-primer"] >= {"headings", "keys in data"}
    assert lost["legalisation-softdrugs"] >= {"undercuts of sketched arguments"}


def test_a_file_of_ours_loses_nothing() -> None:
    debate = parse_argdown("[a]: A. #t\n  - [b]: B.\n\n[b] {rephrases: [a]}", "x.argdown")
    assert parse_argdown_bytes(write_argdown(debate).encode(), "x.argdown").losses == ()


def _lines(count: int, line: str) -> str:
    return "".join(line.replace("N", str(number)) for number in range(count))


@pytest.mark.parametrize(
    "text",
    [
        _lines(20_000, "[a]: Wording N of it all.\n\n"),
        _lines(10_000, "<aN>: An argument.\n  + <bN>: Another.\n  _ <cN>: One more.\n\n"),
        "<a>\n\n(1) P\n-- " + _lines(60_000, "rule number N,\n") + "--\n(2) C",
        "[a]: A.\n" + "".join(f"{' ' * n}- [c{n}]: C.\n" for n in range(1, 1_300)),
        _lines(15_000, "* item N of a list\n  + [N]: N. :a.b:c.\n"),
        _lines(8_000, "# Heading N #tag {a: {b: [N]}}\n\n[hN]: A [link](x.org/N) #t.\n\n"),
    ],
    ids=["wordings", "undercuts", "rules", "depth", "lists", "headings"],
)
def test_a_megabyte_is_read_in_time(text: str) -> None:
    start = time.perf_counter()
    parse_argdown(text)
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize(
    "text",
    ["[a]: " + "[" * 300_000, "[a]: " + "-" * 500_000, "(1) a\n--" + "- " * 300_000, "{" * 300_000],
    ids=["brackets", "dashes", "rule", "braces"],
)
def test_a_megabyte_of_signs_is_read_or_refused_in_time(text: str) -> None:
    start = time.perf_counter()
    with suppress(ArgdownError):
        parse_argdown(text)
    assert time.perf_counter() - start < 10
