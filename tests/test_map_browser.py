"""The map page as a person uses it, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.synthetic import synthetic
from graph.analysis.contradictions import contradictions as found_in
from graph.model import AttackKind, Debate
from graph.views.map import map_html

from .browser import until, watched
from .nightbus import contradictions, night_bus
from .test_map import HOSTILE, hostile

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("map") / "map.html"
    passages = {"run-it": "We <b>need</b> them now."}
    path.write_text(map_html(night_bus(), contradictions(), passages), "utf-8")
    return path


@pytest.fixture
def page(browser: Browser, file: Path) -> Iterator[Page]:
    with watched(browser, file) as seen:
        yield seen.page


def chosen(page: Page) -> str:
    told = page.evaluate("SN.facts.claims[SN.state.claim]?.id ?? ''")
    return str(told)


def is_chosen(page: Page, claim: str) -> None:
    """Wait until that claim is chosen, or none for no name: the address leads, a moment ahead."""
    until(page, f"(SN.facts.claims[SN.state.claim]?.id ?? '') === {json.dumps(claim)}")


def at(page: Page, claim: str) -> tuple[float, float]:
    """Where the middle of a card is on the screen."""
    x, y = page.evaluate(
        """(id) => { const n = SN.nodeOf.claim[SN.claimAt.get(id)];
        const p = SN.network.canvasToDOM({x: n.x, y: n.y});
        const b = document.getElementById("map").getBoundingClientRect();
        return [p.x + b.left, p.y + b.top]; }""",
        claim,
    )
    return x, y


def test_it_opens_with_title_counts_and_all_clashes(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Should the buses run all night?")
    expect(page.locator("header p")).to_contain_text("22 claims")
    expect(page.locator("#page-clashes a.item")).to_have_count(6)
    assert page.evaluate("SN.network.body.nodeIndices.length") == page.evaluate("SN.nodes.length")


def test_something_is_drawn(page: Page) -> None:
    colours = page.evaluate(
        """() => { const c = document.querySelector("#map canvas");
        const d = c.getContext("2d").getImageData(0, 0, c.width, c.height).data;
        const s = new Set(); for (let i = 0; i < d.length; i += 4)
          s.add(d[i] * 65536 + d[i + 1] * 256 + d[i + 2]); return s.size; }"""
    )
    assert colours > 50


@pytest.mark.parametrize("text", ["Neither should be.", "Trams.", "It is so.", "Tramways! Now."])
def test_a_short_claim_has_words_at_every_size(browser: Browser, tmp_path: Path, text: str) -> None:
    debate = night_bus()
    claims = [replace(c, text=text) if c.id == "sleep" else c for c in debate.claims]
    path = tmp_path / "map.html"
    path.write_text(map_html(replace(debate, claims=tuple(claims)), []), "utf-8")
    with watched(browser, path) as seen:
        sizes = seen.page.evaluate(
            """async () => { const told = [], c = CanvasRenderingContext2D.prototype;
            const write = c.fillText;
            c.fillText = function (...words) { told.push(words[0]); write.apply(this, words); };
            const n = SN.nodeOf.claim[SN.claimAt.get("sleep")], shown = {};
            for (const scale of [0.26, 0.28, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8, 1]) {
              SN.network.moveTo({ position: n, scale, animation: false });
              told.length = 0;
              // a frame without the mark of an author is a copy of the last one
              for (let tries = 0; !told.includes("AO") && tries < 100; tries++) {
                SN.redraw();
                await new Promise((done) => setTimeout(done, 30));
              }
              shown[scale] = [...told];
            }
            return shown; }"""
        )
    first = text.split(" ")[0].strip(".!")
    blank = [scale for scale, told in sizes.items() if not any(first in line for line in told)]
    assert blank == []


def test_search_finds_by_text_name_and_holder(page: Page) -> None:
    page.keyboard.press("/")
    box = page.get_by_role("combobox", name="Search claims")
    expect(box).to_be_focused()
    for words, least in (("bridge", 1), ("full-early", 1), ("okafor", 4), ("BRÍDGE repair", 1)):
        box.fill(words)
        assert page.get_by_role("option").count() >= least, words
    box.fill("no such thing")
    expect(page.locator("#found")).to_contain_text("Nothing found")
    box.fill("bridge")
    box.press("Enter")
    expect(page.locator("#claim-text")).to_have_text(
        "The whole service costs less than the yearly repair of one bridge."
    )
    assert page.url.endswith("#claim=cheap")
    is_chosen(page, "cheap")


def test_the_page_of_a_claim_tells_everything(browser: Browser, file: Path) -> None:
    with watched(browser, file, "#claim=run-it") as seen:
        panel = seen.page.locator("#page-claim")
        expect(panel).to_be_visible()
        for text in (
            "Claire Moreau", "Let the late shift ride", "2024-03-02", "The Harbour Post",
            "paragraph 1, sentence 1, characters 0-65", "We <b>need</b> them now.",
            "Supported by (4)", "Attacked by (2)", "In conflict with, both ways (1)", "Answers (1)",
            "undercuts demand",
        ):  # fmt: skip
            expect(panel).to_contain_text(text)
        seen.page.goto(file.as_uri() + "#claim=sleep")
        expect(panel).to_contain_text("mined by rules 0.1, confidence 0.6")
        seen.page.goto(file.as_uri() + "#claim=quiet-bus")
        expect(panel).to_contain_text("reported by Ada Okafor")


def test_a_clash_shows_both_sides_and_its_path_in_words(page: Page) -> None:
    rank = page.evaluate("SN.facts.clashes.find((c) => c.number === 3).rank")
    page.locator("#page-clashes a.item").nth(rank - 1).click()
    panel = page.locator("#page-clashes")
    expect(panel.locator(".two .item")).to_have_count(2)
    expect(page.locator("#path")).to_contain_text("which attacks the premise")
    expect(page.locator("#path")).to_contain_text("which supports")
    assert page.url.endswith(f"#clash={rank}")
    until(page, "Boolean(SN.state.focus)")
    focus = page.evaluate("[...SN.state.focus.nodes].map((i) => SN.nodes[i].kind)")
    assert focus.count("claim") >= 3
    for claim in ("empty", "pilot", "run-it"):
        x, y = at(page, claim)
        assert 0 <= x <= 1440
        assert 0 <= y <= 900


@pytest.mark.parametrize(
    ("rank", "words"),
    [
        (1, "contradicts"), (2, "cannot be true together with"),
        (4, "which cannot be true together with"), (5, "which is supported by"),
        (6, "which answers yes to"),
    ],
)  # fmt: skip
def test_every_kind_of_path_is_told(browser: Browser, file: Path, rank: int, words: str) -> None:
    with watched(browser, file, f"#contradiction={rank}") as seen:
        expect(seen.page.locator("#path")).to_contain_text(words)


def test_clashes_can_be_narrowed_to_two_authors(page: Page) -> None:
    select = page.get_by_role("combobox", name="Show clashes between")
    select.select_option(label="Claire Moreau – Ada Okafor (2)")
    expect(page.locator("#page-clashes a.item")).to_have_count(2)
    select.select_option(value="")
    expect(page.locator("#page-clashes a.item")).to_have_count(6)


def hidden(page: Page) -> int:
    """How many claims the map leaves out."""
    return int(page.evaluate("SN.nodeOf.claim.filter((n) => !SN.isShown(n)).length"))


def test_filters_hide_claims_and_lines_and_every_step_can_be_undone(page: Page) -> None:
    page.get_by_role("tab", name="Filters").click()
    assert hidden(page) == 0
    page.get_by_label("Per Lindqvist").first.uncheck()
    assert hidden(page) == 8
    page.get_by_role("button", name="Authors and speakers: none").click()
    assert hidden(page) == 22
    page.get_by_role("button", name="Undo", exact=True).click()
    assert hidden(page) == 8
    page.keyboard.press("u")
    assert hidden(page) == 0
    expect(page.get_by_label("Per Lindqvist").first).to_be_checked()
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_disabled()
    page.get_by_role("button", name="Lines: none").click()
    assert page.evaluate("SN.edges.every((e) => !e.p)")
    page.get_by_label("Is a ride on demand enough?").uncheck()
    assert hidden(page) > 0


def test_filters_by_origin_and_confidence(page: Page) -> None:
    page.get_by_role("tab", name="Filters").click()
    page.get_by_label("a miner").uncheck()
    mined = page.evaluate("SN.facts.claims.filter((c) => c.mined).length")
    assert hidden(page) == mined > 0
    page.keyboard.press("u")
    page.locator("#filter-sure").focus()
    for _ in range(14):
        page.keyboard.press("ArrowRight")
    unsure = page.evaluate("SN.facts.claims.filter((c) => (c.sure ?? 1) < 0.7).length")
    assert hidden(page) == unsure > 0


def test_a_branch_collapses_into_a_pill_and_opens_again(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("run night buses every half")
    page.keyboard.press("Enter")
    is_chosen(page, "run-it")
    page.locator("#map").focus()
    below = page.evaluate("SN.nodeOf.claim[SN.state.claim].many")
    page.keyboard.press("c")
    assert hidden(page) == below > 0
    assert page.evaluate("SN.pill(SN.nodeOf.claim[SN.state.claim], 1).text") == f"+{below}"
    lifted = "SN.edges.filter((e) => e.p && e.lifted).length"
    assert page.evaluate(lifted) > 0
    left, top = page.evaluate(
        """() => { const n = SN.nodeOf.claim[SN.state.claim], pill = SN.pill(n, SN.scale());
        const p = SN.network.canvasToDOM({x: pill.left + pill.w / 2, y: pill.top + pill.h / 2});
        const b = document.getElementById("map").getBoundingClientRect();
        return [p.x + b.left, p.y + b.top]; }"""
    )
    page.mouse.click(left, top)
    assert hidden(page) == 0
    page.keyboard.press("u")
    assert hidden(page) == below
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    page.evaluate("location.hash = '#claim=stranded'")
    is_chosen(page, "stranded")
    assert page.evaluate("SN.isShown(SN.nodeOf.claim[SN.claimAt.get('stranded')])")


@pytest.mark.parametrize("links", [1, 2, 3])
@pytest.mark.parametrize("claim", ["cheap", "no-car", "run-it"])
def test_only_what_is_some_links_away(page: Page, claim: str, links: int) -> None:
    page.evaluate(f"location.hash = '#claim={claim}'")
    is_chosen(page, claim)
    page.keyboard.press(str(links))
    until(page, f"SN.state.links === {links}")
    assert page.url.endswith(f"#claim={claim}&links={links}")
    shown = page.evaluate(
        "SN.nodeOf.claim.filter(SN.isShown).map((n) => SN.facts.claims[n.ref].id)"
    )
    assert set(shown) == within(night_bus(), claim, links)
    boxes = page.evaluate(
        "SN.nodes.filter(SN.isShown).map((n) => [n.left, n.top, n.right, n.bottom, n.kind])"
    )
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            apart = a[0] >= b[2] or b[0] >= a[2] or a[1] >= b[3] or b[1] >= a[3]
            assert apart, (a, b)
    page.keyboard.press("Escape")
    until(page, "SN.state.links === 0")
    assert hidden(page) == 0


def within(debate: Debate, claim: str, links: int) -> set[str]:
    """The claims that so many relations lead to, by the plainest search."""
    relations: list[set[str]] = [{r.first, r.second} for r in debate.rephrases]
    relations += [{*s.premises, s.conclusion} for s in debate.supports]
    for attack in debate.attacks:
        ends = {attack.target}
        if attack.kind is AttackKind.UNDERCUT:
            support = debate.support_by_id[attack.target]
            for end in (*support.premises, support.conclusion):
                relations.append({attack.attacker, end})
            continue
        relations.append({attack.attacker, *ends})
    found = {claim}
    for _ in range(links):
        found |= {c for relation in relations if relation & found for c in relation}
    return found


def test_a_hidden_claim_comes_back(page: Page) -> None:
    page.evaluate("location.hash = '#claim=depot'")
    is_chosen(page, "depot")
    page.keyboard.press("h")
    assert hidden(page) == 1
    page.get_by_role("tab", name="Filters").click()
    page.get_by_role("button", name="Show them again").click()
    assert hidden(page) == 0


def test_back_and_forward_follow_the_address(page: Page) -> None:
    page.locator("#page-clashes a.item").first.click()
    page.locator(".two a.item").first.click()
    expect(page.locator("#claim-text")).to_be_visible()
    page.go_back()
    expect(page.locator("#path")).to_be_visible()
    page.go_back()
    expect(page.locator("#page-clashes select")).to_be_visible()
    until(page, "!SN.state.focus")
    page.go_forward()
    expect(page.locator("#path")).to_be_visible()


def test_a_link_to_what_is_not_there_leads_to_the_whole_map(browser: Browser, file: Path) -> None:
    for address in ("#claim=%ZZ", "#claim=nobody", "#contradiction=99", "#x<script>"):
        with watched(browser, file, address) as seen:
            until(seen.page, "!SN.state.focus")


def test_the_map_works_with_keys_alone(page: Page) -> None:
    page.locator("#map").focus()
    page.keyboard.press("ArrowDown")
    first = chosen(page)
    page.keyboard.press("ArrowDown")
    second = chosen(page)
    assert first
    assert second != first
    expect(page.locator("#live")).not_to_be_empty()
    page.keyboard.press("ArrowUp")
    is_chosen(page, first)
    page.keyboard.press("Enter")
    expect(page.locator("#page-claim")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    is_chosen(page, "")
    expect(page.locator("#map")).to_be_focused()
    page.keyboard.press("0")
    before = page.evaluate("SN.scale()")
    page.keyboard.press("+")
    assert page.evaluate("SN.scale()") > before
    page.keyboard.press("-")
    page.keyboard.press("-")
    assert page.evaluate("SN.scale()") < before
    page.keyboard.press("0")
    assert page.evaluate("SN.scale()") == pytest.approx(before, rel=0.01)
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="How to read the map")).to_be_visible()


def test_lists_and_tabs_work_with_keys(page: Page) -> None:
    page.locator("#page-clashes a.item").first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#page-clashes a.item").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    assert page.url.endswith("#clash=2")
    page.get_by_role("tab", name="Clashes").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Claim")).to_be_focused()
    expect(page.get_by_role("tab", name="Claim")).to_have_attribute("aria-selected", "true")


def test_a_click_on_a_card_chooses_it_and_one_beside_lets_go(page: Page) -> None:
    page.mouse.click(*at(page, "depot"))
    expect(page.locator("#claim-text")).to_contain_text("The old depot can charge")
    left, top = page.evaluate(
        "(() => { const b = document.getElementById('map').getBoundingClientRect();"
        " return [b.left + 4, b.top + 4]; })()"
    )
    page.mouse.click(left, top)
    until(page, "SN.state.claim === -1")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_stand_out_from_what_is_behind_them(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.evaluate("SN.readTheme()")
    theme = page.evaluate("SN.theme")

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(a: str, b: str) -> float:
        bright, dim = sorted((light(theme[a]), light(theme[b])), reverse=True)
        return (bright + 0.05) / (dim + 0.05)

    for front in ("text", "muted"):
        for back in ("page", "card", "raised", "head", "question", "chosen"):
            assert contrast(front, back) >= 4.5, (front, back)
    for line in ("support", "attack", "rephrase", "answer", "focus"):
        assert contrast(line, "page") >= 3, line


def test_hostile_texts_are_shown_as_text(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "hostile.html"
    file.write_text(map_html(hostile(), [], {"h0": HOSTILE[0]}), "utf-8")
    with watched(browser, file) as seen:
        page = seen.page
        assert page.title().startswith("</script><script>alert(1)</script>")
        for i, text in enumerate(HOSTILE):
            page.evaluate(f"location.hash = '#claim=h{i}'")
            expect(page.locator("#claim-text")).to_have_text(" ".join(text.split()))
        page.locator("#search").fill("script")
        expect(page.get_by_role("option").first).to_contain_text("<script>")
        page.keyboard.press("Escape")
        assert page.locator("script").count() == 5
        assert page.locator("img").count() == 0
        for tab in ("Clashes", "Filters", "Help"):
            page.get_by_role("tab", name=tab).click()


@pytest.mark.parametrize("address", ["", "#claim=run-it", "#contradiction=3"])
def test_a_phone_shows_it_without_overflow(browser: Browser, file: Path, address: str) -> None:
    with watched(browser, file, address, (390, 844)) as seen:
        page = seen.page
        for tab in ("Clashes", "Claim", "Filters", "Help"):
            page.get_by_role("tab", name=tab).click()
            wide = page.evaluate(
                """() => [...document.body.querySelectorAll("*")].filter((e) => e.checkVisibility()
                && !e.closest("#map, #nav, #tools")
                && e.getBoundingClientRect().right > innerWidth + 0.5)
                .map((e) => e.outerHTML.slice(0, 80))"""
            )
            assert wide == []
        low = page.locator("#sheet")
        high = page.evaluate("document.getElementById('map').clientHeight")
        low.click()
        expect(low).to_have_attribute("aria-expanded", "false")
        assert page.evaluate("document.getElementById('map').clientHeight") > high + 200


def test_two_thousand_claims_open_and_answer(browser: Browser, tmp_path: Path) -> None:
    debate = synthetic(2000)
    file = tmp_path / "large.html"
    file.write_text(map_html(debate, found_in(debate)), "utf-8")
    with watched(browser, file) as seen:
        seen.page.locator("#page-clashes a.item").first.click()
        expect(seen.page.locator("#path")).to_be_visible()
