"""Workbooks: what is taken and said, which sheet is read, and what is never opened."""

from __future__ import annotations

import io
import random
import sys
import zipfile
from typing import Any

import pytest

from assurance_core.model.assessment import NOT_KNOWN, Score
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.model.framework import Framework
from assurance_core.plugins import Registry
from assurance_core.tables.files import read_table_bytes
from assurance_core.tables.reading import TableAssessments
from tests.workbooks import changed, workbook

HEAD = ["body", "date", "score", "safeguarding", "assessing_needs"]
ROW = ["Hull", "2025-03-01", 78, 3, 2]
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def councils(registry: Registry) -> Framework:
    """Nine statements scored from 1 to 4."""
    return registry.framework("cqc-la")


def _read(content: bytes, framework: Framework, sheet: str = "") -> TableAssessments:
    return read_table_bytes(content, "scores.xlsx", framework, sheet)


def _refused(content: bytes, framework: Framework, sheet: str = "") -> str:
    with pytest.raises(AssuranceError) as caught:
        _read(content, framework, sheet)
    return str(caught.value)


def _one(cell: Any, framework: Framework) -> tuple[Any, tuple[str, ...]]:
    """Return what is made of a cell of a score, and the notices."""
    table = _read(workbook({"rows": [["body", "safeguarding"], ["Hull", cell]]}), framework)
    return table.assessments[0].scores["safeguarding"], table.notices


def test_numbers_are_taken_if_they_are_whole_and_it_is_said(councils: Framework) -> None:
    table = _read(workbook({"rows": [HEAD, ROW]}), councils)
    (one,) = table.assessments
    assert (Score("3"), Score("2"), 78) == (
        one.scores["safeguarding"],
        one.scores["assessing_needs"],
        one.published.score,
    )
    assert (
        'scores.xlsx sheet "Sheet1": numbers were taken as whole numbers, in 3 cells',
    ) == table.notices


def test_text_is_taken_as_in_csv(councils: Framework) -> None:
    assert (Score("3"), ()) == _one("3", councils)


def test_a_formula_counts_with_its_value_and_it_is_said(councils: Framework) -> None:
    """The value of when the file was saved; an empty text is an empty cell."""
    score, notices = _one({"formula": "=1+2", "value": 3}, councils)
    assert Score("3") == score
    assert (
        'scores.xlsx sheet "Sheet1": formulas were taken by their values when the file was saved,'
        " in 1 cell"
    ) in notices
    empty = workbook(
        {"rows": [["body", "safeguarding"], ["Hull", {"formula": '=""', "value": "x"}]]}
    )
    empty = changed(empty, SHEET, lambda part: part.replace(b"<v>x</v>", b"<v></v>"))
    assert NOT_KNOWN == _read(empty, councils).assessments[0].scores["safeguarding"]


@pytest.mark.parametrize(
    ("shape", "date"),
    [("yyyy-mm-dd", "2025-03-01"), ("mmm-yy", "2025-03"), ("yyyy", "2025"), ("[$-809]d mmm yyyy",
     "2025-03-01")],
)  # fmt: skip
def test_a_date_is_as_precise_as_it_is_shown(councils: Framework, shape: str, date: str) -> None:
    """Excel makes a first of March of 2025-03; nobody stated that day."""
    cell = {"day": "2025-03-01", "shape": shape}
    table = _read(workbook({"rows": [HEAD, ["Hull", cell, 78, 3, 2]]}), councils)
    assert date == str(table.assessments[0].date)
    said = any("dates were taken without the day" in one for one in table.notices)
    assert (len(date) < 10) == said


def test_a_published_score_may_be_shown_in_per_cent(councils: Framework) -> None:
    cell = {"number": 0.57, "shape": "0%"}
    table = _read(workbook({"rows": [HEAD, ["Hull", "2025", cell, 3, 2]]}), councils)
    assert 57 == table.assessments[0].published.score


def test_the_first_visible_sheet_is_read_and_said(councils: Framework) -> None:
    book = workbook(
        {"rows": [["draft"]], "name": "Draft", "hidden": True},
        {"rows": [HEAD, ROW], "name": "Scores"},
        {"rows": [["how to"]], "name": "Help"},
    )
    table = _read(book, councils)
    assert ["Hull"] == [one.body.name for one in table.assessments]
    assert (
        'scores.xlsx: its first sheet, "Scores", was read; --sheet names another' in table.notices
    )


def test_a_sheet_or_a_table_is_named_as_excel_names_them(councils: Framework) -> None:
    """Whatever the case; the headings of a table stand where it begins."""
    book = workbook(
        {"rows": [["nothing"]]},
        {
            "name": "Ours",
            "rows": [["Our scores"], [], ["", *HEAD, "aside"], ["", *ROW], ["", "York", "", "", 4]],
            "tables": {"Scores": "B3:F4"},
        },
    )
    for name in ("ours", "SCORES"):
        table = _read(book, councils, name)
        assert ["Hull", "York"] == [one.body.name for one in table.assessments]
        assert (
            'scores.xlsx sheet "Ours": columns outside its table were not read: G'
        ) == table.notices[0]


