"""Files that are written for a long time, and are there whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_BY_SPARK = "_SUCCESS"
"""The file that Spark leaves in a folder that it has written."""


@contextmanager
def whole(target: Path) -> Iterator[Path]:
    """Give out a name beside a file or folder, which replaces it when all went well.

    Args:
        target: what is to be written.

    Raises:
        OSError: for a device, and for a folder that Spark has not written: neither is replaced.
    """
    if target.is_dir() and not (target / _BY_SPARK).is_file():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if target.exists() and not (target.is_file() or target.is_dir()):
        raise OSError(errno.EINVAL, "is a device or a pipe")
    folder = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    try:
        made = folder / target.name
        yield made
        if target.is_dir():
            target.rename(folder / "old")
        made.replace(target)
    finally:
        shutil.rmtree(folder)
