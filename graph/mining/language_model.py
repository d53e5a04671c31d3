"""Claims and relations from a language model that somebody chose: ``--model PROVIDER:NAME``.

The model fills a typed schema. Every claim must quote the article; a quotation that is not there is
refused and counted, so nothing that the model made up gets an anchor. Answers are kept on disk, and
the same article is never paid for twice. The article is data to the model: whatever it tells a
reader to do, the only thing that can come of it is a claim with a quotation.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ..errors import MiningError, MissingExtraError
from ..model import Status
from .language_ask import INSTRUCTIONS, PROVIDERS, ask
from .parts import (
    Article,
    MinedClaim,
    MinedRelation,
    Piece,
    RelationKind,
    Sentence,
    Span,
    Utterance,
)
from .sentences import sentences

if TYPE_CHECKING:
    from .language_schema import Answer, GivenClaim

__all__ = ["Estimate", "LanguageReader", "cache_folder", "estimate", "language_reader"]

#: The version of the instructions and the schema; answers to older ones are not used again.
_PROMPT = "1"

#: Longer articles are put to the model in parts of about so many characters.
_PART = 12_000


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many articles a model would be asked about, and what that would take."""

    articles: int
    kept: int
    tokens_in: int
    tokens_out: int
    dollars: float | None

    def __str__(self) -> str:
        """The estimate as one line.

        >>> str(Estimate(3, 1, 5000, 2000, None))
        '2 of 3 texts to ask about, about 5000 tokens in and 2000 out, price not known'
        """
        price = "price not known" if self.dollars is None else f"about ${self.dollars:.2f}"
        return (
            f"{self.articles - self.kept} of {self.articles} texts to ask about, about "
            f"{self.tokens_in} tokens in and {self.tokens_out} out, {price}"
        )


def cache_folder() -> Path:
    """Where answers are kept: ``SICETNON_CACHE``, else the cache folder of the user."""
    if (named := os.environ.get("SICETNON_CACHE")) is not None:
        return Path(named)
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "sicetnon"


@dataclass(frozen=True)
class LanguageReader:
    """The reader that asks a language model; its answers are kept in a folder."""

    name: str
    url: str | None
    cache: Path

    @property
    def version(self) -> str:
        """The version of the instructions."""
        return f"prompt-{_PROMPT}"

    def read(self, article: Article) -> Piece:
        """The article with the claims and relations that the model finds and the text bears out.

        Raises:
            MiningError: one line, if the server does not answer or the answer cannot be used.

        """
        claims: list[MinedClaim] = []
        relations: list[MinedRelation] = []
        refused = total = 0
        found = sentences(article)
        for part in _parts(article.prose):
            answer = self._answer(part.of(article.prose))
            numbers: dict[int, int] = {}
            for number, given in enumerate(answer.claims):
                total += 1
                span = _find(given.quote, article.prose, part)
                if span is None:
                    refused += 1
                    continue
                numbers[number] = len(claims)
                claims.append(_claim(given, span, found))
            relations += _relations(answer, numbers)
        notes = (f"{refused} of {total} quotations are not in the text and were refused",)
        return Piece(article, tuple(claims), tuple(relations), notes if refused else ())

    def _answer(self, text: str) -> Answer:
        from .language_schema import Answer

        kept = self._kept(text)
        if kept.is_file():
            return Answer.model_validate_json(kept.read_bytes())
        answer = ask(self.name, self.url, text)
        kept.parent.mkdir(parents=True, exist_ok=True)
        half = kept.with_suffix(f".{os.getpid()}")
        half.write_text(answer.model_dump_json(), "utf-8")
        half.replace(kept)
        return answer

    def _kept(self, text: str) -> Path:
        told = "\n".join((self.name, self.url or "", _PROMPT, INSTRUCTIONS, text))
        return self.cache / f"{hashlib.sha256(told.encode()).hexdigest()[:40]}.json"

    def knows(self, article: Article) -> bool:
        """True if all that would be asked about an article has been answered before."""
        return all(self._kept(p.of(article.prose)).is_file() for p in _parts(article.prose))


