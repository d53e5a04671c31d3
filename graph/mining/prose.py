"""The prose among the blocks of a file, and what the rest of them says of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ..passages import sentences
from .blocks import Block
from .bylines import byline, date_in
from .furniture import (
    dateline,
    ends_sentence,
    is_bio,
    is_credit,
    is_date,
    is_furniture,
    is_label,
    is_notice,
    without_label,
)

__all__ = ["Found", "Stated", "find_prose", "same_words"]

#: A longer line is prose though it ends no sentence.
_HEADLINE = 200
#: Bylines stand among so many blocks from the beginning, or so few from the end.
_TOP, _BOTTOM = 12, 3
#: At most so many blocks at either end are notices.
_ENDS = 30
#: A repeated line of fewer letters is a refrain, of more characters no pull quote.
_REFRAIN, _QUOTE = 40, 500
#: In longer texts repeated lines are found only where they are whole sentences.
_LONG = 300_000


@dataclass(frozen=True, slots=True)
class Stated:
    """What a file says of its article."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The blocks that are prose, the headline over them, and what is said of them elsewhere."""

    prose: tuple[Block, ...]
    stated: Stated
    headline: Block | None = None


def find_prose(blocks: Sequence[Block], stated: Stated = Stated()) -> Found:
    """The prose among some blocks; ``stated`` is what the file says of itself elsewhere.

    >>> lines = "Against trams", "By Ana Renck", "3 May 2024", "Trams squeal.", "Share"
    >>> found = find_prose([Block(line, ()) for line in lines])
    >>> [block.words for block in found.prose]
    ['Trams squeal.']
    >>> found.stated
    Stated(title='Against trams', authors=('Ana Renck',), date='2024-05-03', publisher=None)
    """
    named, dated = _stated(blocks)
    authors = stated.authors or named
    rest, heads = _sorted(blocks)
    rest = _without_ends(rest, authors)
    first = rest[0][0] if rest else len(blocks)
    over = next((_unlabelled(b) for number, b in heads if number < first), None)
    if not rest:
        # A text without a single full stop is still a text.
        rest = heads[1:] or heads
        over = over if len(heads) > 1 else None
    title = without_label(stated.title) if stated.title else over.words if over else None
    kept = [block for _, block in rest if len(rest) == 1 or not same_words(block.words, title)]
    prose = _without_repeats(kept)
    if prose and (cut := dateline(prose[0].words)) and cut < len(prose[0].words):
        dated = dated or date_in(prose[0].words[:cut])
        prose[0] = prose[0].without(cut)
    says = Stated(title, authors, stated.date or dated, stated.publisher)
    # what a page calls itself elsewhere may be the name of the site
    headline = over if over and same_words(over.words, title) else None
    return Found(tuple(prose), says, headline)


def _unlabelled(block: Block) -> Block:
    return block.without(len(block.words) - len(without_label(block.words)))


def _sorted(
    blocks: Sequence[Block],
) -> tuple[list[tuple[int, Block]], list[tuple[int, Block]]]:
    """The blocks that may be prose and those that are headings, with their numbers."""
    captions = _captions(blocks)
    rest: list[tuple[int, Block]] = []
    heads: list[tuple[int, Block]] = []
    for number, block in enumerate(blocks):
        if number not in captions and not _is_aside(block.words):
            (heads if _is_heading(block, blocks) else rest).append((number, block))
    return rest, heads


def same_words(one: str, other: str | None) -> bool:
    """True if two lines have the same letters and digits.

    >>> same_words("“Trams squeal”", "Trams squeal.")
    True
    """
    return other is not None and _key(one) == _key(other)


def _stated(blocks: Sequence[Block]) -> tuple[tuple[str, ...], str | None]:
    """Authors and date as bylines and dates among the first and last blocks state them."""
    authors: tuple[str, ...] = ()
    dated = None
    last = max(_TOP, len(blocks) - _BOTTOM)
    for block in [*blocks[:_TOP], *blocks[last:]]:
        words = block.words
        if found := byline(words):
            authors = authors or found
            dated = dated or date_in(words)
        elif is_date(words):
            dated = dated or date_in(words)
    return authors, dated


def _captions(blocks: Sequence[Block]) -> frozenset[int]:
    """The blocks that are picture credits, with the caption that stands right before one."""
    found = set()
    sizes = Counter(block.group for block in blocks)
    for number, block in enumerate(blocks):
        if block.credit or is_credit(block.words):
            found.add(number)
            before = blocks[number - 1] if number else None
            alone = sizes[block.group] <= 3 and len(block.words) < 300
            if before and alone and before.group == block.group and len(before.words) < 300:
                found.add(number - 1)
    return frozenset(found)


def _is_aside(words: str) -> bool:
    return is_date(words) or is_furniture(words) or is_label(words) or bool(byline(words))


def _is_heading(block: Block, blocks: Sequence[Block]) -> bool:
    words = block.words
    if block.heading:
        return True
    if block is blocks[0] and len(blocks) > 1 and len(words) <= 120 and words[-1] in "?!":
        return sum(1 for _ in sentences(words)) == 1
    item = block.listed and len(words.split()) >= 5
    return len(words) <= _HEADLINE and not ends_sentence(words) and not item


def _without_ends(
    blocks: list[tuple[int, Block]], authors: tuple[str, ...]
) -> list[tuple[int, Block]]:
    """The blocks without notices at either end, and lines on the author at the last."""
    first, last = 0, len(blocks)
    while first < min(last, _ENDS) and is_notice(blocks[first][1].words):
        first += 1
    while first < last - 1 and len(blocks) - last < _ENDS:
        words = blocks[last - 1][1].words
        others = (block.words for _, block in blocks[first : last - 1])
        if not (is_notice(words) or is_bio(words, authors, others)):
            break
        last -= 1
    return blocks[first:last]


def _key(words: str) -> str:
    """The letters and digits of some words, without what an editor put in brackets."""
    bare = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", words)
    return "".join(filter(str.isalnum, bare.casefold()))


def _without_repeats(blocks: list[Block]) -> list[Block]:
    """The blocks without pull quotes: what stands word for word in another block."""
    keys = [_key(block.words) for block in blocks]
    whole = "\n".join(keys)
    seen: Counter[str] = Counter()
    if len(whole) > _LONG:
        seen.update(
            _key(block.words[s.start : s.end]) for block in blocks for s in sentences(block.words)
        )
    counts = Counter(keys)
    left = Counter(counts)
    kept = []
    for block, key in zip(blocks, keys, strict=True):
        if len(key) >= _REFRAIN and len(block.words) <= _QUOTE:
            times = seen[key] if len(whole) > _LONG else whole.count(key)
            # Of lines that are the same all but the last are quotes of it.
            if times > counts[key] or left[key] > 1:
                left[key] -= 1
                continue
        kept.append(block)
    return kept
