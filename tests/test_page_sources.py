"""The views Sources and Table of the page, in a real browser."""

from __future__ import annotations

import csv
import json
import unicodedata
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from benchmarks.synthetic import synthetic
from graph.analysis.contradictions import contradictions as found_in
from graph.model import Agent, AgentKind, Attack, AttackKind, Claim, Debate, Source, Status
from graph.passages import anchor_at
from graph.views.map import map_html

from .browser import until, watched
from .nightbus import contradictions, night_bus
from .test_map import HOSTILE, hostile

pytestmark = pytest.mark.browser

_TEXT = (
    "The 🚌 runs late, and nobody is told why. Riders wait 🕑 in the cold.\r\n"
    "\r\n"
    "לילה טוב לכל הנוסעים.\r\n"
    "<b>Fares</b> rise & service falls.\n"
)
# claim, the words that it stands in, holder: one inside another, two that overlap, two alike
_SPANS = (
    ("outer", "The 🚌 runs late, and nobody is told why.", "ann"),
    ("inner", "runs late", "ann"),
    ("across", "late, and nobody", "ann"),
    ("alike", "late, and nobody", "mayor"),
    ("clock", "Riders wait 🕑 in the cold", "ann"),
    ("hebrew", "לכל הנוסעים", "ann"),
    ("fares", "<b>Fares</b> rise", "mayor"),
)


def spoken() -> Debate:
    """A small debate whose anchors match the text above, and a piece without a text."""
    claims = []
    for name, words, holder in _SPANS:
        start = _TEXT.index(words)
        status = Status.ASSERTED if holder == "ann" else Status.REPORTED
        anchor = anchor_at(_TEXT, start, start + len(words))
        claims.append(Claim(name, f"Says {name}.", "late", holder, status, anchor))
    return Debate(
        "spoken", "Who is told?",
        agents=(Agent("ann", "Ann Ōba"), Agent("mayor", "The mayor"),
                Agent("bo", "Bo", AgentKind.GROUP)),
        sources=(Source("late", "Late again", "ann", "op-ed", "2024", note="A note."),
                 Source("reply", "A reply", "bo")),
        claims=(*claims, Claim("loose", "Has no place.", "late", "ann"),
                Claim("answer", "=1+1 riders are told.", "reply", "bo")),
        attacks=(Attack(AttackKind.REBUT, "answer", "outer"),),
    )  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pages")
    pages = {
        "bus": map_html(night_bus(), contradictions()),
        "spoken": map_html(spoken(), found_in(spoken()), {}, {"late": _TEXT}),
        "hostile": map_html(hostile(), [], {}, {"s": "\n".join(HOSTILE)}),
    }
    for name, page in pages.items():
        (path / f"{name}.html").write_text(page, "utf-8")
    return path


@pytest.fixture
def bus(browser: Browser, folder: Path) -> Iterator[Page]:
    with watched(browser, folder / "bus.html", "#view=table") as seen:
        yield seen.page


@pytest.fixture
def piece(browser: Browser, folder: Path) -> Iterator[Page]:
    with watched(browser, folder / "spoken.html", "#view=sources&source=late") as seen:
        yield seen.page


def is_chosen(page: Page, claim: str) -> None:
    until(page, f"(SN.facts.claims[SN.state.claim]?.id ?? '') === {json.dumps(claim)}")


def texts(page: Page, selector: str) -> list[str]:
    found: list[str] = page.evaluate(
        "(s) => [...document.querySelectorAll(s)].map((node) => node.textContent)", selector
    )
    return found


def names(page: Page) -> list[str]:
    """The claims in the table, in order."""
    return texts(page, "#view-table tbody th")


def row(page: Page, claim: str) -> Locator:
    head = page.get_by_role("rowheader", name=claim, exact=True)
    return page.locator("#view-table tbody tr", has=head)


