"""The conformance kit: a plugin that conforms passes, and each broken one fails with what to do."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from assurance_core import __version__
from assurance_core.testing import check_plugin
from assurance_core.testing.kit.findings import PluginCheck
from assurance_core.testing.kit.report import plugin_check_answer
from assurance_core.testing.kit.run import CHECKS
from tests.commands import checked, refused, run
from tests.demo_plugin import GIVES_DOCUMENTS, install, use_only
from tests.testing.demo_documents import CONFORMING

CASES = sorted((Path(__file__).parent / "broken").glob("*.yaml"))


class _Block(yaml.SafeDumper):
    """Writes texts of several lines as they read."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, "|" if "\n" in text else None)


_Block.add_representer(str, _text)


@pytest.fixture
def checked_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Install documents as the plugin demo, alone, and check it."""

    def check(documents: dict[str, str], code: str = GIVES_DOCUMENTS) -> PluginCheck:
        install(tmp_path, "demo", documents, code)
        use_only(tmp_path, monkeypatch)
        return check_plugin("demo")

    return check


def _failures(found: PluginCheck) -> dict[str, str]:
    return {
        one.check.id: "\n".join(str(fault) for fault in one.findings.faults) + "\n"
        for one in found.results
        if one.findings.faults
    }


def _broken(case: dict[str, Any]) -> dict[str, str]:
    """Return the conforming documents with what a case takes out, writes or replaces."""
    documents = {
        name: text for name, text in CONFORMING.items() if name not in case.get("remove", ())
    }
    documents |= case.get("write", {})
    for name, old, new in case.get("replace", ()):
        assert old in documents[name], (name, old)
        documents[name] = documents[name].replace(old, new)
    return documents


def test_a_plugin_that_conforms_passes_every_check(checked_demo: Any) -> None:
    """Each was made and looked at something; only the wheel's source is not at hand."""
    found = checked_demo(CONFORMING)
    assert {} == _failures(found)
    results = {one.check.id: one.result for one in found.results}
    assert ["wheel"] == [name for name, result in results.items() if result != "passed"]
    looked_at = {one.check.id: one.findings.looked_at for one in found.results}
    assert {
        "documents": "5 documents",
        "declaration": "conformance/plugin.yaml",
        "namespaces": "5 ids",
        "sources": "12 steps, 2 rows",
        "series": "2 dated designs, 2 versions",
        "examples": "2 examples",
        "properties": "6 properties of 2 designs",
        "reachable": "2 designs, 0 crosswalks",
        "explanations": "18 outcomes as text, markdown, html, json, xlsx",
        "published": "1 dataset, 2 rows",
        "wheel": "",
    } == looked_at


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_a_broken_plugin_fails_with_what_to_do(file: Path, checked_demo: Any) -> None:
    """The full text of every fault, by check; what is not broken still passes."""
    case = yaml.safe_load(file.read_text("utf-8"))
    found = checked_demo(_broken(case), case.get("code", GIVES_DOCUMENTS))
    failures = _failures(found)
    if os.environ.get("ASSURANCE_RESET"):
        written = yaml.dump({**case, "fails": failures}, Dumper=_Block, sort_keys=False, width=1000)
        file.write_text(written, "utf-8")
    else:
        assert case["fails"] == failures


def test_published_data_that_cannot_be_read_are_not_looked_at(checked_demo: Any) -> None:
    """The check of documents says why; nothing was reproduced, and nothing says so."""
    table = CONFORMING["data/table.csv"].replace("3,2,1", "3,2,7")
    found = checked_demo({**CONFORMING, "data/table.csv": table})
    (one,) = (one for one in found.results if one.check.id == "published")
    assert ("skipped", "no table can be read") == (one.result, one.findings.skipped)


def test_every_check_has_a_plugin_that_fails_it() -> None:
    """A check that nothing fails proves nothing. The wheel's has a test of its own."""
    failed = {
        name for file in CASES for name in yaml.safe_load(file.read_text("utf-8")).get("fails", ())
    }
    assert set(CHECKS) - {"wheel"} == failed


PROJECT = """
[build-system]
build-backend = "hatchling.build"

[tool.hatch.build.targets.wheel]
packages = ["src/assurance_demo"]

[tool.hatch.build.targets.wheel.force-include]
"frameworks" = "assurance_demo/documents/frameworks"
"designs" = "assurance_demo/documents/designs"
"patches" = "assurance_demo/documents/patches"
"data" = "assurance_demo/documents/data"
"""


