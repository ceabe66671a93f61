"""A stream of assessments to a stream of outcomes, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from assurance_core.lab.contender import Compiled, Contender, as_compiled
from assurance_core.model.dates import PartialDate
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError, Fault, nearest
from assurance_core.report.batch_rating import ANY_BODY, BatchRating, RatedBatch
from assurance_core.report.kept_outcomes import KeptOutcomes, text_array
from assurance_core.report.outcome_files import outcomes_schema
from assurance_core.report.outcome_table import (
    AREA,
    OF_ASSESSMENT,
    design_source,
    rated_columns,
    rated_title,
)
from assurance_core.tables.arrow_table import open_stream
from assurance_core.tables.batches import NAMES, NO_NAME, Batch, batch_form, blocks

if TYPE_CHECKING:
    from assurance_core.tables.engines.rater import MakeRater
    from assurance_core.tables.files import ArrowStream


def rate_batches(
    batches: ArrowStream,
    design: RatingDesign | Contender | Compiled,
    *,
    name: str = "table",
    columns: Sequence[str] = (),
    as_of: PartialDate | None = None,
) -> Any:
    """Rate a stream of assessments of any length, a block of rows at a time.

    The outcomes are those that `assurance rate --data FILE` gives for the same rows, in the columns
    that it writes to Parquet, and in the order of the rows. A row with a score that is not known is
    evaluated over every profile that fits: its `certainty` says whether the outcome is certain.
    Only formal assessments are rated. The column `body` may be missing. That one body stands in the
    table twice is not noticed: for that, every name would have to be remembered.

    Args:
        batches: anything with the Arrow PyCapsule interface: a reader of record batches, a
            relation of DuckDB, a data frame. A row for each assessment, with the columns that
            `read_table` reads.
        design: a design; a contender, for scores of another framework; or either compiled.
        name: what errors call the table.
        columns: of the outcomes, by name; all unless given.
        as_of: chooses the framework version in place of an assessment's date.

    Returns:
        A `pyarrow.RecordBatchReader`. The outcomes are worked out while it is read.

    Raises:
        AssuranceError: `missing`, without the extra `arrow`; every fault of the header. While the
            outcomes are read: the faults of the first block that has any, by row and column.
    """
    arrow, stream = open_stream(batches, name)
    rater = BatchRater(design, stream.schema, name=name, columns=columns, as_of=as_of)
    return arrow.RecordBatchReader.from_batches(rater.schema, rater.rate(stream))


def rater_of(
    design: RatingDesign | Contender,
    *,
    columns: Sequence[str] = (),
    as_of: PartialDate | None = None,
) -> MakeRater:
    """Return what makes raters for streams that an engine reads: see `rate_batches`.

    It can be sent to other processes. Each compiles the design for itself.
    """
    return partial(BatchRater, design, columns=tuple(columns), as_of=as_of)


class BatchRater:
    """Rates the batches of one stream, one after the other.

    Attributes:
        schema: of the outcomes.
        coded_schema: the same, with texts as dictionaries.
        notices: what was read as something else.
    """

    def __init__(
        self,
        design: RatingDesign | Contender | Compiled,
        schema: Any,
        *,
        name: str = "table",
        columns: Sequence[str] = (),
        as_of: PartialDate | None = None,
    ) -> None:
        """Prepare for batches of this Arrow schema: see `rate_batches`."""
        compiled = as_compiled(design, as_of)
        contender = compiled.contender
        self._form = batch_form(schema, contender.framework, name)
        self.notices = self._form.notices
        made = rated_columns(contender, _areas(compiled))
        wanted = _wanted(columns, [column.name for column, _ in made])
        made = [one for one in made if one[0].name in wanted]
        self.schema = outcomes_schema(
            rated_title(contender), [design_source(contender)], [column for column, _ in made]
        )
        self.coded_schema = _coded(self.schema)
        self._abouts = KeptOutcomes([one for one in made if one[0].name in OF_ASSESSMENT])
        self._outcomes = KeptOutcomes([one for one in made if one[0].name not in OF_ASSESSMENT])
        self._rating = BatchRating(compiled, self._form, self._abouts, self._outcomes)

    def rate(self, stream: Any) -> Iterator[Any]:
        """Return the outcomes of record batches, block by block."""
        for batch in self.rate_coded(stream):
            yield batch.cast(self.schema)

    def rate_coded(self, stream: Any) -> Iterator[Any]:
        """Return the same with texts as dictionaries, which are smaller and quicker to write."""
        first = 1
        for arrow in blocks(stream):
            batch = Batch.of(self._form, arrow, first)
            rated = self._rating.rate(batch)
            if len(rated.kept):
                yield self._columns(batch, rated)
            first += arrow.num_rows

    def _columns(self, batch: Batch, rated: RatedBatch) -> Any:
        import pyarrow

        made = self._abouts.columns(rated.abouts[rated.kept])
        made |= self._outcomes.columns(rated.outcomes[rated.kept])
        made |= {one: self._area(one, rated) for one in made if one.startswith(AREA)}
        names = {key: batch.names(key, rated.kept) for key in NAMES}
        made |= {key: names[key] for key in NAMES if key in made}
        if "reason" in made:
            made["reason"] = self._reason(rated, names["body"])
        arrays = [made[field.name] for field in self.coded_schema]
        return pyarrow.record_batch(arrays, schema=self.coded_schema)

    def _area(self, column: str, rated: RatedBatch) -> Any:
        """Return the levels of an area; where it is a score itself, that of each row."""
        places, values = self._outcomes.places(column, np.maximum(rated.outcomes, 0))
        for complete in rated.complete:
            for area in complete.rule.published.areas:
                if AREA + area.id == column and area.node in complete.positions:
                    places[complete.rows] = len(values) - 1 + complete.positions[area.node]
                    values += area.scale.ids
        return text_array(*_once(places[rated.kept], values))

    def _reason(self, rated: RatedBatch, bodies: Any) -> Any:
        """Return the reasons, each with the name of its body where it says it."""
        import pyarrow

        places, values = self._outcomes.places("reason", rated.outcomes[rated.kept])
        naming = [isinstance(one, str) and ANY_BODY in one for one in values]
        if not any(naming):
            return text_array(places, values)
        texts = [values[place] for place in places]
        for row in np.flatnonzero(np.array(naming)[places]).tolist():
            body = bodies[row].as_py() or NO_NAME
            texts[row] = str(texts[row]).replace(ANY_BODY, body)
        found = pyarrow.array(texts, pyarrow.string()).dictionary_encode()
        return found.cast(self.coded_schema.field("reason").type)


def _once(places: NDArray[Any], values: Sequence[Any]) -> tuple[NDArray[Any], list[Any]]:
    """Return the same texts with each value once."""
    numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
    by_place = np.array([numbers[value] for value in values], dtype=np.int32)
    return by_place[places], list(numbers)


def _areas(compiled: Compiled) -> dict[str, str]:
    """Return the names of the areas of every framework version, by id."""
    areas: dict[str, str] = {}
    for rule in compiled.every_rule():
        areas |= {area.id: area.name for area in rule.published.areas if area.id not in areas}
    return areas


def _wanted(columns: Sequence[str], known: Sequence[str]) -> Sequence[str]:
    """Return the columns asked for, or all; raise for those that there are not."""
    faults = [
        Fault("unknown-id", "columns", f"'{one}'", "a column of outcomes", nearest(one, known))
        for one in columns
        if one not in known
    ]
    if faults:
        raise AssuranceError(faults)
    return columns or known


def _coded(schema: Any) -> Any:
    """Return a schema with texts as dictionaries, but for names: those are all different."""
    import pyarrow

    coded = pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
    for place, one in enumerate(schema):
        if one.name not in NAMES and one.type == pyarrow.string():
            schema = schema.set(place, one.with_type(coded))
    return schema