def too_wide(page: Page) -> list[str]:
    """What stands out of the page to the right, unless something around it scrolls."""
    found: list[str] = page.evaluate(
        """() => { const scrolls = (e) => e && e !== document.body &&
            (["auto", "scroll", "hidden"].includes(getComputedStyle(e).overflowX)
                || scrolls(e.parentElement));
        const own = [...document.querySelectorAll("#views > section")].filter((e) =>
            !e.hidden && e.scrollWidth > e.clientWidth + 1);
        return [...own, ...[...document.querySelectorAll("#views *")].filter((e) =>
            e.checkVisibility() && e.getBoundingClientRect().right > innerWidth + 0.5
            && !scrolls(e.parentElement))]
            .map((e) => e.outerHTML.slice(0, 80)); }"""
    )
    return found


# Sources


def test_pieces_are_listed_and_opened(browser: Browser, folder: Path) -> None:
    with watched(browser, folder / "bus.html", "#view=sources") as seen:
        page = seen.page
        cards = page.locator("#view-sources a.piece")
        expect(cards).to_have_count(3)
        for text in ("Let the late shift ride", "Claire Moreau",
                     "op-ed · The Harbour Post · 2024-03-02",
                     "9 claims"):  # fmt: skip
            expect(cards.first).to_contain_text(text)
        cards.first.click()
        until(page, "location.hash === '#view=sources&source=moreau'")
        expect(page.get_by_role("heading", name="Let the late shift ride")).to_be_visible()
        expect(page.locator("#view-sources .claims a.item")).to_have_count(9)
        expect(page.locator("#view-sources")).to_contain_text(
            "The text of this piece is not in this page"
        )
        page.get_by_role("link", name="Next piece: First the depot, then the night").click()
        expect(page.locator("#view-sources .claims a.item")).to_have_count(8)
        page.go_back()
        expect(page.locator("#view-sources .claims a.item")).to_have_count(9)
        page.get_by_role("link", name="All pieces").click()
        expect(cards).to_have_count(3)


def test_claims_stand_in_the_order_of_the_text_with_signs(browser: Browser, folder: Path) -> None:
    with watched(browser, folder / "bus.html", "#view=sources&source=lindqvist") as seen:
        page = seen.page
        debate = night_bus()
        own = [c.id for c in debate.claims if c.source == "lindqvist"]
        told = page.evaluate(
            "[...document.querySelectorAll('.claims [data-claim]')]"
            ".map((a) => SN.facts.claims[a.dataset.claim].id)"
        )
        assert told == own
        assert texts(page, ".claims h3") == ["Paragraph 1", "Paragraph 2", "Paragraph 3"]
        first = page.locator(".claims a.item").first
        for text in ("Per Lindqvist", "sentence 1, characters 0–63", "attacked by 1", "in 1 clash"):
            expect(first).to_contain_text(text)
        unmet = page.evaluate("[...SN.unanswered].map((c) => SN.facts.claims[c].id)")
        for i, claim in enumerate(own):
            shown = "unanswered" in page.locator(".claims a.item").nth(i).inner_text()
            assert shown == (claim in unmet), claim


def test_passages_are_marked_where_they_stand(piece: Page) -> None:
    debate = spoken()
    paragraphs = [line for line in _TEXT.splitlines() if line.strip()]
    shown = piece.evaluate(
        """() => [...document.querySelectorAll("#view-sources .text p")].map((p) =>
        [...p.childNodes]
        .filter((n) => !n.classList?.contains("ref")).map((n) => n.textContent).join(""))"""
    )
    assert shown == paragraphs
    for i, claim in enumerate(debate.claims):
        marked = "".join(texts(piece, f'.text [data-cover~="{i}"]'))
        anchor = claim.anchor
        wanted = _TEXT[anchor.start : anchor.end] if anchor and claim.source == "late" else ""
        assert marked == wanted, claim.id
    assert piece.evaluate("document.querySelectorAll('#view-sources .text b').length") == 0
    assert (
        piece.evaluate("getComputedStyle(document.querySelectorAll('.text p')[1]).direction")
        == "rtl"
    )


