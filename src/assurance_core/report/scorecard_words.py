"""Figures of the scorecard in words."""

from __future__ import annotations

from assurance_core.lab.metrics.figure import Basis, Figure, Unit
from assurance_core.report.words import count_words

_MOST_COUNTED = 10_000
_UNITS = {"bits": " bits", "steps": " steps", "years": " years", "levels": " levels"}


def figure_words(figure: Figure, unit: Unit) -> str:
    """Return a figure: with what it counts if that is short, and its interval if it has one.

    Example:
        >>> figure_words(Figure(16 / 23, count=16, of=23, low=0.478, high=0.895), "share")
        '70 % (16 of 23), 48 to 90'
        >>> figure_words(Figure(1.828), "bits"), figure_words(Figure(None), "share")
        ('1.83 bits', 'n/a')
    """
    if figure.value is None:
        return "n/a"
    if unit == "share":
        words = f"{_percent(figure.value)} %"
        if figure.of is not None and figure.of < _MOST_COUNTED:
            words += f" ({figure.count} of {figure.of})"
    else:
        words = _number(figure.value) + _UNITS.get(unit, "")
    if figure.low is not None and figure.high is not None:
        if unit == "share":
            words += f", {_percent(figure.low)} to {_percent(figure.high)}"
        else:
            words += f", {_number(figure.low)} to {_number(figure.high)}"
    return words + (" (sampled)" if figure.basis.kind == "sampled" else "")


def _percent(value: float) -> str:
    """Return a share in per cent: whole, or finer near 0 and 100, where it is neither."""
    percent = 100 * value
    for places in (0, 1, 2, 3):
        text = f"{percent:.{places}f}"
        if value in (0, 1) or (0 < float(text) < 100 and 2 <= percent <= 98):
            return text
        if places and 0 < float(text) < 100:
            return text
    return "under 0.001" if percent < 50 else "over 99.999"


def _number(value: float) -> str:
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:.2f}"


def basis_words(basis: Basis, bodies: str) -> str:
    """Return what a figure was computed on."""
    if basis.kind == "observed":
        words = f"{count_words(basis.size, 'complete assessment')} of "
        words += count_words(basis.bodies, bodies)
        return f"{words}, dated {basis.first} to {basis.last}" if basis.first else words
    if basis.kind == "all profiles":
        return f"all {basis.size:,} profiles that could occur, each counted once"
    if basis.kind == "sampled":
        return f"{basis.size:,} of {basis.space:,} profiles, drawn with seed {basis.seed}"
    return "nothing"
