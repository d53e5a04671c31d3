"""GraphML, GEXF and Cytoscape: our own come back whole, those of others as far as they tell."""

from __future__ import annotations

import io
import json
import time
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from hypothesis import given

from graph.errors import FormatError, SicetnonError
from graph.formats.cytoscape import parse_cytoscape, write_cytoscape
from graph.formats.gexf import parse_gexf, write_gexf
from graph.formats.graphml import parse_graphml
from graph.formats.losses import Reading
from graph.formats.table import by_content, find_format, read_file
from graph.model import Debate
from tests.kosovo import kosovo
from tests.programs import ROOT, run
from tests.strategies import debates

PARSERS = {".graphml": parse_graphml, ".gexf": parse_gexf, ".cyjs": parse_cytoscape}


def told(reading: Reading) -> list[str]:
    """A reading as short lines: claims with their holders, relations, and losses."""
    debate = reading.debate
    lines = [f"{c.id}: {c.text} ({c.holder})" for c in debate.claims]
    lines += [f"{'+'.join(s.premises)} > {s.conclusion}" for s in debate.supports]
    lines += [a.id for a in debate.attacks] + [r.id for r in debate.rephrases]
    return lines + [f"lost {loss}" for loss in reading.losses]


YED = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
 <key for="node" id="d6" yfiles.type="nodegraphics"/>
 <key for="edge" id="d10" yfiles.type="edgegraphics"/>
 <key attr.name="url" attr.type="string" for="node" id="d4"/>
 <graph edgedefault="directed" id="G">
  <node id="n0"><data key="d4">http://x</data><data key="d6"><y:UMLClassNode>
   <y:NodeLabel>Trams are
