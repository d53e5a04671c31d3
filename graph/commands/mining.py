"""Commands on texts that nobody has annotated: mine, evaluate."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import MiningError
from ..show import print_frame, progress
from .options import Shape, ShapeOption

if TYPE_CHECKING:
    from ..mining.draft import Draft
    from ..mining.mine import Reader
    from ..mining.parts import Article
    from ..model import Debate

__all__ = [
    "Choices",
    "ModelOption",
    "ModelUrlOption",
    "PairModelOption",
    "SchedulerOption",
    "WorkersOption",
    "YesOption",
    "draft",
    "evaluate",
    "mine",
]

ModelOption = Annotated[
    str | None,
    typer.Option(
        metavar="PROVIDER:NAME",
        help="A language model to read with, such as openai:NAME, anthropic:NAME or ollama:NAME.",
    ),
]
ModelUrlOption = Annotated[
    str | None, typer.Option(metavar="URL", help="The server of that model, if not the usual one.")
]
PairModelOption = Annotated[
    str | None,
    typer.Option(
        metavar="hf:NAME", help="A cross-encoder of the Hugging Face hub for claims of two pieces."
    ),
]
WorkersOption = Annotated[
    int | None,
    typer.Option(min=1, metavar="N", help="How many processes read. Default: one a core."),
]
SchedulerOption = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="A Dask scheduler whose workers read.")
]
YesOption = Annotated[
    bool, typer.Option("--yes", "-y", help="Do not ask before a language model is paid.")
]


@dataclass(frozen=True, slots=True)
class Choices:
    """How texts are read: with which models, where, and whether a payment is agreed to."""

    model: str | None = None
    model_url: str | None = None
    pair_model: str | None = None
    workers: int | None = None
    scheduler: str | None = None
    yes: bool = False


def mine(
    texts: Annotated[
        list[Path],
        typer.Argument(
            metavar="TEXT...", help="Files (.txt .md .html .pdf), or folders of such files."
        ),
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="FOLDER", help="Where to write the draft.")
    ],
    title: Annotated[str | None, typer.Option(help="The title of the debate.")] = None,
    model: ModelOption = None,
    model_url: ModelUrlOption = None,
    pair_model: PairModelOption = None,
    workers: WorkersOption = None,
    scheduler: SchedulerOption = None,
    yes: YesOption = False,
) -> None:
    """Draft a debate from texts that nobody has annotated; people finish it.

    The draft is a folder of Argdown files. Mining into it again keeps what people changed and says
    what is new.

    \b
    Examples:
      sicetnon mine data/bridge/texts --out bridge
      sicetnon mine one.html two.pdf --out draft --title "A new tram"
      sicetnon mine texts --out draft --model ollama:llama3.1
    """
    chosen = Choices(model, model_url, pair_model, workers, scheduler, yes)
    made = draft(texts, out, chosen, name=out.resolve().name, title=title)
    _tell(made)
    typer.echo(f"Finish the draft: {out / 'debate.argdown'}")


def draft(
    texts: Sequence[Path], out: Path, chosen: Choices, *, name: str, title: str | None = None
) -> Draft:
    """The draft that is mined from texts, after it was written to a folder.

    Raises:
        SicetnonError: if no text can be read, or the folder holds a debate that was not mined.

    """
    from ..files import write_files
    from ..mining.draft import redraft

    mined = mined_debate(texts, chosen, name=name, title=title, keep=out / ".read")
    made = redraft(out, mined)
    write_files({out / file: text for file, text in made.files.items()})
    return made


def mined_debate(
    texts: Sequence[Path],
    chosen: Choices,
    *,
    name: str,
    title: str | None = None,
    keep: Path | None = None,
) -> Debate:
    """The debate that is mined from files and folders; what could not be read is told on stderr.

    Raises:
        MiningError: if there is no text, or none of them can be read.

    """
    from ..mining.many import mine_many, texts_in
    from ..mining.mine import join

    paths = texts_in(texts)
    make = _reader(paths, chosen)
    pairs = None
    if chosen.pair_model is not None:
        from ..mining.pair_models import named_pair_model

        pairs = named_pair_model(chosen.pair_model)
    outcomes = []
    with progress(len(paths) + 1) as tell:
        for outcome in mine_many(
            paths, make, workers=chosen.workers, scheduler=chosen.scheduler, keep=keep
        ):
            tell(outcome.path.name)
            outcomes.append(outcome)
        outcomes.sort(key=lambda outcome: outcome.number)
        failed = [outcome.error for outcome in outcomes if outcome.error is not None]
        pieces = [outcome.piece for outcome in outcomes if outcome.piece is not None]
        if not pieces:
            first, *more = failed
            raise MiningError(f"{first}{f' (and {len(more)} more)' if more else ''}")
        tell("between the pieces")
        debate = join(pieces, make(), name=name, title=title or name, pairs=pairs)
    for line in failed:
        typer.echo(f"left out: {line}", err=True)
    for piece in pieces:
        for note in piece.notes:
            typer.echo(f"{piece.article.name}: {note}", err=True)
    return debate


def _reader(paths: Sequence[Path], chosen: Choices) -> Callable[[], Reader]:
    """What makes the reader, here or in another process, once a payment is agreed to."""
    if chosen.model is None:
        from ..mining.mine import LocalReader

        return LocalReader
    from ..mining.language_model import estimate, language_reader

    make = partial(language_reader, chosen.model, chosen.model_url)
    cost = estimate(make(), _readable(paths))
    typer.echo(str(cost), err=True)
    if cost.kept < cost.articles and not chosen.yes:
        _ask_first()
    return make


def _ask_first() -> None:
    """Ask a person before anything is paid; there must be one."""
    if not sys.stdin.isatty():
        raise MiningError("nobody can be asked whether to go on; say --yes beforehand")
    if not typer.confirm("Go on?", err=True):
        raise typer.Exit(1)


def _readable(paths: Sequence[Path]) -> list[Article]:
    from ..errors import SicetnonError
    from ..mining.articles import read_article

    articles = []
    for path in paths:
        # what cannot be read is told when it is mined
        with suppress(SicetnonError):
            articles.append(read_article(path))
    return articles


def _tell(made: Draft) -> None:
    """What a draft holds and how it differs from the one before."""
    debate = made.debate
    unsure = sum("check" in claim.tags for claim in debate.claims)
    kinds = ("support", "attack", "rephrase", "issue")
    counts = ", ".join(_count(len(debate.parts[kind]), kind) for kind in kinds)
    typer.echo(f"{_count(len(debate.claims), 'claim')} ({unsure} of them to check first), {counts}")
    again = made.gone or made.kept or made.deleted or made.changed
    rows = [
        ("new", made.added),
        ("read differently now", made.changed),
        ("no longer found", made.gone),
        ("changed by a person and kept", made.kept),
        ("taken out by a person and left out", made.deleted),
    ]
    for what, names in rows:
        if names and (again or what != "new"):
            more = f" and {len(names) - 10} more" if len(names) > 10 else ""
            typer.echo(f"  {what}: {', '.join(names[:10])}{more}")


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="The annotated debate.")],
    predicted: Annotated[
        Path, typer.Argument(metavar="PREDICTED", help="A debate, or texts to be mined for it.")
    ],
    shape: ShapeOption = Shape.TABLE,
    pair_model: PairModelOption = None,
) -> None:
    """Compare a mined debate with an annotated one: precision, recall, F1 of all that it holds.

    \b
    Examples:
      sicetnon evaluate data/bridge draft
      sicetnon evaluate data/bridge data/bridge/texts --format json
    """
    from ..build import is_raw
    from ..formats.table import read_debate
    from ..mining.evaluate import evaluate as compare
    from ..mining.evaluate import rows_frame

    if is_raw(predicted):
        found = mined_debate([predicted], Choices(pair_model=pair_model), name="mined")
    else:
        found = read_debate(predicted)
    print_frame(rows_frame(compare(read_debate(gold), found)), shape)
