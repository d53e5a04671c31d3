"""Which claims stand: grounded, preferred and stable labellings (Dung 1995) of a debate.

A *position* is a set of claims that can be defended together (an extension): no two of them attack
each other, and whatever attacks one of them is attacked by one of them. There is one *grounded*
position, the most cautious: what nothing attacks, what that defends, and so on. A *preferred*
position is as large as can be; a *stable* one attacks every claim that it does not hold, and there
may be none. A claim is *in* if every position holds it, *out* if every position attacks it, and
*undecided* otherwise.

Supports carry attacks as :mod:`graph.analysis.framework` says. A concession does not attack the
claims of the one who makes it: they have weighed it and hold the claim all the same. Four
questions can be asked:

- How does the debate stand?
- How does it stand for one author's *side*? Their claims are taken as given: nothing attacks them,
  and they need no support. What is out then falls to that side.
- How would it stand *without* some claims, or without all that somebody holds?
- How would it stand if some claims were accepted, whoever holds them (*given*)?

References:
    P. M. Dung. On the acceptability of arguments and its fundamental role in nonmonotonic
    reasoning, logic programming and n-person games. Artificial Intelligence 77(2), 1995.
    M. Caminada. On the issue of reinstatement in argumentation. JELIA 2006.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from ..errors import UnknownNameError
from ..model import Attack, AttackKind, Debate, Status, nearest
from ..network import Graph, from_networkx
from .framework import Framework, Reading, framework
from .labellings import Acceptance, Label, acceptance, grounded
from .reasons import reasons
from .suppose import claims_named, side_of

__all__ = ["SEMANTICS", "Change", "Semantics", "Standing", "changes", "standing", "weighed"]

#: Which positions are looked at.
Semantics: TypeAlias = Literal["grounded", "preferred", "stable"]
SEMANTICS: tuple[Semantics, ...] = ("grounded", "preferred", "stable")


@dataclass(frozen=True, slots=True)
class Standing:
    """How each claim stands, and why.

    Attributes:
        semantics: one of :data:`SEMANTICS`.
        reading: how supports carry attacks, one of :data:`graph.analysis.framework.READINGS`.
        labels: *in*, *out* or *undecided* by claim id, in the order of the ids.
        reasons: a line for each claim, such as ``in: nothing attacks it``.
        credulous: the claims that at least one position holds.
        extensions: how many positions there are: 0 if there is no stable one, ``None`` if there
            are too many to count.
        complete: false if the bound on time was met; what is in or out is so all the same.
        side: whose side was taken.
        without: what was taken away.
        given: the claims that were taken as given.
    """

    semantics: Semantics
    reading: Reading
    labels: Mapping[str, Label]
    reasons: Mapping[str, str]
    credulous: frozenset[str]
    extensions: int | None
    complete: bool
    side: str | None
    without: tuple[str, ...]
    given: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A claim that stands otherwise than before, with the reason for how it stands now."""

    claim: str
    before: Label
    after: Label
    reason: str


