"""The Argdown tools themselves read what we ship and write, with the same meaning."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from graph.formats.argdown import parse_argdown, read_argdown, write_argdown
from graph.model import AttackKind, Debate
from tests.programs import ARGDOWN, ROOT, run

pytestmark = pytest.mark.program

KOSOVO = ROOT / "data" / "kosovo" / "debate.argdown"
_TAGS = re.compile(r"(?:\s*#(?:\([^)]*\)|[\w-]+))+\s*\Z")

NASTY = r"""
[a]: No \#tag, \{brace\}, a \* star, a\_b\_c, 1 \< 2, "quoted": \[x\], e.g.this, \@\[b\]. #tag
  - [b]: The U.\A.E. and \:smile\: are words, see https:\//example.org.
    + [c d (e)]: Text with tags. #one #(two words)

<an argument, with a comma>

(1) [a]
(2) [b]
-- a rule's name --
(3) [f]: Conclusion at 5 p.m. on a 50 % day.

[g]: It does not follow.
  _> <an argument, with a comma>
"""


def official(main: Path, out: Path) -> dict[str, Any]:
    """What ``@argdown/cli`` makes of a file."""
    run(ARGDOWN, "json", main.name, out, cwd=main.parent)
    (written,) = out.glob("*.json")
    found: dict[str, Any] = json.loads(written.read_text(encoding="utf-8"))
    return found


def official_statements(found: dict[str, Any]) -> dict[str, tuple[str, frozenset[str]]]:
    """Each statement's text without its tags, and its tags."""
    made = {}
    for title, statement in found["statements"].items():
        stated = [m for m in statement["members"] if not m.get("isReference")]
        (text,) = {m["text"] for m in stated}
        made[title] = (
            " ".join(_TAGS.sub("", text).split()),
            frozenset(statement.get("tags") or ()),
        )
    return made


def our_statements(debate: Debate) -> dict[str, tuple[str, frozenset[str]]]:
    claims = {c.id: (c.text, frozenset(c.tags)) for c in debate.claims}
    return claims | {i.id: (i.question, frozenset({"issue"})) for i in debate.issues}


def official_relations(found: dict[str, Any]) -> set[tuple[str, str, str]]:
    """Kind, from and to of each relation that the file sketches."""
    return {(r["relationType"], r["from"], r["to"]) for r in found["relations"]}


def our_relations(debate: Debate) -> set[tuple[str, str, str]]:
    """The same, of ours; a contradictory pair is named in the order it was written."""
    made = {("support", s.premises[0], s.conclusion) for s in debate.supports if not s.name}
    for issue in debate.issues:
        made |= {("support", claim, issue.id) for claim in issue.pro}
        made |= {("attack", claim, issue.id) for claim in issue.con}
    plain = {AttackKind.UNDERCUT: "undercut", AttackKind.CONTRADICTORY: "contradictory"}
    return made | {(plain.get(a.kind, "attack"), a.attacker, a.target) for a in debate.attacks}


def unordered(relations: set[tuple[str, str, str]]) -> set[tuple[str, frozenset[str]]]:
    return {(kind, frozenset((start, end))) for kind, start, end in relations}


def official_arguments(found: dict[str, Any]) -> dict[str, tuple[frozenset[str], str, str]]:
    """Premises, conclusion and rule of each reconstruction."""
    made = {}
    for title, argument in found["arguments"].items():
        *premises, conclusion = argument["pcs"]
        rules = conclusion["inference"]["inferenceRules"]
        made[title] = (
            frozenset(p["title"] for p in premises),
            conclusion["title"],
            ", ".join(" ".join(rule.split()) for rule in rules),
        )
    return made


def our_arguments(debate: Debate) -> dict[str, tuple[frozenset[str], str, str]]:
    return {
        s.name: (frozenset(s.premises), s.conclusion, s.scheme or "")
        for s in debate.supports
        if s.name
    }


def assert_same(debate: Debate, found: dict[str, Any]) -> None:
    assert official_statements(found) == our_statements(debate)
    assert official_arguments(found) == our_arguments(debate)
    ours, theirs = our_relations(debate), official_relations(found)
    assert unordered(ours) == unordered(theirs)
    directed = {relation for relation in theirs if relation[0] in ("support", "undercut")}
    assert directed == {relation for relation in ours if relation[0] in ("support", "undercut")}
    rebuts = {
        ("attack", a.attacker, a.target)
        for a in debate.attacks
        if a.kind in (AttackKind.REBUT, AttackKind.UNDERMINE)
    }
    assert rebuts <= theirs


def test_the_files_that_we_ship_say_the_same_to_the_argdown_tools(tmp_path: Path) -> None:
    debate = read_argdown(KOSOVO)
    assert_same(debate, official(KOSOVO, tmp_path))
    assert len(debate.claims) > 300


def test_what_we_write_says_the_same_to_the_argdown_tools(tmp_path: Path) -> None:
    debate = read_argdown(KOSOVO)
    main = tmp_path / "written.argdown"
    main.write_text(write_argdown(debate), encoding="utf-8")
    assert_same(debate, official(main, tmp_path / "out"))


def test_every_special_character_that_we_write_is_plain_to_them(tmp_path: Path) -> None:
    debate = parse_argdown(NASTY, "nasty.argdown")
    main = tmp_path / "nasty.argdown"
    main.write_text(write_argdown(debate), encoding="utf-8")
    assert_same(debate, official(main, tmp_path / "out"))
