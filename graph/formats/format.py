"""A format: what it is called, which functions read and write it, and what it keeps."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from ..errors import FormatError
from ..model import Debate
from .fitting import fit
from .losses import ALL, Feature, Fitted, Reading, debate_name

__all__ = ["Format", "Written"]


@dataclass(frozen=True, slots=True)
class Written:
    """The texts of a debate in a format, by file name, and what the format cannot hold."""

    files: dict[str, str]
    fitted: Fitted


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, suffixes (the first is used for new files), what it is for and keeps.

    ==========  ==========================================================================
    attribute   what it does
    ==========  ==========================================================================
    ``parser``  bytes and the name of their file to a :class:`Reading`
    ``reader``  a path to a :class:`Reading`, where the file belongs with other files
    ``writer``  a debate to text
    ``files``   a debate and a stem to the texts of several files, by name
    ``keys``    what a JSON file of the format has at its top, in lower case; with ``{`` or ``[``
                where an object or a list must stand there
    ``fitter``  a debate, the features kept and its new name to a :class:`Fitted`, where the
                features alone do not say what is left
    ==========  ==========================================================================
    """

    name: str
    suffixes: tuple[str, ...]
    title: str
    parser: str | None = None
    writer: str | None = None
    keeps: Collection[Feature] = ALL
    reader: str | None = None
    files: str | None = None
    fitter: str | None = None
    keys: tuple[str, ...] = ()
    folder: bool = False

    @property
    def reads(self) -> bool:
        """True if debates can be read from it."""
        return self.parser is not None or self.reader is not None

    @property
    def writes(self) -> bool:
        """True if debates can be written in it."""
        return self.writer is not None or self.files is not None

    def read(self, path: Path) -> Reading:
        """The debate in a file of this format, and what of the file is passed over."""
        if self.reader is not None:
            return cast("Callable[[Path], Reading]", _function(self.reader))(path)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise FormatError(f"{path}: {error.strerror or error}") from None
        return self.parse(data, str(path))

    def parse(self, data: bytes, file: str) -> Reading:
        """The debate in bytes of this format; ``file`` names it, and is named in errors."""
        if self.parser is None:
            why = (
                "needs a file or folder on disk" if self.reader else "can be written, but not read"
            )
            raise FormatError(f"{file}: {self.name} {why}")
        return cast("Callable[[bytes, str], Reading]", _function(self.parser))(data, file)

    def fit(self, debate: Debate, name: str) -> Fitted:
        """The nearest debate that this format holds, and what it lacks."""
        if self.fitter is None:
            return fit(debate, self.keeps, name)
        function = cast(
            "Callable[[Debate, Collection[Feature], str], Fitted]", _function(self.fitter)
        )
        return function(debate, self.keeps, name)

    def write(self, debate: Debate) -> str:
        """The text of the debate in this format, without what the format cannot hold."""
        if self.writer is None:
            raise FormatError(f"{self.name} is several files; name a folder with --out")
        made = self.fit(debate, debate.id).debate if self.reads else debate
        return cast("Callable[[Debate], str]", _function(self.writer))(made)

    def write_all(self, debate: Debate, stem: str) -> Written:
        """The files of the debate in this format, named after ``stem``, and what they lack.

        A format that is read too is given what it can hold, so that the report is exact.
        """
        fitted = self.fit(debate, debate_name(stem))
        given = fitted.debate if self.reads else debate
        if self.files is not None:
            function = cast("Callable[[Debate, str], dict[str, str]]", _function(self.files))
            return Written(function(given, stem), fitted)
        if self.writer is None:
            raise FormatError(f"{self.name} can be read, but not written")
        text = cast("Callable[[Debate], str]", _function(self.writer))(given)
        return Written({f"{stem}{self.suffixes[0]}": text}, fitted)


def _function(where: str) -> Any:
    module, _, name = where.partition(":")
    return getattr(import_module(f".{module}", __package__), name)
