"""Write a trained network as int8 ONNX with its tokenizer, no larger than it may be shipped."""

from __future__ import annotations

import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

__all__ = ["LIMIT", "export"]

#: A shipped model has no more bytes than this.
LIMIT = 25 * 1024 * 1024


def export(net: nn.Module, outputs: list[str], tokenizer: Path, folder: Path) -> int:
    """The bytes of ``model.onnx``, written beside the tokenizer after its weights became int8.

    Raises:
        ValueError: if the model is over the limit.

    """
    net.eval()
    folder.mkdir(parents=True, exist_ok=True)
    sample = (torch.ones(2, 8, dtype=torch.long),) * 3
    names = ["ids", "mask", "types"]
    axes = {name: {0: "pairs", 1: "tokens"} for name in names}
    axes |= {name: {0: "pairs"} for name in outputs}
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        torch.onnx.export(
            net, sample, str(whole), input_names=names, output_names=outputs,
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        small = Path(scratch) / "small.onnx"
        quantize_dynamic(
            whole, small, weight_type=QuantType.QInt8, per_channel=True,
            op_types_to_quantize=["MatMul", "Gather"],
        )  # fmt: skip
        model = onnx.load(small)
        model.producer_name, model.doc_string = "", ""
        onnx.save(model, folder / "model.onnx")
    (folder / "tokenizer.json").write_text(tokenizer.read_text("utf-8"), "utf-8")
    size = (folder / "model.onnx").stat().st_size
    if size > LIMIT:
        raise ValueError(f"{folder}: {size} bytes are over the limit of {LIMIT}")
    return size
