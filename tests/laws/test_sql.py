"""A statement for databases says what the engine says: on drawn designs, in SQLite."""

from hypothesis import given

from assurance_core.model.design import RatingDesign
from assurance_core.testing import strategies
from tests import sql
from tests.support import compiled


@given(strategies.designs())
def test_a_database_rates_every_profile_as_the_engine_does(design: RatingDesign) -> None:
    """Level, score, limiters, advice, reasons and consequences; then with scores left out."""
    rule = compiled(design)
    for columns in (sql.profiles(rule, 300), sql.with_absences(rule, 60)):
        assert {} == sql.differences(sql.in_sqlite(rule, columns), sql.expected(rule, columns))
