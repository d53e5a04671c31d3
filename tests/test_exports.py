"""What we write loads in other programs, and reads back as the same debate."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from pathlib import Path

import igraph
import networkx as nx
import pandas as pd
import pytest
from rdflib import Dataset, Graph, Literal, URIRef

from graph.errors import SicetnonError
from graph.formats.argdown import parse_argdown
from graph.formats.format import Format
from graph.formats.losses import ALL
from graph.formats.table import FORMATS, find_format, read_debate
from graph.formats.tables import csv_tables
from graph.model import AttackKind
from graph.vocab import SEN
from tests.kosovo import kosovo
from tests.programs import run
from tests.test_round_trips import through

BOTH = [entry for entry in FORMATS if entry.reads and entry.writes]


@pytest.mark.parametrize("entry", BOTH, ids=[entry.name for entry in BOTH])
def test_the_first_debate_is_read_back_but_for_the_reported_loss(entry: Format) -> None:
    fitted, back = through(entry, kosovo())
    assert back == fitted.debate
    if entry.keeps == ALL:
        assert back == kosovo()
        assert fitted.losses == ()


def relations() -> Counter[str]:
    """How often each kind of edge should stand in a graph of the five pieces."""
    named = [s for s in kosovo().supports if s.name]
    return Counter(
        {
            "support": len(kosovo().supports) - len(named),
            "premise": sum(len(s.premises) for s in named),
            "conclusion": len(named),
            "attack": len(kosovo().attacks),
            "rephrase": len(kosovo().rephrases),
            "answer": sum(len(i.pro) + len(i.con) for i in kosovo().issues),
        }
    )


def test_graphml_in_networkx(tmp_path: Path) -> None:
    path = tmp_path / "kosovo.graphml"
    path.write_text(find_format("graphml").write(kosovo()), encoding="utf-8")
    graph = nx.read_graphml(path, force_multigraph=True)
    assert Counter(d["relation"] for *_, d in graph.edges(data=True)) == relations()
    kinds = Counter(d["kind"] for *_, d in graph.edges(data=True) if d["relation"] == "attack")
    assert kinds == Counter(a.kind.value for a in kosovo().attacks)
    holders = {d["holder"] for _, d in graph.nodes(data=True) if d["type"] == "claim"}
    assert holders == {agent.id for agent in kosovo().holders}


def test_graphml_in_igraph(tmp_path: Path) -> None:
    path = tmp_path / "kosovo.graphml"
    path.write_text(find_format("graphml").write(kosovo()), encoding="utf-8")
    graph = igraph.Graph.Read_GraphML(str(path))
    assert Counter(graph.es["relation"]) == relations()
    texts = {v["text"] for v in graph.vs if v["type"] == "claim"}
    assert texts == {claim.text for claim in kosovo().claims}


@pytest.mark.program
@pytest.mark.parametrize(("name", "syntax"), [("turtle", "turtle"), ("rdfxml", "rdfxml")])
def test_rdf_in_rapper(name: str, syntax: str, tmp_path: Path) -> None:
    path = tmp_path / "kosovo"
    path.write_text(find_format(name).write(kosovo()), encoding="utf-8")
    said = run("rapper", "--input", syntax, "--count", path)
    found = re.search(r"returned (\d+) triples", said)
    assert found
    ntriples = find_format("ntriples").write(kosovo())
    assert int(found[1]) == ntriples.count("\n")


def test_jsonld_in_rdflib() -> None:
    dataset = Dataset()
    dataset.parse(data=find_format("jsonld").write(kosovo()), format="json-ld")
    expected = Dataset()
    expected.parse(data=find_format("nquads").write(kosovo()), format="nquads")
    sizes = {str(graph.identifier): len(graph) for graph in expected.graphs()}
    assert {str(graph.identifier): len(graph) for graph in dataset.graphs()} == sizes
    claim = URIRef(kosovo().base + "claim/ce-asm-now")
    (text,) = {o for *_, o, _ in dataset.quads((claim, SEN.text, None, None))}
    assert text == Literal(kosovo().claim("ce-asm-now").text)


def test_turtle_in_rdflib() -> None:
    graph = Graph().parse(data=find_format("turtle").write(kosovo()), format="turtle")
    attacks = sum(a.kind is not AttackKind.UNDERCUT for a in kosovo().attacks)
    assert len(set(graph.subject_objects(SEN.attacks))) >= attacks


@pytest.mark.program
def test_dot_in_graphviz(tmp_path: Path) -> None:
    path = tmp_path / "kosovo.dot"
    path.write_text(find_format("dot").write(kosovo()), encoding="utf-8")
    svg = run("dot", "-Tsvg", path)
    assert svg.count('class="node"') == len(kosovo().claims) + sum(
        s.name is not None for s in kosovo().supports
    )


def test_csv_in_pandas() -> None:
    tables = {name: pd.read_csv(io.StringIO(text)) for name, text in csv_tables(kosovo()).items()}
    claims = tables["claims.csv"]
    assert claims["id"].tolist() == [claim.id for claim in kosovo().claims]
    assert claims["start"].notna().all()
    counts = tables["relations.csv"]["relation"].value_counts()
    assert counts["attack"] == len(kosovo().attacks)
    assert counts["support"] == len(kosovo().supports)
    assert tables["sources.csv"]["claims"].sum() == len(claims)
    assert tables["contradictions.csv"]["rank"].is_monotonic_increasing


def test_no_cell_runs_as_a_formula() -> None:
    debate = parse_argdown("[=1+1]: =HYPERLINK('x') is a formula.\n  - [@b]: -1 is a number.")
    for text in csv_tables(debate).values():
        for row in pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False).to_numpy():
            assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


HOSTILE = r"""
[a]: </script><script>alert\(1\)</script> & "quotes" \\N \n \\l %s 'x' `y` $z
  - [b]: \#\{brace\} \[x\] \<\!-- \--> ]]> &amp; {origin: "<b> & \"c\" }"}
