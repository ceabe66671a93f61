"""The page of the scorecard's metrics: what each counts, and the claim that it answers."""

from __future__ import annotations

from assurance_core.lab.metrics.claims import CLAIMS, NAMES, NO_VERDICT
from docs.make.markdown import page, words

INTRODUCTION = """
`assurance scorecard DESIGN DESIGN --data DATA` puts a figure beside each claim of the debate on
ratings, twice: on the bodies observed, and on all profiles that could occur. In the formulas,
bodies are b, statements i, scores x; y is the outcome, Y the outcome of a body taken at random,
and g the score that means “good”.
"""


def metrics() -> str:
    """Return the page."""
    parts = ["## What no figure says", "\n".join(f"- {one}" for one in NO_VERDICT)]
    written = words("metrics")
    for metric_id, name in NAMES.items():
        about = written[metric_id]
        parts += [f"## {metric_id}: {name}"]
        claim = CLAIMS.get(metric_id)
        if claim:
            parts += [f"The claim: {claim.text} ({claim.source})"]
        parts += [f"What is counted: {about['counts']}"]
        parts += [f"Bear in mind: {about['mind']}"] if "mind" in about else []
    return page("The scorecard", INTRODUCTION, parts)