def test_a_passage_opens_the_smallest_claim_and_its_numbers_the_others(piece: Page) -> None:
    late = piece.locator(".text a.passage", has_text="late").first
    assert late.text_content() == "late"
    late.click()
    is_chosen(piece, "inner")
    expect(piece.locator("#claim-text")).to_have_text("Says inner.")
    assert texts(piece, ".text a.passage[aria-current]") == ["runs ", "late"]
    expect(piece.locator(".claims [aria-current]")).to_contain_text("Says inner.")
    notice = piece.locator("#view-sources .notice")
    for other in ("outer", "across", "alike"):
        expect(notice.get_by_role("link", name=f"Says {other}.")).to_be_visible()
    notice.get_by_role("link", name="Says alike.").click()
    is_chosen(piece, "alike")
    piece.get_by_role("link", name="Claim 1. Ann Ōba").click()
    is_chosen(piece, "outer")
    assert "".join(texts(piece, ".text a.passage[aria-current]")) == _SPANS[0][1]
    assert "view=sources&source=late&claim=outer" in piece.url


def test_holders_are_told_apart_without_colour(piece: Page) -> None:
    style = (
        "(i) => getComputedStyle(document.querySelector(`.text [data-cover='${i}']`))"
        ".textDecorationStyle"
    )
    assert piece.evaluate(style, "4") != piece.evaluate(style, "6")
    for text in ("Ann Ōba 5", "The mayor 2"):
        expect(piece.locator("#view-sources .key")).to_contain_text(text)


def test_each_marked_claim_is_one_stop_for_the_tab_key(piece: Page) -> None:
    piece.locator("#view-sources .text").focus()
    stops = []
    for _ in _SPANS:
        piece.keyboard.press("Tab")
        stops.append(
            piece.evaluate(
                "(() => { const a = document.activeElement;"
                " return SN.facts.claims[parseInt(a.dataset.ref ?? a.dataset.cover, 10)].id; })()"
            )
        )
    assert sorted(stops) == sorted(name for name, _, _ in _SPANS)
    piece.keyboard.press("Shift+Tab")
    piece.keyboard.press("Enter")
    is_chosen(piece, "hebrew")
    expect(piece.locator("#page-claim")).to_be_focused()
    piece.keyboard.press("Escape")
    is_chosen(piece, "")
    expect(piece.locator(".text a.passage", has_text="לכל")).to_be_focused()


def test_text_and_list_scroll_to_the_chosen_claim(browser: Browser, tmp_path: Path) -> None:
    lines = [f"Line {i} says a thing about the buses of the town." for i in range(300)]
    text = "\n".join(lines)
    claims = []
    at = 0
    for i, line in enumerate(lines):
        claims.append(Claim(f"c{i}", f"Claim {i}.", "s", "a", anchor=anchor_at(text, at, at + 9)))
        at += len(line) + 1
    debate = Debate(
        "long", "Long", agents=(Agent("a", "A"),), sources=(Source("s", "S", "a"),),
        claims=tuple(claims),
    )  # fmt: skip
    file = tmp_path / "long.html"
    file.write_text(map_html(debate, [], {}, {"s": text}), "utf-8")

    def seen_in(page: Page, column: str, selector: str) -> None:
        until(
            page,
            f"""(() => {{ const [p, q] = [document.querySelector("{column}"),
            document.querySelector('{column} {selector}')].map((n) => n.getBoundingClientRect());
            return q.top >= p.top && q.bottom <= p.bottom; }})()""",
        )

    with watched(browser, file, "#view=sources&source=s&claim=c250") as seen:
        page = seen.page
        seen_in(page, ".text", '[data-cover="250"]')
        seen_in(page, ".claims", '[data-claim="250"]')
        page.locator('.claims [data-claim="251"]').click()
        is_chosen(page, "c251")
        page.evaluate("SN.go({ claim: 3 })")
        is_chosen(page, "c3")
        seen_in(page, ".text", '[data-cover="3"]')
        seen_in(page, ".claims", '[data-claim="3"]')


def test_a_claim_of_another_piece_keeps_the_piece_and_says_where_it_is(piece: Page) -> None:
    piece.evaluate("SN.go({ claim: SN.claimAt.get('answer') })")
    expect(piece.locator("#claim-text")).to_contain_text("riders are told")
    expect(piece.locator("#view-sources h2")).to_have_text("Late again")
    piece.locator(".notice").get_by_role("link", name="A reply").click()
    expect(piece.locator("#view-sources h2")).to_have_text("A reply")
    is_chosen(piece, "answer")


