"""What a Parquet file can be wrong in: one clear message each."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import pyarrow
import pytest

from assurance_core import AssuranceError
from assurance_core.tables.files import read_table_bytes
from tests.engines.arrow_data import COUNCILS, DATA, in_parquet


def _one_text_often() -> Any:
    """A text of 100,000 letters in 50,000 rows, held once."""
    return pyarrow.DictionaryArray.from_arrays(pyarrow.repeat(0, 50_000), ["x" * 100_000])


def in_parquet_of(*columns: Any) -> bytes:
    """Return a Parquet file of a body and twice the same statement."""
    names = ["body", "safeguarding", "safeguarding"]
    return in_parquet(pyarrow.Table.from_arrays([pyarrow.array(one) for one in columns], names))


def _not_in_utf_8() -> Any:
    """A name, and two bytes that are none."""
    ends, texts = pyarrow.py_buffer(b"\0\0\0\0\4\0\0\0\6\0\0\0"), b"Hull\xff\xfe"
    return pyarrow.StringArray.from_buffers(2, ends, pyarrow.py_buffer(texts))


BAD: dict[str, tuple[bytes, str]] = {
    "score": (
        in_parquet({"body": ["Hull", "York"], "safeguarding": [3, 5]}),
        'error[bad-score]: x.parquet row 2 (York), column "safeguarding"\n'
        "  found:    '5'\n"
        "  expected: one of 1, 2, 3, 4\n"
        "  do:       use one of: 1, 2, 3, 4",
    ),
    "decimal": (
        in_parquet({"body": ["Hull"], "safeguarding": [2.5]}),
        'error[bad-score]: x.parquet row 1 (Hull), column "safeguarding"\n'
        "  found:    '2.5'\n"
        "  expected: one of 1, 2, 3, 4\n"
        "  do:       write a whole number, without a decimal point",
    ),
    "text": (
        in_parquet({"body": ["Hull"], "safeguarding": ["3.0"]}),
        'error[bad-score]: x.parquet row 1 (Hull), column "safeguarding"\n'
        "  found:    '3.0'\n"
        "  expected: one of 1, 2, 3, 4\n"
        "  do:       write a whole number, without a decimal point",
    ),
    "true": (
        in_parquet({"body": ["Hull"], "safeguarding": [True]}),
        'error[bad-score]: x.parquet row 1 (Hull), column "safeguarding"\n'
        "  found:    'true'\n"
        "  expected: one of 1, 2, 3, 4\n"
        "  do:       true and false are no scores: write the level",
    ),
    "nan": (
        in_parquet({"body": ["Hull"], "safeguarding": [float("nan")]}),
        'error[bad-score]: x.parquet row 1 (Hull), column "safeguarding"\n'
        "  found:    'nan'\n"
        "  expected: one of 1, 2, 3, 4\n"
        "  do:       a score that is not known is left empty, in a table or an assessment file; "
        "where there is none, write for example not applicable: REASON",
    ),
    "header": (
        in_parquet({"body": ["Hull"], "safegarding": [3], "assessing_needs": [3]}),
        'error[bad-table]: x.parquet, column "safegarding"\n'
        "  found:    'safegarding'\n"
        "  expected: a known column\n"
        "  do:       did you mean 'safeguarding'?",
    ),
    "nobody": (
        in_parquet({"body": [None], "safeguarding": [3]}),
        'error[missing]: x.parquet row 1, column "body"\n'
        "  found:    nothing\n"
        "  expected: the name of the body\n"
        "  do:       write the name",
    ),
    "nested": (
        in_parquet({"body": ["Hull"], "safeguarding": [[3]]}),
        'error[bad-table]: x.parquet row 1 (Hull), column "safeguarding"\n'
        "  found:    a value of the type list<element: int64>\n"
        "  expected: text, a number or a date\n"
        "  do:       convert the column",
    ),
    "name": (
        in_parquet({"body": ["Hull"], "guarding": [3]}).replace(b"guarding", b"\xffuarding"),
        "error[bad-syntax]: x.parquet\n"
        "  found:    'utf-8' codec can't decode byte 0xff in position 0: invalid start byte\n"
        "  expected: a Parquet file\n"
        "  do:       check that the file is whole, and write it again",
    ),
    "duplicate": (
        in_parquet({"body": ["Hull", "Hull"], "safeguarding": [3, 3]}),
        'error[duplicate]: x.parquet row 2 (Hull), column "body"\n'
        "  found:    'Hull' again, as in row 1\n"
        "  expected: one row for each body, date and status\n"
        "  do:       remove one of the two",
    ),
    "rows": (
        in_parquet({"body": ["Hull"] * 100_001, "safeguarding": [3] * 100_001}),
        "error[too-large]: x.parquet\n"
        "  found:    100,001 rows\n"
        "  expected: at most 100,000 rows\n"
        "  do:       split the table, or rate it in a stream: assurance rate --engine",
    ),
    "columns": (
        in_parquet({f"c{number}": [1] for number in range(1_001)}),
        "error[too-large]: x.parquet\n"
        "  found:    1,001 columns\n"
        "  expected: at most 1,000 columns\n"
        "  do:       check that this is the right table, or split it",
    ),
    "column twice": (
        in_parquet_of(["Hull"], [3], [2]),
        'error[duplicate]: x.parquet, column "safeguarding"\n'
        "  found:    a second column for safeguarding\n"
        "  expected: each column once\n"
        "  do:       remove one of the two",
    ),
    "time": (
        in_parquet({"body": ["Hull"], "date": [datetime(2025, 3, 1, 12)], "safeguarding": [3]}),
        'error[bad-date]: x.parquet row 1 (Hull), column "date"\n'
        "  found:    '2025-03-01 12:00:00'\n"
        "  expected: a date that exists, as YYYY, YYYY-MM or YYYY-MM-DD\n"
        "  do:       write the date as precisely as it is known, such as 2025-03-21 or 2025-03",
    ),
    "duration": (
        in_parquet({"body": ["Hull"], "safeguarding": pyarrow.array([3], pyarrow.duration("s"))}),
        'error[bad-table]: x.parquet row 1 (Hull), column "safeguarding"\n'
        "  found:    a value of the type timedelta\n"
        "  expected: text, a number or a date\n"
        "  do:       convert the column",
    ),
    "bytes": (
        in_parquet({"body": ["Hull"], "safeguarding": [b"3"]}),
        'error[bad-table]: x.parquet row 1 (Hull), column "safeguarding"\n'
        "  found:    a value of the type bytes\n"
        "  expected: text, a number or a date\n"
        "  do:       convert the column",
    ),
    "no text": (
        in_parquet({"body": _not_in_utf_8(), "safeguarding": [3, 3]}),
        'error[bad-table]: x.parquet row 2, column "body"\n'
        "  found:    bytes that are no text in UTF-8\n"
        "  expected: text in UTF-8\n"
        "  do:       convert the column",
    ),
    "struct": (
        in_parquet({"body": ["Hull", "York"], "safeguarding": [{"level": 3}, None]}),
        'error[bad-table]: x.parquet row 1 (Hull), column "safeguarding"\n'
        "  found:    a value of the type struct<level: int64>\n"
        "  expected: text, a number or a date\n"
        "  do:       convert the column",
    ),
    "infinite": (
        in_parquet({"body": ["Hull"], "safeguarding": [float("inf")]}),
        'error[bad-score]: x.parquet row 1 (Hull), column "safeguarding"\n'
        "  found:    'inf'\n"
        "  expected: one of 1, 2, 3, 4\n"
        "  do:       use one of: 1, 2, 3, 4",
    ),
    "huge": (
        in_parquet(
            {"body": ["Hull"], "safeguarding": pyarrow.array([2**64 - 1], pyarrow.uint64())}
        ),
        'error[bad-score]: x.parquet row 1 (Hull), column "safeguarding"\n'
        "  found:    '18446744073709551615'\n"
        "  expected: one of 1, 2, 3, 4\n"
        "  do:       use one of: 1, 2, 3, 4",
    ),
    "exact decimal": (
        in_parquet({"body": ["Hull", "York"], "safeguarding": [Decimal("2.5"), Decimal("3.0")]}),
        'error[bad-score]: x.parquet row 1 (Hull), column "safeguarding"\n'
        "  found:    '2.5'\n"
        "  expected: one of 1, 2, 3, 4\n"
        "  do:       write a whole number, without a decimal point",
    ),
    "in a dictionary": (
        in_parquet(
            {
                "body": ["Hull", "York"],
                "safeguarding": pyarrow.array(["3", "5"]).dictionary_encode(),
            }
        ),
        'error[bad-score]: x.parquet row 2 (York), column "safeguarding"\n'
        "  found:    '5'\n"
        "  expected: one of 1, 2, 3, 4\n"
        "  do:       use one of: 1, 2, 3, 4",
    ),
    "no rows": (
        in_parquet({"body": pyarrow.array([], pyarrow.string()), "safeguarding": []}),
        "error[missing]: x.parquet\n"
        "  found:    no rows below the header\n"
        "  expected: one row for each body\n"
        "  do:       add rows",
    ),
    "no columns": (
        in_parquet({}),
        "error[bad-table]: x.parquet\n"
        "  found:    no heading\n"
        "  expected: the heading body, and the statements or statement and level\n"
        "  do:       name the columns there, or start from a template: assurance new assessment",
    ),
    "index alone": (
        in_parquet({"__index_level_0__": ["Hull"], "safeguarding": [3]}),
        "error[bad-table]: x.parquet\n"
        "  found:    no column 'body'\n"
        "  expected: a column with the names of the bodies\n"
        "  do:       name that column body",
    ),
    "long without statement": (
        in_parquet({"body": ["Hull"], "statement": [None], "level": [3]}),
        'error[missing]: x.parquet row 1 (Hull), column "statement"\n'
        "  found:    nothing\n"
        "  expected: the statement that was scored\n"
        "  do:       write its id or name",
    ),
    "control character": (
        in_parquet({"body": ["Hu\x1bll"], "safeguarding": [3]}),
        'error[bad-table]: x.parquet row 1, column "body"\n'
        "  found:    a sign that is not shown (U+001B)\n"
        "  expected: text that can be read\n"
        "  do:       write the text anew",
    ),
    "all faults": (
        in_parquet(
            {
                "body": ["Hull", None, "York", "york"],
                "date": ["31/5/2025", "2025", "2025", "2025"],
                "safeguarding": [5.0, 2.5, 3.0, 3.0],
            }
        ),
        'error[bad-date]: x.parquet row 1 (Hull), column "date"\n'
        "  found:    '31/5/2025'\n"
        "  expected: a date that exists, as YYYY, YYYY-MM or YYYY-MM-DD\n"
        "  do:       write the date as precisely as it is known, such as 2025-03-21 or 2025-03\n"
        'error[bad-score]: x.parquet row 1 (Hull), column "safeguarding"\n'
        "  found:    '5'\n"
        "  expected: one of 1, 2, 3, 4\n"
        "  do:       use one of: 1, 2, 3, 4\n"
        'error[missing]: x.parquet row 2, column "body"\n'
        "  found:    nothing\n"
        "  expected: the name of the body\n"
        "  do:       write the name\n"
        'error[bad-score]: x.parquet row 2, column "safeguarding"\n'
        "  found:    '2.5'\n"
        "  expected: one of 1, 2, 3, 4\n"
        "  do:       write a whole number, without a decimal point\n"
        'error[duplicate]: x.parquet row 4 (york), column "body"\n'
        "  found:    'york' again, as in row 3\n"
        "  expected: one row for each body, date and status\n"
        "  do:       remove one of the two",
    ),
    "bomb": (
        in_parquet({"body": _one_text_often(), "safeguarding": [3] * 50_000}, store_schema=False),
        "error[too-large]: x.parquet\n"
        "  found:    more than 100,000,000 bytes of text\n"
        "  expected: at most 100,000,000 bytes\n"
        "  do:       check that this is the right table, or split it",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_parquet_file_is_one_clear_error(case: str) -> None:
    """The whole message; a few kilobytes that unpack to gigabytes are counted, not made."""
    content, message = BAD[case]
    assert len(content) < 1_000_000
    with pytest.raises(AssuranceError) as caught:
        read_table_bytes(content, "x.parquet", COUNCILS)
    assert message == str(caught.value)


def test_a_file_that_is_cut_off_or_none_is_refused() -> None:
    """Wherever it is cut."""
    whole = in_parquet(DATA)
    parts = [whole[:end] for end in range(0, len(whole), 97)]
    for content in (b"body,safeguarding\n", *parts):
        with pytest.raises(AssuranceError) as caught:
            read_table_bytes(content, "x.parquet", COUNCILS)
        (fault,) = caught.value.faults
        assert ("bad-syntax", "x.parquet", "a Parquet file") == (
            fault.code, fault.place, fault.expected,
        )  # fmt: skip
