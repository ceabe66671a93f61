"""An invented population as a table that any command reads: CSV, a workbook or Parquet.

CSV and Parquet are written block by block, so that a hundred million rows take no more memory than
fifty thousand. Every form says that the bodies do not exist.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from itertools import count, repeat
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from assurance_core.engine.graph import Leaf
from assurance_core.lab.population.fit import Population
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.report.outcome_files import column_dictionary
from assurance_core.report.outcome_table import DataColumn
from assurance_core.report.xlsx import write_book
from assurance_core.tables.extras import import_extra
from assurance_core.tables.grid import MAX_ROWS

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

Blocks = Iterable[NDArray[np.int16]]
_BODY = "Invented body"


@frozen(eq=False)
class PopulationTable:
    """A population that is to be written.

    Attributes:
        population: what it is drawn from.
        size: how many rows it has.
        seed: with which it is drawn.
    """

    population: Population
    size: int
    seed: int

    @property
    def title(self) -> str:
        """What it is, in a line."""
        framework = self.population.framework
        return f"{self.size:,} invented assessments under {framework.name}, seed {self.seed}"

    @property
    def about(self) -> str:
        """What a reader of the file must know."""
        return (
            f"No such body exists. Drawn with seed {self.seed}, spread as"
            f" {self.population.rows} published assessments are: not a national estimate."
        )

    @property
    def columns(self) -> tuple[DataColumn, ...]:
        """Its columns, in order."""
        return (
            DataColumn("body", "text", "An invented name. No such body exists."),
            DataColumn("version", "text", "The version of the framework."),
            *(
                DataColumn(leaf.id, "number" if leaf.scale.numbered else "text", leaf.name)
                for leaf in self.population.leaves
            ),
        )


def body_names(start: int, rows: int) -> list[str]:
    """Return invented names, which do not depend on how many there are in all.

    Example:
        >>> body_names(0, 2), body_names(123_455, 1)
        (['Invented body 00001', 'Invented body 00002'], ['Invented body 123456'])
    """
    return [f"{_BODY} {number:05d}" for number in range(start + 1, start + rows + 1)]


def population_csv(table: PopulationTable, blocks: Blocks) -> Callable[[BinaryIO], None]:
    """Return what writes a population as CSV; its columns are those of a template."""

    def write(stream: BinaryIO) -> None:
        text = io.TextIOWrapper(stream, "utf-8", newline="", write_through=True)
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([one.name for one in table.columns])
        for names, columns in _with_names(table, blocks):
            writer.writerows(zip(names, repeat(table.population.version.id), *columns))
        text.detach()

    return write


def population_metadata(table: PopulationTable, file: str) -> str:
    """Return the data dictionary that goes beside a CSV file of that name."""
    source = str(table.population.framework.provenance)
    return column_dictionary(table.title, table.about, (source,), table.columns, file)


def population_xlsx(table: PopulationTable, blocks: Blocks) -> bytes:
    """Return a population as a workbook.

    Raises:
        AssuranceError: `missing`, without the extra `excel`; `too-large`, for more rows than a
            table may have that is read again.
    """
    if table.size > MAX_ROWS:
        raise AssuranceError(
            Fault(
                "too-large",
                "--size",
                f"{table.size:,} rows for a workbook",
                f"at most {MAX_ROWS:,}",
                "write CSV or Parquet: -o FILE.csv or -o FILE.parquet",
            )
        )

    def fill(book: Workbook) -> None:
        page = book.add_worksheet("Scores")
        page.set_column(0, 0, 24)
        page.set_column(1, len(table.columns) - 1, 14)
        page.freeze_panes(1, 1)
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        page.write_row(0, 0, [one.name for one in table.columns], head)
        rows = count(1)
        for names, columns in _with_names(table, blocks):
            cells: Iterable[tuple[Any, ...]] = zip(
                names, repeat(table.population.version.id), *columns
            )
            for one in cells:
                page.write_row(next(rows), 0, one)
        about = book.add_worksheet("About")
        about.set_column(0, 0, 100, book.add_format({"text_wrap": True}))
        about.write_column(0, 0, [table.title, table.about])

    return write_book(table.title, fill)


def population_parquet(table: PopulationTable, blocks: Blocks) -> Callable[[BinaryIO], None]:
    """Return what writes a population as Parquet, a row group for each block.

    Raises:
        AssuranceError: `missing`, without the extra `arrow`.
    """
    arrow = import_extra("pyarrow", "arrow", "parquet")
    from pyarrow import parquet

    leaves = table.population.leaves
    word = arrow.dictionary(arrow.int16(), arrow.string())
    types = [arrow.string(), word]
    types += [arrow.int16() if leaf.scale.numbered else word for leaf in leaves]
    fields = [
        arrow.field(one.name, kind, metadata={"description": one.description})
        for one, kind in zip(table.columns, types, strict=True)
    ]
    schema = arrow.schema(fields, {"title": table.title, "description": table.about})

    def level(leaf: Leaf, column: NDArray[np.int16]) -> Any:
        words = _words(leaf)
        if leaf.scale.numbered:
            return arrow.array(np.array(words, dtype=np.int16)[column])
        return arrow.DictionaryArray.from_arrays(column, words)

    def write(stream: BinaryIO) -> None:
        start = 0
        version = [table.population.version.id]
        with parquet.ParquetWriter(stream, schema) as writer:
            for block in blocks:
                none = np.zeros(len(block), dtype=np.int16)
                columns = [
                    arrow.array(body_names(start, len(block))),
                    arrow.DictionaryArray.from_arrays(none, version),
                    *(level(*one) for one in zip(leaves, block.T, strict=True)),
                ]
                writer.write_table(arrow.table(columns, schema=schema))
                start += len(block)

    return write


def _words(leaf: Leaf) -> list[Any]:
    """Return levels as they are written into a cell, by position; the first is never used."""
    ids = leaf.scale.ids
    return [0, *map(int, ids)] if leaf.scale.numbered else ["", *ids]


def _with_names(
    table: PopulationTable, blocks: Blocks
) -> Iterator[tuple[list[str], list[list[Any]]]]:
    """Return names and columns of cells, block by block."""
    words = [_words(leaf) for leaf in table.population.leaves]
    start = 0
    for block in blocks:
        columns = [
            [known[position] for position in column]
            for known, column in zip(words, block.T.tolist(), strict=True)
        ]
        yield body_names(start, len(block)), columns
        start += len(block)