def test_a_claim_alone_opens_its_piece_and_claims_can_stand_alone(
    browser: Browser, folder: Path
) -> None:
    with watched(browser, folder / "spoken.html", "#view=sources&claim=clock") as seen:
        page = seen.page
        expect(page.locator("#view-sources h2")).to_have_text("Late again")
        assert page.url.endswith("#view=sources&source=late&claim=clock")
        page.get_by_role("link", name="Claims only").click()
        expect(page.locator("#view-sources .text")).to_have_count(0)
        assert "show=claims" in page.url
        is_chosen(page, "clock")
        expect(page.get_by_role("link", name="Claims only")).to_be_focused()
        expect(page.locator(".claims")).to_contain_text("Without a place in the text")


def test_segments_agree_with_a_count_for_every_character(piece: Page) -> None:
    random = Random(7)
    for _ in range(60):
        text = "".join(random.choice("ab 🚌ל\n") for _ in range(random.randrange(1, 60)))
        spans = []
        for claim in range(random.randrange(8)):
            start = random.randrange(len(text))
            spans.append(
                {"claim": claim, "start": start, "end": random.randrange(start, len(text) + 3) + 1}
            )
        wanted, at = [], 0
        for line in text.split("\n"):
            if line.strip():
                wanted.append(
                    [(char, {s["claim"] for s in spans if s["start"] <= at + i < s["end"]})
                     for i, char in enumerate(line)]
                )  # fmt: skip
            at += len(line) + 1
        size = {s["claim"]: s["end"] - s["start"] for s in spans}
        found = []
        for segments in piece.evaluate("([t, s]) => SN.segments(t, s)", [text, spans]):
            found.append([(char, set(s["cover"])) for s in segments for char in s["text"]])
            for segment in segments:
                sizes = [size[c] for c in segment["cover"]]
                assert sizes == sorted(sizes)
        assert found == wanted, text


# Table


def plain(text: str) -> str:
    parts = unicodedata.normalize("NFD", text)
    return "".join(c for c in parts if not unicodedata.combining(c)).lower()


def test_the_table_holds_every_claim(bus: Page) -> None:
    debate = night_bus()
    assert names(bus) == [c.id for c in debate.claims]
    table = bus.get_by_role("table")
    expect(table).to_have_accessible_name("Claims, rows 1 to 22 of 22")
    for title in ("Claim", "Text", "Holder", "Status", "Piece", "Place", "Origin", "Confidence",
                  "Supported by", "Attacked by", "Clashes", "Answers"):  # fmt: skip
        expect(bus.get_by_role("columnheader", name=title, exact=False).first).to_be_visible()
    for text in ("Broken sleep", "Ada Okafor", "mined by rules 0.1", "0.6", "characters 65-95"):
        expect(row(bus, "sleep")).to_contain_text(text)
    expect(row(bus, "run-it")).to_contain_text(
        "yes to: Should the city run buses through the night?"
    )


@pytest.mark.parametrize("column", ["Claim", "Text", "Holder", "Supported by", "Attacked by"])
def test_sorting_agrees_with_python(bus: Page, column: str) -> None:
    debate = night_bus()
    agents = {a.id: a.name for a in debate.agents}
    conclusions = {s.id: s.conclusion for s in debate.supports}
    both = (AttackKind.CONTRADICTORY, AttackKind.CONTRARY)

    def attacked(claim: str) -> int:
        return sum(
            conclusions.get(a.target, a.target) == claim or (a.kind in both and a.attacker == claim)
            for a in debate.attacks
        )

    keys = {
        "Claim": lambda c: c.id,
        "Text": lambda c: c.text.casefold(),
        "Holder": lambda c: agents[c.holder],
        "Supported by": lambda c: sum(s.conclusion == c.id for s in debate.supports),
        "Attacked by": lambda c: attacked(c.id),
    }
    ahead = [c.id for c in sorted(debate.claims, key=keys[column])]
    back = [c.id for c in sorted(debate.claims, key=keys[column], reverse=True)]
    by_number = column.endswith("by")
    button = bus.get_by_role("button", name=column, exact=True)
    header = bus.get_by_role("columnheader", name=column, exact=True)
    for order, way in ((back, "descending"), (ahead, "ascending"))[:: 1 if by_number else -1]:
        button.press("Enter")
        expect(header).to_have_attribute("aria-sort", way)
        expect(button).to_be_focused()
        assert names(bus) == order
    expect(bus.locator("#live")).to_contain_text(f"sorted by {column}")
    button.press("Enter")
    assert header.get_attribute("aria-sort") is None
    assert names(bus) == [c.id for c in debate.claims]


