"""`assurance noise`: how sure is an outcome, if inspectors vary?"""

from __future__ import annotations

from typing import Any

import click

from assurance_core.cli.output import emit, output_options
from assurance_core.cli.studied import find_studied, with_study_options
from assurance_core.lab.noise import noise
from assurance_core.lab.noise_settings import (
    CENTRAL,
    SETTINGS,
    NoiseSetting,
    chosen_chance,
    noise_setting,
)
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.report.noise_answer import noise_answer
from assurance_core.report.noise_report import noise_report


@click.command("noise")
@with_study_options
@click.option(
    "--setting",
    type=click.Choice([one.id for one in SETTINGS]),
    help="Size of the noise; all three unless given, bodies at the central one.",
)
@click.option("--p", "chance", type=float, help="Chance that a score moves, in place of a setting.")
@output_options
def noise_command(**options: Any) -> None:
    """How sure are the outcomes of DESIGN, if another inspector had scored?

    On FILE (an assessment), --scores, or --data; exact, and over all profiles as well.
    """
    if options["setting"] and options["chance"] is not None:
        raise AssuranceError(
            Fault(
                "conflict",
                "--p",
                f"--p and --setting {options['setting']}",
                "one of the two",
                "leave one out",
            )
        )
    settings: tuple[NoiseSetting, ...] = SETTINGS
    shown = CENTRAL
    if options["setting"]:
        shown = noise_setting(options["setting"])
        settings = (shown,)
    elif options["chance"] is not None:
        shown = chosen_chance(options["chance"])
        settings = (shown,)
    studied = find_studied(options)
    found = noise(
        studied.contender,
        studied.assessments,
        settings,
        judgement=options["judgement"],
        as_of=studied.as_of,
    )
    emit(
        options["to"],
        lambda: noise_report(found, shown, studied.coverage, studied.name),
        lambda: noise_answer(found, studied.coverage),
    )
