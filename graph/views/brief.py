"""A debate brief: what one side says, what backs it, what speaks against it, and what is open.

The sides are an author and everybody else, two authors, or those who answer a question pro and
those who answer it con. A member of a group that is an author is of its side. What is chosen, since
a brief has to be short:

- **Points.** All that a side says on one question is one point: it leads with a claim that answers
  the question, asserted before conceded, then by the rank of its first clash with the other side.
  A clash on no question makes a point of its own, and so does a main conclusion: a claim of the
  side that supports none of its own claims, rests on two of them at least, and stands in no other
  point nor behind one.
  The points come by the rank of their first clash with the other side, for which weight and
  directness count (see :mod:`graph.analysis.clashes`); what is undisputed comes last, what rests on
  most claims first. Against one opponent only what the two dispute is a point. In the brief on a
  question every answer is a point.
- **Reasons.** The best reason is one that nothing undercuts, without a premise that is out, of the
  side's own before that of others, then the strongest (DF-QuAD; a linked one is as strong as its
  weakest premise), then what rests on most claims. Each comes with its own best ground.
- **The best attack** on a point is direct before derived, and either before a mere opposite answer;
  then on the leading claim; then by a claim that is not out; then by an author before a reported
  view; then by the weight of the clash, then by the strength of the attacker.
- **The answer** to it is a claim that attacks the attacker one way; else one that attacks what
  backs the attacker, at most two steps away; else one that contradicts the attacker, other than the
  point itself and what answers the question alike. Of several it is one of the side's own before
  that of others, then one that is not out, then the strongest.
- **Unanswered** are the attacks between the two sides that nothing attacks back, direct ones
  first, then by rank. **Cruxes** are the fewest claims whose withdrawal ends all clashes between
  the sides. **Common ground** comes with opponents before allies; on a question, what bears on it.

*Out* is meant as in the grounded position, with support read as necessary: a claim one of whose
premises falls makes a poor attack.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from ..analysis.agreement import CommonGround, Unanswered, common_ground, unanswered
from ..analysis.clashes import Clash, clashes
from ..analysis.cruxes import cruxes_of
from ..errors import UnknownNameError
from ..model import Debate, Issue, nearest
from .brief_best import Best
from .brief_parts import Answer, Brief, Challenge, LeftOut, OpenAttack, Point, Reason
from .brief_sides import Group, Met, Sides, Unit, turned

__all__ = [
    "Answer",
    "Brief",
    "Challenge",
    "LeftOut",
    "OpenAttack",
    "Point",
    "Reason",
    "brief",
]

#: How long the lists are.
_LISTED = 5


def brief(
    debate: Debate,
    author: str | None = None,
    opponent: str | None = None,
    *,
    issue: str | None = None,
    points: int = 8,
    found: Sequence[Clash] | None = None,
    unmet: Sequence[Unanswered] | None = None,
) -> Brief:
    """The brief of an author against everybody else or one opponent, on all questions or one.

    Without an author it is about an issue: pro against con. ``points`` bounds the points of a case.
    ``found`` are the clashes of the debate and ``unmet`` what
    :func:`~graph.analysis.agreement.unanswered` gives, if they are at hand.

    Raises:
        UnknownNameError: if nobody, or no issue, is called that, or nothing is named.

    >>> from graph.model import Agent, Attack, AttackKind, Claim, Debate, Issue, Source, Support
    >>> debate = Debate("trams", "Trams",
    ...     agents=(Agent("her", "Hannah"), Agent("him", "Hank")),
    ...     sources=(Source("s", "For", "her"), Source("t", "Against", "him")),
    ...     claims=(Claim("build", "Build the tram.", "s", "her"),
    ...             Claim("quiet", "Trams are quiet.", "s", "her"),
    ...             Claim("dear", "Trams are dear.", "t", "him")),
    ...     supports=(Support(("quiet",), "build"),),
    ...     attacks=(Attack(AttackKind.REBUT, "dear", "build"),),
    ...     issues=(Issue("tram", "Should the tram be built?", ("build",)),))
    >>> found = brief(debate, "her")
    >>> (point,) = found.case
    >>> point.claim, point.reasons, point.challenge.claim, point.challenge.answer
    ('build', (Reason(claims=('quiet',), ground=()),), 'dear', None)
    >>> [one.claim for one in found.by_us]
    ['dear']
    """
    names = tuple(debate.agent(name).id for name in (author, opponent) if name is not None)
    if issue is not None:
        issue = _issue(debate, issue).id
    elif not names:
        raise UnknownNameError("a brief needs an author, two authors, or an issue")
    if len(set(names)) < len(names):
        raise UnknownNameError(f"{names[0]!r} is named twice; a brief sets two authors apart")
    disputes = clashes(debate) if found is None else found
    left = unanswered(debate, found=disputes) if unmet is None else unmet
    sides = Sides(debate, disputes)
    best = Best(sides)
    ours, theirs = sides.by_author(names) if names else sides.by_answer(issue or "")
    met = [m for m in sides.met(ours, theirs) if issue is None or m.clash.issue == issue]
    back = turned(met)
    if names:
        groups = sides.points(ours, met, issue, disputed=len(names) > 1)
        against: list[Group] = []
    else:
        groups = sides.answers(ours, met, issue or "")
        against = sides.answers(theirs, back, issue or "")
    by_them, by_us = _open(sides, left, met), _open(sides, left, back)
    holders = sorted({holder for m in met for holder in (m.unit[1], m.other[1])})
    decisive = cruxes_of(debate, holders, rows=[m.clash.contradiction for m in met])
    common = _common(sides, names, issue, ours, theirs, met)
    lists = (by_them, by_us, decisive.cruxes, common)
    return Brief(
        authors=names,
        issue=issue,
        case=tuple(best.point(group, ours, met) for group in groups[:points]),
        reply=tuple(best.point(group, theirs, back) for group in against[:points]),
        by_them=tuple(by_them[:_LISTED]),
        by_us=tuple(by_us[:_LISTED]),
        cruxes=decisive.cruxes[:_LISTED],
        clashes=len(met),
        exact=decisive.exact,
        common=tuple(common[:_LISTED]),
        left_out=LeftOut(
            max(len(groups) - points, 0),
            max(len(against) - points, 0),
            *(max(len(one) - _LISTED, 0) for one in lists),
        ),
    )


def _issue(debate: Debate, name: str) -> Issue:
    """The issue of that id."""
    try:
        return debate.issue_by_id[name]
    except KeyError:
        known = nearest(name, debate.issue_by_id)
        raise UnknownNameError(f"no issue is called {name!r}{known}") from None


def _open(sides: Sides, left: Iterable[Unanswered], met: Iterable[Met]) -> list[OpenAttack]:
    """The unanswered attacks of the side from which the clashes are seen."""
    units = {(sides.props.of[one.claim], one.holder) for one in left}
    told: dict[Unit, OpenAttack] = {}
    for m in sorted(met, key=lambda m: (m.kind != "direct", m.clash.rank)):
        if m.how in ("attacks", "mutual") and m.unit in units:
            told.setdefault(m.unit, OpenAttack(m.claim, m.against, m.kind, m.clash.rank))
    return list(told.values())


def _common(
    sides: Sides,
    names: Sequence[str],
    issue: str | None,
    ours: Collection[Unit],
    theirs: Collection[Unit],
    met: Sequence[Met],
) -> list[CommonGround]:
    """What the sides share, with opponents before allies; on a question, what bears on it."""
    debate, props = sides.debate, sides.props
    us, them = {unit[1] for unit in ours}, {unit[1] for unit in theirs}
    opponents = {m.other[1] for m in met}
    authors = {author.id for author in debate.authors}
    near = set(range(len(props)))
    if issue is not None:
        near = set(sides.ways[issue]).union(*((m.unit[0], m.other[0]) for m in met))
        near = near.union(*(sides.below(prop) for prop in near))

    def shared(ground: CommonGround) -> bool:
        first, second = ground.first_holder, ground.second_holder
        across = (first in us and second in them) or (second in us and first in them)
        return across and {props.of[ground.first], props.of[ground.second]} <= near

    def order(ground: CommonGround) -> tuple[bool, bool]:
        both = {ground.first_holder, ground.second_holder}
        return bool(names) and not opponents & both, not both <= authors

    return sorted(filter(shared, common_ground(debate)), key=order)
