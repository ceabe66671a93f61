"""Long tables: a row for each score; the same assessments as the wide form gives."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assurance_core.model.assessment import NOT_KNOWN, Absence, Score
from assurance_core.model.framework import Framework
from assurance_core.plugins import Registry, load_plugins
from assurance_core.tables.csv_table import csv_grid
from assurance_core.tables.files import read_table_file
from assurance_core.tables.reading import TableAssessments, read_grid


@pytest.fixture
def councils(registry: Registry) -> Framework:
    """Nine statements scored from 1 to 4."""
    return registry.framework("cqc-la")


def _read(text: str, framework: Framework) -> TableAssessments:
    return read_grid(csv_grid(text.encode(), "scores.csv"), framework)


def test_the_rows_of_a_body_and_date_are_one_assessment(councils: Framework) -> None:
    """In any order; what is said of the assessment may stand in one of its rows alone."""
    table = _read(
        "body,date,statement,level,headline\n"
        "Hull,2025,Safeguarding,3,\n"
        "York,2025,safeguarding,2,\n"
        "Hull,2025,assessing_needs,not assessed: flooded,good\n"
        "Hull,2026,safeguarding,,\n",
        councils,
    )
    assert [("Hull", "2025"), ("York", "2025"), ("Hull", "2026")] == [
        (one.body.name, str(one.date)) for one in table.assessments
    ]
    hull, _, later = table.assessments
    assert (Score("3"), Absence("not_assessed", "flooded"), "good") == (
        hull.scores["safeguarding"],
        hull.scores["assessing_needs"],
        hull.published.headline,
    )
    assert NOT_KNOWN == later.scores["safeguarding"]


def test_a_judged_level_is_a_row_too(registry: Registry) -> None:
    services = registry.framework("ofsted-ilacs")
    table = _read("body,statement,level\nHere,judged.overall,Good\n", services)
    assert {"overall": "good"} == table.assessments[0].judged


def test_a_file_is_long_by_its_header(tmp_path: Path, councils: Framework) -> None:
    """No option says so."""
    file = tmp_path / "scores.csv"
    file.write_text("Body,Statement,Level\nHere,safeguarding,3\n", "utf-8")
    table = read_table_file(file, councils)
    assert Score("3") == table.assessments[0].scores["safeguarding"]
    assert 'scores.csv: column "Statement" is read as statement' in table.notices


COUNCILS = load_plugins(["cqc_la"]).framework("cqc-la")
STATEMENTS = [one.id for one in COUNCILS.versions[-1].statements]
_cells = st.sampled_from(["", "1", "2", "3", "4", "withheld: a trial", "not applicable: none"])
_tables = st.dictionaries(
    st.sampled_from(["Hull", "York", "Bath, and around", 'The "Wirral"']),
    st.lists(_cells, min_size=len(STATEMENTS), max_size=len(STATEMENTS)),
    min_size=1,
)


@given(_tables, st.randoms(use_true_random=False))
def test_long_and_wide_say_the_same(bodies: dict[str, list[str]], random: object) -> None:
    """Whatever the scores are and in whatever order a body's rows come."""
    quoted = {name: '"' + name.replace('"', '""') + '"' for name in bodies}
    wide = [f"body,{','.join(STATEMENTS)}"]
    wide += [f"{quoted[name]},{','.join(cells)}" for name, cells in bodies.items()]
    rows = [
        f"{quoted[name]},{statement},{cell}"
        for name, cells in bodies.items()
        for statement, cell in zip(STATEMENTS, cells, strict=True)
    ]
    random.shuffle(rows)  # type: ignore[attr-defined]
    long = ["body,statement,level", *rows]
    read = [
        sorted(_read("\n".join(lines), COUNCILS).assessments, key=lambda one: one.body.name)
        for lines in (wide, long)
    ]
    assert read[0] == read[1]
