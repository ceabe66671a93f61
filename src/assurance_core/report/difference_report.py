"""How two designs' rules differ, in plain words: `show A --against B`."""

from __future__ import annotations

from typing import Any

from assurance_core.engine.rule import CompiledDesign
from assurance_core.report.design_report import (
    input_words,
    level_line,
    missing_words,
    published_lines,
    standing,
)
from assurance_core.report.document import Items, Report, Section
from assurance_core.report.words import count_words


def differences(
    first: CompiledDesign, second: CompiledDesign
) -> list[tuple[str, str | None, str | None]]:
    """Return every place at which two designs' rules differ, with the words of both.

    Names, summaries, examples and sources are left out: they change no outcome.
    """
    left, right = _rules(first), _rules(second)
    return [
        (path, left.get(path), right.get(path))
        for path in dict.fromkeys([*left, *right])
        if left.get(path) != right.get(path)
    ]


def _rules(rule: CompiledDesign) -> dict[str, str]:
    """Return everything that can change an outcome, by path."""
    rules: dict[str, str] = {}
    for one in rule.judgements:
        name = one.node.judgement.template or one.node.judgement.id
        if not one.own or f"{name}.inputs" in rules:
            continue
        rules[f"{name}.inputs"] = input_words(one)
        rules |= {step.path: step.step.words for step in one.steps}
        rules[f"{name}.steps"] = ", then ".join(step.path.rpartition(".")[2] for step in one.steps)
        rules[f"{name}.scale"] = level_line(one)
        rules[f"{name}.missing"] = missing_words(one)
    rules["publishes"] = " ".join(published_lines(rule))
    for one in rule.consequences:
        consequence = one.node.judgement
        rules[f"consequences.{consequence.id}"] = f"{consequence.name}: {one.steps[0].step.words}"
    return rules


def difference_report(first: CompiledDesign, second: CompiledDesign) -> Report:
    """Return how two designs' rules differ, path by path."""
    one, other = first.design, second.design
    found = differences(first, second)
    lead = f"The rules differ in {count_words(len(found), 'place')}."
    if not found:
        lead = "The rules are the same."
    listed = tuple(
        (path, f"{one.id}: {left or 'nothing'}", f"{other.id}: {right or 'nothing'}")
        for path, left, right in found
    )
    standings = Items(tuple((f"{d.name} ({d.id})", standing(d)) for d in (one, other)))
    sections = [Section("Differences", (Items(listed),))] if found else []
    sections.append(Section("The two designs", (standings,)))
    return Report(f"{one.name} against {other.name}", (lead,), tuple(sections))


def difference_answer(first: CompiledDesign, second: CompiledDesign) -> dict[str, Any]:
    """Return how two designs' rules differ, as JSON: `assurance/design-difference/1`."""
    return {
        "format": "assurance/design-difference/1",
        "first": first.design.id,
        "second": second.design.id,
        "differences": [
            {"path": path, "first": left, "second": right}
            for path, left, right in differences(first, second)
        ],
    }
