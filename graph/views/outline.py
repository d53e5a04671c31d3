"""Every piece as an outline: conclusions above their premises, in the order of the text."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from ..model import AttackKind, Debate, Support

__all__ = ["Row", "claim_key", "issue_key", "outlines", "source_key", "step_key", "steps"]


def claim_key(name: str) -> str:
    """Return the key of a claim among the positions."""
    return f"claim:{name}"


def issue_key(name: str) -> str:
    """Return the key of an issue among the positions."""
    return f"issue:{name}"


def source_key(name: str) -> str:
    """Return the key of the header of a source among the positions."""
    return f"source:{name}"


def step_key(name: str) -> str:
    """Return the key of the node of an inference among the positions."""
    return f"step:{name}"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of an outline: a claim or an inference, and what it stands under."""

    key: str
    name: str
    depth: int
    parent: str | None


def steps(debate: Debate) -> dict[str, Support]:
    """Return the supports that get a node of their own: linked or undercut ones, by id."""
    undercut = {a.target for a in debate.attacks if a.kind is AttackKind.UNDERCUT}
    return {s.id: s for s in debate.supports if len(s.premises) > 1 or s.id in undercut}


@dataclass(slots=True)
class _Forest:
    """Under which support each claim stands, without circles."""

    parent: dict[str, Support] = field(default_factory=dict)
    up: dict[str, str] = field(default_factory=dict)

    def root(self, name: str) -> str:
        """Return the claim at the top of the tree that holds this one, with path halving."""
        up = self.up
        while (above := up.get(name)) is not None:
            if (higher := up.get(above)) is not None:
                up[name] = higher
            name = above
        return name

    def put(self, name: str, support: Support) -> None:
        """Stand the claim under the conclusion unless it has a place or that makes a circle."""
        if name not in self.parent and self.root(support.conclusion) != name:
            self.parent[name] = support
            self.up[name] = support.conclusion


def outlines(debate: Debate) -> dict[str, list[Row]]:
    """Return the rows of every source in reading order, parents before what stands under them.

    A claim that supports several others stands under the first of its own piece.
    """
    source_of = {c.id: c.source for c in debate.claims}
    order = {c.id: i for i, c in enumerate(debate.claims)}
    forest, under = _Forest(), defaultdict[str, list[Support]](list)
    for support in debate.supports:
        under[support.conclusion].append(support)
        for premise in sorted(support.premises, key=order.__getitem__):
            if source_of[premise] == source_of[support.conclusion]:
                forest.put(premise, support)
    placed = defaultdict[str, list[str]](list)
    for name in order:
        if (above := forest.parent.get(name)) is not None:
            placed[above.id].append(name)
    nodes, out = steps(debate), {s.id: list[Row]() for s in debate.sources}
    for claim in debate.claims:
        if claim.id not in forest.parent:
            _tree(Row(claim_key(claim.id), claim.id, 0, None), out[claim.source],
                  (under, placed, nodes))  # fmt: skip
    return out


_Tables = tuple[dict[str, list[Support]], dict[str, list[str]], dict[str, Support]]


def _tree(top: Row, rows: list[Row], tables: _Tables) -> None:
    """Add the rows of one tree; a stack, since chains of supports may be very long."""
    under, placed, nodes = tables
    stack = [top]
    while stack:
        row = stack.pop()
        rows.append(row)
        if row.key.startswith("step:"):
            below = [_below(row, name) for name in placed.get(row.name, ())]
        else:
            below = []
            for support in under.get(row.name, ()):
                if support.id in nodes:
                    below.append(Row(step_key(support.id), support.id, row.depth + 1, row.key))
                else:
                    below.extend(_below(row, name) for name in placed.get(support.id, ()))
        stack.extend(reversed(below))


def _below(row: Row, name: str) -> Row:
    return Row(claim_key(name), name, row.depth + 1, row.key)
