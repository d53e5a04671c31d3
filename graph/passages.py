"""Paragraphs and sentences of a source text with their character offsets, and what anchors show.

Offsets count characters (Unicode code points) of the decoded file. The rules are fixed, since the
anchors of every annotation rest on them: a paragraph is a line that is not blank, and a sentence
ends at ``.``, ``!``, ``?`` or ``…`` with any closing quotes and brackets, where white space and no
lower-case letter follows, unless the full stop belongs to an abbreviation.

In a hard-wrapped text a paragraph is a block of lines between blank lines; :mod:`graph.paragraphs`
says when a text is taken for one.

In a web page, whose lines mean nothing, paragraphs and sentences are those of its prose.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from .errors import SourceTextError
from .model import Anchor, Claim, Debate, Source
from .paragraphs import paragraphs
from .readable import decoded, is_page
from .readable import shown as visible

__all__ = ["Sentence", "anchor_at", "passages", "read_source_text", "sentences"]

_ABBREVIATION = re.compile(
    r"mr|mrs|ms|dr|prof|st|sr|jr|gen|col|lt|capt|sen|rep|gov|hon|nos?|vs|etc|vol|fig|art|eds?|al|cf"
    r"|ca|approx|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec",
    re.I,
)
_END = re.compile(r"""[.!?…]+["'”’»)\]]*(?=\s+(?P<next>\S))""")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its paragraph, its number in that paragraph, and its span in the text."""

    paragraph: int
    number: int
    start: int
    end: int


def sentences(text: str) -> Iterator[Sentence]:
    r"""The sentences of a text in order, numbered from 1 in each paragraph.

    >>> found = sentences("U.S. aid. Is it? Yes.\n\nNo.")
    >>> [(s.paragraph, s.number, s.start, s.end) for s in found]
    [(1, 1, 0, 9), (1, 2, 10, 16), (1, 3, 17, 21), (2, 1, 23, 26)]
    """
    for paragraph, (start, end) in enumerate(paragraphs(text), 1):
        for number, (first, last) in enumerate(_split(text, start, end), 1):
            yield Sentence(paragraph, number, first, last)


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for stop in _END.finditer(text, start, end):
        if _ends_sentence(text, first, stop):
            yield first, stop.end()
            first = stop.start("next")
    yield first, end


def _ends_sentence(text: str, first: int, stop: re.Match[str]) -> bool:
    follower = stop["next"]
    if follower.islower():
        return False
    if stop.group() != ".":
        return True
    word = re.search(r"[^\s(\[“\"']*\Z", text[max(first, stop.start() - 24) : stop.start()])
    before = word.group() if word else ""
    initials = len(before) == 1 and before.isupper()
    dotted = "." in before and all(len(part) <= 2 for part in before.split("."))
    return not (initials or dotted or _ABBREVIATION.fullmatch(before))


def anchor_at(text: str, start: int, end: int) -> Anchor:
    """The anchor of a span: the sentence it lies in.

    Raises:
        SourceTextError: if the span does not lie inside one sentence of the text.

    >>> anchor_at("One. Two three.", 5, 8)
    Anchor(paragraph=1, sentence=2, start=5, end=8)

    """
    for sentence in sentences(text):
        if sentence.start <= start < end <= sentence.end:
            return Anchor(sentence.paragraph, sentence.number, start, end)
    raise SourceTextError(f"characters {start}-{end} do not lie inside one sentence")


def read_source_text(source: Source, folder: Path) -> str | None:
    """The wording of a source from a folder, or ``None`` where the folder does not hold it.

    Raises:
        SourceTextError: if the file cannot be read, is not UTF-8, or its SHA-256 differs.

    """
    if source.text is None:
        return None
    path = folder / source.text
    if not path.resolve().is_relative_to(folder.resolve()):
        raise SourceTextError(f"text {source.text!r} of source {source.id} lies outside {folder}")
    if not path.is_file():
        return None
    raw = path.read_bytes()
    found = hashlib.sha256(raw).hexdigest()
    if source.sha256 is not None and found != source.sha256:
        raise SourceTextError(
            f"{path}: the text has changed since source {source.id} was annotated "
            f"(SHA-256 is {found[:12]}..., expected {source.sha256[:12]}...)"
        )
    return decoded(str(path), raw)


def passages(debate: Debate, folder: Path) -> dict[str, str]:
    """The passage behind each anchored claim whose source text lies in the folder.

    Every anchor of a present text is checked: its span must lie inside the paragraph and sentence
    that it names, or, in a web page, show words.

    Raises:
        SourceTextError: naming the file or claim, if a text has changed or an anchor is wrong.

    """
    if not folder.is_dir():
        raise SourceTextError(f"{folder} is no folder of source texts")
    texts: dict[str, _Text] = {}
    for source in debate.sources:
        text = read_source_text(source, folder)
        if text is not None and source.text is not None:
            found = () if is_page(source.text) else sentences(text)
            numbered = {(s.paragraph, s.number): s for s in found}
            texts[source.id] = _Text(source.text, text, numbered)
    return {
        claim.id: texts[claim.source].passage(claim, claim.anchor)
        for claim in debate.claims
        if claim.anchor is not None and claim.source in texts
    }


@dataclass(frozen=True, slots=True)
class _Text:
    """A source text: the name of its file, its characters, and its sentences by their numbers."""

    name: str
    characters: str
    sentences: Mapping[tuple[int, int], Sentence]

    def passage(self, claim: Claim, anchor: Anchor) -> str:
        """The words that an anchor points to."""
        at = f"the anchor of claim [{claim.id}], characters {anchor.start}-{anchor.end}"
        if is_page(self.name):
            held = anchor.end <= len(self.characters)
            words = visible(self.name, self.characters, anchor.start, anchor.end) if held else ""
            if not words:
                raise SourceTextError(f"{at}, shows no words of {claim.source}", claim.place)
            return words
        sentence = self.sentences.get((anchor.paragraph, anchor.sentence))
        if sentence is None or not sentence.start <= anchor.start < anchor.end <= sentence.end:
            raise SourceTextError(
                f"{at}, does not lie in paragraph {anchor.paragraph}, sentence {anchor.sentence} "
                f"of {claim.source}",
                claim.place,
            )
        return visible(self.name, self.characters, anchor.start, anchor.end)
