"""What a command prints: a frame as JSON, CSV or Markdown, a table on the terminal, a progress bar.

pandas and Rich are imported where they are used, so that the command line starts quickly.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Bar", "print_frame", "print_table", "progress", "shown"]


def shown(frame: pd.DataFrame, shape: str) -> str:
    r"""The frame as ``json`` (a list of objects), ``csv`` or ``markdown``, newline included.

    Raises:
        ValueError: for any other shape.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"claim": ["a|b"], "weight": [3]})
    >>> print(shown(frame, "markdown"), end="")
    | claim | weight |
    | --- | --- |
    | a\|b | 3 |
    >>> print(shown(frame, "json"), end="")
    [
     {
      "claim": "a|b",
      "weight": 3
     }
    ]

    """
    if shape == "csv":
        from .formats.tables import frame_csv

        return frame_csv(frame)
    if shape == "json":
        rows = json.loads(frame.to_json(orient="records"))
        return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
    if shape == "markdown":
        rows = [list(frame.columns), ["---"] * len(frame.columns), *frame.to_numpy().tolist()]
        return "".join(f"| {' | '.join(map(_cell, row))} |\n" for row in rows)
    raise ValueError(f"unexpected shape {shape!r}")


def _cell(value: object) -> str:
    """A value as a Markdown cell that holds markup as text."""
    if value is None or value != value:
        return ""
    text = " ".join(str(value).split())
    for char in ("\\", "|", "<", "`", "*", "_", "["):
        text = text.replace(char, f"\\{char}")
    return text


def print_frame(frame: pd.DataFrame, shape: str, hide: Sequence[str] = ()) -> None:
    """Print a frame; a ``table`` leaves out the ``hide`` columns, whose values are for programs."""
    if shape != "table":
        sys.stdout.write(shown(frame, shape))
        return
    kept = frame.drop(columns=list(hide))
    rows = kept.astype("object").where(kept.notna(), "").astype(str)
    header = [str(column).replace("_", " ") for column in kept.columns]
    long = [n for n, name in enumerate(header) if name.endswith(("text", "reason"))]
    print_table(header, rows.to_numpy().tolist(), folded=long)


def print_table(
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    folded: Iterable[int] = (),
    *,
    lines: bool = False,
) -> None:
    """Print rows in columns; the ``folded`` columns share the width that the terminal leaves.

    With ``lines``, a rule stands between the rows.
    """
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(soft_wrap=False)
    if not console.is_terminal:
        console = Console(width=160)
    wrapped = set(folded)
    table = Table(box=SIMPLE_HEAD, show_lines=lines, pad_edge=False, header_style="bold")
    for number, name in enumerate(header):
        table.add_column(Text(name), no_wrap=number not in wrapped, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


class Bar:
    """A progress bar: called with the name of each step before it begins."""

    def __init__(self, update: Callable[..., object] | None = None) -> None:
        self._update = update

    def __call__(self, step: str) -> None:
        """Move on to a step."""
        if self._update is not None:
            self._update(advance=1, description=step)

    def parts(self, done: int, of: int) -> None:
        """Tell how much of the step is done."""
        if self._update is not None:
            self._update(description=f"{done} of {of} batches")

    def files(self, done: int, of: int) -> None:
        """Tell how many of the files are done."""
        if self._update is not None:
            self._update(completed=done, total=of, description=f"{done} of {of} files")


@contextmanager
def progress(steps: int) -> Iterator[Bar]:
    """Show a bar on stderr that is moved on by calling it; nothing if this is no terminal."""
    if not (sys.stderr.isatty() and sys.stdout.isatty()):
        yield Bar()
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        yield Bar(partial(bar.update, bar.add_task("", total=steps)))