def language_reader(name: str, url: str | None = None, cache: Path | None = None) -> LanguageReader:
    """The reader for a model such as ``openai:gpt-5-mini``, ``anthropic:NAME`` or ``ollama:NAME``.

    ``url`` is the address of any server that speaks the protocol of the provider.

    Raises:
        MiningError: if the provider is not known.
        MissingExtraError: if the library is not installed.

    """
    provider, _, model = name.partition(":")
    if provider not in PROVIDERS or not model:
        raise MiningError(
            f"model {name!r} is not PROVIDER:NAME with a provider of {', '.join(PROVIDERS)}"
        )
    try:
        import pydantic_ai  # noqa: F401
    except ImportError:
        raise MissingExtraError(
            "language models", "pydantic-ai-slim[openai,anthropic]", "llm"
        ) from None
    return LanguageReader(name, url, cache or cache_folder())


def _parts(prose: str) -> Iterator[Span]:
    """The prose in parts of whole paragraphs."""
    start = 0
    while start < len(prose):
        end = len(prose)
        if end - start > _PART:
            cut = prose.rfind("\n\n", start + 1, start + _PART)
            end = cut if cut > start else start + _PART
        yield Span(start, end)
        start = end


def _find(quote: str, prose: str, part: Span) -> Span | None:
    """Where a quotation stands, whatever its white space and the shape of its quotation marks."""
    words = re.split(r"\s+", quote.strip())
    if not any(words):
        return None
    pattern = r"\s+".join(_loose(word) for word in words)
    match = re.compile(pattern).search(prose, part.start, part.end)
    return Span(match.start(), match.end()) if match else None


def _loose(word: str) -> str:
    shaped = re.escape(word)
    shaped = re.sub(r"[\"“”„«»]", '["“”„«»]', shaped)
    return re.sub(r"['‘’]", "['‘’]", shaped)


def _claim(given: GivenClaim, span: Span, found: Sequence[Sentence]) -> MinedClaim:
    at = next((n for n, s in enumerate(found) if s.span.end > span.start), len(found) - 1)
    # a claim is anchored in one sentence: what runs on is cut
    span = Span(span.start, min(span.end, found[at].span.end))
    holder = given.holder if given.status == "reported" else None
    status = Status(given.status) if given.status != "reported" or holder else Status.ASSERTED
    said = Utterance(span, at, found[at].paragraph, holder, status, "language model")
    return MinedClaim(said, given.claim, given.confidence)


def _relations(answer: Answer, numbers: dict[int, int]) -> Iterator[MinedRelation]:
    kinds: tuple[tuple[Literal["supports", "attacks"], RelationKind], ...] = (
        ("supports", RelationKind.SUPPORT),
        ("attacks", RelationKind.ATTACK),
    )
    for number, given in enumerate(answer.claims):
        for name, kind in kinds:
            for target in dict.fromkeys(getattr(given, name)):
                if number in numbers and target in numbers and target != number:
                    yield MinedRelation(
                        kind, numbers[number], numbers[target], round(given.confidence, 3)
                    )


def estimate(reader: LanguageReader, articles: Sequence[Article]) -> Estimate:
    """What asking about some articles would take: a token is about four characters of English."""
    new = [article for article in articles if not reader.knows(article)]
    parts = [part for article in new for part in _parts(article.prose)]
    tokens_in = sum((p.end - p.start + len(INSTRUCTIONS)) // 4 + 400 for p in parts)
    tokens_out = sum((p.end - p.start) // 4 for p in parts)
    return Estimate(
        len(articles), len(articles) - len(new), tokens_in, tokens_out,
        _dollars(reader.name, tokens_in, tokens_out),
    )  # fmt: skip


def _dollars(name: str, tokens_in: int, tokens_out: int) -> float | None:
    """The price by the list that the library carries; nothing for a model that is not on it."""
    from genai_prices import Usage, calc_price

    provider, _, model = name.partition(":")
    try:
        usage = Usage(input_tokens=tokens_in, output_tokens=tokens_out)
        return float(calc_price(usage, model, provider_id=provider).total_price)
    except LookupError:
        return None
