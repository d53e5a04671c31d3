"""Serve a debate or a store: get ready what is served, and run the app under uvicorn."""

from __future__ import annotations

import ipaddress
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
from rdflib.namespace import RDF

from ..build import Loaded, to_store
from ..named_queries import KINDS
from ..store import data_folder
from ..vocab import SCHEMA, SEN
from .app import Served, make_app
from .pool import Limits

__all__ = ["is_loopback", "run", "served_debate", "served_store"]


@contextmanager
def served_debate(loaded: Loaded) -> Iterator[Served]:
    """What is served of one debate, kept in a folder that goes when the server goes."""
    from ..analysis.contradictions import contradictions
    from ..views.map import map_html

    debate = loaded.debate
    page = map_html(debate, contradictions(debate), loaded.passages, loaded.texts)
    with tempfile.TemporaryDirectory(prefix="sicetnon-") as scratch:
        folder = Path(scratch) / "store"
        to_store(debate, folder).close()
        yield served_store(folder, page)


def served_store(folder: Path, page: str | None = None) -> Served:
    """What is served of a store that ``build --store`` made.

    Raises:
        StoreError: if the folder is no store.

    """
    inner = data_folder(folder)
    store = ox.Store.read_only(str(inner))
    bases = sorted(_values(store, SEN.Debate, SEN.base))
    titles = sorted(_values(store, SEN.Debate, SCHEMA.name))
    ids = {kind: sorted(_values(store, of, SEN.id)) for kind, of in KINDS.items()}
    return Served(inner, " | ".join(titles) or folder.name, tuple(bases), ids, page)


def _values(store: ox.Store, kind: str, of: str) -> set[str]:
    """The values of a property of all things of a class."""
    things = store.quads_for_pattern(None, ox.NamedNode(RDF.type), ox.NamedNode(kind))
    return {
        found.object.value
        for thing in things
        for found in store.quads_for_pattern(thing.subject, ox.NamedNode(of), None)
        if isinstance(found.object, ox.Literal)
    }


def is_loopback(host: str) -> bool:
    """True if only this machine can reach the host.

    >>> [is_loopback(host) for host in ("127.0.0.1", "::1", "localhost", "192.168.0.7")]
    [True, True, True, False]
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def run(served: Served, host: str, port: int, limits: Limits) -> None:
    """Serve until somebody stops it."""
    import uvicorn

    uvicorn.run(
        make_app(served, limits), host=host, port=port, log_level="warning", server_header=False,
        timeout_keep_alive=5, limit_concurrency=400, h11_max_incomplete_event_size=1 << 20,
    )  # fmt: skip