def test_filtering_agrees_with_python(bus: Page) -> None:
    debate = night_bus()
    box = bus.get_by_role("searchbox", name="Filter the claims by words in any column")
    for words in ("BRÍDGE", "night bus", "four", "no such thing"):
        box.fill(words)
        wanted = [
            c.id for c in debate.claims
            if all(word in plain(f"{c.id} {c.text}") for word in plain(words).split())
        ]  # fmt: skip
        if words in ("night bus", "four"):  # also in titles, questions and names of holders
            until(bus, f"SN.state.params.q === {json.dumps(words)}")
            assert set(names(bus)) >= set(wanted)
        else:
            found = f"{len(wanted)} of 22 claims"
            expect(bus.locator("#table-count")).to_contain_text(found)
            expect(bus.locator("#live")).to_contain_text(found)
            if wanted:
                assert names(bus) == wanted
    expect(bus.locator("#view-table tbody")).to_contain_text("No claims match the filters.")
    bus.get_by_role("button", name="Clear filters").click()
    expect(bus.locator("#table-count")).to_have_text("22 claims")
    expect(box).to_have_value("")
    bus.get_by_label("Only this holder").select_option(label="Bus operators")
    assert names(bus) == ["nobody-rides", "quiet-bus"]
    bus.get_by_label("Only this piece").select_option(label="Who sleeps beside the bus stop?")
    assert names(bus) == ["quiet-bus"]
    bus.get_by_role("button", name="Clear filters").click()
    bus.get_by_label("Only this status").select_option("conceded")
    assert names(bus) == ["not-quiet", "trial"]
    bus.get_by_role("button", name="Clear filters").click()
    bus.get_by_label("Made by anyone").select_option("miners")
    assert names(bus) == ["sleep"]


def test_an_address_leads_back_to_the_same_table(browser: Browser, folder: Path, bus: Page) -> None:
    bus.get_by_role("searchbox", name="Filter the claims").fill("night & +50%")
    until(bus, "SN.state.params.q === 'night & +50%'")
    bus.get_by_role("searchbox", name="Filter the claims").fill("night")
    until(bus, "SN.state.params.q === 'night'")
    bus.get_by_label("Only this holder").select_option("lindqvist")
    bus.get_by_role("button", name="Text", exact=True).click()
    bus.get_by_role("button", name="Text", exact=True).click()
    found = names(bus)
    assert len(found) > 2
    address = "#" + bus.url.partition("#")[2]
    assert address == "#view=table&q=night&holder=lindqvist&sort=-text"
    for twice in (address, f"{address}&claim={found[1]}"):
        with watched(browser, folder / "bus.html", twice) as seen:
            assert names(seen.page) == found
            expect(seen.page.locator("#table-q")).to_have_value("night")
            header = seen.page.get_by_role("columnheader", name="Text")
            expect(header).to_have_attribute("aria-sort", "descending")
            marked = texts(seen.page, "#view-table tr[aria-current] th")
            assert marked == (found[1:2] if "claim=" in twice else [])


