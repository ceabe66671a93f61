"""Tables of one's own: a file by its ending, an upload, or a data frame."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from assurance_core.documents.files import read_bytes
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.model.framework import Framework
from assurance_core.tables.csv_table import csv_grid
from assurance_core.tables.grid import Grid
from assurance_core.tables.reading import TableAssessments, read_grid

WORKBOOKS = (".xlsx", ".xlsm")
PARQUET = (".parquet",)
TABLE_ENDINGS = (".csv", *WORKBOOKS, *PARQUET)
_OTHER_SHEETS = (".xls", ".xlsb", ".ods", ".numbers")


class ArrowStream(Protocol):
    """A table with the Arrow PyCapsule interface: of pandas, Polars, DuckDB, pyarrow and more."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Give the table out as an Arrow stream."""


def read_table_file(file: Path, framework: Framework, sheet: str = "") -> TableAssessments:
    """Return the assessments of a user's file, and what was mended while reading it.

    Args:
        file: CSV, an Excel workbook or Parquet, by its ending; anything else is read as CSV.
        framework: whose statements the columns are.
        sheet: the sheet or table of a workbook; its first sheet unless given.

    Raises:
        AssuranceError: with every fault of the table, by row and column; `missing`, without the
            extra that a form needs.
    """
    return read_table_bytes(read_bytes(file), file.name, framework, sheet)


def read_table_bytes(
    content: bytes, name: str, framework: Framework, sheet: str = ""
) -> TableAssessments:
    """Return the assessments of a file's content: see `read_table_file`."""
    return read_grid(_grid(content, name, sheet), framework)


def read_table(table: ArrowStream, framework: Framework, name: str = "table") -> TableAssessments:
    """Return the assessments of a data frame: anything with the Arrow PyCapsule interface.

    Args:
        table: of pandas, Polars, DuckDB, pyarrow and others.
        framework: whose statements the columns are.
        name: what errors call it.

    Raises:
        AssuranceError: with every fault of the table, by row and column; `missing`, without the
            extra `arrow`.
    """
    from assurance_core.tables.arrow_table import arrow_grid

    return read_grid(arrow_grid(table, name), framework)


def _grid(content: bytes, name: str, sheet: str) -> Grid:
    ending = Path(name).suffix.lower()
    if ending in WORKBOOKS:
        from assurance_core.tables.xlsx_table import xlsx_grid

        return xlsx_grid(content, name, sheet)
    if sheet:
        raise AssuranceError(
            Fault(
                "conflict",
                "--sheet",
                f"'{sheet}', and {name}, which has no sheets",
                "a sheet of an Excel workbook",
                "leave --sheet out",
            )
        )
    if ending in PARQUET:
        from assurance_core.tables.arrow_table import parquet_grid

        return parquet_grid(content, name)
    if ending in _OTHER_SHEETS:
        raise AssuranceError(
            Fault(
                "unknown-format",
                name,
                f"a file that ends in {ending}",
                f"one that ends in {', '.join(TABLE_ENDINGS)}",
                "save the sheet as .xlsx or as CSV UTF-8",
            )
        )
    return csv_grid(content, name)
