"""The assessments of a dataset: its table, with findings and the meaning of its columns."""

from __future__ import annotations

from pathlib import Path

from attrs import evolve

from assurance_core.documents.yaml_reader import read_text
from assurance_core.model.dataset import Dataset
from assurance_core.model.framework import Framework
from assurance_core.tables.wide_csv import Reference, TableAssessments, read_wide_csv


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
    """Return the assessments of a user's wide CSV file."""
    return read_wide_csv(read_text(file), file.name, framework)
