"""Law 8, everything has a source: no line of a trace and no consequence is without one."""

from hypothesis import given
from hypothesis import strategies as st

from assurance_core.engine.explain import MISSING_POLICY
from assurance_core.model.citation import STATUS_MEANING
from assurance_core.model.design import RatingDesign
from assurance_core.testing import strategies
from tests.support import compiled, explained


@given(strategies.designs(), st.data())
def test_each_line_of_a_trace_cites_the_source_of_its_step(
    design: RatingDesign, data: st.DataObject
) -> None:
    """The trace hands on the citation that the document gives the step, with its status.

    What is done with absent inputs is no step: the line on it is marked as assumed.
    """
    rule = compiled(design)
    outcome = explained(rule, data.draw(strategies.profiles(design)))
    for line in outcome.trace:
        is_policy = line.kind == "missing"
        expected = MISSING_POLICY if is_policy else design.sources["rule-book"]
        assert expected == line.source
        assert line.source.status in STATUS_MEANING
    assert all(one.source == design.sources["rule-book"] for one in outcome.consequences)
