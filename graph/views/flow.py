"""The flow sheet of a debate, as coaches keep it: questions in rows, authors in columns.

A cell holds what an author says on a question: first the claims that answer it, pro before con,
then those that only meet a claim of somebody else in a clash whose point it is. What the words
leave open is settled thus:

- Claims that rephrase each other are one proposition, as in the analysis: a holder has it in a cell
  once, shown as the claim that itself answers the question, else the first by id; without an answer
  as it stands in the first clash.
- Every clash stands in one row: that of the question that is its point, else the last row, which is
  for clashes on no question.
- The rows come by the rank of the first clash on them, then those without a clash in the order of
  the debate. A question on which nobody in the columns says anything has no row and is listed as
  ``silent``.
- The columns are the authors of the pieces; a member of a group that wrote one stands in the
  group's column, unless a piece is their own.
- Within a cell, claims are ordered by their way of answering, the rank of their first clash there,
  and their ids.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from ..analysis.agreement import Unanswered, unanswered
from ..analysis.clashes import SYMMETRIC, Clash, clashes
from ..analysis.propositions import Propositions, find_propositions
from ..model import Debate

__all__ = ["Flow", "FlowEntry", "FlowRow", "How", "Meeting", "Way", "flow"]

#: How a claim answers a question.
Way: TypeAlias = Literal["pro", "con"]
#: How a claim meets another: it is on the attacking side, on the attacked, both attack each other,
#: or the two answer the question in opposite ways and no attack joins them.
How: TypeAlias = Literal["attacks", "attacked", "mutual", "opposed"]

#: A proposition as held by one holder.
_Unit: TypeAlias = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Meeting:
    """The claim of somebody else that a claim meets in a clash.

    Attributes:
        claim: the other claim, as it is shown in the same row where its holder has a column.
        holder: who holds it.
        how: ``attacks`` (the entry attacks it), ``attacked``, ``mutual`` or ``opposed``.
        kind: the kind of contradiction: ``direct``, or derived by steps of support, or ``issue``.
        clash: the rank of the clash, whose path proves it.
    """

    claim: str
    holder: str
    how: How
    kind: str
    clash: int


@dataclass(frozen=True, slots=True)
class FlowEntry:
    """A claim in a cell.

    Attributes:
        claim: the claim.
        holder: who holds it: the one at the head of the column, or a member of that group.
        way: ``pro`` or ``con`` if it answers the question of the row.
        meets: what it meets in the clashes of the row, by their rank.
        unanswered: whether it attacks in some clash and nothing attacks it back.
    """

    claim: str
    holder: str
    way: Way | None
    meets: tuple[Meeting, ...]
    unanswered: bool


@dataclass(frozen=True, slots=True)
class FlowRow:
    """A question and what is said on it.

    Attributes:
        issue: its id; ``None`` for the last row, of the clashes on no question.
        clashes: the ranks of the clashes on it, in order.
        cells: what each author says, in the order of the columns.
    """

    issue: str | None
    clashes: tuple[int, ...]
    cells: tuple[tuple[FlowEntry, ...], ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """The flow sheet: ids only, for whatever shows it.

    Attributes:
        columns: the authors, and with ``speakers`` those after them who have something to show.
        rows: the rows, from the question of the first clash on.
        silent: the questions without a row, on which nobody in the columns says anything.
    """

    columns: tuple[str, ...]
    rows: tuple[FlowRow, ...]
    silent: tuple[str, ...]


@dataclass(slots=True)
class _Draft:
    """What is known so far of one proposition in one cell."""

    ways: dict[Way, str] = field(default_factory=dict)
    claim: str | None = None
    meets: list[tuple[_Unit, Meeting]] = field(default_factory=list)

    @property
    def shown(self) -> str:
        """The claim by which the proposition is shown."""
        return next(iter(self.ways.values())) if self.ways else self.claim or ""


def flow(
    debate: Debate,
    *,
    speakers: bool = False,
    found: Sequence[Clash] | None = None,
    unmet: Sequence[Unanswered] | None = None,
) -> Flow:
    """The flow sheet of a debate.

    With ``speakers``, those whom the authors quote have columns too. ``found`` are the clashes of
    the debate and ``unmet`` what :func:`~graph.analysis.agreement.unanswered` gives, if they are at
    hand.

    >>> from graph.model import Agent, Attack, AttackKind, Claim, Debate, Issue, Source
    >>> debate = Debate("trams", "Trams",
    ...     agents=(Agent("her", "Hannah"), Agent("him", "Hank")),
    ...     sources=(Source("s", "For", "her"), Source("t", "Against", "him")),
    ...     claims=(Claim("build", "Build the tram.", "s", "her"),
    ...             Claim("loud", "Trams are loud.", "t", "him")),
    ...     attacks=(Attack(AttackKind.REBUT, "loud", "build"),),
    ...     issues=(Issue("tram", "Should the tram be built?", ("build",)),))
    >>> sheet = flow(debate)
    >>> sheet.columns, [(row.issue, row.clashes) for row in sheet.rows]
    (('her', 'him'), [('tram', (1,))])
    >>> ((hers,), (his,)) = sheet.rows[0].cells
    >>> hers.claim, hers.way, hers.unanswered
    ('build', 'pro', False)
    >>> his.claim, his.way, his.unanswered
    ('loud', None, True)
    >>> his.meets
    (Meeting(claim='build', holder='her', how='attacks', kind='direct', clash=1),)
    """
    props = find_propositions(debate)
    disputes = clashes(debate) if found is None else found
    left = unanswered(debate, found=disputes) if unmet is None else unmet
    met: defaultdict[str | None, list[Clash]] = defaultdict(list)
    for clash in disputes:
        met[clash.issue].append(clash)
    order = [issue.id for issue in debate.issues]
    order.sort(key=lambda issue: min((c.rank for c in met[issue]), default=len(disputes) + 1))
    open_ = {(props.of[one.claim], one.holder) for one in left}
    drafts = {issue: _drafts(props, issue, met[issue]) for issue in (*order, None)}
    columns = _columns(debate, {unit[1] for row in drafts.values() for unit in row}, speakers)
    rows, silent = [], []
    for issue, cells in drafts.items():
        drawn = _cells(cells, columns, open_)
        if any(drawn):
            rows.append(FlowRow(issue, tuple(sorted(c.rank for c in met[issue])), drawn))
        elif issue is not None:
            silent.append(issue)
    return Flow(tuple(dict.fromkeys(columns.values())), tuple(rows), tuple(silent))


def _drafts(props: Propositions, issue: str | None, met: Sequence[Clash]) -> dict[_Unit, _Draft]:
    """What each proposition and holder has to do with an issue, or with the clashes on none."""
    drafts: defaultdict[_Unit, _Draft] = defaultdict(_Draft)
    for way, unit, claim in _answers(props, issue):
        drafts[unit].ways[way] = claim
    for clash in sorted(met, key=lambda one: one.rank):
        row = clash.contradiction
        first = props.of[row.first], row.first_holder
        second = props.of[row.second], row.second_holder
        one: How = "attacks"
        other: How = "attacked"
        if row.attack is None:
            one = other = "opposed"
        elif row.attack in SYMMETRIC:
            one = other = "mutual"
        ends = ((first, row.first, second, row.second, one),
                (second, row.second, first, row.first, other))  # fmt: skip
        for unit, claim, against, their, how in ends:
            draft = drafts[unit]
            draft.claim = draft.claim or claim
            draft.meets.append((against, Meeting(their, against[1], how, row.kind, clash.rank)))
    return dict(drafts)


def _answers(props: Propositions, issue: str | None) -> Iterator[tuple[Way, _Unit, str]]:
    """The propositions and holders that answer an issue, how, and in which claim."""
    ways: tuple[Way, Way] = ("pro", "con")
    given = props.answers.get(issue, {}) if issue is not None else {}
    for way in ways:
        claims = given.get(way, ())
        for prop in dict.fromkeys(props.of[claim] for claim in claims):
            for holder, own in props.held[prop].items():
                yield way, (prop, holder), next((c for c in own if c in claims), own[0])


def _columns(debate: Debate, holders: set[str], speakers: bool) -> dict[str, str]:
    """The column of each holder who stands in one, in the order of the columns."""
    columns = {author.id: author.id for author in debate.authors}
    for author in debate.authors:
        for member in author.members:
            columns.setdefault(member, author.id)
    if speakers:
        for agent in debate.holders:
            if agent.id in holders:
                columns.setdefault(agent.id, agent.id)
    return columns


def _cells(
    drafts: Mapping[_Unit, _Draft], columns: Mapping[str, str], open_: set[_Unit]
) -> tuple[tuple[FlowEntry, ...], ...]:
    """The cells of a row, in the order of the columns."""
    cells: dict[str, list[tuple[tuple[object, ...], FlowEntry]]]
    cells = {column: [] for column in columns.values()}
    for unit, draft in drafts.items():
        if unit[1] not in columns:
            continue
        meets = tuple(
            replace(m, claim=drafts[against].shown) if m.holder in columns else m
            for against, m in draft.meets
        )
        first = meets[0].clash if meets else float("inf")
        shown: list[tuple[Way | None, str]] = [*draft.ways.items()] or [(None, draft.shown)]
        for way, claim in shown:
            entry = FlowEntry(claim, unit[1], way, meets, unit in open_)
            place = ("pro", "con", None).index(way)
            cells[columns[unit[1]]].append(((place, first, claim, unit[1]), entry))
    return tuple(
        tuple(entry for _, entry in sorted(cell, key=lambda pair: pair[0]))
        for cell in cells.values()
    )
