"""Plugins are loaded one at a time: what is broken is named and left out, the rest goes on."""

from collections.abc import Mapping
from itertools import permutations
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assurance_core.engine.compile import compile_design
from assurance_core.model.errors import AssuranceError
from assurance_core.plugins import load_plugins
from assurance_core.plugins.loader import ENVIRONMENT
from assurance_core.rules.python_step import python_step
from tests.demo_plugin import BASE, DEMO, install
from tests.plugins.given import Folder, Steps, cause_of, statuses

DERIVED, DESIGN, DATASET = BASE["derived.yaml"], BASE["design.yaml"], BASE["dataset.yaml"]


# What is loaded


def test_every_object_knows_its_plugin_and_version(site: Path) -> None:
    """Law 9, for each kind of object that plugins give."""
    crosswalk = BASE["crosswalk.yaml"].replace("demo/from-demo", "more/from-demo")
    dataset = BASE["dataset.yaml"].replace("id: demo\n", "id: more\n")
    documents = {
        "crosswalks/a.yaml": crosswalk,
        "data/more.yaml": dataset,
        "data/table.csv": BASE["table.csv"],
        "designs/a.yml": DERIVED.replace("demo/derived", "more/derived"),
        "patches/a.yaml": BASE["patch.yaml"].replace("demo/higher", "more/higher"),
    }
    install(site, "more", documents, version="2.5")
    registry = load_plugins()
    assert {"demo": "loaded", "more": "loaded"} == statuses(registry)
    given: list[Mapping[str, Any]] = [
        registry.frameworks,
        registry.designs,
        registry.patches,
        registry.crosswalks,
        registry.datasets,
    ]
    for objects in given:
        for one in objects.values():
            name = "more 2.5" if one.id.startswith("more") else "demo 1.0"
            assert f"assurance-{name}" == str(one.provenance)
    assert ["more/derived"] == [one for one in registry.designs if one.startswith("more")]
    assert "assurance-demo 1.0" == str(registry.design("demo/installed").provenance)


