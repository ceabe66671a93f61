"""A cap never raises a level, a floor never lowers one, advice changes nothing."""

from hypothesis import given
from hypothesis import strategies as st

from assurance_core.documents.patches import what_if
from assurance_core.model.design import RatingDesign
from assurance_core.model.patch import Edit
from assurance_core.testing import strategies
from tests.support import compiled, every_profile, rated


@given(strategies.designs(), st.sampled_from(("cap", "floor", "advise")), st.data())
def test_a_limiter_moves_a_level_one_way_only(
    design: RatingDesign, kind: str, data: st.DataObject
) -> None:
    """Whatever its level and its condition, a limiter at the end moves no profile the other way."""
    judgement = design.judgements["overall"]
    scale = design.framework.scale(judgement.scale)
    assert scale is not None
    inputs = {name: one for name, one in strategies.leaves_of(design).items() if "." not in name}
    inputs = {name: one for name, one in inputs.items() if name in judgement.inputs}
    when = data.draw(
        strategies.conditions(inputs, scale)
        if inputs
        else st.just({"any": "result", "at_least": scale.ids[0]})
    )
    step = {kind: {"at": data.draw(st.sampled_from(scale.ids)), "when": when}, "id": "new"}
    last = f"overall.{judgement.steps[-1].id}"
    rule = compiled(design)
    limited = compiled(what_if(design, [Edit("insert", last, step, "after")]))
    for profile in list(every_profile(rule))[:80]:
        before, after = (
            next(one.level for one in rated(which, profile).judgements if one.id == "overall")
            for which in (rule, limited)
        )
        assert (before is None) == (after is None)
        if before and after:
            move = after.position - before.position
            assert {"cap": move <= 0, "floor": move >= 0, "advise": move == 0}[kind]
