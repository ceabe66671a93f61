"""What a packed workbook must be before openpyxl opens it.

A few kilobytes can unpack to gigabytes, and one element can stand for every cell of a sheet, which
openpyxl would make one by one. So sizes are checked first, and then every part is walked once.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from attrs import frozen

from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.tables.beginnings import PACKED, check_beginning

MOST_UNPACKED = 40_000_000
"""Bytes of a workbook's parts: about 100,000 rows with twelve columns each: half a minute."""
_MOST_PARTS = 2_000
_MOST_CELLS_OF_RANGES = 1_000_000
_RANGES = ("mergeCell", "hyperlink")
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")


def check_workbook(content: bytes, name: str) -> None:
    """Raise for what is no workbook, and for one that would take too much to open.

    Raises:
        AssuranceError: `bad-syntax` or `too-large`.
    """
    if not content.startswith(PACKED):
        check_beginning(content, name, "an Excel workbook (.xlsx)")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            _check_sizes(packed, name)
            cells = sum(_cells_of_ranges(part) for part in _xml_parts(packed))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, OverflowError):
        found = "a file that is cut off, damaged or no workbook" if content else "an empty file"
        raise unreadable(name, found) from None
    except (NotImplementedError, RuntimeError):
        # What zipfile raises for a compression that it lacks, and for members with a password.
        raise unreadable(name, "a workbook that is packed in an unusual way") from None
    except (expat.ExpatError, LookupError) as error:
        raise unreadable(name, f"a damaged workbook ({error})") from None
    if cells > _MOST_CELLS_OF_RANGES:
        raise AssuranceError(
            Fault(
                "too-large",
                name,
                f"merged or linked ranges of {cells:,} cells",
                f"at most {_MOST_CELLS_OF_RANGES:,} cells",
                "unmerge them, or save the one sheet as CSV UTF-8",
            )
        )


def unreadable(name: str, found: str) -> AssuranceError:
    """Return the error for a file that cannot be opened as a workbook."""
    remedy = "open it in a spreadsheet program and save it again as .xlsx, without a password"
    return AssuranceError(Fault("bad-syntax", name, found, "an Excel workbook (.xlsx)", remedy))


def _check_sizes(packed: zipfile.ZipFile, name: str) -> None:
    parts = packed.infolist()
    # No part unpacks to more than it states: zipfile stops there.
    unpacked = sum(one.file_size for one in parts)
    if unpacked > MOST_UNPACKED or len(parts) > _MOST_PARTS:
        raise AssuranceError(
            Fault(
                "too-large",
                name,
                f"{unpacked:,} bytes in {len(parts):,} parts, when unpacked",
                f"at most {MOST_UNPACKED:,} bytes in {_MOST_PARTS:,} parts",
                "save the one sheet as CSV UTF-8",
            )
        )
    if "[Content_Types].xml" not in packed.namelist():
        raise unreadable(name, "a packed file that is no workbook")


def _xml_parts(packed: zipfile.ZipFile) -> Iterator[bytes]:
    for name in packed.namelist():
        if name.lower().endswith((".xml", ".rels")):
            yield packed.read(name)


@frozen
class _Corner:
    """One end of a range."""

    row: int
    column: int

    @classmethod
    def of(cls, letters: str, number: str) -> _Corner:
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - 64
        return cls(int(number), column)


def _cells_of_ranges(part: bytes) -> int:
    """Return how many cells the merged and linked ranges of a part have; refuse declarations."""
    cells = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal cells
        if tag.rpartition(":")[2] in _RANGES:
            found = _RANGE.fullmatch(attributes.get("ref", ""))
            if found:
                first, last = _Corner.of(*found.group(1, 2)), _Corner.of(*found.group(3, 4))
                rows = abs(last.row - first.row) + 1
                cells += rows * (abs(last.column - first.column) + 1)

    def refuse(*_: object) -> None:
        raise ValueError("no part of a workbook declares a document type")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(part, True)
    return cells
