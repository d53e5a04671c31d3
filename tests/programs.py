"""Other programs that the tests drive; one that is missing fails the test by name."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ARGDOWN = ROOT / ".tools" / "node_modules" / ".bin" / "argdown"
#: The Python of the environment that holds arguebuf, which needs older libraries than ours.
ARGUEBUF = ROOT / ".tools" / "arguebuf" / "bin" / "python"


def run(*command: str | Path, cwd: Path | None = None) -> str:
    """What a program prints; it must exist and succeed."""
    name = str(command[0])
    if shutil.which(name) is None:
        pytest.fail(f"{Path(name).name} is missing; run: make test (it installs what tests need)")
    tools = Path(sys.executable).parent  # Node.js comes with the development dependencies
    env = {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}"}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=env,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr
