"""Where authors contradict each other, each finding with the path that proves it.

*Direct*: a claim attacks a claim of another holder. *Derived*, one attack and a chain of supports:
*supported* (a Sup+ x, x Att b) and *secondary* (a Att x, x Sup+ b) are the complex attacks of
Cayrol & Lagasquie-Schiex (2005, 2013), *mediated* (a Att x, b Sup+ x) is that of Boella, Gabbay,
van der Torre & Villata (2010). *Issue*: two claims answer an issue in opposite ways, and nothing
direct or derived joins the answers of these two holders.

What the definitions leave open is settled thus:

- Claims joined by rephrases are one proposition with several holders; supports, attacks and
  answers of a member are the proposition's. A contradiction joins two *units*: a proposition as
  held by one holder. Within one proposition two holders clash only where its members attack
  each other or it works against itself; one holder never does.
- A holder's claim in a path is the one that itself bears the relation, else the smallest id (for
  the ends of an attack, two that attack each other come first). Between the ends, a proposition is
  shown by its smallest claim id.
- Supports go through the claims of anybody. Each premise of a linked support supports its
  conclusion. A chain passes through no proposition twice, though it may pass through the claim
  at the other end of the path.
- Contradictory and contrary attacks hold both ways; what they prove runs from the end that is
  first by holder and claim. All else runs from the attacker's side.
- An undercut denies an inference. It is direct between its claim and the conclusion of that
  inference, and gives supported and secondary contradictions. It gives no mediated ones, since
  to deny an inference is not to deny the premises or what else supports the conclusion.
- A derived contradiction whose path contains the whole path of a shorter one between the same two
  holders, whichever end either holds, is *backing* of that one. What is left is minimal. Each
  pair of units has one row: the shortest minimal path, ties broken by kind (direct, supported,
  secondary, mediated, issue), then the path, then the kind of attack, both by the alphabet.
- The backing of a row has one entry, the best, for each other pair of units whose path goes on
  from the path of the row's pair: from the best one through the same attack in the same form. In
  the rare case of supports in a circle, a chain that goes on only from a longer path between the
  same ends is not shown there; its pair is still in some row or backing. A pair may have a row
  by one path and be backing by another.
- An issue row is left out if *any* direct or derived contradiction, row or backing, joins claims
  with which the two holders answer that issue, in whatever way.

References:
    C. Cayrol, M.-C. Lagasquie-Schiex. On the acceptability of arguments in bipolar argumentation
    frameworks. ECSQARU 2005.
    C. Cayrol, M.-C. Lagasquie-Schiex. Bipolarity in argumentation graphs: towards a better
    understanding. International Journal of Approximate Reasoning 54(7), 2013.
    G. Boella, D. M. Gabbay, L. van der Torre, S. Villata. Support in abstract argumentation.
    COMMA 2010.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ..model import Debate
from ..network import Graph
from .chains import KINDS, Finding, Found, Pair, Unit, find
from .propositions import Propositions, find_propositions

__all__ = ["KINDS", "Contradiction", "by_pair", "contradictions", "self_contradictions"]

_ISSUE = KINDS.index("issue")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two claims that contradict each other, and how.

    Attributes:
        kind: one of :data:`KINDS`.
        first: the claim on the attacker's side; where neither attacks, the first by holder and id.
        second: the other claim.
        first_holder: who holds the first claim.
        second_holder: who holds the second claim.
        path: the claims from first to second; for an issue, its id between the two.
        attack: the kind of the attack; ``None`` for an issue.
        attack_at: where in the path the left end of the attack stands; -1 for an issue.
        backing: the contradictions that rest on this one, ranked among themselves.
        issue: the id of the issue, for the kind ``issue`` only.
        rank: the place in the list, from 1.
    """

    kind: str
    first: str
    second: str
    first_holder: str
    second_holder: str
    path: tuple[str, ...]
    attack: str | None
    attack_at: int
    backing: tuple[Contradiction, ...]
    issue: str | None
    rank: int


def contradictions(debate: Debate | Graph) -> tuple[Contradiction, ...]:
    """The contradictions between different holders, the most telling first.

    Direct ones rank before derived ones and those before issues; then what people drew before what
    a miner did, and that by its confidence; then the shorter path first, which fewer readers will
    dispute, then more backing, then claims that are asserted or conceded before
    any that is reported, then the ids of the two claims.

    >>> from graph.model import Agent, Attack, AttackKind, Claim, Debate, Source, Support
    >>> debate = Debate("trams", "Trams",
    ...     agents=(Agent("her", "Hannah"), Agent("him", "Hank")),
    ...     sources=(Source("s", "For", "her"), Source("t", "Against", "him")),
    ...     claims=(Claim("quiet", "Trams are quiet.", "s", "her"),
    ...             Claim("good", "Trams are good.", "s", "her"),
    ...             Claim("bad", "Trams are bad.", "t", "him")),
    ...     supports=(Support(("quiet",), "good"),),
    ...     attacks=(Attack(AttackKind.REBUT, "bad", "good"),))
    >>> (found,) = contradictions(debate)
    >>> found.kind, found.path, [(b.kind, b.path) for b in found.backing]
    ('direct', ('bad', 'good'), [('mediated', ('bad', 'good', 'quiet'))])
    """
    props = find_propositions(debate)
    found = find(props)
    return _ranked(props, found, _issue_rows(props, found))


