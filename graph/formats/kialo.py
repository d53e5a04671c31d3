r"""The text that Kialo exports: a numbered outline of pros and cons, both ways.

``1.2. Con: ...`` is the second claim under thesis 1 and speaks against it; ``-> See 1.1.`` stands
for a claim written out elsewhere, before or after. Any number may be that of the thesis, a claim
may run over several lines, and ``[text](address)`` is a link.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ..errors import FormatError, Place
from ..model import AttackKind, Debate
from .fitting import fit, renamed_claims
from .gathering import Gathering
from .losses import Feature, Fitted, Reading, Tally, stem_of

__all__ = ["fit_kialo", "is_outline", "parse_kialo", "write_kialo"]

_TITLE = re.compile(r"\s*Discussion Title:(.*)")
_NODE = re.compile(r"\s*((?:\d{1,9}\.)+)(?:\s+(.*)|\s*)\Z")
_STANCE = re.compile(r"(Pro|Con):(?:\s+|\Z)", re.I)
_SEE = re.compile(r"->\s*See\s+((?:\d{1,9}\.)*\d{1,9})\.?\s*\Z", re.I)
_LINK = re.compile(r"(?<!\\)\[((?:[^\[\]\\]|\\.)*)(?<!\\)\]\(([^()\s]*)\)")
_ESCAPED = re.compile(r"\\([\[\]()>-])")


def parse_kialo(data: bytes, file: str) -> Reading:
    r"""The debate in a Kialo export, and what of it a debate does not hold.

    Raises:
        FormatError: naming the line of what has no place in an outline.

    >>> text = b"Discussion Title: Trams\n\n2. Trams are quiet.\n2.1. Con: They squeal."
    >>> debate = parse_kialo(text, "trams.txt").debate
    >>> debate.title, debate.attacks[0].id
    ('Trams', '2.1 rebut 2')

    """
    return _Reader(_decoded(data, file), file).reading()


def is_outline(path: Path) -> bool:
    """True for a file that begins as the exports of Kialo do, and as no article does."""
    try:
        with path.open("rb") as file:
            return _TITLE.match(file.read(200).decode("utf-8-sig", "replace")) is not None
    except OSError:
        return False


def _decoded(data: bytes, file: str) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FormatError(
            f"not {encoding.removesuffix('-sig').upper()}", Place(file, line)
        ) from None


@dataclass(slots=True)
class _Node:
    """A numbered line, and those that go on with it."""

    number: str
    parent: str
    line: int
    stance: str | None
    lines: list[str]


class _Reader:
    def __init__(self, text: str, file: str) -> None:
        self._file = file
        self._nodes: dict[str, _Node] = {}
        self._title: str | None = None
        self._gathering = Gathering()
        self._tally = self._gathering.tally
        self._scan(text)

    def _scan(self, text: str) -> None:
        """Tell the numbered lines from those that go on with them."""
        node: _Node | None = None
        theses: int | None = None
        for number, line in enumerate(text.splitlines(), 1):
            if node is None and self._title is None and (title := _TITLE.match(line)):
                self._title = title[1].strip()
                continue
            found = _NODE.match(line)
            if found is not None:
                id_ = found[1].rstrip(".")
                parent, _, last = id_.rpartition(".")
                starts = (
                    (theses is None or int(last) == theses + 1)
                    if not parent
                    else parent in self._nodes
                )
                if parent and not starts and node is None:
                    raise FormatError(
                        f"{id_}. stands under {parent}., which is not there",
                        Place(self._file, number),
                    )
                if starts and id_ in self._nodes:
                    first = self._nodes[id_].line
                    raise FormatError(
                        f"two claims have the number {id_}. (first at line {first})",
                        Place(self._file, number),
                    )
                if starts:
                    theses = theses if parent else int(last)
                    node = self._nodes[id_] = self._node(id_, parent, number, found[2] or "")
                    continue
            if node is not None:
                node.lines.append(line)
            elif line.strip():
                raise FormatError(
                    f"expected 'Discussion Title: ...' or a numbered claim such as '1. ...', "
                    f"not {line.strip()[:40]!r}",
                    Place(self._file, number),
                )
        if not self._nodes and self._title is None:
            raise FormatError(f"{self._file}: holds no numbered claim such as '1. ...'")

    @staticmethod
    def _node(id_: str, parent: str, line: int, text: str) -> _Node:
        stance = _STANCE.match(text) if parent else None
        rest = text[stance.end() :] if stance else text
        return _Node(id_, parent, line, stance[1].lower() if stance else None, [rest])

    def reading(self) -> Reading:
        """The debate, and what it does not hold."""
        see: dict[str, str] = {}
        for node in self._nodes.values():
            text = "\n".join(node.lines).strip()
            if node.parent and (match := _SEE.match(text)):
                see[node.number] = match[1]
            else:
                self._gathering.claim(node.number, _plain(text))
        meant = _meant(see)
        for node in self._nodes.values():
            if not node.parent:
                continue
            start, end = (meant.get(id_, id_) for id_ in (node.number, node.parent))
            known = self._gathering
            if start is None or end is None or start not in known or end not in known:
                self._tally.add("references to claims that are not there", f"{node.number}.")
            elif node.stance is None:
                self._tally.add("claims that take no side", f"{node.number}. under {node.parent}.")
            elif node.stance == "con":
                self._gathering.attack(AttackKind.REBUT, start, end)
            elif f"{start} > {end}" in self._gathering.supports:
                self._tally.add("supports said twice", f"{node.number}.")
            else:
                self._gathering.support([start], end, node.number)
        return self._gathering.reading(stem_of(self._file, ".kialo.txt"), self._title)


def _meant(see: Mapping[str, str]) -> dict[str, str | None]:
    """The number that each reference leads to in the end, or None where it goes in a circle."""
    ends: dict[str, str | None] = {}
    for first in see:
        passed: dict[str, None] = {}
        number = first
        while number in see and number not in ends and number not in passed:
            passed[number] = None
            number = see[number]
        end = ends.get(number) if number in see else number
        ends |= dict.fromkeys(passed, end)
    return ends


def _plain(text: str) -> str:
    """The text without marks: a link is its words and its address in brackets."""
    return _ESCAPED.sub(r"\1", _LINK.sub(r"\1 (\2)", text))


# Writing ----------------------------------------------------------------------------------------

_Line = tuple[str, str, str]


def _outline(debate: Debate) -> Iterator[_Line]:
    """Each line of the outline: number, stance, and the claim, written out or met before.

    A claim stands under the first claim that it supports or attacks; below others it is referred
    to. The theses are the claims that speak to no other, then one claim of each circle left.
    """
    under: dict[str, list[tuple[str, str]]] = {}
    speaks = set()
    for support in debate.supports:
        under.setdefault(support.conclusion, []).append(("Pro", support.premises[0]))
        speaks.add(support.premises[0])
    for attack in debate.attacks:
        under.setdefault(attack.target, []).append(("Con", attack.attacker))
        speaks.add(attack.attacker)
    met: set[str] = set()
    theses = 0
    roots = [claim.id for claim in debate.claims if claim.id not in speaks]
    for root in (*roots, *(claim.id for claim in debate.claims)):
        if root in met:
            continue
        theses += 1
        stack: list[_Line] = [(str(theses), "", root)]
        while stack:
            number, stance, claim = stack.pop()
            yield number, stance, claim
            if claim not in met:
                met.add(claim)
                below = enumerate(under.get(claim, ()), 1)
                stack += reversed([(f"{number}.{n}", side, c) for n, (side, c) in below])


def fit_kialo(debate: Debate, keeps: Collection[Feature], name: str) -> Fitted:
    """What a Kialo outline holds of a debate; its claims are called by their numbers."""
    tally = Tally()
    debate = fit(debate, {*keeps, Feature.IDS}, name, tally).debate
    new: dict[str, str] = {}
    for number, _, claim in _outline(debate):
        new.setdefault(claim, number)
    for old, number in new.items():
        if old != number:
            tally.add("names of claims", f"[{old}]")
    place = {claim: rank for rank, claim in enumerate(new)}
    ordered = replace(
        debate,
        claims=tuple(sorted(debate.claims, key=lambda claim: place[claim.id])),
    )
    return Fitted(renamed_claims(ordered, new), tally.losses)


def write_kialo(debate: Debate) -> str:
    r"""The debate as the text that Kialo exports.

    >>> from .argdown import parse_argdown
    >>> debate = parse_argdown("[1]: Trams are quiet.\n  - [1.1]: They squeal.", "trams.argdown")
    >>> write_kialo(debate)
    'Discussion Title: trams\n\n1. Trams are quiet.\n1.1. Con: They squeal.\n'
    """
    lines = [f"Discussion Title: {debate.title}", ""]
    written: dict[str, str] = {}
    for number, stance, claim in _outline(debate):
        if claim in written:
            text = f"-> See {written[claim]}."
        else:
            written[claim] = number
            text = _marked(debate.claim_by_id[claim].text)
        lines.append(
            " ".join(part for part in (f"{number}.", stance and f"{stance}:", text) if part)
        )
    return "\n".join(lines) + "\n"


def _marked(text: str) -> str:
    """The text with a backslash before what would be a link or a reference."""
    marked = re.sub(r"[\[\]()]|\\(?=[\[\]()>-])", r"\\\g<0>", text)
    return f"\\{marked}" if marked.startswith("->") else marked
