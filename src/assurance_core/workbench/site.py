"""What the pages stand on: the registry, the uploads, and the results kept so far."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from attrs import define, field, frozen

from assurance_core.documents.patches import parse_set, what_if
from assurance_core.engine.compile import compile_design
from assurance_core.engine.rule import CompiledDesign
from assurance_core.lab.audit import Audit, audit
from assurance_core.lab.compare import Comparison, compare
from assurance_core.lab.contender import (
    Compiled,
    Contender,
    PublishedRule,
    compiled,
    published_rule,
)
from assurance_core.lab.coverage import DEFAULT_STATUSES
from assurance_core.lab.noise import Noise, noise
from assurance_core.lab.noise_settings import CENTRAL, NoiseSetting
from assurance_core.lab.paths import Paths, paths
from assurance_core.lab.published import PublishedCheck, check_published
from assurance_core.lab.scorecard import Scorecard, scorecard
from assurance_core.lab.warnings import warnings_of
from assurance_core.model.assessment import Assessment
from assurance_core.model.dataset import Dataset, Disagreement
from assurance_core.model.design import RatingDesign
from assurance_core.model.framework import Framework
from assurance_core.model.patch import Edit
from assurance_core.plugins import Registry
from assurance_core.report.warnings_report import Told, told
from assurance_core.tables.datasets import read_dataset_table
from assurance_core.workbench.editor.limiters import limiter_edits
from assurance_core.workbench.kept import Kept
from assurance_core.workbench.uploads import PREFIX, Uploads


@frozen
class Variant:
    """A design with the edits of whoever asks.

    Attributes:
        id: of a design or a patch.
        sets: each `PATH=VALUE`.
        removes: each the path of a step.
        caps: each a limiter that is added, such as `overall at good when 2 of all at_most 1`.
    """

    id: str
    sets: tuple[str, ...] = ()
    removes: tuple[str, ...] = ()
    caps: tuple[str, ...] = ()

    @property
    def edits(self) -> tuple[tuple[str, str], ...]:
        """The edits as they stand in an address."""
        return (
            *(("set", one) for one in self.sets),
            *(("remove", one) for one in self.removes),
            *(("cap", one) for one in self.caps),
        )


@frozen(eq=False)
class Data:
    """Assessments with what is known of them.

    Attributes:
        id: a dataset's or an upload's.
        name: as shown.
        framework: whose scores they are.
        assessments: in order.
        dataset: a plugin's dataset, or None for an upload.
        notices: what was mended in an upload.
    """

    id: str
    name: str
    framework: Framework
    assessments: tuple[Assessment, ...]
    dataset: Dataset | None = None
    notices: tuple[str, ...] = ()

    @property
    def bodies_total(self) -> int | None:
        """How many bodies there are in all, if known."""
        stated = self.dataset.bodies_total if self.dataset else None
        return stated or self.framework.bodies_total

    @property
    def coverage_note(self) -> str:
        """What the coverage means."""
        return self.dataset.coverage_note if self.dataset else ""

    @property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """What sources say differently."""
        return self.dataset.disagreements if self.dataset else ()


@define(eq=False)
class Site:
    """One workbench: nothing of it outlives the process.

    Attributes:
        registry: what the plugins give.
        uploads: tables that were uploaded.
        noise_setting: the size of inspector variation that a body's page shows.
    """

    registry: Registry
    uploads: Uploads = field(init=False)
    noise_setting: NoiseSetting = CENTRAL
    _references: tuple[Compiled, ...] = field(init=False)
    _published: PublishedRule = field(init=False)
    _data: Kept[Data] = field(factory=lambda: Kept(32))
    _designs: Kept[RatingDesign] = field(factory=lambda: Kept(64))
    _rules: Kept[CompiledDesign] = field(factory=lambda: Kept(32))
    _warnings: Kept[Told] = field(factory=lambda: Kept(128))
    _checks: Kept[tuple[PublishedCheck, ...]] = field(factory=lambda: Kept(32))
    _compiled: Kept[Compiled] = field(factory=lambda: Kept(64))
    _comparisons: Kept[Comparison] = field(factory=lambda: Kept(32))
    _paths: Kept[Paths] = field(factory=lambda: Kept(128))
    _noise: Kept[Noise] = field(factory=lambda: Kept(128))
    _audits: Kept[Audit] = field(factory=lambda: Kept(64))
    _scorecards: Kept[Scorecard] = field(factory=lambda: Kept(16))

    def __attrs_post_init__(self) -> None:
        """Prepare the rules of published outcomes; each is compiled when it is first needed."""
        self.uploads = Uploads(dropped=self._forget)
        designs = self.registry.designs.values()
        self._references = tuple(compiled(Contender(one)) for one in designs)
        self._published = published_rule(self._references)

    def _by_data(self) -> tuple[Kept[Any], ...]:
        """Return what is kept of single tables: each key holds the id of its data."""
        return (self._comparisons, self._paths, self._noise, self._scorecards)

    def kept_for(self, data_id: str) -> tuple[Hashable, ...]:
        """Return under which keys something is kept of some data."""
        every = (key for kept in self._by_data() for key in kept.listed())
        return tuple(key for key in every if isinstance(key, tuple) and data_id in key)

    def _forget(self, data_id: str) -> None:
        keys = self.kept_for(data_id)
        for kept in self._by_data():
            kept.forget(keys)

    def data(self, data_id: str) -> Data:
        """Return a dataset or an upload; raise `unknown-id`."""
        if data_id.startswith(PREFIX):
            upload = self.uploads.get(data_id)
            framework = self.registry.framework(upload.framework)
            return Data(upload.id, upload.name, framework, upload.assessments, None, upload.notices)
        dataset = self.registry.dataset(data_id)
        return self._data.get(data_id, lambda: self._dataset(dataset))

    def _dataset(self, dataset: Dataset) -> Data:
        framework = self.registry.framework(dataset.framework)
        assessments = read_dataset_table(dataset, framework).assessments
        return Data(dataset.id, dataset.name, framework, assessments, dataset)

    def design(self, variant: Variant) -> RatingDesign:
        """Return a design with edits.

        Raises:
            AssuranceError: an unknown id, or an edit that matches or changes nothing.
        """
        return self._designs.get(variant, lambda: self._edited(variant))

    def _edited(self, variant: Variant) -> RatingDesign:
        design = self.registry.design(variant.id)
        edits = [parse_set(text) for text in variant.sets]
        edits += limiter_edits(variant.caps, design)
        edits += [Edit("remove", path) for path in variant.removes]
        return what_if(design, edits, self.registry.frameworks) if edits else design

    def rule(self, variant: Variant) -> CompiledDesign:
        """Return a design with edits, compiled for the newest version that it reads."""
        return self._rules.get(variant, lambda: compile_design(self.design(variant)))

    def warnings(self, variant: Variant) -> Told:
        """Return what a design's readers should be warned of, and what is as they expect."""
        return self._warnings.get(variant, lambda: told(warnings_of(self.rule(variant))))

    def contender(self, variant: Variant, data: Data, crosswalk: str = "") -> Contender:
        """Return a design as it reads some data: by crosswalk where frameworks differ."""
        design = self.design(variant)
        if design.framework.id == data.framework.id:
            return Contender(design)
        found = self.registry.crosswalk_between(data.framework.id, design.framework.id, crosswalk)
        return Contender(design, found, data.framework)

    def compiled(self, variant: Variant, data: Data, crosswalk: str = "") -> Compiled:
        """Return a design ready to rate some data."""
        key = (variant, data.framework.id, crosswalk)
        return self._compiled.get(
            key, lambda: compiled(self.contender(variant, data, crosswalk), check=True)
        )

    def comparison(
        self,
        data: Data,
        first: Variant,
        second: Variant,
        crosswalk: str = "",
        statuses: tuple[str, ...] = DEFAULT_STATUSES,
    ) -> Comparison:
        """Return two designs set beside each other on some data."""
        key = (data.id, first, second, crosswalk, statuses)
        return self._comparisons.get(key, lambda: self._compare(data, *key[1:]))

    def _compare(
        self,
        data: Data,
        first: Variant,
        second: Variant,
        crosswalk: str,
        statuses: tuple[str, ...],
    ) -> Comparison:
        return compare(
            [self.compiled(one, data, crosswalk) for one in (first, second)],
            data.assessments,
            references=self._references,
            statuses=statuses,
            bodies_total=data.bodies_total,
            note=data.coverage_note,
        )

    def audit(self, variant: Variant) -> Audit:
        """Return what a design allows."""
        return self._audits.get(variant, lambda: audit(self.rule(variant)))

    def scorecard(
        self,
        data: Data,
        variants: tuple[Variant, ...],
        crosswalk: str = "",
        statuses: tuple[str, ...] = DEFAULT_STATUSES,
    ) -> Scorecard:
        """Return the scorecard of some designs on some data."""
        key = (data.id, variants, crosswalk, statuses)
        return self._scorecards.get(
            key,
            lambda: scorecard(
                [self.contender(one, data, crosswalk) for one in variants],
                data.assessments,
                statuses=statuses,
                bodies_total=data.bodies_total,
                note=data.coverage_note,
            ),
        )

    def paths(
        self, data: Data, assessment: Assessment, variant: Variant, crosswalk: str = ""
    ) -> Paths:
        """Return what would have to change for one body under a design."""
        key = ("paths", data.id, assessment.body, assessment.date, variant, crosswalk)
        return self._paths.get(
            key, lambda: paths(self.compiled(variant, data, crosswalk), [assessment])
        )

    def noise(
        self, data: Data, assessment: Assessment, variant: Variant, crosswalk: str = ""
    ) -> Noise:
        """Return how sure one body's outcome is, at the central setting."""
        key = ("noise", data.id, assessment.body, assessment.date, variant, crosswalk)
        design = self.compiled(variant, data, crosswalk)
        return self._noise.get(key, lambda: noise(design, [assessment], [self.noise_setting]))

    def published_by(self, assessment: Assessment) -> CompiledDesign | None:
        """Return the rule under which an assessment's outcome was published."""
        return self._published(assessment)

    def checks(self, data: Data) -> tuple[PublishedCheck, ...]:
        """Return whether the rules reproduce what a plugin's data say was published."""
        if data.dataset is None:
            return ()
        by = data.dataset.published_by
        designs = self.registry.designs.values()
        return self._checks.get(data.id, lambda: check_published(designs, by, data.assessments))

    def readable(self, data: Data) -> tuple[RatingDesign, ...]:
        """Return the installed designs that can read some data: by crosswalk too."""
        reached = {
            one.target_framework
            for one in self.registry.crosswalks.values()
            if one.source_framework == data.framework.id and not one.variant_of
        }
        return tuple(
            one
            for _, one in sorted(self.registry.designs.items())
            if one.framework.id == data.framework.id or one.framework.id in reached
        )
