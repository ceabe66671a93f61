"""A report before it is rendered: a title and sections of paragraphs, lists, tables, figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from attrs import frozen
from markupsafe import Markup


@frozen
class Paragraph:
    """Running text."""

    text: str


@frozen
class Items:
    """A list, with bullets or numbers; an item's further lines stand under it."""

    items: tuple[tuple[str, ...], ...]
    numbered: bool = False


@frozen
class Column:
    """One column of a table: its heading, which way it is aligned, how wide text may make it."""

    heading: str
    align: Literal["left", "right"] = "left"
    width: int | None = None


@frozen
class Table:
    """Rows under headings, with a caption that says what they show."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


Words = Paragraph | Items | Table


@frozen(eq=False)
class Figure:
    """A picture, and the same for those who do not see it.

    Attributes:
        title: the message.
        description: what the picture shows, read out in its place; may be empty for a table.
        picture: draws it as markup; ids in it begin with the given text. Called by HTML alone.
        table: the same in rows: beside the picture in HTML, alone in XLSX.
        is_table: the picture is a table itself, and HTML shows no second one.
        text: what text and Markdown show.
        hint: how to read the picture; stands above it.
    """

    title: str
    description: str
    picture: Callable[[str], Markup]
    table: Table | None = None
    is_table: bool = False
    text: tuple[Words, ...] = ()
    hint: str = ""


Block = Words | Figure


@frozen
class Section:
    """A heading with what stands under it."""

    heading: str
    blocks: tuple[Block, ...]


@frozen
class Report:
    """A whole report.

    Attributes:
        title: says what it is about.
        lead: the answer, in a sentence or two.
        sections: in the order in which they are read.
        footer: what it is not.
    """

    title: str
    lead: tuple[str, ...]
    sections: tuple[Section, ...]
    footer: str = ""


def items(lines: Sequence[str], numbered: bool = False) -> Items:
    """Return a list of one-line items."""
    return Items(tuple((line,) for line in lines), numbered)


def in_words(report: Report) -> list[tuple[str, list[Words]]]:
    """Return headings with their blocks, for formats without pictures.

    What stands for a figure takes its place; a section of pictures alone falls away.
    """
    found = []
    for section in report.sections:
        blocks: list[Words] = []
        for block in section.blocks:
            blocks += block.text if isinstance(block, Figure) else (block,)
        if blocks or not section.blocks:
            found.append((section.heading, blocks))
    return found


FOOTER = (
    "A recalculation of published scores under the stated rules. It is not a product of any "
    "regulator, and no figure in it says that one design is better than another."
)
