"""Where results go: standard output or a file, whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click
from attrs import frozen

from assurance_core.documents.writer import to_json
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.report.document import Report

if TYPE_CHECKING:
    from assurance_core.report.outcome_table import OutcomeTable

Command = Callable[..., None]
Content = bytes | Callable[[BinaryIO], None]

SUFFIXES = {
    ".json": "json",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".xlsx": "xlsx",
    ".csv": "csv",
    ".parquet": "parquet",
    ".sql": "sql",
}
FORMATS = ("text", "json", "markdown", "html", "xlsx")
"""What reports are written in."""
DATA_FORMATS = (*FORMATS, "csv", "parquet")
"""What outcomes are written in: as a report, or as data."""


@frozen
class Destination:
    """Where a result goes, and in which format.

    Attributes:
        format: one of those that the command offers.
        file: a file's name; None is standard output.
    """

    format: str
    file: str | None = None


def output_formats(formats: Sequence[str]) -> Callable[[Command], Command]:
    """Add --format and -o to a command, which gets them as one `Destination` named `to`.

    An ending that names no format of the command is refused before it does any work.

    Args:
        formats: those that the command offers; text is what it prints unless asked.
    """
    listed = f"text (the default), {', '.join(formats[1:-1])} or {formats[-1]}."

    def with_options(command: Command) -> Command:
        @wraps(command)
        def with_destination(
            *, format_name: str | None, output: str | None, **options: Any
        ) -> None:
            command(to=destination(output, format_name, formats), **options)

        to_file = click.option(
            "-o", "--output", metavar="FILE", help="Write to FILE; its ending chooses the format."
        )
        in_format = click.option("--format", "format_name", type=click.Choice(formats), help=listed)
        return in_format(to_file(with_destination))

    return with_options


output_options = output_formats(FORMATS)


def destination(output: str | None, format_name: str | None, formats: Sequence[str]) -> Destination:
    """Return where a result goes; its format is named, or by the ending of the file.

    Args:
        output: a file; None, nothing and `-` are standard output.
        format_name: what was asked for, if anything.
        formats: those that the command offers; standard output has the first unless asked.
    """
    file = None if output in (None, "", "-") else output
    return Destination(format_name or _by_suffix(file, formats), file)


def emit_outcomes(
    to: Destination,
    report: Callable[[], Report],
    answer: Callable[[], Any],
    outcomes: Callable[[], OutcomeTable],
) -> None:
    """Print outcomes, or write them to a file: as a report, or as data with a data dictionary.

    Args:
        to: where, and in which format.
        report: makes the report.
        answer: makes the JSON answer.
        outcomes: makes the same as data.
    """
    from assurance_core.report import outcome_files

    if to.format == "csv":
        table = outcomes()
        contents = {to.file: outcome_files.outcomes_csv(table).encode()}
        if to.file and not _is_device(to.file):
            metadata = outcome_files.outcomes_metadata(table, Path(to.file).name)
            contents[f"{to.file}{outcome_files.METADATA}"] = metadata.encode()
        write_all(contents)
    elif to.format == "parquet":
        write(outcome_files.outcomes_parquet(outcomes()), to.file)
    elif to.format == "xlsx":
        emit(to, lambda: outcome_files.with_outcomes(report(), outcomes()), answer)
    else:
        emit(to, report, answer)


def emit(to: Destination, report: Callable[[], Report], answer: Callable[[], Any]) -> None:
    """Print a result, or write it to a file: see `rendered`."""
    write(rendered(to, report, answer), to.file)


def rendered(to: Destination, report: Callable[[], Report], answer: Callable[[], Any]) -> bytes:
    """Return a result in the format of where it goes.

    Args:
        to: where, and in which format.
        report: makes the report, for all formats but JSON.
        answer: makes the JSON answer.
    """
    if to.format == "json":
        text = to_json(answer())
    elif to.format == "markdown":
        from assurance_core.report.markdown import to_markdown

        text = to_markdown(report())
    elif to.format == "html":
        from assurance_core.report.html import to_html

        text = to_html(report())
    elif to.format == "xlsx":
        from assurance_core.report.xlsx import to_xlsx

        return to_xlsx(report())
    else:
        from assurance_core.report.text import to_text

        text = to_text(report(), _width(to))
    return text.encode()


def _width(to: Destination) -> int:
    """Return how wide text may be: as wide as a terminal that is narrower than usual.

    A file or a pipe gets the usual width, so that the same input always writes the same.
    """
    from assurance_core.report.text import LEAST_WIDTH, WIDTH

    if to.file or not sys.stdout.isatty():
        return WIDTH
    return max(LEAST_WIDTH, min(WIDTH, shutil.get_terminal_size().columns))


def _by_suffix(file: str | None, formats: Sequence[str]) -> str:
    if file is None:
        return formats[0]
    suffix = Path(file).suffix.lower()
    known = {suffix: form for suffix, form in SUFFIXES.items() if form in formats}
    if suffix not in known and _is_device(file):
        return formats[0]
    if suffix not in known:
        raise AssuranceError(
            Fault(
                "unknown-format",
                "-o",
                f"'{file}'",
                f"a file that ends in {', '.join(known)}",
                "name such a file, or add --format",
            )
        )
    return known[suffix]


def write(content: str | bytes, output: str | None) -> None:
    """Print a result, or replace a file by it in one step, so that it is never half written."""
    write_all({output: content.encode() if isinstance(content, str) else content})


def write_all(contents: Mapping[str | None, Content]) -> None:
    """Print results, or replace files by them; where one cannot be written, none is.

    Args:
        contents: by file; None, nothing and `-` are standard output. What is too large to be held
            is a function that writes it.

    Raises:
        AssuranceError: `file`.
    """
    made: list[tuple[Path, Path]] = []
    output = ""
    try:
        for name, data in contents.items():
            output = name or "-"
            if output == "-":
                _put(data, sys.stdout.buffer)
                sys.stdout.buffer.flush()
            elif _is_device(output):  # It is written to: replacing it would make a file of it.
                with open(output, "wb") as device:
                    _put(data, device)
            else:
                made.append((_beside(Path(output), data), Path(output)))
        for temporary, file in made:
            output = str(file)
            temporary.replace(file)
    except BrokenPipeError:
        raise  # Who reads has read enough.
    except OSError as error:
        if output == "-":
            _forget_the_rest()
            remedy = "make room there, or write to a file elsewhere: -o FILE"
            raise unwritable("standard output", error, "room for the result", remedy) from None
        raise unwritable(output, error) from None
    finally:
        for temporary, _ in made:
            temporary.unlink(missing_ok=True)


def unwritable(
    place: str,
    error: OSError,
    expected: str = "a file that can be written",
    remedy: str = "check the folder and its rights",
) -> AssuranceError:
    """Return the error for a file that the system does not let us write."""
    reason = (error.strerror or type(error).__name__).lower()
    return AssuranceError(Fault("file", place, reason, expected, remedy))


def _forget_the_rest() -> None:
    """Let the interpreter not try once more, at its end, to print what could not be printed."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _put(data: Content, stream: BinaryIO) -> None:
    """Write what is at hand, or let it be written."""
    if isinstance(data, bytes):
        stream.write(data)
    else:
        data(stream)


def _beside(file: Path, data: Content) -> Path:
    """Return a new file beside another that holds what is to replace it."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            _put(data, stream)
        temporary.chmod(0o666 & ~_umask())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _is_device(file: str) -> bool:
    """Say whether a name is that of a device or a pipe, such as /dev/null."""
    return os.path.exists(file) and not os.path.isfile(file) and not os.path.isdir(file)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