@pytest.mark.parametrize(
    "address",
    [
        "sort=nothing&page=99&holder=nobody",
        "table=__proto__&page=-3&sort=-",
        "table=relations&kind=x&q=%",
    ],
)
def test_an_address_with_nonsense_shows_a_table(
    browser: Browser, folder: Path, address: str
) -> None:
    with watched(browser, folder / "bus.html", f"#view=table&{address}") as seen:
        expect(seen.page.get_by_role("table")).to_be_visible()


def test_a_row_opens_its_claim_and_gets_the_focus_back(bus: Page) -> None:
    link = bus.get_by_role("link", name="depot", exact=True)
    link.press("Enter")
    is_chosen(bus, "depot")
    expect(bus.locator("#page-claim")).to_be_focused()
    expect(bus.locator("#view-table tr[aria-current]")).to_contain_text("The old depot can charge")
    bus.keyboard.press("Escape")
    is_chosen(bus, "")
    expect(link).to_be_focused()
    bus.locator("#view-table td", has_text="Broken sleep makes").click()
    is_chosen(bus, "sleep")
    row(bus, "sleep").get_by_role("link", name="Who sleeps").click()
    until(bus, "SN.state.view === 'sources' && SN.state.params.source === 'okafor'")
    is_chosen(bus, "sleep")


def test_relations_are_told_in_words(bus: Page) -> None:
    debate = night_bus()
    bus.get_by_role("link", name="Relations").click()
    rows = bus.locator("#view-table tbody tr")
    answers = sum(len(i.pro) + len(i.con) for i in debate.issues)
    expect(rows).to_have_count(
        len(debate.supports) + len(debate.attacks) + len(debate.rephrases) + answers
    )
    expect(bus.get_by_role("link", name="Relations")).to_be_focused()
    linked = bus.get_by_role("row", name="together support who-is-left")
    for text in (
        "Four thousand people",
        "+ ",
        "Most of those",
        "are stranded",
        "Claire Moreau",
        "cause to effect",
    ):
        expect(linked).to_contain_text(text)
    kind = bus.get_by_label("Only this relation")
    for name, words in (
        ("undercut", ("attacks the inference (undercut)", "the inference demand from",
                      "The pilot on line 2", "Per Lindqvist")),
        ("contradictory", ("contradicts", "until the depot")),
        ("rephrase", ("says the same as", "A shared taxi", "Rides on demand")),
        ("con", ("answers no to", "Is a ride on demand enough?")),
    ):  # fmt: skip
        kind.select_option(name)
        for text in words:
            expect(bus.locator("#view-table tbody")).to_contain_text(text)
        assert all(text.startswith(words[0].partition(" (")[0]) for text in names(bus))
    kind.select_option("support")
    expect(rows).to_have_count(len(debate.supports))
    bus.get_by_role("button", name="From", exact=True).click()
    shown = texts(bus, "#view-table tbody tr td:nth-child(2)")
    assert [plain(text) for text in shown] == sorted(plain(text) for text in shown)
    rows.first.get_by_role("link").first.click()
    until(bus, "SN.state.claim >= 0")
    expect(bus.locator("#view-table tr[aria-current]").first).to_be_visible()


def test_the_filtered_rows_are_saved_as_csv(browser: Browser, folder: Path) -> None:
    with watched(browser, folder / "spoken.html", "#view=table&sort=-name") as seen:
        with seen.page.expect_download() as waited:
            seen.page.get_by_role("button", name="Save as CSV").click()
        text = Path(waited.value.path()).read_text("utf-8-sig")
        rows = list(csv.DictReader(StringIO(text)))
        assert waited.value.suggested_filename == "claims.csv"
        assert [row["Claim"] for row in rows] == names(seen.page)
        by_name = {row["Claim"]: row for row in rows}
        assert by_name["answer"]["Text"] == "'=1+1 riders are told."
        assert by_name["outer"]["Attacked by"] == "1"
        tricky = [["a,b", 'c"d', "e\nf", "-1", -1, "@x"]]
        told = seen.page.evaluate("(rows) => SN.csvOf(rows)", tricky)
        assert next(csv.reader(StringIO(told))) == ["a,b", 'c"d', "e\nf", "'-1", "-1", "'@x"]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    debate = synthetic(5000)
    path = tmp_path_factory.mktemp("large") / "large.html"
    path.write_text(map_html(debate, found_in(debate)), "utf-8")
    return path


