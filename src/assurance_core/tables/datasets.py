"""The assessments of a dataset: its table, with findings and the meaning of its columns."""

from __future__ import annotations

from attrs import evolve

from assurance_core.documents.files import read_bytes
from assurance_core.model.dataset import Dataset
from assurance_core.model.framework import Framework
from assurance_core.tables.csv_table import csv_grid
from assurance_core.tables.reading import TableAssessments, read_grid
from assurance_core.tables.rows import Reference


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
    content = read_bytes(dataset.table)
    table = read_grid(csv_grid(content, dataset.table.name), framework, reference)
    with_findings = tuple(
        evolve(one, findings=dataset.findings.get(one.body.name, ())) for one in table.assessments
    )
    return evolve(table, assessments=with_findings)
