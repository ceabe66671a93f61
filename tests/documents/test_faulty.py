"""Whatever is wrong with a document, reading it ends in our own error and in no crash."""

import copy
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assurance_core.documents.assessments import read_assessment
from assurance_core.documents.crosswalks import read_crosswalk
from assurance_core.documents.datasets import read_dataset
from assurance_core.documents.designs import read_design
from assurance_core.documents.frameworks import read_framework
from assurance_core.documents.patches import derive_design, read_patch, what_if
from assurance_core.documents.reader import Document, read_document_text
from assurance_core.engine.compile import compile_design
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError
from tests.demo_plugin import BASE
from tests.documents.demo import design, document, framework

DEMO, PARENT = framework(), design()
FOLDER = Path(__file__).parents[1] / "bad_inputs" / "base"
VALUES = """[null, true, 0, -1, 3, 1e9, 0.5, "", "x", "care", "all", "high", "demo/word", "2024-13",
  [], {}, [1], ["care"], {"care": 1}, [[]], {"": {}}, 99999999999999999999]"""
# Parsed anew each time: a list drawn twice would be one list.
ODD = st.integers(0, len(json.loads(VALUES)) - 1).map(lambda number: json.loads(VALUES)[number])


def _compiled(made: RatingDesign) -> None:
    for version in made.versions:
        compile_design(made, version)


def _patched(one: Document) -> None:
    _compiled(what_if(PARENT, read_patch(one), document=one.located))


READERS: dict[str, Callable[[Document], object]] = {
    "framework": read_framework,
    "design": lambda one: _compiled(read_design(one, DEMO)),
    "derived-design": lambda one: _compiled(derive_design(one, PARENT, {"demo": DEMO}, {})),
    "patch": _patched,
    "crosswalk": lambda one: read_crosswalk(one, DEMO, DEMO),
    "dataset": lambda one: read_dataset(one, DEMO, FOLDER),
    "assessment": lambda one: read_assessment(one, DEMO),
}


def _places(here: Any) -> list[tuple[Any, Any]]:
    found = []
    if isinstance(here, dict | list):
        for key in list(here) if isinstance(here, dict) else range(len(here)):
            found += [(here, key), *_places(here[key])]
    return found


@pytest.mark.parametrize("kind", READERS)
@settings(max_examples=150)
@given(data=st.data())
def test_a_document_with_odd_values_is_never_a_crash(kind: str, data: st.DataObject) -> None:
    """Two places of a good document are replaced, removed or given another name."""
    file = next(n for n in BASE if not n.endswith(".csv") and document(BASE[n]).kind == kind)
    tree = copy.deepcopy(document(BASE[file]).tree)
    for _ in range(2):
        places = _places(tree)
        if not places:
            break
        here, key = places[data.draw(st.integers(0, len(places) - 1))]
        change = data.draw(st.sampled_from(("replace", "remove", "rename")))
        if change == "replace":
            here[key] = data.draw(ODD)
        elif change == "rename" and isinstance(here, dict):
            here[data.draw(st.sampled_from(["care", "all", "x", "band", "high", ""]))] = here.pop(
                key
            )
        else:
            del here[key]
    with suppress(AssuranceError):
        one = read_document_text(json.dumps(tree), "a.json")
        if one.kind in READERS:
            READERS[one.kind](one)
