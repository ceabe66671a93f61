"""Find plugins, one at a time: what fails is reported and left out, the rest goes on."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

import pluggy
from attrs import frozen

from assurance_core.documents.files import read_text
from assurance_core.documents.reader import Document, read_document_text
from assurance_core.documents.schemas import StepSchemas, step_schemas, step_settings
from assurance_core.model.errors import AssuranceError, Fault, nearest
from assurance_core.model.provenance import Provenance
from assurance_core.plugins import hookspecs
from assurance_core.plugins.assemble import Gift, Given, assemble, id_space
from assurance_core.plugins.registry import PluginInfo, Registry

ENVIRONMENT = "ASSURANCE_PLUGINS"
HOOKS = ("assurance_documents", "assurance_step_kinds")
TAKEN = ("framework", "design", "crosswalk", "dataset")
"""Kinds of documents that plugins give; a patch is in the space of designs."""


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
        allow: names of the plugins to load, or of their distributions, with hyphens or
            underscores; None loads what the environment variable
            `ASSURANCE_PLUGINS` names (separated by commas), or all where it is not set.
        extra: further plugins as pairs of name and object, for notebooks and tests.

    Returns:
        A registry. Plugins that could not be loaded are listed in `registry.plugins` with the
        cause; ids that two plugins give are unavailable from both.

    Raises:
        AssuranceError: `unknown-id`, where a name that is allowed is that of no plugin.
    """
    candidates = [*_installed(), *(_handed(name, plugin) for name, plugin in extra)]
    allowed = _allowed(allow, candidates)
    infos: list[PluginInfo] = []
    gifts: list[Gift] = []
    # One manager per call: nothing is global.
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    names = [candidate.name for candidate in candidates]
    for candidate in sorted(candidates, key=lambda one: (one.name, str(one.provenance))):
        if allowed is not None and not allowed & _names(candidate):
            infos.append(PluginInfo(candidate.name, candidate.provenance, "not allowed"))
            continue
        try:
            if names.count(candidate.name) > 1:
                raise _UnusableError(
                    f"{names.count(candidate.name)} plugins have this name: uninstall all but one"
                )
            gifts.append(_load(manager, candidate))
        except (Exception, SystemExit) as error:
            infos.append(_broken(candidate, error))
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
        infos.append(_broken(broken, error))
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
        plugins=tuple(sorted(infos, key=lambda one: (one.name, str(one.provenance)))),
    )


def _allowed(allow: Sequence[str] | None, candidates: Sequence[Candidate]) -> set[str] | None:
    """Return the names to load, in one spelling; None for all. A name of no plugin is refused."""
    place = "plugins to load"
    if allow is None:
        text = os.environ.get(ENVIRONMENT)
        if text is None:
            return None
        allow, place = text.split(","), ENVIRONMENT
    wanted = [name.strip() for name in allow if name.strip()]
    known = {name for one in candidates for name in _names(one)}
    plugins = sorted({one.name for one in candidates})
    faults = [
        Fault(
            "unknown-id",
            place,
            f"'{name}'",
            "the name of an installed plugin",
            nearest(name, plugins) if plugins else "install the plugin: there is none",
        )
        for name in wanted
        if one_spelling(name) not in known
    ]
    if faults:
        raise AssuranceError(faults)
    return {one_spelling(name) for name in wanted}


def _names(candidate: Candidate) -> set[str]:
    """Return what a plugin may be called: its own name and its distribution's."""
    return {one_spelling(one) for one in (candidate.name, candidate.provenance.distribution)}


def one_spelling(name: str) -> str:
    """Return a name as package indexes compare it: hyphens and underscores are one."""
    return name.casefold().replace("_", "-")


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
        answers = _answers(manager, plugin)
        folder = _folder(answers.get("assurance_documents"))
        kinds = _checked_kinds(answers.get("assurance_step_kinds", ()))
        documents = plugin_documents(folder, step_schemas({kind.name: kind for kind in kinds}))
    except BaseException:
        manager.unregister(plugin)
        raise
    return Gift(candidate.name, candidate.provenance, folder, tuple(documents), tuple(kinds))


