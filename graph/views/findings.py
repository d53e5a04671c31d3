"""What the views need to know of a contradiction; that of the analysis has this shape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

__all__ = ["Clash"]


class Clash(Protocol):
    """A contradiction between two holders, with the path of claims that proves it."""

    @property
    def kind(self) -> str:
        """One of direct, supported, secondary, mediated, issue."""

    @property
    def first(self) -> str:
        """The claim on one side."""

    @property
    def second(self) -> str:
        """The claim on the other side."""

    @property
    def first_holder(self) -> str:
        """The agent that holds the first claim."""

    @property
    def second_holder(self) -> str:
        """The agent that holds the second claim."""

    @property
    def path(self) -> Sequence[str]:
        """The claims from the first to the second; an issue in the middle for kind issue."""

    @property
    def attack(self) -> str | None:
        """The kind of the attack on the path; none for kind issue."""

    @property
    def attack_at(self) -> int:
        """Where in the path the left end of the attack stands, from 0."""

    @property
    def backing(self) -> Sequence[Clash]:
        """Longer contradictions of the same two that run through this one."""

    @property
    def issue(self) -> str | None:
        """The issue that both claims answer."""

    @property
    def rank(self) -> int:
        """The place in the list."""