def test_nothing_is_loaded_that_is_not_allowed(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By option, else by the environment, else everything; a plugin left out is not imported."""
    install(site, "other", code="raise AssertionError('imported')")
    assert {"demo": "loaded", "other": "not allowed"} == statuses(load_plugins(["demo"]))
    monkeypatch.setenv(ENVIRONMENT, " demo ,")
    assert {"demo": "loaded", "other": "not allowed"} == statuses(load_plugins())
    assert {"demo": "not allowed", "other": "broken"} == statuses(load_plugins(["other"]))
    monkeypatch.setenv(ENVIRONMENT, "")
    assert {"demo": "not allowed", "other": "not allowed"} == statuses(load_plugins())
    assert not load_plugins().designs


def test_a_name_that_is_allowed_but_not_there_is_refused(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the nearest name: nothing goes on with fewer plugins than were asked for."""
    with pytest.raises(AssuranceError) as raised:
        load_plugins(["demo", "dmeo"])
    (fault,) = raised.value.faults
    assert ("unknown-id", "plugins to load", "did you mean 'demo'?") == (
        fault.code,
        fault.place,
        fault.remedy,
    )
    monkeypatch.setenv(ENVIRONMENT, "dmeo")
    with pytest.raises(AssuranceError, match=ENVIRONMENT):
        load_plugins()


@pytest.mark.parametrize("name", ["two_words", "two-words", "assurance-two-words"])
def test_a_plugin_is_allowed_by_either_spelling_and_by_its_distribution(
    site: Path, name: str
) -> None:
    install(site, "two_words", code="raise AssertionError('imported')")
    assert {"demo": "not allowed", "two_words": "broken"} == statuses(load_plugins([name]))


def test_loading_twice_gives_the_same_and_shares_nothing(site: Path) -> None:
    """Nothing is global: each call has a manager of its own."""
    one, other = load_plugins(), load_plugins()
    assert set(one.designs) == set(other.designs)
    assert one.designs is not other.designs
    assert one.plugins == other.plugins


def test_order_of_loading_changes_nothing(tmp_path: Path) -> None:
    """Law 9: whatever order plugins come in, the registry is the same, clashes included."""
    plugins = [
        ("demo", Folder(tmp_path / "demo", DEMO)),
        ("twin", Folder(tmp_path / "twin", {"designs/w.yaml": BASE["word.yaml"]})),
        (
            "child",
            Folder(tmp_path / "child", {"designs/d.yaml": DERIVED.replace("word", "new-word")}),
        ),
        ("broken", Folder(tmp_path / "broken", {"designs/d.yaml": "format: x"})),
    ]
    seen = []
    for order in permutations(plugins):
        registry = load_plugins([name for name, _ in plugins], order)
        designs = {key: (str(one.provenance), one.lineage) for key, one in registry.designs.items()}
        seen.append((list(designs.items()), dict(registry.unavailable), registry.plugins))
    assert [seen[0]] * len(seen) == seen


# What is unavailable


def test_an_id_from_two_plugins_is_unavailable_from_both(site: Path) -> None:
    install(
        site, "twin", {"designs/a.yaml": BASE["word.yaml"].replace("name: One word", "name: Mine")}
    )
    registry = load_plugins()
    assert {"demo": "loaded", "twin": "loaded"} == statuses(registry)
    with pytest.raises(AssuranceError) as raised:
        registry.design("demo/word")
    (fault,) = raised.value.faults
    assert "plugin" == fault.code
    for name in ("demo (assurance-demo 1.0)", "twin (assurance-twin 1.0)"):
        assert name in fault.remedy
    assert "demo/new-word" in registry.designs
    assert registry.unavailable["demo/installed"].startswith(
        "it applies to demo/word, which is unavailable: the plugins demo"
    )


def test_a_patch_may_not_take_the_id_of_a_design(site: Path) -> None:
    """Both are named where a design is."""
    patch = BASE["patch.yaml"].replace("demo/higher", "demo/new-word")
    install(site, "twin", {"patches/a.yaml": patch})
    assert "demo/new-word" in load_plugins().unavailable


def test_a_framework_and_a_dataset_may_share_an_id(site: Path) -> None:
    data = {"data/d.yaml": BASE["dataset.yaml"], "data/table.csv": BASE["table.csv"]}
    install(site, "one", data)
    assert load_plugins().dataset("demo").framework == load_plugins().framework("demo").id
    install(site, "two", data)
    registry = load_plugins()
    assert "demo" == registry.framework("demo").id
    with pytest.raises(AssuranceError, match="both give it"):
        registry.dataset("demo")


@pytest.mark.parametrize(
    ("file", "text", "id_", "reason"),
    [
        ("designs/a.yaml", DERIVED.replace("demo/word", "x/y"), "demo/derived",
         "it is based on x/y, which no loaded plugin gives"),
        ("designs/a.yaml", DESIGN.replace("framework: demo", "framework: x"), "demo/mine",
         "it needs the framework x, which no loaded plugin gives"),
        ("patches/a.yaml", BASE["patch.yaml"].replace("demo/word", "x/y"), "demo/higher",
         "it applies to x/y, which no loaded plugin gives"),
        ("crosswalks/a.yaml", BASE["crosswalk.yaml"].replace("to: demo", "to: x"), "demo/from-demo",
         "it needs the framework x, which no loaded plugin gives"),
        ("data/a.yaml", DATASET.replace("framework: demo", "framework: x"), "demo",
         "it needs the framework x, which no loaded plugin gives"),
        ("designs/a.yaml", DERIVED.replace("demo/word", "demo/derived"), "demo/derived",
         "it is based on itself in a circle: demo/derived → demo/derived"),
    ],
)  # fmt: skip
def test_what_needs_something_that_is_not_there_is_unavailable(
    site: Path, file: str, text: str, id_: str, reason: str
) -> None:
    install(site, "child", {file: text})
    registry = load_plugins()
    assert {"child": "loaded", "demo": "loaded"} == statuses(registry)
    assert reason == registry.unavailable[id_]


def test_a_reason_is_passed_on_along_a_chain(site: Path) -> None:
    first = DERIVED.replace("demo/derived", "x/first").replace("demo/word", "absent/word")
    second = DERIVED.replace("demo/derived", "x/a-second").replace("demo/word", "x/first")
    install(site, "child", {"designs/a.yaml": second, "designs/b.yaml": first})
    assert (
        "it is based on x/first, which is unavailable: "
        "it is based on absent/word, which no loaded plugin gives"
    ) == load_plugins().unavailable["x/a-second"]


def test_a_derived_design_may_be_based_on_a_derived_design(site: Path) -> None:
    first = DERIVED.replace("demo/derived", "x/first")
    second = DERIVED.replace("demo/derived", "x/a-second").replace("demo/word", "x/first")
    second = second.replace("to: 90", "to: 95")
    install(site, "child", {"designs/a.yaml": second, "designs/b.yaml": first})
    made = load_plugins().design("x/a-second")
    assert ("based on demo/word", "based on x/first") == made.lineage
    assert 95 == made.judgements["overall"].steps[2].settings["high"]


def test_a_patch_may_apply_to_a_patch(site: Path) -> None:
    second = (
        BASE["patch.yaml"].replace("demo/higher", "x/second").replace("demo/word", "demo/installed")
    )
    install(site, "child", {"patches/a.yaml": second.replace("to: 90", "to: 95")})
    assert 2 == len(load_plugins().design("x/second").lineage)


# Step kinds


def _best(settings: Any, levels: Mapping[str, Any], _running: Any) -> str:
    best = max(level.position for level in levels.values())
    return ("low", "middle", "high")[best - settings["less"]]


BEST = python_step(
    "best",
    _best,
    "The best of all",
    {
        "type": "object",
        "properties": {"less": {"type": "integer"}},
        "required": ["less"],
        "additionalProperties": False,
    },
)
USES_BEST = BASE["design.yaml"].replace("percent_of_maximum: {}", "best: {less: 1}", 1)
USES_BEST = (
    USES_BEST[: USES_BEST.index("      - round")] + "publishes: {headline: overall, areas: none}\n"
)


class _Both(Folder, Steps):
    """A plugin with documents that use its own step kind."""

    def __init__(self, folder: Path, documents: Mapping[str, str], *kinds: Any) -> None:
        Folder.__init__(self, folder, documents)
        Steps.__init__(self, *kinds)


def test_a_plugins_step_kind_rates_like_any_other(site: Path, tmp_path: Path) -> None:
    plugin = _Both(tmp_path / "x", {"designs/a.yaml": USES_BEST}, BEST)
    registry = load_plugins(extra=[("steps", plugin)])
    assert "loaded" == statuses(registry)["steps"], cause_of(registry, "steps")
    rule = compile_design(registry.design("demo/mine"), "2020")
    headline = rule.rate((1, 2, 1)).headline
    assert headline is not None
    assert "middle" == getattr(headline, "level", None)


def test_a_users_file_may_use_a_plugins_step_kind(site: Path, tmp_path: Path) -> None:
    registry = load_plugins(extra=[("steps", Steps(BEST))])
    file = tmp_path / "mine.yaml"
    file.write_text(USES_BEST, "utf-8")
    compile_design(registry.read_design_file(file)[0], "2020")
    file.write_text(USES_BEST.replace("less: 1", "less: true"), "utf-8")
    with pytest.raises(AssuranceError, match=r"overall\.best\.less"):
        registry.read_design_file(file)


@pytest.mark.parametrize(
    ("kind", "cause"),
    [
        (python_step("cap", _best, "x", {}), "the step kind cap, which is built in: rename it"),
        (python_step("source", _best, "x", {}), "the step kind source, which is built in"),
        (python_step("new", _best, "x", {"type": "mapping"}),
         "the schema of step kind new: 'mapping' is not valid under any of the given schemas"),
        (SimpleNamespace(name="new"), "which is no step kind"),
    ],
)  # fmt: skip
def test_a_step_kind_that_cannot_be_taken(site: Path, kind: Any, cause: str) -> None:
    registry = load_plugins(extra=[("steps", Steps(kind))])
    assert cause in cause_of(registry, "steps")


def test_one_step_kind_from_two_plugins_is_unavailable(site: Path) -> None:
    registry = load_plugins(extra=[("one", Steps(BEST)), ("two", Steps(BEST))])
    assert "best" not in registry.step_kinds
    assert "both give it" in registry.unavailable["step kind best"]
