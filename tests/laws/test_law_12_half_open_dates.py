"""Law 12, half-open dates: from (included) to (excluded), compared with their precision."""

import datetime

from hypothesis import assume, given
from hypothesis import strategies as st

from assurance_core.model.dates import PartialDate, Period
from assurance_core.testing import strategies

DAY = datetime.timedelta(days=1)


def _days(date: PartialDate) -> list[PartialDate]:
    count = (date.last - date.first).days + 1
    return [PartialDate.parse((date.first + DAY * n).isoformat()) for n in range(count)]


@given(strategies.periods(), strategies.partial_dates())
def test_an_imprecise_date_is_in_a_period_if_each_of_its_days_is(
    period: Period, date: PartialDate
) -> None:
    """A month or a year is in, out or cannot be told exactly as its days together are."""
    answers = {period.covers(day) for day in _days(date)}
    expected = answers.pop() if len(answers) == 1 else None
    assert expected == period.covers(date)


@given(strategies.partial_dates(), strategies.partial_dates(), strategies.partial_dates())
def test_two_periods_that_meet_share_no_day_and_leave_none_out(
    start: PartialDate, middle: PartialDate, end: PartialDate
) -> None:
    """The day on which one rule ends and the next begins belongs to the next alone."""
    start, middle, end = sorted((start, middle, end), key=lambda one: one.first)
    assume(start.first < middle.first < end.first)
    older, newer = Period(start, middle), Period(middle, end)
    first = PartialDate.parse(middle.first.isoformat())
    eve = PartialDate.parse((middle.first - DAY).isoformat())
    assert (False, True) == (older.covers(first), newer.covers(first))
    assert (True, False) == (older.covers(eve), newer.covers(eve))


@given(strategies.partial_dates(), st.booleans())
def test_an_unknown_bound_decides_nothing(date: PartialDate, at_start: bool) -> None:
    """Where a bound is unknown no date is surely in the period."""
    period = Period(start_unknown=at_start, end_unknown=not at_start)
    assert period.covers(date) is None
