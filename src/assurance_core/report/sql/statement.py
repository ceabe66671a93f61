"""One SQL statement that rates every row of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.report.document import FOOTER
from assurance_core.report.sql.expression import expression
from assurance_core.report.sql.groups import Group, groups_of
from assurance_core.report.sql.lines import Line, Lines
from assurance_core.report.sql.names import comment, quoted
from assurance_core.report.sql.results import REASON, ResultColumn, result_columns
from assurance_core.report.sql.run import needed, run_on_formulas, score_columns
from assurance_core.report.sql.scores import GIVEN, ScoreColumn

_ABOUT = (
    "A row with a score that is not known (NULL), or that is no level, is not rated: each result is"
    " NULL, and the reason says which. Nothing is filled in. Professional judgement in place of the"
    " rules is not applied.",
    "Levels count from 1, the worst. Whole numbers alone decide; a ratio is compared by"
    " multiplication. What is divided to show a score leaves no remainder.",
    FOOTER,
)


def sql_statement(
    rule: CompiledDesign,
    table: str = "assessments",
    keep: Sequence[str] = ("body",),
    written_by: str = "assurance-core",
) -> str:
    """Return a design as one SQL statement for DuckDB, PostgreSQL and SQLite.

    The engine's own steps are run on formulas, so the statement cannot differ from the rules. It
    decides in whole numbers alone. A row that lacks a score, or has one that is no level, gets no
    outcome and the reason.

    Args:
        rule: the compiled design.
        table: the table to read, with a column for each leaf under its id; dots stand between
            catalogue, schema and table.
        keep: columns of that table that are handed on.
        written_by: a program with its version, for readers.

    Raises:
        AssuranceError: `no-choice` for a design without judgements and consequences; `conflict`
            for two columns with one name in the result; `too-large` for numbers that leave 64 bits,
            and for a step in Python with too many cases.

    Example:
        >>> from assurance_core import compile_design, load_plugins
        >>> design = load_plugins(["cms_five_star"]).design("cms-five-star/2019")
        >>> sql_statement(compile_design(design), "homes", ["home"]).splitlines()[-1]
        'FROM "rating.5";'
    """
    if not (rule.judgements or rule.consequences):
        raise _nothing_to_write(rule)
    lines = Lines(rule.design.id)
    lines.name(REASON)  # So that a score of that name gets another in here.
    columns = score_columns(rule, lines)
    must = needed(rule)
    scores = [
        ScoreColumn.of(leaf, columns[leaf.id].operands[0], leaf.id not in must)
        for leaf in rule.leaves
        if leaf.id in columns
    ]
    results = result_columns(rule, run_on_formulas(rule, columns, lines))
    _check_names(rule, keep, results)
    groups = groups_of(lines.lines)
    text = [
        *comment(f"Written by {written_by} for DuckDB, PostgreSQL and SQLite."),
        *_head(rule, table, scores, keep, results),
        *_given(scores, keep, table),
        *(line for number, group in enumerate(groups, 1) for line in _step(group, number)),
        *_result(results, keep, len(groups)),
    ]
    return "\n".join(text) + "\n"


def _head(
    rule: CompiledDesign,
    table: str,
    scores: Sequence[ScoreColumn],
    keep: Sequence[str],
    results: Sequence[ResultColumn],
) -> Iterator[str]:
    """Return, as comments, what the statement is, what it reads and what it gives."""
    design, published = rule.design, rule.published
    yield from comment(
        f"{design.name} ({design.id}, {design.provenance}), for {design.framework.id}"
        f" {rule.version.id}."
    )
    headline = f"The headline is {published.headline}."
    if not published.headline:
        headline = f"No headline: {published.no_headline}"
    for text in (design.summary, *design.lineage, headline, *_ABOUT):
        yield from comment(text)
    yield "--"
    yield from comment(f"Reads {table}: a row for each assessment, with these columns.")
    for one in scores:
        yield from comment(f"{quoted(one.leaf.id)}: {one.words}", hanging="  ")
    yield "--"
    yield from comment("Gives" + "".join(f" {one}," for one in keep) + " and these columns.")
    for column in results:
        yield from comment(f"{quoted(column.name)}: {column.meaning}", hanging="  ")


def _given(scores: Sequence[ScoreColumn], keep: Sequence[str], table: str) -> Iterator[str]:
    """Return the rows with a position for each score, and then with what is wrong with them."""
    given = quoted(GIVEN)
    columns = [
        *(f"{given}.{quoted(one)} AS {quoted(f'kept.{n}')}" for n, one in enumerate(keep, 1)),
        *(f"{one.position()} AS {quoted(one.name)}" for one in scores),
    ]
    source = ".".join(map(quoted, table.split(".")))
    yield f"WITH {quoted('rating.given')} AS ("
    yield from _select(columns, f"FROM {source} AS {given}", "  ")
    yield "),"
    reason = " ||\n    ".join(one.reason() for one in scores) or "''"
    columns = ["*", f"NULLIF(SUBSTR(\n    {reason}, 3), '') AS {quoted(REASON)}"]
    yield f"{quoted('rating.0')} AS ("
    yield from _select(columns, f"FROM {quoted('rating.given')}", "  ")
    yield ")"


def _step(group: Group, number: int) -> Iterator[str]:
    before = quoted(f"rating.{number - 1}")
    if group.lines[0].formula.operator == "table":
        yield from _joined(group.lines[0], number, before)
        return
    kept = "MATERIALIZED " if group.kept else ""
    yield f", {quoted(f'rating.{number}')} AS {kept}("
    columns = ["*"]
    for line in group.lines:
        words = [text for paragraph in line.words for text in comment(paragraph, "    ")]
        text = f"    {expression(line.formula, '    ')} AS {quoted(line.name)}"
        columns.append("\n".join([*words, text]).lstrip())
    yield from _select(columns, f"FROM {before}", "  ")
    yield ")"


def _joined(line: Line, number: int, before: str) -> Iterator[str]:
    """Return a step in Python: a table with a key for each case, joined to the rows."""
    key, table = line.formula.operands
    name = quoted(f"rating.{number}.cases")
    yield f', {name} ("key", "level") AS ('
    for paragraph in line.words:
        yield from comment(paragraph, "  ")
    yield "  VALUES"
    rows = [f"({one}, {level})" for one, level in table.items()]
    starts = range(0, len(rows), 8)
    yield ",\n".join("    " + ", ".join(rows[start : start + 8]) for start in starts)
    yield ")"
    yield f", {quoted(f'rating.{number}')} AS ("
    columns = [f"{before}.*", f'{name}."level" AS {quoted(line.name)}']
    join = f'LEFT JOIN {name} ON {name}."key" = {expression(key)}'
    yield from _select(columns, f"FROM {before}\n  {join}", "  ")
    yield ")"


def _result(results: Sequence[ResultColumn], keep: Sequence[str], last: int) -> Iterator[str]:
    columns = [f"{quoted(f'kept.{n}')} AS {quoted(one)}" for n, one in enumerate(keep, 1)]
    columns += [
        one.text if one.text == quoted(one.name) else f"{one.text} AS {quoted(one.name)}"
        for one in results
    ]
    yield from _select(columns, f"FROM {quoted(f'rating.{last}')};", "")


def _select(columns: Sequence[str], source: str, indent: str) -> Iterator[str]:
    yield f"{indent}SELECT"
    yield ",\n".join(f"{indent}  {one}" for one in columns)
    yield f"{indent}{source}"


def _check_names(
    rule: CompiledDesign, keep: Sequence[str], results: Sequence[ResultColumn]
) -> None:
    names = [one.name for one in results]
    taken = set(names)
    faults = [
        Fault(
            "conflict",
            f"{rule.design.id}: {name}",
            f"two columns of the result that are called '{name}'",
            "columns with names of their own",
            "give the judgement another id",
        )
        for number, name in enumerate(names)
        if name in names[:number]
    ]
    faults += [
        Fault(
            "conflict",
            f"keep: {name}",
            f"'{name}', which is a column of the result too"
            if name in taken
            else f"'{name}' twice",
            "columns with names of their own",
            "leave it out, or rename it in a view",
        )
        for number, name in enumerate(keep)
        if name in taken or name in keep[:number]
    ]
    if faults:
        raise AssuranceError(faults)


def _nothing_to_write(rule: CompiledDesign) -> AssuranceError:
    return AssuranceError(
        Fault(
            "no-choice",
            rule.design.id,
            "a design without judgements and consequences",
            "a design that works something out",
            "publish the scores as they are: this design adds nothing to them",
        )
    )
