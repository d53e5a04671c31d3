"""A server on loopback that speaks the protocols of OpenAI and of Anthropic, by a script."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.loopback import loopback


@dataclass
class Served:
    """What was asked, and what is still to be answered: a list of claims, a status, or raw text."""

    answers: list[Any]
    asked: list[dict[str, Any]] = field(default_factory=list)
    url: str = ""
    root: str = ""


def _completion(request: dict[str, Any], arguments: str) -> dict[str, Any]:
    tools = request.get("tools") or []
    name = tools[0]["function"]["name"] if tools else "final_result"
    call = {"id": "1", "type": "function", "function": {"name": name, "arguments": arguments}}
    message = {"role": "assistant", "content": None, "tool_calls": [call]}
    return {
        "id": "x",
        "object": "chat.completion",
        "created": 1,
        "model": request["model"],
        "choices": [{"index": 0, "message": message, "finish_reason": "tool_calls"}],
        "usage": {"prompt_tokens": 10, "completion_tokens": 10, "total_tokens": 20},
    }


def _message(request: dict[str, Any], arguments: str) -> dict[str, Any]:
    """The same answer in the protocol of Anthropic, whose arguments are always whole JSON."""
    name = request["tools"][0]["name"]
    call = {"type": "tool_use", "id": "1", "name": name, "input": json.loads(arguments)}
    return {
        "id": "x",
        "type": "message",
        "role": "assistant",
        "model": request["model"],
        "content": [call],
        "stop_reason": "tool_use",
        "stop_sequence": None,
        "usage": {"input_tokens": 10, "output_tokens": 10},
    }


@contextmanager
def serving(answers: Sequence[Any]) -> Iterator[Served]:
    """The server while it runs; each request takes the next answer, the last one for ever."""
    served = Served(list(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            request = json.loads(self.rfile.read(length))
            served.asked.append(request)
            answer = served.answers.pop(0) if len(served.answers) > 1 else served.answers[0]
            if isinstance(answer, int):
                self._send(answer, {"error": {"message": "no"}})
            else:
                words = answer if isinstance(answer, str) else json.dumps({"claims": answer})
                made = _message if self.path.endswith("/messages") else _completion
                self._send(200, made(request, words))

        def _send(self, status: int, body: dict[str, Any]) -> None:
            raw = json.dumps(body).encode()
            self.send_response(status)
            if status == 429:
                self.send_header("Retry-After", "0")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_args: object) -> None:
            pass

    with loopback(Handler) as served.root:
        served.url = f"{served.root}/v1"
        yield served
