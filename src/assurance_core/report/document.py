"""A report before it is rendered: a title and sections of paragraphs, lists and tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from attrs import frozen


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


Block = Paragraph | Items | Table


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


FOOTER = (
    "A recalculation of published scores under the stated rules. It is not a product of any "
    "regulator, and no figure in it says that one design is better than another."
)
