"""What a regulator looks at: statements under themes, in dated versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from assurance_core.model.citation import Citation
from assurance_core.model.dates import PartialDate, Period
from assurance_core.model.provenance import UNKNOWN_ORIGIN, Provenance
from assurance_core.model.scale import Scale, fold


@frozen
class Statement:
    """One thing that is scored.

    Attributes:
        id: snake_case.
        name: as the regulator prints it.
        scale: the scale of its scores.
        aliases: other ways in which press and reports write the name.
    """

    id: str
    name: str
    scale: Scale
    aliases: tuple[str, ...] = ()


@frozen
class Theme:
    """A named group of statements.

    Attributes:
        id: snake_case.
        name: as the regulator prints it.
        statements: ids, in the framework's order.
    """

    id: str
    name: str
    statements: tuple[str, ...]


@frozen
class FrameworkVersion:
    """A framework as it was in one period.

    Attributes:
        id: unique in its framework.
        name: as shown to readers.
        in_force: the period.
        source: id of the citation.
        statements: in the framework's order: a bare list of scores follows it.
        themes: groups of statements that the regulator names.
        evidence_categories: ids of those in use.
        groups: other groups of statements, by id, that designs refer to.
    """

    id: str
    name: str
    in_force: Period
    source: str
    statements: tuple[Statement, ...]
    themes: tuple[Theme, ...] = ()
    evidence_categories: tuple[str, ...] = ()
    groups: Mapping[str, tuple[str, ...]] = field(factory=dict)

    def statement_ids(self) -> tuple[str, ...]:
        """Return the ids of the statements, in order."""
        return tuple(statement.id for statement in self.statements)

    def find_statement(self, word: str) -> Statement | None:
        """Return the statement with this id, name or alias, or None."""
        folded = fold(word)
        for statement in self.statements:
            if folded in {
                fold(name) for name in (statement.id, statement.name, *statement.aliases)
            }:
                return statement
        return None


@frozen(repr=False)
class Framework:
    """A regulator's framework in all its versions.

    Attributes:
        id: kebab-case, unique among installed plugins.
        name, regulator: as shown to readers.
        bodies: the word for what is assessed: council, provider, school.
        scales: by short id.
        versions: oldest first.
        evidence_categories: names by id.
        bodies_total: how many bodies there are to assess, if known.
        summary: what it is about.
        sources: citations by id.
        document: the plain tree the framework was read from.
        provenance: the plugin that gave it.
    """

    id: str
    name: str
    regulator: str
    bodies: str
    scales: Mapping[str, Scale]
    versions: tuple[FrameworkVersion, ...]
    sources: Mapping[str, Citation]
    evidence_categories: Mapping[str, str] = field(factory=dict)
    bodies_total: int | None = None
    summary: str = ""
    document: Mapping[str, Any] = field(factory=dict)
    provenance: Provenance = UNKNOWN_ORIGIN

    def version(self, version_id: str) -> FrameworkVersion | None:
        """Return the version with this id, or None."""
        return next((version for version in self.versions if version.id == version_id), None)

    def scale(self, scale_id: str) -> Scale | None:
        """Return a scale by `framework/scale` or by its short id, or None."""
        namespace, _, short = scale_id.rpartition("/")
        return self.scales.get(short) if namespace in ("", self.id) else None

    def versions_on(self, date: PartialDate) -> tuple[FrameworkVersion, ...] | None:
        """Return the versions in force on a date; None where it cannot be told."""
        answers = [(version, version.in_force.covers(date)) for version in self.versions]
        sure = tuple(version for version, answer in answers if answer)
        return None if any(answer is None for _, answer in answers) else sure

    def __repr__(self) -> str:
        """Return its name: the whole value would fill the screen."""
        return f"Framework({self.id!r}, {len(self.versions)} versions)"
