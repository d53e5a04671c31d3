"""Writing files so that a kill leaves the old ones whole."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from pathlib import Path

from .errors import FormatError

__all__ = ["write_files"]


def write_files(contents: Mapping[Path, str | bytes]) -> None:
    """Write all the files, or none: each under a temporary name first, then renamed.

    Text is written as UTF-8, bytes as they are.

    Raises:
        FormatError: naming the file that cannot be written; no file has changed then.

    """
    with ExitStack() as stack:
        ready: list[tuple[str, Path]] = []
        for path, content in contents.items():
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                if path.is_dir():
                    raise IsADirectoryError(21, "is a folder")
                handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
                stack.callback(_remove, name)
                with open(handle, "wb") as file:  # noqa: PTH123
                    file.write(content.encode("utf-8") if isinstance(content, str) else content)
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
