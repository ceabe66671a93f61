"""What a file is by its first bytes, where that is not what its name says."""

from __future__ import annotations

import re

from attrs import frozen

from assurance_core.model.errors import AssuranceError, Fault

PACKED = b"PK\x03\x04"
"""The start of a workbook from 2007 on, and of every other packed file."""
OLD_OFFICE = bytes.fromhex("D0CF11E0A1B11AE1")
"""The start of a workbook from before 2007, and of one with a password."""
_SAVE = "open it in a spreadsheet program and save it as .xlsx or as CSV UTF-8"


@frozen
class _Kind:
    """What begins in some way, in words, and what to do about it."""

    begins: re.Pattern[bytes]
    found: str
    remedy: str


_KINDS = tuple(
    _Kind(re.compile(pattern, re.IGNORECASE), found, remedy)
    for pattern, found, remedy in (
        (re.escape(PACKED), "a workbook or another packed file", "name a workbook .xlsx"),
        (
            re.escape(OLD_OFFICE),
            "an .xls workbook, or one with a password",
            "open it in a spreadsheet program and save it again as .xlsx, without a password",
        ),
        (rb"PAR1", "a Parquet file", "name it .parquet"),
        (rb"\x1f\x8b", "a file that gzip has compressed", "unpack it first"),
        (rb"%PDF", "a PDF", "ask for the table itself: a PDF cannot be read"),
        (rb"\xff\xfe|\xfe\xff", "text in UTF-16", "save the sheet as CSV UTF-8"),
        (rb"\s*<(!doctype|html|table|\?xml)", "a web page, or XML", _SAVE),
        (rb"\s*[\[{]", "JSON", "write the same as CSV or Parquet"),
    )
)


def check_beginning(content: bytes, name: str, expected: str) -> None:
    """Raise for a file that begins as one of another kind.

    Args:
        content: of the file.
        name: the file's name, for errors.
        expected: what it should be.

    Raises:
        AssuranceError: `bad-syntax`.

    Example:
        >>> check_beginning(b"%PDF-1.7", "scores.csv", "comma-separated values")
        Traceback (most recent call last):
        assurance_core.model.errors.AssuranceError: error[bad-syntax]: scores.csv
          found:    a PDF
          expected: comma-separated values
          do:       ask for the table itself: a PDF cannot be read
    """
    for kind in _KINDS:
        if kind.begins.match(content):
            raise AssuranceError(Fault("bad-syntax", name, kind.found, expected, kind.remedy))
