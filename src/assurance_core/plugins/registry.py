"""The registry: everything loaded plugins give, with its provenance. A value; never changed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, TypeVar

from attrs import field, frozen

from assurance_core.documents.designs import read_design
from assurance_core.documents.patches import derive_design, read_patch, what_if
from assurance_core.documents.reader import Document, read_file
from assurance_core.documents.schemas import step_schemas
from assurance_core.model.crosswalk import Crosswalk
from assurance_core.model.dataset import Dataset
from assurance_core.model.dates import PartialDate
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError, Fault, nearest
from assurance_core.model.framework import Framework
from assurance_core.model.patch import Patch
from assurance_core.model.provenance import Provenance

T = TypeVar("T")


@frozen
class PluginInfo:
    """A plugin that was found: loaded, not allowed, or broken with its cause.

    Attributes:
        name: of its entry point.
        provenance: its distribution.
        status: loaded, not allowed, or broken.
        cause: why it is broken.
        folder: where its documents are; empty unless it is loaded.
        faults: of its documents, where they are why it is broken.
    """

    name: str
    provenance: Provenance
    status: Literal["loaded", "not allowed", "broken"]
    cause: str = ""
    folder: str = ""
    faults: tuple[Fault, ...] = ()


@frozen(eq=False, repr=False)
class Registry:
    """What all loaded plugins give.

    Attributes:
        frameworks, designs, patches, crosswalks, datasets: by id, with provenance.
        step_kinds: step kinds that plugins add, by name.
        unavailable: ids that cannot be used, with the reason.
        plugins: every plugin found, loaded or not.
    """

    frameworks: Mapping[str, Framework] = field(factory=dict)
    designs: Mapping[str, RatingDesign] = field(factory=dict)
    patches: Mapping[str, Patch] = field(factory=dict)
    crosswalks: Mapping[str, Crosswalk] = field(factory=dict)
    datasets: Mapping[str, Dataset] = field(factory=dict)
    step_kinds: Mapping[str, Any] = field(factory=dict)
    unavailable: Mapping[str, str] = field(factory=dict)
    plugins: tuple[PluginInfo, ...] = ()

    def framework(self, framework_id: str) -> Framework:
        """Return a framework by id; raise `unknown-id` with what to install."""
        return self._get(self.frameworks, framework_id, "framework")

    def framework_of(self, document: Document, key: str = "framework") -> Framework:
        """Return the framework that a document names; an error names the document's line."""
        try:
            return self.framework(document.tree[key])
        except AssuranceError as error:
            raise _at(error, document, key) from None

    def dataset(self, dataset_id: str) -> Dataset:
        """Return a dataset by id; raise `unknown-id`."""
        return self._get(self.datasets, dataset_id, "dataset")

    def crosswalk(self, crosswalk_id: str) -> Crosswalk:
        """Return a crosswalk by id; raise `unknown-id`."""
        return self._get(self.crosswalks, crosswalk_id, "crosswalk")

    def patch(self, patch_id: str) -> Patch:
        """Return a patch by id; raise `unknown-id`."""
        return self._get(self.patches, patch_id, "patch")

    def design(self, design_id: str) -> RatingDesign:
        """Return a design by its id, or the what-if that a patch's id names.

        Raises:
            AssuranceError: `unknown-id`, or `no-choice` for the id of a series.
        """
        if design_id in self.patches:
            patch = self.patches[design_id]
            return what_if(self.design(patch.applies_to), patch, self.frameworks)
        members = self.series(design_id)
        if members and design_id not in self.designs:
            raise AssuranceError(
                Fault(
                    "no-choice",
                    "design",
                    f"'{design_id}', a series",
                    f"one design of it: {', '.join(one.id for one in members)}",
                    "name one of them, or give a date with --as-of",
                )
            )
        known: Mapping[str, Any] = {**self.designs, **self.patches}
        design: RatingDesign = self._get(known, design_id, "design")
        return design

    def series(self, series_id: str) -> tuple[RatingDesign, ...]:
        """Return the dated designs of a series, oldest first."""
        members = [
            one
            for one in self.designs.values()
            if series_id and one.series == series_id and one.status in ("in_force", "superseded")
        ]
        return tuple(sorted(members, key=_start))

    def design_on(self, series_id: str, date: PartialDate) -> RatingDesign:
        """Return the design of a series that was in force on a date.

        Raises:
            AssuranceError: `no-choice`, with what to name, where the date does not decide.
        """
        members = self.series(series_id)
        if not members:
            return self.design(series_id)
        answers = [(one, one.in_force.covers(date) if one.in_force else None) for one in members]
        sure = [one for one, answer in answers if answer]
        if len(sure) == 1 and all(answer is not None for _, answer in answers):
            return sure[0]
        listed = "; ".join(f"{one.id} {one.in_force}" for one in members)
        why = " ".join(one.in_force.why for one in members if one.in_force and one.in_force.why)
        several = "several designs were in force" if sure else "no design surely was in force"
        raise AssuranceError(
            Fault(
                "no-choice",
                f"series {series_id}",
                f"{date}, when {several}",
                f"a date that decides: {listed}",
                f"name the design{f' ({why})' if why else ''}",
            )
        )

    def crosswalk_between(self, source: str, target: str, named: str = "") -> Crosswalk:
        """Return the named crosswalk, or the only one that fits unasked.

        Raises:
            AssuranceError: `no-choice`, where none or several fit.
        """
        fitting = [
            one
            for one in self.crosswalks.values()
            if (one.source_framework, one.target_framework) == (source, target)
        ]
        if named:
            found = self.crosswalk(named)
            if found not in fitting:
                raise AssuranceError(
                    Fault(
                        "no-choice",
                        "--crosswalk",
                        f"'{named}', from {found.source_framework} to {found.target_framework}",
                        f"a crosswalk from {source} to {target}",
                        nearest("", [one.id for one in fitting]),
                    )
                )
            return found
        unasked = [one for one in fitting if not one.variant_of]
        if len(unasked) == 1:
            return unasked[0]
        if not unasked:
            raise self._no_crosswalk(source, target)
        raise AssuranceError(
            Fault(
                "no-choice",
                "crosswalk",
                f"{len(unasked)} crosswalks from {source} to {target}",
                "exactly one",
                f"name one with --crosswalk: {', '.join(one.id for one in unasked)}",
            )
        )

    def _no_crosswalk(self, source: str, target: str) -> AssuranceError:
        """Say that scores of one framework mean nothing to designs of the other, and what fits."""
        others = {
            one.target_framework
            for one in self.crosswalks.values()
            if one.source_framework == source
        }
        named = "".join(f" or {one}" for one in sorted({source, *others} - {target}))[4:]
        return AssuranceError(
            Fault(
                "different-framework",
                "crosswalk",
                f"scores of {source} for a design of {target}, and no crosswalk between the two",
                f"a design of {named}",
                f"compare designs of {named}, or write a crosswalk from {source} to {target}",
            )
        )

    def read_design_file(self, file: Path) -> tuple[RatingDesign, Document]:
        """Read a design, or a patch of one, from a user's file.

        Returns:
            The design, and the document for places in later errors.
        """
        document = read_file(file, step_schemas(self.step_kinds))
        for key in ("applies_to", "based_on"):
            if document.tree.get(key) == document.id != "":
                found, expected = f"'{document.id}', its own id", "the id of another design"
                raise AssuranceError(
                    document.located.fault("circular", (key,), found, expected, "name another")
                )
        if document.kind == "patch":
            patch, parent = read_patch(document), self._named(document, "applies_to")
            return what_if(parent, patch, self.frameworks, document.located), document
        if document.kind == "derived-design":
            parent = self._named(document, "based_on")
            return derive_design(document, parent, self.frameworks, self.step_kinds), document
        if document.kind != "design":
            found, expected = f"a document of the kind {document.kind}", "a design or a patch"
            fault = document.located.fault
            raise AssuranceError(
                fault("unknown-format", ("format",), found, expected, "name another file")
            )
        framework = self.framework_of(document)
        return read_design(document, framework, self.step_kinds), document

    def _named(self, document: Document, key: str) -> RatingDesign:
        """Return the design that a document names; an error names the document's line."""
        try:
            return self.design(document.tree[key])
        except AssuranceError as error:
            raise _at(error, document, key) from None

    def _get(self, known: Mapping[str, T], wanted: str, what: str) -> T:
        if wanted in known:
            return known[wanted]
        if wanted in self.unavailable:
            raise AssuranceError(
                Fault(
                    "plugin",
                    what,
                    f"'{wanted}', which is unavailable",
                    f"a {what} that can be used",
                    self.unavailable[wanted],
                )
            )
        expected, remedy = f"the id of an installed {what}", self._remedy(wanted, known)
        raise AssuranceError(Fault("unknown-id", what, f"'{wanted}'", expected, remedy))

    def _remedy(self, wanted: str, known: Mapping[str, Any]) -> str:
        """Say what to do for an id that nothing gives."""
        namespace = wanted.partition("/")[0]
        near = nearest(wanted, sorted(known))
        others = [
            f"mend the plugin {one.name}, which is left out: {_first(one.cause)}"
            if one.status == "broken"
            else f"allow the plugin {one.name}"
            for one in self.plugins
            if one.status != "loaded"
        ]
        if not others and "/" in wanted:
            others = [
                f"install the plugin that gives {namespace}/… (by convention assurance-{namespace})"
            ]
        if near.startswith("did"):
            known_namespace = namespace in {one.partition("/")[0] for one in known}
            sure = known_namespace or not others
            return near if sure else f"{near} If not, {', or '.join(others)}"
        if not known:
            return "; or ".join(others) or "install the plugin that gives it"
        return "; or ".join([*others, near])

    def __repr__(self) -> str:
        """Return how much it holds: the whole value would fill the screen."""
        return f"Registry({len(self.frameworks)} frameworks, {len(self.designs)} designs)"


def _at(error: AssuranceError, document: Document, key: str) -> AssuranceError:
    """Return an error about what a key names, with the place of the key."""
    return AssuranceError(
        document.located.fault(fault.code, (key,), fault.found, fault.expected, fault.remedy)
        for fault in error.faults
    )


def _start(design: RatingDesign) -> str:
    start = design.in_force.start if design.in_force else None
    return start.first.isoformat() if start else ""


def _first(cause: str) -> str:
    """Return the first line of a cause; of an error, its place."""
    first = cause.splitlines()[0]
    return first.partition("]: ")[2] if first.startswith("error[") else first
