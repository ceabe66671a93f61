"""What plugin authors draw in their own tests: every strategy gives what it says."""

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from assurance_core.documents.patches import what_if
from assurance_core.model.assessment import Absence, NotKnown
from assurance_core.model.design import RatingDesign
from assurance_core.model.framework import Framework
from assurance_core.model.scale import Scale
from assurance_core.testing import strategies
from tests.support import compiled


@given(strategies.scales())
def test_a_scale_has_two_levels_or_more(scale: Scale) -> None:
    assert len(scale) >= 2
    assert sorted(scale.ids) == sorted(set(scale.ids))


@given(strategies.frameworks(2))
def test_a_framework_has_no_more_statements_than_asked_for(framework: Framework) -> None:
    assert len(framework.versions[-1].statements) <= 2


@given(strategies.designs(), st.data())
def test_a_profile_has_a_level_of_every_leaf(design: RatingDesign, data: st.DataObject) -> None:
    profile = data.draw(strategies.profiles(design))
    rule = compiled(design)
    assert {leaf.id for leaf in rule.leaves} == set(profile)
    assert all(profile[leaf.id] in leaf.scale.ids for leaf in rule.leaves)


@given(strategies.designs(), st.data())
def test_an_assessment_has_absences_only_when_asked(
    design: RatingDesign, data: st.DataObject
) -> None:
    absent, unknown = data.draw(st.booleans()), data.draw(st.booleans())
    found = data.draw(strategies.assessments(design, absent=absent, unknown=unknown))
    kinds = {type(cell) for cell in found.scores.values()}
    assert absent or Absence not in kinds
    assert unknown or NotKnown not in kinds


@given(strategies.designs(), st.data())
def test_a_patch_changes_the_design(design: RatingDesign, data: st.DataObject) -> None:
    patch = data.draw(strategies.patches(design))
    assert design.id == patch.applies_to
    assert design.document != what_if(design, patch).document


def test_the_kit_needs_hypothesis_only_for_strategies() -> None:
    """The command imports `assurance_core.testing`, and must run where neither is installed."""
    code = (
        "import sys, assurance_core.testing;"
        "print(sorted({'hypothesis', 'pytest'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "[]\n" == done.stdout
