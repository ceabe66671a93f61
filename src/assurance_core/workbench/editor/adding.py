"""The small form by which a limiter is added: what it offers, and what it sends."""

from __future__ import annotations

from attrs import frozen

from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.errors import AssuranceError
from assurance_core.workbench.asked import Asked
from assurance_core.workbench.editor.fields import Options, level_options
from assurance_core.workbench.editor.limiters import Limiter, parse_limiter
from assurance_core.workbench.editor.walk import Around

PREFIX = "new."


@frozen
class Adding:
    """What can be added to one judgement.

    Attributes:
        judgement: its id.
        name: its name.
        levels: at which it can be held.
        inputs: what can be low.
        lows: the levels of its inputs.
    """

    judgement: str
    name: str
    levels: Options
    inputs: Options
    lows: Options

    @property
    def prefix(self) -> str:
        """What the names of its fields begin with."""
        return f"{PREFIX}{self.judgement}."

    def words(self, text: str) -> str:
        """Return a limiter as an address writes it, in plain words."""
        try:
            one = parse_limiter(text)
        except AssuranceError:
            return text
        count = "any" if one.count == "1" else f"at least {one.count}"
        of = dict(self.inputs).get(one.of, one.of)
        low = dict(self.lows).get(one.at_most, one.at_most)
        level = dict(self.levels).get(one.at, one.at)
        return f"{self.name} no better than {level} if {count} of {of} is at or below {low}"


def limiters_to_add(rule: CompiledDesign) -> tuple[Adding, ...]:
    """Return what can be added to each judgement that the document has once."""
    themes = {one.id: one.name for one in rule.version.themes}
    found = []
    for one in rule.judgements:
        if not one.own or one.node.judgement.template or not one.node.sources:
            continue
        around = Around(one.node, themes)
        inputs = tuple((key, name) for key, name in around.names if key != "result")
        lows = level_options(around.scales("all"))
        judgement = one.node.judgement
        found.append(Adding(judgement.id, judgement.name, around.levels, inputs, lows))
    return tuple(found)


def read_limiters(asked: Asked, adding: tuple[Adding, ...]) -> tuple[str, ...]:
    """Return the limiters of an address, and those that the form adds to them."""
    texts = list(asked.all("cap"))
    for one in adding:
        at = asked.one(f"{one.prefix}at")
        if at:
            parts = [asked.one(f"{one.prefix}{key}", "1") for key in ("count", "of", "at_most")]
            texts.append(Limiter(one.judgement, at, *parts).text)
    return tuple(dict.fromkeys(texts))
