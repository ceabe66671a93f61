"""The page of step kinds: settings from the schema, and an example with how it reads in words."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assurance_core.documents.schemas import step_settings
from assurance_core.engine.compile import compile_design
from assurance_core.engine.rule import CompiledDesign
from assurance_core.plugins import Registry, load_plugins
from assurance_core.rules import BUILT_IN
from docs.make.keys import key_rows
from docs.make.markdown import block, page, table, words

INTRODUCTION = """
A judgement is a list of steps. They act in order on one running value: a number, kept as an
exact ratio, or a level. Each step has one kind, its settings, and a `source`; it may have an
`id`, by which errors and edits name it.

The first step is an aggregate or `start`. The last must leave a level, unless only the number
is published. Each example is a whole list of steps of a design of nine statements on a scale
from 1 to 4, and is followed by what `assurance show` says of it.
"""

DESIGN = """\
format: assurance/design/1
id: example/of-a-step
name: An example
summary: An example of a step.
framework: cqc-la
versions: ["2023"]
status: proposed
sources:
  paper: {{title: An example, status: proposed, author: the documentation}}
judgements:
  overall:
    scale: cqc-la/rating
    inputs: all
    steps:
{steps}
publishes: {{headline: overall, areas: none}}
"""


def step_kinds() -> str:
    """Return the page."""
    registry = load_plugins(["cqc_la"])
    written = words("step_kinds")
    parts = ["## Conditions", *_conditions(written["conditions"])]
    for kind in BUILT_IN:
        about = written["kinds"][kind]
        settings = step_settings(kind) or {}
        parts += [f"## {kind}", about["does"]]
        rows = key_rows(settings, {})
        if rows:
            parts += [table(("setting", "", "value"), rows)]
        parts += _example(registry, about["example"])
    parts += ["## A step of a plugin's own", written["own"]]
    return page("Step kinds", INTRODUCTION, parts)


def _conditions(about: Mapping[str, Any]) -> list[str]:
    rows = [(f"`{one['write']}`", one["holds"]) for one in about["forms"]]
    return [about["where"], table(("write", "it holds if"), rows)]


def compiled(registry: Registry, steps: str) -> CompiledDesign:
    """Return an example as a compiled design; one that does not compile is an error."""
    indented = "\n".join(f"      {line}" for line in steps.splitlines())
    with TemporaryDirectory() as folder:
        file = Path(folder) / "example.yaml"
        file.write_text(DESIGN.format(steps=indented), "utf-8")
        design, _ = registry.read_design_file(file)
    return compile_design(design)


def _example(registry: Registry, steps: str) -> list[str]:
    (overall,) = compiled(registry, steps).judgements
    said = [f"{number}. {one.step.words}." for number, one in enumerate(overall.steps, 1)]
    return [block("yaml", steps), "\n".join(said)]
