"""The weights of a shipped model as a network to go on training from.

A shipped model is int8; its weights come back as numbers that differ from those that were trained
by at most half a step of their scale, which training on evens out.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

__all__ = ["restored"]

_KIND = "_quantized"


def restored(folder: Path) -> dict[str, torch.Tensor]:
    """The weights in the ``model.onnx`` of a folder, under the names that they were trained with.

    The matrices of linear layers lose their names on export, so each takes that of the bias which
    is added to what it gives.
    """
    graph = onnx.load(folder / "model.onnx").graph
    values = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    weights = {name: value for name, value in values.items() if name.endswith((".weight", ".bias"))}
    readers: dict[str, list[onnx.NodeProto]] = {}
    for node in graph.node:
        for name in node.input:
            readers.setdefault(name, []).append(node)
    for name in values:
        if not name.endswith(_KIND):
            continue
        stem = name.removesuffix(_KIND)
        whole = _whole(values, stem)
        if stem.endswith(".weight"):
            weights[stem] = whole
        else:
            weights[_bias(name, readers, values).replace(".bias", ".weight")] = whole.T
    return {name: torch.tensor(np.array(value)) for name, value in weights.items()}


def _whole(values: dict[str, NDArray[np.float32]], stem: str) -> NDArray[np.float32]:
    small = values[f"{stem}{_KIND}"].astype(np.float32)
    zero = values[f"{stem}_zero_point"].astype(np.float32)
    found: NDArray[np.float32] = (small - zero) * values[f"{stem}_scale"]
    return found


def _bias(
    name: str, readers: dict[str, list[onnx.NodeProto]], values: dict[str, NDArray[np.float32]]
) -> str:
    """The name of the first bias that is met on the way from a matrix to what is made of it."""
    ahead = [name]
    for output in ahead:
        for node in readers.get(output, ()):
            if node.op_type == "Add":
                for other in node.input:
                    if other in values and other.endswith(".bias"):
                        return other
            ahead += node.output
    raise ValueError(f"no bias is added to what {name} gives")
