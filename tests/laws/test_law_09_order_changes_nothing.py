"""Law 9, provenance: the order in which things are loaded or listed changes nothing."""

from hypothesis import given
from hypothesis import strategies as st

from assurance_core.model.design import RatingDesign
from assurance_core.plugins import load_plugins, loader
from assurance_core.testing import strategies
from tests.support import compiled, plain, rated


def test_the_order_of_plugins_changes_nothing(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """However the plugins come, the registry is the same, and so is every document in it.

    Each comes first and last once, in either direction: all orders of many plugins are too many.
    """
    found = sorted(loader._installed(), key=lambda one: one.name)
    rotations = [[*found[place:], *found[:place]] for place in range(len(found))]
    assert len(rotations) > 1
    seen = []
    for order in [*rotations, *(one[::-1] for one in rotations)]:
        monkeypatch.setattr(loader, "_installed", lambda order=order: list(order))
        registry = load_plugins()
        seen.append(
            (
                registry.plugins,
                {one: (d.document, d.lineage) for one, d in registry.designs.items()},
                registry.patches,
                registry.crosswalks,
                registry.unavailable,
            )
        )
    assert all(seen[0] == one for one in seen)


@given(strategies.framework_trees(), st.data())
def test_the_order_of_statements_changes_nothing(
    tree: strategies.Tree, data: st.DataObject
) -> None:
    """A profile given by name is rated the same however the framework lists its statements."""
    framework = strategies.framework_of(tree)
    design_tree = data.draw(strategies.design_trees(framework))
    version = tree["versions"][0]
    turned = {**version}
    if "themes" in version:
        turned["themes"] = [
            {**theme, "statements": theme["statements"][::-1]} for theme in version["themes"][::-1]
        ]
    else:
        turned["statements"] = version["statements"][::-1]
    design: RatingDesign = strategies.design_of(design_tree, framework)
    other = strategies.design_of(
        design_tree, strategies.framework_of({**tree, "versions": [turned]})
    )
    profile = data.draw(strategies.profiles(design))
    one, two = rated(compiled(design), profile), rated(compiled(other), profile)
    assert plain(one) == plain(two)
    assert sorted(one.areas, key=lambda a: a.id) == sorted(two.areas, key=lambda a: a.id)


@given(strategies.designs(), st.data())
def test_the_order_of_a_judgements_inputs_changes_nothing(
    design: RatingDesign, data: st.DataObject
) -> None:
    """Inputs are a set: sums, medians and conditions do not depend on their order."""
    tree = {
        **design.document,
        "judgements": {
            name: {**one, "inputs": one["inputs"][::-1]}
            for name, one in design.document["judgements"].items()
        },
    }
    other = strategies.design_of(tree, design.framework)
    profile = data.draw(strategies.profiles(design))
    # Which of two reasons is given first is the one thing that follows the order.
    one, two = (
        {k: v[0] if v[1:] == (None, None, (), ()) and " " in v[0] else v for k, v in p.items()}
        for p in (plain(rated(compiled(d), profile)) for d in (design, other))
    )
    assert one == two
