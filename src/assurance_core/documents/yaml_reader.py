"""YAML, strictly.

PyYAML's own loader keeps the last of two equal keys, reads `NO` as false and follows aliases. Here
the parser's events build the tree, so that deep nesting costs no recursion.
"""

from __future__ import annotations

from typing import Any, NoReturn

import yaml

from assurance_core.documents.growing_tree import MEND, Tree
from assurance_core.documents.located import Mark

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# What the YAML parser says: found and remedy in plain words, and whether the fault is where the
# construct begins rather than where the parser gave up.
_SYNTAX = {
    "mapping values are not allowed": (
        "a colon where none may stand",
        "put text that contains a colon in quotes, and check how far the line is indented",
        False,
    ),
    "could not find expected ':'": (
        "a line that is not 'key: value'",
        "add the colon, with a blank behind it",
        True,
    ),
    "did not find expected key": (
        "a line that does not fit the lines above it",
        "check how far it is indented, and that quotes and brackets above it are closed",
        False,
    ),
    "did not find expected '-' indicator": (
        "a line that does not fit the list above it",
        "check how far it is indented, and that it begins with a dash",
        False,
    ),
    "did not find expected ',' or": (
        "a bracket that is not closed, or a comma that is missing",
        "close the bracket, or add the comma",
        True,
    ),
    "did not find expected node content": (
        "a bracket or comma where a value is expected",
        "close the bracket, or write the value",
        False,
    ),
    "found unexpected end of stream": (
        "text in quotes that does not end",
        "close the quotes",
        True,
    ),
    "found unknown escape character": (
        "a backslash in double quotes",
        "use single quotes, or write two backslashes",
        False,
    ),
    "found character that cannot start any token": (
        "a character that cannot begin a value",
        "put the text in quotes",
        False,
    ),
    "block sequence entries are not allowed": (
        "a dash where no list can begin",
        "put the list on lines of its own, or the text in quotes",
        False,
    ),
}


def read_yaml(text: str, tree: Tree) -> None:
    """Let a tree grow by a YAML text; raise for everything that is not plain YAML 1.2."""
    documents = 0
    events: Any = yaml.parse(text, Loader=_Loader)
    try:
        for event in events:
            mark = (event.start_mark.line + 1, event.start_mark.column + 1)
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    tree.refuse(
                        "bad-syntax", mark, "a second document", "one document", "split the file"
                    )
            _check_features(event, mark, tree)
            if isinstance(event, yaml.ScalarEvent):
                tree.scalar(event.value, event.implicit[0], mark)
            elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                tree.open({} if isinstance(event, yaml.MappingStartEvent) else [], mark)
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                tree.close()
    except yaml.MarkedYAMLError as error:
        _refuse_syntax(error, tree)
    except yaml.YAMLError:
        found = next(one for one in text if not (one.isprintable() or one in "\t\r\n\x85"))
        line = text.count("\n", 0, text.index(found)) + 1
        tree.refuse(
            "bad-syntax",
            (line, text.index(found) - text.rfind("\n", 0, text.index(found))),
            f"a control character (0x{ord(found):02X})",
            "YAML",
            "remove the character, or save the file as plain text",
        )


def _check_features(event: Any, mark: Mark, tree: Tree) -> None:
    """Refuse what makes a document mean something else than it says."""
    if isinstance(event, yaml.AliasEvent):
        tree.refuse(
            "yaml-feature", mark, f"the alias *{event.anchor}", "no aliases", "write the value out"
        )
    if getattr(event, "anchor", None):
        tree.refuse(
            "yaml-feature",
            mark,
            f"the anchor &{event.anchor}",
            "no anchors",
            "remove it, or put text that begins with & in quotes",
        )
    if getattr(event, "tag", None):
        tree.refuse(
            "yaml-feature",
            mark,
            f"the tag {event.tag.replace('tag:yaml.org,2002:', '!!')}",
            "no tags",
            "remove it, or put text that begins with ! in quotes",
        )


def _refuse_syntax(error: Any, tree: Tree) -> NoReturn:
    where: Any = error.problem_mark or error.context_mark
    mark = (where.line + 1, where.column + 1)
    line = tree.lines[where.line] if where.line < len(tree.lines) else ""
    if "\t" in line[: where.column + 1]:
        mark = (mark[0], line.index("\t") + 1)
        tree.refuse("bad-syntax", mark, "a tab", "blanks", "indent with blanks, not with tabs")
    problem = " ".join((error.problem or "").split()) or "no YAML"
    for said, (found, remedy, at_start) in _SYNTAX.items():
        if said in problem:
            if at_start and error.context_mark:
                mark = (error.context_mark.line + 1, error.context_mark.column + 1)
            tree.refuse("bad-syntax", mark, found, "YAML", remedy)
    tree.refuse("bad-syntax", mark, problem, "YAML", MEND)
