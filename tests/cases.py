"""Text fixtures: a title, the input between ---- and ====, and the expected output."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FIXTURES = Path(__file__).parent / "fixtures"


@dataclass(frozen=True)
class Case:
    """One fixture."""

    title: str
    given: str
    expected: str

    def __str__(self) -> str:
        return self.title


def cases(name: str) -> list[Case]:
    """The fixtures in a file; there is at least one."""
    found = []
    head, *rest = (FIXTURES / name).read_text(encoding="utf-8").split("\n----\n")
    title = head.strip()
    for block in rest:
        given, _, after = block.partition("\n====\n")
        expected, _, following = (
            after.rpartition("\n\n") if block is not rest[-1] else (after, 0, "")
        )
        found.append(Case(title, given, expected.strip()))
        title = following.strip()
    assert found
    return found
