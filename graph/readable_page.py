"""What a person sees of a web page, with its places: the words, what they stand in, its data.

Scripts, styles, comments and whatever is hidden (``hidden``, ``aria-hidden``, ``display: none``,
zero size, the class names that say so, and rules of the page's own style sheet for one class or
id) are not seen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from .readable_tokens import RAW, Token, tokens

__all__ = ["AUTHOR", "Page", "Stretch", "read_page"]

#: What :attr:`Stretch.within` holds for elements marked as naming the author.
AUTHOR = "@author"

#: Deeper tags are left out of :attr:`Page.plain`: the parsers behind it recurse.
DEEPEST = 200


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


_VOID = _set("area base br col embed frame hr img input keygen link meta param source track wbr")
_BLOCKS = _set(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt"
    " fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hr html legend"
    " li main menu nav ol optgroup option p pre search section select summary table tbody td"
    " textarea tfoot th thead title tr ul video audio"
)
_UNSEEN = frozenset({"audio", "canvas", "datalist", "head", "object", "svg", "template", "video"})
_UNSEEN_RAW = RAW - {"textarea", "xmp"}
#: The elements that say what kind of text stands in them.
_TELLING = _set(
    "a address article aside blockquote button caption code dd dialog dt figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header label legend li main nav p pre select table textarea time"
)
#: Elements that end where the next of their kind begins, if nothing closes them before.
_SIBLINGS = frozenset({"dd", "dt", "li", "option", "p", "td", "th", "tr"})
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    r"|(?<![-\w])(?:font-size|(?:max-)?(?:width|height))\s*:\s*0(?![.\d]*[1-9])"
    r"|(?<![-\w])(?:text-indent|left|top|right)\s*:\s*-\d{3,}"
    # What is clear only until a script has faded it in is seen.
    r"|\A(?!.*trans(?:form|ition)).*(?<![-\w])opacity\s*:\s*0(?![.\d]*[1-9])",
    re.I | re.S,
)
#: The most of a style sheet that is read.
_SHEET = 100_000
_HIDDEN_NAMES = _set(
    "d-none hidden screen-reader-text sr-only u-hidden visually-hidden visuallyhidden"
)
_AUTHOR = re.compile(
    r"(?:(?:post|article|entry|story)[-_]+)?(?:author|byline)s?(?:[-_]+name)?", re.I
)
_AT_RULE = re.compile(r"@[^@{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE = re.compile(r"[a-z]*([.#][\w-]+)", re.I)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words seen together: where they stand, in which block, and in which telling elements."""

    start: int
    end: int
    words: str
    block: int
    within: frozenset[str]


@dataclass(frozen=True, slots=True)
class Page:
    """A web page: what is seen of it, the page without the hidden, and what it says of itself.

    ``data`` holds the JSON-LD, ``metas`` the contents of meta tags by their names in lower case,
    ``times`` the machine-readable times in the text.
    """

    stretches: tuple[Stretch, ...]
    plain: str
    title: str
    metas: Mapping[str, tuple[str, ...]]
    data: tuple[str, ...]
    times: tuple[str, ...]


@lru_cache(maxsize=4)
def read_page(text: str) -> Page:
    """What is seen of a page; the last few are remembered, since every passage asks again.

    >>> page = read_page("<p>Trams <b>squeal</b>.<p hidden>Not seen.")
    >>> [(s.start, s.words, s.block) for s in page.stretches]
    [(3, 'Trams ', 1), (12, 'squeal', 1), (22, '.', 1)]
    """
    reader = _Reader(text)
    for token in tokens(text):
        reader.read(token)
    return reader.page()


