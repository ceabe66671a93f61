"""Three numbers, each with what it means: changed, unchanged, cannot tell."""

from __future__ import annotations

from markupsafe import Markup

from assurance_core.lab.compare import Change, Comparison, Pair
from assurance_core.report.document import Figure
from assurance_core.report.templating import render

WHY: dict[Change, str] = {
    "changed": "another word, whatever the scores that are not known to us may be",
    "unchanged": "the same word, whatever the scores that are not known to us may be",
    "cannot tell": "not every score is known, and what was published leaves it open",
}


def counts(comparison: Comparison, pair: Pair) -> Figure:
    """Return how many bodies are changed, unchanged and cannot be told; text has it in the lead."""
    title = f"Of {len(comparison.bodies)}"

    def picture(_prefix: str) -> Markup:
        numbers = [(change, pair.count(change), why) for change, why in WHY.items()]
        return render("counts.html", numbers=numbers)

    return Figure(title, "", picture, is_table=True)
