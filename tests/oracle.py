"""The contradictions of a small debate by brute force, in the plainest Python.

Written from the definitions, not from the package: every simple chain of supports is listed, every
direct and derived contradiction with its path, then those are dropped to backing whose path
contains the whole path of a shorter one between the same two holders.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from graph.model import Debate, Status

__all__ = ["Row", "all_pairs", "oracle"]

KINDS = ["direct", "supported", "secondary", "mediated", "issue"]


class Row(NamedTuple):
    """What is compared with a Contradiction, field by field."""

    kind: str
    first: str
    second: str
    first_holder: str
    second_holder: str
    path: tuple[str, ...]
    attack: str | None
    attack_at: int
    backing: tuple[Any, ...]
    issue: str | None
    rank: int


class Case(NamedTuple):
    """A contradiction: a chain of propositions from the far end to the attack, and the near end."""

    kind: str
    chain: tuple[int, ...]
    near: int
    far_holder: str
    near_holder: str
    attacker_is_near: bool
    cls: str

    @property
    def pair(self) -> frozenset[tuple[int, str]]:
        return frozenset([(self.chain[0], self.far_holder), (self.near, self.near_holder)])

    @property
    def steps(self) -> list[tuple[Any, ...]]:
        """The path as a list of edges, the attack last."""
        found: list[tuple[Any, ...]] = []
        for p, q in zip(self.chain, self.chain[1:], strict=False):
            found.append(("down", q, p) if self.kind == "secondary" else ("up", p, q))
        ends = [self.chain[-1], self.near]
        if self.cls == "symmetric":
            ends.sort()
        elif self.attacker_is_near:
            ends.reverse()
        return [*found, ("attack", self.cls, *ends)]


def contains(longer: Case, shorter: Case) -> bool:
    """Whether one path has the whole of another in it, and something more."""
    a, b = longer.steps, shorter.steps
    return len(a) > len(b) and a[len(a) - len(b) :] == b


class World:
    """A debate as propositions."""

    def __init__(self, debate: Debate) -> None:
        self.debate = debate
        self.holder = {c.id: c.holder for c in debate.claims}
        groups = [{c.id} for c in debate.claims]
        for r in debate.rephrases:
            one = next(g for g in groups if r.first in g)
            two = next(g for g in groups if r.second in g)
            if one is not two:
                one |= two
                groups.remove(two)
        self.groups = sorted(sorted(g) for g in groups)
        self.of = {c: n for n, g in enumerate(self.groups) for c in g}
        self.supports = {(p, s.conclusion) for s in debate.supports for p in s.premises}
        self.attacks: list[tuple[str, str, str, str]] = []
        for a in debate.attacks:
            if a.kind == "undercut":
                conclusion = next(s.conclusion for s in debate.supports if s.name == a.target)
                self.attacks.append((a.attacker, conclusion, "undercut", "undercut"))
            elif a.kind in ("contrary", "contradictory"):
                self.attacks.append((a.attacker, a.target, "symmetric", str(a.kind)))
                self.attacks.append((a.target, a.attacker, "symmetric", str(a.kind)))
            else:
                self.attacks.append((a.attacker, a.target, "directed", str(a.kind)))

    def claims(self, prop: int, holder: str) -> list[str]:
        return [c for c in self.groups[prop] if self.holder[c] == holder]

    def holders(self, prop: int) -> list[str]:
        return sorted({self.holder[c] for c in self.groups[prop]})

    def chains(self, start: int, *, up: bool) -> list[tuple[int, ...]]:
        """Every simple chain of at least one support, from its far end to the start."""
        links = {(self.of[p], self.of[c]) for p, c in self.supports}
        if not up:
            links = {(c, p) for p, c in links}
        found = []
        todo: list[tuple[int, ...]] = [(start,)]
        while todo:
            chain = todo.pop()
            for p, c in links:
                if c == chain[0] and p not in chain:
                    found.append((p, *chain))
                    todo.append((p, *chain))
        return found

    def cases(self, *, own: bool) -> list[Case]:
        """Every direct and derived contradiction, word for word."""
        found = []
        for s, t, cls in sorted({(self.of[a], self.of[b], cls) for a, b, cls, _ in self.attacks}):
            shapes: list[tuple[str, tuple[int, ...], int, bool]] = [("direct", (s,), t, False)]
            shapes += [("supported", chain, t, False) for chain in self.chains(s, up=True)]
            shapes += [("secondary", chain, s, True) for chain in self.chains(t, up=False)]
            if cls != "undercut":
                shapes += [("mediated", chain, s, True) for chain in self.chains(t, up=True)]
            for kind, chain, near, flag in shapes:
                for f in self.holders(chain[0]):
                    for n in self.holders(near):
                        case = Case(kind, chain, near, f, n, flag, cls)
                        if (f == n) == own and len(case.pair) == 2:
                            found.append(case)
        return found

    def edges(self, case: Case) -> list[tuple[str, str, str]]:
        """The attacks at a case, as claim at the chain's end, claim at the near end, kind."""
        found = []
        for a, b, cls, kind in self.attacks:
            x, y = (b, a) if case.attacker_is_near else (a, b)
            if cls == case.cls and self.of[x] == case.chain[-1] and self.of[y] == case.near:
                found.append((x, y, kind))
        return found

    def near_claim(self, case: Case, beside: str) -> str:
        mine = self.claims(case.near, case.near_holder)
        joined = [y for x, y, _ in self.edges(case) if x == beside and y in mine]
        bearing = [y for _, y, _ in self.edges(case) if y in mine]
        return min(joined or bearing or mine)

    def far_claim(self, case: Case) -> str:
        mine = self.claims(case.chain[0], case.far_holder)
        bearing = []
        for claim in mine:
            for other in self.groups[case.chain[1]]:
                pair = (other, claim) if case.kind == "secondary" else (claim, other)
                if pair in self.supports:
                    bearing.append(claim)
        return min(bearing or mine)

    def told(self, case: Case, chain: tuple[str, ...], near: str) -> Row:
        """The row for a case, once the claims of its chain and of its near end are chosen."""
        kinds = [k for x, y, k in self.edges(case) if (x, y) == (chain[-1], near)]
        kinds = kinds or [k for _, _, k in self.edges(case)]
        path, holders = (*chain, near), (case.far_holder, case.near_holder)
        at = len(path) - 2
        turn = case.kind in ("secondary", "mediated")
        if case.cls == "symmetric":
            turn = (holders[1], near) < (holders[0], chain[0])
        if turn:
            path, holders, at = path[::-1], holders[::-1], 0
        return Row(case.kind, path[0], path[-1], *holders, path, min(kinds), at, (), None, 0)

    def shown(self, case: Case) -> tuple[tuple[str, ...], Row]:
        """The claims of the chain, and the row, of a case that is not backing."""
        if case.kind == "direct":
            mine = self.claims(case.chain[0], case.far_holder)
            bearing = {x for x, _, _ in self.edges(case) if x in mine} or {min(mine)}
            options = []
            for x in bearing:
                y = self.near_claim(case, x)
                joined = (x, y) in [(a, b) for a, b, _ in self.edges(case)]
                row = self.told(case, (x,), y)
                options.append((not joined, better(row), (x,), row))
            return min(options)[2:]
        between = [min(self.groups[p]) for p in case.chain[1:]]
        chain = (self.far_claim(case), *between)
        return chain, self.told(case, chain, self.near_claim(case, chain[-1]))

    def behind(self, case: Case, row: Case, chain: tuple[str, ...]) -> Row:
        """The row for a case that backs another, whose chain of claims it leads on."""
        if row.kind == "direct":
            within = case.chain[-1] == row.near == row.chain[0]
            if case.attacker_is_near if within else case.chain[-1] == row.near:
                chain = (self.near_claim(row, chain[0]),)
        before = case.chain[1 : len(case.chain) - len(chain)]
        whole = (self.far_claim(case), *(min(self.groups[p]) for p in before), *chain)
        return self.told(case, whole, self.near_claim(case, whole[-1]))


