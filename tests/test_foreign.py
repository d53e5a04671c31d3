"""Files as other people have them: what is read, and what is said of the rest."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.formats.losses import Reading
from graph.formats.table import find_format
from graph.model import Debate

FIXTURE = Path(__file__).parent / "fixtures" / "foreign.txt"
_CASE = re.compile(r"^=== ([^\n]+) \((\w+)\)\n(.*?)^---\n(.*?)(?=^===|\Z)", re.M | re.S)

CASES = [pytest.param(*found.groups()[1:], id=found[1])
         for found in _CASE.finditer(FIXTURE.read_text("utf-8"))]  # fmt: skip


def holder(debate: Debate, claim: str) -> str:
    """The name of a holder, with the id where that says more, and who reports it."""
    found = debate.claim(claim)
    agent = debate.agent(found.holder)
    alike = sum(other.name == agent.name for other in debate.agents) > 1
    told = f"{agent.name}, {agent.id}" if alike else agent.name
    author = debate.source(found.source).author
    return told if author == agent.id else f"{told}, reported by {debate.agent(author).name}"


def described(reading: Reading) -> list[str]:
    debate = reading.debate
    claims = [f"{c.id} ({holder(debate, c.id)}): {c.text}" for c in debate.claims]
    relations = [a.id for a in debate.attacks] + [r.id for r in debate.rephrases]
    for s in debate.supports:
        name = f"{s.name}: " if s.name else ""
        scheme = f" [{s.scheme}]" if s.scheme else ""
        relations.append(f"{name}{' + '.join(s.premises)} > {s.conclusion}{scheme}")
    return [*sorted(claims), *sorted(relations), *sorted(f"not read: {x}" for x in reading.losses)]


@pytest.mark.parametrize(("name", "text", "expected"), CASES)
def test_a_file_of_other_people(name: str, text: str, expected: str) -> None:
    reading = find_format(name).parse(text.encode(), "file")
    assert described(reading) == expected.strip().splitlines()


def test_the_cases_are_found() -> None:
    assert len(CASES) == FIXTURE.read_text("utf-8").count("\n===")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("aif", "[1]", "f: Expected `object`, got `array`"),
        (
            "aif",
            '{"nodes": [\n {"nodeID": 1,, }]}',
            "f:2:15: no JSON (object keys must be strings)",
        ),
        ("aif", '{"nodes": {}}', "f: nodes is no list"),
        ("aif", '{"nodes": [3]}', "f: nodes[0] is no object"),
        ("aif", '{"nodes": [{"text": "a"}]}', "f: nodes[0] has no nodeID, which is a string or"),
        (
            "aif",
            '{"nodes": [{"nodeID": "1", "type": "I"}, {"nodeID": 1, "type": "L"}]}',
            "f: two different nodes have the nodeID '1'",
        ),
        ("xaif", '{"nodes": []}', "f: not xAIF, which has an object under 'AIF'"),
        ("arguebuf", '{"nodes": []}', "f: Expected `object`, got `array` - at `$.nodes`"),
        ("kialo", "Trams", "f:1: expected 'Discussion Title: ...' or a numbered claim"),
        ("kialo", "", "f: holds no numbered claim"),
        ("kialo", "1. A\n1.1. Pro: B\n1.1. Con: C", "f:3: two claims have the number 1.1. (first"),
        ("kialo", "1.1. Pro: B", "f:1: 1.1. stands under 1., which is not there"),
        ("brat", "T1\tClaim x y\tA", "f:1: T1 has no span such as 'Claim 0 16'"),
        ("brat", "T1\tClaim 0 1\tA\nT1\tClaim 0 1\tA", "f:2: two annotations are called T1"),
        ("brat", "R1\tsupports", "f:1: R1 needs a type and two arguments"),
        ("brat", "\tClaim 0 1\tA", "f:1: '' is no annotation; expected fields after tabs"),
        ("brat", "hello", "f:1: 'hello' is no annotation; expected fields after tabs"),
        ("microtexts", "<a/>", "f: its root is <a>, not <arggraph>"),
        ("microtexts", "<a>\n<b></a>", "f:2:"),
        ("microtexts", "<arggraph><edge id='1'/></arggraph>", "f: <edge> '1' has no attribute"),
        ("graphml", "<graphml>", "f:1:"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(name: str, text: str, message: str) -> None:
    from graph.errors import SicetnonError

    with pytest.raises(SicetnonError) as caught:
        find_format(name).parse(text.encode(), "f")
    assert str(caught.value).startswith(message)


def test_brat_beside_its_text(tmp_path: Path) -> None:
    text = "Trams squeal. They do.\n\nBends are bad."
    (tmp_path / "x.txt").write_text(text)
    (tmp_path / "x.ann").write_text(
        "T1\tClaim 14 22\tThey do.\nT2\tPremise 24 38\tBends are bad.\n"
    )
    debate = find_format("brat").read(tmp_path / "x.ann").debate
    anchors = {c.id: c.anchor for c in debate.claims}
    assert [(a.paragraph, a.sentence, a.start, a.end) for a in anchors.values() if a] == [
        (1, 2, 14, 22),
        (2, 1, 24, 38),
    ]
    assert debate.sources[0].text == "x.txt"
    (tmp_path / "x.txt").write_text(text.replace("do", "hum"))
    from graph.errors import FormatError

    with pytest.raises(FormatError, match=r"x.ann:1: T1 is 'They do.', but x.txt has 'They hum'"):
        find_format("brat").read(tmp_path / "x.ann")


@pytest.mark.parametrize(
    ("claims", "relations", "expected"),
    [
        ("id,text,author\na,A.,Ann\nb,B.,Bo\n", "from,to,type\nb,a,attack\n", "b rebut a"),
        ("id,label\na,A.\nb,B.\n", "source,target,relation\nb,a,pro\n", "b > a"),
        (
            "id,text\na,A.\nb,B.\n",
            "premises,target,kind\nb|c,a,support\n",
            "claim 'c' is in no row",
        ),
        ("id,text\na,A.\nb,B.\n", "from,to\nb,a\n", "relations.csv:2: no column of"),
        ("name,text\na,A.\n", "from,to\n", "claims.csv:2: the column 'id' is empty or not there"),
        ('id,text\na,"A\n', "from,to\n", "claims.csv:2: no CSV: unexpected end of data"),
        ("id,text\na,A.,x\n", "from,to\n", "claims.csv:2: 3 cells, but 2 columns"),
    ],
)
def test_pairs_of_tables(claims: str, relations: str, expected: str, tmp_path: Path) -> None:
    from graph.errors import FormatError

    (tmp_path / "claims.csv").write_text(claims)
    (tmp_path / "relations.csv").write_text(relations)
    try:
        said = "\n".join(described(find_format("csv").read(tmp_path)))
    except FormatError as error:
        said = str(error)
    assert expected in said
