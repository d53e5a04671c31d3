"""GraphML with typed edges (Brandes et al. 2002), through networkx; reads back what it writes."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import defusedxml.ElementTree
import networkx as nx

from ..errors import FormatError
from ..model import Debate
from ..network import from_flat, from_networkx, to_flat, to_networkx

__all__ = ["read_graphml", "write_graphml"]


def write_graphml(debate: Debate) -> str:
    """The debate as GraphML: kinds of node and edge, texts and holders are attributes."""
    out = BytesIO()
    nx.write_graphml(to_flat(to_networkx(debate)), out, encoding="utf-8", named_key_ids=True)
    return out.getvalue().decode("utf-8") + "\n"


def read_graphml(path: Path) -> Debate:
    """The debate in a GraphML file that has the attributes which :func:`write_graphml` writes.

    Raises:
        FormatError: if it is no GraphML, refers to entities, or lacks those attributes.

    """
    try:
        defusedxml.ElementTree.parse(path)  # refuses entities before networkx parses the file
        flat = nx.read_graphml(path, force_multigraph=True)
    except Exception as error:  # networkx and expat raise many types for a broken file
        raise FormatError(f"{path}: no readable GraphML ({error})") from None
    return from_networkx(from_flat(flat))
