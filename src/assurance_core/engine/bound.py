"""A judgement with every step bound: everything looked up, nothing run yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cached_property

from attrs import define, frozen

from assurance_core.engine.graph import Node
from assurance_core.model.citation import Citation
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.rules.kind import BoundStep, StepKind
from assurance_core.rules.scope import Input, Scope
from assurance_core.rules.values import IntColumn, LevelType, NumberType, ValueType


@frozen(eq=False)
class NamedStep:
    """A bound step with its path, kind and source."""

    path: str
    kind: str
    source: Citation
    step: BoundStep


@define(frozen=True, slots=False, eq=False)
class BoundJudgement:
    """A judgement ready to run.

    Attributes:
        node: what it reads.
        steps: bound, in order.
        of: the highest its number can be, for readers; None if it holds no number.
        too_few: code of the reason given where too little is there; 0 where that is an error.
        no_start: code of the reason given where the input it starts with may be left out and is.
        by_condition: a consequence: absent inputs meet no condition, and no reason is passed on.
    """

    node: Node
    steps: tuple[NamedStep, ...]
    of: Fraction | None
    too_few: int
    no_start: int = 0
    by_condition: bool = False

    @property
    def own(self) -> bool:
        """Whether the design has it, rather than a crosswalk."""
        return self.node.role == "judgement"

    @cached_property
    def inputs(self) -> tuple[tuple[str, str], ...]:
        """What its steps read, by the names they use, with the key of what gives each."""
        inputs = tuple((source.id, source.node) for source in self.node.sources)
        judged = self.node.judged
        return (*inputs, (judged, judged)) if judged else inputs

    def given(self, columns: Mapping[str, IntColumn]) -> dict[str, IntColumn]:
        """Return the columns of its inputs by the names its steps use, from columns by key."""
        return {name: columns[key] for name, key in self.inputs}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names that its steps use for what they read, in order."""
        return tuple(name for name, _ in self.inputs)

    @cached_property
    def limiters(self) -> tuple[str, ...]:
        """The paths of its limiters, in order."""
        return tuple(one.path for one in self.steps if one.step.limiter)

    @cached_property
    def advises(self) -> tuple[str, ...]:
        """What its advising steps suggest, in order."""
        return tuple(one.step.advises for one in self.steps if one.step.holds is not None)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of the leaves and nodes it reads, the judged axis last."""
        return tuple(key for _, key in self.inputs)


def bind_judgement(
    node: Node,
    kinds: Mapping[str, StepKind],
    sources: Mapping[str, Citation],
    place: str,
    add_reason: Callable[[str], int],
) -> BoundJudgement:
    """Bind every step of a judgement; the compiler's check that each can stand where it stands.

    Args:
        node: the judgement with its inputs.
        kinds: step kinds by name.
        sources: citations by id.
        place: `DESIGN: `, in front of every path in errors.
        add_reason: gives a text the code of a reason.

    Raises:
        AssuranceError: a step that cannot stand where it stands.
    """
    judgement = node.judgement
    name = judgement.template or judgement.id
    inputs = tuple(Input(s.id, s.name, s.scale) for s in node.sources)
    running: ValueType = None
    of: Fraction | None = None
    steps = []
    for step in judgement.steps:
        scope = Scope(
            place=f"{place}{name}.{step.id}",
            scale=node.scale,
            inputs=inputs,
            names=node.names,
            omits=judgement.missing == "omit",
            judged=node.judged,
            add_reason=add_reason,
        )
        bound = kinds[step.kind].bind(step.settings, scope, running)
        if running is None and bound.limiter:
            scope.need_level(running, step.kind)
        running = bound.gives
        if isinstance(running, NumberType):
            of = running.of
        steps.append(NamedStep(f"{name}.{step.id}", step.kind, sources[step.source], bound))
    if not isinstance(running, LevelType) or running.scale.id != node.scale.id:
        found = f"a level of {running.scale.id}" if isinstance(running, LevelType) else "a number"
        raise AssuranceError(
            Fault(
                "bad-step",
                f"{place}{name}.steps",
                f"steps that end with {found}",
                f"a level of {node.scale.id}",
                "end with a band, a table or a map onto the judgement's scale",
            )
        )
    too_few = add_reason(_too_few_words(node)) if judgement.missing != "error" else 0
    no_start = 0
    if judgement.missing == "omit" and len(steps[0].step.reads) < len(inputs):
        no_start = add_reason(f"{judgement.name}: the input it starts with was not assessed")
    return BoundJudgement(node, tuple(steps), of, too_few, no_start)


def _too_few_words(node: Node) -> str:
    judgement = node.judgement
    if judgement.missing == "no_outcome":
        return f"{judgement.name}: not every input was assessed"
    least = judgement.omit_down_to
    return f"{judgement.name}: fewer than {least} input{'s' if least > 1 else ''} assessed"
