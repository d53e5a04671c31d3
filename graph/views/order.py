"""The order of the columns: pieces that clash most stand side by side."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, permutations

__all__ = ["column_order", "neighbour_weights"]

#: Up to this many columns every order is tried.
EXACT = 7


def neighbour_weights(pairs: Iterable[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """Return how often each unordered pair of different names occurs.

    >>> neighbour_weights([("b", "a"), ("a", "b"), ("c", "c")])
    Counter({('a', 'b'): 2})
    """
    return Counter((min(pair), max(pair)) for pair in pairs if pair[0] != pair[1])


def column_order(names: Sequence[str], weights: Mapping[tuple[str, str], int]) -> list[str]:
    """Return the names so that pairs of great weight stand close together.

    Up to seven names the sum of weight times distance is the least there is; beyond, the heaviest
    pairs are joined into chains first, as in greedy matching of a path. Ties keep the given order.

    >>> column_order(["a", "b", "c"], {("a", "c"): 2})
    ['a', 'c', 'b']
    """
    return _exact(names, weights) if len(names) <= EXACT else _chains(names, weights)


def _exact(names: Sequence[str], weights: Mapping[tuple[str, str], int]) -> list[str]:
    table = {(i, j): _weight(names[i], names[j], weights) for i, j in _pairs(len(names))}
    heavy = [(i, j, w) for (i, j), w in table.items() if w]
    best, least = tuple(range(len(names))), float("inf")
    for order in permutations(range(len(names))):
        if order and order[0] > order[-1]:
            continue  # its mirror image
        at = [0] * len(order)
        for position, name in enumerate(order):
            at[name] = position
        cost = sum(w * abs(at[i] - at[j]) for i, j, w in heavy)
        if cost < least:
            best, least = order, cost
    return [names[i] for i in best]


def _pairs(n: int) -> Iterable[tuple[int, int]]:
    return combinations(range(n), 2)


def _weight(a: str, b: str, weights: Mapping[tuple[str, str], int]) -> int:
    return weights.get((min(a, b), max(a, b)), 0)


def _chains(names: Sequence[str], weights: Mapping[tuple[str, str], int]) -> list[str]:
    rank = {name: i for i, name in enumerate(names)}
    chain_of = {name: deque([name]) for name in names}
    for (a, b), _ in sorted(weights.items(), key=lambda item: (-item[1], item[0])):
        if a not in chain_of or b not in chain_of:
            continue
        long, short = chain_of[a], chain_of[b]
        at, end = a, b
        if len(short) > len(long):
            long, short, at, end = short, long, b, a
        if long is short or at not in (long[0], long[-1]) or end not in (short[0], short[-1]):
            continue
        moved = list(short) if short[0] == end else list(reversed(short))
        if long[-1] == at:
            long.extend(moved)
        else:
            long.extendleft(moved)
        for name in moved:  # the shorter chain moves: n log n moves in all
            chain_of[name] = long
    out, seen = list[str](), set[int]()
    for name in names:
        chain = chain_of[name]
        if id(chain) not in seen:
            seen.add(id(chain))
            out.extend(chain if rank[chain[0]] <= rank[chain[-1]] else reversed(chain))
    return out
