"""Pictures for a slide: where everything stands, that texts stay texts, and the command line."""

from __future__ import annotations

import re
import struct
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import HealthCheck, given, settings
from typer.testing import CliRunner, Result

from benchmarks.synthetic import synthetic
from cli import app
from graph.analysis.part import select
from graph.errors import FormatError
from graph.formats.dot import write_dot
from graph.formats.picture import picture
from graph.formats.slide import _links, draw
from graph.model import Agent, Attack, AttackKind, Claim, Debate, Issue, Source, Status, Support
from graph.views.outline import claim_key, step_key, steps
from graph.views.routes import routes
from graph.views.slide import GAP, Box, Slide, slide
from tests.kosovo import FOLDER, kosovo
from tests.nightbus import night_bus
from tests.programs import ROOT, run
from tests.strategies import debates

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = (
    "<b>bold</b> <script>alert(1)</script> &amp; &lt; &#65; ]]> -->",
    r"\N \G \E \T \H \L \l \n \r \\N C:\new\Nice \"quoted\" 'it' ends in \\",
    "<TABLE><TR><TD HREF='http://x'>cell</TD></TR></TABLE>",
    "<<i>html</i>>",
    "word " * 1000,
    "x" * 300,
    "שלום עולם, זו טענה ארוכה",
    "Emoji 🇽🇰 👩‍🔬 and 科索沃",
    'javascript:alert(1) href="x" %s {x|y} [label=1]; }',
)


def hostile() -> Debate:
    n = len(HOSTILE)
    claims = tuple(Claim(f"c{i}", t, f"s{i % 2}", f"a{i % 2}") for i, t in enumerate(HOSTILE))
    return Debate(
        "hostile",
        r"<i>Title</i> \N & more",
        agents=(Agent("a0", r"<b>Bob</b> \N"), Agent("a1", 'Eve "E" & >')),
        sources=(Source("s0", HOSTILE[0], "a0"), Source("s1", HOSTILE[1], "a1")),
        claims=claims,
        supports=(Support(("c1", "c3"), "c5", "n", scheme=r"<u>\N</u>"),),
        attacks=(
            Attack(AttackKind.UNDERCUT, "c4", "n"),
            Attack(AttackKind.CONTRADICTORY, "c7", "c8"),
            Attack(AttackKind.CONTRARY, "c6", "c8"),
            Attack(AttackKind.UNDERMINE, "c2", f"c{n - 1}"),
            Attack(AttackKind.REBUT, "c1", "c0"),
        ),
        issues=(Issue("q", r"<i>Why</i> \N?", ("c1",), ("c2",)),),
    )


def heads(debate: Debate) -> dict[str, tuple[str, str]]:
    return {claim.id: ("Somebody", "YES") for claim in debate.claims}


def placed(debate: Debate) -> Slide:
    return slide(debate, heads(debate))


def overlap(a: Box, b: Box) -> bool:
    return (
        a.x < b.x + b.width - 1e-6
        and b.x < a.x + a.width - 1e-6
        and a.y < b.y + b.height - 1e-6
        and b.y < a.y + a.height - 1e-6
    )


def svg(debate: Debate, whole: Debate | None = None) -> Element:
    content = picture(debate, "svg", whole).content
    assert isinstance(content, str)
    found: Element = fromstring(content)
    return found


def words(root: Element) -> str:
    """All that can be read, without the joiners that are not seen."""
    texts = (e.text or "" for e in root.iter(f"{SVG}text"))
    return " ".join(" ".join(texts).replace("\u2060", "").replace("\xa0", " ").split())


@pytest.mark.parametrize("rank", [1, 2, 3, 30, 90])
def test_no_two_boxes_overlap_and_conclusions_stand_above(rank: int) -> None:
    part = select(kosovo(), clash=rank, links=2).debate
    boxes = placed(part).boxes
    assert {k for k in boxes if k.startswith("claim:")} == {claim_key(c.id) for c in part.claims}
    assert {k for k in boxes if k.startswith("step:")} == set(map(step_key, steps(part)))
    assert not any(overlap(a, b) for a, b in combinations(boxes.values(), 2))
    for box in boxes.values():
        if box.parent is not None:
            assert boxes[box.parent].y < box.y
            assert boxes[box.parent].column == box.column


@given(debates())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_debate_finds_room(debate: Debate) -> None:
    found = placed(debate)
    assert len(found.boxes) == len(debate.claims) + len(steps(debate))
    assert not any(overlap(a, b) for a, b in combinations(found.boxes.values(), 2))
    assert all(b.x + b.width <= found.width + 1e-6 for b in found.boxes.values())
    assert all(b.y + b.height <= found.height + 1e-6 for b in found.boxes.values())
    assert draw(debate).source.startswith("digraph")


