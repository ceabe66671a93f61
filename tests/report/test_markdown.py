"""Markdown: whatever a council is called, it is shown as written."""

import pytest

from assurance_core.report.document import Column, Paragraph, Report, Section, Table, items
from assurance_core.report.markdown import to_markdown


def _paragraph(text: str) -> str:
    report = Report("T", (), (Section("S", (Paragraph(text),)),))
    return to_markdown(report).removeprefix("# T\n\n## S\n\n").removesuffix("\n")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>alert(1)</script>", "\\<script\\>alert(1)\\</script\\>"),
        ("=1+1", "\\=1+1"),
        ("- no list", "\\- no list"),
        ("1. no list", "1\\. no list"),
        ("2023 is a year", "2023 is a year"),
        ("a | b", "a \\| b"),
        ("[x](y) *a* _b_ `c` ~d~", "\\[x\\](y) \\*a\\* \\_b\\_ \\`c\\` \\~d\\~"),
        ("&lt;", "\\&lt;"),
        ("two\nlines", "two lines"),
        ("see https://example.org/a_b?c=1&d=2 now", "see <https://example.org/a_b?c=1&d=2> now"),
    ],
)
def test_text_is_escaped(text: str, shown: str) -> None:
    """No mark has a meaning, links apart."""
    assert shown == _paragraph(text)


def test_tables_and_lists() -> None:
    """A caption before the table, the alignment in its rule."""
    table = Table("How many", (Column("Word"), Column("Number", "right")), (("Good", "7"),))
    report = Report("T", ("lead",), (Section("S", (table, items(["a", "b"], True))),), "foot")
    assert (
        "# T\n\nlead\n\n## S\n\nHow many\n\n| Word | Number |\n| --- | ---: |\n| Good | 7 |\n\n"
        "1. a\n2. b\n\n---\n\nfoot\n"
    ) == to_markdown(report)
