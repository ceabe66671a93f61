"""The chart of what is kept against what there is to read: places are exact, and it is in words."""

import re
from functools import cache

import pytest

from assurance_core.lab.contender import Contender
from assurance_core.lab.scorecard import Scorecard, scorecard
from assurance_core.report.charts.kept import kept_against_read
from assurance_core.report.document import Figure
from assurance_core.report.scorecard_report import scorecard_report
from assurance_core.tables.datasets import read_dataset_table
from tests.report.compared import registry


@cache
def measured(observed: bool = True) -> Scorecard:
    """Return one word and a report card on the councils, or on no data at all."""
    found = registry()
    framework = found.framework("cqc-la")
    crosswalk = found.crosswalk("ofsted-style/from-cqc-la")
    card = Contender(found.design("ofsted-style/report-card"), crosswalk, framework)
    table = read_dataset_table(found.dataset("cqc-la"), framework).assessments
    return scorecard([found.design("cqc-la/single-word"), card], table if observed else ())


@pytest.fixture(scope="module")
def drawn() -> tuple[Figure, str]:
    figure = kept_against_read(measured())
    assert figure is not None
    return figure, str(figure.picture("f"))


def test_a_card_by_crosswalk_keeps_what_its_areas_keep() -> None:
    """Eight statements keep their four levels, and safeguarding is met from 2: 16.81 of 18 bits."""
    card = measured(observed=False).designs[1]
    kept, bits = card.metric("M1").measure("shown").every, card.metric("M10").measure("shown").every
    assert kept.value == pytest.approx(0.93396, abs=1e-5)
    assert bits.value == pytest.approx(16.81128, abs=1e-5)


def test_the_title_is_the_message(drawn: tuple[Figure, str]) -> None:
    assert (
        "1.4 bits keep 42 % of the scores' information, 10.8 bits keep 98 % (observed)"
        == drawn[0].title
    )


def test_the_table_has_every_point_on_both_bases(drawn: tuple[Figure, str]) -> None:
    assert drawn[0].table
    names = [row[1] for row in drawn[0].table.rows]
    assert [
        "One word: the word alone",
        "One word: all that is shown",
        "A council report card in Ofsted's style: all that is shown",
    ] == names
    assert ["1", "2", "3"] == [row[0] for row in drawn[0].table.rows]
    assert "16.81 bits" == drawn[0].table.rows[2][4]


def test_a_point_stands_where_its_figures_say(drawn: tuple[Figure, str]) -> None:
    """Against the ticks of the picture: bits to the right, the share kept upwards."""
    picture = drawn[1]
    card = measured().designs[1]
    bits = card.metric("M10").measure("shown").observed.value
    kept = card.metric("M1").measure("shown").observed.value
    assert bits is not None
    assert kept is not None
    across = {
        int(text): float(x)
        for x, text in re.findall(
            r'<text x="([\d.]+)" y="[\d.]+" text-anchor="middle">(\d+)', picture
        )
    }
    up = {
        int(text): float(y) - 5
        for y, text in re.findall(r'y="([\d.]+)" text-anchor="end">(\d+) %', picture)
    }
    most = max(across)
    x = across[0] + (across[most] - across[0]) * bits / most
    y = up[0] + (up[100] - up[0]) * kept
    dots = [(float(a), float(b)) for a, b in re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', picture)]
    assert pytest.approx((x, y), abs=0.2) == max(dots)


def test_it_is_read_out_and_named(drawn: tuple[Figure, str]) -> None:
    figure, picture = drawn
    assert 'role="img" aria-labelledby="f-title f-desc"' in picture
    assert "3, A council report card in Ofsted's style: all that is shown: 10.8 bits, 98 %" in (
        figure.description
    )


def test_without_data_it_is_drawn_over_all_profiles() -> None:
    figure = kept_against_read(measured(observed=False))
    assert figure is not None
    assert figure.title.endswith("(over all profiles)")


def test_one_point_makes_no_chart() -> None:
    found = registry()
    crosswalk, framework = found.crosswalk("ofsted-style/from-cqc-la"), found.framework("cqc-la")
    card = Contender(found.design("ofsted-style/report-card"), crosswalk, framework)
    assert kept_against_read(scorecard([card], ())) is None


def test_the_report_has_it() -> None:
    headings = [one.heading for one in scorecard_report(measured()).sections]
    assert "What is kept, and what there is to read" in headings