def better(row: Row) -> tuple[Any, ...]:
    """Sorts rows of one pair, the best first."""
    return len(row.path), KINDS.index(row.kind), row.path, row.attack or "", row.attack_at


def all_pairs(debate: Debate, *, own: bool = False) -> set[frozenset[tuple[str, str]]]:
    """Every pair that is contradictory by definitions 1 and 2: (first claim, holder) twice."""
    world = World(debate)
    return {
        frozenset((world.groups[p][0], h) for p, h in case.pair) for case in world.cases(own=own)
    }


def oracle(debate: Debate, *, own: bool = False) -> list[Row]:
    """The ranked rows."""
    world = World(debate)
    cases = world.cases(own=own)

    def same(a: Case, b: Case) -> bool:
        return {a.far_holder, a.near_holder} == {b.far_holder, b.near_holder}

    minimal = [c for c in cases if not any(contains(c, d) and same(c, d) for d in cases)]
    rest = [c for c in cases if c not in minimal]

    rows: dict[frozenset[tuple[int, str]], Row] = {}
    groups: dict[tuple[Any, ...], tuple[Row, Case, tuple[str, ...]]] = {}
    for case in minimal:
        chain, row = world.shown(case)
        if case.pair not in rows or better(row) < better(rows[case.pair]):
            rows[case.pair] = row
        attack = (case.cls, case.chain[-1], case.near, case.attacker_is_near)
        key = (case.kind, attack, case.chain[0], case.far_holder, case.near_holder)
        if key not in groups or better(row) < better(groups[key][0]):
            groups[key] = (row, case, chain)

    backing: dict[frozenset[tuple[int, str]], dict[frozenset[tuple[int, str]], Row]] = {}
    for _, case, chain in groups.values():
        for longer in rest:
            if contains(longer, case) and same(longer, case):
                row = world.behind(longer, case, chain)
                known = backing.setdefault(case.pair, {})
                if longer.pair not in known or better(row) < better(known[longer.pair]):
                    known[longer.pair] = row

    reported = {c.id for c in debate.claims if c.status is Status.REPORTED}

    def order(row: Row) -> tuple[Any, ...]:
        level = 0 if row.kind == "direct" else 2 if row.kind == "issue" else 1
        told = row.first in reported or row.second in reported
        return level, len(row.path), -len(row.backing), told, row.first, row.second

    def ranked(found: list[Row]) -> list[Row]:
        return [row._replace(rank=n + 1) for n, row in enumerate(sorted(found, key=order))]

    table = [
        row._replace(backing=tuple(ranked(list(backing.get(pair, {}).values()))))
        for pair, row in rows.items()
    ]
    return ranked(table + ([] if own else issue_rows(world, cases)))


