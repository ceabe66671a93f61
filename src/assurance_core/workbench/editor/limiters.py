"""A limiter that somebody adds: how an address writes it, and the step that it becomes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen

from assurance_core.documents.located import shown
from assurance_core.documents.paths import step_names
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError, Fault, nearest
from assurance_core.model.patch import Edit

_WRITTEN = re.compile(r"(\S+) at (\S+) when ([1-9][0-9]{0,3}) of (\S+) at_most (\S+)")
_ID = "added_limiter_{}"


@frozen
class Limiter:
    """A level is no better than one where enough inputs are low.

    Attributes:
        judgement: whose level it holds.
        at: the level.
        count: how many inputs have to be low.
        of: an input, a theme, a group or `all`.
        at_most: the level at or below which an input counts as low.
    """

    judgement: str
    at: str
    count: str
    of: str
    at_most: str

    @property
    def text(self) -> str:
        """How an address writes it.

        Example:
            >>> Limiter("overall", "good", "2", "all", "1").text
            'overall at good when 2 of all at_most 1'
        """
        return (
            f"{self.judgement} at {self.at} when {self.count} of {self.of} at_most {self.at_most}"
        )

    @property
    def step(self) -> dict[str, Any]:
        """The step, without an id."""
        if self.count == "1":
            when: dict[str, Any] = {"any": self.of, "at_most": self.at_most}
        else:
            when = {"count": self.of, "at_most": self.at_most, "no_fewer_than": int(self.count)}
        return {"cap": {"at": self.at, "when": when}}


def parse_limiter(text: str) -> Limiter:
    """Return a limiter as an address writes it.

    Raises:
        AssuranceError: `bad-syntax`.
    """
    found = _WRITTEN.fullmatch(text)
    if found:
        return Limiter(*found.groups())
    raise AssuranceError(
        Fault(
            "bad-syntax",
            "edit: the limiter to add",
            shown(text),
            "a whole number of inputs, as in: overall at good when 2 of all at_most 1",
            "untick it, and add it again",
        )
    )


def limiter_edits(texts: Iterable[str], design: RatingDesign) -> list[Edit]:
    """Return the edits that put limiters behind the last step of their judgements.

    Raises:
        AssuranceError: `bad-syntax`, or `unknown-id` for a judgement that the design lacks.
    """
    judgements: Mapping[str, Any] = design.document["judgements"]
    last = {key: step_names(one["steps"])[-1] for key, one in judgements.items()}
    edits = []
    for number, text in enumerate(texts, 1):
        limiter = parse_limiter(text)
        if limiter.judgement not in last:
            raise AssuranceError(
                Fault(
                    "unknown-id",
                    "edit: the limiter to add",
                    shown(limiter.judgement),
                    f"a judgement of {design.id}",
                    nearest(limiter.judgement, list(last)),
                )
            )
        step = {"id": _ID.format(number), **limiter.step}
        edits.append(
            Edit("insert", f"{limiter.judgement}.{last[limiter.judgement]}", step, "after")
        )
        last[limiter.judgement] = str(step["id"])
    return edits
