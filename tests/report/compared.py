"""Comparisons that tests of pictures share: the demo, and a few bodies with awkward names."""

from __future__ import annotations

from functools import cache

from assurance_core.lab.compare import Comparison, compare
from assurance_core.lab.contender import Contender
from assurance_core.model.assessment import NOT_KNOWN, Absence, Assessment, Body, Cell, Score
from assurance_core.model.dates import PartialDate
from assurance_core.plugins import Registry, load_plugins
from assurance_core.tables.datasets import read_dataset_table

HOSTILE = ("<script>alert(1)</script>", "=1+1", "@SUM(A1)", 'O\'Neil & "Sons"', "-2+3", "]]>")


@cache
def registry() -> Registry:
    return load_plugins(["cqc_la", "ofsted_ilacs"])


@cache
def demo() -> Comparison:
    """The three designs of `make demo` on published scores."""
    found = registry()
    data = found.dataset("cqc-la")
    framework = found.framework("cqc-la")
    card = found.design("ofsted-style/report-card")
    crosswalk = found.crosswalk_between("cqc-la", "ofsted-style", "")
    designs = [
        Contender(found.design("cqc-la/single-word")),
        Contender(card, crosswalk, framework),
        Contender(found.design("cqc-la/outstanding-from-80")),
    ]
    return compare(designs, read_dataset_table(data, framework).assessments, bodies_total=153)


def assessed(name: str, scores: str, date: str = "2025-01-31") -> Assessment:
    """A council's assessment: a sign for each statement, `.` not known, `x` not assessed."""
    version = registry().framework("cqc-la").versions[-1]
    cells: dict[str, Cell] = {
        statement: NOT_KNOWN
        if sign == "."
        else Absence("not_assessed", "closed")
        if sign == "x"
        else Score(sign)
        for statement, sign in zip(version.statement_ids(), scores, strict=True)
    }
    when = PartialDate.parse(date, "date")
    return Assessment("cqc-la", Body(name), cells, version="2023", date=when)


def few(*assessments: Assessment, designs: str = "single-word with-limiters") -> Comparison:
    """Council designs on these assessments."""
    found = registry()
    return compare([found.design(f"cqc-la/{one}") for one in designs.split()], assessments)


def hostile() -> Comparison:
    """Bodies whose names would be markup or formulas, if they were let."""
    return few(*(assessed(name, "334344344") for name in HOSTILE))