class _Reader:
    """The state of reading one page."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.open: list[tuple[str, str, bool, bool]] = []  # name, mark, hidden, not kept
        self.names: Counter[str] = Counter()
        self.marks: Counter[str] = Counter()
        self.within: frozenset[str] = frozenset()
        self.hidden = 0
        self.block = 0
        self.broken = False
        self.stretches: list[Stretch] = []
        self.kept: list[str] = []
        self.title = ""
        self.metas: dict[str, list[str]] = {}
        self.data: list[str] = []
        self.times: list[str] = []
        self.hiding = frozenset(_hiding_rules(text))
        self.raw: Token | None = None

    def page(self) -> Page:
        metas = {name: tuple(contents) for name, contents in self.metas.items()}
        return Page(
            tuple(self.stretches), "".join(self.kept), self.title, metas, tuple(self.data),
            tuple(self.times),
        )  # fmt: skip

    def read(self, token: Token) -> None:
        match token.kind:
            case "start":
                self._start(token)
            case "end":
                self._end(token)
            case "raw":
                self._raw(token)
            case _:
                self._words(token.start, token.end, token.words)

    def _start(self, token: Token) -> None:
        name = token.words
        if name in _SIBLINGS and self.open and self.open[-1][0] == name:
            self._close(name)
        elif name in _BLOCKS and name != "br" and self.open and self.open[-1][0] == "p":
            self._close("p")
        self._tell(token)
        if name == "br":
            self._break(token)
        elif name in _BLOCKS:
            self._new_block()
        left_out = self.hidden > 0 or len(self.open) >= DEEPEST or name in ("html", "body")
        if name in _VOID:
            if not self.hidden:
                self.kept.append(self.text[token.start : token.end])
            return
        hidden = name in _UNSEEN or name in _UNSEEN_RAW or self._hides(token)
        if not (left_out or hidden):
            self.kept.append(self.text[token.start : token.end])
        mark = AUTHOR if _marks_author(token) else name if name in _TELLING else ""
        self.open.append((name, mark, hidden, left_out or hidden))
        self.names[name] += 1
        self.hidden += hidden
        if mark:
            self.marks[mark] += 1
            self.within |= {mark}
        self.raw = token

    def _end(self, token: Token) -> None:
        if token.words in _BLOCKS:
            self._new_block()
        if self.names[token.words]:
            self._close(token.words)

    def _new_block(self) -> None:
        self.block += 1
        self.broken = False

    def _break(self, token: Token) -> None:
        """One line break parts words, a second one parts paragraphs."""
        if self.broken:
            self._new_block()
        elif not self.hidden:
            self.stretches.append(Stretch(token.start, token.end, " ", self.block, self.within))
        self.broken = True

    def _close(self, name: str) -> None:
        while self.open:
            last, mark, hidden, left_out = self.open.pop()
            self.names[last] -= 1
            self.hidden -= hidden
            if not left_out:
                self.kept.append(f"</{last}>")
            if mark:
                self.marks[mark] -= 1
                if not self.marks[mark]:
                    self.within -= {mark}
            if last == name:
                return

    def _hides(self, token: Token) -> bool:
        given = token.attributes
        names = {f".{name}" for name in given.get("class", "").split()}
        names.add(f"#{given.get('id', '')}")
        return (
            "hidden" in given
            or given.get("aria-hidden", "").lower() == "true"
            or _HIDING.search(given.get("style", "")) is not None
            or not self.hiding.isdisjoint(names)
        ) and token.words not in ("html", "body")

    def _tell(self, token: Token) -> None:
        given = token.attributes
        if token.words == "meta":
            name = given.get("property") or given.get("name") or given.get("itemprop") or ""
            if name and given.get("content", "").strip():
                self.metas.setdefault(name.lower(), []).append(given["content"].strip())
        elif token.words == "time" and given.get("datetime"):
            self.times.append(given["datetime"])

    def _raw(self, token: Token) -> None:
        opener = self.raw
        if opener is None:
            return
        if opener.words == "title" and not self.title:
            self.title = unescape(token.words)
        elif opener.words == "script" and "ld+json" in opener.attributes.get("type", ""):
            self.data.append(token.words)
        elif opener.words not in _UNSEEN_RAW:
            self._words(token.start, token.end, token.words)

    def _words(self, start: int, end: int, words: str) -> None:
        if not self.hidden:
            self.broken &= not words.strip()
            self.stretches.append(Stretch(start, end, words, self.block, self.within))
            self.kept.append(self.text[start:end])


def _marks_author(token: Token) -> bool:
    given = token.attributes
    names = f"{given.get('class', '')} {given.get('rel', '')} {given.get('itemprop', '')}"
    return any(_AUTHOR.fullmatch(name) for name in names.split())


def _hiding_rules(text: str) -> Iterator[str]:
    """The classes and ids that hide what carries them, with the names that are known to."""
    yield from (f".{name}" for name in _HIDDEN_NAMES)
    for sheet in re.findall(r"<style[^<>]*>([^<]*)", text, re.I):
        for selectors, body in _RULE.findall(_AT_RULE.sub("", sheet[:_SHEET])):
            if _HIDING.search(body):
                for selector in selectors.split(","):
                    if simple := _SIMPLE.fullmatch(selector.strip()):
                        yield simple[1]
