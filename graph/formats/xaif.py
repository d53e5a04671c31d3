"""xAIF, the exchange form of AIF that Open Argument Mining tools pass on, both ways.

An object with the graph of :mod:`graph.formats.aif` under ``AIF``, and beside it what an editor
keeps: the text, and where the nodes were drawn. Ids may be numbers, keys lower-case, values null.
"""

from __future__ import annotations

import msgspec

from ..errors import FormatError
from ..model import Debate
from .aif import aif_graph, read_graph
from .json_text import decode_json
from .losses import Loss, Reading, cut

__all__ = ["parse_xaif", "write_xaif"]

_KEPT_BESIDE = {"text": "the text analysed", "ova": "positions of nodes"}


def parse_xaif(data: bytes, file: str) -> Reading:
    """The debate in xAIF, and what of it a debate does not hold.

    Raises:
        FormatError: naming what is not as in xAIF, and where.

    >>> parse_xaif(b'{"aif": {"nodes": [{"nodeid": 1, "type": "I", "text": "a"}], "edges": null}}',
    ...            "x.json").debate.claim("1").text
    'a'

    """
    top = {name.lower(): value for name, value in decode_json(data, file, dict).items()}
    graph = top.get("aif")
    if not isinstance(graph, dict):
        raise FormatError(f"{file}: not xAIF, which has an object under 'AIF'")
    reading = read_graph(graph, file, ".xaif.json")
    beside = [
        Loss(what, 1, cut(str(found)))
        for key, what in _KEPT_BESIDE.items()
        if (found := top.get(key))
    ]
    return Reading(reading.debate, (*reading.losses, *beside))


def write_xaif(debate: Debate) -> str:
    """The debate as xAIF.

    >>> from .argdown import parse_argdown
    >>> text = write_xaif(parse_argdown("[a]: Trams are quiet.", "trams.argdown"))
    >>> parse_xaif(text.encode(), "trams.xaif.json").debate.claim("a").text
    'Trams are quiet.'
    """
    graph = aif_graph(debate)
    lists = ("schemefulfillments", "descriptorfulfillments", "cqdescriptorfulfillments")
    whole = {"AIF": {**graph, **{name: [] for name in lists}}, "text": "", "dialog": True}
    return msgspec.json.encode(whole).decode("utf-8") + "\n"
