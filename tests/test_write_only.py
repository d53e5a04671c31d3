"""What is written but not read: real programs take it, and it holds what the table says."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from markdown_it import MarkdownIt
from markdown_it.token import Token
from playwright.sync_api import Browser, Page
from pygarg.dung import apx_parser, dimacs_parser, solver

from graph.analysis.standing import standing
from graph.formats.abstract import argument_name, write_af, write_apx
from graph.formats.canvas import write_canvas
from graph.formats.losses import Feature
from graph.formats.markdown import write_markdown
from graph.formats.mermaid import write_mermaid
from graph.formats.neo4j import neo4j_files
from graph.formats.table import FORMATS, find_format, read_debate
from graph.model import Agent, Claim, Debate, Issue, Source, Support
from tests.browser import chromium
from tests.kosovo import kosovo
from tests.programs import ROOT, run
from tests.strategies import NASTY_IDS, NASTY_TEXTS, debates

NASTY = (
    *NASTY_TEXTS,
    "1. one",
    "- dash",
    "+ plus",
    "# heading",
    "> quote",
    "| a | b |",
    "```",
    "~~~",
    "$$x^2$$",
    "%%{init: {}}%%",
    "%% comment %%",
    "==mark== [[link]] ![[embed]] ^block",
    "end",
    "subgraph x",
    "fa:fa-car",
    "style a:#fff;",
    "#quot; #35; &quot; &#35;",
    "\ufb02\u00b0\u00b035\u00b6\u00df",
    "`md`",
    '"]; click c0 "javascript:alert(1)"',
    "<br/>",
    "www.example.org and http://example.org/a_b",
    "---",
    "===",
    "%2D%5C%25",
    "_a_ *b* __c__ ~~d~~",
    "[x]: http://y",
    ": a definition",
    "**",
)


def nasty() -> Debate:
    """A debate of texts and names that have broken one writer or another."""
    claims = tuple(
        Claim(f"{n} {NASTY_IDS[n % len(NASTY_IDS)]}", text, "s", "a")
        for n, text in enumerate(NASTY)
    )
    return Debate(
        "nasty",
        'Nasty "title": <b> --- #1',
        agents=(Agent("a", '<i>"A"</i>'),),
        sources=(Source("s", '"]<b>`s`', "a"), Source("empty", "end", "a")),
        claims=claims,
        supports=tuple(
            Support((claim.id,), claims[0].id, f"=s {n}" if n % 2 else None, scheme=claim.text)
            for n, claim in enumerate(claims[1:])
        ),
        issues=tuple(Issue(f"i{n}", text, (claims[n].id,)) for n, text in enumerate(NASTY)),
    )


# Mermaid ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def mermaid(browser: Browser) -> Iterator[Page]:
    """A page in which mermaid is loaded."""
    script = ROOT / ".tools" / "node_modules" / "mermaid" / "dist" / "mermaid.min.js"
    assert script.is_file(), "mermaid is missing; run: make test (it installs what tests need)"
    page = browser.new_page()
    page.add_script_tag(path=script)
    page.evaluate("mermaid.initialize({startOnLoad: false, maxTextSize: 1e7, maxEdges: 1e5})")
    yield page
    page.close()


@pytest.mark.browser
def test_mermaid_parses(mermaid: Page) -> None:
    for debate in (kosovo(), nasty(), Debate("none", "None")):
        found = mermaid.evaluate("text => mermaid.parse(text)", write_mermaid(debate))
        assert found["diagramType"] == "flowchart-v2"


@pytest.mark.browser
def test_mermaid_draws_every_text_as_it_is(mermaid: Page) -> None:
    drawn = mermaid.evaluate(
        """async text => {
          document.body.innerHTML = (await mermaid.render("drawn", text)).svg;
          const found = (name) => [...document.querySelectorAll("#drawn " + name)];
          const all = (name) => found(name).map((node) => node.textContent);
          return {nodes: all(".node .nodeLabel"), edges: all(".edgeLabel .edgeLabel"),
                  title: all(".flowchartTitleText"),
                  bad: all(":is(script, b, i, strong, em, a, img)")};
        }""",
        write_mermaid(nasty()),
    )
    shown = [text.strip() for text in drawn["nodes"]]
    who = nasty().agents[0].name
    assert drawn["bad"] == []
    same = {0xFB02: "fl", 0xB6: "\u00b6\u2060"}  # which Mermaid takes for its own
    expected = {" ".join(text.split()).translate(same) for text in NASTY}
    assert {f"{who}: {text}" for text in expected} <= set(shown)
    assert expected <= set(shown)  # the issues
    assert drawn["title"] == [nasty().title.replace("<", "\u2039")]


@pytest.mark.browser
@given(debate=debates())
def test_mermaid_parses_any(debate: Debate, mermaid: Page) -> None:
    assert mermaid.evaluate("text => mermaid.parse(text)", write_mermaid(debate))


def test_mermaid_has_a_line_for_each_relation() -> None:
    text = write_mermaid(kosovo())
    assert text.count(' -.->|"rebut"| ') == sum(a.kind == "rebut" for a in kosovo().attacks)
    assert text.count("{{") == len(kosovo().issues)
    assert text.count("subgraph") == len(kosovo().sources)


# Markdown --------------------------------------------------------------------------------------


def words(tokens: list[Token]) -> Iterator[str]:
    """The texts of a Markdown file, a line for each paragraph or heading."""
    for token in tokens:
        if token.type == "inline":
            assert token.children is not None
            kinds = {child.type for child in token.children}
            assert kinds <= {"text", "em_open", "em_close", "text_special"}, (kinds, token.content)
            yield "".join(child.content for child in token.children)


@given(debates())
def test_markdown_means_no_more_than_its_texts(debate: Debate) -> None:
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(write_markdown(debate))
    kinds = {token.type.rpartition("_")[0] for token in tokens} - {""}
    assert kinds <= {"heading", "paragraph", "list_item", "bullet_list"}
    assert "fence" not in {token.type for token in tokens}
    found = list(words(tokens))
    for claim in debate.claims:
        name = debate.agent_by_id[claim.holder].name
        status = "" if claim.status == "asserted" else f" ({claim.status})"
        assert any(line.endswith(f"{claim.text} — {name}{status} [{claim.id}]") for line in found)
    assert sum(token.type == "heading_open" and token.tag == "h2" for token in tokens) == len(
        debate.sources
    ) + bool(debate.issues)


def test_markdown_of_nasty_texts() -> None:
    found = list(words(MarkdownIt("gfm-like", {"linkify": False}).parse(write_markdown(nasty()))))
    for text in NASTY:
        assert " ".join(text.split()) in [re.sub(r" \[i\d+\]$", "", line) for line in found]


# Canvas ----------------------------------------------------------------------------------------


@given(debates())
def test_canvas_is_as_its_specification_says(debate: Debate) -> None:
    canvas = json.loads(write_canvas(debate))
    assert list(canvas) == ["nodes", "edges"]
    own = {"text": "text", "group": "label"}
    for node in canvas["nodes"]:
        needed = {"id", "type", "x", "y", "width", "height", own[node["type"]]}
        assert needed <= set(node) <= needed | {"color"}
        assert all(type(node[name]) is int for name in ("x", "y", "width", "height"))
        assert node["width"] > 0
        assert node["height"] > 0
    for edge in canvas["edges"]:
        needed = {"id", "fromNode", "toNode"}
        assert needed <= set(edge) <= needed | {"color", "label", "fromEnd", "toEnd"}
    colours = {part["color"] for part in (*canvas["nodes"], *canvas["edges"]) if "color" in part}
    assert colours <= set("123456")
    ids = [part["id"] for part in (*canvas["nodes"], *canvas["edges"])]
    assert len(set(ids)) == len(ids)
    assert {e[end] for e in canvas["edges"] for end in ("fromNode", "toNode")} <= set(ids)
    groups = {n["id"].removeprefix("source:"): n for n in canvas["nodes"] if n["type"] == "group"}
    boxes = {n["id"]: n for n in canvas["nodes"]}
    for claim in debate.claims:
        box, group = boxes[f"claim:{claim.id}"], groups[claim.source]
        assert group["x"] <= box["x"]
        assert box["x"] + box["width"] <= group["x"] + group["width"]
        assert group["y"] <= box["y"]
        assert box["y"] + box["height"] <= group["y"] + group["height"]


def test_frames_of_a_canvas_stand_apart() -> None:
    groups = [n for n in json.loads(write_canvas(kosovo()))["nodes"] if n["type"] == "group"]
    assert len(groups) == len(kosovo().sources)
    for n, one in enumerate(groups):
        for two in groups[:n]:
            apart_x = one["x"] >= two["x"] + two["width"] or two["x"] >= one["x"] + one["width"]
            apart_y = one["y"] >= two["y"] + two["height"] or two["y"] >= one["y"] + one["height"]
            assert apart_x or apart_y


# Abstract frameworks ---------------------------------------------------------------------------


def grounded_of(debate: Debate) -> set[str]:
    return {claim for claim, label in standing(debate).labels.items() if label == "in"}


def apx_names(debate: Debate, path: Path) -> set[str]:
    """The names of the arguments that pygarg finds in the grounded extension."""
    path.write_text(write_apx(debate), encoding="ascii")
    (found,) = solver.extension_enumeration(*apx_parser.parse(path), "GR")
    return {name for name in found if name.startswith("c_")}


def test_pygarg_agrees_about_the_pieces(tmp_path: Path) -> None:
    """On the smaller of the two debates: on the other it takes minutes."""
    bridge = read_debate(ROOT / "data" / "bridge")
    expected = grounded_of(bridge)
    found = apx_names(bridge, tmp_path / "b.apx")
    assert found
    assert found <= {argument_name(claim) for claim in expected}
    path = tmp_path / "b.af"
    path.write_text(write_af(bridge), encoding="utf-8")
    (numbers,) = solver.extension_enumeration(*dimacs_parser.parse(path), "GR")
    named = re.findall(r"^# (\d+) (.+?): ", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert {claim for number, claim in named if number in numbers} == expected


@given(debate=debates())
def test_pygarg_agrees_about_any(debate: Debate, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "any.apx"
    first = {argument_name(claim) for claim in grounded_of(debate)}
    found = apx_names(debate, path)
    assert found <= first
    names = {name for name in re.findall(r"arg\((c_\w+)\)", path.read_text()) if name in first}
    assert found == names


@given(debates())
def test_apx_is_what_answer_set_programs_take(debate: Debate) -> None:
    text = write_apx(debate)
    for line in text.splitlines():
        assert re.fullmatch(r"arg\([a-z]\w*\)\.|att\([a-z]\w*,[a-z]\w*\)\.", line, re.ASCII)
    arguments = re.findall(r"arg\((\w+)\)", text)
    assert len(set(arguments)) == len(arguments)


def test_names_of_arguments_differ() -> None:
    ids = [*NASTY_IDS, "a-b", "a--b", "a_b", "a__b", "a_2d_b", "a b", "a_5f_b", "ab"]
    assert len({argument_name(one) for one in ids}) == len(set(ids))


# Neo4j -----------------------------------------------------------------------------------------


def undone(cell: str) -> str:
    """A cell as load.cypher undoes it."""
    pairs = {"%2D": "-", "%3D": "=", "%2B": "+", "%40": "@", "%5C": "\\", "%25": "%"}
    for code, sign in pairs.items():
        cell = cell.replace(code, sign)
    return cell


@given(debates())
def test_neo4j_tables_hold_everything(debate: Debate) -> None:
    files = neo4j_files(debate)
    nodes = list(csv.DictReader(io.StringIO(files["nodes.csv"])))
    joined = list(csv.DictReader(io.StringIO(files["relationships.csv"])))
    assert "\\" not in files["nodes.csv"] + files["relationships.csv"]
    cells = [cell for row in (*nodes, *joined) for cell in row.values()]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    keys = [row["key:ID"] for row in nodes]
    assert len(set(keys)) == len(keys)
    assert {row[end] for row in joined for end in (":START_ID", ":END_ID")} <= set(keys)
    by_label = {
        label: {undone(row["id"]): row for row in nodes if row[":LABEL"] == f"Part;{label}"}
        for label in ("Agent", "Source", "Claim", "Inference", "Issue")
    }
    for claim in debate.claims:
        row = by_label["Claim"][claim.id]
        assert undone(row["text"]) == claim.text
        assert json.loads(undone(row["tags"]) or "[]") == list(claim.tags)
    assert {k: undone(r["question"]) for k, r in by_label["Issue"].items()} == {
        issue.id: issue.question for issue in debate.issues
    }
    types = [row[":TYPE"] for row in joined]
    assert types.count("ATTACKS") == len(debate.attacks)
    assert types.count("SUPPORTS") == len(debate.supports)
    assert types.count("REPHRASES") == len(debate.rephrases)
    assert set(types) <= set(re.findall(r"`:TYPE` = '(\w+)'", files["load.cypher"]))
    headers = {*nodes[0], *(joined[0] if joined else ())}
    assert set(re.findall(r"row\.`([^`]+)`", files["load.cypher"])) >= headers


# All of them -----------------------------------------------------------------------------------


@pytest.mark.program
def test_dot_of_nasty_texts(tmp_path: Path) -> None:
    path = tmp_path / "nasty.dot"
    path.write_text(find_format("dot").write(nasty()), encoding="utf-8")
    drawn = unescape(run("dot", "-Tsvg", path))
    assert "javascript:alert(1)" in drawn
    assert "<script>alert" in drawn


def test_what_is_not_kept_is_told() -> None:
    lost = {}
    for name in ("dot", "mermaid", "canvas", "markdown", "apx", "af", "neo4j"):
        made = find_format(name).write_all(kosovo(), "kosovo")
        assert all(made.files.values())
        lost[name] = [loss.what for loss in made.fitted.losses]
    drawn = ["origin", "anchors", "tags", "kinds of agents", "agents who hold nothing", "sources"]
    assert lost["mermaid"] == lost["markdown"] == drawn
    assert lost["dot"] == ["issues", *drawn[:3], "status", *drawn[3:]]
    assert lost["canvas"] == [*drawn[:3], "title", *drawn[3:]]
    assert lost["neo4j"] == []
    assert lost["apx"][:2] == ["supports, but for the attacks that they carry", "texts of claims"]


def test_only_what_keeps_all_is_said_to() -> None:
    alone = {entry.name for entry in FORMATS if entry.writes and not entry.reads}
    whole = {entry.name for entry in FORMATS if set(entry.keeps) == set(Feature)}
    assert alone & whole == {"neo4j"}
