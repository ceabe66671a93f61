"""Works on sheets in LibreOffice as a person does; run by the Python that has LibreOffice's bridge.

    python3 office_session.py PIPE < orders.json

Each order opens a file, enters texts into cells of its first sheet, saves it under other names, and
tells what its sheets hold; all of it but the first is optional. What is told is printed as JSON. A
text is entered by `FormulaLocal`, which takes it as the keyboard does: "3" becomes a number, unless
the cell's format is that of text. (Typing into a window crashes LibreOffice without a screen.) The
order `{"quit": true}` ends LibreOffice.
"""

from __future__ import annotations

import json
import os
import sys
import time
from importlib import import_module
from typing import Any

uno: Any = import_module("uno")

FILTERS = {
    "xlsx": ("Calc MS Excel 2007 XML", ""),
    "ods": ("calc8", ""),
    "xls": ("MS Excel 97", ""),
    "html": ("HTML (StarCalc)", ""),
    "pdf": ("calc_pdf_Export", ""),
    # Commas, quotation marks, UTF-8, from the first row; texts as they are.
    "csv": ("Text - txt - csv (StarCalc)", "44,34,76,1"),
}


def connect(pipe: str) -> Any:
    """Return the desktop of the LibreOffice that listens, or soon will."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    not_yet = uno.getClass("com.sun.star.connection.NoConnectException")
    for _ in range(600):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except not_yet:
            time.sleep(0.1)
        else:
            manager = context.ServiceManager
            return manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    raise SystemExit("LibreOffice does not answer")


def carry_out(desktop: Any, order: dict[str, Any]) -> Any:
    """Do what one order says, and return what it asks for."""
    if "quit" in order:
        return desktop.terminate()
    options = _properties(Hidden=True)
    if order["open"].endswith(".csv"):
        name, how = FILTERS["csv"]
        options += _properties(FilterName=name, FilterOptions=how)
    book = desktop.loadComponentFromURL(order["open"], "_blank", 0, options)
    first = book.getSheets().getByIndex(0)
    for cell, text in order.get("enter", {}).items():
        first.getCellRangeByName(cell).FormulaLocal = text
    for file in order.get("save", ()):
        name, how = FILTERS[file.rpartition(".")[2]]
        book.storeToURL(file, _properties(FilterName=name, FilterOptions=how))
    told = {one: _cells(book, one) for one in book.getSheets().getElementNames()}
    book.close(True)
    return told if order.get("tell") else None


def _properties(**values: Any) -> tuple[Any, ...]:
    kind = uno.getClass("com.sun.star.beans.PropertyValue")
    return tuple(kind(name, 0, value, 0) for name, value in values.items())


def _cells(book: Any, sheet: str) -> list[list[list[str]]]:
    """Return the kind of each cell, what it shows, and what it lets one choose from."""
    found = book.getSheets().getByName(sheet)
    cursor = found.createCursor()
    cursor.gotoEndOfUsedArea(False)
    end = cursor.getRangeAddress()
    rows = []
    for row in range(end.EndRow + 1):
        cells = [found.getCellByPosition(column, row) for column in range(end.EndColumn + 1)]
        rows.append([[one.Type.value, one.String, _choices(one)] for one in cells])
    return rows


def _choices(cell: Any) -> str:
    chosen = cell.Validation
    return str(chosen.getFormula1()) if chosen.Type.value == "LIST" else ""


if __name__ == "__main__":
    found = connect(sys.argv[1])
    json.dump([carry_out(found, order) for order in json.load(sys.stdin)], sys.stdout)
    sys.stdout.flush()
    os._exit(0)  # The bridge may crash while Python takes itself apart.
