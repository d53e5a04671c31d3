"""Whether RDF has the shape of a debate, checked with SHACL and told in plain language.

Time and memory grow with the size of the graph: pyshacl checks node by node in Python, and works
on a copy in rdflib's own memory. See :func:`conforms` for what to expect.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pyshacl
from rdflib import Dataset, Graph, Namespace
from rdflib.namespace import RDF, RDFS
from rdflib.term import Node

from .vocab import SEN

__all__ = ["Violation", "conforms", "shapes"]

_SH = Namespace("http://www.w3.org/ns/shacl#")
_SHAPES = "https://w3id.org/sicetnon/shapes#"


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One thing that is wrong: the node it is wrong with, a sentence, and the name of the shape."""

    focus: str
    message: str
    shape: str


@cache
def shapes() -> Graph:
    """The SHACL shapes of a debate, as an rdflib graph; do not change it.

    >>> len(shapes()) > 300
    True
    """
    return Graph().parse(data=_read("shapes.ttl"), format="turtle")


def conforms(graph: Graph) -> list[Violation]:
    """What is wrong with the RDF of a debate, sorted; an empty list if it conforms.

    All graphs of a dataset are checked together. pyshacl is slow: 10,000 claims with as many
    anchors and 7,500 relations take most of a minute, 1,000 three seconds, and with the findings
    two or three times as long. So this is for files that come from elsewhere; what
    :func:`graph.rdf.to_rdf` and :func:`graph.findings.all_to_quads` make conforms.

    >>> wrong = Graph().parse(data='<x:i> a <https://w3id.org/sicetnon#Issue> .', format="turtle")
    >>> [violation.shape for violation in conforms(wrong)]
    ['IssueId', 'IssueQuestion']
    """
    _, report, _ = pyshacl.validate(
        _plain(graph),
        shacl_graph=shapes(),
        inference="none",
        do_owl_imports=False,
        advanced=False,
        meta_shacl=False,
        js=False,
        inplace=True,
    )
    if not isinstance(report, Graph):
        raise TypeError(f"Unexpected SHACL report: {report!r}")
    return sorted(
        {_violation(report, node) for node in report.subjects(RDF.type, _SH.ValidationResult)}
    )


def _violation(report: Graph, node: Node) -> Violation:
    shape = str(report.value(node, _SH.sourceShape))
    return Violation(
        str(report.value(node, _SH.focusNode)),
        str(report.value(node, _SH.resultMessage)),
        shape.removeprefix(_SHAPES),
    )


def _plain(graph: Graph) -> Graph:
    """A copy in rdflib's memory of all graphs together, with the classes that stand in others."""
    plain = Graph()
    if isinstance(graph, Dataset):
        for s, p, o, _ in graph.quads():
            plain.add((s, p, o))
    else:
        for triple in graph:
            plain.add(triple)
    plain.add((SEN.SelfContradiction, RDFS.subClassOf, SEN.Contradiction))
    plain.add((SEN.Group, RDFS.subClassOf, SEN.Agent))
    return plain


def _read(name: str) -> str:
    return (files("ontology") / name).read_text(encoding="utf-8")
