"""What the laboratory says where there is nothing to measure, with the reason."""

from unittest.mock import patch

import pytest
from attrs import evolve

from assurance_core.documents.patches import what_if
from assurance_core.engine.compile import compile_design
from assurance_core.engine.profile import Profile
from assurance_core.engine.rule import CompiledDesign
from assurance_core.lab import shapley
from assurance_core.lab.attribution import attribution
from assurance_core.lab.compare import compare
from assurance_core.lab.contender import Contender, published_rule
from assurance_core.lab.metrics.composite import reference_of, shadow_composite
from assurance_core.lab.metrics.families import metrics_of
from assurance_core.lab.metrics.figure import Figure, Measure, Metric
from assurance_core.lab.metrics.published import published
from assurance_core.lab.metrics.study import Study, prepare
from assurance_core.lab.neighbours import Neighbours, all_neighbours
from assurance_core.lab.published import reproduce
from assurance_core.lab.sampled import sample
from assurance_core.lab.scorecard import scorecard
from assurance_core.lab.shapley import settling_shares
from assurance_core.lab.single_steps import profile_for, witness_of_step
from assurance_core.lab.space import space_of
from assurance_core.lab.sweep import Objective, sweep
from assurance_core.lab.warnings import warnings_of
from assurance_core.model.assessment import NOT_KNOWN, Absence, Assessment, Body, Published, Score
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError
from assurance_core.model.patch import Edit, Patch
from assurance_core.plugins import Registry
from tests.lab.documents import Tree, design, framework, provider, scale, small_tree
from tests.lab.four_rules import CAP, councils, four_rules
from tests.lab.test_sampled import tangled

__all__ = ["councils", "four_rules"]
TOO_LARGE = "the space is too large for one tensor, and its judgements share inputs"


def assessed(**scores: str) -> Assessment:
    return Assessment("demo", Body("Somewhere"), {key: Score(one) for key, one in scores.items()})


def studied(of: RatingDesign, *assessments: Assessment) -> Study:
    return prepare(Contender(of), assessments, compile_design(of), 1)


def on_two_levels(word: RatingDesign) -> RatingDesign:
    """Return a design of the same framework that gives a score where the other gives a word."""
    (scores,) = {one.scale.id for one in word.framework.versions[-1].statements}
    overall = word.judgements["overall"]
    step = evolve(overall.steps[0], kind="minimum", settings={}, id="minimum")
    lowest = evolve(overall, scale=scores, steps=(step,))
    return evolve(word, id="demo/lowest", judgements={"overall": lowest})


def no_headline(word: RatingDesign) -> RatingDesign:
    publishes = evolve(word.publishes, headline=None, no_headline="only a number", score="overall")
    return evolve(word, id="demo/score", publishes=publishes)


# Designs that cannot be held against each other.


def test_attribution_needs_headlines_on_the_same_levels(
    four_rules: dict[str, RatingDesign],
) -> None:
    word = four_rules["plain word"]
    edit = Edit("set", "overall.band.good", 60)
    with pytest.raises(AssuranceError) as without:
        attribution(no_headline(word), [Patch((edit,))], ())
    assert (
        "error[no-choice]: demo/score\n"
        "  found:    a design without a headline\n"
        "  expected: designs with a headline\n"
        "  do:       compare the two designs instead"
    ) == str(without.value)
    publishes = {"no_headline": "only a number", "score": "overall", "areas": "none"}
    gone = Edit("set", "publishes", publishes)
    with pytest.raises(AssuranceError) as other:
        attribution(word, [Patch((gone,))], ())
    (fault,) = other.value.faults
    assert ("no-choice", "a headline on other levels, or none") == (fault.code, fault.found)


def test_edits_that_only_work_together_cannot_be_told_apart(
    four_rules: dict[str, RatingDesign],
) -> None:
    """The first alone names no input, and the second has nothing to change."""
    broken = {"cap": {**CAP["cap"], "when": {"any": "nothing", "at_most": "1"}}, "id": "any_one"}
    edits = (
        Edit("insert", "overall.band", broken, "after"),
        Edit("set", "overall.any_one.when.any", "all"),
    )
    seen: list[tuple[int, int]] = []
    with pytest.raises(AssuranceError) as caught:
        attribution(
            four_rules["plain word"], [Patch(edits)], (), progress=lambda *one: seen.append(one)
        )
    assert (
        "error[conflict]: edits\n"
        "  found:    no order of the edits gives a design at every point\n"
        "  expected: edits that can be made one after the other\n"
        "  do:       take edits that belong together as one, by setting the whole step"
    ) == str(caught.value)
    assert [(1, 3), (2, 3), (3, 3)] == seen


