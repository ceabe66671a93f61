"""Datasets and crosswalks as documents."""

from pathlib import Path

import pytest

from assurance_core.documents.crosswalks import read_crosswalk
from assurance_core.documents.datasets import read_dataset
from assurance_core.model.errors import AssuranceError
from tests.demo_plugin import BASE
from tests.documents.demo import briefly, document, framework, other_framework

DATASET, CROSSWALK = BASE["dataset.yaml"], BASE["crosswalk.yaml"]
FOLDER = Path(__file__).parents[1] / "bad_inputs" / "base"
MORE = """coverage: {bodies_total: 9, note: Two of nine.}
disagreements:
  - id: total
    about: How many there are.
    readings: [{says: nine, source: ours}, {says: ten, source: ours}]
    adopted: nine
findings:
  - {body: Somewhere, kind: strength, text: Good., source: ours, statement: care}
  - {body: Somewhere, kind: improvement, text: Late., source: ours}
notes: [One.]
as_at: 2024-05
"""


def test_a_dataset_with_all_its_parts() -> None:
    made = read_dataset(document(DATASET + MORE), framework(), FOLDER)
    assert (9, "Two of nine.", "2024-05") == (made.bodies_total, made.coverage_note, made.as_at)
    assert ["nine", "ten"] == [one.says for one in made.disagreements[0].readings]
    assert ["strength", "improvement"] == [one.kind for one in made.findings["Somewhere"]]
    assert "official" == made.evidence["report"].status
    assert made.table.is_file()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("statement: care", "statement: caer", ("unknown-id", "'caer'")),
        ("{says: ten, source: ours}", "{says: ten, source: x}", ("unknown-id", "'x'")),
        ("text: Late., source: ours", "text: Late., source: x", ("unknown-id", "'x'")),
        ("table: table.csv", "table: tabel.csv", ("file", "'tabel.csv', which is not there")),
    ],
)
def test_a_dataset_at_fault(old: str, new: str, expected: tuple[str, str]) -> None:
    with pytest.raises(AssuranceError) as raised:
        read_dataset(document(DATASET + MORE, (old, new)), framework(), FOLDER)
    assert [expected] == briefly(raised.value.faults)


def test_a_crosswalk_gives_every_statement_of_its_target() -> None:
    made = read_crosswalk(document(CROSSWALK), framework(), other_framework())
    assert {"care", "safety", "access", "duty"} == set(made.inputs)
    assert ("minimum", ("care",)) == (made.inputs["duty"].take, made.inputs["duty"].sources)
    assert {"1": "not_met", "2": "met", "3": "met"} == made.inputs["duty"].levels


def test_all_faults_of_a_crosswalk_are_reported_by_line() -> None:
    changes = [
        ('"3": "3"}', '"3": "9"}'),
        ("  access: {sources: [access]}\n", ""),
        ("care: {sources: [care]}", "care: {sources: [caer]}"),
        ('"2": met, ', ""),
    ]
    with pytest.raises(AssuranceError) as raised:
        read_crosswalk(document(CROSSWALK, *changes), framework(), other_framework())
    assert [
        ("bad-level", "'9'"),
        ("missing", "no 'access'"),
        ("unknown-id", "'caer'"),
        ("gap", "no level for '2'"),
    ] == briefly(raised.value.faults)
