"""The clashes face to face, and the matrix of who clashes and agrees with whom, in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from benchmarks.synthetic import synthetic
from graph.analysis.agreement import common_ground, matrix
from graph.analysis.clashes import clashes
from graph.analysis.contradictions import contradictions
from graph.analysis.cruxes import cruxes
from graph.model import (
    Agent,
    Attack,
    AttackKind,
    Claim,
    Debate,
    Issue,
    Rephrase,
    Source,
    Support,
)
from graph.views.map import map_html

from .browser import until, watched
from .nightbus import contradictions as by_hand
from .nightbus import night_bus
from .test_map import HOSTILE

pytestmark = pytest.mark.browser

PASSAGES = {"run-it": "We <b>need</b> them now.", "not-now": "Not yet, and not so. " * 30}
PHONE = (390, 844)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("clashes"), night_bus(), PASSAGES)


@pytest.fixture
def page(browser: Browser, file: Path) -> Iterator[Page]:
    with watched(browser, file, "#view=clashes") as seen:
        yield seen.page


@pytest.fixture
def table(browser: Browser, file: Path) -> Iterator[Page]:
    with watched(browser, file, "#view=matrix") as seen:
        yield seen.page


def written(folder: Path, debate: Debate, passages: dict[str, str] | None = None) -> Path:
    path = folder / "page.html"
    path.write_text(map_html(debate, contradictions(debate), passages), "utf-8")
    return path


def articles(page: Page) -> Locator:
    return page.locator("#view-clashes .clash")


def ranks(page: Page) -> list[int]:
    told = page.locator("#view-clashes .clash-list .rank").all_inner_texts()
    return [int(text.split()[-1]) for text in told]


def go(page: Page, address: str) -> None:
    page.evaluate(f"location.hash = {address!r}")
    page.wait_for_timeout(60)


def hostile() -> Debate:
    """Two who clash, answer a question, agree and are backed, with every text hostile."""
    names = [text for text in HOSTILE if len(text) < 200]
    claims = tuple(
        Claim(f"h{i}", text, "s" if i % 2 else "t", "x, y" if i % 2 else "x")
        for i, text in enumerate(HOSTILE)
    )
    return Debate(
        "hostile", HOSTILE[0], agents=(Agent("x", names[0]), Agent("x, y", names[1])),
        sources=(Source("t", names[2], "x"), Source("s", names[1], "x, y")), claims=claims,
        supports=(Support(("h2",), "h0"), Support(("h4", "h6"), "h2", "n", scheme="<b>scheme")),
        attacks=(
            Attack(AttackKind.REBUT, "h1", "h0"), Attack(AttackKind.CONTRADICTORY, "h3", "h2"),
        ),
        rephrases=(Rephrase("h5", "h6"),),
        issues=(Issue("q", names[0], ("h0",), ("h1",)),),
    )  # fmt: skip


# The clashes


def test_every_clash_has_its_two_sides_face_to_face(page: Page) -> None:
    debate = night_bus()
    found = clashes(debate)
    assert len(found) > 6
    expect(articles(page)).to_have_count(len(found))
    expect(page.locator(".clash-bar p")).to_have_text(f"{len(found)} clashes")
    for clash, article in zip(found, articles(page).all(), strict=True):
        row = clash.contradiction
        question = None if clash.issue is None else debate.issue_by_id[clash.issue].question
        expect(article.get_by_role("heading", level=3)).to_have_text(question or clash.point)
        sides = article.locator(".side")
        for side, name, holder, backing in (
            (sides.nth(0), row.first, row.first_holder, clash.first_backing),
            (sides.nth(1), row.second, row.second_holder, clash.second_backing),
        ):
            claim = debate.claim_by_id[name]
            expect(side.locator(".says")).to_have_text(claim.text)
            expect(side.locator(".who")).to_have_text(debate.agent(holder).name)
            expect(side).to_contain_text(debate.source_by_id[claim.source].title)
            assert claim.anchor is not None
            place = f"paragraph {claim.anchor.paragraph}, sentence {claim.anchor.sentence}"
            expect(side).to_contain_text(place)
            told = f"Backed by {len(backing)} claim" if backing else "Nothing backs it"
            expect(side).to_contain_text(told)
            if backing:
                first = side.locator(".lines").first.locator("li")
                expect(first).to_have_count(min(3, len(backing)))
                expect(first.first).to_contain_text(debate.claim_by_id[backing[0]].text)
        left, right = sides.nth(0).bounding_box(), sides.nth(1).bounding_box()
        assert left is not None
        assert right is not None
        assert left["y"] == pytest.approx(right["y"])
        assert left["x"] + left["width"] < right["x"]
        assert left["width"] == pytest.approx(right["width"], abs=1)


def test_passages_are_shown_and_long_ones_on_demand(page: Page) -> None:
    side = page.locator(".side", has_text="The city should run night buses").first
    expect(side.locator("blockquote")).to_have_text(PASSAGES["run-it"])
    side = page.locator(".side", has_text="until the depot is rebuilt").first
    expect(side.locator("blockquote")).to_be_hidden()
    side.get_by_text("The passage in the piece").click()
    expect(side.locator("blockquote")).to_contain_text("Not yet, and not so.")


def test_cruxes_and_what_nobody_answers_are_marked(page: Page) -> None:
    told = page.evaluate(
        """() => { const isCrux = (claim, holder, other) => SN.facts.cruxes.some(
          (found) => found.between.includes(holder) && found.between.includes(other) &&
          found.cruxes.some((one) => one.claim === claim && one.holder === holder));
        return [...document.querySelectorAll(".clash")].flatMap((article) => {
        const clash = SN.facts.clashes[article.dataset.clash];
        const [p, q] = [clash.firstHolder, clash.secondHolder];
        const [a, b] = article.querySelectorAll(".side");
        const ends = [[a, clash.first, p, q], [b, clash.second, q, p]];
        return ends.map(([side, claim, own, other]) => [
          [Boolean(side.querySelector(".crux")), isCrux(claim, own, other)],
          [Boolean(side.querySelector(".open")), SN.unanswered.has(claim)]]); }); }"""
    )
    assert all(shown == true for side in told for shown, true in side)
    assert {side[0][0] for side in told} == {True, False}
    assert {side[1][0] for side in told} == {True, False}
    debate = night_bus()
    most = max(
        len(crux.dissolves)
        for a, b in combinations(debate.holders, 2)
        for crux in cruxes(debate, a.id, b.id).cruxes
    )
    expect(page.locator(".chip.crux", has_text=f"settles {most}").first).to_be_visible()
    expect(articles(page).get_by_text(f"{most} clashes with").first).to_contain_text(
        "would dissolve"
    )


def test_the_rest_of_the_backing_comes_on_demand(page: Page) -> None:
    side = page.locator(".side", has_text="The city should run night buses").first
    lines = side.locator(".lines").first.locator("a")
    expect(lines).to_have_count(3)
    more = side.get_by_role("button", name="more").first
    more.focus()
    page.keyboard.press("Enter")
    expect(more).to_be_hidden()
    assert lines.count() > 3
    expect(lines.nth(3)).to_be_focused()


def test_a_derived_clash_tells_its_path_in_words(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "by-hand.html"
    file.write_text(map_html(night_bus(), by_hand()), "utf-8")
    with watched(browser, file, "#view=clashes") as seen:
        page = seen.page
        told = page.evaluate(
            """SN.facts.clashes.map((clash) => SN.steps(clash).map((s) => s.words ??
            SN.facts.claims[s.claim]?.text ?? SN.facts.issues[s.question].question))"""
        )
        middles = articles(page).locator(".middle").all_inner_texts()
        assert len(told) == len(middles) == len(by_hand())
        for words in ("contradicts", "attacks a ground of", "leads to what cannot stand with",
                      "attacks a consequence of", "answers against"):  # fmt: skip
            assert any(words in middle for middle in middles), words
        for steps, article in zip(told, articles(page).all(), strict=True):
            lines = article.locator(".way > li")
            expect(lines).to_have_count(len(steps) if len(steps) > 3 else 0)
            for line, step in zip(lines.all(), steps, strict=False):
                expect(line).to_contain_text(step)


def test_longer_ways_behind_a_clash_open_one_by_one(page: Page) -> None:
    number = page.evaluate("SN.facts.clashes.findIndex((c) => c.backing.length)")
    many = page.evaluate(f"SN.facts.clashes[{number}].backing.length")
    article = page.locator(f".clash[data-clash='{number}']")
    article.get_by_text("behind it").click()
    expect(article.locator("details details")).to_have_count(many)
    article.locator("details details summary").first.click()
    expect(article.locator("details .way")).to_be_visible()


def test_filters_narrow_the_list_and_stand_in_the_address(page: Page) -> None:
    found = clashes(night_bus())
    pair = {"moreau", "lindqvist"}
    wanted = [
        c.rank for c in found
        if {c.contradiction.first_holder, c.contradiction.second_holder} == pair
    ]  # fmt: skip
    expect(page.locator("#clashes-b")).to_be_disabled()
    page.locator("#clashes-a").focus()
    page.locator("#clashes-a").select_option(value="moreau")
    until(page, "location.hash === '#view=clashes&between=moreau'")
    expect(page.locator("#clashes-a")).to_be_focused()
    other = page.locator("#clashes-b")
    other.select_option(label=f"Per Lindqvist ({len(wanted)})")
    until(page, "location.hash === '#view=clashes&between=moreau,lindqvist'")
    assert ranks(page) == wanted
    expect(page.locator(".clash-bar p")).to_have_text(f"{len(wanted)} of {len(found)} clashes")
    expect(page.locator("#live")).to_have_text(f"{len(wanted)} of {len(found)} clashes")
    page.locator("#clashes-kind").select_option("direct")
    direct = [c.rank for c in found if c.rank in wanted and c.contradiction.kind == "direct"]
    until(page, "location.hash.endsWith('&kind=direct')")
    assert ranks(page) == direct
    page.reload()
    page.wait_for_selector("html[data-ready='1']")
    assert ranks(page) == direct
    expect(page.locator("#clashes-b")).to_have_value("lindqvist")
    page.go_back()
    until(page, "!location.hash.includes('kind')")
    assert ranks(page) == wanted
    page.get_by_role("link", name="Show all").click()
    until(page, "location.hash === '#view=clashes'")
    assert len(ranks(page)) == len(found)


def test_filters_by_question_by_mark_and_by_authors(page: Page) -> None:
    found = clashes(night_bus())
    go(page, "#view=clashes&issue=q-night")
    assert ranks(page) == [c.rank for c in found if c.issue == "q-night"] != []
    expect(page.locator("#clashes-issue")).to_have_value("q-night")
    go(page, "#view=clashes&mark=unanswered")
    assert all(article.locator(".open").count() for article in articles(page).all())
    assert 0 < len(ranks(page)) < len(found)
    go(page, "#view=clashes&mark=crux")
    assert all(article.get_by_text("settles").count() for article in articles(page).all())
    assert 0 < len(ranks(page)) < len(found)
    go(page, "#view=clashes")
    tick = page.get_by_role("checkbox", name="only between authors")
    tick.focus()
    page.keyboard.press("Space")
    until(page, "location.hash === '#view=clashes&authors=only'")
    expect(tick).to_be_focused()
    own = [
        c.rank for c in found
        if "operators" not in (c.contradiction.first_holder, c.contradiction.second_holder)
    ]  # fmt: skip
    assert ranks(page) == own
    assert len(own) < len(found)


def test_every_option_leaves_as_many_as_it_says(page: Page) -> None:
    for box in ("a", "issue", "kind", "mark"):
        for option in page.locator(f"#clashes-{box} option").all()[1:]:
            value, label = option.get_attribute("value"), option.inner_text()
            page.locator(f"#clashes-{box}").select_option(value)
            page.wait_for_timeout(30)
            assert f"({len(ranks(page))})" in label
        page.locator(f"#clashes-{box}").select_option("")
        page.wait_for_timeout(30)


def test_unknown_filters_leave_everything(page: Page) -> None:
    for more in ("between=nobody", "between=moreau,nobody", "kind=constructor", "issue=__proto__",
                 "mark=x", "between=%ZZ", "clash=999"):  # fmt: skip
        go(page, f"#view=clashes&{more}")
        expect(articles(page)).to_have_count(len(clashes(night_bus())))


def test_a_clash_of_the_address_is_shown_marked_and_in_sight(browser: Browser, file: Path) -> None:
    with watched(browser, file, "#view=clashes&clash=7") as seen:
        page = seen.page
        chosen = page.locator(".clash[aria-current]")
        expect(chosen).to_have_count(1)
        expect(chosen.locator(".rank")).to_have_text("Clash 7")
        box, bar = chosen.bounding_box(), page.locator(".clash-bar").bounding_box()
        assert box is not None
        assert bar is not None
        assert bar["y"] + bar["height"] <= box["y"] < 300
        expect(chosen).to_be_focused()


def test_a_clash_that_the_filters_exclude_is_shown_all_the_same(page: Page) -> None:
    excluded = next(c.rank for c in clashes(night_bus()) if c.contradiction.kind != "direct")
    go(page, f"#view=clashes&kind=direct&clash={excluded}")
    expect(page.locator(".clash[aria-current] .rank")).to_have_text(f"Clash {excluded}")
    expect(page.locator(".clash-one")).to_contain_text("not among those that the filters leave")
    assert excluded not in ranks(page)
    go(page, "#view=clashes&kind=direct")
    expect(page.locator(".clash-one")).to_be_empty()


def test_previous_and_next_by_links_and_by_keys(page: Page) -> None:
    expect(page.locator("#clash-previous")).to_have_attribute("aria-disabled", "true")
    page.locator("#clash-next").focus()
    for rank in (1, 2, 3):
        page.keyboard.press("Enter")
        until(page, f"location.hash === '#view=clashes&clash={rank}'")
        until(page, f"SN.state.clash === {rank - 1}")  # the address leads, a moment ahead
        expect(page.locator("#clash-next")).to_be_focused()
    page.keyboard.press("k")
    until(page, "location.hash === '#view=clashes&clash=2'")
    until(page, "SN.state.clash === 1")
    page.keyboard.press("j")
    page.keyboard.press("j")
    until(page, "SN.state.clash >= 2")
    last = len(clashes(night_bus()))
    go(page, f"#view=clashes&clash={last}")
    expect(page.locator("#clash-next")).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("j")
    assert page.url.endswith(f"&clash={last}")
    page.keyboard.press("Escape")
    until(page, "location.hash === '#view=clashes'")
    expect(page.locator(".clash[aria-current]")).to_have_count(0)
    page.locator("#search").focus()
    page.keyboard.press("j")
    assert page.url.endswith("#view=clashes")


def test_a_claim_opens_beside_the_clashes_and_lets_go_again(page: Page) -> None:
    go(page, "#view=clashes&clash=2")
    link = page.locator(".clash[data-clash='1'] .side .says").first
    words = link.inner_text()
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#page-claim")).to_be_focused()
    expect(page.locator("#claim-text")).to_have_text(words)
    assert page.evaluate("SN.state.view") == "clashes"
    expect(page.locator(".side[aria-current]").first).to_contain_text(words)
    expect(page.locator(".clash[aria-current] .rank")).to_have_text("Clash 2")
    page.keyboard.press("Escape")
    expect(link).to_be_focused()
    expect(page.locator("#panel")).to_be_hidden()


def test_links_of_a_clash_lead_to_map_source_pair_and_matrix(page: Page) -> None:
    found = clashes(night_bus())[0].contradiction
    article = articles(page).first
    pair = f"{found.first_holder},{found.second_holder}"
    for words, address in (
        ("Show on the map", "#clash=1"),
        ("All clashes of these two", f"#view=clashes&between={pair}&clash=1"),
        ("What they share", f"#view=matrix&between={pair}"),
    ):
        link = article.get_by_role("link", name=words)
        expect(link).to_have_attribute("href", address)
        link.click()
        until(page, f"location.hash === {address!r}")
        go(page, "#view=clashes")
    source = night_bus().claim_by_id[found.first].source
    article.locator(".side .note a").first.click()
    until(page, f"location.hash === '#view=sources&source={source}&claim={found.first}'")


# The matrix


def test_the_matrix_counts_clashes_and_agreements(table: Page) -> None:
    debate = night_bus()
    counts = matrix(debate)
    grid = table.locator("table.matrix")
    expect(grid.locator("caption")).to_be_visible()
    names = [debate.agent(a).name for a in counts.authors]
    assert grid.locator("thead th[scope=col]").all_inner_texts() == names
    assert grid.locator("tbody th[scope=row] .who").all_inner_texts() == names
    for i, row in enumerate(grid.locator("tbody tr").all()):
        for j, cell in enumerate(row.locator("td").all()):
            if i == j:
                own = sum(c.holder == counts.authors[i] for c in debate.claims)
                expect(cell).to_contain_text(f"{own} claims")
                continue
            against, together = counts.contradictions[i][j], counts.agreements[i][j]
            if not against and not together:
                expect(cell).to_have_text("–")
                continue
            expect(cell).to_contain_text(f"{against} ×")
            expect(cell).to_contain_text(f"{together} =")


def test_speakers_join_the_matrix_on_demand(table: Page) -> None:
    tick = table.get_by_role("checkbox", name="speakers")
    tick.focus()
    table.keyboard.press("Space")
    until(table, "location.hash === '#view=matrix&speakers=1'")
    expect(table.get_by_role("columnheader", name="Bus operators")).to_be_visible()
    expect(tick).to_be_focused()
    go(table, "#view=matrix&between=okafor,operators")
    expect(table.get_by_role("columnheader", name="Bus operators")).to_be_visible()
    tick.uncheck()
    until(table, "location.hash === '#view=matrix'")
    expect(table.get_by_role("columnheader", name="Bus operators")).to_have_count(0)


def test_a_cell_leads_to_the_clashes_of_the_two(table: Page) -> None:
    table.locator("td[data-pair] a.against").first.click()
    until(table, "SN.state.view === 'clashes'")
    pair = table.evaluate("SN.namedIn(SN.state.params.between)")
    told = table.evaluate(
        """[...document.querySelectorAll(".clash")].map((article) => {
        const clash = SN.facts.clashes[article.dataset.clash];
        return [clash.firstHolder, clash.secondHolder].sort(); })"""
    )
    assert told
    assert all(ends == sorted(pair) for ends in told)


@pytest.mark.parametrize("pair", list(permutations(("moreau", "lindqvist", "okafor"), 2)))
def test_two_authors_common_ground_and_cruxes(table: Page, pair: tuple[str, str]) -> None:
    debate = night_bus()
    go(table, f"#view=matrix&between={','.join(pair)}")
    told = table.locator("#pair")
    shared, found = common_ground(debate, *pair), cruxes(debate, *pair)
    rows = [c for c in contradictions(debate) if {c.first_holder, c.second_holder} == {*pair}]
    if not shared and not rows:
        expect(told).to_contain_text("neither clash nor share")
        return
    expect(told.get_by_role("heading", level=3)).to_be_focused()
    expect(table.locator("td[aria-current]")).to_have_count(2)
    expect(told.locator(".common")).to_have_count(len(shared))
    for ground, row in zip(shared, told.locator(".common").all(), strict=True):
        expect(row).to_contain_text(debate.claim_by_id[ground.first].text)
        expect(row).to_contain_text(debate.claim_by_id[ground.second].text)
        words = "says the same as" if ground.relation == "rephrase" else "supports"
        expect(row).to_contain_text(words)
    expect(told.locator(".decides")).to_have_count(len(found.cruxes))
    for crux, row in zip(found.cruxes, told.locator(".decides").all(), strict=True):
        expect(row).to_contain_text(debate.claim_by_id[crux.claim].text)
        expect(row).to_contain_text(f"settles {len(crux.dissolves)}")
    told.get_by_role("link", name="Close").click()
    until(table, "location.hash === '#view=matrix'")
    expect(told).to_be_empty()
    assert table.evaluate("document.activeElement.matches('td a.together')")


def test_a_crux_leads_to_the_clashes_that_it_settles(table: Page) -> None:
    go(table, "#view=matrix&between=moreau,lindqvist")
    link = table.locator("#pair .decides .note a").first
    rank = link.inner_text()
    link.click()
    until(table, f"location.hash === '#view=clashes&clash={rank}'")
    expect(table.locator(".clash[aria-current]")).to_be_visible()


def test_arrow_keys_go_through_the_matrix(table: Page) -> None:
    here = (
        "document.activeElement.closest('td').dataset.pair + ' ' + document.activeElement.className"
    )
    table.locator("td[data-pair] a").first.focus()
    start = table.evaluate(here)
    table.keyboard.press("ArrowRight")
    assert table.evaluate(here) != start
    table.keyboard.press("ArrowLeft")
    assert table.evaluate(here) == start
    table.keyboard.press("ArrowDown")
    table.keyboard.press("ArrowDown")
    assert table.evaluate(here) != start
    table.keyboard.press("Enter")
    until(table, "Boolean(SN.state.params.between)")
    assert table.evaluate("SN.state.view") in ("clashes", "matrix")


# Both, where it is hard


@pytest.mark.parametrize("view", ["clashes", "matrix"])
def test_hostile_texts_stay_texts(browser: Browser, tmp_path: Path, view: str) -> None:
    file = written(tmp_path, hostile(), {"h0": HOSTILE[0], "h2": HOSTILE[5]})
    for more in ("", "&between=x,x%2C y", "&between=x,x, y&clash=1", "&claim=h1"):
        for size in ((1440, 900), PHONE):
            with watched(browser, file, f"#view={view}{more}", size) as seen:
                page = seen.page
                shown = page.locator(f"#view-{view}")
                expect(shown).to_contain_text(HOSTILE[1])
                if more.startswith("&between") and view == "matrix":
                    expect(shown.locator("#pair")).to_contain_text("◆ What decides it")
                assert page.locator("script").count() == 5
                assert page.locator("img, iframe, object, embed, form").count() == 0
                assert overflow(page) == []
                hrefs = (
                    "[...document.querySelectorAll('a[href]')].map((a) => a.getAttribute('href'))"
                )
                assert all(href.startswith("#") for href in page.evaluate(hrefs))


def overflow(page: Page) -> list[str]:
    """What is wider than the screen, but for what scrolls in a region of its own."""
    wide: list[str] = page.evaluate(
        """[...document.body.querySelectorAll("*")].filter((e) => e.checkVisibility()
        && !e.closest("#map, [role=region], .unseen, #nav, #tools")
        && e.getBoundingClientRect().right > innerWidth + 0.5)
        .map((e) => e.outerHTML.slice(0, 80))"""
    )
    sideways = "['clashes', 'matrix'].some((v) => { const e = document.getElementById(`view-${v}`);"
    assert not page.evaluate(f"{sideways} return e.scrollWidth > e.clientWidth; }})")
    return wide


@pytest.mark.parametrize(
    "address",
    ["#view=clashes", "#view=clashes&clash=7", "#view=clashes&claim=run-it", "#view=matrix",
     "#view=matrix&speakers=1&between=moreau,lindqvist"],
)  # fmt: skip
def test_a_phone_shows_it_without_overflow(browser: Browser, file: Path, address: str) -> None:
    with watched(browser, file, address, PHONE) as seen:
        page = seen.page
        assert overflow(page) == []
        if "clashes" in address:
            a, b = (
                page.locator(".clash").first.locator(".side").nth(i).bounding_box() for i in (0, 1)
            )
            middle = page.locator(".clash").first.locator(".middle").bounding_box()
            assert a is not None
            assert b is not None
            assert middle is not None
            assert a["y"] + a["height"] <= middle["y"] <= b["y"]
            assert a["width"] == b["width"] > 300


def test_a_debate_of_nothing_says_so(browser: Browser, tmp_path: Path) -> None:
    file = written(tmp_path, Debate("empty", "Nothing yet"))
    with watched(browser, file, "#view=clashes") as seen:
        expect(seen.page.locator("#view-clashes")).to_contain_text("No contradictions were found")
        seen.page.keyboard.press("j")
        go(seen.page, "#view=matrix&between=a,b")
        expect(seen.page.locator("#view-matrix")).to_contain_text("Nobody has written anything")


def test_a_large_debate_comes_thirty_at_a_time(browser: Browser, tmp_path: Path) -> None:
    debate = synthetic(2000)
    many = len(contradictions(debate))
    assert many > 400
    file = written(tmp_path, debate)
    with watched(browser, file, "#view=clashes") as seen:
        page = seen.page
        assert ranks(page) == list(range(1, 31))
        page.locator(".clash-after").click()
        assert ranks(page) == list(range(1, 61))
        expect(page.locator(".clash[data-clash='30']")).to_be_focused()
        go(page, "#view=clashes&clash=400")
        expect(page.locator(".clash[aria-current] .rank")).to_have_text("Clash 400")
        assert ranks(page) == list(range(391, 391 + min(30, many - 390)))
        page.locator(".clash-before").click()
        assert ranks(page)[:31] == list(range(361, 392))
        expect(page.locator(".clash[data-clash='389']")).to_be_focused()
        go(page, "#view=matrix")
        authors = len(debate.authors)
        assert authors > 60
        expect(page.locator("table.matrix tbody tr")).to_have_count(30)
        page.get_by_role("button", name="Show 30 more").click()
        expect(page.locator("table.matrix tbody tr")).to_have_count(60)
        assert page.evaluate("document.querySelector('.meetings').scrollWidth > innerWidth")
        assert overflow(page) == []
