"""The debate as CSV tables (RFC 4180) that a spreadsheet opens without running anything.

A pair of tables is enough to read: claims with ``id`` and ``text``, and relations between them.
Ours have ``agents``, ``sources``, ``issues`` and ``debate`` beside them, and nothing is lost.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd

from ..analysis.contradictions import contradictions
from ..errors import FormatError, Place
from ..frames import claims_frame, contradictions_frame, joined, relations_frame, sources_frame
from ..model import AttackKind, Debate
from .gathering import Gathering
from .json_text import debate_of
from .losses import Reading, cut, debate_name

__all__ = ["csv_tables", "frame_csv", "read_csv", "unformula"]

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_ESCAPED_FORMULA = re.compile(r"''*[=+\-@\t\r]")
_TAG = re.compile(r"\(([^()]+)\)|(\S+)")

# The names under which people keep a pair of tables, and the names of their columns.
_CLAIMS = ("claims.csv", "nodes.csv", "arguments.csv")
_RELATIONS = ("relations.csv", "edges.csv", "links.csv")
_TEXT = ("text", "claim", "label", "statement")
_HOLDER = ("holder", "author", "speaker", "participant")
_START = ("premises", "from", "start", "premise", "source", "attacker")
_END = ("target", "to", "end", "conclusion")
_KIND = ("relation", "kind", "type", "stance", "label")
_SUPPORTS = {"support", "supports", "pro", "for", "+", "1"}
_ATTACKS = {
    **dict.fromkeys(("attack", "attacks", "con", "against", "-", "-1", "rebut"), AttackKind.REBUT),
    "undermine": AttackKind.UNDERMINE,
    "contradictory": AttackKind.CONTRADICTORY,
    "contrary": AttackKind.CONTRARY,
}
_REPHRASES = {"rephrase", "rephrases", "same", "="}


def unformula(value: object) -> object:
    """The value, with an apostrophe before text that a spreadsheet would run as a formula.

    >>> unformula("=1+1"), unformula("plain"), unformula(-3)
    ("'=1+1", 'plain', -3)
    """
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def frame_csv(frame: pd.DataFrame) -> str:
    """A frame as CSV text, safe to open in a spreadsheet, its header included."""
    return frame.map(unformula).rename(columns=unformula).to_csv(index=False, lineterminator="\n")


def csv_tables(debate: Debate, _: str = "") -> dict[str, str]:
    """The CSV text of each table, by file name."""
    top = [{"id": debate.id, "title": debate.title, "base": debate.base}]
    agents = [
        {"id": a.id, "name": a.name, "kind": a.kind.value, "members": joined(a.members)}
        for a in debate.agents
    ]
    issues = [{"id": issue.id, "question": issue.question} for issue in debate.issues]
    frames = {
        "claims.csv": claims_frame(debate),
        "relations.csv": relations_frame(debate),
        "sources.csv": sources_frame(debate),
        "agents.csv": pd.DataFrame(agents, columns=["id", "name", "kind", "members"]),
        "issues.csv": pd.DataFrame(issues, columns=["id", "question"]),
        "debate.csv": pd.DataFrame(top),
        "contradictions.csv": contradictions_frame(debate, contradictions(debate)),
    }
    return {name: frame_csv(frame) for name, frame in frames.items()}


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table by column, and where it stands; an empty cell is not there."""

    cells: Mapping[str, str]
    place: Place

    def __getitem__(self, column: str) -> str:
        if column not in self.cells:
            raise FormatError(f"the column {column!r} is empty or not there", self.place)
        return self.cells[column]

    def first(self, columns: tuple[str, ...]) -> str | None:
        """The first cell that is there, of several columns."""
        return next((self.cells[name] for name in columns if name in self.cells), None)

    def some(self, *columns: str) -> dict[str, str]:
        """The cells that are there, by column."""
        return {name: self.cells[name] for name in columns if name in self.cells}


def read_csv(path: Path) -> Reading:
    """The debate in a folder of tables, or in the pair of tables that a file is one of.

    Raises:
        FormatError: naming the file and line, and the column that was expected.
        DebateError: if the parts do not fit together.

    """
    folder = path if path.is_dir() else path.parent
    found = [next((folder / n for n in names if (folder / n).is_file()), None)
             for names in (_CLAIMS, _RELATIONS)]  # fmt: skip
    if found[0] is None or found[1] is None:
        raise FormatError(
            f"{path}: needs a table of claims ({', '.join(_CLAIMS)}) and one of relations "
            f"({', '.join(_RELATIONS)}) in one folder"
        )
    claims, relations = list(_rows(found[0])), list(_rows(found[1]))
    if not (folder / "sources.csv").is_file() or not (folder / "agents.csv").is_file():
        return _pair(debate_name(folder.resolve().name), claims, relations)
    rest = {
        name: list(_rows(folder / f"{name}.csv")) if (folder / f"{name}.csv").is_file() else []
        for name in ("sources", "agents", "issues", "debate")
    }
    return Reading(_whole(folder, claims, relations, rest))


