"""Text: wrapping, tables and lists."""

from hypothesis import given
from hypothesis import strategies as st

from assurance_core.report.document import Column, Items, Paragraph, Report, Section, Table, items
from assurance_core.report.text import to_text

WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=30)
CELLS = st.lists(WORDS, max_size=12).map(" ".join)


def _text(*blocks: Paragraph | Items | Table, width: int = 40) -> str:
    body = to_text(Report("T", (), (Section("S", blocks),)), width)
    return body.removeprefix("T\n=\n\nS\n-\n")


def test_a_table_fits_and_keeps_its_words() -> None:
    """The widest column gives way; words are not broken while there is room."""
    table = Table(
        "",
        (Column("Id"), Column("What it is")),
        (("cqc-la/no-national-assessment", "a name that is wrapped"),),
    )
    assert (
        "Id                             What it\n"
        "                               is\n"
        "-----------------------------  ---------\n"
        "cqc-la/no-national-assessment  a name\n"
        "                               that is\n"
        "                               wrapped\n"
    ) == _text(table)


def test_numbers_stand_to_the_right() -> None:
    """So that they can be compared."""
    table = Table("How many", (Column("Word"), Column("Number", "right")), (("Good", "7"),))
    assert "How many\nWord  Number\n----  ------\nGood       7\n" == _text(table)


def test_lists_are_indented() -> None:
    """Further lines of an item stand under its first word."""
    assert "1. one\n   more\n2. two\n" == _text(Items((("one", "more"), ("two",)), numbered=True))
    assert "- one two three four five six seven\n  eight nine\n" == _text(
        items(["one two three four five six seven eight nine"])
    )


def test_a_link_is_not_broken() -> None:
    """It has to be copied in one piece."""
    link = "https://example.org/" + "a" * 60
    assert f"see\n{link}\n" == _text(Paragraph(f"see {link}"))


@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=5),
    st.integers(min_value=40, max_value=100),
)
def test_no_table_is_wider_than_the_page(rows: list[tuple[str, ...]], width: int) -> None:
    """Whatever stands in it; and no text is lost."""
    columns = (Column("First"), Column("Second", "right"), Column("Third"))
    shown = _text(Table("", columns, tuple(rows)), width=width)
    assert all(len(line) <= width for line in shown.splitlines())
    told = sorted("".join(cell for row in rows for cell in row).replace(" ", ""))
    heads = sorted("FirstSecondThird")
    assert sorted([*told, *heads]) == sorted(
        shown.replace(" ", "").replace("\n", "").replace("-", "")
    )