def test_a_folder_that_is_not_in_the_wheel_fails(checked_demo: Any) -> None:
    """An editable installation reads it all the same: only a stranger would miss it."""
    found = checked_demo({**CONFORMING, "pyproject.toml": PROJECT})
    assert {
        "wheel": (
            "error[not-shipped]: pyproject.toml: tool.hatch.build.targets.wheel.force-include\n"
            "  found:    no 'conformance', which holds documents\n"
            "  expected: every folder of documents\n"
            '  do:       add "conformance" = "assurance_demo/documents/conformance"\n'
        )
    } == _failures(found)


def test_another_build_backend_is_not_judged(checked_demo: Any) -> None:
    """How it fills its wheel is not known here."""
    project = PROJECT.replace("hatchling.build", "other.build")
    found = checked_demo({**CONFORMING, "pyproject.toml": project})
    assert "the plugin is not built by hatchling" == found.results[-1].findings.skipped


EXCEPTION = """\
    exceptions:
      - {body: There, date: 2023-06, kind: contrary, reason: The report says so.}
"""


def test_a_row_that_is_known_to_be_contrary_is_told_and_passes(checked_demo: Any) -> None:
    """Declared with its reason: reported, not hidden."""
    documents = {**CONFORMING}
    documents["data/table.csv"] = documents["data/table.csv"].replace("high,100", "low,100")
    documents["conformance/plugin.yaml"] = (
        documents["conformance/plugin.yaml"].replace('words: "2 of 2"', "words: 1 of 2") + EXCEPTION
    )
    found = checked_demo(documents)
    assert {} == _failures(found)
    notes = [note for one in found.results for note in one.findings.notes]
    assert ["demo: There 2023-06 is contrary: The report says so."] == notes


@pytest.mark.parametrize(
    ("declared", "told"),
    [("", []), (EXCEPTION, ["demo: There 2023-06 is contrary: The report says so."])],
)
def test_a_reconstruction_may_name_the_rows_that_it_does_not_reproduce(
    checked_demo: Any, declared: str, told: list[str]
) -> None:
    """It claims nothing, so a contrary row fails nothing; the reason is told all the same."""
    documents = {**CONFORMING}
    documents["data/table.csv"] = documents["data/table.csv"].replace("high,100", "low,100")
    documents["data/demo.yaml"] = documents["data/demo.yaml"].replace(
        "published_by: demo/word\n", ""
    )
    documents["designs/word.yaml"] = documents["designs/word.yaml"].replace(
        "status: superseded\nseries: demo/rating\nin_force: {from: 2020-01, to: 2024-04}\n",
        "status: reconstruction\n",
    )
    documents["conformance/plugin.yaml"] = (
        documents["conformance/plugin.yaml"].replace('words: "2 of 2"', "words: 1 of 2") + declared
    )
    found = checked_demo(documents)
    assert {} == _failures(found)
    assert told == [note for one in found.results for note in one.findings.notes]


def test_what_needs_a_plugin_that_is_not_installed_is_told(checked_demo: Any) -> None:
    """It cannot be checked here, and that is no fault of the plugin."""
    documents = {
        **CONFORMING,
        "crosswalks/from.yaml": (
            "format: assurance/crosswalk/1\nid: demo/from\nname: From afar\nfrom: afar\n"
            "to: demo\nsources:\n  ours: {title: Ours, status: assumed}\nsource: ours\n"
            "inputs: {care: {sources: [care]}}\n"
        ),
    }
    documents["conformance/plugin.yaml"] += "needs: [afar]\n"
    found = checked_demo(documents)
    assert {} == _failures(found)
    (note,) = [note for one in found.results for note in one.findings.notes]
    why = "it needs the framework afar, which no loaded plugin gives"
    assert f"demo/from is not checked: {why}" == note


