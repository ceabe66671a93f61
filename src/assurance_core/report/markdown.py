"""A report as Markdown."""

from __future__ import annotations

import re

from assurance_core.report.document import Items, Paragraph, Report, Table, Words, in_words


def to_markdown(report: Report) -> str:
    """Return a report as GitHub-flavoured Markdown; text is escaped."""
    parts = [f"# {_escape(report.title)}", "", *_spaced(report.lead)]
    for heading, blocks in in_words(report):
        parts += [f"## {_escape(heading)}", ""]
        for block in blocks:
            parts += [_block(block), ""]
    if report.footer:
        parts += ["---", "", _escape(report.footer), ""]
    return "\n".join(parts).rstrip("\n") + "\n"


def _spaced(lines: tuple[str, ...]) -> list[str]:
    return [part for line in lines for part in (_escape(line), "")]


_LINK = re.compile(r"(https?://[^\s<>|]+)")
_MARKS = re.compile(r"([\\`*_\[\]<>#|&~])")
_FIRST = re.compile(r"^(?:(?=[-+=])|(\d+)(?=[.)] ))")


def _escape(text: str) -> str:
    """Return text as Markdown shows it: links are links, and no other mark has a meaning."""
    parts = _LINK.split(" ".join(text.split()))
    # A split by one group gives text and links by turns.
    shown = [f"<{p}>" if n % 2 else _MARKS.sub(r"\\\1", p) for n, p in enumerate(parts)]
    # A text that begins like a list or an underline is none.
    return _FIRST.sub(r"\1\\", "".join(shown))


def _block(block: Words) -> str:
    if isinstance(block, Paragraph):
        return _escape(block.text)
    if isinstance(block, Items):
        lines = []
        for number, item in enumerate(block.items, 1):
            mark = f"{number}. " if block.numbered else "- "
            lines.append(mark + _escape(item[0]))
            lines += [f"{' ' * len(mark)}{_escape(line)}" for line in item[1:]]
        return "\n".join(lines)
    return _table(block)


def _table(table: Table) -> str:
    heads = [_escape(column.heading) for column in table.columns]
    rules = ["---:" if column.align == "right" else "---" for column in table.columns]
    lines = [f"| {' | '.join(heads)} |", f"| {' | '.join(rules)} |"]
    lines += [f"| {' | '.join(_escape(cell) for cell in row)} |" for row in table.rows]
    caption = [_escape(table.caption), ""] if table.caption else []
    return "\n".join([*caption, *lines])
