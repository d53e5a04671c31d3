"""GraphML with typed edges (Brandes et al. 2002), through networkx; reads back what it writes."""

from __future__ import annotations

from io import BytesIO

import defusedxml.ElementTree
import networkx as nx

from ..errors import FormatError
from ..model import Debate
from ..network import from_flat, from_networkx, to_flat, to_networkx
from .losses import Reading

__all__ = ["parse_graphml", "write_graphml"]


def write_graphml(debate: Debate) -> str:
    """The debate as GraphML: kinds of node and edge, texts and holders are attributes."""
    out = BytesIO()
    nx.write_graphml(to_flat(to_networkx(debate)), out, encoding="utf-8", named_key_ids=True)
    return out.getvalue().decode("utf-8") + "\n"


def parse_graphml(data: bytes, file: str) -> Reading:
    """The debate in GraphML that has the attributes which :func:`write_graphml` writes.

    Raises:
        FormatError: if it is no GraphML, refers to entities, or lacks those attributes.

    """
    try:
        defusedxml.ElementTree.fromstring(data)  # refuses entities before networkx parses the file
        flat = nx.read_graphml(BytesIO(data), force_multigraph=True)
    except Exception as error:  # networkx and expat raise many types for a broken file
        raise FormatError(f"{file}: no readable GraphML ({error})") from None
    return Reading(from_networkx(from_flat(flat)))
