"""The shapes: what we write conforms, and each file in ``shapes/`` breaks exactly one of them."""

from __future__ import annotations

from pathlib import Path

import pyshacl
import pytest
from hypothesis import HealthCheck, given, settings
from rdflib import Graph, URIRef

from graph.build import to_store
from graph.model import Debate
from graph.rdf import findings_to_quads, to_rdf
from graph.store import load
from graph.validate import conforms, shapes
from tests.examples_rdf import FOUND, TRAMS
from tests.strategies import debates

FOLDER = Path(__file__).parent / "shapes"
FILES = sorted(path for path in FOLDER.glob("*.ttl") if path.stem != "sound")
MESSAGE = URIRef("http://www.w3.org/ns/shacl#message")
SOUND = (FOLDER / "sound.ttl").read_text("utf-8")


def sound() -> Graph:
    return Graph().parse(data=SOUND, format="turtle")


def test_every_constraint_has_its_file() -> None:
    named = {str(shape).partition("#")[2] for shape in shapes().subjects(MESSAGE)}
    assert {path.stem for path in FILES} == named
    assert len(named) >= 60


def test_sound() -> None:
    assert conforms(sound()) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_breaks_exactly_one(path: Path) -> None:
    graph = sound().parse(path, format="turtle")
    found = conforms(graph)
    assert {violation.shape for violation in found} == {path.stem}
    for violation in found:
        assert violation.message.endswith(".")
        assert violation.focus.startswith("https://example.org/")


def test_what_we_write_conforms() -> None:
    dataset = to_rdf(TRAMS)
    load(dataset, findings_to_quads(TRAMS, FOUND))
    assert conforms(dataset) == []


@given(debates())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_we_write_conforms(debate: Debate) -> None:
    assert conforms(to_store(debate)) == []


def test_text_for_a_confidence() -> None:
    broken = '<https://example.org/c> <https://w3id.org/sicetnon#confidence> "high" .'
    found = conforms(sound().parse(data=broken, format="turtle"))
    assert [violation.shape for violation in found] == ["Confidence"]


def test_shapes_are_shacl() -> None:
    assert pyshacl.validate(sound(), shacl_graph=shapes(), meta_shacl=True)[0]
