"""A text in YAML or JSON becomes a located tree."""

from __future__ import annotations

from assurance_core.documents.files import MAX_BYTES, check_size
from assurance_core.documents.growing_tree import Tree
from assurance_core.documents.json_reader import read_json
from assurance_core.documents.located import Located
from assurance_core.documents.yaml_reader import read_yaml
from assurance_core.model.errors import AssuranceError, Fault


def read_located(text: str, name: str) -> Located:
    """Read YAML, or JSON where the name ends in `.json`.

    Args:
        text: the document.
        name: what errors call it.

    Raises:
        AssuranceError: `bad-syntax`, `bad-encoding`, `yaml-feature`, `duplicate`, `too-deep` or
            `too-large`.
    """
    check_size(len(text), name, MAX_BYTES)
    if any("\ud800" <= one <= "\udfff" for one in text):
        raise AssuranceError(
            Fault("bad-encoding", name, "half a character", "text in UTF-8", "write it anew")
        )
    if name.endswith(".json"):
        tree = Tree(name, text.split("\n"))
        read_json(text, tree)
    else:
        tree = Tree(name, text.splitlines())
        read_yaml(text, tree)
    return Located(tree.value, name, tree.marks, tree.keys, tree.lines)