def test_words_of_other_levels_are_not_compared(
    four_rules: dict[str, RatingDesign], councils: tuple[Assessment, ...]
) -> None:
    word = four_rules["plain word"]
    (pair,) = compare([word, on_two_levels(word)], councils).pairs
    levels = "inadequate, requires_improvement, good, outstanding against 1, 2, 3, 4"
    assert f"their levels differ: {levels}" == pair.reason
    assert "Pair(0, 1: not comparable)" == repr(pair)


# Outcomes that were published under something else.


def test_what_was_published_in_other_words_is_not_compared(
    four_rules: dict[str, RatingDesign], councils: tuple[Assessment, ...]
) -> None:
    lowest = studied(on_two_levels(four_rules["plain word"]), *councils)
    assert "its words are not those that were published" == published(lowest, councils).why_not


def test_an_assessment_that_no_version_reads_is_not_rated_but_stays(
    four_rules: dict[str, RatingDesign], councils: tuple[Assessment, ...]
) -> None:
    word = four_rules["plain word"]
    (first, *_) = councils
    stranger = evolve(first, version="2032", published=Published(headline="good", by=word.id))
    assert published_rule([word])(stranger) is None
    (row,) = reproduce(word, [stranger]).rows
    assert (None, None) == (row.word, row.score)
    assert "2032" in row.result.possible.reason
    card = scorecard([word], [*councils, stranger])
    assert (41, ()) == (card.used, card.other_versions)


# Metrics that do not apply.


@pytest.fixture(scope="module")
def without_space() -> dict[str, Metric]:
    """A design whose space is neither small enough nor falls apart."""
    return {one.id: one for one in scorecard([tangled(7)], ()).designs[0].metrics}


@pytest.mark.parametrize(
    ("metric", "reason"),
    [
        ("M6", TOO_LARGE),
        ("M7", TOO_LARGE),
        ("A1", "the space is too large to be taken apart"),
        ("A4", TOO_LARGE),
    ],
)
def test_a_space_that_is_too_large_to_be_exact(
    without_space: dict[str, Metric], metric: str, reason: str
) -> None:
    assert reason == without_space[metric].reason


def test_the_most_low_scores_of_a_space_that_is_too_large(
    without_space: dict[str, Metric],
) -> None:
    assert {TOO_LARGE} == {row.every.reason for row in without_space["M3"].rows}


def test_a_word_that_no_profile_has_holds_no_low_scores() -> None:
    """Composed, where the tensor would say the same."""
    never: Tree = {"at": "2", "when": {"any": "result", "is": "3"}}
    made = small_tree()
    overall = made.judgements["overall"]
    cap = evolve(overall.steps[1], settings=never, id="never")
    capped = evolve(overall, steps=(*overall.steps, cap))
    made = evolve(made, judgements={**made.judgements, "overall": capped})
    modules = ("assurance_core.lab.space", "assurance_core.lab.metrics.study")
    with patch(f"{modules[0]}.MOST_PROFILES", 1), patch(f"{modules[1]}.MOST_PROFILES", 1):
        study = studied(made)
        (metric,) = metrics_of(study, None, ["M3"])  # type: ignore[arg-type]
    assert study.states is None
    figure = metric.measure("3.lowest").every
    assert (None, "no profile has this word") == (figure.value, figure.reason)


def test_readers_need_a_reference_that_reads_the_same_card(
    four_rules: dict[str, RatingDesign], registry: Registry
) -> None:
    card = studied(registry.design("cqc-la/report-card"))
    assert (
        "no design here turns a percentage of the whole card into a word"
        == shadow_composite(card, None, 1).reason
    )
    reference = reference_of([studied(four_rules["plain word"])])
    assert reference is not None
    nobody = shadow_composite(card, reference, 1).measure().observed
    assert (None, "no assessment is complete") == (nobody.value, nobody.reason)
    scales = {"score": scale("Score", ["1", "2"], "2")}
    other = design(
        framework({"a": "score"}, scales),
        {"overall": {"scale": "demo/score", "inputs": "all", "steps": [{"minimum": {}}]}},
        {"headline": "overall", "areas": "all"},
    )
    assert (
        "the reference design reads other statements"
        == shadow_composite(studied(other), reference, 1).reason
    )


def test_an_absent_score_keeps_an_assessment_out_of_the_study() -> None:
    """The design cannot do without it, or it is not known."""
    absent = evolve(assessed(a="1", b="2"), body=Body("Absent"))
    absent = evolve(absent, scores={**absent.scores, "c": Absence("withheld", "under review")})
    unknown = evolve(absent, body=Body("Unknown"), scores={**absent.scores, "c": NOT_KNOWN})
    study = studied(small_tree(), assessed(a="1", b="2", c="3"), absent, unknown)
    assert ["Somewhere"] == [one.body.name for one in study.observed.assessments]


