"""The command line of Sic et Non: its commands, and how their errors are told."""

from __future__ import annotations

import sys
from typing import Any

import typer
from typer.core import TyperGroup

from graph.commands import analysis, converting, data, mining, paper, serving
from graph.errors import SicetnonError

__all__ = ["app", "main"]


class _Group(TyperGroup):
    """Turns an error the user can mend into one line and exit status 1."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except SicetnonError as error:
            typer.echo(f"error: {error}", err=True)
            raise typer.Exit(1) from None


app = typer.Typer(
    name="sicetnon",
    cls=_Group,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

#: The commands in the order in which the help lists them.
COMMANDS = (
    ("build", data.build),
    ("check", data.check),
    ("mine", mining.mine),
    ("evaluate", mining.evaluate),
    ("contradictions", analysis.contradictions),
    ("clashes", analysis.clashes),
    ("cruxes", analysis.cruxes),
    ("camps", analysis.camps),
    ("common-ground", analysis.common_ground),
    ("unanswered", analysis.unanswered),
    ("matrix", analysis.matrix),
    ("standing", analysis.standing),
    ("brief", paper.brief),
    ("flow", paper.flow),
    ("query", data.query),
    ("serve", serving.serve),
    ("convert", converting.convert),
    ("export", converting.export),
    ("map", paper.map_),
    ("formats", converting.formats),
    ("queries", data.queries),
)
for name, command in COMMANDS:
    app.command(name)(command)


def main() -> None:
    """Run the command line; a closed pipe ends it quietly."""
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
