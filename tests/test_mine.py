"""From raw texts to a debate, with the shipped models, as people use it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli import app
from graph.formats.table import read_debate
from graph.model import Debate, OriginKind, Status

BRIDGE = Path(__file__).parent.parent / "data" / "bridge"
TEXTS = BRIDGE / "texts"


def run(*args: object) -> Result:
    return CliRunner().invoke(app, [str(arg) for arg in args])


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("draft")
    result = run("mine", TEXTS, "--out", folder, "--title", "Cars on the Long Bridge")
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture(scope="module")
def debate(draft: Path) -> Debate:
    return read_debate(draft)


def test_everything_mined_is_marked(debate: Debate) -> None:
    assert len(debate.claims) > 20
    origins = [claim.origin for claim in debate.claims]
    origins += [support.origin for support in debate.supports]
    origins += [attack.origin for attack in debate.attacks]
    for origin in origins:
        assert origin.kind is OriginKind.MINER
        assert origin.version
        assert origin.confidence is not None


def test_authors_titles_and_dates_are_read(debate: Debate) -> None:
    found = {s.id: (debate.agent(s.author).name, s.title, s.date) for s in debate.sources}
    assert found == {
        "falk": ("Ines Falk", "Count first, then close", "2026-03-13"),
        "oyelaran": ("Marta Oyelaran", "Give the Long Bridge back to people", "2026-03-04"),
        "renck": ("Tobias Renck", "The closure is strangling the old town", "2026-03-09"),
    }


def test_anchors_lead_to_the_words(debate: Debate, draft: Path) -> None:
    result = run("check", draft, "--texts", TEXTS)
    assert result.exit_code == 0, result.output
    assert f"{len(debate.claims)}   resolved in 3 texts" in result.stdout


def test_speakers_hold_what_they_say(debate: Debate) -> None:
    held = {debate.agent(c.holder).name for c in debate.claims if c.status is Status.REPORTED}
    assert {"Viktor Brandt", "Helen Aske"} <= held


def test_the_main_opponents_are_found(draft: Path) -> None:
    result = run("contradictions", draft, "--format", "json")
    rows = json.loads(result.stdout)[:10]
    pairs = [{row["first"]["holder"], row["second"]["holder"]} for row in rows]
    assert {"marta-oyelaran", "tobias-renck"} in pairs


def test_raw_texts_build_a_page(tmp_path: Path) -> None:
    result = run("build", TEXTS, "--out", tmp_path / "site")
    assert result.exit_code == 0, result.output
    assert "All of it was mined; finish the draft" in result.stdout
    assert (tmp_path / "site" / "site.html").is_file()
    assert (tmp_path / "site" / "draft" / "debate.argdown").is_file()


def test_one_bad_text_does_not_stop_the_rest(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    shutil.copytree(TEXTS, texts)
    (texts / "empty.txt").write_bytes(b"")
    result = run("mine", texts, "--out", tmp_path / "draft")
    assert result.exit_code == 0, result.output
    assert "left out:" in result.stderr
    assert "empty.txt" in result.stderr
    assert len(read_debate(tmp_path / "draft").sources) == 3


def test_no_text_that_can_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    result = run("mine", tmp_path / "empty.txt", "--out", tmp_path / "draft")
    assert result.exit_code == 1
    assert result.stderr.startswith("error: ")
    assert len(result.stderr.splitlines()) == 1
    assert not (tmp_path / "draft" / "debate.argdown").exists()


def test_evaluate_mines_what_is_raw() -> None:
    result = run("evaluate", BRIDGE, TEXTS, "--format", "json")
    scores = {row["measure"]: row for row in json.loads(result.stdout)}
    assert scores["claims, overlapping spans"]["f1"] > 0.5
    assert scores["holders of matched claims"]["precision"] > 0.7
