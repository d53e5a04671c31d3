"""Files that other people's tools wrote load whole: as many claims, supports, attacks, holders."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import Any
from xml.etree import ElementTree as ET

from graph.formats.losses import NOBODY
from graph.formats.table import read_file
from graph.model import Debate
from tests.corpora import files


def counts(debate: Debate) -> dict[str, int]:
    return {
        "claims": len(debate.claims),
        "supports": len(debate.supports),
        "attacks": len(debate.attacks),
        "holders": len({c.holder for c in debate.claims} - {NOBODY.id}),
    }


def aif_counts(graph: dict[str, Any]) -> dict[str, int]:
    """The same, counted in the nodes and edges of AIF."""
    types = {node["nodeID"]: node["type"] for node in graph["nodes"]}
    texts = {node["nodeID"]: node["text"] for node in graph["nodes"]}
    into, out = defaultdict(set), defaultdict(set)
    for edge in graph["edges"]:
        into[edge["toID"]].add(edge["fromID"])
        out[edge["fromID"]].add(edge["toID"])
    schemes = {"RA", "CA", "MA"}
    claims = {n for n, t in types.items() if t == "I"}
    claims |= {n for n, t in types.items() if t == "L"
               and schemes & {types[e] for e in into[n] | out[n]}}  # fmt: skip

    def speaker(locution: str) -> str:
        before, colon, _ = texts[locution].partition(":")
        return " ".join(before.split()) if colon else ""

    said: dict[str, set[str]] = defaultdict(set)
    asking = re.compile("question|challeng|alternative", re.I)
    for node in (n for n, t in types.items() if t == "I"):
        voices = [(speaker(lo), bool(asking.search(texts[ya])))
                  for ya in into[node] if types[ya] == "YA"
                  for lo in into[ya] if types[lo] == "L"]  # fmt: skip
        asserting = {name for name, asks in voices if not asks}
        said[node] = asserting or {name for name, _ in voices[:1]}
    holders = set().union(*said.values()) if said else set()
    for node in claims - set(said):
        outer = [speaker(lo) for ya in into[node] if types[ya] == "YA"
                 for lo in into[ya] if types[lo] == "L"]  # fmt: skip
        holders.add(next(filter(None, outer), speaker(node)))
    pairs = {
        kind: {(n, a, b) for n, t in types.items() if t == kind
               for a in into[n] & claims for b in out[n] & claims if a != b}
        for kind in schemes
    }  # fmt: skip
    return {
        "claims": len(claims) + sum(len(names) - 1 for names in said.values() if names),
        "supports": len({(n, b) for n, _, b in pairs["RA"]}),
        "attacks": len({(a, b) for _, a, b in pairs["CA"]}),
        "holders": len(holders - {""}),
    }


def test_aif_of_several_corpora() -> None:
    for path in files("aif", ".json"):
        graph = json.loads(path.read_text("utf-8"))
        assert counts(read_file(path).debate) == aif_counts(graph), path.name


def test_every_word_of_aif_is_there_or_counted() -> None:
    for path in files("aif", ".json"):
        graph = json.loads(path.read_text("utf-8"))
        reading = read_file(path)
        lost = {loss.what: loss.count for loss in reading.losses}
        kinds = [node["type"] for node in graph["nodes"]]
        said = {c.text for c in reading.debate.claims}
        assert {" ".join(n["text"].split()) for n in graph["nodes"] if n["type"] == "I"} <= said
        assert lost.get("transitions (TA)", 0) == kinds.count("TA")
        assert len(reading.debate.rephrases) + lost.get("rephrases said twice", 0) >= (
            kinds.count("MA") - lost.get("MA-nodes without two ends", 0)
        )


def test_xaif() -> None:
    for path in files("xaif", ".json"):
        graph = json.loads(path.read_text("utf-8"))["AIF"]
        assert counts(read_file(path).debate) == aif_counts(graph), path.name


def test_kialo() -> None:
    for path in files("kialo", ".txt"):
        lines = path.read_text("utf-8").splitlines()
        nodes = [line for line in lines if re.match(r"(\d+\.)+ ", line)]
        see = [line for line in nodes if "-> See" in line]
        assert counts(read_file(path).debate) == {
            "claims": len(nodes) - len(see),
            "supports": sum(bool(re.match(r"[\d.]+ Pro:", line)) for line in nodes),
            "attacks": sum(bool(re.match(r"[\d.]+ Con:", line)) for line in nodes),
            "holders": 0,
        }


def test_microtexts() -> None:
    for path in files("microtexts", ".xml"):
        root = ET.parse(path).getroot()
        kinds = [edge.get("type") for edge in root.iter("edge")]
        sides = {adu.get("type") for adu in root.iter("adu")}
        attacks = {e.get("id") for e in root.iter("edge") if e.get("type") in ("reb", "und")}
        linked_attacks = sum(
            edge.get("type") == "add" and edge.get("trg") in attacks for edge in root.iter("edge")
        )
        assert counts(read_file(path).debate) == {
            "claims": len(root.findall("adu")),
            "supports": kinds.count("sup") + kinds.count("exa"),
            "attacks": kinds.count("reb") + kinds.count("und") + linked_attacks,
            "holders": len(sides),
        }, path.name
