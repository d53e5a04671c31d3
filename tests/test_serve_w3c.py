"""The W3C's tests of the SPARQL 1.1 Protocol that apply to a server that only reads.

Their names are those of the suite (https://www.w3.org/2009/sparql/docs/tests/, protocol); where it
loads graphs first, the graphs of the example debate stand in for them. Those that change data all
have one answer here, a refusal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.serve.negotiate import GRAPHS, RESULTS
from graph.serve.pool import Limits
from tests.examples_rdf import TRAMS
from tests.serving import serving

PRO, CON, DEBATE = (f"{TRAMS.base}graph/{name}" for name in ("source/pro", "source/con", "debate"))
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
IN_BOTH = (
    f"ASK {{ GRAPH <{PRO}> {{ ?a ?b ?c }} GRAPH <{CON}> {{ ?d ?e ?f }} "
    f"FILTER NOT EXISTS {{ GRAPH <{DEBATE}> {{ ?g ?h ?i }} }} }}"
)
MIXED = (
    f"ASK {{ ?d a <https://w3id.org/sicetnon#Debate> GRAPH <{PRO}> {{ ?a ?b ?c }} "
    f"FILTER NOT EXISTS {{ GRAPH <{DEBATE}> {{ ?g ?h ?i }} }} }}"
)
ONE_CLAIM = "ASK { ?c a <https://w3id.org/sicetnon#Claim> }"


@dataclass(frozen=True)
class Sent:
    """A request of the suite, and the answer: the status, types it may have, and ASK's answer."""

    name: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    method: str = "GET"
    body: bytes | None = None
    kind: str | None = None
    status: tuple[int, ...] = (200,)
    types: tuple[str, ...] = ()
    yes: bool | None = None


def query(text: str, **graphs: list[str]) -> list[tuple[str, str]]:
    """The fields of a request: the query, and the graphs it is asked of."""
    named = [(f"{kind}-graph-uri", name) for kind, names in graphs.items() for name in names]
    return [("query", text), *named]


SUITE = [
    Sent("query_post_form", query("ASK {}"), "POST", kind=FORM, yes=True),
    Sent("query_get", query("ASK {}"), yes=True),
    Sent("query_post_direct", method="POST", body=b"ASK {}", kind=DIRECT, yes=True),
    Sent("query_dataset_default_graph", query(ONE_CLAIM, default=[PRO]), yes=True),
    Sent("query_dataset_default_graphs_get", query(ONE_CLAIM, default=[PRO, CON]), yes=True),
    Sent("query_dataset_default_graphs_post", query(ONE_CLAIM, default=[PRO, CON])[1:], "POST",
         body=ONE_CLAIM.encode(), kind=DIRECT, yes=True),
    Sent("query_dataset_named_graphs_get", query(IN_BOTH, named=[PRO, CON]), yes=True),
    Sent("query_dataset_named_graphs_post", query(IN_BOTH, named=[PRO, CON])[1:], "POST",
         body=IN_BOTH.encode(), kind=DIRECT, yes=True),
    Sent("query_dataset_full", query(MIXED, default=[DEBATE], named=[PRO]), yes=True),
    Sent("query_multiple_dataset",
         query(ONE_CLAIM.replace("{", f"FROM <{PRO}> {{", 1), default=[DEBATE]), yes=False),
    Sent("query_content_type_select", query("SELECT (1 AS ?value) {}"), types=tuple(RESULTS)),
    Sent("query_content_type_ask", query("ASK {}"), types=tuple(RESULTS)),
    Sent("query_content_type_describe", query("DESCRIBE <x:a>"), types=tuple(GRAPHS)),
    Sent("query_content_type_construct", query("CONSTRUCT { <x:s> <x:p> 1 } WHERE {}"),
         types=tuple(GRAPHS)),
    Sent("bad_query_method", query("ASK {}"), "PUT", body=b"", kind=FORM, status=(405,)),
    Sent("bad_multiple_queries", [*query("ASK {}"), *query("SELECT * {}")], status=(400,)),
    Sent("bad_query_wrong_media_type", method="POST", body=b"ASK {}", kind="text/plain",
         status=(415,)),
    Sent("bad_query_missing_form_type", method="POST", body=b"query=ASK%20%7B%7D",
         status=(400, 415)),
    Sent("bad_query_missing_direct_type", method="POST", body=b"ASK {}", status=(400, 415)),
    Sent("bad_query_non_utf8", method="POST", body="ASK {}".encode("utf-16"), kind=DIRECT,
         status=(400,)),
    Sent("bad_query_syntax", query("ASK {"), status=(400,)),
    Sent("update_post_form", [("update", "CLEAR ALL")], "POST", kind=FORM, status=(403,)),
    Sent("update_post_direct", method="POST", body=b"CLEAR ALL",
         kind="application/sparql-update", status=(403,)),
    Sent("bad_update_get", [("update", "CLEAR ALL")], status=(403,)),
]  # fmt: skip


@pytest.fixture(scope="module")
def server() -> Iterator[httpx.Client]:
    with serving(TRAMS, Limits(workers=2, seconds=2.0, megabytes=1, body=10_000)) as client:
        yield client


@pytest.mark.parametrize("sent", SUITE, ids=lambda sent: sent.name)
def test_the_protocol(server: httpx.Client, sent: Sent) -> None:
    headers = {} if sent.kind is None else {"Content-Type": sent.kind}
    if sent.kind == FORM and sent.body is None:
        reply = server.request(sent.method, "/sparql", data=dict(sent.fields), headers=headers)
    else:
        reply = server.request(
            sent.method,
            "/sparql",
            params=tuple(sent.fields),
            content=sent.body,
            headers=headers,
        )
    assert reply.status_code in sent.status, reply.text
    if sent.types:
        assert reply.headers["content-type"].partition(";")[0] in sent.types
    if sent.yes is not None:
        assert reply.json()["boolean"] is sent.yes


_WORDS = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["ASK {}", "SELECT * {", "claims-of", "{" * 300, "DESCRIBE <>", "\0", "%", "é"]
    ),
)
_NAMES = st.sampled_from(
    ["query", "update", "default-graph-uri", "named-graph-uri", "$author", "format", "x"]
)
_TYPES = st.sampled_from([FORM, DIRECT, "application/sparql-update", "text/plain", ";;", "a/b;q=x"])
_PATHS = st.one_of(
    st.sampled_from(["/", "/sparql", "/claim/build", "/map", "/term/Claim", "/source/pro", "/%00"]),
    st.text(alphabet="abc/.%~é\\", max_size=30).map(lambda text: f"/{text}"),
)


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    method=st.sampled_from(["GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "XYZ"]),
    path=_PATHS,
    fields=st.lists(st.tuples(_NAMES, _WORDS), max_size=4),
    kind=_TYPES,
    accept=st.one_of(_TYPES, st.sampled_from(["*/*", "text/html", "text/turtle;q=0.1", ",", ""])),
    body=st.one_of(st.binary(max_size=200), _WORDS.map(lambda text: text.encode("utf-8"))),
)
def test_whatever_is_sent_the_answer_is_no_fault_of_the_server(
    server: httpx.Client,
    method: str,
    path: str,
    fields: list[tuple[str, str]],
    kind: str,
    accept: str,
    body: bytes,
) -> None:
    headers = {"Content-Type": kind, "Accept": accept}
    url = server.base_url.copy_with(raw_path=httpx.URL(f"http://x{path}").raw_path)
    reply = server.request(method, url, params=tuple(fields), content=body, headers=headers)
    assert reply.status_code < 500, (reply.status_code, reply.text)
    assert "Traceback" not in reply.text