def _answers(manager: pluggy.PluginManager, plugin: Any) -> dict[str, Any]:
    """Call what a plugin implements: walking the implementations names the one that fails."""
    callers = manager.get_hookcallers(plugin) or []
    for caller in callers:
        if not caller.has_spec():
            raise _UnusableError(f"{caller.name} is no hook: {nearest(caller.name, HOOKS)}")
    if not callers:
        raise _UnusableError(f"it implements no hook: {' or '.join(HOOKS)}")
    return {
        caller.name: implementation.function()
        for caller in callers
        for implementation in caller.get_hookimpls()
        if implementation.plugin is plugin
    }


def _folder(answer: Any) -> Path | None:
    if answer is None:
        return None
    folder = Path(answer)
    if not folder.is_dir():
        raise _UnusableError(f"assurance_documents returned {folder}, which is no folder")
    return folder


def _checked_kinds(answer: Any) -> list[Any]:
    from jsonschema import Draft202012Validator, SchemaError

    kinds = list(answer)
    for kind in kinds:
        if not isinstance(getattr(kind, "name", None), str) or not callable(
            getattr(kind, "bind", None)
        ):
            raise _UnusableError(f"assurance_step_kinds returned {kind!r}, which is no step kind")
        if step_settings(kind.name) is not None:
            raise _UnusableError(
                f"it gives the step kind {kind.name}, which is built in: rename it"
            )
        try:
            Draft202012Validator.check_schema(kind.schema or {})
        except SchemaError as error:
            raise _UnusableError(f"the schema of step kind {kind.name}: {error.message}") from None
    return kinds


def plugin_documents(folder: Path | None, schemas: StepSchemas) -> list[Document]:
    """Read every document of a plugin; raise with the faults of all.

    Args:
        folder: the plugin's, with `frameworks/`, `designs/` and so on; None has none.
        schemas: settings of step kinds that plugins add, by kind.
    """
    documents: dict[tuple[str, str], Document] = {}
    faults: list[Fault] = []
    for name, file in _files(folder) if folder else ():
        try:
            document = read_document_text(read_text(file, name=name), name, schemas)
        except AssuranceError as error:
            faults.extend(error.faults)
            continue
        key = (id_space(document), document.id)
        fault = document.located.fault
        if key[0] not in TAKEN:
            found, expected = f"an {key[0]}", f"a patch, {', '.join(TAKEN[:-1])} or {TAKEN[-1]}"
            remedy = "move it out of the plugin's folders"
            faults.append(fault("unknown-format", ("format",), found, expected, remedy))
        elif key in documents:
            found = f"'{document.id}', which {documents[key].located.name} has too"
            faults.append(fault("duplicate", ("id",), found, "each id once", "rename it"))
        documents.setdefault(key, document)
    if faults:
        raise AssuranceError(faults)
    return list(documents.values())


def _files(folder: Path) -> list[tuple[str, Path]]:
    """Return a plugin's documents with the names that errors call them."""
    return [
        (f"{name}/{file.name}", file)
        for name in hookspecs.FOLDERS
        for file in sorted((folder / name).glob("*"))
        if file.suffix in hookspecs.SUFFIXES
    ]


def _broken(plugin: Candidate | Gift, error: BaseException) -> PluginInfo:
    text = " ".join(str(error).split()) or "no message"
    if isinstance(error, AssuranceError):
        cause = str(error)
    elif isinstance(error, _UnusableError):
        cause = text
    else:
        cause = f"{type(error).__name__}: {text}"
    faults = error.faults if isinstance(error, AssuranceError) else ()
    return PluginInfo(plugin.name, plugin.provenance, "broken", cause, faults=faults)


class _UnusableError(Exception):
    """What a plugin gives cannot be used."""
