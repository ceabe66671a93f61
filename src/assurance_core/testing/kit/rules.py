"""Checks of the rules: dates, examples, what is declared of a design, and what can be reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from assurance_core.documents.reader import Document
from assurance_core.documents.structure import structure
from assurance_core.lab.requirements import Required, check
from assurance_core.model.crosswalk import Crosswalk
from assurance_core.model.dates import Period
from assurance_core.model.design import Example, RatingDesign
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.report.audit_words import required_words
from assurance_core.report.words import count_words
from assurance_core.testing.examples import example_faults
from assurance_core.testing.kit.findings import Findings
from assurance_core.testing.kit.subject import Subject

_DATED = ("in_force", "superseded")


def check_series(subject: Subject) -> Findings:
    """Check that dated designs neither overlap nor contradict their status or versions."""
    dated = [one for one in subject.designs.values() if one.status in _DATED]
    faults: list[Fault] = []
    for design in dated:
        faults += _contradictions(subject, design)
    for one, other in combinations(sorted(dated, key=lambda one: one.id), 2):
        same = bool(one.series) and one.series == other.series
        if same and one.in_force and other.in_force and _overlap(one.in_force, other.in_force):
            faults.append(
                subject.document(other.id, "design").located.fault(
                    code="overlap",
                    path=("in_force",),
                    found=f"{other.in_force}, while {one.id} is in force {one.in_force}",
                    expected=f"one design of {one.series} at a time",
                    remedy="mend a date of one of the two",
                )
            )
    versions = sum(len(one.versions) for one in subject.frameworks.values())
    looked_at = f"{count_words(len(dated), 'dated design')}, {count_words(versions, 'version')}"
    return Findings(looked_at, tuple(faults))


def _contradictions(subject: Subject, design: RatingDesign) -> Iterator[Fault]:
    document = subject.document(design.id, "design")
    period = design.in_force
    if design.status == "superseded" and period and not (period.end or period.end_unknown):
        yield document.located.fault(
            code="overlap",
            path=("status",),
            found=f"superseded, and in force {period} without an end",
            expected="a status that agrees with in_force",
            remedy="write status: in_force, or say until when with to:",
        )
    later = _later(subject, design) if design.status == "in_force" else ""
    if later:
        yield document.located.fault(
            code="overlap",
            path=("status",),
            found=f"in_force, though {later} follows it in {design.series}",
            expected="one design of a series in force",
            remedy="write status: superseded",
        )
    for version in design.framework.versions:
        if period and version.id not in design.versions and _overlap(period, version.in_force):
            yield document.located.fault(
                code="overlap",
                path=("versions",),
                found=f"no '{version.id}', which is in force {version.in_force}",
                expected=f"every version in force while the design is: {period}",
                remedy="add the version, or mend the dates",
            )


def _later(subject: Subject, design: RatingDesign) -> str:
    """Return the id of a design of the same series that begins when this one has ended."""
    end = design.in_force.end if design.in_force else None
    for other in subject.registry.series(design.series):
        start = other.in_force.start if other.in_force else None
        if end and start and end.first <= start.first:
            return other.id
    return ""


def _overlap(one: Period, other: Period) -> bool:
    """Say whether two periods surely share a day: an unknown bound proves nothing."""
    return _starts_before_end(one, other) and _starts_before_end(other, one)


def _starts_before_end(one: Period, other: Period) -> bool:
    if one.start_unknown or other.end_unknown:
        return False
    if one.start is None or other.end is None:
        return True
    return one.start.first < other.end.first


def check_examples(subject: Subject) -> Findings:
    """Check that every example comes out as it states, and that each word in force has one."""
    faults: list[Fault] = []
    count = 0
    for design_id, design in subject.ratable.items():
        document = subject.document(design_id, "design", "patch")
        examples = [structure(one, Example) for one in document.tree.get("examples", ())]
        count += len(examples)
        try:
            faults += example_faults(design, document)
        except AssuranceError as error:
            faults += error.faults
        if not examples and design.status == "in_force" and design.publishes.headline:
            faults.append(
                document.located.fault(
                    code="missing",
                    path=(),
                    found=f"no examples, of {design.id}",
                    expected="an example of a design that is in force and gives a headline",
                    remedy="add examples: with a profile whose outcome is known",
                )
            )
    return Findings(count_words(count, "example"), tuple(faults))


def check_properties(subject: Subject) -> Findings:
    """Check that what is declared of a design holds: proved over its space, not sampled."""
    assert subject.declared
    faults: list[Fault] = []
    proved = 0
    for design_id, design in subject.ratable.items():
        names = dict.fromkeys((*design.declares, *subject.declared.properties.get(design_id, ())))
        required = list(_required(subject, design_id, tuple(names)))
        proved += len(required)
        document = subject.document(design_id, "design", "patch")
        if names and not required and _compiles(subject, design_id):
            faults.append(
                document.located.fault(
                    code="not-proved",
                    path=("declares",),
                    found=f"{', '.join(names)}, of {design_id}, which derives nothing",
                    expected="a judgement of which it can be proved",
                    remedy="no longer declare it",
                )
            )
        faults += [
            document.located.fault(
                code="not-proved",
                path=("declares",),
                found=" ".join(required_words(one)),
                expected=f"{design_id} is {one.name}, as declared",
                remedy=f"mend the rule, or no longer declare it {one.name}",
            )
            for one in required
            if not one.holds
        ]
    looked_at = f"{count_words(proved, 'property', 'properties')} of {_designs(subject)}"
    return Findings(looked_at, tuple(dict.fromkeys(faults)))


def _required(subject: Subject, design_id: str, names: tuple[str, ...]) -> Iterator[Required]:
    if not names:
        return
    for version in subject.registry.design(design_id).versions:
        try:
            yield from check(subject.audited(design_id, version), names)
        except AssuranceError:
            continue  # It does not compile: told by the check of documents.


def _compiles(subject: Subject, design_id: str) -> bool:
    try:
        for version in subject.registry.design(design_id).versions:
            subject.rule(design_id, version)
    except AssuranceError:
        return False  # Told by the check of documents.
    return True


def check_reachable(subject: Subject) -> Findings:
    """Check that every level can come out, or is declared not to, with the reason."""
    faults: list[Fault] = []
    notes: list[str] = []
    for design_id, design in subject.designs.items():
        document = subject.document(design_id, "design")
        missed: dict[tuple[str, str], str] = {}  # by level and judgement: its name
        reached: set[str] = set()
        for one in _required(subject, design_id, ("reachable",)):
            if one.audited:
                unreachable = {level.id for level in one.audited.unreachable}
                levels = {level.id for level in one.audited.space.root.scale.levels}
                reached |= levels - unreachable
                name = one.audited.name
                missed |= {(level, one.judgement): name for level in sorted(unreachable)}
            else:
                notes.append(f"{design_id}: the space of {one.judgement} is too large to check")
        for (level, _), judgement in missed.items():
            if level not in design.unreachable:
                faults.append(
                    document.located.fault(
                        code="not-proved",
                        path=("unreachable",),
                        found=f"no profile gives {level} as {judgement}",
                        expected="every level to come out for some profile",
                        remedy=f"mend the rule, or add {level}: and the reason to unreachable:",
                    )
                )
        somewhere = {level for level, _ in missed}
        faults += _reached(document, design.unreachable, reached - somewhere)
        notes += [
            f"{design_id} never gives {one}: {why}" for one, why in design.unreachable.items()
        ]
    for crosswalk in subject.crosswalks.values():
        faults += _crosswalk_faults(subject, crosswalk)
        notes += [
            f"{crosswalk.id} never gives {one}: {why}" for one, why in crosswalk.unreachable.items()
        ]
    looked_at = f"{_designs(subject)}, {count_words(len(subject.crosswalks), 'crosswalk')}"
    return Findings(looked_at, tuple(faults), tuple(notes))


def _reached(document: Document, declared: Mapping[str, str], reached: set[str]) -> Iterator[Fault]:
    for level in sorted(set(declared) & reached):
        yield document.located.fault(
            code="not-proved",
            path=("unreachable", level),
            found=f"{level}, which some profile gives",
            expected="levels that no profile gives",
            remedy="remove it from unreachable:",
        )


def _crosswalk_faults(subject: Subject, crosswalk: Crosswalk) -> Iterator[Fault]:
    document = subject.document(crosswalk.id, "crosswalk")
    target = subject.registry.framework(crosswalk.target_framework)
    scales = {s.id: s.scale for version in target.versions for s in version.statements}
    levels = {level for name in crosswalk.inputs for level in scales[name].ids}
    reached = {level for one in crosswalk.inputs.values() for level in one.levels.values()}
    for level in sorted(levels - reached - set(crosswalk.unreachable)):
        yield document.located.fault(
            code="not-proved",
            path=("unreachable",),
            found=f"nothing becomes {level}",
            expected=f"every level of {target.id} to come out",
            remedy=f"mend the levels, or add {level}: and the reason to unreachable:",
        )
    yield from _reached(document, crosswalk.unreachable, reached)


def _designs(subject: Subject) -> str:
    return count_words(len(subject.designs), "design")