def check_lines(debate: Debate) -> None:
    """Every line ends at its boxes, is upright and level, and crosses no box on its way."""
    found, links = placed(debate), _links(debate)
    for link, way in zip(links, routes(found, links), strict=True):
        assert all(x <= found.width + GAP for x, _ in way)
        for end, (x, y) in ((link.start, way[0]), (link.end, way[-1])):
            box = found.boxes[end]
            assert box.x - 1e-6 <= x <= box.x + box.width + 1e-6
            assert box.y - 1e-6 <= y <= box.y + box.height + 1e-6
        for (x0, y0), (x1, y1) in pairwise(way):
            assert x0 == x1 or y0 == y1
            line = Box("", "", min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0))
            crossed = [k for k, b in found.boxes.items() if k[0] == "c" and overlap(line, b)]
            assert not crossed, (link, way)


@pytest.mark.parametrize("rank", [1, 2, 3, 30, 90])
def test_no_line_crosses_a_box(rank: int) -> None:
    check_lines(select(kosovo(), clash=rank, links=2).debate)
    check_lines(night_bus())


@given(debates())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_line_crosses_a_box_of_any_debate(debate: Debate) -> None:
    check_lines(debate)


@pytest.mark.program
def test_a_slide_has_the_shape_of_a_slide_and_all_that_is_said() -> None:
    part = select(kosovo(), clash=3).debate
    root = svg(part, kosovo())
    *_, width, height = map(float, root.attrib["viewBox"].split())
    assert width / height == pytest.approx(16 / 9, rel=0.01)
    said = words(root)
    for claim in part.claims:
        assert claim.text in said
        assert kosovo().agent(claim.holder).name in said
    assert "supports" in said
    assert "contrary: not both are true" in said
    assert said.count("YES") == said.count("NO") == 1


@pytest.mark.program
def test_marks_are_those_of_the_whole() -> None:
    part = select(kosovo(), claim="heh-asm-disaster").debate
    whole, alone = draw(part, kosovo()).source, draw(part).source
    assert "#56B4E9" in whole
    assert "#56B4E9" not in alone


@pytest.mark.program
@pytest.mark.parametrize("debate", [hostile(), kosovo()], ids=["hostile", "kosovo"])
def test_an_svg_runs_nothing_and_asks_for_nothing(debate: Debate) -> None:
    content = picture(debate, "svg").content
    assert isinstance(content, str)
    assert "<!" not in content
    assert "<?" not in content
    assert "xlink" not in content
    allowed = {"svg", "g", "polygon", "polyline", "path", "text", "ellipse"}
    attributes = set()
    for element in fromstring(content).iter():
        assert element.tag.removeprefix(SVG) in allowed
        attributes |= set(element.attrib)
        assert not any("url(" in value for value in element.attrib.values())
    assert not any("href" in name or name.startswith("on") for name in attributes)


@pytest.mark.program
def test_hostile_texts_stay_texts() -> None:
    said = words(svg(hostile()))
    for text in (*HOSTILE[:4], *HOSTILE[6:]):
        assert " ".join(text.split()).replace(" ", "") in said.replace(" ", "")
    for text in (hostile().title, "<i>Why</i> \\N?", "<b>Bob</b> \\N", 'Eve "E" & >', "<u>\\N</u>"):
        assert text in said
    assert "word word…" in said
    assert said.replace(" ", "").count("x" * 300) == 1


@pytest.mark.program
@given(debates())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_graphviz_draws_every_debate_without_a_word(debate: Debate) -> None:
    said = words(svg(debate)).replace(" ", "")
    for claim in debate.claims:
        if claim.text.isascii():
            assert claim.text.replace(" ", "") in said


@pytest.mark.program
def test_every_kind_of_line_is_drawn_apart_and_explained() -> None:
    debate = night_bus()
    said = words(svg(debate))
    kinds = {a.kind for a in debate.attacks}
    assert len(kinds) >= 4
    source = draw(debate).source
    heads = {"rebut": "tee", "undermine": "obox", "undercut": "odiamond", "contrary": "tee"}
    for kind in kinds:
        assert kind.value in said or kind is AttackKind.REBUT or kind.value[:8] in said
        assert f"arrowhead={heads.get(kind.value, 'teetee')}" in source
    for status in {c.status for c in debate.claims} - {Status.ASSERTED}:
        assert status.value in said


@pytest.mark.program
def test_a_png_is_a_picture_of_a_slide() -> None:
    content = picture(select(kosovo(), clash=1).debate, "png", kosovo()).content
    assert isinstance(content, bytes)
    assert content.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", content[16:24])
    assert abs(width - 1920) < 8
    assert abs(height - 1080) < 8


