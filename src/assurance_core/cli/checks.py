"""What commands refuse because it would change nothing: options that nothing reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.model.framework import Framework

_READS = {"statement": "scores of statements", "evidence": "scores of evidence categories"}
_OPTION_OF = {"statement": "scores", "evidence": "evidence"}


def check_read(rule: CompiledDesign, options: dict[str, Any]) -> None:
    """Raise where the design reads nothing of what --scores or --evidence gives.

    Raises:
        AssuranceError: `bad-score`.
    """
    kinds = {leaf.kind for leaf in rule.leaves}
    for option, kind, other, instead in (
        ("scores", "statement", "evidence", "--evidence STATEMENT=level,level,…"),
        ("evidence", "evidence", "statement", "--scores"),
    ):
        if options[option] and kind not in kinds:
            reads = _READS[other] if other in kinds else "neither scores nor evidence"
            leave = f"leave --{option} out"
            give_other = other in kinds and not options[_OPTION_OF[other]]
            raise AssuranceError(
                Fault(
                    "bad-score",
                    f"--{option}",
                    f"{_READS[kind]}, which {rule.design.id} does not read",
                    f"what it reads: {reads}",
                    f"give {instead} in place of --{option}" if give_other else leave,
                )
            )


def check_crosswalk(designs: Sequence[RatingDesign], framework: Framework, crosswalk: str) -> None:
    """Raise where a crosswalk is named and no design needs one.

    Raises:
        AssuranceError: `conflict`.
    """
    if crosswalk and all(one.framework.id == framework.id for one in designs):
        ids = " and ".join(one.id for one in designs)
        read = "reads" if len(designs) == 1 else "read"
        raise AssuranceError(
            Fault(
                "conflict",
                "--crosswalk",
                f"'{crosswalk}', though {ids} {read} {framework.id} as it is",
                "a crosswalk only where the scores are of another framework",
                "leave --crosswalk out",
            )
        )


def check_sheet(options: dict[str, Any]) -> None:
    """Raise where a sheet is named and no table in which it could be.

    Raises:
        AssuranceError: `conflict`.
    """
    if options["sheet"] and not options["data"]:
        found, expected = f"'{options['sheet']}' without --data", "--sheet with --data alone"
        raise AssuranceError(Fault("conflict", "--sheet", found, expected, "leave --sheet out"))
