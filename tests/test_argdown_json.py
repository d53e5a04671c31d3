"""The JSON of the Argdown tools: read as the Argdown that it was made of, and written whole."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph.errors import FormatError
from graph.formats.argdown import parse_argdown, read_argdown, read_argdown_file, write_argdown
from graph.formats.argdown_json import parse_argdown_json
from graph.formats.argdown_json_write import write_argdown_json
from graph.formats.table import by_content
from graph.model import Debate
from tests.cases import cases
from tests.programs import ARGDOWN, ROOT, run

CORPORA = Path(__file__).parents[2] / "shared" / "corpora" / "formats"
FILES = sorted((CORPORA / "argdown").glob("*.argdown"))


def said(debate: Debate) -> Debate:
    """A debate without what only front matter says: names and titles."""
    return replace(
        debate,
        id="x",
        title="x",
        base="",
        agents=tuple(replace(agent, name=agent.id) for agent in debate.agents),
        sources=tuple(replace(source, title="x", date=None) for source in debate.sources),
    )


def exported(texts: dict[str, str], folder: Path) -> dict[str, bytes]:
    """What ``@argdown/cli`` makes of several texts, in one run."""
    for name, text in texts.items():
        (folder / f"{name}.argdown").write_text(text, encoding="utf-8")
    run(ARGDOWN, "json", "*.argdown", "out", cwd=folder)
    return {name: (folder / "out" / f"{name}.json").read_bytes() for name in texts}


@pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are no part of this project")
def test_real_files_mean_the_same_in_both_formats() -> None:
    assert FILES
    for path in FILES:
        official = parse_argdown_json(path.with_suffix(".json").read_bytes(), f"{path.stem}.json")
        assert said(read_argdown_file(path).debate) == said(official.debate), path.name


@pytest.mark.program
def test_all_of_the_syntax_means_the_same_in_both_formats(tmp_path: Path) -> None:
    found = {f"case{n}": case for n, case in enumerate(cases("argdown_complete.txt"))}
    made = exported({name: case.given for name, case in found.items()}, tmp_path)
    for name, case in found.items():
        ours = parse_argdown(case.given, f"{name}.argdown")
        theirs = parse_argdown_json(made[name], f"{name}.json").debate
        assert said(ours) == said(theirs), case.title


@pytest.mark.program
def test_what_the_tools_export_of_a_debate_of_ours_is_the_debate(tmp_path: Path) -> None:
    debate = read_argdown(ROOT / "data" / "kosovo" / "debate.argdown")
    made = exported({"kosovo": write_argdown(debate)}, tmp_path)["kosovo"]
    theirs = parse_argdown_json(made, "kosovo.json").debate
    # who wrote what is in the front matter alone, which the tools leave out
    said_by = {c.id: (c.text, c.source, c.anchor, c.tags) for c in debate.claims}
    assert said_by == {c.id: (c.text, c.source, c.anchor, c.tags) for c in theirs.claims}
    for kind in ("support", "attack", "rephrase", "issue"):
        ours = {part.id: part for part in debate.parts[kind]}
        found = {part.id: part for part in theirs.parts[kind]}
        assert ours.keys() == found.keys()
    assert {s.id: (s.premises, s.scheme, s.origin.version) for s in debate.supports} == {
        s.id: (s.premises, s.scheme, s.origin.version) for s in theirs.supports
    }


def test_what_is_written_has_the_shape_of_the_tools() -> None:
    debate = parse_argdown("[a]: A. #t\n  + [b]: B.\n\n<x>\n\n(1) [a]\n-- r --\n(2) [c]: C.")
    text = write_argdown_json(debate)
    made = json.loads(text)
    assert by_content(text.encode(), "x.json").name == "argdown-json"
    assert made["statements"]["a"]["members"][0]["text"] == "A."
    assert made["statements"]["a"]["tags"] == ["t"]
    (relation,) = made["relations"]
    assert (relation["relationType"], relation["from"], relation["to"]) == ("support", "b", "a")
    premise, conclusion = made["arguments"]["x"]["pcs"]
    assert (premise["role"], conclusion["role"]) == ("premise", "main-conclusion")
    assert conclusion["inference"]["inferenceRules"] == ["r"]


def _bad(**keys: Any) -> bytes:
    return json.dumps({"arguments": {}, "statements": {}, **keys}).encode()


_ONE = {"a": {"members": [{"title": "a", "text": "A."}]}}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"{}", "x.json: Object missing required field `arguments`"),
        (b"[" * 100_000, "x.json: "),
        (b'{"x":' * 100_000, "x.json: "),
        (b"\xff", "x.json:1:1: "),
        (b'{"arguments": ', "x.json: no JSON (Input data was truncated)"),
        (
            _bad(statements={"a": {"members": [{"title": 1}]}}),
            "x.json: Expected `str`, got `int` - at `$.statements[...].members[0].title`",
        ),
        (
            _bad(statements=_ONE, relations=[{"relationType": "support", "from": "a", "to": "b"}]),
            "x.json: relations[0]: no statement is called 'b'",
        ),
        (
            _bad(statements=_ONE, relations=[{"relationType": "likes", "from": "a", "to": "a"}]),
            "x.json: relations[0]: relationType 'likes' is not one of: support",
        ),
        (
            _bad(arguments={"b": {"pcs": [{"title": "a"}]}}),
            "x.json: pcs[0] of argument 'b': no statement is called 'a'",
        ),
        (
            _bad(statements=_ONE, arguments={"b": {"pcs": [{"title": "a"}]}}),
            "x.json: the pcs of argument 'b' does not end in a conclusion with an inference",
        ),
    ],
)
def test_a_wrong_shape_is_named(data: bytes, message: str) -> None:
    with pytest.raises(FormatError) as caught:
        parse_argdown_json(data, "x.json")
    assert str(caught.value).startswith(message)


def test_a_slip_in_data_names_the_place() -> None:
    member = {"title": "a", "text": "A.", "data": {"holdr": "x"}, "startLine": 3, "startColumn": 1}
    data = _bad(statements={"a": {"members": [member]}})
    with pytest.raises(Exception, match=r"x\.json:3:1: unknown key 'holdr'"):
        parse_argdown_json(data, "x.json")


def test_a_large_file_is_read_in_time() -> None:
    classes = {f"s{n}": {"members": [{"title": f"s{n}", "text": "Text."}]} for n in range(20_000)}
    relations = [
        {"relationType": "support", "from": f"s{n + 1}", "to": f"s{n}"} for n in range(19_999)
    ]
    data = _bad(statements=classes, relations=relations)
    assert len(parse_argdown_json(data, "x.json").debate.supports) == 19_999
