"""OpenFisca-Core: one entity, a variable for each score and each result, vectors of rows."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import Any

import numpy as np
from openfisca_core.entities import Entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from benchmarks.harness import Job
from benchmarks.peers.by_hand import steps
from benchmarks.rule import BANDS, LEVELS, MOST, STATEMENTS
from benchmarks.w1_bulk import bulk_job
from benchmarks.w2_explain import one_job
from benchmarks.w3_space import space_job
from benchmarks.w4_noise import drawn_job

BODY = Entity("body", "bodies", "A body", "")
YEAR = "2026"


def _input(name: str) -> type[Variable]:
    return type(
        name,
        (Variable,),
        {
            "value_type": int,
            "entity": BODY,
            "definition_period": DateUnit.YEAR,
            "label": name,
            "default_value": 0,
        },
    )


def _derived(name: str, value_type: type, formula: Any) -> type[Variable]:
    return type(
        name,
        (Variable,),
        {
            "value_type": value_type,
            "entity": BODY,
            "definition_period": DateUnit.YEAR,
            "label": name,
            "formula": formula,
        },
    )


def _system() -> TaxBenefitSystem:
    system = TaxBenefitSystem([BODY])
    names = [f"s{number}" for number in range(STATEMENTS)]

    def score(body: Any, period: Any, _parameters: Any = None) -> Any:
        total = reduce(add, [body(name, period) for name in names])
        return -(-100 * total // MOST)

    def word(body: Any, period: Any, _parameters: Any = None) -> Any:
        number = body("score", period)
        return 1 + reduce(add, [(number >= bound).astype(np.int32) for bound in BANDS])

    def capped(body: Any, period: Any, _parameters: Any = None) -> Any:
        low = reduce(np.minimum, [body(name, period) for name in names])
        return (low == 1) & (body("word", period) > 2)

    def rating(body: Any, period: Any, _parameters: Any = None) -> Any:
        return np.where(body("capped", period), 2, body("word", period))

    system.add_variables(
        *(_input(name) for name in names),
        _derived("score", int, score),
        _derived("word", int, word),
        _derived("capped", bool, capped),
        _derived("rating", int, rating),
    )
    return system


def _simulation(system: TaxBenefitSystem, columns: Any, trace: bool = False) -> Any:
    simulation = SimulationBuilder().build_default_simulation(system, count=len(columns[0]))
    simulation.trace = trace
    for number, column in enumerate(columns):
        simulation.set_input(f"s{number}", YEAR, column)
    return simulation


def _checked(columns: Any) -> None:
    for column in columns:
        if column.min() < 1 or column.max() > LEVELS:
            bad = np.flatnonzero((column < 1) | (column > LEVELS))
            raise ValueError(f"row {int(bad[0])} holds no level")


def bulk(size: int) -> Job:
    """W1."""
    system = _system()

    def rate(columns: Any) -> tuple[Any, Any, Any]:
        _checked(columns)
        simulation = _simulation(system, columns)
        names = ("score", "rating", "capped")
        score, rating, capped = (simulation.calculate(name, YEAR) for name in names)
        return score, rating, capped

    return bulk_job(size, lambda columns: columns, rate)


def explain_one(size: int) -> Job:
    """W2."""
    system = _system()

    def explain(profile: tuple[int, ...]) -> tuple[Any, Any, Any]:
        simulation = _simulation(system, [np.array([one]) for one in profile], trace=True)
        score, word = (simulation.calculate(name, YEAR) for name in ("score", "word"))
        return score, word, simulation.tracer.trees

    def told(found: tuple[Any, Any, Any]) -> tuple[int, int]:
        score, word, trace = found
        assert trace
        return int(score[0]), int(word[0])

    return one_job(size, explain, slower=20, told=told)


def space(size: int) -> Job:
    """W3: the words by OpenFisca, the steps by numpy."""
    system = _system()
    shape = (LEVELS,) * STATEMENTS

    def answer() -> tuple[bool, int]:
        columns = np.indices(shape, dtype=np.int32).reshape(STATEMENTS, -1) + 1
        words = _simulation(system, list(columns)).calculate("word", YEAR)
        return steps(words.reshape(shape))

    return space_job(answer)


def draws(size: int) -> Job:
    """W4: the draws rated by OpenFisca."""
    system = _system()
    return drawn_job(size, lambda columns: _simulation(system, columns).calculate("word", YEAR))
