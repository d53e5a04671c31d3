"""How well sentences, clauses and speakers are told, on our own annotated pieces.

``python -m training.voices`` prints, for the even and the odd pieces, the share of gold claims that
an utterance matches, how often status and holder of these are right, and how often what is told as
reported is so.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from graph.mining.documents import match
from graph.mining.parts import Span, Utterance
from graph.mining.sentences import sentences
from graph.mining.voices import utterances

from .data import AnnotatedPiece, Unit, read_pieces

__all__ = ["measure"]


def _same_holder(unit: Unit, said: Utterance) -> bool:
    if unit.holder is None or said.holder is None:
        return unit.holder == said.holder
    return unit.holder.lower().split()[-1] == said.holder.lower().split()[-1]


def measure(pieces: Sequence[AnnotatedPiece], *, show: bool = False) -> dict[str, float]:
    """The shares by name; ``show`` prints what went wrong."""
    there = exact = near = status = holder = told = truly = 0
    for piece in pieces:
        article = piece.article
        said = utterances(article, sentences(article))
        spans = [s.span for s in said]
        gold = [Span(u.start, u.end) for u in piece.units]
        there += len(gold)
        exact += len(match(gold, spans, 0.9))
        taken = match(gold, spans, 0.5)
        near += len(taken)
        for found, unit_number in taken.items():
            unit, one = piece.units[unit_number], said[found]
            status += unit.status == one.status
            holder += _same_holder(unit, one)
            told += one.status == "reported"
            truly += one.status == "reported" == unit.status
            if show and (unit.status != one.status or not _same_holder(unit, one)):
                print(f"{piece.id}: {unit.status} {unit.holder} | {one.status} {one.holder}"
                      f" | {unit.text[:90]}")  # fmt: skip
        if show:
            for number, unit in enumerate(piece.units):
                if number not in taken.values():
                    print(f"{piece.id}: missed | {unit.text}")
    return {
        "claims": there,
        "matched to nine tenths": round(exact / there, 3),
        "matched by half": round(near / there, 3),
        "status right": round(status / near, 3),
        "holder right": round(holder / near, 3),
        "reported is reported": round(truly / max(1, told), 3),
    }


def main() -> None:
    """Print the shares for the even and the odd pieces."""
    pieces = read_pieces()
    for name, half in (("even", pieces[::2]), ("odd", pieces[1::2])):
        print(name, measure(half, show=name == "even" and "--show" in sys.argv))


if __name__ == "__main__":
    main()
