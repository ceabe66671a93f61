"""What an engine is given to rate with, and how it hands on what went wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.tables.arrow_table import unreadable


class Rater(Protocol):
    """Rates the batches of one stream: see `assurance_core.report.outcome_batches.BatchRater`.

    Attributes:
        schema: of the outcomes.
        coded_schema: the same, with texts as dictionaries.
        notices: what was read as something else.
    """

    schema: Any
    coded_schema: Any
    notices: tuple[str, ...]

    def rate(self, stream: Any) -> Iterator[Any]:
        """Return the outcomes of record batches."""

    def rate_coded(self, stream: Any) -> Iterator[Any]:
        """Return the same, with texts as dictionaries."""


class MakeRater(Protocol):
    """Makes a rater for a stream; it can be sent to another process."""

    def __call__(self, schema: Any, *, name: str) -> Rater:
        """Return a rater.

        Args:
            schema: of the stream, in Arrow.
            name: what errors call the table.
        """


def not_opened(name: str, error: Exception) -> AssuranceError:
    """Return the error for a file that an engine cannot open."""
    return unreadable(name, error, "a Parquet or CSV file")


def not_finished(name: str, error: Exception) -> AssuranceError:
    """Return the error for a table that an engine could not bring to its end."""
    words = str(error).strip().splitlines() or [type(error).__name__]
    remedy = "check that the file is whole, and that there is room on the disk"
    expected = "a table that can be read, and room for its outcomes"
    return AssuranceError(Fault("file", name, words[0], expected, remedy))


class Watched:
    """Outcomes on their way through an engine that would hide what their reader raises.

    Attributes:
        error: what was raised, if anything was.
    """

    def __init__(self, batches: Iterator[Any]) -> None:
        self._batches = batches
        self.error: AssuranceError | None = None

    def __iter__(self) -> Iterator[Any]:
        """Return the batches, and remember an error."""
        try:
            yield from self._batches
        except AssuranceError as error:
            self.error = error
            raise