@pytest.mark.program
def test_the_plain_dot_shows_the_same_texts(tmp_path: Path) -> None:
    path = tmp_path / "hostile.dot"
    path.write_text(write_dot(hostile()), encoding="utf-8")
    said = words(fromstring(run("dot", "-Tsvg", path))).replace(" ", "")
    for text in HOSTILE:
        assert text.replace(" ", "") in said


def test_too_much_is_refused_in_words() -> None:
    with pytest.raises(FormatError, match=r"a picture of 3,100 claims cannot be read; draw a part"):
        picture(synthetic(3100), "svg")
    with pytest.raises(FormatError, match=r"too small to read as png; write svg, or draw a part"):
        picture(synthetic(2500), "png")


def sicetnon(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["map", str(FOLDER), *map(str, arguments)])


@pytest.mark.program
@pytest.mark.parametrize(
    ("arguments", "file", "start"),
    [
        (["--clash", "1"], "clash.svg", b"<svg "),
        (["--claim", "heh-asm-disaster", "--links", "2"], "claim.PNG", b"\x89PNG"),
        (["--issue", "west-firm", "--format", "svg"], "issue.picture", b"<svg "),
        (["--between", "hehir", "florescu"], "pair.svg", b"<svg "),
        (["--issue", "west-firm"], "issue.html", b"<!doctype html>"),
    ],
)
def test_the_command_draws_a_part(
    arguments: list[str], file: str, start: bytes, tmp_path: Path
) -> None:
    out = tmp_path / "new" / file
    result = sicetnon(*arguments, "-o", out)
    assert result.exit_code == 0, result.output
    assert result.stdout.strip() == str(out)
    assert out.read_bytes().startswith(start)
    assert [p.name for p in out.parent.iterdir()] == [file]


def test_a_page_of_a_part_holds_only_the_part(tmp_path: Path) -> None:
    out = tmp_path / "part.html"
    assert sicetnon("--claim", "heh-asm-disaster", "-o", out).exit_code == 0
    page = out.read_text(encoding="utf-8")
    assert "heh-asm-terrible" in page or "heh-asm-disaster" in page
    assert "rec-four-should-recognize" not in page


@pytest.mark.program
def test_the_command_says_that_a_poster_is_no_slide(tmp_path: Path) -> None:
    result = sicetnon("-o", tmp_path / "all.svg")
    assert result.exit_code == 0
    assert result.stderr.startswith("474 claims make a poster, not a slide")


def test_without_a_name_the_format_names_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = FOLDER.resolve()
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["map", str(folder), "--issue", "west-firm"])
    assert result.stdout.strip() == "map.html"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "map.gif"], "map.gif: unknown suffix '.gif'; known: .html, .svg, .png"),
        (["-o", "map"], "map: unknown suffix ''; known: .html, .svg, .png"),
        (["--claim", "heh-asm-disastr"], "no claim is called 'heh-asm-disastr'; did you mean"),
        (["--clash", "0"], "there is no clash 0; they are numbered 1 to"),
    ],
)
def test_the_command_refuses_in_one_line(arguments: list[str], message: str) -> None:
    result = sicetnon(*arguments)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"error: {message}")
    assert len(result.stderr.splitlines()) == 1


def test_two_selections_are_a_usage_error() -> None:
    result = sicetnon("--claim", "ce-asm-now", "--clash", "1")
    assert result.exit_code == 2
    assert "choose one of" in result.stderr
    assert sicetnon("--claim", "ce-asm-now", "--links", "-1").exit_code == 2


def test_a_missing_graphviz_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    result = sicetnon("--clash", "1", "-o", tmp_path / "clash.svg")
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert "install the Debian package graphviz" in line
    assert list(tmp_path.iterdir()) == []


@pytest.mark.program
def test_the_documented_commands_run(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "pictures.md").read_text(encoding="utf-8")
    commands = re.findall(r"^sicetnon map data/kosovo ([^#\n]+)", page, re.MULTILINE)
    assert len(commands) >= 6
    for command in commands:
        *options, file = command.split()
        result = sicetnon(*options, tmp_path / file)
        assert result.exit_code == 0, result.output
        assert (tmp_path / file).stat().st_size > 5000


@pytest.mark.program
def test_the_picture_in_the_docs_is_what_the_command_draws() -> None:
    shown = fromstring((ROOT / "docs" / "clash.svg").read_text(encoding="utf-8"))
    assert words(shown) == words(svg(select(kosovo(), clash=3).debate, kosovo()))