def test_the_answer_is_valid_and_the_command_exits_1(checked_demo: Any, tmp_path: Path) -> None:
    """In text, Markdown and JSON alike."""
    documents = dict(CONFORMING)
    del documents["conformance/plugin.yaml"]
    found = checked_demo(documents)
    assert checked(plugin_check_answer(found))
    text = run("check-plugin", "demo", exits=1).stdout
    assert "demo (assurance-demo 1.0) fails declaration.\n" in text
    assert "\n- missing: conformance/plugin.yaml\n  found: no such file\n" in text
    assert "## Failed: declaration\n" in (
        run("check-plugin", "demo", "--format", "markdown", exits=1).stdout
    )
    answer = checked(json.loads(run("check-plugin", "demo", "--format", "json", exits=1).stdout))
    assert not answer["passed"]
    assert ["namespaces", "properties", "published", "wheel"] == [
        one["id"] for one in answer["checks"] if one["result"] == "skipped"
    ]


def test_the_command_takes_the_name_of_the_distribution() -> None:
    """And exits 0 where all is well."""
    text = run("--plugins", "cqc_la,ofsted_ilacs", "check-plugin", "assurance-ofsted-ilacs").stdout
    said = f"ofsted_ilacs (assurance-ofsted-ilacs {__version__}) conforms: 11 checks passed.\n"
    assert said in text


def test_a_plugin_that_is_not_installed_is_refused() -> None:
    """With the nearest name; one that is not allowed says how to allow it."""
    assert (
        "error[unknown-id]: plugin\n"
        "  found:    'cqc_ls'\n"
        "  expected: the name of an installed plugin\n"
        "  do:       did you mean 'cqc_la'?\n"
    ) == refused("check-plugin", "cqc_ls")
    assert (
        "error[unknown-id]: plugin\n"
        "  found:    'ofsted-ilacs', which is not allowed\n"
        "  expected: the name of an installed plugin\n"
        "  do:       allow ofsted_ilacs with --plugins or ASSURANCE_PLUGINS\n"
    ) == refused("--plugins", "cqc_la", "check-plugin", "ofsted-ilacs")


def test_one_line_makes_a_test_of_each_check(tmp_path: Path) -> None:
    """As a plugin's author runs it: with pytest, from a module of one line."""
    import subprocess
    import sys

    (tmp_path / "test_mine.py").write_text(
        "from assurance_core.testing import conformance\n"
        'test_conformance = conformance("ofsted_ilacs")\n',
        "utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-v", "-p", "no:cacheprovider", str(tmp_path)],
        capture_output=True, encoding="utf-8", cwd=tmp_path, check=False,
    )  # fmt: skip
    assert 0 == done.returncode, done.stdout
    assert "11 passed" in done.stdout
    for name in CHECKS:
        assert f"::test_conformance[{name}] PASSED" in done.stdout


def test_what_cannot_be_proved_is_no_pass(checked_demo: Any) -> None:
    """A space too large to go through: a declared property fails, and levels are not claimed."""
    names = [f"statement_{number}" for number in range(25)]
    listed = "".join(f"  {name}: {{name: {name}, scale: met}}\n" for name in names)
    found = checked_demo(
        {
            "frameworks/large.yaml": LARGE.replace("STATEMENTS\n", listed).replace(
                "LIST", ", ".join(names)
            ),
            "designs/worst.yaml": WORST,
            "conformance/plugin.yaml": ("format: assurance/conformance/1\nnamespaces: [large]\n"),
        }
    )
    assert {
        "properties": (
            "error[not-proved]: designs/worst.yaml:13:1: declares\n"
            "  found:    monotone (overall): cannot be proved, the space is too large.\n"
            "  expected: large/worst is monotone, as declared\n"
            "  do:       mend the rule, or no longer declare it monotone\n"
            "  13 | declares: [monotone]\n"
            "     | ^\n"
        )
    } == _failures(found)
    notes = [note for one in found.results for note in one.findings.notes]
    assert ["large/worst: the space of overall is too large to check"] == notes


LARGE = """\
format: assurance/framework/1
id: large
name: Large
regulator: Nobody
bodies: council
sources:
  book: {title: Book, status: assumed}
scales:
  met:
    name: Met
    source: book
    levels: [{id: not_met, name: Not met}, {id: met, name: Met}]
statements:
STATEMENTS
versions:
  - id: "1"
    name: First
    in_force: {}
    source: book
    statements: [LIST]
"""

WORST = """\
format: assurance/design/1
id: large/worst
name: Worst
summary: The worst counts.
framework: large
status: proposed
judgements:
  overall:
    scale: large/met
    inputs: all
    steps: [{minimum: {}, source: book}]
publishes: {headline: overall, areas: none}
declares: [monotone]
"""
