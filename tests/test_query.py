"""Queries: the named ones, what is refused, and how results are shown."""

from __future__ import annotations

import csv
import io
import json

import pyoxigraph
import pytest
from rdflib import Dataset, Graph, Literal, URIRef

from graph.build import to_store
from graph.errors import QueryError
from graph.named_queries import KINDS, NamedQuery, named_queries
from graph.oxigraph import OxDataset
from graph.query import ask, run_query
from graph.rdf import findings_to_quads, to_quads, to_rdf
from graph.results import Result, plain_rows, to_csv, to_json
from graph.store import load
from graph.vocab import SEN
from tests.examples_rdf import FOUND, TRAMS, big_debate

NAMES = [query.name for query in named_queries()]
CALL = "SERVICE <http://127.0.0.1:9/> { ?a ?b ?c }"


@pytest.fixture(scope="module")
def trams() -> OxDataset:
    """The trams with findings."""
    dataset = to_rdf(TRAMS)
    load(dataset, findings_to_quads(TRAMS, FOUND))
    return dataset


@pytest.fixture(scope="module")
def found() -> OxDataset:
    """The trams with all that the analysis finds."""
    return to_store(TRAMS)


def rows(dataset: Graph, query: str) -> list[list[str]]:
    return plain_rows(run_query(dataset, query), TRAMS.base)


def test_there_are_queries() -> None:
    assert len(NAMES) >= 29
    assert len(set(NAMES)) == len(NAMES)


#: Values that find something in the trams, for each name of a value.
VALUES = {
    "author": "ana", "author2": "cy", "claim": "build", "source": "con", "issue": "whether",
    "topic": "noise", "words": "TRAMS", "name": "Ana",
}  # fmt: skip


@pytest.mark.parametrize("query", named_queries(), ids=lambda query: query.name)
def test_named_query(query: NamedQuery, found: OxDataset) -> None:
    assert query.title.endswith("?")
    assert query.description
    assert "PREFIX" not in query.text
    values = {parameter.name: VALUES[parameter.name] for parameter in query.parameters}
    result = run_query(found, query.name, values)
    assert result.variables
    again = run_query(found, query.text, values)
    assert again == result, "the order of rows must not depend on chance"
    assert result.variables[len(result.variables) - len(values) :] == tuple(values)
    if not values:
        assert result.rows or query.name == "unanswered-attacks"
        assert not run_query(OxDataset(), query.name).rows


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "contradictions-between-authors",
            [["Ana", "Cy", "2"]],
        ),
        (
            "self-contradictions",
            [["4", "Cy", "Trams cost too much.", "Trams make little noise."]],
        ),
        ("clashes-on-issues", [["Shall the city build trams?", "Ana", "Cy"]]),
        ("concessions", [["Cy", "Trams make little noise.", "Trams are quiet."]]),
        ("reported-claims", [["The city", "Trams will cost little.", "Cy", "Do not"]]),
        (
            "undercuts",
            [["Cy", "Noise is no reason to build.", "linked", "The city should build trams."]],
        ),
        (
            "support-chains",
            [["Cy", "Trams make little noise.", "Ana", "The city should build trams."]],
        ),
        ("claims-without-support", [["Cy", "Trams cost too much.", "Do not"]]),
    ],
)
def test_answers(name: str, expected: list[list[str]], trams: OxDataset) -> None:
    assert rows(trams, name) == expected


def test_path_in_order(trams: OxDataset) -> None:
    steps = [row[1:] for row in rows(trams, "contradiction-paths") if row[0] == "3"]
    assert steps == [
        ["1", "The city should build trams."],
        ["2", "Shall the city build trams?"],
        ["3", "The city should stay as it is."],
    ]


def test_unanswered() -> None:
    dataset = to_rdf(big_debate(40))
    found = run_query(dataset, "unanswered-attacks").rows
    assert found
    assert run_query(dataset, "SELECT ?x { ?x sen:attacks ?y }").rows


def test_forms(trams: OxDataset) -> None:
    assert run_query(trams, "ASK { ?a sen:supports ?b }").boolean is True
    graph = run_query(trams, "CONSTRUCT { ?b sen:x ?a } WHERE { ?a sen:undercuts ?b }").graph
    assert graph is not None
    assert len(graph) == 1
    described = run_query(trams, f"DESCRIBE <{TRAMS.base}claim/quiet>").graph
    assert described is not None
    assert (None, SEN.text, Literal("Trams are quiet.")) in described


def test_other_datasets() -> None:
    plain, dataset = Graph(), Dataset()
    for s, p, o, g in to_quads(TRAMS):
        plain.add((s, p, o))
        dataset.graph(g).add((s, p, o))
    expected = rows(to_rdf(TRAMS), "claims-by-author")
    assert rows(plain, "claims-by-author") == expected
    assert rows(dataset, "claims-by-author") == expected
    graphs = "SELECT DISTINCT ?g { GRAPH ?g { ?a sen:text ?b } }"
    assert len(run_query(dataset, graphs).rows) == 2


def test_own_prefix_wins(trams: OxDataset) -> None:
    assert run_query(trams, "PREFIX sen: <x:> ASK { ?a sen:text ?b }").boolean is False


