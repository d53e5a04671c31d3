"""A Virtuoso server on loopback for the tests, in a folder of its own."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

__all__ = ["free_port", "virtuoso"]

_SETTINGS = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
TransactionAfterImageLimit = 2000000000
NumberOfBuffers = 40000
MaxDirtyBuffers = 30000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 10
"""


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """The address of a Virtuoso that anybody on this machine may ask and change."""
    for program in ("virtuoso-t", "isql-vt"):
        if shutil.which(program) is None:
            pytest.fail(f"{program} is missing; run: make test (it installs what tests need)")
    sql, http = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(_SETTINGS.format(sql=sql, http=http))
    command = ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"]
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            _grant(sql, server)
            yield f"http://127.0.0.1:{http}"
        finally:
            server.kill()


def _grant(sql: int, server: subprocess.Popen[bytes]) -> None:
    """Let everybody change the data, as soon as the server answers."""
    grant = 'GRANT SPARQL_UPDATE TO "SPARQL";'
    for _ in range(240):
        if server.poll() is not None:
            break
        done = subprocess.run(
            ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", "ERRORS=STDOUT", f"exec={grant}"],
            check=False, capture_output=True, text=True,
        )  # fmt: skip
        if done.returncode == 0 and "Error" not in done.stdout:
            return
        time.sleep(0.25)
    pytest.fail("Virtuoso does not start")