good.</y:NodeLabel><y:UML/></y:UMLClassNode></data></node>
  <node id="n1" yfiles.foldertype="group"><data key="d6"><y:ProxyAutoBoundsNode><y:Realizers>
    <y:GroupNode><y:NodeLabel>Anna</y:NodeLabel></y:GroupNode></y:Realizers>
   </y:ProxyAutoBoundsNode></data>
   <graph edgedefault="directed" id="n1:">
    <node id="n1::n0"><data key="d6"><y:ShapeNode><y:NodeLabel>Quiet.</y:NodeLabel></y:ShapeNode>
    </data></node></graph></node>
  <edge id="e0" source="n1::n0" target="n0"><data key="d10"><y:PolyLineEdge>
   <y:EdgeLabel>Supports</y:EdgeLabel></y:PolyLineEdge></data></edge>
 </graph></graphml>"""

GEPHI = """<?xml version='1.0' encoding='UTF-8'?>
<gexf xmlns="http://gexf.net/1.3" version="1.3" xmlns:viz="http://gexf.net/1.3/viz">
 <meta lastmodifieddate="2024-01-01"><creator>Gephi 0.10.1</creator><title>Trams</title></meta>
 <graph defaultedgetype="directed" mode="static">
  <attributes class="node"><attribute id="speaker" title="Speaker" type="string"/>
   <attribute id="deg" title="Degree" type="integer"/></attributes>
  <attributes class="edge"><attribute id="0" title="sign" type="double"/></attributes>
  <nodes>
   <node id="0" label="Trams are good."><attvalues><attvalue for="speaker" value="Ann Lee"/>
    <attvalue for="deg" value="2"/></attvalues><viz:size value="10.0"/></node>
   <node id="1" label="They squeal."><attvalues><attvalue for="speaker" value="Bo"/></attvalues>
   </node>
   <node id="2"/>
  </nodes>
  <edges>
   <edge id="a" source="1" target="0" weight="2.0"><attvalues><attvalue for="0" value="-0.5"/>
    </attvalues></edge>
   <edge id="b" source="2" target="0" kind="Pro"/>
   <edge id="c" source="2" target="1" type="undirected" label="contradicts"/>
   <edge id="d" source="1" target="2" type="undirected" label="attacks"/>
  </edges>
 </graph></gexf>"""

CYTOSCAPE = {
    "format_version": "1.0",
    "generated_by": "cytoscape-3.10.1",
    "data": {"shared_name": "Trams", "name": "Trams", "SUID": 52},
    "elements": {
        "nodes": [
            {"data": {"id": "66", "name": "Trams are good.", "SUID": 66}, "position": {"x": 1}},
            {"data": {"id": "68", "name": "Quiet.", "author": "Ann"}},
        ],
        "edges": [
            {"data": {"id": "70", "source": "68", "target": "66", "interaction": "pp"}},
            {"data": {"id": "71", "source": "68", "target": "66", "interaction": "activates",
                      "weight": 3, "type": "PRO"}},
            {"data": {"id": "72", "source": "68", "target": "66", "relation": "supports"}},
            {"data": {"id": "73", "source": "68", "target": "99", "relation": "supports"}},
            {"data": {"id": "74", "source": "68", "target": "68", "relation": "supports"}},
        ],
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("file", "content", "expected"),
    [
        (
            "trams.graphml",
            YED.encode(),
            [
                "n0: Trams are good. (author)",
                "n1::n0: Quiet. (author)",
                "n1::n0 > n0",
                "lost how nodes and edges are drawn: 4, such as node n0",
                "lost attribute url of nodes: 1, http://x of n0",
                "lost groups of nodes: 1, Anna (n1)",
            ],
        ),
        (
            "trams.gexf",
            GEPHI.encode(),
            [
                "0: Trams are good. (Ann Lee)",
                "1: They squeal. (Bo)",
                "2: 2 (author)",
                "2 > 0",
                "1 rebut 0",
                "1 contradictory 2",
                "lost how nodes and edges are drawn, and when: 1, size of node 0",
                "lost attribute Degree of nodes: 1, 2 of 0",
                "lost attribute weight of edges: 1, 2.0 of 1 to 0",
                "lost edges without a direction: 1, 1 to 2: attack",
            ],
        ),
        (
            "trams.cyjs",
            json.dumps(CYTOSCAPE).encode(),
            [
                "66: Trams are good. (author)",
                "68: Quiet. (Ann)",
                "68 > 66",
                "lost how nodes and edges are drawn: 1, 66",
                "lost attribute SUID of nodes: 1, 66 of 66",
                "lost attribute interaction of edges: 2, such as pp of 68 to 66",
                "lost attribute weight of edges: 1, 3 of 68 to 66",
                "lost edges that say the same as another: 1, 68 to 66",
                "lost edges to a node that is not there: 1, 68 to 99",
                "lost edges from a node to itself: 1, 68 to 68",
                "lost edges that do not tell their kind: 1, 68 to 66",
                "lost attributes of the graph: 2, such as shared_name: Trams",
            ],
        ),
    ],
)
def test_files_of_other_programs(file: str, content: bytes, expected: list[str]) -> None:
    reading = PARSERS[Path(file).suffix](content, file)
    assert told(reading) == expected
    assert reading.debate.id == "trams"


def written(graph: nx.Graph[str]) -> dict[str, str]:
    """A graph as networkx writes it, by suffix."""
    return {
        ".graphml": "\n".join(nx.generate_graphml(graph)),
        ".gexf": "\n".join(nx.generate_gexf(graph)),
        ".cyjs": json.dumps(nx.cytoscape_data(graph)),
    }


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({"relation": "Supports"}, "b > a"),
        ({"kind": "+"}, "b > a"),
        ({"stance": "for"}, "b > a"),
        ({"sign": 1}, "b > a"),
        ({"sign": -0.2}, "b rebut a"),
        ({"weight": -1}, "b rebut a"),
        ({"Type": "CON"}, "b rebut a"),
        ({"label": "objects"}, "b rebut a"),
        ({"label": "see page 3", "stance": "against"}, "b rebut a"),
        ({"relation": "attack", "kind": "undermine"}, "b undermine a"),
        ({"relation": "attack", "kind": "undercut"}, "b rebut a"),
        ({"type": "contradicts"}, "a contradictory b"),
        ({"type": "https://example.org/terms#supports"}, "b > a"),
        ({"interaction": "argument_against"}, "b rebut a"),
        ({"label": "equivalent"}, "a = b"),
        ({"label": "contrary"}, "a contrary b"),
    ],
)
def test_the_kinds_of_edges_that_are_understood(
    attributes: dict[str, object], expected: str
) -> None:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_node("a", text="A.")
    graph.add_node("b", text="B.")
    graph.add_edge("b", "a", **attributes)
    for name, content in written(graph).items():
        debate = PARSERS[name](content.encode(), f"d{name}").debate
        found = [
            part.id for what in ("support", "attack", "rephrase") for part in debate.parts[what]
        ]
        assert found == [expected], name
        assert [claim.text for claim in debate.claims] == ["A.", "B."], name


@pytest.mark.parametrize("attributes", [{}, {"weight": 1.0}, {"weight": 3}, {"label": "see"}])
def test_edges_that_tell_no_kind_are_refused(attributes: dict[str, object]) -> None:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edge("b", "a", **attributes)
    with pytest.raises(FormatError, match=r"^d\.graphml: no edge tells .* relation, kind, type.*"):
        parse_graphml("\n".join(nx.generate_graphml(graph)).encode(), "d.graphml")


@pytest.mark.parametrize("file", ["d.graphml", "d.gexf", "d.cyjs"])
def test_an_undirected_graph_is_refused(file: str) -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edge("b", "a", relation="support")
    name = Path(file).suffix
    content = written(graph)[name]
    with pytest.raises(FormatError, match=f"^{file}: the graph is undirected"):
        PARSERS[name](content.encode(), file)


def test_elements_in_one_list_and_a_json_file(tmp_path: Path) -> None:
    elements = [
        {"data": {"id": "a", "label": "A."}},
        {"group": "nodes", "data": {"id": "b", "label": "B.", "source": "x", "target": "y"}},
        {"data": {"id": "e", "source": "b", "target": "a", "label": "attacks"}},
    ]
    path = tmp_path / "d.json"
    path.write_text(json.dumps({"elements": elements}))
    assert told(read_file(path)) == ["a: A. (author)", "b: B. (author)", "b rebut a"]
    assert by_content(write_cytoscape(kosovo()).encode(), "k.json").name == "cytoscape"


def test_odd_names_become_names() -> None:
    nodes = [{"data": {"id": name}} for name in ("[a]", "{a}", "a", "a (2)", "<>", "{}", "\x00")]
    who = [{"data": {"id": f"h{n}", "author": a}} for n, a in enumerate(("author", "d", "[d]"))]
    debate = parse_cytoscape(json.dumps({"elements": nodes + who}).encode(), "d.cyjs").debate
    names = [
        "a",
        "a (2)",
        "a (3)",
        "a (2) (2)",
        "claim",
        "claim (2)",
        "claim (3)",
        "h0",
        "h1",
        "h2",
    ]
    assert [claim.id for claim in debate.claims] == names
    assert [agent.id for agent in debate.agents] == ["author", "author (2)", "d (2)", "d (3)"]


HOSTILE = {
    "empty": b"",
    "NUL": b"<graphml>\x00</graphml>",
    "NUL in JSON": b'{"elements": [\x00]}',
    "UTF-16": '<?xml version="1.0" encoding="UTF-16"?><graphml/>'.encode("utf-16"),
    "unknown encoding": b'<?xml version="1.0" encoding="klingon"?><graphml/>',
    "not UTF-8": b'{"elements": [{"data": {"id": "\xff"}}]}',
    "deep JSON": b'{"elements":' + b"[" * 100_000,
    "deep JSON, closed": b'{"elements":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "deep XML": b"<graphml>" + b"<graph><node id='a'>" * 100_000,
    "deep XML, closed": (
        b"<graphml>" + b"<graph><node id='a'>" * 100_000 + b"</node></graph>" * 100_000
        + b"</graphml>"
    ),
    "deep data": (
        b"<graphml><key id='k' attr.name='text'/><graph><node id='a'><data key='k'>"
        + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</data></node></graph></graphml>"
    ),
    "deep GEXF": (
        b"<gexf><graph>" + b"<nodes><node id='a'>" * 100_000 + b"</node></nodes>" * 100_000
        + b"</graph></gexf>"
    ),
    "entities": (
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><graphml>&b;</graphml>'
    ),
    "a file from elsewhere": (
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><graphml>&a;</graphml>'
    ),
    "many keys": (
        b"<graphml>" + b"".join(b"<key id='%d' for='node'/>" % n for n in range(1_000_000))
        + b"<graph><node id='a'/></graph></graphml>"
    ),
    "many defaults": (
        b"<graphml>"
        + b"".join(b"<key id='%d' for='node'><default>x</default></key>" % n for n in range(9_999))
        + b"<graph>" + b"".join(b"<node id='%d'/>" % n for n in range(9_999))
        + b"</graph></graphml>"
    ),
    "many attributes": json.dumps(
        {"elements": [{"data": {"id": str(n), f"k{n}": n}} for n in range(100_000)]}
    ).encode(),
    "many that become one name": json.dumps(
        {"elements": [{"data": {"id": "[" * (n % 99 + 1) + "]" * (n // 99)}} for n in range(9_999)]}
    ).encode(),
    "a huge number": b'{"elements": [{"data": {"id": "a", "text": ' + b"9" * 100_000 + b"}}]}",
    "infinite": (
        b"<graphml><key id='k' attr.name='weight' attr.type='double'/><graph><node id='a'/>"
        b"<node id='b'/><edge source='a' target='b'><data key='k'>-inf</data></edge></graph>"
        b"</graphml>"
    ),
    "not a number": b'{"elements": [{"data": {"id": "a", "text": 1e400, "weight": "nan"}}]}',
    "bad key": b"<graphml><graph><node id='a'><data key='k'>x</data></node></graph></graphml>",
    "bad type": (
        b"<graphml><key id='k' attr.name='n' attr.type='int'/><graph><node id='a'><data key='k'>x"
        b"</data></node></graph></graphml>"
    ),
    "data of another shape": b'{"elements": {"nodes": [3], "edges": {}}, "data": 3}',
    "our own, with holes": (
        b'{"data": {"debate": 3, "title": 4, "base": [], "agents": [], "sources": {"a": 3}},'
        b'"elements": [{"data": {"id": "claim:a"}}]}'
    ),
    "our own, with a name of networkx": b'{"data": {"debate": "d", "self": 1}, "elements": []}',
    "our own, with odd parts": (
        b'{"data": {"debate": "d", "title": "D", "base": "", "agents": {"a": {"name": "A", "kind":'
        b'"person", "members": [[]]}}, "sources": {}}, "elements": [{"data": {"id": "support:a",'
        b'"type": "support"}}, {"data": {"source": "a", "target": "support:a", "relation": []}}]}'
    ),
    "deep keywords": (
        b"<gexf><meta><keywords>" + b"[" * 100_000 + b"</keywords></meta><graph/></gexf>"
    ),
    "our own, deep": (
        b'<gexf><meta><keywords>{"debate": "d", "base": "", "sources": "{}", "agents": "'
        + b"[" * 100_000 + b'"}</keywords></meta><graph defaultedgetype="directed"/></gexf>'
    ),
}  # fmt: skip


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_end_soon(content: bytes) -> None:
    for suffix, parse in PARSERS.items():
        if suffix != ".graphml" and len(content) > 10_000_000:
            continue
        start = time.monotonic()
        try:
            assert isinstance(parse(content, f"d{suffix}"), Reading)
        except SicetnonError as error:
            assert str(error).startswith(f"d{suffix}:")  # noqa: PT017
            assert len(str(error)) < 1000  # noqa: PT017
        assert time.monotonic() - start < 20


def test_the_place_of_an_error_is_named() -> None:
    with pytest.raises(FormatError, match=r"^d\.graphml:2:11: no XML"):
        parse_graphml(b"<graphml>\n <graph></graphml>", "d.graphml")
    with pytest.raises(FormatError, match=r"^d\.cyjs:2:14: no JSON"):
        parse_cytoscape(b'{\n "elements": x}', "d.cyjs")


# Other programs read ours ----------------------------------------------------------------------


def edges_of(debate: Debate) -> Counter[str]:
    named = [s for s in debate.supports if s.name]
    return +Counter(
        support=len(debate.supports) - len(named),
        premise=sum(len(s.premises) for s in named),
        conclusion=len(named),
        attack=len(debate.attacks),
        rephrase=len(debate.rephrases),
        answer=sum(len(i.pro) + len(i.con) for i in debate.issues),
    )


def test_gexf_in_networkx() -> None:
    graph = nx.read_gexf(io.BytesIO(write_gexf(kosovo()).encode()))
    assert Counter(d["relation"] for *_, d in graph.edges(data=True)) == edges_of(kosovo())
    labels = {d["label"] for _, d in graph.nodes(data=True) if d["type"] == "claim"}
    assert labels == {claim.text for claim in kosovo().claims}


#: What Gephi's schema of GEXF 1.2 allows of what we write: the attributes of each element, those
#: in capitals required, and the order of what is in it.
GEXF = {
    "gexf": ({"VERSION"}, ["meta", "graph"]),
    "meta": (set(), ["creator", "keywords", "description"]),
    "graph": ({"mode", "defaultedgetype"}, ["attributes", "attributes", "nodes", "edges"]),
    "attributes": ({"CLASS"}, ["attribute"]),
    "attribute": ({"ID", "TITLE", "TYPE"}, []),
    "nodes": (set(), ["node"]),
    "edges": (set(), ["edge"]),
    "node": ({"ID", "LABEL"}, ["attvalues"]),
    "edge": ({"ID", "SOURCE", "TARGET", "label"}, ["attvalues"]),
    "attvalues": (set(), ["attvalue"]),
    "attvalue": ({"FOR", "VALUE"}, []),
}
GEXF_TYPES = {"integer", "long", "double", "float", "boolean", "liststring", "string", "anyURI"}


@given(debates())
def test_gexf_is_as_the_schema_says(debate: Debate) -> None:
    root = ET.fromstring(write_gexf(debate))
    space = "{http://www.gexf.net/1.2draft}"
    nodes, ids = set(), set()
    for element in root.iter():
        assert element.tag.startswith(space)
        name = element.tag.removeprefix(space)
        if name in ("creator", "keywords", "description"):
            continue
        allowed, inside = GEXF[name]
        given = set(element.keys())
        assert {a.lower() for a in allowed if a.isupper()} <= given <= {a.lower() for a in allowed}
        found = [child.tag.removeprefix(space) for child in element]
        assert found == inside or (len(inside) == 1 and set(found) <= set(inside))
        if name == "attribute":
            assert element.get("type") in GEXF_TYPES
        if name == "node":
            nodes.add(element.get("id"))
        if name == "edge":
            assert {element.get("source"), element.get("target")} <= nodes
            assert element.get("id") not in ids
            ids.add(element.get("id"))


def test_cytoscape_in_networkx() -> None:
    graph = nx.cytoscape_graph(json.loads(write_cytoscape(kosovo())))
    assert isinstance(graph, nx.MultiDiGraph)
    assert Counter(d["relation"] for *_, d in graph.edges(data=True)) == edges_of(kosovo())


COUNT = """
const cytoscape = require(process.argv[2]);
const whole = JSON.parse(require("fs").readFileSync(process.argv[3], "utf8"));
const cy = cytoscape({headless: true, elements: whole.elements, data: whole.data});
const count = {nodes: cy.nodes().length, edges: cy.edges().length, title: cy.data("title")};
for (const name of ["claim", "support", "issue"]) count[name] = cy.nodes("." + name).length;
for (const name of ["attack", "undercut", "rephrase"])
  count["e" + name] = cy.edges("." + name).length;
count.texts = cy.nodes(".claim").map((node) => node.data("text"));
console.log(JSON.stringify(count));
"""


@pytest.mark.program
def test_cytoscape_in_cytoscape_js(tmp_path: Path) -> None:
    script, file = tmp_path / "count.cjs", tmp_path / "k.cyjs"
    script.write_text(COUNT)
    file.write_text(find_format("cytoscape").write(kosovo()), encoding="utf-8")
    library = ROOT / ".tools" / "node_modules" / "cytoscape"
    count = json.loads(run("node", script, library, file))
    debate = kosovo()
    assert count.pop("texts") == [claim.text for claim in debate.claims]
    named = sum(s.name is not None for s in debate.supports)
    assert count == {
        "nodes": len(debate.claims) + named + len(debate.issues),
        "edges": edges_of(debate).total(),
        "title": debate.title,
        "claim": len(debate.claims),
        "support": named,
        "issue": len(debate.issues),
        "eattack": len(debate.attacks),
        "eundercut": sum(a.kind == "undercut" for a in debate.attacks),
        "erephrase": len(debate.rephrases),
    }