def test_a_long_chain() -> None:
    count = "SELECT (COUNT(*) AS ?n) { <x:0> sen:supports+ ?b }"
    graph = Graph()
    for i in range(5_000):
        graph.add((URIRef(f"x:{i}"), SEN.supports, URIRef(f"x:{i + 1}")))
    assert rows(graph, count) == [["5000"]]


def test_from_names_graphs(trams: OxDataset) -> None:
    source = f"FROM <{TRAMS.base}graph/source/con>"
    count = "{ ?claim a sen:Claim }"
    assert rows(trams, f"SELECT (COUNT(*) AS ?n) {source} {count}") == [["5"]]
    assert rows(trams, f"SELECT (COUNT(*) AS ?n) {count}") == [["8"]]
    named = source.replace("FROM", "FROM NAMED")
    assert rows(trams, f"SELECT (COUNT(*) AS ?n) {named} {{ GRAPH ?g {count} }}") == [["5"]]


def test_from_reads_no_file(trams: OxDataset) -> None:
    assert run_query(trams, "SELECT * FROM <file:///etc/passwd> { ?a ?b ?c }").rows == ()


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ {CALL} }}",
        f"SELECT * {{ {{ SELECT * {{ OPTIONAL {{ {CALL} }} }} }} }}",
        f"SELECT * {{ FILTER EXISTS {{ {CALL} }} }}",
        f"SELECT * {{ ?x ?y ?z FILTER(?x = 1 || NOT EXISTS {{ {CALL} }}) }}",
        f"SELECT (EXISTS {{ {CALL} }} AS ?y) {{}}",
        f"SELECT (COUNT(*) AS ?n) {{}} GROUP BY ?x HAVING (EXISTS {{ {CALL} }})",
        f"SELECT * {{}} ORDER BY (EXISTS {{ {CALL} }})",
        f"CONSTRUCT {{ ?a ?b ?c }} WHERE {{ GRAPH ?g {{ {CALL} }} }}",
        f"ASK {{ MINUS {{ {CALL} }} }}",
        f"DESCRIBE ?a {{ {CALL} }}",
        f"ASK {{ {{}} UNION {{ {CALL} }} }}",
        "SELECT * { service silent ?where { ?a ?b ?c } }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }",
    ],
)
def test_service_is_refused(query: str, trams: OxDataset) -> None:
    with pytest.raises(QueryError, match="SERVICE"):
        run_query(trams, query)


@pytest.mark.parametrize(
    "query",
    [
        f'SELECT * {{ BIND("\\u0022 #" AS ?x) . {CALL}\n }}',
        f'SELECT * {{ VALUES ?x {{ "\\u0022 # " }} {CALL}\n}}',
        f"SELECT * {{ LATERAL {{ {CALL} }} }}",
        f"SELECT * {{ LATERAL {{ SELECT * {{ ?x ?y 1{CALL} }} }} }}",
        f"SELECT * {{ # \\u000A\n {CALL} # \n }}",
    ],
)
def test_service_cannot_hide(query: str, trams: OxDataset) -> None:
    """Queries that rdflib and Oxigraph read in different ways; none may reach the network."""
    with pytest.raises(QueryError):
        run_query(trams, query)


def test_the_word_service_is_harmless(trams: OxDataset) -> None:
    query = """# SERVICE in a comment
        SELECT ?service { BIND("The Service of \\"SERVICE\\" \\\\service" AS ?service)
                          FILTER NOT EXISTS { ?a <x:service> ?$service } }"""
    query = query.replace("?$service", "?serviceB")
    assert rows(trams, query) == [['The Service of "SERVICE" \\service']]


@pytest.mark.parametrize(
    "update",
    [
        "LOAD <http://127.0.0.1:9/>",
        "INSERT DATA { <x:a> <x:b> <x:c> }",
        "DELETE WHERE { ?a ?b ?c }",
        "DELETE { ?a sen:text ?c } WHERE { ?a sen:text ?c }",
        "CLEAR ALL",
        "DROP ALL",
        "PREFIX x: <x:> CREATE GRAPH x:g",
    ],
)
def test_updates_are_refused(update: str, trams: OxDataset) -> None:
    before = len(trams)
    with pytest.raises(QueryError, match="this is an update"):
        run_query(trams, update)
    assert len(trams) == before


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT * {\n ?a ?b }", "line 2, column"),
        ("", "mistake"),
        ("SELECT * { ?a nope:x ?b }", "mistake in line 1"),
        ("nonsense query", "mistake in line 1, column 1"),
        ("SELECT * { ?a ?b ?c } ; DROP ALL", "mistake"),
        ("SELECT " + "(" * 5000, "too many brackets"),
        ("SELECT * { LATERAL {} " + "{" * 9999 + "}" * 9999 + "}", "too many brackets"),
        ("SELECT * { FILTER(" + "!" * 99_999 + "1) }", "too many brackets"),
        ("SELECT * { FILTER(" + "- " * 99_999 + "1) }", "too many brackets"),
        ("SELECT * { " + "{" * 150 + "}" * 150 + " ?a }", "nested too deeply|mistake"),
    ],
)
def test_mistakes(query: str, told: str, trams: OxDataset) -> None:
    with pytest.raises(QueryError, match=told) as error:
        run_query(trams, query)
    assert "\n" not in str(error.value)


