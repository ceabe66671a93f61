"""Polars: outcomes as a lazy frame, worked out batch by batch when it is written or collected."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assurance_core.model.errors import AssuranceError
from assurance_core.tables.batches import BLOCK
from assurance_core.tables.engines.rater import MakeRater, Watched, not_finished, not_opened
from assurance_core.tables.extras import import_extra


def rate_file(make: MakeRater, source: Path, target: Path) -> tuple[str, ...]:
    """Rate a file into another: see `assurance_core.tables.engines.arrow.rate_file`."""
    polars = import_extra("polars", "polars", source.name)
    if source.suffix.lower() == ".csv":
        frame = polars.scan_csv(source, infer_schema=False, glob=False)
    else:
        frame = polars.scan_parquet(source, glob=False)
    try:
        frame.collect_schema()
    except (polars.exceptions.PolarsError, OSError) as error:
        raise not_opened(source.name, error) from None
    rated = RatedFrame(make, frame, source.name)
    try:
        rated.frame.sink_parquet(target)
    except Exception as error:  # Polars wraps what a source raises.
        raise rated.error or not_finished(source.name, error) from None
    return rated.notices


class RatedFrame:
    """The outcomes of a lazy frame.

    Attributes:
        frame: the outcomes, as a lazy frame. Nothing is read before it is collected or written.
        notices: what was read as something else.
    """

    def __init__(self, make: MakeRater, frame: Any, name: str = "table") -> None:
        """Prepare to rate a frame.

        Args:
            make: makes the rater.
            frame: a lazy frame with a row for each assessment.
            name: what errors call it.

        Raises:
            AssuranceError: `missing`, without the extra `polars`; the faults of the header.
        """
        polars = import_extra("polars", "polars", name)
        from polars.io.plugins import register_io_source

        self._polars = polars
        self._make = make
        self._given = frame
        self._name = name
        self._watched: Watched | None = None
        schema = frame.collect_schema().to_frame().to_arrow().schema
        rater = make(schema, name=name)
        self.notices = rater.notices
        self.frame = register_io_source(
            self._source, schema=polars.from_arrow(rater.schema.empty_table()).schema
        )

    @property
    def error(self) -> AssuranceError | None:
        """What was found wrong with the table while it was read."""
        return self._watched.error if self._watched else None

    def _source(
        self, columns: list[str] | None, predicate: Any, rows: int | None, size: int | None
    ) -> Iterator[Any]:
        """Return the outcomes as Polars asks for them: some columns, some rows."""
        polars = self._polars
        for batch in self._outcomes():
            frame = polars.from_arrow(batch)
            if columns is not None:
                frame = frame.select(columns)
            if predicate is not None:
                frame = frame.filter(predicate)
            if rows is not None:
                frame = frame.head(rows)
                rows -= frame.height
            yield frame
            if rows == 0:
                return

    def _outcomes(self) -> Iterator[Any]:
        batches = (
            part
            for frame in self._given.collect_batches(chunk_size=BLOCK, maintain_order=True)
            for part in frame.to_arrow().to_batches()
        )
        first = next(batches, None)
        if first is None:
            return
        rater = self._make(first.schema, name=self._name)
        self._watched = Watched(rater.rate(_with(first, batches)))
        yield from self._watched


def _with(first: Any, others: Iterator[Any]) -> Iterator[Any]:
    yield first
    yield from others