def test_a_cell_far_away_costs_nothing_and_is_named(councils: Framework) -> None:
    """One element can stand in the last corner of a sheet of seventeen thousand million cells."""

    def far(part: bytes) -> bytes:
        cell = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        return part.replace(b"</sheetData>", cell)

    message = _refused(changed(workbook({"rows": [HEAD, ROW]}), SHEET, far), councils)
    assert 'scores.xlsx sheet "Sheet1" row 1048576' in message


def test_a_merge_of_a_whole_sheet_is_never_opened(councils: Framework) -> None:
    """openpyxl would make every cell of it."""

    def merge(part: bytes) -> bytes:
        merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        return part.replace(b"</sheetData>", merged)

    assert (
        "error[too-large]: scores.xlsx\n"
        "  found:    merged or linked ranges of 17,179,869,184 cells\n"
        "  expected: at most 1,000,000 cells\n"
        "  do:       unmerge them, or save the one sheet as CSV UTF-8"
    ) == _refused(changed(workbook({"rows": [HEAD, ROW]}), SHEET, merge), councils)


def test_what_unpacks_to_too_much_is_never_opened(councils: Framework) -> None:
    """A few kilobytes of blanks that are fifty megabytes of them."""

    def blow_up(part: bytes) -> bytes:
        return part.replace(b"<sheetData>", b"<sheetData>" + b" " * 50_000_000)

    content = changed(workbook({"rows": [HEAD, ROW]}), SHEET, blow_up)
    assert len(content) < 100_000
    message = _refused(content, councils)
    assert message.startswith("error[too-large]: scores.xlsx\n  found:    50,0")
    assert "expected: at most 40,000,000 bytes in 2,000 parts\n" in message


def test_a_part_that_unpacks_to_more_than_it_states_is_refused(councils: Framework) -> None:
    """zipfile stops at what is stated; the sum of the rest is then wrong."""
    content = bytearray(
        changed(workbook({"rows": [HEAD, ROW]}), SHEET, lambda part: part + b" " * 9_000_000)
    )
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        size = packed.getinfo(SHEET).file_size
    content = content.replace(size.to_bytes(4, "little"), (500).to_bytes(4, "little"))
    assert "error[bad-syntax]: scores.xlsx\n" in _refused(bytes(content), councils)


def test_a_declared_entity_is_refused(councils: Framework) -> None:
    """A thousand million laughs begin with a document type, which no workbook has."""

    def declare(part: bytes) -> bytes:
        head, _, rest = part.partition(b"?>")
        return head + b'?><!DOCTYPE worksheet [<!ENTITY a "aaaa">]>' + rest

    message = _refused(changed(workbook({"rows": [HEAD, ROW]}), SHEET, declare), councils)
    assert "found:    a file that is cut off, damaged or no workbook\n" in message


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch, councils: Framework) -> None:
    monkeypatch.setattr("assurance_core.tables.grid.MAX_ROWS", 2)
    message = _refused(workbook({"rows": [HEAD, ROW, ROW, ROW]}), councils)
    assert message.startswith('error[too-large]: scores.xlsx sheet "Sheet1"\n  found:    3 rows\n')


def test_a_damaged_workbook_is_an_error_and_no_crash(councils: Framework) -> None:
    """Cut off anywhere, with bytes changed, with elements broken: read or refused, nothing else."""
    whole, chance = workbook({"rows": [HEAD, ROW], "tables": {"T": "A1:E2"}}), random.Random(1)
    damaged = [whole[: chance.randrange(len(whole))] for _ in range(20)]
    for _ in range(60):
        content = bytearray(whole)
        for _ in range(5):
            content[chance.randrange(len(content))] = chance.randrange(256)
        damaged.append(bytes(content))
    with zipfile.ZipFile(io.BytesIO(whole)) as packed:
        parts = packed.namelist()

    def scratch(part: bytes) -> bytes:
        place = chance.randrange(len(part))
        return (
            part[:place]
            + bytes([chance.randrange(32, 127)])
            + part[place + chance.choice([0, 1, 5]) :]
        )

    damaged += [changed(whole, chance.choice(parts), scratch) for _ in range(120)]
    found = [_faults(one, councils) for one in damaged]
    places = {fault.place[:11] for faults in found for fault in faults}
    assert {"scores.xlsx"} == places
    assert 100 < sum(map(bool, found)) < len(damaged)


def _faults(content: bytes, framework: Framework) -> tuple[Fault, ...]:
    try:
        _read(content, framework)
    except AssuranceError as error:
        return error.faults
    return ()


def test_without_openpyxl_the_message_names_the_extra(
    monkeypatch: pytest.MonkeyPatch, councils: Framework
) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    assert (
        "error[missing]: scores.xlsx\n"
        "  found:    no openpyxl in this Python\n"
        "  expected: the extra `excel`\n"
        "  do:       install it with: pip install 'assurance-core[excel]', or save the sheet as CSV"
    ) == _refused(workbook({"rows": [HEAD, ROW]}), councils)


def test_without_pyarrow_the_message_names_the_extra(
    monkeypatch: pytest.MonkeyPatch, councils: Framework
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(AssuranceError) as caught:
        read_table_bytes(b"PAR1", "scores.parquet", councils)
    assert (
        "error[missing]: scores.parquet\n"
        "  found:    no pyarrow in this Python\n"
        "  expected: the extra `arrow`\n"
        "  do:       install it with: pip install 'assurance-core[arrow]', or write the table as "
        "CSV"
    ) == str(caught.value)