def _rows(path: Path) -> Iterator[_Row]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise FormatError(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise FormatError("not UTF-8", Place(str(path), line)) from None
    rows = csv.reader(StringIO(text, newline=""), strict=True)
    line = 1
    try:
        header = [_formula(cell).strip() for cell in next(rows, [])]
        if len(set(header)) < len(header):
            raise FormatError("two columns have one name", Place(str(path), 1))
        for row in rows:
            line, first = rows.line_num, line + 1
            if len(row) > len(header):
                raise FormatError(
                    f"{len(row)} cells, but {len(header)} columns", Place(str(path), first)
                )
            if row:
                cells = {
                    name: _formula(cell) for name, cell in zip(header, row, strict=False) if cell
                }
                yield _Row(cells, Place(str(path), first))
    except csv.Error as error:
        raise FormatError(f"no CSV: {error}", Place(str(path), rows.line_num)) from None


def _formula(cell: str) -> str:
    """The cell without the apostrophe that keeps a spreadsheet from running it."""
    return cell[1:] if _ESCAPED_FORMULA.match(cell) else cell


def _names(text: str) -> list[str]:
    """The names that :func:`graph.frames.joined` has put together."""
    return [re.sub(r"\\(.)", r"\1", part) for part in re.findall(r"(?:[^|\\]|\\.)+", text)]


# Tables of ours ---------------------------------------------------------------------------------


def _whole(
    folder: Path, claims: list[_Row], relations: list[_Row], rest: Mapping[str, list[_Row]]
) -> Debate:
    top = rest["debate"][0].some("id", "title", "base") if rest["debate"] else {}
    name = debate_name(folder.resolve().name)
    parts: dict[str, Any] = {"id": name, "title": name, **top}
    parts["agents"] = [
        {**row.some("id", "name", "kind"), "members": _names(row.cells.get("members", ""))}
        for row in rest["agents"]
    ]
    columns = ("id", "title", "author", "genre", "date", "publisher", "note", "text", "sha256")
    parts["sources"] = [row.some(*columns) for row in rest["sources"]]
    parts["claims"] = [_claim(row) for row in claims]
    issues = {row["id"]: {**row.some("id", "question"), "pro": [], "con": []}
              for row in rest["issues"]}  # fmt: skip
    parts |= {"supports": [], "attacks": [], "rephrases": []}
    for row in relations:
        _relation(row, parts, issues)
    parts["issues"] = list(issues.values())
    return debate_of(parts, str(folder), strict=False)


def _claim(row: _Row) -> dict[str, Any]:
    made: dict[str, Any] = row.some("id", "text", "source", "holder", "status")
    if "start" in row.cells:
        made["anchor"] = row.some("paragraph", "sentence", "start", "end")
    tags = (found[1] or found[2] for found in _TAG.finditer(row.cells.get("tags", "")))
    return made | {"tags": list(tags), "origin": _origin(row)}


def _origin(row: _Row) -> dict[str, str]:
    kind, _, name = row.cells.get("origin", "person").partition(": ")
    told = {"name": name} if name else {}
    return {"kind": kind, **told, **row.some("version", "confidence")}


def _relation(row: _Row, parts: dict[str, Any], issues: Mapping[str, dict[str, Any]]) -> None:
    """Add what a row of the relations says to the parts, or to the issue that it answers."""
    common = {**row.some("source"), "origin": _origin(row)}
    relation, target = row["relation"], row["target"]
    if relation == "support":
        premises = _names(row["premises"])
        named = row["id"] != f"{premises[0]} > {target}"
        made = {"premises": premises, "conclusion": target, **row.some("scheme"), **common}
        parts["supports"].append(made | ({"name": row["id"]} if named else {}))
    elif relation == "attack":
        made = {"kind": row["kind"], "attacker": row["attacker"], "target": target, **common}
        parts["attacks"].append(made)
    elif relation == "rephrase":
        parts["rephrases"].append({"first": row["premises"], "second": target, **common})
    elif relation == "answer" and row["kind"] in ("pro", "con"):
        if target not in issues:
            raise FormatError(f"issue [{target}] is not in issues.csv", row.place)
        issues[target][row["kind"]].append(row["premises"])
    else:
        raise FormatError(
            f"relation {cut(relation)!r} is not one of: support, attack, rephrase, answer",
            row.place,
        )


# Pairs of tables of other people ----------------------------------------------------------------


def _pair(name: str, claims: list[_Row], relations: list[_Row]) -> Reading:
    gathering = Gathering()
    used = {"id", *_TEXT, *_HOLDER}
    known = set()
    for row in claims:
        holder = row.first(_HOLDER)
        if row["id"] in known:
            raise FormatError(f"two claims have the id {row['id']!r}", row.place)
        known.add(row["id"])
        agent = None if holder is None else gathering.agent(holder)
        made = gathering.claim(row["id"], row.first(_TEXT), agent)
        if made != row["id"]:
            raise FormatError(f"{row['id']!r} is no name for a claim", row.place)
        for column in row.cells.keys() - used:
            gathering.tally.add("columns of claims", f"{column}: {cut(row.cells[column])}")
    for row in relations:
        start, end = row.first(_START), row.first(_END)
        if start is None or end is None:
            raise FormatError(
                f"a relation needs columns such as {_START[1]!r} and {_END[1]!r}", row.place
            )
        ends = (*_names(start), end)
        if missing := [claim for claim in ends if claim not in gathering]:
            raise FormatError(f"claim {missing[0]!r} is in no row of the claims", row.place)
        _relate(gathering, row, ends)
    return gathering.reading(name)


def _relate(gathering: Gathering, row: _Row, ends: tuple[str, ...]) -> None:
    """Take in a relation, whose kind is the first cell that tells one."""
    told = [row.cells[name].strip().lower() for name in _KIND if name in row.cells]
    *starts, end = ends
    for kind in told:
        if kind in _ATTACKS:
            if kind == "attack" and row.cells.get("kind", "").lower() in _ATTACKS:
                kind = row.cells["kind"].lower()
            for start in starts:
                gathering.attack(_ATTACKS[kind], start, end)
            return
        if kind in _SUPPORTS:
            number = f"line {row.place.line}"
            gathering.support(starts, end, row.cells.get("id", number), row.cells.get("scheme"))
            return
        if kind in _REPHRASES:
            for start in starts:
                gathering.rephrase(start, end)
            return
    raise FormatError(
        f"no column of {', '.join(_KIND)} says support, attack or rephrase", row.place
    )
