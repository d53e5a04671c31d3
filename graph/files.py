"""Writing files so that a kill leaves the old ones whole."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from pathlib import Path

from .errors import FormatError

__all__ = ["write_files"]


def write_files(texts: Mapping[Path, str]) -> None:
    """Write all the files as UTF-8, or none: each under a temporary name first, then renamed.

    Raises:
        FormatError: naming the file that cannot be written; no file has changed then.

    """
    with ExitStack() as stack:
        ready: list[tuple[str, Path]] = []
        for path, text in texts.items():
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                if path.is_dir():
                    raise IsADirectoryError(21, "is a folder")
                handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
                stack.callback(_remove, name)
                with open(handle, "w", encoding="utf-8", newline="") as file:  # noqa: PTH123
                    file.write(text)
                Path(name).chmod(0o666 & ~_umask())
            except OSError as error:
                raise FormatError(f"{path}: cannot be written ({error.strerror})") from None
            ready.append((name, path))
        for name, path in ready:
            os.replace(name, path)  # noqa: PTH105


def _remove(name: str) -> None:
    with suppress(FileNotFoundError):
        Path(name).unlink()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