def self_contradictions(debate: Debate | Graph) -> tuple[Contradiction, ...]:
    """The direct and derived contradictions between two claims of one holder, ranked likewise.

    >>> from graph.model import Agent, Attack, AttackKind, Claim, Debate, Source
    >>> debate = Debate("d", "D", agents=(Agent("her", "Hannah"),),
    ...     sources=(Source("s", "S", "her"),),
    ...     claims=(Claim("a", "It rains.", "s", "her"), Claim("b", "It is dry.", "s", "her")),
    ...     attacks=(Attack(AttackKind.CONTRARY, "b", "a"),))
    >>> [(c.first, c.second) for c in self_contradictions(debate)]
    [('a', 'b')]
    """
    props = find_propositions(debate)
    return _ranked(props, find(props, own=True), {})


def by_pair(found: Iterable[Contradiction]) -> dict[tuple[str, str], dict[str, int]]:
    """The number of contradictions of each kind for each two holders, in alphabetical order.

    >>> one = Contradiction("direct", "a", "b", "her", "Hank", ("a", "b"), "rebut", 0, (), None, 1)
    >>> by_pair([one])[("Hank", "her")]
    {'direct': 1, 'supported': 0, 'secondary': 0, 'mediated': 0, 'issue': 0}
    """
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for one in found:
        first, second = sorted((one.first_holder, one.second_holder))
        counts.setdefault((first, second), dict.fromkeys(KINDS, 0))[one.kind] += 1
    return dict(sorted(counts.items()))


def _issue_rows(props: Propositions, found: Found) -> dict[Pair, Finding]:
    """The pairs that answer an issue in opposite ways, where nothing else joins the answers."""
    rows: dict[Pair, Finding] = {}
    partners = _partners(props, found)
    for issue, ways in props.answers.items():
        pro, con = (_answering(props, ways[way]) for way in ("pro", "con"))
        answering = pro.keys() | con.keys()
        joined = {(u[1], v[1]) for u in answering for v in partners.get(u, set()) & answering}
        for u, a in pro.items():
            for v, b in con.items():
                if u[1] == v[1] or (u[1], v[1]) in joined:
                    continue
                (holder, start), (other, end) = sorted([(u[1], a), (v[1], b)])
                path = (start, issue, end)
                finding = Finding(3, _ISSUE, path, "", -1, (holder, other))
                pair = (u, v) if u < v else (v, u)
                if pair not in rows or finding < rows[pair]:
                    rows[pair] = finding
    return rows


def _partners(props: Propositions, found: Found) -> dict[Unit, set[Unit]]:
    """What each unit that answers an issue contradicts, directly or by derivation."""
    answers = {props.of[c] for ways in props.answers.values() for cs in ways.values() for c in cs}
    partners: defaultdict[Unit, set[Unit]] = defaultdict(set)
    for pairs in (found.rows, *found.backing.values()):
        for first, second in pairs:
            if first[0] in answers and second[0] in answers:
                partners[first].add(second)
                partners[second].add(first)
    return partners


def _answering(props: Propositions, claims: Iterable[str]) -> dict[Unit, str]:
    """The units that answer, each with the claim of its holder that does so, else the smallest."""
    given = set(claims)
    return {
        (number, holder): next((c for c in mine if c in given), mine[0])
        for number in sorted({props.of[claim] for claim in given})
        for holder, mine in props.held[number].items()
    }


def _ranked(
    props: Propositions, found: Found, issues: dict[Pair, Finding]
) -> tuple[Contradiction, ...]:
    """The findings as ranked contradictions, each with its backing ranked too."""

    def key(finding: Finding, backing: int) -> tuple[object, ...]:
        level = {"direct": 0, "issue": 2}.get(KINDS[finding.kind], 1)
        first, second = finding.path[0], finding.path[-1]
        reported = first in props.reported or second in props.reported
        sure = round(props.confidence(finding.path), 3)
        return level, -sure, finding.length, -backing, reported, first, second

    keyed = []
    for pair, finding in (*found.rows.items(), *issues.items()):
        behind = sorted(found.backing.get(pair, {}).values(), key=lambda f: key(f, 0))
        keyed.append((key(finding, len(behind)), finding, behind))
    keyed.sort(key=lambda row: row[0])
    return tuple(
        _row(finding, rank, tuple(_row(f, n) for n, f in enumerate(behind, start=1)))
        for rank, (_, finding, behind) in enumerate(keyed, start=1)
    )


def _row(finding: Finding, rank: int, backing: tuple[Contradiction, ...] = ()) -> Contradiction:
    path = finding.path
    return Contradiction(
        kind=KINDS[finding.kind],
        first=path[0],
        second=path[-1],
        first_holder=finding.holders[0],
        second_holder=finding.holders[1],
        path=path,
        attack=finding.attack or None,
        attack_at=finding.attack_at,
        backing=backing,
        issue=path[1] if finding.kind == _ISSUE else None,
        rank=rank,
    )
