"""The printed table is the rule: each row says what rating that profile says."""

from itertools import product

import pytest
from hypothesis import given

from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError
from assurance_core.model.outcome import JudgementOutcome
from assurance_core.plugins import Registry
from assurance_core.tables.decision_table import DecisionTable, decision_tables, statement_table
from assurance_core.testing import strategies
from tests.support import compiled, every_profile, rated


@given(strategies.designs())
def test_every_profile_of_a_design_finds_its_outcome_in_the_tables(design: RatingDesign) -> None:
    """Walking the tables, judgement by judgement, gives what rating gives."""
    rule = compiled(design)
    tables = decision_tables(rule)
    by_profile = [
        {tuple(level.id for level in row.levels): row.outcome for row in table.rows()}
        for table in tables
    ]
    for profile in every_profile(rule):
        known: dict[str, str | None] = dict(profile)
        expected = {one.id: one for one in rated(rule, profile).judgements}
        for table, rows in zip(tables, by_profile, strict=True):
            levels = tuple(known[one.id] for one in table.inputs)
            outcome = expected[table.id]
            if None not in levels:
                assert outcome == rows[levels]  # type: ignore[index]
            known[table.id] = outcome.level.id if outcome.level else None


@given(strategies.designs())
def test_a_table_of_statements_says_what_rating_says(design: RatingDesign) -> None:
    """Of every judgement, also of one that reads others alone."""
    rule = compiled(design)
    names = [one.id for one in rule.leaves]
    complete = [one for one in every_profile(rule) if None not in one.values()]
    expected = {tuple(one[name] for name in names): rated(rule, one) for one in complete}
    for number, one in enumerate(decision_tables(rule)):
        table = statement_table(rule, one.id)
        rows = {tuple(level.id for level in row.levels): row.outcome for row in table.rows()}
        assert {key: found.judgements[number] for key, found in expected.items()} == rows
        assert names == [each.id for each in table.inputs]


def test_a_table_of_statements_may_be_too_large(registry: Registry) -> None:
    """As any other, with its size."""
    with pytest.raises(AssuranceError) as caught:
        statement_table(_rule(registry, "cqc-la/single-word"), "overall", 5000)
    assert (
        "error[too-large]: cqc-la/single-word: overall\n"
        "  found:    262,144 profiles of the statements\n"
        "  expected: at most 5,000 rows\n"
        "  do:       write it as CSV, which may have 1,048,576 rows: --format csv"
    ) == str(caught.value)


def test_the_first_input_changes_slowest(registry: Registry) -> None:
    """Levels stand in the order of their scales, worst first."""
    (table,) = decision_tables(_rule(registry, "cqc-la/themes"), "ensuring_safety")
    assert ["safe_systems_pathways_transitions", "safeguarding"] == [one.id for one in table.inputs]
    expected = [tuple(pair) for pair in product("1234", repeat=2)]
    assert expected == [tuple(level.id for level in row.levels) for row in table.rows()]


def test_a_judged_level_is_the_last_input(registry: Registry) -> None:
    """A cap that bites is told in its row."""
    (table,) = decision_tables(_rule(registry, "ofsted-ilacs/2023"))
    assert "judged.overall" == table.inputs[-1].id
    assert {"inadequate": 1} == _bites(table, "good")


def _bites(table: DecisionTable, judged: str) -> dict[str, int]:
    """Return, by level, how many different outcomes a cap gives that level where one is judged."""
    found: dict[str, set[JudgementOutcome]] = {}
    for row in table.rows():
        if row.outcome.bit and row.levels[-1].id == judged and row.outcome.level:
            found.setdefault(row.outcome.level.id, set()).add(row.outcome)
    return {level: len(outcomes) for level, outcomes in found.items()}


def test_a_table_of_many_outcomes_is_read_from_their_facts(registry: Registry) -> None:
    """More classes than are kept ready made: the rows are the same."""
    from assurance_core import what_if

    design = registry.design("cqc-la/single-word")
    weights = dict(zip([one.id for one in design.framework.versions[-1].statements],
                       (1, 3, 9, 27, 81, 243, 729, 2187, 6561), strict=True))  # fmt: skip
    many = what_if(design, {"overall.percent_of_maximum": {"weights": weights},
                            "overall.round.to": 0.01})  # fmt: skip
    rule = compiled(many)
    (table,) = decision_tables(rule)
    assert {} == rule.tables[0].outcomes  # type: ignore[union-attr]
    assert 262_144 == len(table)
    row = next(table.rows())
    expected = rule.rate([1] * 9)
    assert (expected.score, (expected.judgements[0],)) == (row.outcome.score, (row.outcome,))


def test_an_unknown_judgement_is_refused(registry: Registry) -> None:
    """With those that there are."""
    with pytest.raises(AssuranceError) as caught:
        decision_tables(_rule(registry, "cqc-la/single-word"), "all_over")
    assert (
        "error[no-choice]: cqc-la/single-word: judgement\n"
        "  found:    'all_over'\n"
        "  expected: a judgement: overall\n"
        "  do:       name one of its judgements"
    ) == str(caught.value)


def test_a_table_that_is_too_large_says_how_large_it_is(registry: Registry) -> None:
    """And what is small enough."""
    rule = _rule(registry, "cqc-la/evidence-categories")
    with pytest.raises(AssuranceError) as caught:
        decision_tables(rule, "overall", 5000)
    assert (
        "error[too-large]: cqc-la/evidence-categories: overall\n"
        "  found:    262,144 profiles of its inputs\n"
        "  expected: at most 5,000 rows\n"
        "  do:       write it as CSV, which may have 1,048,576 rows: --format csv"
    ) == str(caught.value)


def _rule(registry: Registry, design_id: str) -> CompiledDesign:
    return compiled(registry.design(design_id))
