"""Area SEND: the chosen outcome, what follows it, and the published inspections."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from assurance_core import audit, compare, compile_design, load_plugins, read_dataset_table
from assurance_core.lab.published import reproduce
from assurance_core.model.assessment import Assessment
from assurance_core.model.outcome import Headline, NoHeadline
from assurance_core.plugins import Registry
from assurance_core.testing import check_examples, conformance

test_conformance = conformance("area_send")

CASES: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[1] / "conformance" / "outcomes.yaml").read_text("utf-8")
)
DESIGNS = ["area-send/2023", "area-send/consequence-only"]


@pytest.fixture(scope="module")
def registry() -> Registry:
    """This plugin alone: it needs no other."""
    return load_plugins(["area_send"])


@pytest.fixture(scope="module")
def inspections(registry: Registry) -> tuple[Assessment, ...]:
    """The bundled inspections."""
    dataset = registry.dataset("area-send")
    table = read_dataset_table(dataset, registry.framework("area-send"))
    assert () == table.notices
    return table.assessments


def test_every_example_holds(registry: Registry) -> None:
    """Each design's own examples come out as they state."""
    results = [r for d in registry.designs.values() for r in check_examples(d)]
    assert 4 == len(results)
    assert [] == [one for one in results if one.differences]


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("outcome", CASES)
def test_each_outcome_has_one_consequence(registry: Registry, design: str, outcome: str) -> None:
    """With and without a published word, the same follows."""
    found = compile_design(registry.design(design)).rate([], judged={"overall": outcome})
    assert CASES[outcome]["follows"] == [one.id for one in found.consequences]


def test_an_outcome_may_be_given_by_its_number(registry: Registry) -> None:
    """1 is the best: the number runs against the order of the scale."""
    scale = registry.framework("area-send").scales["outcome"]
    ids = [scale.by_word[number].id for number in ("3", "2", "1")]
    assert list(scale.ids) == ids
    assert "typically_positive" == scale.by_word["outcome 1"].id


def test_the_published_next_inspection_is_what_follows(
    registry: Registry, inspections: tuple[Assessment, ...]
) -> None:
    """67 of the 67 that state one; the outcome itself is taken as chosen."""
    found = reproduce(registry.design("area-send/2023"), inspections)
    assert ((71, 71), (67, 67), ()) == (found.words, found.consequences, found.differing)


@pytest.mark.parametrize("outcome", CASES)
def test_how_often_each_outcome_was_published(
    inspections: tuple[Assessment, ...], outcome: str
) -> None:
    """Inspections with it, and how many of them state what comes next."""
    rows = [one for one in inspections if one.published.headline == outcome]
    stated = [one for one in rows if one.published.consequences]
    assert (CASES[outcome]["inspections"], CASES[outcome]["stated"]) == (len(rows), len(stated))
    assert {outcome} == {one.judged["overall"] for one in rows}


def test_there_is_no_rule_to_audit_but_the_choice(registry: Registry) -> None:
    """Three profiles, each with the outcome that was chosen."""
    (found,) = audit(registry.design("area-send/2023")).judgements
    chosen = {
        found.space.names()[state]: [level.name for level in levels.values()]
        for state, levels in found.examples.items()
    }
    assert 3 == found.space.size
    assert {name: [name] for name in chosen} == chosen


def test_without_the_word_nothing_is_counted_as_changed(
    registry: Registry, inspections: tuple[Assessment, ...]
) -> None:
    """The what-if has no headline, with its reason."""
    both = [registry.design(one) for one in DESIGNS]
    pair = compare(both, inspections).pairs[0]
    assert (False, ()) == (pair.comparable, pair.changes)
    silent, spoken = (
        compile_design(one).rate([], judged={"overall": "inconsistent"}).headline
        for one in reversed(both)
    )
    assert NoHeadline("Only what comes next is published.") == silent
    assert isinstance(spoken, Headline)
