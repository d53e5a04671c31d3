"""Short marks that tell holders apart without colour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

__all__ = ["initials"]

_SMALL = frozenset(("a", "an", "and", "de", "der", "for", "in", "la", "of", "the", "van", "von"))


def initials(names: Iterable[str]) -> list[str]:
    """Return a different mark of one to three letters or digits for every name, in order.

    >>> initials(["Hannah Arendt", "The Council", "Hans Albert", "Group 42"])
    ['HA', 'CO', 'HN', 'G42']
    """
    taken, out = set[str](), list[str]()
    for number, name in enumerate(names, 1):
        mark = next(m for m in _ideas(name, number) if m not in taken)
        taken.add(mark)
        out.append(mark)
    return out


def _ideas(name: str, number: int) -> Iterator[str]:
    cleaned = "".join(c if c.isalnum() else " " for c in name)
    words = [w for w in cleaned.split() if w.lower() not in _SMALL] or cleaned.split() or ["?"]
    first = words[0]
    if len(words) > 1:
        if words[-1].isdigit() and len(words[-1]) <= 3:
            yield first[0].upper() + words[-1]
        yield (first[0] + words[-1][0]).upper()
        yield from ((first[0] + c).upper() for c in first[2:3] + words[-1][1:3])
        yield (first[0] + words[1][0] + words[-1][:1]).upper()
    yield first[:2].upper()
    yield from ((first[0] + c).upper() for c in first[2:])
    while True:
        yield f"{first[0].upper()}{number}"
        number += 1
