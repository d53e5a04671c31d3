"""A cross-encoder of the hub as a pair model: a tiny one, made here, from a hub on loopback."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, pre_tokenizers, processors

from graph.errors import MiningError
from graph.mining.pair_models import named_pair_model
from tests.loopback import loopback

WORDS = ("[PAD]", "[CLS]", "[SEP]", "[UNK]", "trams", "are", "quiet", "not", "never", "buses")

#: The columns of the network: contradiction, entailment, neutral.
LABELS = {"0": "contradiction", "1": "entailment", "2": "neutral"}


def tiny(folder: Path, labels: dict[str, str] = LABELS, network: str = "onnx/model.onnx") -> Path:
    """A cross-encoder that hears only *not* and *never*: each makes a contradiction likelier."""
    (folder / network).parent.mkdir(parents=True, exist_ok=True)
    weights = np.zeros((len(WORDS), 3), np.float32)
    weights[WORDS.index("[CLS]"), 1] = 1.0
    weights[[WORDS.index("not"), WORDS.index("never")], 0] = 3.0
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["rows"]),
        helper.make_node("Cast", ["attention_mask"], ["seen"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["seen", "last"], ["wide"]),
        helper.make_node("Mul", ["rows", "wide"], ["kept"]),
        helper.make_node("ReduceSum", ["kept", "middle"], ["logits"], keepdims=0),
    ]
    inputs, shape = ("input_ids", "attention_mask"), ["pairs", "tokens"]
    graph = helper.make_graph(
        nodes, "tiny",
        [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name in inputs],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["pairs", 3])],
        [
            numpy_helper.from_array(weights, "table"),
            numpy_helper.from_array(np.array([-1]), "last"),
            numpy_helper.from_array(np.array([1]), "middle"),
        ],
    )  # fmt: skip
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(model, folder / network)
    tokenizer = Tokenizer(models.WordLevel({w: n for n, w in enumerate(WORDS)}, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B [SEP]",
        special_tokens=[("[CLS]", 1), ("[SEP]", 2)],
    )  # fmt: skip
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "config.json").write_text(json.dumps({"id2label": labels, "pad_token_id": 0}))
    return folder


def test_labels_are_read_by_their_names(tmp_path: Path) -> None:
    model = named_pair_model(f"hf:{tiny(tmp_path)}")
    quiet = "trams are quiet"
    read = model.read([(quiet, "buses are quiet"), (quiet, "trams are not")])
    assert read.stance.argmax(axis=1).tolist() == [0, 1]
    assert read.stance.sum(axis=1) == pytest.approx([1, 1])
    assert read.sense.tolist() == read.stance.tolist()


def test_what_stands_beside_a_pair_changes_nothing(tmp_path: Path) -> None:
    model = named_pair_model(f"hf:{tiny(tmp_path)}")
    short, long = ("trams", "not quiet"), ("trams are quiet " * 30, "buses are never quiet " * 9)
    both = model.read([long, short, long]).stance
    assert both[1] == pytest.approx(model.read([short]).stance[0])
    assert both[0] == pytest.approx(both[2])


def test_no_pairs_have_an_empty_reading(tmp_path: Path) -> None:
    assert named_pair_model(f"hf:{tiny(tmp_path)}").read([]).stance.shape == (0, 3)


def test_a_network_at_the_top_is_found_too(tmp_path: Path) -> None:
    model = named_pair_model(f"hf:{tiny(tmp_path, network='model.onnx')}")
    assert model.read([("trams", "not")]).stance.argmax() == 1


def test_other_weights_are_another_version(tmp_path: Path) -> None:
    one = named_pair_model(f"hf:{tiny(tmp_path / 'a')}")
    other = tiny(tmp_path / "b")
    network = onnx.load(other / "onnx/model.onnx")
    network.doc_string = "trained once more"
    onnx.save(network, other / "onnx/model.onnx")
    assert one.version != named_pair_model(f"hf:{other}").version


def emptied(folder: Path, name: str, words: str | None) -> Path:
    (folder / name).unlink()
    if words is not None:
        (folder / name).write_text(words)
    return folder


@pytest.mark.parametrize(
    ("name", "words", "told"),
    [
        ("onnx/model.onnx", None, r"holds no onnx/model\.onnx or model\.onnx"),
        ("onnx/model.onnx", "no network", r"cannot be loaded \("),
        ("tokenizer.json", "{}", r"cannot be loaded \("),
        ("config.json", "[", r"cannot be loaded \("),
        ("config.json", '{"id2label": {"0": "yes", "1": "no"}}', "has the labels yes, no; none of"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(
    tmp_path: Path, name: str, words: str | None, told: str
) -> None:
    with pytest.raises(MiningError, match=told) as raised:
        named_pair_model(f"hf:{emptied(tiny(tmp_path), name, words)}")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("name", ["bert", "hf:", "hg:bert"])
def test_a_name_of_another_kind(name: str) -> None:
    with pytest.raises(MiningError, match=r"is not hf:NAME"):
        named_pair_model(name)


@contextmanager
def hub(folder: Path, name: str) -> Iterator[str]:
    """A hub on loopback that holds one repository, with what its library asks for."""
    commit = "0123456789abcdef0123456789abcdef01234567"
    paths = [path for path in folder.rglob("*") if path.is_file()]
    there = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            if path in (f"/api/models/{name}/revision/main", f"/api/models/{name}"):
                files = [{"rfilename": file, "size": len(raw)} for file, raw in there.items()]
                self._send(200, json.dumps({"id": name, "sha": commit, "siblings": files}).encode())
            elif path.startswith(f"/api/models/{name}/tree/"):
                rows = [
                    {"type": "file", "path": file, "size": len(raw), "oid": commit}
                    for file, raw in there.items()
                ]
                self._send(200, json.dumps(rows).encode())
            elif (file := path.partition(f"/{name}/resolve/")[2].partition("/")[2]) in there:
                self._send(200, there[file])
            else:
                self._send(404, b"{}")

        do_HEAD = do_GET  # noqa: N815

        def _send(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("X-Repo-Commit", commit)
            self.send_header("ETag", f'"{hashlib.sha256(body).hexdigest()}"')
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    with loopback(Handler) as url:
        yield url


def asked(url: str, home: Path, name: str) -> subprocess.CompletedProcess[str]:
    """``benchmarks.pairs`` with a model of that hub, in a process of its own."""
    pairs = home / "pairs.jsonl"
    row = {"a": "trams are quiet", "b": "trams are not quiet", "label": "attack"}
    pairs.write_text(json.dumps(row) + "\n")
    environment = {"HF_ENDPOINT": url, "HF_HOME": str(home), "HF_HUB_DISABLE_XET": "1"}
    return subprocess.run(
        [sys.executable, "-m", "benchmarks.pairs", str(pairs), "--model", f"hf:{name}"],
        capture_output=True, text=True, env=environment, check=False,
    )  # fmt: skip


def test_a_model_is_fetched_from_the_hub_once(tmp_path: Path) -> None:
    repository = tiny(tmp_path / "repository")
    (repository / "code.py").write_text("raise SystemExit('never run')")
    with hub(repository, "people/tiny-nli") as url:
        first = asked(url, tmp_path, "people/tiny-nli")
    assert first.returncode == 0, first.stderr
    assert "pair model people/tiny-nli" in first.stdout
    assert "macro-F1 1.0000" in first.stdout
    assert not list(tmp_path.rglob("hub/**/code.py"))
    # the hub is gone, and the model is still here
    again = asked(url, tmp_path, "people/tiny-nli")
    assert "macro-F1 1.0000" in again.stdout, again.stderr


def test_a_model_that_the_hub_does_not_have(tmp_path: Path) -> None:
    with hub(tiny(tmp_path / "repository"), "people/tiny-nli") as url:
        told = asked(url, tmp_path, "people/other")
    assert told.returncode == 1
    assert told.stderr.startswith("error: hf:people/other cannot be fetched (")
    assert told.stderr.count("\n") == 1
