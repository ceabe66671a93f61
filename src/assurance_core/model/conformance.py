"""What a plugin declares of itself, so that a kit can hold it to that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from attrs import field, frozen


@frozen
class Fit:
    """How much of what was published a design reproduces, such as `41 of 41`; or empty."""

    words: str = ""
    scores: str = ""
    consequences: str = ""


@frozen
class KnownException:
    """A row of a dataset that is known not to be reproduced. It is reported, never hidden.

    Attributes:
        body: as the row names it.
        kind: contrary to the rule, or without a published outcome that can be read.
        reason: why, in own words.
        date: as the row has it; may be left out where the body has one row.
    """

    body: str
    kind: Literal["contrary", "unreadable"]
    reason: str
    date: str = ""


@frozen
class ExpectedData:
    """What is expected of the published outcomes of one dataset.

    Attributes:
        reproduces: by the id of a design.
        exceptions: rows that are known to differ.
    """

    reproduces: Mapping[str, Fit] = field(factory=dict)
    exceptions: tuple[KnownException, ...] = ()


@frozen
class Conformance:
    """A plugin's declaration.

    Attributes:
        namespaces: what stands before the `/` in its ids.
        needs: namespaces of other plugins that its documents name.
        properties: by design or patch: what is proved besides what the document declares.
        data: by dataset.
    """

    namespaces: tuple[str, ...]
    needs: tuple[str, ...] = ()
    properties: Mapping[str, tuple[str, ...]] = field(factory=dict)
    data: Mapping[str, ExpectedData] = field(factory=dict)
