"""The tables that plugins bring."""

import pytest

from assurance_core.plugins import Registry
from assurance_core.tables.datasets import read_dataset_table


@pytest.mark.parametrize(("name", "rows"), [("cqc-la", 63), ("ofsted-ilacs", 276)])
def test_bundled_tables_need_no_mending(registry: Registry, name: str, rows: int) -> None:
    """Every row is read, and nothing has to be said of it."""
    dataset = registry.dataset(name)
    table = read_dataset_table(dataset, registry.framework(dataset.framework))
    assert (rows, ()) == (len(table.assessments), table.notices)


def test_findings_belong_to_their_body(registry: Registry) -> None:
    """Four councils have some."""
    dataset = registry.dataset("cqc-la")
    table = read_dataset_table(dataset, registry.framework("cqc-la"))
    assert ["Camden", "Hertfordshire", "Hounslow", "West Berkshire"] == [
        one.body.name for one in table.assessments if one.findings
    ]


def test_rows_have_the_status_of_their_evidence(registry: Registry) -> None:
    """The word in the evidence column says how far the row can be relied on."""
    dataset = registry.dataset("cqc-la")
    table = read_dataset_table(dataset, registry.framework("cqc-la"))
    status = {one.body.name: one.source.status for one in table.assessments if one.source}
    assert ("official", "secondary") == (status["Barnet"], status["Barking and Dagenham"])
