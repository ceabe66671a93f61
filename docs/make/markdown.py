"""The little Markdown that the pages of the reference need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from assurance_core.documents.texts import read_located

HERE = Path(__file__).parent


def page(title: str, introduction: str, parts: Iterable[str]) -> str:
    """Return a page: its title, what it is for, its parts."""
    made = "<!-- Made by python -m docs.make: change that, not this page. -->"
    return "\n\n".join([f"# {title}", made, introduction.strip(), *parts]).rstrip() + "\n"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(_cell(one) for one in line) + " |" for line in lines)


def block(kind: str, text: str) -> str:
    """Return a block of code."""
    return f"```{kind}\n{text.rstrip()}\n```"


def words(name: str) -> Any:
    """Return what people wrote for a page: the YAML file of that name beside this module."""
    file = HERE / f"{name}.yaml"
    return read_located(file.read_text("utf-8"), file.name).value


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
