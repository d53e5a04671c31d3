"""The schema that a language model fills; it needs the extra ``llm``."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

__all__ = ["Answer", "GivenClaim"]


class GivenClaim(BaseModel):
    """One claim as a language model gives it."""

    quote: str = Field(min_length=1)
    claim: str = Field(min_length=1)
    holder: str | None = None
    status: Literal["asserted", "conceded", "reported"] = "asserted"
    supports: list[int] = []
    attacks: list[int] = []
    confidence: float = Field(default=0.8, ge=0, le=1)


class Answer(BaseModel):
    """All the claims of one part of an article."""

    claims: list[GivenClaim]