def test_a_large_debate_is_paged(browser: Browser, large: Path) -> None:
    with watched(browser, large, "#view=sources") as seen:
        page = seen.page
        page.evaluate("SN.go({ view: 'table', params: {} })")
        expect(page.locator("#view-table tbody tr")).to_have_count(100)
        pages = page.get_by_role("group", name="Pages of the table")
        expect(pages).to_contain_text("rows 1–100 of 5,000")
        following = page.get_by_role("link", name="Next")
        following.press("Enter")
        expect(pages).to_contain_text("rows 101–200 of 5,000")
        expect(following).to_be_focused()
        assert page.url.endswith("#view=table&page=2")
        page.get_by_role("link", name="Last").press("Enter")
        expect(pages).to_contain_text("rows 4,901–5,000 of 5,000")
        page.go_back()
        expect(pages).to_contain_text("rows 101–200 of 5,000")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        expect(page.locator("#view-table tbody tr")).to_have_count(2000)
        expect(page.locator("#table-count")).to_contain_text("the first 2,000 are printed")
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        expect(page.locator("#view-table tbody tr")).to_have_count(100)
        page.evaluate("SN.go({ view: 'table', claim: 4321, params: {} })")
        expect(pages).to_contain_text("rows 4,301–4,400 of 5,000")
        page.evaluate("SN.go({ view: 'sources', params: {} })")
        expect(page.locator("#view-sources a.piece")).to_have_count(len(synthetic(5000).sources))


# Both


@pytest.mark.parametrize(
    "address",
    [
        "view=sources",
        "view=sources&source=s",
        "view=table",
        "view=table&table=relations",
        "view=sources&claim=h1",
    ],
)
def test_hostile_texts_are_shown_as_text(browser: Browser, folder: Path, address: str) -> None:
    with watched(browser, folder / "hostile.html", f"#{address}") as seen:
        page = seen.page
        shown = page.locator(f"#view-{'table' if 'table' in address else 'sources'}")
        expect(shown).to_contain_text("<script>alert(1)</script>")
        assert page.locator("script").count() == 5
        assert page.locator("#views img").count() == 0
        assert (
            page.evaluate("[...document.querySelectorAll('[onerror], [style*=expression]')].length")
            == 0
        )
        if address.endswith("source=s"):
            lines = [line for line in HOSTILE if line.strip()]
            assert texts(page, "#view-sources .text p") == lines


@pytest.mark.parametrize("name", ["bus", "spoken", "hostile"])
@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_overflows(browser: Browser, folder: Path, name: str, width: int) -> None:
    source = {"bus": "moreau", "spoken": "late", "hostile": "s"}[name]
    first = {"bus": "run-it", "spoken": "outer", "hostile": "h5"}[name]
    with watched(browser, folder / f"{name}.html", "#view=sources", (width, 844)) as seen:
        page = seen.page
        assert too_wide(page) == []
        for view, params in (
            ("sources", {"source": source}), ("sources", {"source": source, "show": "claims"}),
            ("table", {}), ("table", {"table": "relations"}),
        ):  # fmt: skip
            for claim in (-1, page.evaluate(f"SN.claimAt.get('{first}')")):
                choice = {"view": view, "params": params, "claim": claim}
                page.evaluate("(choice) => SN.go(choice, { replace: true })", choice)
                assert too_wide(page) == [], choice


def test_a_debate_of_nothing_has_both_views(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "empty.html"
    file.write_text(map_html(Debate("empty", "Nothing"), []), "utf-8")
    with watched(browser, file, "#view=sources") as seen:
        expect(seen.page.locator("#view-sources")).to_contain_text("0 pieces with 0 claims")
        for table in ("claims", "relations"):
            seen.page.evaluate(f"SN.go({{ view: 'table', params: {{ table: '{table}' }} }})")
            expect(seen.page.locator("#view-table tbody")).to_contain_text(
                f"No {table} in this debate."
            )
            seen.page.locator("#view-table thead button").first.click()
