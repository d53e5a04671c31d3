"""A debate as pandas frames: one row per claim, relation, contradiction or agent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from .analysis.contradictions import Contradiction
from .model import Debate, Origin, Rephrase, Support

__all__ = ["claims_frame", "contradictions_frame", "joined", "relations_frame", "sources_frame"]

_CLAIM = (
    "id text holder holder_name status source paragraph sentence start end tags origin version "
    "confidence"
)
_RELATION = "id relation kind premises attacker target source scheme origin version confidence"
_CONTRADICTION = (
    "rank kind first first_holder first_text second second_holder second_text attack issue path "
    "backing"
)


def _frame(rows: Iterable[Mapping[str, object]], columns: str) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=columns.split())


def _origin(origin: Origin) -> dict[str, object]:
    return {
        "origin": f"{origin.kind}: {origin.name}" if origin.name else origin.kind.value,
        "version": origin.version,
        "confidence": origin.confidence,
    }


def joined(names: Iterable[str]) -> str:
    r"""The names with ``|`` between them; in a name it has a backslash before it.

    >>> joined(["a", "b|c"])
    'a|b\\|c'
    """
    return "|".join(re.sub(r"[|\\]", r"\\\g<0>", name) for name in names)


def claims_frame(debate: Debate) -> pd.DataFrame:
    """One row per claim, in the order of the debate; offsets are whole numbers or missing.

    Tags have spaces between them, and one of several words stands in brackets.

    >>> from .formats.argdown import parse_argdown
    >>> claims_frame(parse_argdown("[a]: Trams are quiet."))["text"].tolist()
    ['Trams are quiet.']
    """
    frame = _frame(
        (
            {
                "id": claim.id,
                "text": claim.text,
                "holder": claim.holder,
                "holder_name": debate.agent_by_id[claim.holder].name,
                "status": claim.status.value,
                "source": claim.source,
                **(
                    {
                        "paragraph": claim.anchor.paragraph,
                        "sentence": claim.anchor.sentence,
                        "start": claim.anchor.start,
                        "end": claim.anchor.end,
                    }
                    if claim.anchor
                    else {}
                ),
                "tags": " ".join(f"({tag})" if " " in tag else tag for tag in claim.tags),
                **_origin(claim.origin),
            }
            for claim in debate.claims
        ),
        _CLAIM,
    )
    for column in ("paragraph", "sentence", "start", "end"):
        frame[column] = frame[column].astype("Int64")
    return frame


def relations_frame(debate: Debate) -> pd.DataFrame:
    r"""One row per support, attack, rephrase and answer to an issue.

    ``premises`` and ``target`` hold the ends of a support; linked premises stand in one row,
    joined by ``|``. An undercut has the support it attacks as its target.

    >>> from .formats.argdown import parse_argdown
    >>> frame = relations_frame(parse_argdown("[a]: Trams are quiet.\n  - [b]: They squeal."))
    >>> frame[["relation", "kind", "attacker", "target"]].values.tolist()
    [['attack', 'rebut', 'b', 'a']]
    """
    return _frame(_relations(debate), _RELATION)


def _relations(debate: Debate) -> Iterator[dict[str, object]]:
    for support in debate.supports:
        yield {
            "relation": "support",
            "kind": "linked" if len(support.premises) > 1 else "single",
            "premises": joined(support.premises),
            "target": support.conclusion,
            **_common(support),
        }
    for attack in debate.attacks:
        yield {
            "id": attack.id,
            "relation": "attack",
            "kind": attack.kind.value,
            "attacker": attack.attacker,
            "target": attack.target,
            "source": attack.source,
            **_origin(attack.origin),
        }
    for rephrase in debate.rephrases:
        yield {
            "relation": "rephrase",
            "premises": rephrase.first,
            "target": rephrase.second,
            **_common(rephrase),
        }
    for issue in debate.issues:
        for kind, claims in (("pro", issue.pro), ("con", issue.con)):
            for claim in claims:
                yield {
                    "id": f"{claim} {kind} {issue.id}",
                    "relation": "answer",
                    "kind": kind,
                    "premises": claim,
                    "target": issue.id,
                }


def _common(part: Support | Rephrase) -> dict[str, object]:
    scheme = {"scheme": part.scheme} if isinstance(part, Support) else {}
    return {"id": part.id, "source": part.source, **scheme, **_origin(part.origin)}


def sources_frame(debate: Debate) -> pd.DataFrame:
    """One row per piece, with the number of claims in it.

    >>> from .formats.argdown import parse_argdown
    >>> sources_frame(parse_argdown("[a]: Trams are quiet.", "trams.argdown"))["claims"].tolist()
    [1]
    """
    counts: dict[str, int] = {}
    for claim in debate.claims:
        counts[claim.source] = counts.get(claim.source, 0) + 1
    return _frame(
        (
            {
                "id": source.id,
                "title": source.title,
                "author": source.author,
                "author_name": debate.agent_by_id[source.author].name,
                "genre": source.genre,
                "date": source.date,
                "publisher": source.publisher,
                "note": source.note,
                "text": source.text,
                "sha256": source.sha256,
                "claims": counts.get(source.id, 0),
            }
            for source in debate.sources
        ),
        "id title author author_name genre date publisher note text sha256 claims",
    )


def contradictions_frame(debate: Debate, found: Iterable[Contradiction]) -> pd.DataFrame:
    r"""One row per contradiction, ranked; the path is claim ids joined by ``|``.

    >>> from .analysis.contradictions import contradictions
    >>> from .formats.argdown import parse_argdown
    >>> debate = parse_argdown("[a]: Trams are quiet.\n  - [b]: They squeal.")
    >>> len(contradictions_frame(debate, contradictions(debate)))  # one author: none
    0
    """
    return _frame(
        (
            {
                "rank": row.rank,
                "kind": row.kind,
                "first": row.first,
                "first_holder": row.first_holder,
                "first_text": debate.claim_by_id[row.first].text,
                "second": row.second,
                "second_holder": row.second_holder,
                "second_text": debate.claim_by_id[row.second].text,
                "attack": row.attack,
                "issue": row.issue,
                "path": "|".join(row.path),
                "backing": len(row.backing),
            }
            for row in found
        ),
        _CONTRADICTION,
    )
