"""Relations inside a piece: trees decoded from scores that a reader can follow."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import FormatError
from graph.mining.documents import (
    GoldDocument,
    GoldRelation,
    GoldUnit,
    gold_view,
    read_documents,
    tree_of,
)
from graph.mining.parts import RelationKind, Span
from graph.mining.relations import FLOOR, best_tree, relations
from tests.mined import WordClaims, WordPairs


def document(text: str, *units: str, central: int = 0) -> GoldDocument:
    gold = []
    for number, words in enumerate(units):
        start = text.index(words)
        gold.append(
            GoldUnit(str(number), Span(start, start + len(words)), words, number == central)
        )
    return GoldDocument("d", text, tuple(gold), ())


def joined(text: str, *units: str) -> tuple[int | None, set[tuple[int, str, int]]]:
    seen = gold_view(document(text, *units), None, WordClaims(), WordPairs())
    central, found = relations(seen, FLOOR)
    return central, {(r.source, r.kind.value, r.target) for r in found}


def test_because_supports_what_stands_before_it() -> None:
    text = "The tram should be built, because it is quiet."
    assert joined(text, "The tram should be built", "it is quiet") == (0, {(1, "support", 0)})


def test_but_attacks() -> None:
    text = "The tram should be built. But it is dear."
    assert joined(text, "The tram should be built", "it is dear") == (0, {(1, "attack", 0)})


def test_so_is_supported_by_what_stands_before_it() -> None:
    text = "Trams are quiet, so the tram should be built."
    central, found = joined(text, "Trams are quiet", "the tram should be built")
    assert (central, found) == (1, {(0, "support", 1)})


def test_no_claim_and_one_claim() -> None:
    assert joined("Trams.") == (None, set())
    assert joined("Trams are quiet.", "Trams are quiet") == (0, set())


def test_every_claim_but_the_central_one_has_a_target() -> None:
    text = "A is so. B is so. C is so. D is so. E is so."
    central, found = joined(text, *(f"{letter} is so" for letter in "ABCDE"))
    assert {source for source, _, _ in found} == {0, 1, 2, 3, 4} - {central}


def test_weak_relations_are_left_out() -> None:
    text = "A is so. B is so. C is so."
    seen = gold_view(document(text, "A is so", "B is so"), None, WordClaims(), WordPairs())
    assert relations(seen, FLOOR, 0.999)[1] == ()
    assert RelationKind.SUPPORT in {r.kind for r in relations(seen, FLOOR)[1]}


@settings(max_examples=60)
@given(st.integers(1, 5), st.data())
def test_the_tree_against_all_trees(count: int, data: st.DataObject) -> None:
    odds = st.floats(0.01, 0.99)
    links = {(i, j): data.draw(odds) for i, j in product(range(count), repeat=2) if i != j}
    roots = [data.draw(odds) for _ in range(count)]
    central, target = best_tree(roots, links)
    found = roots[central] * float(np.prod([links[i, j] for i, j in target.items()]))
    best = 0.0
    for root in range(count):
        others = [n for n in range(count) if n != root]
        for choice in product(range(count), repeat=len(others)):
            tree = dict(zip(others, choice, strict=True))
            if all(i != j for i, j in tree.items()) and _leads_to(tree, root):
                best = max(best, roots[root] * float(np.prod([links[e] for e in tree.items()])))
    assert found == pytest.approx(best, rel=1e-6)


def _leads_to(tree: dict[int, int], root: int) -> bool:
    for start in tree:
        at, steps = start, 0
        while at != root:
            at, steps = tree[at], steps + 1
            if steps > len(tree):
                return False
    return True


def test_documents_are_read_and_bad_lines_named(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    unit = '{"id": "a", "start": 0, "end": 4, "kind": "central_claim"}'
    other = '{"id": "b", "start": 5, "end": 9, "kind": "premise"}'
    drawn = '{"source": "b", "target": "a", "type": "attack"}'
    units = f'"units": [{unit}, {other}], "relations": [{drawn}]'
    whole = f'{{"doc_id": "x", "text": "one. two.", {units}}}'
    path.write_text(whole + "\n", "utf-8")
    (read,) = read_documents(path)
    assert read.relations == (GoldRelation(1, 0, attack=True),)
    assert read.central == 0
    path.write_text(whole + "\n{}\n", "utf-8")
    with pytest.raises(FormatError, match=r"d\.jsonl:2: no document"):
        read_documents(path)


def test_the_tree_of_a_document() -> None:
    seen = gold_view(
        document("The tram should be built, because it is quiet.",
                 "The tram should be built", "it is quiet"),
        "The tram", WordClaims(), WordPairs(),
    )  # fmt: skip
    tree = tree_of(seen, FLOOR)
    assert (tree.central, tree.target, tree.attack) == (0, {1: 0}, {1: False})
