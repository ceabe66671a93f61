"""Law 4, missing is loud: what an absence does stands in the design; else it is an error."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError
from assurance_core.testing import strategies
from tests.support import compiled


@given(strategies.designs(), st.data())
def test_an_absent_score_that_is_needed_is_an_error_that_names_it(
    design: RatingDesign, data: st.DataObject
) -> None:
    """Each absent input of a judgement with `missing: error` is listed, and no other."""
    rule = compiled(design)
    profile: dict[str, str | None] = dict(data.draw(strategies.profiles(design)))
    statements = [one.id for one in rule.version.statements]
    absent = data.draw(st.lists(st.sampled_from(statements), min_size=1, unique=True))
    profile |= dict.fromkeys(absent)
    needed = {
        name
        for one in design.judgements.values()
        if one.missing == "error"
        for name in one.inputs
        if name in absent
    }
    assessment = strategies.assessment_of(design, profile)
    if not needed:
        assume(all(one.missing != "omit" for one in design.judgements.values()))
        rule.rate_assessment(assessment)
        return
    with pytest.raises(AssuranceError) as caught:
        rule.rate_assessment(assessment)
    assert sorted(f"Somewhere.{one}" for one in needed) == sorted(
        fault.place for fault in caught.value.faults
    )
    assert {"not assessed: no visit"} == {fault.found for fault in caught.value.faults}
