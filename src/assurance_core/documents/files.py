"""Bytes to text: what a file must be before anything reads it."""

from __future__ import annotations

from pathlib import Path as FilePath

from assurance_core.documents.located import at
from assurance_core.model.errors import AssuranceError, Fault

MAX_BYTES = 10_000_000


def read_text(file: FilePath, max_bytes: int = MAX_BYTES, name: str = "") -> str:
    """Return a file's text; raise for a missing, oversized, empty or non-text file.

    Args:
        file: where it is.
        max_bytes: the largest size.
        name: what errors call it, if not by its path.
    """
    return decode(read_bytes(file, max_bytes, name), name or str(file))


def read_bytes(file: FilePath, max_bytes: int = MAX_BYTES, name: str = "") -> bytes:
    """Return what a file holds; raise for one that is missing or over the size: see `read_text`."""
    name = name or str(file)
    try:
        with file.open("rb") as stream:
            data = stream.read(max_bytes + 1)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise AssuranceError(
            Fault("file", name, reason, "a file that can be read", "check the path and your rights")
        ) from None
    check_size(len(data), name, max_bytes)
    return data


def decode(data: bytes, name: str) -> str:
    """Return bytes as text in UTF-8 (a byte order mark is dropped); raise if they are not."""
    start = data.find(b"\0")
    text = ""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = error.start if start < 0 else min(start, error.start)
    if start >= 0:
        line = data.count(b"\n", 0, start) + 1
        raise AssuranceError(
            Fault(
                "bad-encoding",
                at(name, (line, start - data.rfind(b"\n", 0, start))),
                f"a byte that is not text (0x{data[start]:02X})",
                "text in UTF-8",
                "save the file as UTF-8 text; a file of another program, such as Excel or Word,"
                " has to be exported as text",
            )
        )
    if not text.strip():
        raise AssuranceError(
            Fault("missing", name, "an empty file", "a document", "write one: `assurance new`")
        )
    return text


def check_size(size: int, name: str, largest: int) -> None:
    """Raise `too-large` for a text of more than the largest size."""
    if size > largest:
        raise AssuranceError(
            Fault(
                "too-large",
                name,
                f"more than {largest:,} bytes",
                f"at most {largest:,} bytes",
                "check that this is the right file, or split it",
            )
        )
