"""Dates with their precision, and half-open periods."""

from __future__ import annotations

import calendar
import datetime
import re

from attrs import frozen

from assurance_core.model.errors import AssuranceError, Fault

_PATTERN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@frozen(order=False)
class PartialDate:
    """A date known to the day, the month or the year.

    Attributes:
        first: the earliest day it can be.
        last: the latest day it can be.
        text: as written: `2025`, `2025-03` or `2025-03-21`.

    Example:
        >>> date = PartialDate.parse("2025-02")
        >>> date.first.isoformat(), date.last.isoformat()
        ('2025-02-01', '2025-02-28')
    """

    first: datetime.date
    last: datetime.date
    text: str

    @classmethod
    def parse(cls, text: str, place: str = "date") -> PartialDate:
        """Read `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; raise `AssuranceError` for anything else."""
        match = _PATTERN.fullmatch(text)
        try:
            if not match:
                raise ValueError
            year, month, day = (int(part) if part else None for part in match.groups())
            assert year is not None
            first = datetime.date(year, month or 1, day or 1)
            last_month = month or 12
            last_day = day or calendar.monthrange(year, last_month)[1]
            return cls(first, datetime.date(year, last_month, last_day), text)
        except ValueError:
            raise AssuranceError(
                Fault(
                    "bad-date",
                    place,
                    f"'{text}'",
                    "a date that exists, as YYYY, YYYY-MM or YYYY-MM-DD",
                    "write the date as precisely as it is known, such as 2025-03-21 or 2025-03",
                )
            ) from None

    def __str__(self) -> str:
        return self.text


@frozen
class Period:
    """From a day (included) to a day (excluded); either bound may be open or unknown.

    Attributes:
        start: in force from this date on; None is "always was".
        end: no longer in force from this date on; None is "still is".
        start_unknown, end_unknown: the bound exists but is not known to us.
        why: what is known about an unknown bound.
    """

    start: PartialDate | None = None
    end: PartialDate | None = None
    start_unknown: bool = False
    end_unknown: bool = False
    why: str = ""

    def covers(self, date: PartialDate) -> bool | None:
        """Say whether the date lies in the period: yes, no, or None where it cannot be told.

        A bound known to the month or year stands for its first day. A date known to the month
        or year is an interval: if a bound falls inside it, the answer is None.

        Example:
            >>> period = Period(PartialDate.parse("2023-12"), PartialDate.parse("2026-04-01"))
            >>> [period.covers(PartialDate.parse(d)) for d in ("2023-11", "2023-12", "2026")]
            [False, True, None]
        """
        if self.start and date.last < self.start.first:
            return False
        if self.end and date.first >= self.end.first:
            return False
        after_start = not self.start_unknown and (
            self.start is None or date.first >= self.start.first
        )
        before_end = not self.end_unknown and (self.end is None or date.last < self.end.first)
        return True if after_start and before_end else None

    def __str__(self) -> str:
        start = "an unknown date" if self.start_unknown else str(self.start or "the beginning")
        if self.end_unknown:
            return f"from {start} to an unknown date"
        return f"from {start}" + (f" to {self.end} (excluded)" if self.end else "")
