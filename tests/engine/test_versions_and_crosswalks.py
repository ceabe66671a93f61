"""Which version a design is compiled for, how a crosswalk joins in, and names that clash."""

from collections.abc import Callable

import pytest
from attrs import evolve

from assurance_core.engine.choose import assessment_version, version_on
from assurance_core.engine.compile import compile_design
from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.assessment import Assessment, Body
from assurance_core.model.dates import PartialDate
from assurance_core.model.errors import AssuranceError
from assurance_core.plugins import Registry

RuleOf = Callable[[str], CompiledDesign]


def test_a_design_is_compiled_for_the_newest_version_it_reads(registry: Registry) -> None:
    """Unless one is named."""
    design = registry.design("ofsted-ilacs/reconstruction")
    assert ["2026", "2018"] == [
        compile_design(design, version).version.id for version in ("", "2018")
    ]


def test_versions_that_are_none(registry: Registry) -> None:
    """An id that is no version, and one that the design does not read."""
    design = registry.design("ofsted-ilacs/2018")
    with pytest.raises(AssuranceError) as caught:
        compile_design(design, "2081")
    assert (
        "error[unknown-id]: ofsted-ilacs/2018: version\n"
        "  found:    '2081'\n"
        "  expected: a version of ofsted-ilacs\n"
        "  do:       did you mean '2018'?"
    ) == str(caught.value)
    with pytest.raises(AssuranceError) as caught:
        compile_design(design, "2026")
    assert (
        "error[no-choice]: ofsted-ilacs/2018: version\n"
        "  found:    '2026', which the design does not read\n"
        "  expected: one of 2018\n"
        "  do:       choose another design, or another version"
    ) == str(caught.value)


def test_the_version_of_an_assessment(registry: Registry) -> None:
    """As named, else by --as-of, else by its date, else the newest."""
    framework = registry.framework("ofsted-ilacs")
    dated = Assessment("ofsted-ilacs", Body("Trafford"), date=PartialDate.parse("2022-12-31"))
    later = PartialDate.parse("2023-01-01")
    assert ["2018", "2023", "2023", "2026"] == [
        assessment_version(framework, dated).id,
        assessment_version(framework, dated, later).id,
        assessment_version(framework, evolve(dated, version="2023")).id,
        assessment_version(framework, evolve(dated, date=None)).id,
    ]
    with pytest.raises(AssuranceError) as caught:
        assessment_version(framework, evolve(dated, version="2024"))
    assert (
        "error[unknown-id]: Trafford: version\n"
        "  found:    '2024'\n"
        "  expected: a version of ofsted-ilacs\n"
        "  do:       did you mean '2026'?"
    ) == str(caught.value)


def test_a_date_that_decides_nothing(registry: Registry) -> None:
    """A year in which a version begins chooses none, and neither does a date before all."""
    framework = registry.framework("ofsted-ilacs")
    listed = "; ".join(f"{one.id} {one.in_force}" for one in framework.versions)
    for date, words in (
        ("2026", "could fall in or out of a version"),
        ("2017", "is in no version"),
    ):
        with pytest.raises(AssuranceError) as caught:
            version_on(framework, PartialDate.parse(date), "--as-of")
        assert (
            "error[no-choice]: --as-of\n"
            f"  found:    {date}, which {words} of ofsted-ilacs\n"
            f"  expected: a date in one of: {listed}\n"
            "  do:       name the version"
        ) == str(caught.value)


def test_an_unknown_bound_chooses_nothing(registry: Registry) -> None:
    """A date that one version surely covers is not enough where another may cover it too."""
    framework = registry.framework("ofsted-ilacs")
    old, *rest = framework.versions
    vague = evolve(old, in_force=evolve(old.in_force, end=None, end_unknown=True))
    unsure = evolve(framework, versions=(vague, *rest))
    assert unsure.versions_on(PartialDate.parse("2024-05-01")) is None


def test_a_crosswalk_is_shown_first(registry: Registry) -> None:
    """Each derived statement has its lines, with the assumption as source, before all others."""
    design = registry.design("ofsted-style/report-card")
    crosswalk = registry.crosswalk("ofsted-style/from-cqc-la")
    source = registry.framework("cqc-la").versions[-1]
    rule = compile_design(design, crosswalk=crosswalk, source_version=source)
    assert [one.id for one in source.statements] == [leaf.id for leaf in rule.leaves]
    outcome = rule.explain((1, 2, 3, 4, 3, 3, 1, 3, 3))
    assert ["needs_attention", "not_met"] == [
        area.level.id
        for area in outcome.areas
        if area.level and area.id in ("supporting_healthier_lives", "safeguarding")
    ]
    assert [crosswalk.source] == list(dict.fromkeys(line.source for line in outcome.trace))
    assert ["inputs.assessing_needs.minimum", "inputs.assessing_needs.map"] == [
        line.path for line in outcome.trace[:2]
    ]
    assert () == outcome.judgements