"""


@pytest.mark.program
def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    given = HOSTILE.replace("</script>", r"\</script\>").replace("<script>", r"\<script\>")
    debate = parse_argdown(given, "hostile.argdown")
    for entry in BOTH:
        fitted, back = through(entry, debate)
        assert back == fitted.debate, entry.name
        assert {claim.text for claim in back.claims} == {claim.text for claim in debate.claims}
    path = tmp_path / "hostile.dot"
    path.write_text(find_format("dot").write(debate), encoding="utf-8")
    assert "&lt;/script&gt;" in run("dot", "-Tsvg", path)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.json", "{", "x.json: no JSON (Input data was truncated); expected one of"),
        ("x.json", "[]", "x.json: Expected `object`, got `array`"),
        ("x.json", '{"a": 1}', "x.json: JSON of no known format (its keys: 'a')"),
        (
            "x.json",
            '{"sicetnon": 1, "id": "x"}',
            "x.json: Object missing required field `title`",
        ),
        (
            "x.json",
            json.dumps({"sicetnon": 1, "id": "x", "title": "X", "claims": [{"id": 3}]}),
            "x.json: Expected `str`, got `int` - at `$.claims[0].id`",
        ),
        ("x.ttl", "<a> <b> .", "x.ttl: "),
        ("x.nt", "", "x.nt: "),
        ("x.graphml", "<graphml/>", "x.graphml: "),
        (
            "x.graphml",
            '<!DOCTYPE x [<!ENTITY e "e">]><graphml>&e;</graphml>',
            "x.graphml: XML with a definition of entities is not read (EntitiesForbidden",
        ),
        ("x.dot", "", "x.dot: unknown suffix"),
        ("x.docx", "", "x.docx: unknown suffix '.docx'; known: .argdown"),
        ("x.jsonld", '{"@context": "https://example.org/c", "a": "b"}', "x.jsonld: "),
    ],
)
def test_bad_files_are_refused_in_one_line(
    name: str, content: str, message: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(SicetnonError) as caught:
        read_debate(path)
    said = str(caught.value).replace(f"{tmp_path}/", "")
    assert said.startswith(message)
    assert "\n" not in said
