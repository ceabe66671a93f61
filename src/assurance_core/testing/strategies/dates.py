"""Draw dates known to the day, month or year, and periods."""

from __future__ import annotations

from hypothesis import strategies as st

from assurance_core.model.dates import PartialDate, Period


def partial_dates() -> st.SearchStrategy[PartialDate]:
    """Draw a date known to the day, the month or the year, in a few years."""
    days = st.dates(PartialDate.parse("2020-01-01").first, PartialDate.parse("2026-12-31").first)
    size = st.sampled_from((4, 7, 10))
    return st.builds(lambda day, size: PartialDate.parse(day.isoformat()[:size]), days, size)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Draw a period; a bound may be open or unknown."""
    two = st.lists(partial_dates(), min_size=2, max_size=2, unique_by=lambda one: one.first)
    start, end = sorted(draw(two), key=lambda one: one.first)
    start_is, end_is = (draw(st.sampled_from(("given", "given", "open", "unknown"))) for _ in "ab")
    return Period(
        start if start_is == "given" else None,
        end if end_is == "given" else None,
        start_unknown=start_is == "unknown",
        end_unknown=end_is == "unknown",
    )
