"""Where results go: standard output or a file, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from assurance_core.documents.writer import to_json
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.report.document import Report

SUFFIXES = {".json": "json", ".md": "markdown", ".markdown": "markdown", ".txt": "text"}
FORMATS = ("text", "json", "markdown")
F = TypeVar("F", bound=Callable[..., Any])


def output_options(command: F) -> F:
    """Add --format and -o to a command."""
    command = click.option(
        "-o",
        "--output",
        "output",
        metavar="FILE",
        help="Write to FILE; its ending chooses the format.",
    )(command)
    return click.option(
        "--format",
        "format_name",
        type=click.Choice(FORMATS),
        help="text (the default), json or markdown.",
    )(command)


def emit(
    format_name: str | None,
    output: str | None,
    report: Callable[[], Report],
    answer: Callable[[], Any],
) -> None:
    """Print a result, or write it to a file.

    Args:
        format_name: as asked for, or None to go by the file's ending.
        output: file name, or None or `-` for standard output.
        report: makes the report, for text and Markdown.
        answer: makes the JSON answer.
    """
    chosen = format_name or _by_suffix(output)
    if chosen == "json":
        text = to_json(answer())
    elif chosen == "markdown":
        from assurance_core.report.markdown import to_markdown

        text = to_markdown(report())
    else:
        from assurance_core.report.text import to_text

        text = to_text(report())
    write(text, output)


def _by_suffix(output: str | None) -> str:
    if not output or output == "-":
        return "text"
    suffix = Path(output).suffix.lower()
    if suffix not in SUFFIXES:
        raise AssuranceError(
            Fault(
                "unknown-format",
                "-o",
                f"'{output}'",
                f"a file that ends in {', '.join(SUFFIXES)}",
                "name such a file, or add --format",
            )
        )
    return SUFFIXES[suffix]


def write(text: str, output: str | None) -> None:
    """Print text, or replace a file by it in one step, so that it is never half written."""
    if not output or output == "-":
        click.echo(text, nl=False)
        return
    file = Path(output)
    try:
        handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
            Path(temporary).chmod(0o666 & ~_umask())
            Path(temporary).replace(file)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise AssuranceError(
            Fault(
                "file",
                output,
                reason,
                "a file that can be written",
                "check the folder and its rights",
            )
        ) from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
