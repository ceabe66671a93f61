"""CSV: what is accepted, what is mended and said, and what is refused, by row and column."""

from pathlib import Path

import pytest

from assurance_core.model.assessment import NOT_KNOWN, Absence, Score
from assurance_core.model.errors import AssuranceError
from assurance_core.model.framework import Framework
from assurance_core.plugins import Registry
from assurance_core.tables.csv_table import csv_grid
from assurance_core.tables.files import read_table_file
from assurance_core.tables.reading import TableAssessments, read_grid
from assurance_core.tables.rows import Reference

IDS = (
    "assessing_needs,supporting_healthier_lives,equity_in_experience_and_outcomes,"
    "care_provision_integration_continuity,partnerships_and_communities,"
    "safe_systems_pathways_transitions,safeguarding,governance_management_sustainability,"
    "learning_improvement_innovation"
)


@pytest.fixture
def councils(registry: Registry) -> Framework:
    """Nine statements scored from 1 to 4."""
    return registry.framework("cqc-la")


@pytest.fixture
def services(registry: Registry) -> Framework:
    """Grades in words, in three versions with different statements."""
    return registry.framework("ofsted-ilacs")


def _refused(text: str, framework: Framework) -> str:
    with pytest.raises(AssuranceError) as caught:
        read_grid(csv_grid(text.encode(), "scores.csv"), framework)
    return str(caught.value)


def _read(text: str, framework: Framework) -> TableAssessments:
    return read_grid(csv_grid(text.encode(), "scores.csv"), framework)


def test_a_row_is_an_assessment(councils: Framework) -> None:
    """Dates with their precision, published word and number, source and note."""
    text = (
        f"body,code,date,published,status,headline,score,{IDS},evidence,source,note\n"
        "Here,E1,2025-02,2025-03-01,indicative,Good,78 %,3,3,3,3,4,3,3,3,,report,"
        'https://e.org,"a, b"\n'
    )
    reference = Reference("cqc-la/single-word", {"report": "official"})
    (one,) = read_grid(csv_grid(text.encode(), "scores.csv"), councils, reference).assessments
    assert ("Here", "E1", "2025-02", "2025-03-01", "indicative", "2023") == (
        one.body.name, one.body.code, str(one.date), str(one.published_on), one.status, one.version,
    )  # fmt: skip
    assert ("good", 78, "cqc-la/single-word") == (
        one.published.headline, one.published.score, one.published.by,
    )  # fmt: skip
    assert (Score("3"), NOT_KNOWN) == (
        one.scores["assessing_needs"],
        one.scores["learning_improvement_innovation"],
    )
    assert one.source is not None
    assert ("report", "official", "https://e.org", "a, b") == (
        one.source.title, one.source.status, one.source.link, one.note,
    )  # fmt: skip


def test_a_dash_or_a_nought_says_nothing_of_why(councils: Framework) -> None:
    for word in ("-", "n/a", "0"):
        assert (
            "  do:       a score that is not known is left empty, in a table or an assessment "
            "file; where there is none, write for example not applicable: REASON"
        ) in _refused(f"body,safeguarding\nHere,{word}\n", councils)


def test_a_row_with_too_few_cells_is_refused(councils: Framework) -> None:
    """RFC 4180: each line has as many fields as the others; a lost cell may have moved the rest."""
    assert (
        "error[bad-table]: scores.csv row 2 (Here)\n"
        "  found:    2 cells: none for Safeguarding, note\n"
        "  expected: a cell for each of the 4 columns\n"
        "  do:       add a comma for each empty cell at the end of the row, or look for one that "
        "was lost\n"
        "error[bad-table]: scores.csv row 4 (There)\n"
        "  found:    1 cell: none for assessing_needs, Safeguarding, note\n"
        "  expected: a cell for each of the 4 columns\n"
        "  do:       add a comma for each empty cell at the end of the row, or look for one that "
        "was lost"
    ) == _refused("body,assessing_needs,Safeguarding,note\nHere,3\nLeeds,3,3,\nThere\n", councils)


def test_a_column_without_a_heading_needs_no_cells(councils: Framework) -> None:
    (one,) = _read("body,safeguarding,,\nHere,3\n", councils).assessments
    assert Score("3") == one.scores["safeguarding"]


def test_a_cell_may_say_why_there_is_no_score(councils: Framework) -> None:
    """An empty cell is not known to us; a stated absence is no score at all."""
    text = "body,safeguarding,assessing_needs\nHere,not assessed: flooded,\n"
    (one,) = _read(text, councils).assessments
    assert (Absence("not_assessed", "flooded"), NOT_KNOWN) == (
        one.scores["safeguarding"],
        one.scores["assessing_needs"],
    )


def test_without_a_date_the_newest_version_is_meant(services: Framework) -> None:
    """Its statements are the columns; others have to be empty."""
    table = _read(
        "body,help_and_protection,care_leavers\nHere,good,Requires improvement\n", services
    )
    (one,) = table.assessments
    assert ("2026", Score("requires_improvement")) == (one.version, one.scores["care_leavers"])


