"""The check of published data: what is reproduced, and every row that is known not to be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assurance_core.lab.published import PublishedCheck, Reproduction, check_published
from assurance_core.model.conformance import ExpectedData, Fit, KnownException
from assurance_core.model.dataset import Dataset
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.report.words import count_words, who
from assurance_core.tables.datasets import read_dataset_table
from assurance_core.testing.kit.findings import Findings
from assurance_core.testing.kit.subject import DECLARATION, Subject


def check_data(subject: Subject) -> Findings:
    """Check that published outcomes are reproduced as declared; known exceptions are told."""
    assert subject.declared
    faults: list[Fault] = []
    notes: list[str] = []
    rows = unread = 0
    for dataset in subject.datasets.values():
        expected = subject.declared.data.get(dataset.id, ExpectedData())
        try:
            framework = subject.registry.framework(dataset.framework)
            assessments = read_dataset_table(dataset, framework).assessments
        except AssuranceError:
            unread += 1  # Told by the check of documents.
            continue
        rows += len(assessments)
        checks = check_published(
            subject.registry.designs.values(), dataset.published_by, assessments
        )
        if any(check.undated for check in checks) and not any(
            check.reproductions.rows for check in checks if check.must_hold
        ):
            faults.append(_undated(dataset, checks))
            continue
        faults += _no_rule(dataset, checks)
        faults += _fits(dataset, expected, checks)
        faults += _exceptions(dataset, expected, checks)
        notes += [
            f"{dataset.id}: {one.body}{f' {one.date}' if one.date else ''} is {one.kind}:"
            f" {one.reason}"
            for one in expected.exceptions
        ]
    if unread and unread == len(subject.datasets):
        return Findings(skipped="no table can be read")
    looked_at = (
        f"{count_words(len(subject.datasets) - unread, 'dataset')}, {count_words(rows, 'row')}"
    )
    return Findings(looked_at, tuple(faults), tuple(notes))


def _no_rule(dataset: Dataset, checks: Sequence[PublishedCheck]) -> list[Fault]:
    """Return a fault where a dataset names a design that nothing gives."""
    if not dataset.published_by or any(check.must_hold for check in checks):
        return []
    return [
        Fault(
            "unknown-id",
            f"{dataset.id}: published_by",
            f"'{dataset.published_by}'",
            "the id of a design or series of its framework",
            "correct it, or remove it where no rule is claimed",
        )
    ]


def _undated(dataset: Dataset, checks: Sequence[PublishedCheck]) -> Fault:
    """Return the fault of a series of which no design is known to be in force for any row."""
    rows = next(check.undated for check in checks if check.undated)
    return Fault(
        "no-choice",
        f"{dataset.id}: published_by",
        f"'{dataset.published_by}', of which no design is known to be in force on the"
        f" {'date of the row' if rows == 1 else f'dates of the {rows:,} rows'}",
        "a design that is known to be in force on the date of each row",
        "name the design in published_by, or give its dates and those of the rows",
    )


def _fits(
    dataset: Dataset, expected: ExpectedData, checks: Sequence[PublishedCheck]
) -> Iterator[Fault]:
    """Return where the counts of what is reproduced are not those declared."""
    place = f"{DECLARATION}: data.{dataset.id}.reproduces"
    found = {check.reproductions.design.id: _fit(check) for check in checks}
    for check in checks:
        design = check.reproductions.design.id
        fit = found[design]
        if check.must_hold and fit != Fit() and design not in expected.reproduces:
            yield Fault(
                "missing",
                place,
                f"nothing of {design}, which claims to be the published rule",
                "how much of what was published it reproduces",
                f"if this is right, write {design}: {_words(fit)}",
            )
    for design, fit in expected.reproduces.items():
        actual = found.get(design)
        if actual is None:
            yield Fault(
                "unknown-id",
                f"{place}.{design}",
                f"'{design}'",
                f"one of {', '.join(found) or 'no design: none is held against this data'}",
                "correct the id, or remove the entry",
            )
        elif actual != fit:
            yield Fault(
                "not-reproduced",
                f"{place}.{design}",
                _words(actual),
                f"{_words(fit)}, as declared",
                "mend the rule or the data; only if the counts are right, declare them",
            )


def _fit(check: PublishedCheck) -> Fit:
    found = check.reproductions
    counts = (found.words, found.scores, found.consequences)
    return Fit(*(f"{right} of {compared}" if compared else "" for right, compared in counts))


def _words(fit: Fit) -> str:
    parts = [
        f"{name}: {count}"
        for name, count in (
            ("words", fit.words),
            ("scores", fit.scores),
            ("consequences", fit.consequences),
        )
        if count
    ]
    return f"{{{', '.join(parts)}}}" if parts else "nothing that could be compared"


def _exceptions(
    dataset: Dataset, expected: ExpectedData, checks: Sequence[PublishedCheck]
) -> Iterator[Fault]:
    """Return rows that differ and are not declared, and declared rows that do not differ.

    A reconstruction claims nothing, so its rows need no declaration; where counts are declared of
    it, a row may be all the same.
    """
    used: set[KnownException] = set()
    for check in checks:
        if not check.must_hold and check.reproductions.design.id not in expected.reproduces:
            continue
        for row in check.reproductions.rows:
            kind, why = _kind(check, row)
            known = [one for one in expected.exceptions if _is_row(one, row)]
            used.update(one for one in known if one.kind == kind)
            if check.must_hold and kind and not any(one.kind == kind for one in known):
                yield Fault(
                    "not-reproduced",
                    f"{dataset.table.name}: {who(row.assessment)}",
                    why,
                    f"what {check.reproductions.design.id} gives",
                    "mend the row; only if the row is right, declare it under"
                    f" data.{dataset.id}.exceptions as {kind}, with the reason",
                )
    for one in expected.exceptions:
        if one not in used:
            yield Fault(
                "not-reproduced",
                f"{DECLARATION}: data.{dataset.id}.exceptions",
                f"{one.body}{f' {one.date}' if one.date else ''}, declared {one.kind}, and is not",
                "rows that are",
                "remove it, or correct its body, date or kind",
            )


def _is_row(known: KnownException, row: Reproduction) -> bool:
    date = row.assessment.date
    return known.body == row.assessment.body.name and known.date in ("", date.text if date else "")


def _kind(check: PublishedCheck, row: Reproduction) -> tuple[str, str]:
    """Return how a row is an exception, if it is, with what was published."""
    published = row.assessment.published
    if row.differs:
        score = "" if published.score is None else f" {published.score}"
        return "contrary", f"published {published.headline or 'without a word'}{score}"
    if row.result.possible.reason and row.result.outcome is None:
        return "unreadable", row.result.possible.reason
    if check.reproductions.design.publishes.headline and published.headline is None:
        return "unreadable", "no published word"
    return "", ""
