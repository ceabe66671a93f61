"""The CQC documents: examples, published outcomes and what holds over the whole space."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from assurance_core import compare, compile_design, load_plugins, read_dataset_table
from assurance_core.documents.structure import structure
from assurance_core.lab.compare import Comparison
from assurance_core.lab.coverage import choose_assessments
from assurance_core.lab.published import reproduce
from assurance_core.model.assessment import Assessment
from assurance_core.model.design import Example
from assurance_core.model.outcome import Headline
from assurance_core.plugins import Registry
from assurance_core.testing import check_examples, conformance

CASES: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[1] / "conformance" / "space.yaml").read_text("utf-8")
)

test_conformance = conformance("cqc_la")


@pytest.fixture(scope="module")
def registry() -> Registry:
    """This plugin, and what it needs."""
    return load_plugins(["cqc_la"])


@pytest.fixture(scope="module")
def councils(registry: Registry) -> tuple[Assessment, ...]:
    """The bundled assessments."""
    dataset = registry.dataset("cqc-la")
    return read_dataset_table(dataset, registry.framework("cqc-la")).assessments


def test_every_example_holds(registry: Registry) -> None:
    """Each design's and patch's own examples come out as they state."""
    results = [r for d in registry.designs.values() for r in check_examples(d)]
    for patch in registry.patches.values():
        examples = [structure(one, Example) for one in patch.examples]
        results += check_examples(registry.design(patch.id), examples)
    assert [] == [one for one in results if one.differences]
    assert 41 == len(results)


def test_every_published_outcome_is_reproduced(
    registry: Registry, councils: tuple[Assessment, ...]
) -> None:
    """All 41 complete formal rows give their published word, all 23 percentages theirs."""
    found = reproduce(registry.design("cqc-la/single-word"), choose_assessments(councils))
    assert ((41, 41), (23, 23), ()) == (found.words, found.scores, found.differing)


@pytest.mark.parametrize(("toward", "fits"), [("up", 23), ("half_up", 14), ("down", 4)])
def test_rounding_up_alone_fits_the_percentages(
    registry: Registry, councils: tuple[Assessment, ...], toward: str, fits: int
) -> None:
    """The rounding rule is derived: up fits 23 published percentages, half-up 14, down 4."""
    from assurance_core import what_if

    design = registry.design("cqc-la/single-word")
    if toward != "up":
        # Rounded down, the lowest values of the bands must be reachable from below as well.
        design = what_if(design, {"overall.round.toward": toward})
    found = reproduce(design, choose_assessments(councils))
    assert (fits, 23) == found.scores


@pytest.mark.parametrize("design_id", CASES["profiles"])
def test_profiles_per_rating(registry: Registry, design_id: str) -> None:
    """The whole space has the stated number of profiles at each word."""
    table = compile_design(registry.design(design_id)).space["overall"]
    assert table is not None
    counts = np.bincount(table.positions[table.classes], minlength=5)[1:]
    assert list(CASES["profiles"][design_id].values()) == counts.tolist()


@pytest.mark.parametrize("patch_id", CASES["changes"])
def test_profiles_a_patch_changes(registry: Registry, patch_id: str) -> None:
    """Over the whole space, a patch changes the word of the stated number of profiles."""
    parent = registry.design(registry.patches[patch_id].applies_to)
    tables = [compile_design(d).space["overall"] for d in (parent, registry.design(patch_id))]
    words = [t.positions[t.classes] for t in tables if t is not None]
    assert CASES["changes"][patch_id] == int((words[0] != words[1]).sum())


@pytest.mark.parametrize("patch_id", CASES["movers"])
def test_councils_a_patch_moves(
    registry: Registry, councils: tuple[Assessment, ...], patch_id: str
) -> None:
    """Among councils with all nine scores, a patch moves just the stated ones."""
    complete = [one for one in councils if one.complete()]
    parent = registry.design(registry.patches[patch_id].applies_to)
    comparison = compare([parent, registry.design(patch_id)], complete)
    assert CASES["movers"][patch_id] == _movers(comparison)


def _movers(comparison: Comparison) -> list[str]:
    changes = comparison.pairs[0].changes
    return [
        body.assessment.body.name
        for body, change in zip(comparison.bodies, changes, strict=True)
        if change == "changed"
    ]


def test_findings_of_the_four_seed_councils(councils: tuple[Assessment, ...]) -> None:
    """Camden, Hertfordshire, Hounslow and West Berkshire have strengths and improvements."""
    found = {one.body.name: {f.kind for f in one.findings} for one in councils if one.findings}
    both = {"strength", "improvement"}
    assert {
        "Camden": both,
        "Hertfordshire": both,
        "Hounslow": both,
        "West Berkshire": both,
    } == found


def test_statuses_and_coverage(councils: tuple[Assessment, ...]) -> None:
    """57 current councils, five pilots, Swindon's superseded publication, Bromley provisional."""
    statuses = {
        status: sorted(one.body.name for one in councils if one.status == status)
        for status in ("indicative", "provisional", "superseded")
    }
    assert {
        "indicative": [
            "Birmingham",
            "Lincolnshire",
            "North Lincolnshire",
            "Nottingham",
            "Suffolk",
        ],
        "provisional": ["Bromley"],
        "superseded": ["Swindon"],
    } == statuses
    current = [one for one in councils if one.status in ("formal", "provisional")]
    assert (57, 41) == (len(current), sum(one.complete() for one in current))


def test_the_aliases_of_statements(registry: Registry) -> None:
    """Names as press and reports write them lead to the statement."""
    version = registry.framework("cqc-la").versions[-1]
    names = {
        "Supporting people to lead healthier lives": "supporting_healthier_lives",
        "equity in experiences and outcomes": "equity_in_experience_and_outcomes",
        "Partnership and communities": "partnerships_and_communities",
        "Safe pathways, systems and transitions": "safe_systems_pathways_transitions",
        "Leadership, improvement and innovation": "learning_improvement_innovation",
    }
    for name, statement in names.items():
        found = version.find_statement(name)
        assert found is not None, name
        assert statement == found.id


def test_a_card_with_all_nine_scores_determines_the_word(registry: Registry) -> None:
    """The nine grades of the report card are the scores themselves: the word follows from them."""
    card = compile_design(registry.design("cqc-la/report-card"))
    word = compile_design(registry.design("cqc-la/single-word"))
    scores = (3, 3, 4, 3, 4, 4, 3, 4, 4)
    shown = [area.level.id for area in card.rate(scores).areas if area.level]
    headline = word.rate([int(one) for one in shown]).headline
    assert headline == word.rate(scores).headline
    assert isinstance(headline, Headline)
