"""What if: a debate without some claims, and whose claims are meant by a side or a name."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import pairwise

import networkx as nx

from ..model import AttackKind, Debate, Rephrase

__all__ = ["claims_named", "side_of", "without"]


def without(debate: Debate, claims: Collection[str]) -> Debate:
    """The debate without some claims and all relations to them.

    What is left of a proposition is still one: if *a* says the same as *b* and *b* as *c*, then
    without *b* the debate says that *a* is *c*.

    Raises:
        UnknownNameError: if there is no such claim.

    >>> from graph.model import Agent, Claim, Debate, Rephrase, Source
    >>> debate = Debate("d", "D", agents=(Agent("her", "Hannah"),),
    ...     sources=(Source("s", "S", "her"),),
    ...     claims=tuple(Claim(c, c, "s", "her") for c in "abc"),
    ...     rephrases=(Rephrase("a", "b"), Rephrase("b", "c")))
    >>> [(r.first, r.second) for r in without(debate, "b").rephrases]
    [('a', 'c')]
    """
    gone = {debate.claim(name).id for name in claims}
    if not gone:
        return debate

    def kept(ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(c for c in ids if c not in gone)

    supports = tuple(s for s in debate.supports if gone.isdisjoint((*s.premises, s.conclusion)))
    named = {s.name for s in supports}
    same: nx.Graph[str] = nx.Graph()
    same.add_edges_from((r.first, r.second) for r in debate.rephrases)
    torn = [part for part in nx.connected_components(same) if not gone.isdisjoint(part)]
    tied = {claim for part in torn for claim in part}
    return replace(
        debate,
        claims=tuple(c for c in debate.claims if c.id not in gone),
        supports=supports,
        attacks=tuple(
            a
            for a in debate.attacks
            if a.attacker not in gone
            and (a.target in named if a.kind is AttackKind.UNDERCUT else a.target not in gone)
        ),
        rephrases=(
            *(r for r in debate.rephrases if r.first not in tied),
            *(Rephrase(*pair) for part in torn for pair in pairwise(kept(sorted(part)))),
        ),
        issues=tuple(replace(i, pro=kept(i.pro), con=kept(i.con)) for i in debate.issues),
    )


def side_of(debate: Debate, side: str | None) -> frozenset[str]:
    """The holders whose claims are a side's: the author or speaker, and the members of a group.

    Raises:
        UnknownNameError: if nobody is called that.

    >>> side_of(Debate("d", "D"), None)
    frozenset()
    """
    if side is None:
        return frozenset()
    agent = debate.agent(side)
    return frozenset((agent.id, *agent.members))


def claims_named(debate: Debate, names: Iterable[str]) -> frozenset[str]:
    """The claims meant by names: a claim's own, or those of a holder, a claim before a holder.

    Raises:
        UnknownNameError: if neither a claim nor a holder is called that.

    >>> claims_named(Debate("d", "D"), ())
    frozenset()
    """
    found = set()
    for name in names:
        if name not in debate.claim_by_id and name in debate.agent_by_id:
            found |= {c.id for c in debate.claims if c.holder in side_of(debate, name)}
        else:
            found.add(debate.claim(name).id)
    return frozenset(found)
