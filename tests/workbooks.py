"""Workbooks for tests, as spreadsheet programs write them: made in memory, never kept."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook

Cells = Sequence[Sequence[Any]]


def workbook(*sheets: Mapping[str, Any]) -> bytes:
    """Return a workbook.

    Args:
        sheets: each with `rows`, and any of `name`, `hidden`, `merge` (ranges) and `tables`
            (ranges by name). A cell is text, a number, a truth value, nothing, or a mapping:
            `formula` with `value`, `error`, or `number` or `day` with `shape`, its format.
    """
    data = io.BytesIO()
    shown = False
    with Workbook(data, {"in_memory": True, "strings_to_formulas": False}) as book:
        for number, sheet in enumerate(sheets, 1):
            page = book.add_worksheet(sheet.get("name", f"Sheet{number}"))
            for row, cells in enumerate(sheet["rows"]):
                for column, cell in enumerate(cells):
                    _write(book, page, row, column, cell)
            for merged in sheet.get("merge", ()):
                page.merge_range(merged, "merged")
            for name, cells in sheet.get("tables", {}).items():
                page.add_table(cells, {"name": name, **_headings(sheet["rows"], cells)})
            if sheet.get("hidden"):
                page.hide()
            elif not shown:
                page.activate()
                shown = True
    return data.getvalue()


def _headings(rows: Cells, cells: str) -> dict[str, Any]:
    """Return the headings of a table, which is written over what stands there."""
    found = re.fullmatch(r"([A-Z])(\d+):([A-Z])(\d+)", cells)
    assert found
    first, last = (ord(found.group(one)) - 65 for one in (1, 3))
    head = rows[int(found.group(2)) - 1][first : last + 1]
    return {"columns": [{"header": one} for one in head]}


def _write(book: Any, page: Any, row: int, column: int, cell: Any) -> None:
    if isinstance(cell, Decimal):
        cell = float(cell)
    if not isinstance(cell, Mapping):
        page.write(row, column, cell)
    elif "formula" in cell:
        page.write_formula(row, column, cell["formula"], None, cell.get("value", ""))
    elif "error" in cell:
        page.write_formula(row, column, "=1/0", None, cell["error"])
    elif "day" in cell:
        shape = book.add_format({"num_format": cell["shape"]})
        page.write_datetime(row, column, datetime.fromisoformat(cell["day"]), shape)
    else:
        shape = book.add_format({"num_format": cell["shape"]})
        page.write_number(row, column, float(cell["number"]), shape)


def changed(book: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a workbook with one part changed, as another program might have written it."""
    data = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book)) as old,
        zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        assert part in old.namelist()
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
    return data.getvalue()
