"""What is put before a claim that points back, so that the pair model knows what it is about."""

from __future__ import annotations

import pytest

from graph.mining.parts import Article, MinedClaim, Piece, Span, Utterance
from graph.mining.sentences import sentences
from graph.mining.standalone import in_context

# the prose, the claim in it, and what is compared
CASES = {
    "a claim with its subject stands alone": (
        "The tram is late. The ring road is a mistake.",
        "The ring road is a mistake.",
        "The ring road is a mistake.",
    ),
    "it": (
        "The ring road is a mistake. It would never pay.",
        "It would never pay.",
        "(The ring road is a mistake.) It would never pay.",
    ),
    "back to a sentence that does not itself point back": (
        "Buses are late. The ring road is a mistake. It would never pay. It would split the town.",
        "It would split the town.",
        "(The ring road is a mistake.) It would split the town.",
    ),
    "the first words of its own sentence": (
        "While the council was never asked, it was hardly a secret.",
        "it was hardly a secret.",
        "(While the council was never asked,) it was hardly a secret.",
    ),
    "a word or two before it tell nothing": (
        "The ring road is a mistake. And yet it would pay.",
        "it would pay.",
        "(The ring road is a mistake.) it would pay.",
    ),
    "the paragraph before, for want of anything nearer": (
        "The ring road is a mistake.\n\nThis is not the first one.",
        "This is not the first one.",
        "(The ring road is a mistake.) This is not the first one.",
    ),
    "not the paragraph before where something is nearer": (
        "The ring road is a mistake.\n\nIt would cost a million each year, and it would never pay.",
        "it would never pay.",
        "(It would cost a million each year, and) it would never pay.",
    ),
    "nothing stands before": (
        "It would never pay.",
        "It would never pay.",
        "It would never pay.",
    ),
    "quotation marks that open outside are dropped": (
        "“The ring road is a mistake. It would never pay.”",
        "It would never pay.",
        "(The ring road is a mistake.) It would never pay.",
    ),
}


def piece(prose: str, claim: str) -> Piece:
    article = Article.plain("a.txt", prose)
    start = prose.index(claim)
    inside = [n for n, s in enumerate(sentences(article)) if s.span.start <= start < s.span.end]
    said = Utterance(Span(start, start + len(claim)), inside[0], 1)
    return Piece(article, (MinedClaim(said, claim, 0.9),), ())


@pytest.mark.parametrize(("prose", "claim", "compared"), CASES.values(), ids=CASES)
def test_what_is_compared(prose: str, claim: str, compared: str) -> None:
    assert in_context(piece(prose, claim)) == [compared]


def test_what_stands_before_is_cut() -> None:
    long = f"The {'very ' * 80}long road is a mistake."
    (compared,) = in_context(piece(f"{long} It would never pay.", "It would never pay."))
    assert compared.startswith("(The very very")
    assert compared.endswith("very …) It would never pay.")
    assert len(compared) < 250