def test_a_metric_that_applies_has_no_reason_for_not_applying() -> None:
    measure = Measure("", "something", "share", Figure(0.5), Figure(None, reason="nobody"))
    metric = Metric("M1", "Something", None, (measure,))
    assert (True, "") == (metric.applicable, metric.reason)
    with pytest.raises(KeyError, match="M99"):
        scorecard([small_tree()], ()).designs[0].metric("M99")


def test_a_scorecard_says_how_far_it_is() -> None:
    seen: list[tuple[int, int]] = []
    other = evolve(small_tree(), id="demo/other")
    scorecard([small_tree(), other], (), progress=lambda *done: seen.append(done))
    assert [(1, 2), (2, 2)] == seen


# Single steps, spaces, sweeps.


def test_a_design_without_a_headline_has_no_neighbours(
    four_rules: dict[str, RatingDesign], single_word: CompiledDesign
) -> None:
    rule = compile_design(no_headline(four_rules["plain word"]))
    profiles = [Profile((3,) * 9), Profile((4,) * 9)]
    assert (Neighbours((), ()), Neighbours((), ())) == all_neighbours(rule, profiles)
    assert () == all_neighbours(single_word, [])


def test_a_witness_of_what_never_happens_is_not_found() -> None:
    space = space_of(compile_design(small_tree()))
    with pytest.raises(LookupError, match=r"^no step of a gives \(2, 0\)$"):
        witness_of_step(space, "a", 2, 0)
    with patch("assurance_core.lab.space.MOST_PROFILES", 1):
        tree = space_of(compile_design(small_tree()))
    with pytest.raises(LookupError, match=r"^overall is never in state 7$"):
        profile_for(tree, tree.target, 7)


def test_shares_of_a_judgement_with_many_states_are_not_drawn() -> None:
    with patch.object(shapley, "_MOST_STATES", 3):
        assert settling_shares(space_of(compile_design(provider()))) is None


def test_a_sweep_says_how_far_it_is_and_refuses_a_design_that_is_none(
    four_rules: dict[str, RatingDesign],
) -> None:
    word = four_rules["plain word"]
    seen: list[tuple[int, int]] = []
    grid = {"overall.band.good": [60, 63, 65]}
    sweep(word, grid, (), [Objective("M10")], workers=1, progress=lambda *one: seen.append(one))
    assert [(1, 3), (2, 3), (3, 3)] == seen
    broken = what_if(word, {"overall.band.inadequate": 30})
    with pytest.raises(AssuranceError, match="gap"):
        sweep(broken, grid, (), [Objective("M10")], workers=1)


def test_a_measure_of_a_metric_that_does_not_apply_has_its_reason() -> None:
    """No scale has a standard: there is no depth of masking, and no point meets a wish for it."""
    scales = {"score": scale("Score", ["1", "2", "3"], "2")}
    del scales["score"]["good_from"]
    steps: list[Tree] = [{"minimum": {}}, {"cap": {"at": "2", "when": {"any": "a", "is": "1"}}}]
    overall: Tree = {"scale": "demo/score", "inputs": "all", "steps": steps}
    made = design(framework(dict.fromkeys("ab", "score"), scales), {"overall": overall})
    grid = {"overall.cap.at": ["1", "2"]}
    found = sweep(made, grid, (), [Objective("M2", "depth", side="all")], workers=1)
    assert {"its scales do not say which level meets the standard"} == {
        point.figures[0].reason for point in found.points
    }
    assert [False, False] == [point.kept for point in found.points]


def test_warnings_leave_out_what_is_too_large_and_raise_anything_else() -> None:
    rule = compile_design(tangled(7))
    found = warnings_of(rule)
    assert "Warnings('demo/design')" == repr(found)
    assert ["overall"] == [one.id for one in found.not_audited]


def test_the_word_of_a_sample_may_be_a_reason() -> None:
    made = small_tree()
    overall = made.judgements["overall"]
    rows = [{"when": {"any": "c", "is": "1"}, "unknown": "not published"}]
    settings = {"rows": rows, "otherwise": "2"}
    table = evolve(overall.steps[0], kind="table", id="table", settings=settings)
    unknown = evolve(overall, steps=(overall.steps[0], table))
    made = evolve(made, judgements={**made.judgements, "overall": unknown})
    words = dict(sample(compile_design(made), "overall").outcomes)
    assert "not published" == list(words)[-1]
    assert abs(words["not published"] / sum(words.values()) - 1 / 3) < 0.05
