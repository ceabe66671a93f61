"""Files that are written for a long time, and are there whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole(target: Path) -> Iterator[Path]:
    """Give out a name beside a file or folder, which replaces it when all went well.

    Args:
        target: what is to be written.
    """
    folder = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    try:
        made = folder / target.name
        yield made
        if target.is_dir():
            target.rename(folder / "old")
        made.replace(target)
    finally:
        shutil.rmtree(folder)
