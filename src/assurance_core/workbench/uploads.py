"""Tables that somebody uploaded: in memory, never on disk, and gone when the workbench stops."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from attrs import frozen

from assurance_core.documents.files import decode
from assurance_core.model.assessment import Assessment
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.model.framework import Framework
from assurance_core.tables.files import WORKBOOKS, read_table_bytes

MOST_BYTES = 10_000_000
MOST_UPLOADS = 8
MOST_ROWS = 5_000
PREFIX = "upload-"


@frozen(eq=False)
class Upload:
    """An uploaded table.

    Attributes:
        id: what addresses call it: made from its content, so that the same file gives the same id.
        name: the file's name.
        framework: whose statements its columns are.
        assessments: in the order of the table.
        notices: what was mended while it was read.
    """

    id: str
    name: str
    framework: str
    assessments: tuple[Assessment, ...]
    notices: tuple[str, ...] = ()


class Uploads:
    """The last few uploads; `dropped` is told the id of each that has to go."""

    def __init__(
        self, most: int = MOST_UPLOADS, dropped: Callable[[str], None] = lambda _: None
    ) -> None:
        self._most = most
        self._dropped = dropped
        self._lock = Lock()
        self._held: OrderedDict[str, Upload] = OrderedDict()

    def add(self, content: bytes, name: str, framework: Framework) -> Upload:
        """Read a table, CSV or a workbook, and hold it; the oldest goes where there are too many.

        Raises:
            AssuranceError: with every fault of the table, by row and column.
        """
        shown = file_name(name)
        if not shown.lower().endswith(WORKBOOKS):
            _check_rows(_rows(decode(content, shown)), shown)
        table = read_table_bytes(content, shown, framework)
        _check_rows(len(table.assessments), shown)
        digest = hashlib.sha256(b"\0".join([framework.id.encode(), shown.encode(), content]))
        upload = Upload(
            PREFIX + digest.hexdigest()[:16], shown, framework.id, table.assessments, table.notices
        )
        with self._lock:
            self._held[upload.id] = upload
            self._held.move_to_end(upload.id)
            over = [self._held.popitem(last=False)[0] for _ in range(len(self._held) - self._most)]
        for one in over:
            self._dropped(one)
        return upload

    def get(self, upload_id: str) -> Upload:
        """Return an upload; raise `unknown-id` where it is held no longer."""
        with self._lock:
            found = self._held.get(upload_id)
        if found is None:
            raise AssuranceError(
                Fault(
                    "unknown-id",
                    "data",
                    f"'{upload_id}', a table that is no longer in memory",
                    "a table that was uploaded since the workbench was started",
                    "upload the table again: the same file gives the same address",
                )
            )
        return found

    def listed(self) -> tuple[Upload, ...]:
        """Return what is held, newest first."""
        with self._lock:
            return tuple(reversed(self._held.values()))


def _rows(text: str) -> int:
    """Count the rows of a table; 0 where it is none: whoever reads it says why."""
    try:
        rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        return sum(any(cell.strip() for cell in row) for row in rows) - 1
    except csv.Error:
        return 0


def _check_rows(rows: int, name: str) -> None:
    if rows > MOST_ROWS:
        raise AssuranceError(
            Fault(
                "too-large",
                name,
                f"{rows:,} rows",
                f"at most {MOST_ROWS:,} rows: a page shows every one of them",
                "compare larger tables by the command line: assurance compare … --data FILE",
            )
        )


def file_name(name: str) -> str:
    """Return the last part of a file's name, for messages; never used to open anything.

    Example:
        >>> file_name("C:\\\\scores\\\\mine.csv"), file_name("../../etc/passwd"), file_name("")
        ('mine.csv', 'passwd', 'table.csv')
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    printable = "".join(letter for letter in last if letter.isprintable())
    return printable[:100].strip() or "table.csv"