def test_a_crosswalk_gives_no_evidence(registry: Registry) -> None:
    """A design that works its statements out itself cannot be given them by a crosswalk."""
    design = registry.design("cqc-la/evidence-categories")
    source = registry.framework("cqc-la").versions[-1]
    crosswalk = registry.crosswalk("ofsted-style/from-cqc-la")
    with pytest.raises(AssuranceError) as caught:
        compile_design(design, crosswalk=crosswalk, source_version=source)
    assert (
        "error[different-framework]: cqc-la/evidence-categories: judgements.statement_score\n"
        "  found:    a judgement for each statement, where a crosswalk gives the statements\n"
        "  expected: a design that starts from the statements\n"
        "  do:       choose another design, or assessments of its own framework"
    ) == str(caught.value)


def test_statements_that_a_version_does_not_have(registry: Registry) -> None:
    """A crosswalk from statements that are not there lists all of them."""
    crosswalk = registry.crosswalk("ofsted-style/from-cqc-la")
    source = registry.framework("cqc-la").versions[-1]
    short = evolve(source, statements=source.statements[2:])
    with pytest.raises(AssuranceError) as caught:
        compile_design(
            registry.design("ofsted-style/report-card"), crosswalk=crosswalk, source_version=short
        )
    assert "\n".join(
        f"error[different-framework]: ofsted-style/from-cqc-la: inputs.{one}\n"
        f"  found:    {one}, which version 2023 does not have\n"
        "  expected: statements of cqc-la 2023\n"
        "  do:       choose another version, or another crosswalk"
        for one in ("assessing_needs", "supporting_healthier_lives")
    ) == str(caught.value)


def test_an_assessment_of_another_framework(single_word: CompiledDesign) -> None:
    """It is refused, and the remedy is another design or a crosswalk."""
    with pytest.raises(AssuranceError) as caught:
        single_word.rate_assessment(Assessment("ofsted-ilacs", Body("Trafford")))
    assert (
        "error[different-framework]: Trafford\n"
        "  found:    an assessment under ofsted-ilacs\n"
        "  expected: one under cqc-la, which cqc-la/single-word reads\n"
        "  do:       choose another design, or name a crosswalk"
    ) == str(caught.value)


def _refused(rule: CompiledDesign, **changes: object) -> str:
    design = rule.design
    overall = evolve(design.judgements["overall"], **changes)  # type: ignore[arg-type]
    with pytest.raises(AssuranceError) as caught:
        compile_design(evolve(design, judgements={overall.id: overall}, id="x"))
    return str(caught.value)


def test_names_that_clash_circle_or_mean_nothing(single_word: CompiledDesign) -> None:
    """A judgement has a name of its own, reads what there is, and not itself."""
    assert (
        "error[duplicate]: x: judgements.safeguarding\n"
        "  found:    'safeguarding', which also names the statement Safeguarding\n"
        "  expected: a name of its own\n"
        "  do:       rename the judgement"
    ) == _refused(single_word, id="safeguarding")
    assert (
        "error[unknown-id]: x: overall.inputs[1]\n"
        "  found:    'leadershp'\n"
        "  expected: a statement, theme, group or judgement of cqc-la 2023\n"
        "  do:       did you mean 'leadership'?"
    ) == _refused(single_word, inputs=("safeguarding", "leadershp"))
    one = evolve(single_word.design.judgements["overall"], id="one", inputs=("two",))
    two = evolve(one, id="two", inputs=("one",))
    with pytest.raises(AssuranceError) as caught:
        compile_design(evolve(single_word.design, judgements={"one": one, "two": two}, id="x"))
    assert (
        "error[circular]: x: one.inputs\n"
        "  found:    judgements that read each other: one → two\n"
        "  expected: judgements in an order\n"
        "  do:       remove one of these inputs"
    ) == str(caught.value)


def test_areas_that_are_none(single_word: CompiledDesign) -> None:
    """Every line of the card is a statement or a judgement; all that are none are told."""
    publishes = evolve(single_word.design.publishes, areas=("safegarding", "all", "overal"))
    with pytest.raises(AssuranceError) as caught:
        compile_design(evolve(single_word.design, publishes=publishes, id="x"))
    assert "\n".join(
        f"error[unknown-id]: x: publishes.areas[{number}]\n"
        f"  found:    '{name}'\n"
        "  expected: a statement or judgement of this design\n"
        f"  do:       did you mean '{meant}'?"
        for number, name, meant in ((0, "safegarding", "safeguarding"), (2, "overal", "overall"))
    ) == str(caught.value)
