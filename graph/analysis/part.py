"""Parts of a debate, each a debate of its own: what to draw where the whole is too much.

What goes into a part is settled by its kind; what joins its claims is then the same for all:

- A support of which the conclusion and a premise are there comes with all its premises, and an
  undercut of which the attacker and the conclusion are there with the support that it denies.
- Every support, attack and rephrase between claims of the part is kept, and every issue that one
  of them answers, with the answers that are left.
- Sources and agents stay where something kept names them. So does the base, hence the IRIs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from ..errors import UnknownNameError
from ..model import Agent, AttackKind, Debate, Issue, Source, Support, nearest
from .clashes import Clash, clashes
from .contradictions import Contradiction, contradictions

__all__ = [
    "Selection",
    "around",
    "between",
    "clash_of_rank",
    "of_clash",
    "on_issue",
    "restricted",
    "select",
]


@dataclass(frozen=True, slots=True)
class Selection:
    """A part of a debate, and the claims that it was asked for."""

    debate: Debate
    focus: tuple[str, ...] = ()


def select(
    debate: Debate,
    *,
    claim: str | None = None,
    issue: str | None = None,
    clash: int | None = None,
    pair: tuple[str, str] | None = None,
    links: int = 1,
) -> Selection:
    """The part around a claim, on an issue, of the clash of a rank, or of a pair of authors.

    If nothing is named, it is the whole debate; if more than one, the first of these.

    Raises:
        UnknownNameError: if what is named is not there.

    >>> select(Debate("empty", "Nothing yet")).focus
    ()
    """
    if claim is not None:
        return Selection(around(debate, claim, links), (claim,))
    if issue is not None:
        return Selection(on_issue(debate, issue, links))
    if clash is not None:
        found = clash_of_rank(debate, clash)
        row = found.contradiction
        return Selection(of_clash(debate, found, links), (row.first, row.second))
    if pair is not None:
        return Selection(between(debate, *pair))
    return Selection(debate)


def around(debate: Debate, claim: str, links: int = 1) -> Debate:
    """The part within so many relations of a claim: supports, attacks and rephrases, either way.

    A support or an undercut is one relation, whichever of its claims it is reached from.

    Raises:
        UnknownNameError: if there is no such claim.

    >>> from graph.model import Agent, Claim, Source
    >>> debate = Debate("trams", "Trams", agents=(Agent("her", "Hannah"),),
    ...     sources=(Source("s", "On trams", "her"),),
    ...     claims=tuple(Claim(c, f"Claim {c}.", "s", "her") for c in "abcd"),
    ...     supports=(Support(("a", "b"), "c", "both"), Support(("c",), "d")))
    >>> [c.id for c in around(debate, "a").claims]
    ['a', 'b', 'c']
    >>> len(around(debate, "a", 2).supports)
    2
    """
    text = debate.claim(claim).text
    joined = defaultdict[str, set[int]](set)
    relations = list(_relations(debate))
    for number, ends in enumerate(relations):
        for end in ends:
            joined[end].add(number)
    found, frontier = {claim}, {claim}
    for _ in range(links):
        reached = {e for c in frontier for number in joined[c] for e in relations[number]}
        frontier = reached - found
        found |= frontier
    return restricted(debate, found, f"{debate.title}: around “{_short(text)}”")


def on_issue(debate: Debate, issue: str, links: int = 1) -> Debate:
    """The part that bears on an issue: its answers, what supports them, and attacks on or by them.

    Supports are followed for so many steps from the answers to their premises.

    Raises:
        UnknownNameError: if there is no such issue.

    >>> from graph.model import Agent, Claim, Source
    >>> debate = Debate("trams", "Trams", agents=(Agent("her", "Hannah"),),
    ...     sources=(Source("s", "On trams", "her"),),
    ...     claims=tuple(Claim(c, f"Claim {c}.", "s", "her") for c in "abcd"),
    ...     supports=(Support(("b",), "a"), Support(("c",), "b")),
    ...     issues=(Issue("build", "Build trams?", pro=("a",)),))
    >>> [c.id for c in on_issue(debate, "build").claims]
    ['a', 'b']
    """
    known = debate.issue_by_id
    if (asked := known.get(issue)) is None:
        there = nearest(issue, known) or f"; there are: {', '.join([*known][:50]) or 'none'}"
        raise UnknownNameError(f"no issue is called {issue!r}{there}")
    answers = _same(debate, (*asked.pro, *asked.con))
    found = _backed(debate, answers, links)
    for attack in debate.attacks:
        if attack.kind is not AttackKind.UNDERCUT:
            ends = (attack.attacker, attack.target)
        else:
            ends = (attack.attacker, debate.support_by_id[attack.target].conclusion)
        if not answers.isdisjoint(ends):
            found.update(ends)
    return restricted(debate, found, f"{debate.title}: {asked.question}", (issue,))


def of_clash(debate: Debate, clash: Clash, links: int = 1) -> Debate:
    """The part that a clash is about: both sides, the path between them, and what backs each side.

    The backing is followed for so many steps from either side to its premises.

    >>> from graph.model import Agent, Attack, Claim, Source
    >>> debate = Debate("trams", "Trams", agents=(Agent("her", "Hannah"), Agent("him", "Hank")),
    ...     sources=(Source("s", "For", "her"), Source("t", "Against", "him")),
    ...     claims=(Claim("quiet", "Trams are quiet.", "s", "her"),
    ...             Claim("good", "Trams are good.", "s", "her"),
    ...             Claim("bad", "Trams are bad.", "t", "him"),
    ...             Claim("aside", "Buses exist.", "t", "him")),
    ...     supports=(Support(("quiet",), "good"),),
    ...     attacks=(Attack(AttackKind.REBUT, "bad", "good"),))
    >>> part = of_clash(debate, clash_of_rank(debate, 1))
    >>> [c.id for c in part.claims]
    ['quiet', 'good', 'bad']
    """
    row = clash.contradiction
    found = _backed(debate, _same(debate, (row.first, row.second)), links)
    issues = () if row.issue is None else (row.issue,)
    return restricted(debate, found | _on_path(debate, row), clash.point, issues)


def clash_of_rank(debate: Debate, rank: int) -> Clash:
    """The clash at that place of the list, from 1.

    Raises:
        UnknownNameError: if there are not so many.

    """
    found = clashes(debate)
    if not 1 <= rank <= len(found):
        known = f"they are numbered 1 to {len(found)}" if found else "nobody clashes here"
        raise UnknownNameError(f"there is no clash {rank}; {known}")
    return found[rank - 1]


def between(debate: Debate, first: str, second: str) -> Debate:
    """The part of two authors or speakers: all they hold, and what joins their contradictions.

    Raises:
        UnknownNameError: if there is no such agent.

    >>> from graph.model import Agent, Claim, Source
    >>> debate = Debate("trams", "Trams", agents=(Agent("her", "Hannah"), Agent("him", "Hank")),
    ...     sources=(Source("s", "For", "her"), Source("t", "Against", "him")),
    ...     claims=(Claim("good", "Trams are good.", "s", "her"),
    ...             Claim("bad", "Trams are bad.", "t", "him")))
    >>> between(debate, "her", "him").title
    'Trams: Hannah and Hank'
    """
    names = debate.agent(first).name, debate.agent(second).name
    pair = {first, second}
    found = {c.id for c in debate.claims if c.holder in pair}
    for row in contradictions(debate):
        if {row.first_holder, row.second_holder} == pair:
            found |= _on_path(debate, row)
    return restricted(debate, found, f"{debate.title}: {' and '.join(names)}")


def restricted(
    debate: Debate, claims: Collection[str], title: str, issues: Collection[str] = ()
) -> Debate:
    """The debate cut down to these claims and what joins them, under another title.

    A few claims more are kept where a support would be torn otherwise. An issue that none of the
    claims answers is kept only if it is named.

    >>> from graph.model import Agent, Claim, Source
    >>> debate = Debate("trams", "Trams", agents=(Agent("her", "Hannah"), Agent("him", "Hank")),
    ...     sources=(Source("s", "For", "her"), Source("t", "Against", "him")),
    ...     claims=(Claim("good", "Trams are good.", "s", "her"),
    ...             Claim("bad", "Trams are bad.", "t", "him")))
    >>> [a.name for a in restricted(debate, ["bad"], "Half of it").agents]
    ['Hank']
    """
    kept = _whole(debate, claims)
    supports = tuple(s for s in debate.supports if kept.issuperset((*s.premises, s.conclusion)))
    undercut, names = AttackKind.UNDERCUT, {s.id for s in supports}
    attacks = tuple(
        a
        for a in debate.attacks
        if a.attacker in kept and a.target in (names if a.kind is undercut else kept)
    )
    rephrases = tuple(r for r in debate.rephrases if r.first in kept and r.second in kept)
    some = tuple(c for c in debate.claims if c.id in kept)
    drawn = (
        *(s.source for s in supports),
        *(a.source for a in attacks),
        *(r.source for r in rephrases),
    )
    sources = _sources(debate, {*(c.source for c in some), *drawn})
    return replace(
        debate,
        title=title,
        agents=_agents(debate, [*(s.author for s in sources), *(c.holder for c in some)]),
        sources=sources,
        claims=some,
        supports=supports,
        attacks=attacks,
        rephrases=rephrases,
        issues=tuple(_issues(debate, kept, issues)),
    )


def _relations(debate: Debate) -> Iterator[tuple[str, ...]]:
    """The claims that each relation joins."""
    for support in debate.supports:
        yield (*support.premises, support.conclusion)
    for attack in debate.attacks:
        if attack.kind is AttackKind.UNDERCUT:
            support = debate.support_by_id[attack.target]
            yield (attack.attacker, *support.premises, support.conclusion)
        else:
            yield attack.attacker, attack.target
    for rephrase in debate.rephrases:
        yield rephrase.first, rephrase.second


def _same(debate: Debate, claims: Iterable[str]) -> set[str]:
    """The claims, and those that say the same as one of them."""
    others = defaultdict[str, list[str]](list)
    for rephrase in debate.rephrases:
        others[rephrase.first].append(rephrase.second)
        others[rephrase.second].append(rephrase.first)
    found = set(claims)
    todo = list(found)
    while todo:
        for other in others[todo.pop()]:
            if other not in found:
                found.add(other)
                todo.append(other)
    return found


def _backed(debate: Debate, claims: set[str], links: int) -> set[str]:
    """The claims and what supports them over so many steps, rephrases of it included."""
    found, frontier = set(claims), set(claims)
    for _ in range(links):
        reached = {p for s in debate.supports if s.conclusion in frontier for p in s.premises}
        frontier = _same(debate, reached - found) - found
        found |= frontier
    return found


def _on_path(debate: Debate, row: Contradiction) -> set[str]:
    """The claims on the path of a contradiction, and what says the same.

    Between its ends a path names one claim of several that say the same, and the relations that
    it follows may join any of these.
    """
    return _same(debate, (c for c in row.path if c in debate.claim_by_id))


def _whole(debate: Debate, claims: Iterable[str]) -> set[str]:
    """The claims, and the premises without which a support or an undercut would be torn."""
    linked = defaultdict[str, list[tuple[str, Support]]](list)
    for support in debate.supports:
        if len(support.premises) > 1:
            for premise in support.premises:
                linked[premise].append((support.conclusion, support))
                linked[support.conclusion].append((premise, support))
    for attack in debate.attacks:
        if attack.kind is AttackKind.UNDERCUT:
            support = debate.support_by_id[attack.target]
            linked[attack.attacker].append((support.conclusion, support))
            linked[support.conclusion].append((attack.attacker, support))
    found = set(claims)
    todo = list(found)
    while todo:
        for other, support in linked[todo.pop()]:
            if other in found:
                more = set(support.premises) - found
                found |= more
                todo.extend(more)
    return found


def _sources(debate: Debate, used: Collection[str | None]) -> tuple[Source, ...]:
    return tuple(s for s in debate.sources if s.id in used)


def _agents(debate: Debate, used: Iterable[str]) -> tuple[Agent, ...]:
    """The agents in use, and the members of the groups among them."""
    found, todo = set[str](), list(used)
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo.extend(debate.agent_by_id[name].members)
    return tuple(a for a in debate.agents if a.id in found)


def _issues(debate: Debate, kept: set[str], named: Collection[str]) -> Iterator[Issue]:
    for issue in debate.issues:
        pro, con = (tuple(c for c in way if c in kept) for way in (issue.pro, issue.con))
        if pro or con or issue.id in named:
            yield replace(issue, pro=pro, con=con)


def _short(text: str) -> str:
    """The text, cut off after a word where it is long."""
    if len(text) <= 100:
        return text
    return f"{text[:100].rpartition(' ')[0] or text[:99]}…"
