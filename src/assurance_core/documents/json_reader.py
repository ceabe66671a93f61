"""JSON, strictly, with the line and column of every value."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from itertools import accumulate
from typing import NoReturn

from assurance_core.documents.growing_tree import MEND, Tree
from assurance_core.documents.located import Mark

_JSON_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]|[^\s,:{}\[\]"]+', re.DOTALL)


def read_json(text: str, tree: Tree) -> None:
    """Let a tree grow by a JSON text; raise for everything that is not JSON."""
    starts = [0, *accumulate(len(line) + 1 for line in tree.lines)]

    def mark_at(position: int) -> Mark:
        line = bisect_right(starts, position)
        return (line, position - starts[line - 1] + 1)

    try:
        json.loads(text, parse_constant=_no_constant, parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        before = text[: error.pos].rstrip()
        comma = len(before) - 1 if before.endswith(",") else error.pos
        if re.match(r",\s*[}\]]", text[comma:]):
            found, remedy = "a comma behind the last entry", "remove the comma"
            tree.refuse("bad-syntax", mark_at(comma), found, "JSON", remedy)
        found = error.msg[0].lower() + error.msg[1:]
        tree.refuse("bad-syntax", mark_at(error.pos), found, "JSON", MEND)
    except _ConstantError as error:
        tokens = _JSON_TOKEN.finditer(text)
        start = next(token.start() for token in tokens if token.group() == str(error))
        found, remedy = f"the word {error}", "write a number or null"
        tree.refuse("bad-syntax", mark_at(start), found, "JSON", remedy)
    except RecursionError:
        pass  # The tree refuses such depth, and says where.
    for token in _JSON_TOKEN.finditer(text):
        mark, word = mark_at(token.start()), token.group()
        if word in "{[":
            tree.open({} if word == "{" else [], mark)
        elif word in "}]":
            tree.close()
        elif word.startswith('"'):
            value = json.loads(word)
            if any("\ud800" <= one <= "\udfff" for one in value):
                tree.refuse(
                    "bad-encoding", mark, "half a character", "whole characters", "write it anew"
                )
            tree.scalar(value, False, mark)
        else:
            tree.scalar(word, True, mark)


class _ConstantError(Exception):
    """A word such as NaN, which Python's reader takes and JSON does not have."""


def _no_constant(word: str) -> NoReturn:
    raise _ConstantError(word)
