"""The CPA: recorded rows, the limiter that the court upheld."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from assurance_core import Headline, NoHeadline, audit, compile_design, load_plugins
from assurance_core.plugins import Registry
from assurance_core.testing import check_examples, conformance

test_conformance = conformance("audit_commission_cpa")

FOLDER = Path(__file__).parents[1]
CASES: dict[str, Any] = yaml.safe_load((FOLDER / "conformance" / "space.yaml").read_text("utf-8"))
CATEGORIES, STARS = "audit-commission-cpa/2004", "audit-commission-cpa/2005"


@pytest.fixture(scope="module")
def registry() -> Registry:
    """This plugin alone: it needs no other."""
    return load_plugins(["audit_commission_cpa"])


def test_every_example_holds(registry: Registry) -> None:
    """Each design's own examples come out as they state."""
    assert [CATEGORIES, STARS] == sorted(registry.designs)
    results = [r for name in (CATEGORIES, STARS) for r in check_examples(registry.design(name))]
    assert [] == [one for one in results if one.differences]
    assert 17 == len(results)


def test_profiles_by_outcome(registry: Registry) -> None:
    """Over the whole space, each level and each reason for none has the stated profiles."""
    (found,) = audit(registry.design(STARS)).judgements
    root = found.space.root
    expected = CASES["profiles"][STARS]
    states = [*root.scale.ids, *root.reasons]
    assert expected["levels"] | expected["unknown"] == dict(zip(states, found.counts, strict=True))
    assert found.falling is None


def test_the_table_row_by_row(registry: Registry) -> None:
    """Every profile agrees with the rows, written here a second time in plain Python."""
    rule = compile_design(registry.design(STARS))
    for scores in product((1, 2, 3, 4), repeat=8):
        headline = rule.rate(scores).headline
        level = int(headline.level) if isinstance(headline, Headline) else None
        assert _stars(scores[0], scores[1:4], scores[4:]) == level, scores


def _stars(corporate: int, first: tuple[int, ...], second: tuple[int, ...]) -> int | None:
    """Return the stars that the recorded rows give, or None."""
    low_first, low_second = (sum(one < 2 for one in part) for part in (first, second))
    rows = {
        4: [
            (min(first) > 2 and not low_second, 4),
            (not low_first and low_second < 2, 3),
            (low_first < 2 and low_second < 2, 2),
            (True, 1),
        ],
        3: [
            (min(first + second) > 2, 4),
            (not low_first and not low_second, 3),
            (not low_first and low_second < 2, 2),
            (True, 1),
        ],
        2: [(min(first) > 2 and not low_second, 3), (not low_first and not low_second, 2)],
        1: [],
    }
    return next((stars for holds, stars in rows[corporate] if holds), None)


def test_what_is_not_recorded_says_so(registry: Registry) -> None:
    """A corporate assessment of 1, and most profiles with one of 2, give a reason and no stars."""
    rule = compile_design(registry.design(STARS))
    one, two = CASES["profiles"][STARS]["unknown"]
    assert NoHeadline(two) == rule.rate((1, 4, 4, 4, 4, 4, 4, 4)).headline
    assert NoHeadline(one) == rule.rate((2, 1, 4, 4, 4, 4, 4, 4)).headline


@pytest.mark.parametrize("stars", [0, 1, 2, 3])
@pytest.mark.parametrize("matrix", ["poor", "weak", "fair", "good", "excellent"])
def test_no_stars_for_social_services_cap_at_weak(
    registry: Registry, matrix: str, stars: int
) -> None:
    """With no stars the category is at most weak; with any, the matrix stands."""
    rule = compile_design(registry.design(CATEGORIES))
    headline = rule.rate((stars,), judged={"overall": matrix}).headline
    assert isinstance(headline, Headline)
    expected = CASES["limiter"][CATEGORIES]["with" if stars else "without"]
    assert expected[matrix] == headline.level
