"""Find plugins, one at a time: what fails is reported and left out, the rest goes on."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

import pluggy
from attrs import evolve, frozen

from assurance_core.documents.reader import Document, read_file
from assurance_core.model.errors import AssuranceError
from assurance_core.model.provenance import Provenance
from assurance_core.plugins import hookspecs
from assurance_core.plugins.assemble import Gift, Given, assemble
from assurance_core.plugins.registry import PluginInfo, Registry

ENVIRONMENT = "ASSURANCE_PLUGINS"


@frozen(eq=False)
class Candidate:
    """A plugin to load: an entry point, or an object that tests hand over."""

    name: str
    provenance: Provenance
    entry_point: EntryPoint | None = None
    plugin: Any = None


def load_plugins(
    allow: Sequence[str] | None = None, extra: Iterable[tuple[str, Any]] = ()
) -> Registry:
    """Load every installed plugin and return what they give.

    Args:
        allow: names of the plugins to load; None loads what the environment variable
            `ASSURANCE_PLUGINS` names (separated by commas), or all where it is not set.
        extra: further plugins as pairs of name and object, for notebooks and tests.

    Returns:
        A registry. Plugins that could not be loaded are listed in `registry.plugins` with the
        cause; ids that two plugins give are unavailable from both.
    """
    allowed = _allowed(allow)
    candidates = [*_installed(), *(_handed(name, plugin) for name, plugin in extra)]
    infos: list[PluginInfo] = []
    gifts: list[Gift] = []
    # One manager per call: nothing is global.
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    for candidate in sorted(candidates, key=lambda one: one.name):
        if allowed is not None and candidate.name not in allowed:
            infos.append(PluginInfo(candidate.name, candidate.provenance, "not allowed"))
            continue
        try:
            gifts.append(_load(manager, candidate))
        except Exception as error:
            infos.append(PluginInfo(candidate.name, candidate.provenance, "broken", _cause(error)))
    missing = sorted((allowed or set()) - {candidate.name for candidate in candidates})
    infos += [
        PluginInfo(
            name,
            Provenance(name),
            "broken",
            "it is on the list of allowed plugins but is not installed",
        )
        for name in missing
    ]
    return _assemble(gifts, infos)


def _assemble(gifts: list[Gift], infos: list[PluginInfo]) -> Registry:
    """Put the gifts together; a plugin whose documents do not hold is left out whole."""
    while True:
        given, failed = assemble(gifts)
        if failed is None:
            break
        name, error = failed
        broken = next(gift for gift in gifts if gift.name == name)
        gifts = [gift for gift in gifts if gift is not broken]
        infos.append(PluginInfo(name, broken.provenance, "broken", _cause(error)))
    infos += [
        PluginInfo(gift.name, gift.provenance, "loaded", folder=str(gift.folder)) for gift in gifts
    ]
    return _registry(given, infos)


def _registry(given: Given, infos: list[PluginInfo]) -> Registry:
    return Registry(
        frameworks=given.frameworks,
        designs=given.designs,
        patches=given.patches,
        crosswalks=given.crosswalks,
        datasets=given.datasets,
        step_kinds=given.step_kinds,
        unavailable=given.unavailable,
        plugins=tuple(sorted(infos, key=lambda one: one.name)),
    )


def _allowed(allow: Sequence[str] | None) -> set[str] | None:
    if allow is None:
        text = os.environ.get(ENVIRONMENT)
        if text is None:
            return None
        allow = text.split(",")
    return {name.strip() for name in allow if name.strip()}


def _installed() -> list[Candidate]:
    return [
        Candidate(
            point.name,
            Provenance(point.dist.name, point.dist.version)
            if point.dist
            else Provenance(point.value),
            point,
        )
        for point in entry_points(group=hookspecs.ENTRY_POINTS)
    ]


def _handed(name: str, plugin: Any) -> Candidate:
    return Candidate(name, Provenance(name, getattr(plugin, "__version__", "")), None, plugin)


def _load(manager: pluggy.PluginManager, candidate: Candidate) -> Gift:
    """Register one plugin, call its hooks and read its documents; undo it all if that fails."""
    plugin = candidate.entry_point.load() if candidate.entry_point else candidate.plugin
    manager.register(plugin, candidate.name)
    try:
        manager.check_pending()
        folder: Path | None = None
        kinds: list[Any] = []
        # Walking the implementations names the plugin that fails; a hook call would not.
        for implementation in manager.hook.assurance_documents.get_hookimpls():
            if implementation.plugin is plugin:
                folder = Path(implementation.function())
        for implementation in manager.hook.assurance_step_kinds.get_hookimpls():
            if implementation.plugin is plugin:
                kinds = list(implementation.function())
        schemas = {kind.name: dict(kind.schema or {}) for kind in kinds}
        documents = _documents(folder, schemas) if folder else ()
    except BaseException:
        manager.unregister(plugin)
        raise
    return Gift(candidate.name, candidate.provenance, folder, tuple(documents), tuple(kinds))


def _documents(folder: Path, schemas: dict[str, Any]) -> list[Document]:
    documents = []
    faults = []
    for name in hookspecs.FOLDERS:
        inside = folder / name
        files = (
            sorted(inside.glob("*.yaml")) + sorted(inside.glob("*.json")) if inside.is_dir() else []
        )
        for file in files:
            try:
                document = read_file(file, schemas)
                shown = evolve(document.located, name=f"{name}/{file.name}")
                documents.append(evolve(document, located=shown))
            except AssuranceError as error:
                faults.extend(error.faults)
    if faults:
        raise AssuranceError(faults)
    return documents


def _cause(error: Exception) -> str:
    if isinstance(error, AssuranceError):
        return str(error)
    text = " ".join(str(error).split()) or "no message"
    return f"{type(error).__name__}: {text}"
