"""The assessments of a dataset: its table, with findings and the meaning of its columns."""

from __future__ import annotations

from codecs import BOM_UTF8
from pathlib import Path

from attrs import evolve

from assurance_core.documents.files import read_text
from assurance_core.model.dataset import Dataset
from assurance_core.model.framework import Framework
from assurance_core.tables.rows import Reference
from assurance_core.tables.wide_csv import TableAssessments, read_wide_csv


def read_dataset_table(dataset: Dataset, framework: Framework) -> TableAssessments:
    """Return the assessments of a plugin's dataset.

    Args:
        dataset: what is known of the table.
        framework: whose statements its columns are.

    Raises:
        AssuranceError: with every fault of the table.
    """
    reference = Reference(
        dataset.published_by, {word: kind.status for word, kind in dataset.evidence.items()}
    )
    table = read_wide_csv(read_text(dataset.table), dataset.table.name, framework, reference)
    with_findings = tuple(
        evolve(one, findings=dataset.findings.get(one.body.name, ())) for one in table.assessments
    )
    return evolve(table, assessments=with_findings)


def read_table_file(file: Path, framework: Framework) -> TableAssessments:
    """Return the assessments of a user's wide CSV file, and what was mended while reading it."""
    text = read_text(file)
    table = read_wide_csv(text, file.name, framework)
    mended = []
    with file.open("rb") as stream:
        if stream.read(len(BOM_UTF8)) == BOM_UTF8:
            mended.append(f"{file.name}: the byte order mark at its start was skipped")
    if "\r\n" in text:
        mended.append(f"{file.name}: its line ends are those of Windows, and were accepted")
    return evolve(table, notices=(*mended, *table.notices))
