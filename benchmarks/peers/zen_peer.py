"""zen-engine (GoRules): a decision graph with one expression node, compiled once."""

from __future__ import annotations

import json
from itertools import product
from typing import Any

import numpy as np
import zen

from benchmarks.harness import Job
from benchmarks.peers.by_hand import steps
from benchmarks.rule import BANDS, LEVELS, MOST, STATEMENTS
from benchmarks.w1_bulk import bulk_job
from benchmarks.w2_explain import one_job
from benchmarks.w3_space import space_job

_WORD = " : ".join(
    f"$.score >= {bound} ? {word}" for word, bound in reversed(list(enumerate(BANDS, 2)))
)
_EXPRESSIONS = {
    "score": f"ceil(sum(s) * 100 / {MOST})",
    "word": f"{_WORD} : 1",
    "capped": "$.word > 2 and some(s, # == 1)",
    "rating": "$.capped ? 2 : $.word",
    "good": f"min(s) >= 1 and max(s) <= {LEVELS}",
}
_MOST_ROWS = 20_000


def _engine(*wanted: str) -> Any:
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in"},
        {
            "id": "rule",
            "type": "expressionNode",
            "name": "rule",
            "content": {
                "expressions": [
                    {"id": key, "key": key, "value": _EXPRESSIONS[key]} for key in wanted
                ]
            },
        },
        {"id": "out", "type": "outputNode", "name": "out"},
    ]
    edges = [
        {"id": f"{one}-{other}", "sourceId": one, "targetId": other, "type": "edge"}
        for one, other in (("in", "rule"), ("rule", "out"))
    ]
    placed = [{**node, "position": {"x": 0, "y": 0}} for node in nodes]
    content = zen.ZenDecisionContent(json.dumps({"nodes": placed, "edges": edges}))
    return zen.ZenEngine({"loader": lambda _key: content})


def bulk(size: int) -> Job:
    """W1, on fewer rows."""
    engine = _engine("score", "word", "capped", "rating", "good")

    def rate(rows: Any) -> tuple[Any, Any, Any]:
        found = [engine.evaluate("rule", {"s": row})["result"] for row in rows]
        for number, one in enumerate(found):
            if not one["good"]:
                raise ValueError(f"row {number} holds no level")
        score, rating, capped = (
            np.array([one[key] for one in found]) for key in ("score", "rating", "capped")
        )
        return score, rating, capped

    return bulk_job(min(size, _MOST_ROWS), lambda columns: np.stack(columns, 1).tolist(), rate)


def explain_one(size: int) -> Job:
    """W2."""
    engine = _engine("score", "word")

    def explain(profile: tuple[int, ...]) -> Any:
        return engine.evaluate("rule", {"s": list(profile)}, {"trace": True})

    def told(found: Any) -> tuple[int, int]:
        assert found["trace"]
        return int(found["result"]["score"]), found["result"]["word"]

    return one_job(size, explain, told=told)


def space(size: int) -> Job:
    """W3: the words by zen, the steps by numpy."""
    engine = _engine("score", "word")

    def answer() -> tuple[bool, int]:
        words = [
            engine.evaluate("rule", {"s": list(profile)})["result"]["word"]
            for profile in product(range(1, LEVELS + 1), repeat=STATEMENTS)
        ]
        return steps(np.array(words, np.uint8).reshape((LEVELS,) * STATEMENTS))

    return space_job(answer)
