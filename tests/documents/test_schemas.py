"""The schemas are valid, agree with each other and with the classes, and hold for all documents."""

import json
from pathlib import Path
from typing import Any

import pytest
from attrs import fields
from jsonschema import Draft202012Validator

from assurance_core.documents.reader import KINDS, read_file
from assurance_core.documents.schemas import load_schema, schema_folder
from assurance_core.lab.requirements import REQUIREMENTS
from assurance_core.model.assessment import Assessment, Finding, Override, Published
from assurance_core.model.citation import Citation
from assurance_core.model.conformance import Conformance, ExpectedData, Fit, KnownException
from assurance_core.model.crosswalk import Crosswalk, CrosswalkInput
from assurance_core.model.dataset import Dataset, EvidenceKind
from assurance_core.model.design import (
    Consequence,
    Example,
    Judgement,
    NarrativeRule,
    Publishes,
    RatingDesign,
)
from assurance_core.model.framework import Framework, FrameworkVersion, Statement, Theme
from assurance_core.model.patch import Patch
from assurance_core.model.scale import Level, Scale
from assurance_core.rules import BUILT_IN

ROOT = Path(__file__).parents[2]
DOCUMENTS = ("framework", "design", "derived-design", "crosswalk", "derived-crosswalk", "patch",
             "dataset", "assessment", "conformance")  # fmt: skip
ALL = sorted(path.name.partition(".")[0] for path in ROOT.glob("schemas/*.schema.json"))
PLUGIN_FILES = sorted(
    path
    for folder in ("frameworks", "designs", "crosswalks", "patches", "data")
    for path in ROOT.glob(f"plugins/*/{folder}/*.yaml")
)
DECLARATIONS = sorted(ROOT.glob("plugins/*/conformance/plugin.yaml"))


def _nodes(schema: Any) -> list[dict[str, Any]]:
    if isinstance(schema, list):
        return [node for one in schema for node in _nodes(one)]
    if not isinstance(schema, dict):
        return []
    return [schema, *(node for one in schema.values() for node in _nodes(one))]


def test_the_schemas_are_found_where_the_code_looks() -> None:
    assert {path.name for path in ROOT.glob("schemas/*.json")} == {
        path.name for path in schema_folder().iterdir()
    }


