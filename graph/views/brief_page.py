"""What a brief says on paper, as a list of blocks that every format renders in its own way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ..model import Claim, Debate, Status
from .brief_parts import Answer, Brief, Challenge, OpenAttack, Point, Reason
from .flowsheet import shortened

__all__ = ["Block", "Look", "Run", "Shape", "brief_blocks", "brief_title", "tied"]

#: How a piece of text looks: plain, the claim that leads, a label, or a reference to a source.
Look: TypeAlias = Literal["plain", "lead", "label", "cite", "alert"]
#: What a block is. A ``point`` opens a point; items belong to the point or list before them.
Shape: TypeAlias = Literal["title", "part", "point", "text", "item", "subitem", "quote"]

#: The most characters of a claim in a point, and of one that is only pointed to.
_MOST, _HINT = 500, 90
#: The most characters of a name.
_NAMED = 120
#: The longest reference that is kept on one line.
_TIED = 30


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text of one look."""

    text: str
    look: Look = "plain"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph or item of a list."""

    shape: Shape
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """All of its text."""
        return "".join(run.text for run in self.runs)


def brief_title(debate: Debate, brief: Brief) -> str:
    """The title of a brief.

    >>> from graph.model import Agent
    >>> from graph.views.brief import brief
    >>> debate = Debate("trams", "Trams", agents=(Agent("her", "Hannah"), Agent("him", "Hank")))
    >>> brief_title(debate, brief(debate, "her", "him"))
    'Hannah against Hank'
    """
    names = [_name(debate, name) for name in brief.authors]
    asked = [_cut(debate.issue_by_id[brief.issue].question)] if brief.issue is not None else []
    return ": ".join([*([" against ".join(names)] if names else []), *asked])


def brief_blocks(
    debate: Debate, brief: Brief, passages: Mapping[str, str] | None = None
) -> tuple[Block, ...]:
    """The blocks of a brief, in order.

    With ``passages``, the wording of the sources by claim id, the reasons are quoted.

    >>> from graph.model import Agent, Claim, Issue, Source
    >>> from graph.views.brief import brief
    >>> debate = Debate("trams", "Trams", agents=(Agent("her", "Hannah"),),
    ...     sources=(Source("s", "For", "her"),),
    ...     claims=(Claim("build", "Build the tram.", "s", "her"),),
    ...     issues=(Issue("tram", "Should the tram be built?", ("build",)),))
    >>> [b.text for b in brief_blocks(debate, brief(debate, "her")) if b.shape == "point"]
    ['1. Should the tram be built? — pro']
    """
    return tuple(_Page(debate, brief, passages or {}).blocks())


def tied(run: Run) -> str:
    """The text of a run; a short reference is not to be broken between lines."""
    if run.look != "cite" or len(run.text) > _TIED:
        return run.text
    head, text = run.text[:1], run.text[1:]
    return head + text.replace(" ", "\u00a0").replace("-", "\u2011")


class _Page:
    """The page of a brief, and which sources it has named so far."""

    def __init__(self, debate: Debate, brief: Brief, passages: Mapping[str, str]) -> None:
        self.debate = debate
        self.brief = brief
        self.passages = passages
        self.many = len(brief.authors) != 2
        self.named: set[str] = set()
        #: The points under which each attack stands with all that is said of it.
        self.told: dict[tuple[str, Answer | None], int] = {}

    def blocks(self) -> Iterator[Block]:
        brief, left = self.brief, self.brief.left_out
        yield Block("title", (Run(brief_title(self.debate, brief)),))
        yield _text(
            f"Debate: {_cut(self.debate.title)}. In brackets: the piece, paragraph.sentence."
        )
        us, them = self._sides()
        if brief.authors:
            yield _part("The case")
            yield from self._points(brief.case, left.case, us)
        else:
            yield _part("The case for it")
            yield from self._points(brief.case, left.case, us)
            yield _part("The case against it")
            yield from self._points(brief.reply, left.reply, them)
        yield _part("Unanswered")
        ours = not brief.authors
        yield from self._open(brief.by_us, left.by_us, f"For {us} to answer", whose=self.many)
        yield from self._open(brief.by_them, left.by_them, f"For {them} to answer", whose=ours)
        yield from self._cruxes()
        yield from self._common()
        yield from self._sources()

    def _sides(self) -> tuple[str, str]:
        """What the two sides are called."""
        names = [_name(self.debate, name) for name in self.brief.authors]
        if not names:
            return "the pro side", "the con side"
        return names[0], names[1] if len(names) > 1 else "the other side"

    def _points(self, points: Sequence[Point], left: int, whose: str) -> Iterator[Block]:
        self.told.clear()
        for number, point in enumerate(points, start=1):
            yield from self._point(number, point)
        if not points:
            yield _text(f"Nothing here for {whose}.")
        if left:
            yield _text(f"Left out for length: {_count(left, 'more point')}.")

    def _point(self, number: int, point: Point) -> Iterator[Block]:
        if point.issue is not None and self.brief.issue is None:
            question = self.debate.issue_by_id[point.issue].question
            way = f" — {point.way}" if point.way else ""
            yield Block("point", (Run(f"{number}. {_cut(question)}{way}"),))
            yield Block("text", self._claim(point.claim, "lead"))
        else:
            yield Block("point", (Run(f"{number}. "), *self._claim(point.claim)))
        holder = self.debate.claim_by_id[point.claim].holder
        for claim in point.also:
            other = self.debate.claim_by_id[claim].holder != holder
            yield self._item("Also", claim, whose=other)
        for reason in point.reasons:
            yield from self._reason(reason)
        if point.challenge is not None:
            yield from self._challenge(number, point, point.challenge)
        for claim in point.hits:
            yield self._item("It attacks", claim, whose=self.many)

    def _reason(self, reason: Reason) -> Iterator[Block]:
        yield Block("item", (Run("Why: ", "label"), *self._claims(reason.claims)))
        yield from self._quotes(reason.claims)
        if reason.ground:
            yield Block("subitem", (Run("since ", "label"), *self._claims(reason.ground)))
            yield from self._quotes(reason.ground)

    def _challenge(self, number: int, point: Point, found: Challenge) -> Iterator[Block]:
        label = "The other answer" if found.how == "opposed" else "Against it"
        if found.path:
            label += ", by steps"
        first = self.told.setdefault((found.claim, found.answer), number)
        if first != number:
            label += f", as under {first}"
        yield self._item(label, found.claim, whose=self.many)
        if first != number:
            return
        for reason in found.reasons:
            yield Block("subitem", (Run("since ", "label"), *self._claims(reason.claims)))
        if found.path:
            way = " / ".join(map(self._hint, found.path))
            yield Block("subitem", (Run("by way of: ", "label"), Run(way)))
        if found.against != point.claim and found.against not in point.also:
            against = self._hint(found.against)
            yield Block("subitem", (Run("it meets: ", "label"), Run(against)))
        if found.answer is not None:
            holders = {self.debate.claim_by_id[c].holder for c in (point.claim, found.answer.claim)}
            yield self._item("Answer", found.answer.claim, whose=len(holders) > 1)
            if found.answer.against != found.claim:
                hit = self._hint(found.answer.against)
                yield Block("subitem", (Run("against what backs it: ", "label"), Run(hit)))
        elif found.how == "attacked":
            yield Block("item", (Run("(!) Nothing answers this attack.", "alert"),))
        elif found.how == "mutual":
            yield Block("item", (Run("No answer besides the point itself.", "label"),))

    def _open(
        self, attacks: Sequence[OpenAttack], left: int, title: str, *, whose: bool
    ) -> Iterator[Block]:
        yield Block("text", (Run(title, "label"),))
        for one in attacks:
            steps = "" if one.kind == "direct" else " by steps"
            against = Run(f" against{steps}: ", "label"), Run(self._hint(one.against))
            claim = self._claim(one.claim, whose=whose)
            yield Block("item", (Run("(!) ", "alert"), *claim, *against))
        if not attacks:
            yield Block("item", (Run("Nothing."),))
        if left:
            yield Block("item", (Run(f"and {left} more"),))

    def _cruxes(self) -> Iterator[Block]:
        brief = self.brief
        yield _part("What it turns on")
        number = len(brief.cruxes) + brief.left_out.cruxes
        if not number:
            yield _text("The two sides do not clash.")
            return
        these = f"these {number} claims" if number > 1 else "this claim"
        few = "" if brief.exact else " (fewer may do)"
        clash = "their clash"
        if brief.clashes > 1:
            clash = f"the {brief.clashes} clashes between the sides"
        yield _text(f"Without {these}{few} nothing is left of {clash}.")
        for crux in brief.cruxes:
            ends = Run(f" ends {_count(len(crux.dissolves), 'clash')}")
            yield Block("item", (*self._claim(crux.claim, whose=True), ends))
        if brief.left_out.cruxes:
            yield Block("item", (Run(f"and {brief.left_out.cruxes} more"),))

    def _common(self) -> Iterator[Block]:
        if not self.brief.common:
            return
        yield _part("Common ground")
        for ground in self.brief.common:
            said = " says the same as: " if ground.relation == "rephrase" else " supports: "
            yield Block(
                "item",
                (
                    *self._claim(ground.first, whose=True),
                    Run(said, "label"),
                    *self._claim(ground.second, whose=True),
                ),
            )
        if self.brief.left_out.common:
            yield Block("item", (Run(f"and {self.brief.left_out.common} more"),))

    def _sources(self) -> Iterator[Block]:
        if not self.named:
            return
        yield _part("Sources")
        for name in self.debate.source_by_id:
            if name in self.named:
                source = self.debate.source_by_id[name]
                author = _name(self.debate, source.author)
                parts = (author, f"“{_cut(source.title)}”", source.publisher, source.date)
                told = ", ".join(_cut(part) for part in parts if part)
                yield Block("item", (Run(f"{name}: ", "label"), Run(told)))

    def _item(self, label: str, claim: str, shape: Shape = "item", *, whose: bool = False) -> Block:
        return Block(shape, (Run(f"{label}: ", "label"), *self._claim(claim, whose=whose)))

    def _claims(self, names: Iterable[str]) -> Iterator[Run]:
        for number, name in enumerate(names):
            if number:
                yield Run(" and ", "label")
            yield from self._claim(name)

    def _claim(self, name: str, look: Look = "plain", *, whose: bool = False) -> tuple[Run, ...]:
        """A claim with a reference to its source, and before it its holder if ``whose``."""
        claim = self.debate.claim_by_id[name]
        self.named.add(claim.source)
        runs = (Run(_cut(claim.text), look), Run(f" ({self._cite(claim, named=whose)})", "cite"))
        return (Run(f"{self._who(claim.holder)}: "), *runs) if whose else runs

    def _cite(self, claim: Claim, *, named: bool) -> str:
        """The piece, paragraph and sentence; who is reported there; and whether it is conceded."""
        cite = claim.source
        if claim.anchor is not None:
            cite += f" {claim.anchor.paragraph}.{claim.anchor.sentence}"
        if claim.status is Status.REPORTED:
            return f"reported in {cite}" if named else f"{self._who(claim.holder)}, in {cite}"
        return f"{cite}, conceded" if claim.status is Status.CONCEDED else cite

    def _who(self, holder: str) -> str:
        """The name of a holder without a remark in brackets after it."""
        name = _name(self.debate, holder)
        return re.sub(r" *[(][^()]*[)]$", "", name) or name

    def _hint(self, name: str) -> str:
        return shortened(self.debate.claim_by_id[name].text, _HINT)

    def _quotes(self, names: Iterable[str]) -> Iterator[Block]:
        for name in names:
            if name in self.passages:
                yield Block("quote", (Run(f"“{_cut(' '.join(self.passages[name].split()))}”"),))


def _part(text: str) -> Block:
    return Block("part", (Run(text),))


def _text(text: str) -> Block:
    return Block("text", (Run(text),))


def _name(debate: Debate, agent: str) -> str:
    return shortened(debate.agent_by_id[agent].name, _NAMED)


def _cut(text: str) -> str:
    return shortened(text, _MOST)


def _count(number: int, what: str) -> str:
    many = f"{what}es" if what.endswith("sh") else f"{what}s"
    return f"{number} {what if number == 1 else many}"
