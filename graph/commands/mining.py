"""Commands on texts that nobody has annotated: mine, evaluate."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import MiningError
from ..show import print_table, progress

if TYPE_CHECKING:
    from ..mining.draft import Draft
    from ..mining.mine import Reader
    from ..mining.parts import Article
    from ..model import Debate

__all__ = [
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
    made = draft(
        texts, out, title=title, model=model, model_url=model_url, pair_model=pair_model,
        workers=workers, scheduler=scheduler, yes=yes,
    )  # fmt: skip
    _tell(made)
    typer.echo(f"Finish the draft: {out / 'debate.argdown'}")


def draft(
    texts: Sequence[Path],
    out: Path,
    *,
    title: str | None = None,
    model: str | None = None,
    model_url: str | None = None,
    pair_model: str | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    yes: bool = False,
) -> Draft:
    """The draft that is mined from texts, after it was written to a folder.

    Raises:
        SicetnonError: if no text can be read, or the folder holds a debate that was not mined.

    """
    from ..files import write_files
    from ..mining.draft import redraft

    name = out.resolve().name
    mined = mined_debate(
        texts, name=name if name != "draft" else out.resolve().parent.name, title=title,
        model=model, model_url=model_url, pair_model=pair_model, workers=workers,
        scheduler=scheduler, yes=yes, keep=out / ".read",
    )  # fmt: skip
    made = redraft(out, mined)
    write_files({out / file: text for file, text in made.files.items()})
    return made


def mined_debate(
    texts: Sequence[Path],
    *,
    name: str,
    title: str | None = None,
    model: str | None = None,
    model_url: str | None = None,
    pair_model: str | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    yes: bool = False,
    keep: Path | None = None,
) -> Debate:
    """The debate that is mined from files and folders; what could not be read is told on stderr.

    Raises:
        MiningError: if there is no text, or none of them can be read.

    """
    from ..mining.many import mine_many, texts_in
    from ..mining.mine import join

    paths = texts_in(texts)
    reader, make = _reader(paths, model, model_url, yes)
    pairs = None
    if pair_model is not None:
        from ..mining.pair_models import named_pair_model

        pairs = named_pair_model(pair_model)
    outcomes = []
    with progress(len(paths) + 1) as tell:
        for outcome in mine_many(paths, make, workers=workers, scheduler=scheduler, keep=keep):
            tell(outcome.path.name)
            outcomes.append(outcome)
        outcomes.sort(key=lambda outcome: outcome.number)
        failed = [outcome.error for outcome in outcomes if outcome.error is not None]
        pieces = [outcome.piece for outcome in outcomes if outcome.piece is not None]
        if not pieces:
            first, *more = failed
            raise MiningError(f"{first}{f' (and {len(more)} more)' if more else ''}")
        tell("between the pieces")
        debate = join(pieces, reader, name=name, title=title or name, pairs=pairs)
    for line in failed:
        typer.echo(f"left out: {line}", err=True)
    for piece in pieces:
        for note in piece.notes:
            typer.echo(f"{piece.article.name}: {note}", err=True)
    return debate


def _reader(
    paths: Sequence[Path], model: str | None, url: str | None, yes: bool
) -> tuple[Reader, Callable[[], Reader]]:
    """The reader, and how other processes make the same one."""
    if model is None:
        from ..mining.mine import LocalReader

        return LocalReader(), LocalReader
    from ..mining.language_model import estimate, language_reader, make_language_reader

    reader = language_reader(model, url)
    _ask_first(str(estimate(reader, _readable(paths))), yes)
    return reader, make_language_reader(model, url)


def _ask_first(estimated: str, yes: bool) -> None:
    """Ask a person before anything is paid; without one, only a yes given beforehand will do."""
    typer.echo(estimated, err=True)
    if yes or estimated.startswith("0 of"):
        return
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


class Shown(StrEnum):
    """How the measures are printed."""

    TABLE = "table"
    JSON = "json"


def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="The annotated debate.")],
    predicted: Annotated[
        Path, typer.Argument(metavar="PREDICTED", help="A debate, or texts to be mined for it.")
    ],
    shape: Annotated[Shown, typer.Option("--format", "-f", help="How to print.")] = Shown.TABLE,
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
    from ..mining.evaluate import rows_json

    if is_raw(predicted):
        found = mined_debate([predicted], name="mined", pair_model=pair_model)
    else:
        found = read_debate(predicted)
    rows = compare(read_debate(gold), found)
    if shape is Shown.JSON:
        typer.echo(rows_json(rows))
        return
    print_table(
        ("measure", "precision", "recall", "F1", "right", "found", "there"),
        [
            (
                row.what,
                *(f"{x:.3f}" for x in (row.score.precision, row.score.recall, row.score.f1)),
                *(str(n) for n in (row.score.right, row.score.found, row.score.there)),
            )
            for row in rows
        ],
    )
