"""A report as plain text of at most 100 columns."""

from __future__ import annotations

import textwrap

from assurance_core.report.document import Items, Paragraph, Report, Table, Words, in_words

WIDTH = 100
LEAST_WIDTH = 60
_LEAST = 10


def to_text(report: Report, width: int = WIDTH) -> str:
    """Return a report as text; no line is longer than `width` unless a single word is."""
    parts = [report.title, "=" * min(len(report.title), width)]
    parts += [_wrap(line, width) for line in report.lead]
    for heading, blocks in in_words(report):
        parts += ["", heading, "-" * min(len(heading), width)]
        for number, block in enumerate(blocks):
            if number:
                parts.append("")
            parts.append(_block(block, width))
    if report.footer:
        parts += ["", _wrap(report.footer, width)]
    return "\n".join(parts) + "\n"


def _wrap(text: str, width: int, first: str = "", rest: str = "") -> str:
    return textwrap.fill(
        text,
        width,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _block(block: Words, width: int) -> str:
    if isinstance(block, Paragraph):
        return _wrap(block.text, width)
    if isinstance(block, Items):
        return _items(block, width)
    return _table(block, width)


def _items(block: Items, width: int) -> str:
    lines = []
    for number, item in enumerate(block.items, 1):
        mark = f"{number}. " if block.numbered else "- "
        indent = " " * len(mark)
        lines.append(_wrap(item[0], width, mark, indent))
        lines += [_wrap(line, width, indent, indent) for line in item[1:]]
    return "\n".join(lines)


def _table(table: Table, width: int) -> str:
    cells = [tuple(column.heading for column in table.columns), *table.rows]
    widths = _widths(table, width)
    lines = [_wrap(table.caption, width)] if table.caption else []
    lines += _row(table, cells[0], widths)
    lines.append("  ".join("-" * size for size in widths))
    for row in cells[1:]:
        lines += _row(table, row, widths)
    return "\n".join(lines)


def _widths(table: Table, width: int) -> list[int]:
    """Return how wide the columns are: no wider than their cells, and together no wider than all.

    The widest column gives way first. Words are broken only where nothing else is left: an id has
    to stay in one piece to be copied.
    """
    places = range(len(table.columns))
    widths = [_natural_width(table, place) for place in places]
    least = [min(_longest_word(table, place), widths[place]) for place in places]
    while sum(widths) + 2 * (len(widths) - 1) > width:
        shrinking = [place for place in places if widths[place] > least[place]]
        if not shrinking:
            least = [_LEAST] * len(least)
            shrinking = [place for place in places if widths[place] > _LEAST]
        if not shrinking:
            break
        widest = max(shrinking, key=lambda place: widths[place])
        widths[widest] -= 1
    return widths


def _natural_width(table: Table, place: int) -> int:
    """Return the width of a column's longest cell; a heading may wrap between its words."""
    column = table.columns[place]
    cells = [row[place] for row in table.rows]
    longest = max((len(cell) for cell in (*cells, *column.heading.split())), default=0)
    return min(longest, column.width) if column.width else longest


def _longest_word(table: Table, place: int) -> int:
    cells = [table.columns[place].heading, *(row[place] for row in table.rows)]
    return max((len(word) for cell in cells for word in cell.split()), default=0)


def _row(table: Table, row: tuple[str, ...], widths: list[int]) -> list[str]:
    wrapped = [
        textwrap.wrap(cell, size, break_on_hyphens=False) or [""]
        for cell, size in zip(row, widths, strict=True)
    ]
    lines = []
    for number in range(max(len(cell) for cell in wrapped)):
        parts = []
        for cell, size, column in zip(wrapped, widths, table.columns, strict=True):
            part = cell[number] if number < len(cell) else ""
            parts.append(part.rjust(size) if column.align == "right" else part.ljust(size))
        lines.append("  ".join(parts).rstrip())
    return lines
