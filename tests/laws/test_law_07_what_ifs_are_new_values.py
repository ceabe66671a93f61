"""Law 7, what-ifs are new values: a patch makes another design and leaves its parent alone."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assurance_core.documents.patches import what_if
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError
from assurance_core.testing import strategies
from tests.support import compiled, explained


@given(strategies.designs(), st.data())
def test_a_patch_leaves_its_parent_alone(design: RatingDesign, data: st.DataObject) -> None:
    """The parent's document, lineage and outcomes are what they were before the patch."""
    rule = compiled(design)
    profile = data.draw(strategies.profiles(design))
    document, outcome = copy.deepcopy(design.document), explained(rule, profile)
    other = what_if(design, [data.draw(strategies.edits(design))])
    assert document == design.document
    assert document["judgements"] != other.document["judgements"]
    assert ((), 1) == (design.lineage, len(other.lineage))
    assert outcome == explained(compiled(design), profile)


@given(strategies.designs())
def test_an_edit_that_leaves_the_document_as_it_was_is_refused(design: RatingDesign) -> None:
    """Setting a value to what it is already is an error, not a what-if."""
    with pytest.raises(AssuranceError) as caught:
        what_if(design, {"overall.scale": design.judgements["overall"].scale})
    assert ["no-change"] == [fault.code for fault in caught.value.faults]


@given(strategies.designs())
def test_an_edit_that_matches_nothing_is_refused(design: RatingDesign) -> None:
    """A path that leads nowhere is an error."""
    with pytest.raises(AssuranceError) as caught:
        what_if(design, {"overal.scale": "demo/grade"})
    assert ["no-match"] == [fault.code for fault in caught.value.faults]
