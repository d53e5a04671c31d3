"""The command that serves a debate to SPARQL clients and browsers."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from ..errors import FormatError, MissingExtraError
from .options import DebateArgument, TextsOption, folder_of

__all__ = ["serve"]


def serve(
    debate: DebateArgument = None,
    store: Annotated[
        str | None,
        typer.Option(metavar="FOLDER", help="Serve a store made by `build --store` instead."),
    ] = None,
    texts: TextsOption = None,
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen at.")] = 8000,
    seconds: Annotated[float, typer.Option(min=0.1, help="How long a query may run.")] = 30.0,
    workers: Annotated[int, typer.Option(min=0, help="Queries at once. 0: one for each core.")] = 0,
    megabytes: Annotated[int, typer.Option(min=1, help="How large an answer may be.")] = 256,
) -> None:
    """Serve a debate: a SPARQL endpoint that only reads, a console, the map, a page for each thing.

    \b
    Examples:
      sicetnon serve data/kosovo
      sicetnon serve --store kosovo.store --port 8080
    """
    try:
        from ..serve.pool import Limits
        from ..serve.run import is_loopback, run, served_debate, served_store
    except ImportError:
        raise MissingExtraError("endpoints", "starlette", "serve") from None
    from ..build import load
    from ..sending import is_url

    if store is not None and is_url(store):
        raise FormatError(f"{store} is a server already; serve a folder made by build --store")
    if store is not None and debate is not None:
        raise FormatError(f"serve the debate {debate} or the store {store}, not both")
    limits = Limits(workers or max(2, os.cpu_count() or 1), seconds, megabytes=megabytes)
    if not is_loopback(host):
        typer.echo(f"warning: {host} can be reached from other machines", err=True)

    shown = f"[{host}]" if ":" in host else host
    typer.echo(f"http://{shown}:{port}/  endpoint /sparql; stop with Ctrl-C", err=True)
    if store is not None:
        run(served_store(Path(store)), host, port, limits)
        return
    with served_debate(load(folder_of(debate), texts)) as served:
        run(served, host, port, limits)
