"""Law 2, pure: compiling and rating read their arguments only, and leave them as they were."""

import copy

from hypothesis import given
from hypothesis import strategies as st

from assurance_core.engine.compile import compile_design
from assurance_core.model.design import RatingDesign
from assurance_core.testing import strategies
from tests.support import columns_of, compiled, explained, rated


@given(strategies.designs(), st.data())
def test_rating_again_gives_the_same(design: RatingDesign, data: st.DataObject) -> None:
    """An outcome depends on nothing that happened before, in this rule or in another."""
    rule, again = compiled(design), compile_design(design)
    profile, other = (data.draw(strategies.profiles(design)) for _ in "ab")
    first = rated(rule, profile)
    explained(rule, other)
    assert first == rated(rule, profile) == rated(again, profile)
    assert explained(rule, profile) == explained(again, profile)


@given(strategies.designs(), st.data())
def test_what_is_given_stays_as_it_is(design: RatingDesign, data: st.DataObject) -> None:
    """Neither the document nor the columns are changed."""
    document = copy.deepcopy(design.document)
    rule = compiled(design)
    columns = columns_of(rule, [data.draw(strategies.profiles(design)) for _ in range(3)])
    before = {name: column.copy() for name, column in columns.items()}
    rule.rate_columns(columns)
    assert document == design.document
    assert {k: v.tolist() for k, v in before.items()} == {k: v.tolist() for k, v in columns.items()}