def test_the_date_chooses_the_version(services: Framework) -> None:
    """A column of another version's statement is refused where it is filled in."""
    assert (
        'error[bad-score]: scores.csv row 2 (Here), column D "care_leavers"\n'
        "  found:    'good'\n"
        "  expected: an empty cell: version 2018 has no such statement\n"
        "  do:       clear the cell, or mend the date or version"
    ) == _refused("body,date,help_and_protection,care_leavers\nHere,2019,good,good\n", services)


def test_headings_and_stray_blanks_are_mended_and_said(councils: Framework) -> None:
    """A name or alias for an id, blanks around cells, blank rows, columns without a heading."""
    table = _read("Body,Safeguarding,,\n Here , 3 ,,\n,,,\nThere,4,,\n", councils)
    assert ["Here", "There"] == [one.body.name for one in table.assessments]
    assert (
        "scores.csv: blanks before or after some cells were removed",
        'scores.csv: column "Body" is read as body',
        'scores.csv: column "Safeguarding" is read as safeguarding',
    ) == table.notices


def test_a_file_of_excel_is_read_and_said(tmp_path: Path, councils: Framework) -> None:
    """Byte order mark and Windows line ends."""
    file = tmp_path / "scores.csv"
    file.write_bytes(b"\xef\xbb\xbfbody,safeguarding\r\nHere,3\r\n")
    assert (
        "scores.csv: the byte order mark at its start was skipped",
        "scores.csv: its line ends are those of Windows, and were accepted",
    ) == read_table_file(file, councils).notices


def test_nothing_is_said_of_a_clean_table(tmp_path: Path, councils: Framework) -> None:
    """Notices mean that something was done."""
    file = tmp_path / "scores.csv"
    file.write_text("body,safeguarding\nHere,3\n", "utf-8")
    assert () == read_table_file(file, councils).notices


def test_all_faults_of_a_table_are_reported_at_once(councils: Framework) -> None:
    """By row, body, column letter and the heading as it stands in the file."""
    text = (
        "body,date,published,version,status,headline,score,Safeguarding,assessing_needs\n"
        "Hull,31.1.2025,,,,,,3,3\n"
        "Kent,2025,,1999,,,,3,3\n"
        "York,2025,,,final,,,3,3\n"
        "Bath,2025,,,,goood,,3,3\n"
        "Bury,2025,,,,,many,3,3\n"
        "Dover,2025,,,,,,5,n/a\n"
        "Hove,2025,,,,,,3.0,-\n"
        ",2025,,,,,,3,3\n"
        "Leeds,2023,,,,,,3,3\n"
    )
    assert (
        'error[bad-date]: scores.csv row 2 (Hull), column B "date"\n'
        "  found:    '31.1.2025'\n"
        "  expected: a date that exists, as YYYY, YYYY-MM or YYYY-MM-DD\n"
        "  do:       write the date as precisely as it is known, such as 2025-03-21 or 2025-03\n"
        'error[unknown-id]: scores.csv row 3 (Kent), column D "version"\n'
        "  found:    '1999'\n"
        "  expected: a version: 2023-pilot, 2023\n"
        "  do:       use one of: 2023-pilot, 2023\n"
        'error[wrong-type]: scores.csv row 4 (York), column E "status"\n'
        "  found:    'final'\n"
        "  expected: one of formal, indicative, provisional, superseded\n"
        "  do:       use one of: formal, indicative, provisional, superseded\n"
        'error[bad-level]: scores.csv row 5 (Bath), column F "headline"\n'
        "  found:    'goood'\n"
        "  expected: a level of cqc-la\n"
        "  do:       did you mean 'Good'?\n"
        'error[wrong-type]: scores.csv row 6 (Bury), column G "score"\n'
        "  found:    'many'\n"
        "  expected: a whole number\n"
        "  do:       write the published number, or leave the cell empty\n"
        'error[bad-score]: scores.csv row 7 (Dover), column I "assessing_needs"\n'
        "  found:    'n/a'\n"
        "  expected: one of 1, 2, 3, 4\n"
        "  do:       a score that is not known is left empty, in a table or an assessment file; "
        "where there is none, write for example not applicable: REASON\n"
        'error[bad-score]: scores.csv row 7 (Dover), column H "Safeguarding"\n'
        "  found:    '5'\n"
        "  expected: one of 1, 2, 3, 4\n"
        "  do:       use one of: 1, 2, 3, 4\n"
        'error[bad-score]: scores.csv row 8 (Hove), column I "assessing_needs"\n'
        "  found:    '-'\n"
        "  expected: one of 1, 2, 3, 4\n"
        "  do:       a score that is not known is left empty, in a table or an assessment file; "
        "where there is none, write for example not applicable: REASON\n"
        'error[bad-score]: scores.csv row 8 (Hove), column H "Safeguarding"\n'
        "  found:    '3.0'\n"
        "  expected: one of 1, 2, 3, 4\n"
        "  do:       write a whole number, without a decimal point\n"
        'error[missing]: scores.csv row 9, column A "body"\n'
        "  found:    nothing\n"
        "  expected: the name of the body\n"
        "  do:       write the name\n"
        'error[no-choice]: scores.csv row 10 (Leeds), column B "date"\n'
        "  found:    2023, which decides no version\n"
        "  expected: a date in one of: 2023-pilot from an unknown date to 2023-12 (excluded); "
        "2023 from 2023-12\n"
        "  do:       add a column version, and name it there"
    ) == _refused(text, councils)