@pytest.mark.parametrize("name", ALL)
def test_a_schema_is_valid(name: str) -> None:
    schema = load_schema(name)
    assert "https://json-schema.org/draft/2020-12/schema" == schema["$schema"]
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_document_has_a_schema(kind: str) -> None:
    assert {"const": f"assurance/{kind}/1"} == load_schema(kind)["properties"]["format"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_unknown_keys_are_refused_everywhere(name: str) -> None:
    """Every mapping with named keys is closed, at any depth; edits alone hold whole steps."""
    open_ones = [
        node
        for node in _nodes(dict(load_schema(name)))
        if isinstance(node.get("properties"), dict)
        and "type" in node
        and "additionalProperties" not in node
    ]
    assert [] == open_ones


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_regulator_is_named(name: str) -> None:
    text = json.dumps(load_schema(name)).casefold()
    assert [] == [word for word in ("cqc", "ofsted") if word in text]


def test_definitions_of_one_name_are_one_definition() -> None:
    seen: dict[str, Any] = {}
    for name in DOCUMENTS:
        for key, definition in load_schema(name).get("$defs", {}).items():
            assert seen.setdefault(key, definition) == definition, f"{key} in {name}"


def test_a_derived_document_may_state_what_the_full_one_states() -> None:
    for kind in ("design", "crosswalk"):
        full, derived = (
            load_schema(kind)["properties"],
            load_schema(f"derived-{kind}")["properties"],
        )
        shared = derived.keys() - {"based_on", "edits"}
        assert {key: full[key] for key in shared} == {key: derived[key] for key in shared}


# Which class holds which part of which schema: keys that only documents have, and fields that
# only values have.
ASSESSMENT = load_schema("assessment")
DESIGN = load_schema("design")
FRAMEWORK = load_schema("framework")
CROSSWALK = load_schema("crosswalk")
DATASET = load_schema("dataset")
PATCH = load_schema("patch")
CONFORMANCE = load_schema("conformance")
SAME = [
    (Citation, DESIGN["$defs"]["source"], set(), {"id"}),
    (Assessment, ASSESSMENT, {"format", "sources"}, set()),
    (Finding, ASSESSMENT["$defs"]["finding"], set(), set()),
    (Override, ASSESSMENT["properties"]["overrides"]["additionalProperties"], set(), set()),
    (Published, ASSESSMENT["properties"]["published"], set(), set()),
    (RatingDesign, DESIGN, {"format"}, {"document", "lineage", "provenance", "step_kinds"}),
    (Judgement, DESIGN["$defs"]["judgement"], set(), {"id", "template"}),
    (Publishes, DESIGN["properties"]["publishes"], set(), set()),
    (Consequence, DESIGN["$defs"]["consequence"], set(), set()),
    (Example, DESIGN["$defs"]["example"], set(), set()),
    (Framework, FRAMEWORK, {"format", "statements"}, {"provenance", "document"}),
    (FrameworkVersion, FRAMEWORK["$defs"]["version"], set(), set()),
    (Level, FRAMEWORK["$defs"]["level"], set(), {"position"}),
    (Scale, FRAMEWORK["properties"]["scales"]["additionalProperties"], set(), {"id"}),
    (Statement, FRAMEWORK["properties"]["statements"]["additionalProperties"], set(), {"id"}),
    (
        Theme,
        FRAMEWORK["$defs"]["version"]["properties"]["themes"]["items"],
        set(),
        set(),
    ),
    (
        Crosswalk,
        CROSSWALK,
        {"format", "from", "to", "levels", "sources"},
        {"source_framework", "target_framework", "document", "provenance"},
    ),
    (CrosswalkInput, CROSSWALK["$defs"]["input"], set(), set()),
    (
        Dataset,
        DATASET,
        {"format", "coverage"},
        {"bodies_total", "coverage_note", "provenance"},
    ),
    (EvidenceKind, DATASET["properties"]["evidence"]["additionalProperties"], set(), set()),
    (Conformance, CONFORMANCE, {"format"}, set()),
    (ExpectedData, CONFORMANCE["$defs"]["expected"], set(), set()),
    (Fit, CONFORMANCE["$defs"]["fit"], set(), set()),
    (KnownException, CONFORMANCE["$defs"]["exception"], set(), set()),
    (Patch, PATCH, {"format"}, {"source_documents", "document", "provenance"}),
]


@pytest.mark.parametrize(
    ("kind", "schema", "in_document", "in_value"), SAME, ids=[one[0].__name__ for one in SAME]
)
def test_schema_and_class_have_the_same_keys(
    kind: Any, schema: dict[str, Any], in_document: set[str], in_value: set[str]
) -> None:
    keys = set(schema["properties"]) - in_document
    assert keys == {field.name for field in fields(kind)} - in_value


def test_a_narrative_rule_has_the_keys_of_its_class() -> None:
    schema = DESIGN["properties"]["publishes"]["properties"]["narrative"]["properties"]
    keys = {f"{one}_{key}" for one, part in schema.items() for key in part["properties"]}
    assert {field.name for field in fields(NarrativeRule)} == keys


def test_every_step_kind_has_its_settings_in_the_schema() -> None:
    assert set(BUILT_IN) == set(DESIGN["$defs"]["step"]["properties"]) - {"id", "source"}


def test_the_words_of_a_schema_are_those_of_the_model() -> None:
    """Statuses, absences and policies: every word that a value can hold, and no other."""
    from typing import get_args

    from assurance_core.model.assessment import AbsenceKind, AssessmentStatus
    from assurance_core.model.citation import SourceStatus
    from assurance_core.model.design import DesignStatus, MissingPolicy

    pairs = [
        (AssessmentStatus, ASSESSMENT["properties"]["status"]["enum"]),
        (SourceStatus, DESIGN["$defs"]["source"]["properties"]["status"]["enum"]),
        (DesignStatus, DESIGN["properties"]["status"]["enum"]),
        (MissingPolicy, DESIGN["$defs"]["judgement"]["properties"]["missing"]["enum"]),
    ]
    for words, enum in pairs:
        assert set(get_args(words)) == set(enum)
    properties = CONFORMANCE["properties"]["properties"]["additionalProperties"]["items"]["enum"]
    assert list(REQUIREMENTS) == properties
    cell = set(ASSESSMENT["$defs"]["cell"]["properties"])
    assert set(get_args(AbsenceKind)) == cell - {"score", "date", "carried_forward"}


@pytest.mark.parametrize("file", PLUGIN_FILES, ids=lambda file: f"{file.parts[-3]}-{file.stem}")
def test_every_document_of_our_plugins_is_valid(file: Path) -> None:
    assert read_file(file).id


@pytest.mark.parametrize("file", DECLARATIONS, ids=lambda file: file.parts[-3])
def test_every_declaration_of_our_plugins_is_valid(file: Path) -> None:
    assert "conformance" == read_file(file).kind
