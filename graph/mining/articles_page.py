"""The blocks of a web page that belong to its article, and what the page says of it."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from ..passages import sentences
from ..readable_page import AUTHOR, Page, Stretch, read_page
from .blocks import Block, Tracer
from .bylines import authors_in, byline, date_in
from .furniture import is_date
from .prose import Stated

__all__ = ["facts", "page_blocks"]

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CAPTIONS = frozenset({"caption", "figcaption"})
#: What stands in these is no prose of the article.
_ASIDE = frozenset(
    {"address", "aside", "button", "code", "dialog", "footer", "form", "label", "legend", "nav"}
    | {"pre", "select", "textarea"}
)
_ARTICLES = frozenset(
    {"Article", "NewsArticle", "OpinionNewsArticle", "AnalysisNewsArticle", "BlogPosting"}
    | {"ReportageNewsArticle", "Report", "ScholarlyArticle", "WebPage"}
)
#: The names of the authors are no longer than this.
_NAMES = 200
_NOBODY = frozenset({"admin", "administrator", "editor", "guest", "staff", "author", "unknown"})


def page_blocks(text: str) -> list[Block]:
    """The blocks of the article in a page: those whose sentences the extractor finds in it.

    The extractor gives no places; so the page is read a second time with them, and a block is
    taken if more than half of its words stand in sentences that the extractor gave. Where it gave
    none, as in some very short pages, every paragraph is taken.
    """
    page = read_page(text)
    given = _keys(_extracted(page.plain))
    blocks = []
    for number, stretches in groupby(page.stretches, key=lambda s: s.block):
        found = list(stretches)
        within = found[0].within
        heading, credit = bool(within & _HEADINGS), bool(within & _CAPTIONS)
        if within & _ASIDE:
            continue
        block = _block(text, found, number, heading=heading, credit=credit)
        if not block:
            continue
        taken = _is_given(block.words, given) if given else "p" in within
        if heading or credit or taken or _is_told(block.words):
            blocks.append(block)
    return blocks


def _block(
    text: str, stretches: Iterable[Stretch], number: int, *, heading: bool, credit: bool
) -> Block | None:
    tracer = Tracer()
    listed = False
    for stretch in stretches:
        listed |= "li" in stretch.within
        if stretch.words == text[stretch.start : stretch.end]:
            tracer.add(text, stretch.start, stretch.end)
        else:
            tracer.mark(stretch.words, stretch.start, stretch.end - stretch.start)
    return tracer.block(number, heading=heading, listed=listed, credit=credit)


def _extracted(page: str) -> str:
    """The main text of a page as the extractor gives it; it is given the text and fetches none."""
    # Here, since it takes longer to load than all the rest. Tables are asked for, since some pages
    # are laid out in them; their cells end no sentences and so are no prose.
    import trafilatura

    # What it cannot read is told of by whoever reads the article, in one line.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = trafilatura.extract(
            page, include_comments=False, include_tables=True, with_metadata=False,
            favor_recall=True,
        )  # fmt: skip
    except (RecursionError, ValueError, TypeError, AttributeError):
        return ""
    return found or ""


def _is_told(words: str) -> bool:
    """True for a line that says who wrote the article, or when."""
    return is_date(words) or bool(byline(words))


def _keys(text: str) -> frozenset[str]:
    return frozenset(_key(text[s.start : s.end]) for s in sentences(text))


def _key(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))


def _is_given(words: str, given: frozenset[str]) -> bool:
    lengths = [
        (len(k), k in given) for s in sentences(words) if (k := _key(words[s.start : s.end]))
    ]
    return 2 * sum(n for n, found in lengths if found) > sum(n for n, _ in lengths)


def facts(text: str) -> Stated:
    """What a page says of its article: in JSON-LD, in meta tags, in its title.

    >>> facts('<meta property="og:title" content="Trams"><meta name="author" content="Ana Renck">')
    Stated(title='Trams', authors=('Ana Renck',), date=None, publisher=None)
    """
    page = read_page(text)
    data = next(_articles(page), {})
    publisher = _text(data.get("publisher")) or _meta(page, "og:site_name", "dc.publisher")
    title = _text(data.get("headline")) or _meta(page, "og:title", "twitter:title", "dc.title")
    title = title or _heading(page) or _without_site(page.title, publisher)
    said = [data.get("author")] if data.get("author") else []
    said += [(*page.metas.get(name, ()),) for name in ("author", "article:author", "dc.creator")]
    authors = next((names for value in said if (names := tuple(_authors(value)))), ())
    authors = authors or _marked_authors(page)
    dated = _text(data.get("datePublished")) or _meta(
        page, "article:published_time", "datepublished", "date", "dc.date", "pubdate"
    )
    day = date_in(dated[:10]) if dated else None
    day = day or next((d for t in page.times if (d := date_in(t[:10]))), None)
    return Stated(title or None, authors, day, publisher)


def _articles(page: Page) -> Iterator[Mapping[str, object]]:
    """The articles that the JSON-LD of a page tells of."""
    for data in page.data:
        try:
            todo = [json.loads(data)]
        except (ValueError, RecursionError):
            continue
        while todo:
            node = todo.pop()
            if isinstance(node, list):
                todo += reversed(node)
            elif isinstance(node, dict):
                kind = node.get("@type")
                kinds = kind if isinstance(kind, list) else [kind]
                if not _ARTICLES.isdisjoint(map(str, kinds)):
                    yield node
                todo.append(node.get("@graph"))


def _text(value: object) -> str | None:
    """The words of a value, or the name of the thing that it describes."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, Mapping):
        value = value.get("name")
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _meta(page: Page, *names: str) -> str | None:
    return next((_text(page.metas[name][0]) for name in names if name in page.metas), None)


def _authors(value: object) -> Iterator[str]:
    for one in value if isinstance(value, list | tuple) else [value]:
        name = _text(one)
        if name and not re.match(r"https?:|www\.|@", name) and name.lower() not in _NOBODY:
            name = re.sub(r"\Aby\s+", "", name, flags=re.I)
            yield from authors_in(name) or (name,)


def _marked_authors(page: Page) -> tuple[str, ...]:
    """The names in the first part of the page that is marked as its author's."""
    marked = (s for s in page.stretches if AUTHOR in s.within and not s.within & _ASIDE)
    for _, stretches in groupby(marked, key=lambda s: s.block):
        words = " ".join("".join(s.words for s in stretches).split())
        if len(words) <= _NAMES and (names := byline(words) or authors_in(words)):
            return names
    return ()


def _heading(page: Page) -> str | None:
    """The words of the first heading of the first order."""
    first = [s for s in page.stretches if "h1" in s.within]
    words = "".join(s.words for s in first if s.block == first[0].block)
    return " ".join(words.split()) or None


def _without_site(title: str, publisher: str | None) -> str:
    """The title of a page without the name of the site at its end."""
    words = " ".join(title.split())
    head, mark, tail = words.rpartition(" | ")
    if not mark:
        for mark in (" - ", " – ", " — "):
            head, mark, tail = words.rpartition(mark)
            if mark and tail == publisher:
                break
        else:
            return words
    return head or words
