"""What a policy team can require of a design: each holds over the whole space, or does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from attrs import frozen

from assurance_core.lab.audit import Audit, JudgementAudit
from assurance_core.model.errors import AssuranceError, Fault, nearest


@frozen(eq=False)
class Required:
    """One requirement, held against one judgement.

    Attributes:
        name: of the requirement.
        judgement: id of the judgement.
        holds: whether it does.
        audited: the judgement's audit, with the counterexample; None where there is none.
    """

    name: str
    judgement: str
    holds: bool
    audited: JudgementAudit | None


def _monotone(one: JudgementAudit) -> bool:
    return one.falling is None


def _symmetric(one: JudgementAudit) -> bool:
    return one.symmetry.holds


def _reachable(one: JudgementAudit) -> bool:
    declared = one.space.rule.design.unreachable
    return all(level.id in declared for level in one.unreachable)


def _decisive(one: JudgementAudit) -> bool:
    return not any(one.counts[len(one.space.root.scale) :])


def _no_dead_steps(one: JudgementAudit) -> bool:
    return not one.dead


def _no_near_gaps(one: JudgementAudit) -> bool:
    return not one.gaps


REQUIREMENTS: Mapping[str, Callable[[JudgementAudit], bool]] = {
    "monotone": _monotone,
    "symmetric": _symmetric,
    "reachable": _reachable,
    "decisive": _decisive,
    "no-dead-steps": _no_dead_steps,
    "no-near-gaps": _no_near_gaps,
}


def parse_requirements(text: str) -> tuple[str, ...]:
    """Read names separated by commas.

    Raises:
        AssuranceError: `unknown-id`, with every name that is none.
    """
    names = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    faults = [
        Fault(
            "unknown-id",
            "--require",
            f"'{name}'",
            ", ".join(REQUIREMENTS),
            nearest(name, list(REQUIREMENTS)),
        )
        for name in names
        if name not in REQUIREMENTS
    ]
    if faults:
        raise AssuranceError(faults)
    return names


def check(audit: Audit, names: Sequence[str]) -> tuple[Required, ...]:
    """Hold requirements against each judgement of an audit; what is not proved does not hold."""
    found = []
    for name in names:
        found += [Required(name, one.id, REQUIREMENTS[name](one), one) for one in audit.judgements]
        found += [Required(name, one.id, False, None) for one in audit.not_audited]
    return tuple(found)
