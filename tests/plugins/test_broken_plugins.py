"""A plugin that is broken is named with its cause and left out; the rest goes on."""

from pathlib import Path

import pytest

from assurance_core.engine.compile import compile_design
from assurance_core.model.errors import AssuranceError
from assurance_core.plugins import load_plugins
from tests.demo_plugin import BASE, install
from tests.plugins.given import Folder, cause_of, statuses

DERIVED, DESIGN, DATASET = BASE["derived.yaml"], BASE["design.yaml"], BASE["dataset.yaml"]


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        ("raise RuntimeError('no\\nlicence')", "RuntimeError: no licence"),
        ("import not_there_at_all", "ModuleNotFoundError: No module named 'not_there_at_all'"),
        ("x = (", "SyntaxError: '(' was never closed (__init__.py, line 1)"),
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("x = 1", "it implements no hook: assurance_documents or assurance_step_kinds"),
    ],
)
def test_a_broken_module_is_left_out_with_its_cause(site: Path, code: str, cause: str) -> None:
    install(site, "broken", code=code)
    registry = load_plugins()
    assert {"broken": "broken", "demo": "loaded"} == statuses(registry)
    assert cause == cause_of(registry, "broken")
    compile_design(registry.design("demo/word"))


HOOK = "from assurance_core.plugins import hookimpl\n\n@hookimpl\n"


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        ("def assurance_documents():\n    1 / 0", "ZeroDivisionError: division by zero"),
        ("def assurance_documents():\n    return 'nowhere'",
         "assurance_documents returned nowhere, which is no folder"),
        ("def assurance_document():\n    return '.'",
         "assurance_document is no hook: did you mean 'assurance_documents'?"),
        ("def assurance_step_kinds():\n    return [1]",
         "assurance_step_kinds returned 1, which is no step kind"),
        ("def assurance_step_kinds():\n    yield 1\n    raise OSError('late')", "OSError: late"),
    ],
)  # fmt: skip
def test_a_broken_hook_is_left_out_with_its_cause(site: Path, code: str, cause: str) -> None:
    install(site, "broken", code=HOOK + code)
    registry = load_plugins()
    assert {"broken": "broken", "demo": "loaded"} == statuses(registry)
    assert cause == cause_of(registry, "broken")


def test_a_hook_with_an_argument_that_is_not_its_own_is_broken(site: Path) -> None:
    install(site, "broken", code=HOOK + "def assurance_documents(folder):\n    return folder")
    assert "PluginValidationError" in cause_of(load_plugins(), "broken")


def test_all_faults_of_all_documents_are_in_the_cause(site: Path) -> None:
    bad = DERIVED.replace("edits:", "edit:")
    install(
        site, "broken", {"designs/a.yaml": bad, "patches/b.yaml": "format: x", "data/c.json": "{"}
    )
    cause = cause_of(load_plugins(), "broken")
    for place in ("designs/a.yaml:5:1: edit", "patches/b.yaml:1:9: format", "data/c.json:1:2"):
        assert place in cause


def test_a_plugin_with_a_faulty_document_is_left_out_whole(site: Path) -> None:
    """Half a plugin would be a design without its crosswalk, or data without its design."""
    good, bad = DERIVED.replace("derived", "good"), DERIVED.replace("band.high", "band.hihg")
    install(site, "broken", {"designs/a.yaml": good, "designs/b.yaml": bad})
    registry = load_plugins()
    assert "demo/good" not in registry.designs
    assert "designs/b.yaml:6:10: overall.band.hihg" in cause_of(registry, "broken")
    with pytest.raises(AssuranceError, match="mend the plugin broken") as raised:
        registry.design("broken/good")
    assert "designs/b.yaml:6:10: overall.band.hihg" in raised.value.faults[0].remedy


def test_what_a_broken_plugin_would_have_given_is_missed_by_others(site: Path) -> None:
    install(
        site,
        "parent",
        {
            "designs/a.yaml": DERIVED.replace("demo/derived", "parent/a"),
            "designs/b.yaml": "format: x",
        },
    )
    install(
        site,
        "child",
        {
            "designs/a.yaml": DERIVED.replace("demo/derived", "child/a").replace(
                "demo/word", "parent/a"
            )
        },
    )
    registry = load_plugins()
    assert {"child": "loaded", "demo": "loaded", "parent": "broken"} == statuses(registry)
    assert (
        "it is based on parent/a, which no loaded plugin gives" == registry.unavailable["child/a"]
    )


def test_two_distributions_with_a_plugin_of_one_name_are_both_left_out(
    site: Path, tmp_path: Path
) -> None:
    extra = [("demo", Folder(tmp_path / "more", {"designs/a.yaml": DERIVED}))]
    registry = load_plugins(extra=extra)
    assert ["broken", "broken"] == [one.status for one in registry.plugins]
    assert not registry.designs
