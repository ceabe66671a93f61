"""Which pages are made, and by what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from docs.make.commands import commands
from docs.make.diagnostics import diagnostics
from docs.make.formats import formats
from docs.make.metrics import metrics
from docs.make.python_names import python_names
from docs.make.step_kinds import step_kinds
from docs.make.study import PICTURES, picture, study

ROOT = Path(__file__).resolve().parents[2]

PAGES: Mapping[str, Callable[[], str]] = {
    "reference/commands.md": commands,
    "reference/diagnostics.md": diagnostics,
    "reference/formats.md": formats,
    "reference/python.md": python_names,
    "reference/scorecard.md": metrics,
    "reference/step-kinds.md": step_kinds,
    "study.md": study,
    **{file: partial(picture, name) for name, file in PICTURES.items()},
}