def standing(
    debate: Debate | Graph,
    semantics: Semantics = "grounded",
    reading: Reading = "deductive",
    side: str | None = None,
    without: Iterable[str] = (),
    seconds: float = 10.0,
    *,
    given: Iterable[str] = (),
) -> Standing:
    """How each claim of a debate stands.

    ``side`` is the id of an author or speaker, whose claims are taken as given; a group's members
    are of its side. ``without`` names claims, or holders, all of whose claims are meant; a claim
    goes before a holder of the same name. ``given`` names claims that are taken as given, with all
    that says the same; one that is taken away is not.

    Raises:
        UnknownNameError: if there is no such author, claim, semantics or reading.

    >>> from graph.model import Agent, Attack, AttackKind, Claim, Debate, Source
    >>> debate = Debate("d", "D", agents=(Agent("her", "Hannah"), Agent("him", "Hank")),
    ...     sources=(Source("s", "S", "her"), Source("t", "T", "him")),
    ...     claims=(Claim("dry", "It is dry.", "s", "her"), Claim("wet", "It rains.", "t", "him")),
    ...     attacks=(Attack(AttackKind.CONTRARY, "dry", "wet"),))
    >>> standing(debate).reasons["dry"]
    'undecided: it and [wet] (Hank) attack each other'
    >>> dict(standing(debate, side="him").labels)
    {'dry': 'out', 'wet': 'in'}
    >>> standing(debate, given=("dry",)).reasons["dry"]
    'in: taken as given, against [wet] (Hank)'
    >>> standing(debate, "stable").extensions
    2
    """
    if semantics not in SEMANTICS:
        known = nearest(semantics, SEMANTICS)
        raise UnknownNameError(f"no semantics is called {semantics!r}{known}")
    whole = debate if isinstance(debate, Debate) else from_networkx(debate)
    names, accepted = tuple(dict.fromkeys(without)), tuple(dict.fromkeys(given))
    made = framework(
        weighed(whole),
        reading,
        side=side_of(whole, side),
        without=claims_named(whole, names),
        given=accepted,
    )
    found = _accept(made, semantics, seconds)
    held = frozenset(c for number in found.credulous for c in _claims(made, number))
    why = _told(reasons(whole, made, found, semantics), whole, made)
    return Standing(
        semantics=semantics,
        reading=reading,
        labels={claim: found.labels[number] for claim, number in sorted(made.of.items())},
        reasons=dict(sorted(why.items())),
        credulous=held,
        extensions=found.extensions,
        complete=found.complete,
        side=side,
        without=names,
        given=accepted,
    )


def changes(before: Standing, after: Standing) -> tuple[Change, ...]:
    """The claims of both that stand otherwise in the second, by id.

    >>> one = Standing("grounded", "none", {"a": "in"}, {"a": "in: nothing attacks it"},
    ...     frozenset("a"), 1, True, None, ())
    >>> changes(one, one)
    ()
    """
    return tuple(
        Change(claim, before.labels[claim], label, after.reasons[claim])
        for claim, label in sorted(after.labels.items())
        if before.labels.get(claim, label) != label
    )


def weighed(debate: Debate) -> Debate:
    """The debate without the attacks of concessions on what their own holder claims."""
    dropped = {attack.id for attack, _, _ in _conceded(debate)}
    kept = tuple(attack for attack in debate.attacks if attack.id not in dropped)
    return replace(debate, attacks=kept) if dropped else debate


def _conceded(debate: Debate) -> Iterator[tuple[Attack, str, str]]:
    """The attacks of concessions on what their own holder claims or infers, with both ends."""
    claims = debate.claim_by_id
    for attack in debate.attacks:
        start, end = attack.attacker, attack.target
        if attack.kind is AttackKind.UNDERCUT:
            end = debate.support_by_id[end].conclusion
        if claims[start].holder != claims[end].holder:
            continue
        for by, on in [(start, end), (end, start)][: 1 + attack.kind.symmetric]:
            if claims[by].status is Status.CONCEDED:
                yield attack, by, on


def _told(why: Mapping[str, str], debate: Debate, made: Framework) -> dict[str, str]:
    """The reasons, with what is taken as given and the concessions that were left out."""
    told = dict(why)
    for claim in (c for number in made.given for c in made.claims[number]):
        if told[claim] == "in: nothing attacks it":
            told[claim] = "in: taken as given"
    for attack, by, on in _conceded(debate):
        if attack.kind is not AttackKind.UNDERCUT and by in told and on in told:
            told[on] += f" (its holder concedes [{by}])"
    return told


def _accept(made: Framework, semantics: Semantics, seconds: float) -> Acceptance:
    if semantics != "grounded":
        return acceptance(made.attackers, semantics, seconds)
    labels = grounded(made.attackers)
    held = frozenset(n for n, label in enumerate(labels) if label == "in")
    return Acceptance(labels, held, 1, complete=True)


def _claims(made: Framework, number: int) -> tuple[str, ...]:
    return made.claims[number] if number < len(made.claims) else ()
