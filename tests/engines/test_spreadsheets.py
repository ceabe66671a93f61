"""The round trip of a person with a spreadsheet program: template, scores, comparison, report.

LibreOffice opens, fills in and saves; nothing here writes a workbook by a library of Python's.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.commands import answer, refused, run

SESSION = Path(__file__).parent / "office_session.py"
PYTHON = "/usr/bin/python3"
"""That of the system: it has LibreOffice's bridge."""
DESIGNS = ("cqc-la/single-word", "cqc-la/with-limiters")
FORMULAS = ('=HYPERLINK("http://x")', "+1", "-1", "@cmd", "=1+1")
"""Names that a spreadsheet would take for something else, were they not texts."""
STATEMENTS = "EFGHIJKLM"


class Office:
    """LibreOffice with a profile of its own."""

    def __init__(self, folder: Path) -> None:
        self._pipe = f"assurance-{uuid4().hex}"
        soffice = shutil.which("soffice")
        assert soffice, "LibreOffice is missing: make test-engines installs it"
        self._process = subprocess.Popen(
            [
                soffice,
                "--headless",
                "--norestore",
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                f"--accept=pipe,name={self._pipe};urp;",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def carry_out(self, *orders: dict[str, Any]) -> Any:
        """Let it do what `office_session` describes; return what is told of the last order."""
        done = subprocess.run(
            [PYTHON, str(SESSION), self._pipe],
            input=json.dumps(orders),
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert 0 == done.returncode, done.stderr
        return json.loads(done.stdout)[-1]

    def tell(self, file: Path) -> Any:
        """Return the cells of each sheet of a file: kind, what is shown, and choices."""
        return self.carry_out({"open": file.as_uri(), "tell": True})

    def save(self, file: Path, *others: Path) -> None:
        """Open a file and save it under other names."""
        self.carry_out({"open": file.as_uri(), "save": [one.as_uri() for one in others]})

    def quit(self) -> None:
        """End it."""
        try:
            self.carry_out({"quit": True})
            self._process.wait(60)
        finally:
            self._process.kill()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    found = Office(tmp_path_factory.mktemp("office"))
    yield found
    found.quit()


@pytest.fixture(scope="module")
def filled(office: Office, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A template as a person fills it in, saved as a workbook and in other forms."""
    folder = tmp_path_factory.mktemp("filled")
    template = folder / "template.xlsx"
    run("new", "assessment", "--framework", "cqc-la", "-o", str(template))
    entered = {
        "A2": "Northshire",
        "B2": "2026-05",
        "C2": "good",
        "D2": "70",
        **scores(2, "332333332"),
        "N2": "https://example.org/northshire",
        "O2": 'first, "second"',
        "A3": "Southshire",
        "B3": "2026-01-31",
        **scores(3, "32233323"),
        "G3": "good standard",
        "M3": "",
        "A4": "Eastshire",
        **scores(4, "332333332"),
        "I4": "not assessed: the visit was cut short",
    }
    for row, name in enumerate(FORMULAS, 5):
        entered |= {f"A{row}": name, **scores(row, "444444444")}
    files = {ending: folder / f"scores.{ending}" for ending in ("xlsx", "csv", "ods", "xls")}
    office.carry_out(
        {
            "open": template.as_uri(),
            "enter": entered,
            "save": [one.as_uri() for one in files.values()],
        }
    )
    return files


def scores(row: int, levels: str) -> dict[str, str]:
    return {f"{column}{row}": level for column, level in zip(STATEMENTS, levels, strict=False)}


def texts(sheets: Any) -> set[str]:
    return {
        shown
        for rows in sheets.values()
        for row in rows
        for kind, shown, _ in row
        if kind == "TEXT"
    }


def formulas(sheets: Any) -> list[str]:
    return [
        shown
        for rows in sheets.values()
        for row in rows
        for kind, shown, _ in row
        if kind == "FORMULA"
    ]


def test_the_template_offers_the_levels(office: Office, tmp_path: Path) -> None:
    """Each statement's cells have a list of them; the columns of text have none."""
    template = tmp_path / "template.xlsx"
    run("new", "assessment", "--framework", "cqc-la", "-o", str(template))
    office.carry_out(
        {
            "open": template.as_uri(),
            "enter": {"A2": "x", "O2": "x"},
            "save": [template.as_uri()],
        }
    )
    sheets = office.tell(template)
    assert ["Scores", "Instructions", "Levels"] == list(sheets)
    lists = [choices for _, _, choices in sheets["Scores"][1]]
    assert [""] * 4 + [lists[4]] * 9 + [""] * 2 == lists
    assert "Levels" in lists[4]
    assert ["1", "2", "3", "4"] == [row[0][1] for row in sheets["Levels"][1:]]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_what_was_filled_in_is_compared(filled: dict[str, Path], ending: str) -> None:
    """Dates, words, absences and names come through as they were typed."""
    found = answer("compare", *DESIGNS, "--data", str(filled[ending]))
    bodies = {one["body"]: one for one in found["bodies"]}
    assert {"Northshire", "Southshire", "Eastshire", *FORMULAS} == set(bodies)
    rated = answer("rate", "--design", DESIGNS[0], "--data", str(filled[ending]))
    by_name = {one["body"]: one for one in rated}
    north = by_name["Northshire"]
    assert ("2026-05", "good", 70) == (north["date"], north["headline"]["level"], north["score"])
    assert ["learning_improvement_innovation"] == by_name["Southshire"]["unknown"]
    assert {"outstanding"} == {by_name[one]["headline"]["level"] for one in FORMULAS}
    assert "the visit was cut short" in json.dumps(by_name["Eastshire"])


def test_both_forms_say_the_same(filled: dict[str, Path]) -> None:
    """The workbook and the CSV that LibreOffice made of it."""
    first, second = (
        answer("rate", "--design", DESIGNS[0], "--data", str(filled[ending]))
        for ending in ("xlsx", "csv")
    )
    assert first == second


@pytest.mark.parametrize(
    "command",
    [("compare", *DESIGNS), ("rate", "--design", DESIGNS[0]), ("scorecard", *DESIGNS)],
    ids=lambda command: command[0],
)
def test_a_report_opens_and_holds_no_formula(
    office: Office, filled: dict[str, Path], tmp_path: Path, command: tuple[str, ...]
) -> None:
    """A council called =HYPERLINK(…) is a text in every sheet, and on paper."""
    report = tmp_path / "report.xlsx"
    run(*command, "--data", str(filled["xlsx"]), "-o", str(report))
    sheets = office.tell(report)
    assert [] == formulas(sheets)
    if command[0] != "scorecard":
        assert set(FORMULAS) <= texts(sheets)
    pdf, csv = tmp_path / "report.pdf", tmp_path / "report.csv"
    office.save(report, pdf, csv)
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert csv.read_text("utf-8").strip()


def test_outcomes_as_csv_hold_no_formula(
    office: Office, filled: dict[str, Path], tmp_path: Path
) -> None:
    """An apostrophe stands in front of what would be one."""
    outcomes = tmp_path / "outcomes.csv"
    run("rate", "--design", DESIGNS[0], "--data", str(filled["xlsx"]), "-o", str(outcomes))
    sheets = office.tell(outcomes)
    assert [] == formulas(sheets)
    assert {f"'{one}" for one in FORMULAS} <= texts(sheets)


def test_a_report_is_saved_again_and_stays_as_it_is(
    office: Office, filled: dict[str, Path], tmp_path: Path
) -> None:
    report, again = tmp_path / "report.xlsx", tmp_path / "again.xlsx"
    run("compare", *DESIGNS, "--data", str(filled["xlsx"]), "-o", str(report))
    office.save(report, again)
    assert office.tell(report) == office.tell(again)


def test_a_population_opens(office: Office, tmp_path: Path) -> None:
    """Scores are numbers in it."""
    book = tmp_path / "population.xlsx"
    run("new", "population", "--like", "cqc-la", "--size", "20", "-o", str(book))
    rows = office.tell(book)["Scores"]
    assert 21 == len(rows)
    assert ["TEXT", "TEXT", *["VALUE"] * 9] == [kind for kind, _, _ in rows[1]]


@pytest.mark.parametrize("ending", ["ods", "xls"])
def test_other_forms_of_sheets_are_refused_with_a_way_out(
    filled: dict[str, Path], ending: str
) -> None:
    """By their name; and an old workbook too where it is called .xlsx."""
    message = refused("rate", "--design", DESIGNS[0], "--data", str(filled[ending]))
    assert message == (
        f"error[unknown-format]: scores.{ending}\n"
        f"  found:    a file that ends in .{ending}\n"
        "  expected: one that ends in .csv, .xlsx, .xlsm, .parquet\n"
        "  do:       save the sheet as .xlsx or as CSV UTF-8\n"
    )
    renamed = filled[ending].with_name(f"renamed-{ending}.xlsx")
    shutil.copy(filled[ending], renamed)
    message = refused("rate", "--design", DESIGNS[0], "--data", str(renamed))
    assert message.startswith(f"error[bad-syntax]: renamed-{ending}.xlsx\n")
