"""Write the model cards from the figures beside the models: ``python -m training.cards``."""

from __future__ import annotations

import json
from typing import Any

from .data import OWN

__all__ = ["claim_card", "pair_card"]

_MODELS = OWN.parent / "graph" / "mining" / "models"


def _template(name: str) -> str:
    return (OWN / "card_texts" / f"{name}.md").read_text("utf-8")


def pair_card(figures: dict[str, Any]) -> str:
    """The card of the pair model."""
    control = figures.get("one-sided control", {})
    rows = []
    for name, told in figures["scores"].items():
        cells = [f"{told[k]:.3f}" if k in told else "" for k in ("support", "attack", "none")]
        one = f"{control[name]:.3f}" if name in control else ""
        rows.append(
            f"| {name} | {told['pairs']:,} | {told['macro-F1']:.3f} | {' | '.join(cells)} | {one} |"
        )
    return _template("pair").format(
        **figures,
        megabytes=figures["bytes"] / 1e6,
        rows="\n".join(rows),
        sound=figures["conflicts"]["own unseen debates"],
        blind=control["own unseen debates, conflicts"],
        whole=figures["conflicts"]["own unseen pieces"],
        blind_whole=control["own unseen pieces, conflicts"],
        **_judge(),
    )


def _judge() -> dict[str, object]:
    """What the regression behind the model scores, and a table of precision and recall."""
    told = json.loads((_MODELS / "between.json").read_text("utf-8"))["scores"]
    rows = (
        f"| {name.removeprefix('at ')} | {score['precision']:.2f} | {score['recall']:.2f} |"
        for name, score in told.items()
        if name.startswith("at ") and score["recall"]
    )
    return {"judge": told, "judged": "\n".join(rows)}


def claim_card(figures: dict[str, Any]) -> str:
    """The card of the claim model."""
    scores = figures["scores"]["own held-out pieces"]
    return _template("claim").format(**figures, **scores, megabytes=figures["bytes"] / 1e6)


def main() -> None:
    """Write both cards."""
    for folder, card in (("pair", pair_card), ("claim", claim_card)):
        path = _MODELS / folder
        figures = json.loads((path / "model.json").read_text("utf-8"))
        (path / "README.md").write_text(card(figures), "utf-8")


if __name__ == "__main__":
    main()