def issue_rows(world: World, cases: list[Case]) -> list[Row]:
    """Definition 3, word for word."""
    pairs = {case.pair for case in cases}
    best: dict[frozenset[tuple[int, str]], Row] = {}
    for issue in world.debate.issues:
        units: dict[str, list[tuple[int, str]]] = {}
        for way, claims in (("pro", issue.pro), ("con", issue.con)):
            props = {world.of[c] for c in claims}
            units[way] = [(p, h) for p in props for h in world.holders(p)]
        answers = units["pro"] + units["con"]
        for u in units["pro"]:
            for v in units["con"]:
                if u[1] == v[1]:
                    continue
                if any(
                    frozenset([x, y]) in pairs
                    for x in answers
                    for y in answers
                    if x[1] == u[1] and y[1] == v[1]
                ):
                    continue
                ends = []
                for (prop, holder), given in ((u, issue.pro), (v, issue.con)):
                    mine = world.claims(prop, holder)
                    ends.append((holder, min([c for c in mine if c in given] or mine)))
                (h, a), (g, b) = sorted(ends)
                row = Row("issue", a, b, h, g, (a, issue.id, b), None, -1, (), issue.id, 0)
                key = frozenset([u, v])
                if key not in best or better(row) < better(best[key]):
                    best[key] = row
    return list(best.values())
