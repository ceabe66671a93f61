"""Dates that cannot be read, and periods in words."""

import pytest

from assurance_core.model.dates import PartialDate, Period
from assurance_core.model.errors import AssuranceError


@pytest.mark.parametrize("text", ["2025-13", "2025-02-30", "25-01-01", "2025-1", "", "May 2025"])
def test_what_is_no_date(text: str) -> None:
    """A date exists and is written as YYYY, YYYY-MM or YYYY-MM-DD."""
    with pytest.raises(AssuranceError) as caught:
        PartialDate.parse(text, "--as-of")
    assert (
        "error[bad-date]: --as-of\n"
        f"  found:    '{text}'\n"
        "  expected: a date that exists, as YYYY, YYYY-MM or YYYY-MM-DD\n"
        "  do:       write the date as precisely as it is known, such as 2025-03-21 or 2025-03"
    ) == str(caught.value)


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period(), "from the beginning"),
        (Period(PartialDate.parse("2023-12")), "from 2023-12"),
        (Period(None, PartialDate.parse("2026")), "from the beginning to 2026 (excluded)"),
        (Period(start_unknown=True, end_unknown=True), "from an unknown date to an unknown date"),
    ],
)
def test_periods_in_words(period: Period, words: str) -> None:
    """A period is told with its bounds as they are known."""
    assert words == str(period)
