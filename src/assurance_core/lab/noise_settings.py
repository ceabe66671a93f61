"""How far inspectors may differ: three settings, what is published, and what is assumed.

The size of the noise is the one thing here that no design fixes and no data of ours show. What has
been published is agreement between inspectors, as a share or as κ; the model needs the chance that
a score moves. `pairwise_kappa` is the bridge: the agreement that two inspectors would show, each
with this noise, on a given distribution of scores. Which setting stands for which study is assumed.

Studies are cited here, beside the settings that lean on them: they are evidence on inspectors in
general, and no plugin's. They go by title, link and kind of author, as the core names no regulator.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from assurance_core.model.citation import Citation
from assurance_core.model.errors import AssuranceError, Fault, nearest


@frozen
class NoiseSetting:
    """A size of the noise.

    Attributes:
        id: `low`, `central`, `high`, or `chosen`.
        chance: that a statement's score moves one step, half of it either way.
        because: why this size, in a sentence.
        evidence: the studies it leans on.
    """

    id: str
    chance: float
    because: str
    evidence: tuple[Citation, ...] = ()


SHORT_INSPECTIONS = Citation(
    "Do two inspectors inspecting the same school make consistent decisions?",
    "official",
    "https://www.gov.uk/government/publications/"
    "do-two-inspectors-inspecting-the-same-school-make-consistent-decisions",
    "2017-03-07",
    "England's schools inspectorate",
    "The same decision in 22 of 24 short inspections. One yes-or-no decision, a small sample of "
    "primary schools that had been good.",
)
LESSON_VISITS = Citation(
    "Inspecting education quality: lesson observation and workbook scrutiny",
    "official",
    "https://www.gov.uk/government/publications/"
    "inspecting-education-quality-lesson-observation-and-workbook-scrutiny",
    "2019-06-26",
    "England's schools inspectorate",
    "κ about 0.60 in lesson visits, about 0.65 between two of its own inspectors. A trial of a new "
    "instrument, not inspections.",
)
HEALTH_INSPECTORS = Citation(
    "Experimental studies to improve the reliability and validity of regulatory judgments on "
    "health care in the Netherlands",
    "secondary",
    "https://doi.org/10.1111/jep.12136",
    "2014-05-12",
    "Tuijn and others",
    "Reliability 0.59 at best, after inspectors had met to agree on their reading of cases.",
)
CASE_NOTES = Citation(
    "Assessing quality of care from hospital case notes: comparison of reliability of two methods",
    "secondary",
    "https://doi.org/10.1136/qshc.2007.023911",
    "2010-12",
    "Hutchinson and others",
    "Intraclass correlation 0.46 to 0.52 between reviewers of one profession who rate the same "
    "notes as a whole; 0.52 is given for doctors.",
)

LOW = NoiseSetting(
    "low",
    0.05,
    "inspectors agree about as often as in the most favourable study",
    (SHORT_INSPECTIONS,),
)
CENTRAL = NoiseSetting(
    "central",
    0.12,
    "inspectors agree about as often as two observers of one lesson",
    (LESSON_VISITS,),
)
HIGH = NoiseSetting(
    "high",
    0.20,
    "inspectors agree about as often as reviewers of one set of case notes",
    (HEALTH_INSPECTORS, CASE_NOTES),
)
SETTINGS = (LOW, CENTRAL, HIGH)

MAPPING = Citation(
    "The step from published agreement to the chance that a score moves",
    "assumed",
    note="No study was found of how far inspectors agree on the statement scores studied here. The "
    "studies are of other inspections, and agreement depends on how the scores are spread. That "
    "every statement is equally uncertain, and never by more than one step, is assumed too.",
)


def noise_setting(name: str) -> NoiseSetting:
    """Return a setting by its id.

    Example:
        >>> noise_setting("central").chance
        0.12

    Raises:
        AssuranceError: `unknown-id`.
    """
    for one in SETTINGS:
        if one.id == name:
            return one
    known = [one.id for one in SETTINGS]
    raise AssuranceError(
        Fault("unknown-id", "setting", f"'{name}'", ", ".join(known), nearest(name, known))
    )


def chosen_chance(chance: float) -> NoiseSetting:
    """Return a setting of somebody's own.

    Args:
        chance: that a score moves one step.

    Raises:
        AssuranceError: `wrong-type`, where it is no probability.
    """
    if not 0 <= chance <= 1:
        raise AssuranceError(
            Fault(
                "wrong-type", "p", f"{chance:g}", "a number from 0 to 1", "write for example 0.12"
            )
        )
    return NoiseSetting("chosen", chance, "chosen by whoever asked")


def either_way(levels: int, chance: float) -> NDArray[np.float64]:
    """Return where a score ends up: one step up or down, each with half the chance.

    Args:
        levels: of the scale.
        chance: that it moves at all; a move off the scale is cancelled.

    Returns:
        By level before and level after, counted from 0.

    Example:
        >>> either_way(3, 0.2).tolist()
        [[0.9, 0.1, 0.0], [0.1, 0.8, 0.1], [0.0, 0.1, 0.9]]
    """
    return (one_way(levels, chance, 1) + one_way(levels, chance, -1)) / 2


def one_way(levels: int, chance: float, step: int) -> NDArray[np.float64]:
    """Return where a score ends up that can only move up (step 1), or only down (step -1).

    Example:
        >>> one_way(3, 0.25, 1).tolist()
        [[0.75, 0.25, 0.0], [0.0, 0.75, 0.25], [0.0, 0.0, 1.0]]
    """
    kernel = np.eye(levels) * (1 - chance) + np.eye(levels, k=step) * chance
    edge = levels - 1 if step > 0 else 0
    kernel[edge, edge] = 1
    return kernel


def pairwise_kappa(shares: Sequence[float], chance: float) -> float:
    """Return Cohen's κ of two inspectors who score the same things, each with this noise.

    Args:
        shares: how the true scores are spread, from the lowest level; they sum to 1.
        chance: that a score moves.

    Example:
        >>> round(pairwise_kappa([0.029, 0.421, 0.529, 0.021], 0.10), 3)
        0.69
    """
    true = np.asarray(shares, dtype=np.float64) / sum(shares)
    kernel = either_way(len(true), chance)
    agreed = float(true @ (kernel**2).sum(axis=1))
    by_chance = float(((true @ kernel) ** 2).sum())
    return (agreed - by_chance) / (1 - by_chance)
