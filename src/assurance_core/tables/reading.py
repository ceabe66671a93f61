"""From the cells of a table to assessments: one way, whatever the table comes from."""

from __future__ import annotations

from attrs import frozen

from assurance_core.model.assessment import Assessment
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.model.framework import Framework
from assurance_core.tables.grid import Grid
from assurance_core.tables.header import read_header
from assurance_core.tables.records import records
from assurance_core.tables.rows import RecordReader, Reference


@frozen(repr=False)
class TableAssessments:
    """The assessments of a table, in its order, and what was mended while reading.

    Attributes:
        assessments: one for each body and date.
        notices: what was mended, in words.
    """

    assessments: tuple[Assessment, ...]
    notices: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Return how many there are: the whole value would fill the screen."""
        return f"TableAssessments({len(self.assessments)} assessments)"


def read_grid(
    grid: Grid, framework: Framework, reference: Reference | None = None
) -> TableAssessments:
    """Read a table.

    A wide table has a row for each assessment: `body`, any of the fixed columns, and every
    statement by id, name or alias. A long one has a row for each score: `body`, any of the fixed
    columns, `statement` and `level`. An empty cell means that the score is not known to us. Where
    there is no score, the cell says `not assessed`, `not applicable` or `withheld`, with the reason
    behind a colon: `withheld: a prosecution is under way`.

    Args:
        grid: the table.
        framework: whose statements are scored.
        reference: what the published columns mean.

    Raises:
        AssuranceError: with every fault of the table, by row and column.
    """
    try:
        header = read_header(grid, framework)
    except AssuranceError as error:
        raise AssuranceError((*grid.faults, *error.faults)) from None
    reader = RecordReader(framework, reference or Reference())
    reader.faults += grid.faults
    for record in records(header):
        reader.read(record)
    if reader.faults:
        raise AssuranceError(reader.faults)
    if not reader.assessments:
        found, expected = "no rows below the header", "one row for each body"
        raise AssuranceError(Fault("missing", grid.name, found, expected, "add rows"))
    return TableAssessments(tuple(reader.assessments), (*grid.notices, *header.notices))
