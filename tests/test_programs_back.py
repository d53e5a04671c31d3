"""What other programs write of our files is read again as the same debate."""

from __future__ import annotations

import io
import json
from pathlib import Path

import igraph
import networkx as nx
import pytest

from graph.formats.table import find_format, read_file
from graph.formats.tables import csv_tables, read_csv
from tests.kosovo import kosovo
from tests.programs import ARGDOWN, ROOT, run

pytestmark = pytest.mark.program


def ours(name: str) -> str:
    return find_format(name).write(kosovo())


def test_graphml_through_networkx(tmp_path: Path) -> None:
    graph = nx.read_graphml(io.BytesIO(ours("graphml").encode()), force_multigraph=True)
    nx.write_graphml(graph, tmp_path / "x.graphml")
    assert read_file(tmp_path / "x.graphml").debate == kosovo()


def test_graphml_through_igraph(tmp_path: Path) -> None:
    first, second = tmp_path / "a.graphml", tmp_path / "b.graphml"
    first.write_text(ours("graphml"), encoding="utf-8")
    igraph.Graph.Read_GraphML(str(first)).write_graphml(str(second))
    assert read_file(second).debate == kosovo()


def test_gexf_through_networkx(tmp_path: Path) -> None:
    graph = nx.read_gexf(io.BytesIO(ours("gexf").encode()))
    nx.write_gexf(graph, tmp_path / "x.gexf")
    back = read_file(tmp_path / "x.gexf").debate
    texts = {c.text for c in kosovo().claims}
    assert texts <= {c.text for c in back.claims}


def test_cytoscape_through_networkx(tmp_path: Path) -> None:
    graph = nx.cytoscape_graph(json.loads(ours("cytoscape")))
    (tmp_path / "x.cyjs").write_text(json.dumps(nx.cytoscape_data(graph)), encoding="utf-8")
    back = read_file(tmp_path / "x.cyjs").debate
    assert {c.text for c in kosovo().claims} <= {c.text for c in back.claims}


_CYTOSCAPE = """
const fs = require("fs");
const cytoscape = require(process.argv[1] + "/cytoscape");
const graph = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const cy = cytoscape({ headless: true, elements: graph.elements, data: graph.data });
fs.writeFileSync(process.argv[3], JSON.stringify(cy.json()));
"""


def test_cytoscape_through_cytoscape_js(tmp_path: Path) -> None:
    first, second = tmp_path / "a.cyjs", tmp_path / "b.cyjs"
    first.write_text(ours("cytoscape"), encoding="utf-8")
    run("node", "-e", _CYTOSCAPE, ROOT / ".tools" / "node_modules", first, second)
    assert read_file(second).debate == kosovo()


def test_turtle_through_rapper(tmp_path: Path) -> None:
    first, second = tmp_path / "a.ttl", tmp_path / "b.nt"
    first.write_text(ours("turtle"), encoding="utf-8")
    second.write_text(run("rapper", "-q", "-i", "turtle", "-o", "ntriples", first), "utf-8")
    assert read_file(second).debate == kosovo()


def test_tables_through_libreoffice(tmp_path: Path) -> None:
    given, back = tmp_path / "given", tmp_path / "back"
    given.mkdir()
    tables = csv_tables(kosovo())
    for name, text in tables.items():
        (given / name).write_text(text, encoding="utf-8")
    columns = "/".join(f"{number}/2" for number in range(1, 20))  # every one is text
    run(
        "soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
        f"--infilter=Text - txt - csv (StarCalc):44,34,76,1,{columns}",
        "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true",
        "--outdir", back, *(given / name for name in tables),
    )  # fmt: skip
    assert read_csv(back).debate == kosovo()


def test_graphml_of_the_argdown_tools(tmp_path: Path) -> None:
    """They tell support and attack by the colour of a line alone."""
    path = tmp_path / "trams.argdown"
    path.write_text(
        "[quiet]: Trams are quiet & good.\n  - [bends]: They squeal.\n  + <hum>: They hum.\n"
    )
    run(ARGDOWN, "map", "-f", "graphml", path.name, ".", cwd=tmp_path)
    reading = read_file(tmp_path / "trams.graphml")
    assert {c.id for c in reading.debate.claims} == {"quiet", "bends", "hum"}
    assert reading.debate.claim("bends").text == "They squeal."
    assert [a.id for a in reading.debate.attacks] == ["bends rebut quiet"]
    assert [s.id for s in reading.debate.supports] == ["hum > quiet"]