def test_faults_of_the_header_are_reported_at_once(councils: Framework) -> None:
    """Unknown, doubled and missing columns."""
    assert (
        'error[bad-table]: scores.csv row 1, column A "bdy"\n'
        "  found:    'bdy'\n"
        "  expected: a known column\n"
        "  do:       did you mean 'body'?\n"
        'error[duplicate]: scores.csv row 1, column C "safeguarding"\n'
        "  found:    a second column for safeguarding\n"
        "  expected: each column once\n"
        "  do:       remove one of the two\n"
        "error[bad-table]: scores.csv row 1\n"
        "  found:    no column 'body'\n"
        "  expected: a column with the names of the bodies\n"
        "  do:       name that column body"
    ) == _refused("bdy,Safeguarding,safeguarding\nHere,3,3\n", councils)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "body;safeguarding\nHere;3\n",
            "error[bad-syntax]: scores.csv row 1\n"
            "  found:    one cell: the columns are separated by semicolons\n"
            "  expected: columns separated by commas\n"
            "  do:       save the sheet as CSV with commas",
        ),
        (
            "body,note\nHere,x\n",
            "error[bad-table]: scores.csv row 1\n"
            "  found:    no statement among the columns\n"
            "  expected: the statements of cqc-la\n"
            "  do:       start from a template: assurance new assessment --framework cqc-la "
            "-o FILE.csv",
        ),
        (
            "body,safeguarding\n",
            "error[missing]: scores.csv\n"
            "  found:    no rows below the header\n"
            "  expected: one row for each body\n"
            "  do:       add rows",
        ),
        (
            "\nHere,3\n",
            "error[bad-table]: scores.csv row 1\n"
            "  found:    no header in the first row\n"
            "  expected: a header row\n"
            "  do:       name the columns in the first row",
        ),
        (
            'body,safeguarding\n"Here,3\n',
            "error[bad-syntax]: scores.csv row 2\n"
            "  found:    a quotation mark that is not closed\n"
            "  expected: cells in quotation marks from end to end, or without any\n"
            "  do:       write a quotation mark inside such a cell twice, or save the sheet as CSV"
            " UTF-8",
        ),
        (
            "body,safeguarding\nHere,3,more\n",
            "error[bad-table]: scores.csv row 2 (Here)\n"
            "  found:    'more' in a column without a heading\n"
            "  expected: text under the 2 headings alone\n"
            "  do:       put text with commas in quotes, or give the column a heading",
        ),
        (
            "body,safeguarding\nHere,3\nHere,4\n",
            'error[duplicate]: scores.csv row 3 (Here), column A "body"\n'
            "  found:    'Here' again, as in row 2\n"
            "  expected: one row for each body, date and status\n"
            "  do:       remove one of the two",
        ),
    ],
)
def test_what_is_no_table_of_assessments_is_refused(
    councils: Framework, text: str, message: str
) -> None:
    """The whole message."""
    assert message == _refused(text, councils)


def test_too_many_rows_are_refused(councils: Framework) -> None:
    """Before anything is read of them."""
    text = "body,safeguarding\n" + "Here,3\n" * 100_001
    assert "error[too-large]: scores.csv\n  found:    100,002 rows\n" in _refused(text, councils)


def test_columns_beyond_z_have_two_letters(councils: Framework) -> None:
    """As a spreadsheet names them."""
    text = f"body,safeguarding{',' * 25}assessing_needs\nHere,3{',' * 25}7\n"
    assert 'row 2 (Here), column AA "assessing_needs"' in _refused(text, councils)


def test_judged_levels_have_columns_of_their_own(services: Framework) -> None:
    """`judged.overall`; a word that is no level is refused."""
    head = "body,help_and_protection,judged.overall\n"
    (one,) = _read(head + "Here,good,Requires improvement to be good\n", services).assessments
    assert {"overall": "requires_improvement"} == one.judged
    assert "column C \"judged.overall\"\n  found:    'fine'\n" in _refused(
        head + "Here,good,fine\n", services
    )


def test_consequences_have_semicolons_between_them(councils: Framework) -> None:
    """Ids of what was published to follow; an empty cell says that it is not known."""
    text = "body,headline,consequences\nHere,good,visit_soon; letter\nThere,good,\n"
    here, there = _read(text, councils).assessments
    assert (("visit_soon", "letter"), ()) == (
        here.published.consequences, there.published.consequences,
    )  # fmt: skip


def test_a_cell_without_an_end_is_named(councils: Framework) -> None:
    """A quotation mark that is not closed takes the rest of the file."""
    assert (
        "error[too-large]: scores.csv row 2\n"
        "  found:    a cell of more than 131,072 characters\n"
        "  expected: cells of a table\n"
        "  do:       look for a quotation mark that is not closed"
    ) == _refused('body,safeguarding\n"Here,3\n' + "There,3\n" * 20_000, councils)
