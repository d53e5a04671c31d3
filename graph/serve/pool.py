"""Workers that answer queries, each within its time, and no more at once than there are workers.

A worker whose query runs over its time, whose client has gone, or that has died is ended and
another is started, so that a hostile query costs its own time and nobody else's.
"""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from .frames import ASK, BEGIN, DATA, END, FAIL, READY, pack, read_async

__all__ = ["Limits", "Pool", "Question", "Refusal", "Reply"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one server may be asked for.

    ``seconds`` a query may run, ``waiting`` queries may wait for a worker and for how many seconds,
    ``megabytes`` an answer may have, ``memory`` megabytes a worker may use, ``body`` bytes a
    request may have.
    """

    workers: int = 2
    seconds: float = 30.0
    waiting: int = 64
    patience: float = 10.0
    megabytes: int = 256
    memory: int = 4096
    body: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Question:
    """A query with the graphs it is asked of, the values of its variables and what is wanted."""

    query: str
    results: str | None
    graphs: str | None
    values: dict[str, str]
    default_graphs: list[str]
    named_graphs: list[str]


class Refusal(Exception):  # noqa: N818
    """Why there is no answer, with the status of HTTP and when to come again, in seconds."""

    def __init__(self, status: int, message: str, again: int | None = None) -> None:
        super().__init__(message)
        self.status, self.message, self.again = status, message, again


@dataclass(frozen=True, slots=True)
class Reply:
    """The media type of an answer, and its bytes piece by piece."""

    media: str
    pieces: AsyncIterator[bytes]


class Pool:
    """The workers of one store. Start it, and stop it when the server goes."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.limits = limits
        self._folder = folder
        self._idle: asyncio.Queue[Process] = asyncio.Queue()
        self._all: set[Process] = set()
        self._waiting = 0
        self._stopped = False
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Start the workers, and wait until they have opened the store."""
        for worker in await asyncio.gather(*(self._begin() for _ in range(self.limits.workers))):
            self._idle.put_nowait(worker)

    async def stop(self) -> None:
        """End all workers, those that are just being started among them."""
        self._stopped = True
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for worker in list(self._all):
            await self._end(worker)

    async def ask(self, question: Question) -> Reply:
        """The answer to a query, from its first byte on.

        Raises:
            Refusal: if the query is refused, takes too long, or too many are waiting.

        """
        deadline = asyncio.get_running_loop().time() + self.limits.seconds
        worker = await self._free()
        try:
            kind, body = await self._first(worker, question, deadline)
        except BaseException:
            self._replace(worker)
            raise
        told = json.loads(body)
        if kind == FAIL:
            self._idle.put_nowait(worker)
            raise Refusal(told["status"], told["message"])
        return Reply(told["type"], self._rest(worker, deadline))

    async def _free(self) -> Process:
        """A worker that has nothing to do."""
        if self._idle.empty() and self._waiting >= self.limits.waiting:
            raise Refusal(503, "too many queries are waiting; come again in a moment", 1)
        self._waiting += 1
        try:
            async with asyncio.timeout(self.limits.patience):
                return await self._idle.get()
        except TimeoutError:
            raise Refusal(503, "the server is busy; come again in a moment", 5) from None
        finally:
            self._waiting -= 1

    async def _first(
        self, worker: Process, question: Question, deadline: float
    ) -> tuple[bytes, bytes]:
        """What the worker says first: that the answer begins, or that there is none."""
        if worker.stdin is None or worker.stdout is None:
            raise Refusal(503, "the worker is gone", 1)
        try:
            async with asyncio.timeout_at(deadline):
                worker.stdin.write(pack(ASK, json.dumps(asdict(question)).encode()))
                await worker.stdin.drain()
                kind, body = await read_async(worker.stdout)
        except TimeoutError:
            told = f"the query took more than {self.limits.seconds:g} seconds and was ended"
            raise Refusal(504, told) from None
        except (asyncio.IncompleteReadError, ConnectionError):
            raise Refusal(
                400, "the query is too much for one process: too deep, or too large for its memory"
            ) from None
        if kind not in (BEGIN, FAIL):
            raise Refusal(503, "the worker is confused", 1)
        return kind, body

    async def _rest(self, worker: Process, deadline: float) -> AsyncIterator[bytes]:
        """The pieces of an answer; an answer that is cut short ends in an error, never quietly."""
        left = self.limits.megabytes * 1_000_000
        whole = False
        try:
            if worker.stdout is None:
                raise Refusal(503, "the worker is gone", 1)
            while True:
                async with asyncio.timeout_at(deadline):
                    kind, body = await read_async(worker.stdout)
                if kind == END:
                    whole = True
                    return
                if kind != DATA:
                    raise Refusal(500, json.loads(body)["message"])
                left -= len(body)
                if left < 0:
                    raise Refusal(500, f"the answer has over {self.limits.megabytes} megabytes")
                yield body
        finally:
            if whole:
                self._idle.put_nowait(worker)
            else:
                self._replace(worker)

    async def _begin(self) -> Process:
        worker = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "graph.serve.worker", str(self._folder), str(self.limits.memory),
            stdin=PIPE, stdout=PIPE, stderr=DEVNULL, limit=1 << 20,
        )  # fmt: skip
        self._all.add(worker)
        if worker.stdout is None or (await read_async(worker.stdout))[0] != READY:
            raise Refusal(503, "no worker could be started")
        return worker

    def _replace(self, worker: Process) -> None:
        """End a worker, and have another take its place as soon as it is ready."""
        task = asyncio.get_running_loop().create_task(self._renew(worker))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _renew(self, worker: Process) -> None:
        await self._end(worker)
        if not self._stopped:
            self._idle.put_nowait(await self._begin())

    async def _end(self, worker: Process) -> None:
        self._all.discard(worker)
        with suppress(ProcessLookupError):
            worker.kill()
        await worker.wait()