def test_unknown_name(trams: OxDataset) -> None:
    with pytest.raises(QueryError, match="no query is called 'contradiction'; did you mean contra"):
        run_query(trams, "contradiction")
    with pytest.raises(QueryError, match="no query is called 'zzz'; there are: answers-of"):
        run_query(trams, "zzz")


def test_plain_rows(trams: OxDataset) -> None:
    query = "SELECT ?c ?s ?tag { ?c sen:status ?s OPTIONAL { ?c sen:nothing ?tag } } ORDER BY ?c"
    assert rows(trams, query)[0] == ["claim/build", "sen:asserted", ""]
    assert plain_rows(run_query(trams, "ASK { ?a ?b 'x' }")) == [["no"]]
    triples = rows(trams, "CONSTRUCT { ?b sen:x ?a } WHERE { ?a sen:undercuts ?b }")
    assert triples == [["support/linked", "sen:x", "claim/same"]]


def test_csv_runs_no_formula() -> None:
    texts = ["=1+1", "@SUM(1)", "-1+1", "-1.5", '"quoted", line\nbreak', "plain"]
    result = Result(("text",), tuple((Literal(t),) for t in texts))
    read = [row[0] for row in csv.reader(io.StringIO(to_csv(result)))]
    assert read == ["text", "'=1+1", "'@SUM(1)", "'-1+1", "-1.5", texts[4], "plain"]


def test_json(trams: OxDataset) -> None:
    query = "SELECT ?c ?none { ?c sen:undercuts ?s OPTIONAL { ?c sen:nothing ?none } }"
    data = json.loads(to_json(run_query(trams, query)))
    assert data["head"]["vars"] == ["c", "none"]
    assert data["results"]["bindings"] == [
        {"c": {"type": "uri", "value": f"{TRAMS.base}claim/same"}}
    ]
    assert json.loads(to_json(run_query(trams, "ASK {}")))["boolean"] is True
    with pytest.raises(QueryError, match="use Turtle"):
        to_json(run_query(trams, "CONSTRUCT WHERE { ?a ?b ?c }"))


def test_an_unfinished_query_gets_a_short_message() -> None:
    with pytest.raises(QueryError) as caught:
        run_query(to_rdf(TRAMS), "SELECT * { ?s ?p ")
    assert str(caught.value) == (
        "the query has a mistake in line 1, column 18: something else must stand here, or the "
        "query is not finished"
    )


def test_a_value_is_never_part_of_the_query(found: OxDataset) -> None:
    everything = len(run_query(found, "SELECT ?t { ?c a sen:Claim ; sen:text ?t }").rows)
    for value in ('x" } UNION { ?claim sen:text ?text', "} #", "?text", "\\u0022", "', \n}"):
        assert run_query(found, "claims-that-mention", {"words": value}).rows == ()
    assert everything > 0
    assert len(run_query(found, "claims-that-mention", {"words": ""}).rows) == everything


@pytest.mark.parametrize(
    ("name", "values", "told"),
    [
        ("claims-of", {}, "the query asks for author=..., who holds the claims"),
        ("claims-of", {"author": "anna"}, "no agent is called 'anna'; did you mean ana?"),
        ("claims-of", {"author": "ana", "x": "1"}, "the query has no value 'x'; there are: author"),
        ("clashes", {"author": "ana"}, "the query has no value 'author'"),
        ("attacks-on", {"claim": "ana"}, "no claim is called 'ana'"),
        ("SELECT ?a { ?a ?b ?c }", {"c": "1"}, "does not contains variable \\?c in its SELECT"),
        ("SELECT ?a { ?a a ?a }", {"a": "<no iri>"}, ""),
        ("SELECT ?a { ?a a ?a }", {"a": "<nothing>"}, "a: "),
    ],
)
def test_values_that_do_not_fit(
    name: str, values: dict[str, str], told: str, found: OxDataset
) -> None:
    if not told:
        assert run_query(found, name, values).rows == ()
        return
    with pytest.raises(QueryError, match=told) as raised:
        run_query(found, name, values)
    assert "\n" not in str(raised.value)


def test_a_value_in_angle_brackets_is_an_iri(found: OxDataset) -> None:
    claim = f"<{TRAMS.base}claim/quiet>"
    (row,) = run_query(found, "SELECT ?text ?c { ?c sen:text ?text }", {"c": claim}).rows
    assert row == (Literal("Trams are quiet."), URIRef(claim[1:-1]))


def test_kinds_are_classes_of_the_vocabulary() -> None:
    kinds = {p.kind for query in named_queries() for p in query.parameters}
    assert kinds - {"text", "topic"} <= set(KINDS)
    assert len([query for query in named_queries() if query.parameters]) >= 20


def test_an_answer_comes_row_by_row(found: OxDataset) -> None:
    crossed = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    answer = ask(found, crossed)
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    assert next(answer) is not None  # some 10^11 rows are never made
