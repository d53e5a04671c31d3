"""The five pieces: complete, sound, in our own words, and really in conflict."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

import networkx as nx

from graph.analysis.contradictions import contradictions
from graph.passages import passages
from tests.kosovo import FOLDER, kosovo, texts

PIECES = ["chollet-escobar", "ecfr", "florescu", "hehir", "recognition"]

#: The pairs of pieces in which nobody contradicts anybody head-on, and what they differ on.
AT_PEACE = {
    ("chollet-escobar", "florescu"): {"kosovo-sovereign"},
    ("chollet-escobar", "recognition"): {"talks-can-settle"},
    ("hehir", "recognition"): set[str](),
}


def test_every_piece_is_annotated() -> None:
    counts = Counter(claim.source for claim in kosovo().claims)
    assert sorted(counts) == PIECES
    assert counts.pop("florescu") >= 10
    assert min(counts.values()) >= 25


def test_every_claim_is_anchored_and_every_source_hashed() -> None:
    assert all(claim.anchor for claim in kosovo().claims)
    assert all(source.sha256 and source.text for source in kosovo().sources)


def test_every_anchor_resolves_where_the_texts_are() -> None:
    folder = texts()
    expected = {claim.id for claim in kosovo().claims} if folder else set()
    assert set(passages(kosovo(), folder) if folder else ()) == expected


def words(text: str, count: int) -> Iterator[tuple[str, ...]]:
    found = re.findall(r"\w+", text.lower())
    return zip(*(found[n:] for n in range(count)), strict=False)


def test_no_claim_copies_its_piece() -> None:
    folder = texts()
    for source in kosovo().sources if folder else ():
        assert folder
        assert source.text
        original = set(words((folder / source.text).read_text(encoding="utf-8"), 7))
        for claim in kosovo().claims:
            if claim.source == source.id:
                assert not original.intersection(words(claim.text, 7)), claim.id


def test_claims_are_short_enough_to_be_one_proposition() -> None:
    assert max(len(claim.text.split()) for claim in kosovo().claims) <= 40


def test_nothing_supports_itself_in_a_circle() -> None:
    edges = [(p, s.conclusion) for s in kosovo().supports for p in s.premises]
    assert nx.is_directed_acyclic_graph(nx.DiGraph(edges))


def test_every_pair_of_pieces_that_conflicts_is_found() -> None:
    source = {claim.id: claim.source for claim in kosovo().claims}
    direct: set[tuple[str, ...]] = set()
    issues: dict[tuple[str, ...], set[str]] = {pair: set() for pair in AT_PEACE}
    for found in contradictions(kosovo()):
        pair = tuple(sorted({source[found.first], source[found.second]}))
        if found.kind == "direct" and len(pair) == 2:
            direct.add(pair)
        if found.issue and pair in issues:
            issues[pair].add(found.issue)
    assert direct == set(combinations(PIECES, 2)).difference(AT_PEACE)
    assert issues == AT_PEACE


def test_at_least_twenty_contradictions_between_the_authors() -> None:
    authors = {agent.id for agent in kosovo().authors}
    direct = [
        c
        for c in contradictions(kosovo())
        if c.kind == "direct" and {c.first_holder, c.second_holder} <= authors
    ]
    assert len(direct) >= 20


def test_the_ten_pairs_are_told_in_the_readme() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:ce|ecfr|flo|heh|rec)-[a-z0-9-]+)`", readme))
    assert named
    assert named <= {claim.id for claim in kosovo().claims}
