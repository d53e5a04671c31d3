"""Commands on what the analysis finds: clashes, cruxes, camps, what stands."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from ..show import print_frame, print_table
from .options import (
    DebateArgument,
    Shape,
    ShapeOption,
    SpeakersOption,
    folder_of,
    pair_of,
)

__all__ = [
    "camps",
    "clashes",
    "common_ground",
    "contradictions",
    "cruxes",
    "matrix",
    "standing",
    "unanswered",
]


class Semantics(StrEnum):
    """Which sets of claims can stand together (Dung 1995)."""

    GROUNDED = "grounded"
    PREFERRED = "preferred"
    STABLE = "stable"


class Reading(StrEnum):
    """How support counts: the conclusion needs one of its reasons, or each, or is carried."""

    REASONS = "reasons"
    NECESSARY = "necessary"
    DEDUCTIVE = "deductive"
    NONE = "none"


class Kind(StrEnum):
    """A kind of contradiction."""

    DIRECT = "direct"
    SUPPORTED = "supported"
    SECONDARY = "secondary"
    MEDIATED = "mediated"
    ISSUE = "issue"


def contradictions(
    debate: DebateArgument = None,
    between: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="A B", help="Only those between these two authors or speakers."),
    ] = None,
    kind: Annotated[Kind | None, typer.Option(help="Only those of this kind.")] = None,
    shape: ShapeOption = Shape.TABLE,
) -> None:
    """List where the authors contradict each other, the most telling first.

    \b
    Examples:
      sicetnon contradictions data/kosovo
      sicetnon contradictions --between hehir chollet-escobar
      sicetnon contradictions --kind direct --format json
    """
    from ..analysis.contradictions import contradictions as find
    from ..build import contradictions_json, load
    from ..frames import contradictions_frame

    loaded = load(folder_of(debate)).debate
    found = [c for c in find(loaded) if kind is None or c.kind == kind.value]
    if between is not None:
        pair = {loaded.agent(name).id for name in between}
        found = [c for c in found if {c.first_holder, c.second_holder} == pair]
    if shape is Shape.JSON:
        typer.echo(contradictions_json(loaded, found), nl=False)
        return
    if shape is not Shape.TABLE:
        print_frame(contradictions_frame(loaded, found), shape)
        return
    rows = [
        (
            str(c.rank),
            c.kind,
            f"{loaded.agent(c.first_holder).name}:\n{loaded.claim(c.first).text}",
            f"{loaded.agent(c.second_holder).name}:\n{loaded.claim(c.second).text}",
            str(len(c.backing)),
        )
        for c in found
    ]
    print_table(("#", "kind", "one side", "other side", "backing"), rows, folded=(2, 3))


def clashes(debate: DebateArgument = None, shape: ShapeOption = Shape.TABLE) -> None:
    """List the clashes, the one on which most hangs first: both sides and what backs them.

    \b
    Examples:
      sicetnon clashes data/kosovo
      sicetnon clashes --format markdown
    """
    from ..analysis.clashes import clashes as find
    from ..build import load
    from ..finding_frames import clashes_frame

    loaded = load(folder_of(debate)).debate
    found = find(loaded)
    if shape is not Shape.TABLE:
        print_frame(clashes_frame(loaded, found), shape)
        return
    rows = [
        (
            str(clash.rank),
            str(clash.weight),
            f"{clash.point}\n{loaded.agent(clash.contradiction.first_holder).name} against "
            f"{loaded.agent(clash.contradiction.second_holder).name}",
            f"{len(clash.first_backing)} / {len(clash.second_backing)}",
        )
        for clash in found
    ]
    print_table(("#", "weight", "point at issue", "backing"), rows, folded=(2,))


def cruxes(
    first: Annotated[str | None, typer.Argument(metavar="A", help="An author.")] = None,
    second: Annotated[str | None, typer.Argument(metavar="B", help="Another author.")] = None,
    debate: DebateArgument = None,
    shape: ShapeOption = Shape.TABLE,
) -> None:
    """List the fewest claims whose withdrawal leaves no contradiction between two authors.

    Without authors: between all the authors of the pieces together.

    \b
    Examples:
      sicetnon cruxes hehir chollet-escobar
      sicetnon cruxes ecfr recognition data/kosovo --format json
      sicetnon cruxes
    """
    from ..analysis.cruxes import cruxes as find
    from ..analysis.cruxes import cruxes_of, left_over
    from ..build import load
    from ..finding_frames import cruxes_frame

    first, second, debate = pair_of(first, second, debate)
    loaded = load(folder_of(debate)).debate
    found = find(loaded, first, second) if first and second else cruxes_of(loaded)
    if not found.exact:
        typer.echo(f"at least {found.bound} are needed; this set may not be smallest", err=True)
    if left := left_over(loaded, found):
        typer.echo(
            f"once they are withdrawn, {len(left)} further contradictions come up for which these "
            "had stood, such as opposite answers to one question",
            err=True,
        )
    print_frame(cruxes_frame(loaded, found), shape, hide=("contradictions", "exact"))


def camps(
    debate: DebateArgument = None,
    speakers: SpeakersOption = False,
    shape: ShapeOption = Shape.TABLE,
) -> None:
    """Group the authors so that contradictions fall between groups and agreement inside them.

    \b
    Examples:
      sicetnon camps data/kosovo
      sicetnon camps --speakers
    """
    from ..analysis.camps import camps as find
    from ..build import load
    from ..finding_frames import camps_frame

    loaded = load(folder_of(debate)).debate
    print_frame(camps_frame(loaded, find(loaded, speakers=speakers)), shape, hide=("score",))


def common_ground(
    first: Annotated[str | None, typer.Argument(metavar="A", help="An author.")] = None,
    second: Annotated[str | None, typer.Argument(metavar="B", help="Another author.")] = None,
    debate: DebateArgument = None,
    shape: ShapeOption = Shape.TABLE,
) -> None:
    """List where two authors, or any two, say the same or support each other.

    \b
    Examples:
      sicetnon common-ground hehir ecfr
      sicetnon common-ground --format csv
    """
    from ..analysis.agreement import common_ground as find
    from ..build import load
    from ..finding_frames import common_ground_frame

    first, second, debate = pair_of(first, second, debate)
    loaded = load(folder_of(debate)).debate
    frame = common_ground_frame(loaded, find(loaded, first, second))
    print_frame(frame, shape, hide=("first", "second"))


def unanswered(debate: DebateArgument = None, shape: ShapeOption = Shape.TABLE) -> None:
    """List the attacking claims in contradictions that nothing attacks back.

    \b
    Examples:
      sicetnon unanswered data/kosovo
    """
    from ..analysis.agreement import unanswered as find
    from ..build import load
    from ..finding_frames import unanswered_frame

    loaded = load(folder_of(debate)).debate
    print_frame(unanswered_frame(loaded, find(loaded)), shape)


def matrix(
    debate: DebateArgument = None,
    speakers: SpeakersOption = False,
    shape: ShapeOption = Shape.TABLE,
) -> None:
    """Count contradictions / agreements, authors by authors.

    \b
    Examples:
      sicetnon matrix data/kosovo
      sicetnon matrix --format csv
    """
    from ..analysis.agreement import matrix as find
    from ..build import load
    from ..finding_frames import matrix_frame

    print_frame(matrix_frame(find(load(folder_of(debate)).debate, speakers=speakers)), shape)


def standing(
    debate: DebateArgument = None,
    semantics: Annotated[Semantics, typer.Option(help="How cautious.")] = Semantics.GROUNDED,
    reading: Annotated[Reading, typer.Option(help="How support counts.")] = Reading.REASONS,
    side: Annotated[
        str | None, typer.Option(metavar="A", help="Take the claims of this author as given.")
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(metavar="CLAIM", help="Withdraw a claim, and list what changes; repeatable."),
    ] = None,
    given: Annotated[
        list[str] | None,
        typer.Option(metavar="CLAIM", help="Accept a claim, and list what changes; repeatable."),
    ] = None,
    shape: ShapeOption = Shape.TABLE,
) -> None:
    """Say which claims stand if all attacks are taken seriously, and why.

    \b
    Examples:
      sicetnon standing data/kosovo
      sicetnon standing --semantics preferred --reading deductive
      sicetnon standing --side hehir --format json
      sicetnon standing --without ecfr-some-fruit
      sicetnon standing --given ce-asm-now
    """
    from ..analysis.standing import changes
    from ..analysis.standing import standing as find
    from ..analysis.strength import strengths
    from ..build import load
    from ..finding_frames import changes_frame, standing_frame

    loaded = load(folder_of(debate)).debate
    found = find(
        loaded,
        semantics.value,
        reading.value,
        side=side,
        without=tuple(without or ()),
        given=tuple(given or ()),
    )
    if not found.complete:
        typer.echo("time ran out: what is not settled is given as undecided", err=True)
    if found.extensions == 0:
        typer.echo(f"no set of claims is {semantics.value} here", err=True)
    if without or given:
        before = find(loaded, semantics.value, reading.value, side=side)
        changed = changes(before, found)
        if not changed:
            typer.echo("nothing else changes", err=True)
        print_frame(changes_frame(loaded, changed), shape)
        return
    strong = strengths(loaded, side=side)
    print_frame(standing_frame(loaded, found, strong), shape, hide=("text",))
