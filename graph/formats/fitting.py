"""The nearest debate that a format holds: the debate, less the features that are not kept.

Step by step, each step reporting what it took away. A writer is given that debate, so what is read
back is exactly it, and nothing is lost that the report does not name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from ..model import (
    Agent,
    Attack,
    AttackKind,
    Claim,
    Debate,
    Origin,
    Rephrase,
    Source,
    Status,
    Support,
)
from .losses import NOBODY, Feature, Fitted, Tally, cut, free_name

__all__ = ["fit", "keep_schemes", "moved", "renamed_claims"]

_Step = Callable[[Debate, Tally], Debate]


def fit(
    debate: Debate, keeps: Collection[Feature], name: str, tally: Tally | None = None
) -> Fitted:
    r"""The debate without what is not kept, and the losses.

    ``name`` stands for the debate where a format has no place for its name: the stem of the
    file. A ``tally`` given has what was lost before.

    >>> from .argdown import parse_argdown
    >>> from .losses import ALL
    >>> debate = parse_argdown("[a]: Trams are quiet.\n  - [b]: They squeal. #noise")
    >>> [str(loss) for loss in fit(debate, ALL - {Feature.TAGS}, "text").losses]
    ['tags: 1, #noise of [b]']
    """
    tally = tally or Tally()
    for feature, step in _STEPS:
        if feature not in keeps:
            debate = step(debate, tally)
    top = {} if Feature.BASE in keeps else _named(debate, keeps, tally, name)
    if Feature.AUTHORS not in keeps:
        debate = _one_voice(debate, tally, top)
    elif Feature.SOURCES not in keeps:
        debate = _by_author(debate, keeps, tally, top)
    elif any(getattr(debate, field) != value for field, value in top.items()):
        debate = replace(debate, id=name, title=top["title"], base=top["base"])
    return Fitted(debate, tally.losses)


# The steps, in an order in which none undoes another; each gives back a debate that loses nothing


def _issues(debate: Debate, tally: Tally) -> Debate:
    for issue in debate.issues:
        tally.add("issues", f"[{issue.id}] {cut(issue.question)}")
    return replace(debate, issues=()) if debate.issues else debate


def _rephrases(debate: Debate, tally: Tally) -> Debate:
    for rephrase in debate.rephrases:
        tally.add("rephrases", f"[{rephrase.first}] = [{rephrase.second}]")
    return replace(debate, rephrases=()) if debate.rephrases else debate


def _undercuts(debate: Debate, tally: Tally) -> Debate:
    kept = []
    for attack in debate.attacks:
        if attack.kind is AttackKind.UNDERCUT:
            tally.add("undercuts", f"[{attack.attacker}] of <{attack.target}>")
        else:
            kept.append(attack)
    return replace(debate, attacks=tuple(kept)) if len(kept) < len(debate.attacks) else debate


def _kinds(debate: Debate, tally: Tally) -> Debate:
    """Every attack but an undercut becomes a rebuttal; those that fall together are one."""
    plain = (AttackKind.REBUT, AttackKind.UNDERCUT)
    kept: dict[str, Attack] = {a.id: a for a in debate.attacks if a.kind in plain}
    if len(kept) == len(debate.attacks):
        return debate
    for attack in debate.attacks:
        if attack.kind not in plain:
            tally.add("kinds of attack", f"[{attack.attacker}] {attack.kind} [{attack.target}]")
            ends = [(attack.attacker, attack.target)]
            if attack.kind.symmetric:
                ends.append((attack.target, attack.attacker))
            for attacker, target in ends:
                made = replace(attack, kind=AttackKind.REBUT, attacker=attacker, target=target)
                kept.setdefault(made.id, made)
    return replace(debate, attacks=tuple(kept.values()))


def _linked(debate: Debate, tally: Tally) -> Debate:
    """Each premise supports by itself, and no support has a name; undercuts go with the names."""
    kept: dict[str, Support] = {s.id: s for s in debate.supports if s.name is None}
    if len(kept) == len(debate.supports):
        return debate
    for support in debate.supports:
        if support.name is None:
            continue
        if len(support.premises) > 1:
            premises = " and ".join(f"[{p}]" for p in support.premises)
            tally.add("linked premises", f"<{support.name}>: {premises} for [{support.conclusion}]")
        else:
            tally.add("names of supports", f"<{support.name}>")
        for premise in support.premises:
            made = replace(support, premises=(premise,), name=None)
            kept.setdefault(made.id, made)
    bare = _undercuts(debate, tally)
    return replace(bare, supports=tuple(kept.values()))


def _names(debate: Debate, tally: Tally) -> Debate:
    """A support has a name only if it is linked, undercut or joins what another one joins.

    No support is called what a claim is called.
    """
    if all(support.name is None for support in debate.supports):
        return debate
    undercut = {a.target for a in debate.attacks if a.kind is AttackKind.UNDERCUT}
    taken = {*debate.claim_by_id, *(s.id for s in debate.supports)}
    renamed: dict[str, str] = {}
    plain = {s.id: s for s in debate.supports if s.name is None}
    named = []
    for support in debate.supports:
        if (name := support.name) is None:
            continue
        bare = f"{support.premises[0]} > {support.conclusion}"
        if len(support.premises) == 1 and name not in undercut and bare not in plain:
            tally.add("names of supports", f"<{name}>")
            plain[bare] = replace(support, name=None)
            continue
        if name in debate.claim_by_id:
            tally.add("names of supports", f"<{name}>")
            renamed[name] = free_name(name, taken)
            taken.add(renamed[name])
        named.append(replace(support, name=renamed.get(name, name)))
    attacks = tuple(
        replace(a, target=renamed.get(a.target, a.target)) if a.kind is AttackKind.UNDERCUT else a
        for a in debate.attacks
    )
    return replace(debate, supports=(*plain.values(), *named), attacks=attacks)


def keep_schemes(debate: Debate, known: Callable[[str], bool], tally: Tally) -> Debate:
    """The debate with only the schemes that a format knows."""
    supports = []
    for support in debate.supports:
        if support.scheme is not None and not known(support.scheme):
            tally.add("schemes", f"{cut(support.scheme)} in <{support.id}>")
            support = replace(support, scheme=None)
        supports.append(support)
    made = tuple(supports)
    return debate if made == debate.supports else replace(debate, supports=made)


def _schemes(debate: Debate, tally: Tally) -> Debate:
    return keep_schemes(debate, lambda _: False, tally)


def _origin(debate: Debate, tally: Tally) -> Debate:
    bare = Origin()
    found = [part for part in (*debate.claims, *_relations(debate)) if part.origin != bare]
    for part in found:
        origin = part.origin
        who = " ".join(p for p in (origin.kind, origin.name, origin.version) if p)
        tally.add("origin", f"{who} of [{part.id}]")
    if not found:
        return debate
    return replace(
        debate,
        claims=tuple(replace(c, origin=bare) for c in debate.claims),
        supports=tuple(replace(s, origin=bare) for s in debate.supports),
        attacks=tuple(replace(a, origin=bare) for a in debate.attacks),
        rephrases=tuple(replace(r, origin=bare) for r in debate.rephrases),
    )


def _anchors(debate: Debate, tally: Tally) -> Debate:
    claims = []
    for claim in debate.claims:
        if (a := claim.anchor) is not None:
            where = f"{a.paragraph}.{a.sentence} {a.start}-{a.end}"
            tally.add("anchors", f"[{claim.id}] at {where}")
            claim = replace(claim, anchor=None)
        claims.append(claim)
    return debate if tuple(claims) == debate.claims else replace(debate, claims=tuple(claims))


def _tags(debate: Debate, tally: Tally) -> Debate:
    claims = []
    for claim in debate.claims:
        for tag in claim.tags:
            tally.add("tags", f"#{tag} of [{claim.id}]")
        claims.append(replace(claim, tags=()) if claim.tags else claim)
    return debate if tuple(claims) == debate.claims else replace(debate, claims=tuple(claims))


def _ids(debate: Debate, tally: Tally) -> Debate:
    """The claims are called 1, 2, 3 and so on."""
    new = {claim.id: str(number) for number, claim in enumerate(debate.claims, 1)}
    for old, number in new.items():
        if old != number:
            tally.add("names of claims", f"[{old}]")
    return renamed_claims(debate, new)


def renamed_claims(debate: Debate, new: dict[str, str]) -> Debate:
    """The debate with the claims called otherwise."""
    undercut = AttackKind.UNDERCUT
    return replace(
        debate,
        claims=tuple(replace(c, id=new[c.id]) for c in debate.claims),
        supports=tuple(
            replace(s, premises=tuple(new[p] for p in s.premises), conclusion=new[s.conclusion])
            for s in debate.supports
        ),
        attacks=tuple(
            replace(
                a,
                attacker=new[a.attacker],
                target=a.target if a.kind is undercut else new[a.target],
            )
            for a in debate.attacks
        ),
        rephrases=tuple(
            replace(r, first=new[r.first], second=new[r.second]) for r in debate.rephrases
        ),
        issues=tuple(
            replace(i, pro=tuple(new[c] for c in i.pro), con=tuple(new[c] for c in i.con))
            for i in debate.issues
        ),
    )


_STEPS: tuple[tuple[Feature, _Step], ...] = (
    (Feature.ISSUES, _issues),
    (Feature.REPHRASES, _rephrases),
    (Feature.UNDERCUTS, _undercuts),
    (Feature.KINDS, _kinds),
    (Feature.LINKED, _linked),
    (Feature.NAMES, _names),
    (Feature.SCHEMES, _schemes),
    (Feature.ORIGIN, _origin),
    (Feature.ANCHORS, _anchors),
    (Feature.TAGS, _tags),
    (Feature.IDS, _ids),
)


# Who speaks, and where -------------------------------------------------------------------------


def _one_voice(debate: Debate, tally: Tally, top: Mapping[str, str]) -> Debate:
    """Everything is one piece, by somebody."""
    for agent in debate.agents:
        if agent != NOBODY:
            tally.add("authors", agent.name)
    claims = tuple(
        replace(claim, source=NOBODY.id, holder=NOBODY.id, status=_asserted(claim, tally))
        for claim in debate.claims
    )
    agents, sources = (
        ((NOBODY,), (Source(NOBODY.id, NOBODY.name, NOBODY.id),)) if claims else ((), ())
    )
    return moved(debate, claims, agents, sources, tally, top)


def _by_author(
    debate: Debate, keeps: Collection[Feature], tally: Tally, top: Mapping[str, str]
) -> Debate:
    """A piece per author, named after them, with what they hold and what they pass on."""
    claims = []
    for claim in debate.claims:
        status = claim.status if Feature.STATUS in keeps else _asserted(claim, tally)
        author = debate.source_by_id[claim.source].author
        source = author if status is Status.REPORTED else claim.holder
        same = (status, source) == (claim.status, claim.source)
        claims.append(claim if same else replace(claim, status=status, source=source))
    authors = dict.fromkeys(claim.source for claim in claims)
    used = {**authors, **dict.fromkeys(claim.holder for claim in claims)}
    for agent in debate.agents:
        if agent.id not in used:
            tally.add("agents who hold nothing", agent.name)
        elif agent != (plain := Agent(agent.id, agent.name)):
            tally.add("kinds of agents", f"{plain.name}: {agent.kind}")
    names = {agent.id: agent.name for agent in debate.agents}
    agents = tuple(Agent(id_, names[id_]) for id_ in used)
    sources = tuple(Source(id_, names[id_], id_) for id_ in authors)
    return moved(debate, tuple(claims), agents, sources, tally, top)


def _asserted(claim: Claim, tally: Tally) -> Status:
    if claim.status is not Status.ASSERTED:
        tally.add("status", f"[{claim.id}] is {claim.status}")
    return Status.ASSERTED


def moved(
    debate: Debate,
    claims: tuple[Claim, ...],
    agents: tuple[Agent, ...],
    sources: tuple[Source, ...],
    tally: Tally,
    top: Mapping[str, str] = MappingProxyType({}),
) -> Debate:
    """The debate with other pieces; a relation belongs to the piece that its claims stand in.

    ``top`` has what else is to change: its id, title or base.
    """
    for source in debate.sources:
        if source not in sources:
            tally.add("sources", f"{source.id}: {cut(source.title)}")
    before = {claim.id: claim.source for claim in debate.claims}
    after = {claim.id: claim.source for claim in claims}
    ends = {s.id: (*s.premises, s.conclusion) for s in debate.supports}
    made: list[Support | Attack | Rephrase] = []
    for part in _relations(debate):
        joined = _joined(part, ends)
        if part.source != _piece(joined, before):
            tally.add("pieces of relations", f"[{part.id}] in {part.source or 'no piece'}")
        piece = _piece(joined, after)
        made.append(part if part.source == piece else replace(part, source=piece))
    changed: dict[str, Any] = dict(top)
    return replace(
        debate,
        **changed,
        agents=agents,
        sources=sources,
        claims=claims,
        supports=tuple(part for part in made if isinstance(part, Support)),
        attacks=tuple(part for part in made if isinstance(part, Attack)),
        rephrases=tuple(part for part in made if isinstance(part, Rephrase)),
    )


def _relations(debate: Debate) -> tuple[Support | Attack | Rephrase, ...]:
    return (*debate.supports, *debate.attacks, *debate.rephrases)


def _joined(
    part: Support | Attack | Rephrase, ends: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """The claims that a relation joins; ``ends`` are those of the supports."""
    match part:
        case Support():
            return (*part.premises, part.conclusion)
        case Attack(kind=AttackKind.UNDERCUT):
            return (part.attacker, *ends[part.target])
        case Attack():
            return part.attacker, part.target
        case Rephrase():
            return part.first, part.second


def _piece(claims: tuple[str, ...], pieces: Mapping[str, str]) -> str | None:
    """The piece that all the claims stand in, if it is one."""
    first = pieces[claims[0]]
    return first if all(pieces[claim] == first for claim in claims) else None


def _named(debate: Debate, keeps: Collection[Feature], tally: Tally, name: str) -> dict[str, str]:
    """The id, title and base of the debate called after its file."""
    title = debate.title if Feature.TITLE in keeps else name
    if title != debate.title:
        tally.add("title", cut(debate.title))
    if debate.id != name:
        tally.add("name", debate.id)
    if debate.base != Debate(debate.id, debate.title).base:
        tally.add("base", debate.base)
    return {"id": name, "title": title, "base": Debate(name, title).base}
