"""What the analysis finds as pandas frames: clashes, cruxes, camps, common ground, standing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from .analysis.agreement import CommonGround, Matrix, Unanswered
    from .analysis.camps import Camps
    from .analysis.clashes import Clash
    from .analysis.cruxes import Cruxes
    from .analysis.standing import Change, Standing
    from .model import Debate

__all__ = [
    "camps_frame",
    "changes_frame",
    "clashes_frame",
    "common_ground_frame",
    "cruxes_frame",
    "matrix_frame",
    "standing_frame",
    "unanswered_frame",
]


def _frame(rows: Iterable[Mapping[str, object]], columns: str) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=columns.split())


def clashes_frame(debate: Debate, found: Iterable[Clash]) -> pd.DataFrame:
    """One row per clash, ranked; the backing of each side is claim ids joined by ``|``."""
    return _frame(
        (
            {
                "rank": clash.rank,
                "weight": clash.weight,
                "point": clash.point,
                "issue": clash.issue,
                "kind": clash.contradiction.kind,
                "first": clash.contradiction.first,
                "first_holder": clash.contradiction.first_holder,
                "first_text": debate.claim_by_id[clash.contradiction.first].text,
                "first_backing": "|".join(clash.first_backing),
                "second": clash.contradiction.second,
                "second_holder": clash.contradiction.second_holder,
                "second_text": debate.claim_by_id[clash.contradiction.second].text,
                "second_backing": "|".join(clash.second_backing),
                "path": "|".join(clash.contradiction.path),
            }
            for clash in found
        ),
        "rank weight point issue kind first first_holder first_text first_backing "
        "second second_holder second_text second_backing path",
    )


def cruxes_frame(debate: Debate, found: Cruxes) -> pd.DataFrame:
    """One row per crux, with the ranks of the contradictions that it would dissolve."""
    return _frame(
        (
            {
                "claim": crux.claim,
                "holder": crux.holder,
                "text": debate.claim_by_id[crux.claim].text,
                "dissolves": len(crux.dissolves),
                "contradictions": "|".join(str(c.rank) for c in crux.dissolves),
                "exact": found.exact,
            }
            for crux in found.cruxes
        ),
        "claim holder text dissolves contradictions exact",
    )


def common_ground_frame(debate: Debate, found: Iterable[CommonGround]) -> pd.DataFrame:
    """One row per agreement: the first claim rephrases or supports the second."""
    return _frame(
        (
            {
                "relation": ground.relation,
                "first": ground.first,
                "first_holder": ground.first_holder,
                "first_text": debate.claim_by_id[ground.first].text,
                "second": ground.second,
                "second_holder": ground.second_holder,
                "second_text": debate.claim_by_id[ground.second].text,
            }
            for ground in found
        ),
        "relation first first_holder first_text second second_holder second_text",
    )


def camps_frame(debate: Debate, found: Camps) -> pd.DataFrame:
    """One row per author, with the number of their camp and how the camps were found."""
    return _frame(
        (
            {
                "camp": number,
                "author": author,
                "name": debate.agent_by_id[author].name,
                "method": found.method,
                "exact": found.exact,
                "score": found.score,
            }
            for number, group in enumerate(found.groups, 1)
            for author in group
        ),
        "camp author name method exact score",
    )


def unanswered_frame(debate: Debate, found: Iterable[Unanswered]) -> pd.DataFrame:
    """One row per claim that attacks in a contradiction and that nothing attacks back."""
    return _frame(
        (
            {
                "claim": row.claim,
                "holder": row.holder,
                "text": debate.claim_by_id[row.claim].text,
                "contradictions": "|".join(map(str, row.clashes)),
            }
            for row in found
        ),
        "claim holder text contradictions",
    )


def matrix_frame(found: Matrix) -> pd.DataFrame:
    """Authors by authors; a cell such as ``5 / 2`` counts contradictions and agreements."""
    cells = [
        {
            "author/other": author,
            **{
                other: f"{found.contradictions[row][column]} / {found.agreements[row][column]}"
                for column, other in enumerate(found.authors)
            },
        }
        for row, author in enumerate(found.authors)
    ]
    return pd.DataFrame(cells, columns=["author/other", *found.authors])


def standing_frame(debate: Debate, found: Standing, strengths: Mapping[str, float]) -> pd.DataFrame:
    """One row per claim: its label, the reason in plain words, and its DF-QuAD strength."""
    return _frame(
        (
            {
                "claim": claim.id,
                "holder": claim.holder,
                "label": found.labels.get(claim.id, "withdrawn"),
                "strength": round(strengths[claim.id], 4) if claim.id in strengths else None,
                "reason": found.reasons.get(claim.id, ""),
                "text": claim.text,
            }
            for claim in debate.claims
        ),
        "claim holder label strength reason text",
    )


def changes_frame(debate: Debate, found: Iterable[Change]) -> pd.DataFrame:
    """One row per claim whose label changes when others are withdrawn."""
    return _frame(
        (
            {
                "claim": change.claim,
                "holder": debate.claim_by_id[change.claim].holder,
                "before": change.before,
                "after": change.after,
                "text": debate.claim_by_id[change.claim].text,
            }
            for change in found
        ),
        "claim holder before after text",
    )
