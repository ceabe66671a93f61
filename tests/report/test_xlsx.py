"""A workbook: real tables, text that stays text, the same bytes each time."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from assurance_core.model.errors import AssuranceError
from assurance_core.report.comparison_report import comparison_report
from assurance_core.report.document import Column, Paragraph, Report, Section, Table
from assurance_core.report.xlsx import to_xlsx
from tests.commands import run
from tests.report.compared import HOSTILE, demo, hostile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def parts(data: bytes) -> dict[str, str]:
    """The parts of a workbook by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return {name: book.read(name).decode() for name in book.namelist()}


def sheet_names(data: bytes) -> list[str]:
    root = ElementTree.fromstring(parts(data)["xl/workbook.xml"])
    return [one.attrib["name"] for one in root.iter(f"{MAIN}sheet")]


def strings(data: bytes) -> list[str]:
    root = ElementTree.fromstring(parts(data)["xl/sharedStrings.xml"])
    return ["".join(one.itertext()) for one in root.iter(f"{MAIN}si")]


def tables(data: bytes) -> dict[str, list[str]]:
    """The headings of each table, by its name."""
    found = {}
    for name, text in parts(data).items():
        if name.startswith("xl/tables/"):
            root = ElementTree.fromstring(text)
            found[root.attrib["name"]] = [
                one.attrib["name"] for one in root.iter(f"{MAIN}tableColumn")
            ]
    return found


def with_tables(*tables: Table, heading: str = "Numbers") -> bytes:
    return to_xlsx(Report("Title", ("Lead.",), (Section(heading, tables),), "Footer."))


def test_a_comparison_becomes_a_cover_notes_and_tables() -> None:
    """Every table has a sheet of its own; the scores stand one a column."""
    data = to_xlsx(comparison_report(demo()))
    assert ["Cover", "Notes"] == sheet_names(data)[:2]
    assert "One by one" in sheet_names(data)
    assert len(sheet_names(data)) - 1 == len(tables(data))
    (bodies,) = [one for one in tables(data).values() if "Safeguarding" in one]
    assert ["Council", "Date", "One word", "One word: score"] == bodies[:4]
    assert "Outstanding from 80: change" in bodies


def test_it_is_the_same_bytes_each_time() -> None:
    """No clock takes part."""
    assert to_xlsx(comparison_report(demo())) == to_xlsx(comparison_report(demo()))


def test_no_cell_is_a_formula_and_none_are_merged() -> None:
    """A council called =1+1 is a text, and so is any other."""
    data = to_xlsx(comparison_report(hostile()))
    for name, text in parts(data).items():
        assert "<f>" not in text, name
        assert "mergeCell" not in text, name
    assert set(HOSTILE) <= set(strings(data))


def test_heads_are_frozen() -> None:
    """Headings stay in sight."""
    found = parts(with_tables(Table("", (Column("A"),), (("x",),))))
    assert 'state="frozen"' in found["xl/worksheets/sheet2.xml"]


def test_numbers_are_numbers_only_in_columns_of_numbers() -> None:
    """A number in a column of text, and a word in a column of numbers, stay text."""
    columns = (Column("Text"), Column("Number", "right"))
    data = with_tables(Table("", columns, (("12", "130,366"), ("x", "66.67"), ("y", "not known"))))
    sheet = parts(data)["xl/worksheets/sheet2.xml"]
    assert ["130366", "66.67"] == re.findall(r'<c r="B\d+" s="\d+"><v>([^<]*)', sheet)
    assert {"12", "not known"} <= set(strings(data))


def test_sheets_get_names_that_excel_takes() -> None:
    """At most 31 characters, none forbidden, no two alike; headings of columns likewise."""
    table = Table("", (Column("a"), Column("A"), Column("")), (("1", "2", "3"),))
    heading = "What [would] change? A/B: one\\two * and a good deal more"
    data = with_tables(table, table, heading=heading)
    names = sheet_names(data)
    assert ["Cover", "What would change A B one two a", "What would change A B one two 2"] == names
    assert all(len(one) <= 31 for one in names)
    assert {"Table1": ["a", "A 2", "Column"], "Table2": ["a", "A 2", "Column"]} == tables(data)
    assert ["Cover", "Cover 2"] == sheet_names(with_tables(table, heading="cover".title()))


def test_a_table_without_rows_is_still_one() -> None:
    """Excel wants one row; it is empty."""
    assert {"Table1": ["A"]} == tables(with_tables(Table("None", (Column("A"),), ())))


def test_what_excel_cannot_hold_is_refused_or_cut() -> None:
    """A text is cut where a cell ends; more rows than a sheet has are an error."""
    cut = to_xlsx(Report("T", (), (Section("S", (Paragraph("x" * 40_000),)),)))
    assert [32_767] == [len(one) for one in strings(cut) if len(one) > 1000]
    with pytest.raises(AssuranceError) as caught:
        with_tables(Table("", (Column("A"),), (("x",),) * 1_048_576))
    assert "too-large" == caught.value.faults[0].code


def test_without_xlsxwriter_the_message_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is imported only when a workbook is asked for."""
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(AssuranceError, match=r"assurance-core\[excel\]") as caught:
        with_tables()
    assert "missing" == caught.value.faults[0].code


def test_the_command_writes_it_by_the_ending(tmp_path: Path) -> None:
    """`rate --data` gives one row a body."""
    file = tmp_path / "rated.xlsx"
    run("rate", "--design", "cqc-la/single-word", "--data", "cqc-la", "-o", str(file))
    assert ["Cover", "One by one", "Outcomes", "Columns"] == sheet_names(file.read_bytes())
    assert "Camden" in strings(file.read_bytes())


def test_rows_are_as_high_as_their_text_and_sheets_can_be_printed() -> None:
    """LibreOffice makes no row higher by itself; on paper the headings are on every page."""
    wide = Table("", (Column("A"), Column("B")), (("short", "word " * 40), ("one", "line")))
    data = with_tables(wide)
    sheet = parts(data)["xl/worksheets/sheet2.xml"]
    rows = ElementTree.fromstring(sheet).iter(f"{MAIN}row")
    assert ["60", None] == [row.attrib.get("ht") for row in rows][-2:]
    assert 'orientation="landscape"' in sheet
    assert 'fitToPage="1"' in sheet
    assert "Numbers!$3:$3" in parts(data)["xl/workbook.xml"]
