"""The map page and its layout, without a browser."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from benchmarks.synthetic import synthetic
from graph.analysis.contradictions import contradictions
from graph.formats.argdown import parse_argdown
from graph.model import Agent, Claim, Debate, Source, Support
from graph.views.layout import Position, positions
from graph.views.map import map_html
from graph.views.order import column_order, neighbour_weights
from graph.views.wrap import text_width, wrap

from .nightbus import contradictions as by_hand
from .nightbus import night_bus

HOSTILE = (
    "</script><script>alert(1)</script>",
    "<!-- <script> <img src=x onerror=alert(2)>",
    "javascript:alert(3) href='x' \" ' & &amp; {{ 7*7 }} {% raw %}",
    "אין אוטובוס בלילה",
    "🚌 at night 👩‍👩‍👧‍👦",
    "x" * 5000,
    "word " * 1000,
)


def hostile() -> Debate:
    claims = tuple(Claim(f"h{i}", text, "s", "a") for i, text in enumerate(HOSTILE))
    return Debate(
        "hostile", HOSTILE[0], agents=(Agent("a", HOSTILE[1]),),
        sources=(Source("s", HOSTILE[2], "a", note=HOSTILE[0]),), claims=claims,
        supports=(Support(("h1", "h2"), "h0", "n", scheme="<b>scheme"),),
    )  # fmt: skip


def overlapping(boxes: dict[str, Position]) -> list[tuple[str, str]]:
    """Pairs of boxes that share room, found by a sweep from left to right."""
    found, active = [], list[tuple[str, Position]]()
    for key, box in sorted(boxes.items(), key=lambda item: item[1].x - item[1].width / 2):
        left = box.x - box.width / 2
        active = [(k, b) for k, b in active if b.x + b.width / 2 > left + 1e-6]
        found += [
            (key, k)
            for k, b in active
            if abs(b.y - box.y) < (b.height + box.height) / 2 - 1e-6
        ]  # fmt: skip
        active.append((key, box))
    return found


class Scripts(HTMLParser):
    """What the page would load or run."""

    def __init__(self) -> None:
        super().__init__()
        self.data: dict[str, str] = {}
        self.attributes: list[tuple[str, str, str | None]] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        self.current = dict(attrs).get("id") or ""

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] == "script" and data.strip():
            self.data.setdefault(self.current, data)


def read(page: str) -> Scripts:
    parser = Scripts()
    parser.feed(page)
    return parser


@pytest.mark.parametrize("size", [0, 1, 2, 12, 60, 200, 700])
def test_no_two_cards_overlap(size: int) -> None:
    assert overlapping(positions(synthetic(size, seed=size))) == []


def test_fixture_has_a_box_for_everything_and_none_overlap() -> None:
    debate = night_bus()
    boxes = positions(debate, by_hand())
    assert overlapping(boxes) == []
    assert {b.name for b in boxes.values() if b.kind == "claim"} == set(debate.claim_by_id)
    assert {b.name for b in boxes.values() if b.kind == "step"} == {
        "who-is-left",
        "demand",
        "health",
    }
    assert {b.name for b in boxes.values() if b.kind == "issue"} == {"q-night", "q-taxi"}
    assert {b.name for b in boxes.values() if b.kind == "source"} == set(debate.source_by_id)


def test_a_conclusion_stands_above_its_premises() -> None:
    boxes = positions(night_bus(), by_hand())
    for box in boxes.values():
        if box.parent is not None:
            assert boxes[box.parent].y < box.y
            assert boxes[box.parent].lane == box.lane


@pytest.mark.parametrize("links", [[(0, 1), (1, 2), (2, 0)], [(0, 1), (1, 0), (2, 3), (3, 2)]])
def test_supports_in_a_circle_are_laid_out(links: list[tuple[int, int]]) -> None:
    debate = Debate(
        "d", "Circles", agents=(Agent("a", "A"),), sources=(Source("s", "S", "a"),),
        claims=tuple(Claim(f"c{i}", f"Claim {i}.", "s", "a") for i in range(4)),
        supports=tuple(Support((f"c{i}",), f"c{j}") for i, j in links),
    )  # fmt: skip
    boxes = positions(debate)
    assert len([b for b in boxes.values() if b.kind == "claim"]) == 4
    assert overlapping(boxes) == []


def test_a_very_long_chain_of_supports_is_laid_out() -> None:
    n = 3000
    debate = Debate(
        "d", "Chain", agents=(Agent("a", "A"),), sources=(Source("s", "S", "a"),),
        claims=tuple(Claim(f"c{i}", f"Claim {i}.", "s", "a") for i in range(n)),
        supports=tuple(Support((f"c{i + 1}",), f"c{i}") for i in range(n - 1)),
    )  # fmt: skip
    boxes = positions(debate)
    assert overlapping(boxes) == []
    assert len([b for b in boxes.values() if b.kind == "claim"]) == n


def test_names_shared_by_a_claim_a_support_and_a_source_are_kept_apart() -> None:
    debate = Debate(
        "d", "Names", agents=(Agent("x", "X"),), sources=(Source("x", "S", "x"),),
        claims=tuple(Claim(name, "Text.", "x", "x") for name in ("x", "y", "z")),
        supports=(Support(("y", "z"), "x", "x"),),
    )  # fmt: skip
    assert len(positions(debate)) == 5
    assert "Names" in map_html(debate, [])


def test_five_thousand_claims_fit_a_screen() -> None:
    debate = synthetic(5000)
    boxes = positions(debate)
    width = max(b.x + b.width / 2 for b in boxes.values())
    height = max(b.y + b.height / 2 for b in boxes.values())
    assert 0.5 < width / height < 4


def test_the_order_of_columns_is_the_best_of_all_up_to_seven() -> None:
    weights = neighbour_weights([("a", "d"), ("d", "a"), ("b", "d"), ("c", "c")])
    assert weights == {("a", "d"): 2, ("b", "d"): 1}
    assert column_order("abcd", weights) in (["a", "d", "b", "c"], ["c", "a", "d", "b"])
    assert column_order(["x"], {}) == ["x"]


def test_beyond_seven_columns_the_heaviest_pairs_are_neighbours() -> None:
    names = [str(i) for i in range(9)]
    order = column_order(names, {("0", "8"): 9, ("4", "8"): 5, ("0", "4"): 4, ("1", "7"): 3})
    assert sorted(order) == names
    at = {name: i for i, name in enumerate(order)}
    for a, b in (("0", "8"), ("4", "8"), ("1", "7")):
        assert abs(at[a] - at[b]) == 1


def test_the_page_is_the_same_whatever_the_hash_seed() -> None:
    code = (
        "import hashlib; from tests.nightbus import *; from graph.views.map import map_html; "
        "page = map_html(night_bus(), contradictions()); "
        "print(hashlib.sha256(page.encode()).hexdigest())"
    )
    root = Path(__file__).parents[1]
    found = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=root, env={"PYTHONHASHSEED": seed}, text=True,
            capture_output=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(found) == 1


@pytest.mark.parametrize("debate", [night_bus(), hostile()], ids=["fixture", "hostile"])
def test_the_page_holds_everything_itself(debate: Debate) -> None:
    page = map_html(debate, [], {"h0": "<i>passage</i>"})
    parsed = read(page)
    loads = [a for a in parsed.attributes if a[1] in ("src", "href", "srcset", "style", "action")]
    assert loads == []
    assert not [name for _, name, _ in parsed.attributes if name.startswith("on")]
    assert parsed.tags.count("script") == 5
    style = page[page.index("<style>") : page.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style
    policy = next(v for t, n, v in parsed.attributes if t == "meta" and n == "content" and v)
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert "sourceMappingURL" not in page
    assert "@license" in page


def test_hostile_texts_are_data_and_come_back_whole() -> None:
    page = map_html(hostile(), [])
    told = json.loads(read(page).data["facts"])
    assert [c["text"] for c in told["claims"]] == [" ".join(t.split()) for t in HOSTILE]
    assert "<title>&lt;/script&gt;" in page
    for name in ("facts", "nodes", "edges", "options"):
        block = re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', page)
        assert block
        assert not re.search(r"[<>&\u2028\u2029]", block[1])
        json.loads(block[1])


def test_no_script_of_ours_makes_markup_from_text() -> None:
    folder = Path(sys.modules["graph.views.map"].__file__ or "").parent / "templates"
    scripts = sorted(folder.glob("*.js"))
    assert scripts
    for script in scripts:
        text = script.read_text("utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", text)
        assert len(text.splitlines()) <= 250, script.name


def test_every_line_of_the_map_ends_at_a_box_and_every_relation_is_drawn() -> None:
    debate = night_bus()
    parsed = read(map_html(debate, by_hand()))
    nodes, edges = json.loads(parsed.data["nodes"]), json.loads(parsed.data["edges"])
    assert {e["from"] for e in edges} | {e["to"] for e in edges} <= {n["id"] for n in nodes}
    drawn = {(e["kind"], e["ref"]) for e in edges}
    assert drawn >= {("support", i) for i in range(len(debate.supports))}
    assert drawn >= {(a.kind.value, i) for i, a in enumerate(debate.attacks)}
    assert drawn >= {("rephrase", 0), ("pro", 0), ("con", 1)}


def test_the_contradictions_of_the_analysis_are_listed() -> None:
    debate = night_bus()
    found = contradictions(debate)
    told = json.loads(read(map_html(debate, found)).data["facts"])
    assert {c["number"] for c in told["clashes"]} == {c.rank for c in found}
    assert [c["rank"] for c in told["clashes"]] == [*range(1, len(found) + 1)]


@pytest.mark.parametrize("text", [*HOSTILE, "a", "a b c", "W" * 40, "长" * 60])
def test_wrapped_lines_fit_and_lose_no_letter(text: str) -> None:
    lines = wrap(text, 200, 13, max_lines=10_000)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(text_width(line) * 13 <= 200.001 for line in lines)
    short = wrap(text, 200, 13, max_lines=3)
    assert len(short) <= 3
    assert (len(lines) > 3) == short[-1].endswith("…")


def test_a_branch_far_from_its_top_is_drawn() -> None:
    """Its column repeats only the nearest conclusions, and the top is not among them."""
    chain = "".join(
        f"{'  ' * n}+ [c{n}]: Claim number {n} of a long chain.\n" for n in range(1, 90)
    )
    rest = "".join(f"  + [d{n}]: Another reason of the top.\n" for n in range(40))
    debate = parse_argdown(f"[top]: The top.\n{chain}{rest}")
    assert "Another reason of the top." in map_html(debate, [])
