"""Names, texts and comments in SQL, so that none can be taken for anything else."""

from __future__ import annotations

import textwrap

LONGEST_NAME = 63
"""Letters of a name that PostgreSQL keeps; ours are plain ASCII, a byte each."""
_WIDTH = 100


def quoted(name: str) -> str:
    """Return a name as an identifier.

    Example:
        >>> print(quoted('one "big" word'))
        "one ""big"" word"
    """
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text as a literal, on one line.

    Example:
        >>> literal("the council's own")
        "'the council''s own'"
    """
    return "'" + one_line(text).replace("'", "''") + "'"


def comment(text: str, indent: str = "", hanging: str = "") -> list[str]:
    """Return a text as lines of comment: no character of it can end the comment.

    Args:
        text: on any number of lines.
        indent: in front of the dashes.
        hanging: behind them.

    Example:
        >>> comment("One word\\nDROP TABLE scores; */")
        ['-- One word DROP TABLE scores; */']
    """
    start = f"{indent}-- {hanging}"
    return textwrap.wrap(
        one_line(text),
        _WIDTH,
        initial_indent=start,
        subsequent_indent=start,
        break_long_words=False,
        break_on_hyphens=False,
    )


def one_line(text: str) -> str:
    """Return a text with single spaces for line ends and everything else that is not printed."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())
