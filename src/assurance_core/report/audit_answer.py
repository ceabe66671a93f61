"""What a design allows, as JSON: `assurance/audit/1`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from assurance_core.lab.audit import Audit, JudgementAudit, Part
from assurance_core.lab.compensation import Deepest
from assurance_core.lab.requirements import Required
from assurance_core.lab.sampled import Sampled
from assurance_core.lab.single_steps import Witness
from assurance_core.model.scale import Level
from assurance_core.report.answers import design_answer
from assurance_core.report.audit_words import required_words

Tree = dict[str, Any]


def audit_answer(audit: Audit, required: Sequence[Required] = ()) -> Tree:
    """Return everything an audit holds; shares are exact ratios, with a percentage for display."""
    return {
        "format": "assurance/audit/1",
        "design": design_answer(audit.rule),
        "headline": audit.rule.published.headline,
        "no_headline": audit.rule.published.no_headline or None,
        "required": [
            {
                "name": one.name,
                "judgement": one.judgement,
                "holds": one.holds,
                "text": " ".join(required_words(one)),
            }
            for one in required
        ],
        "judgements": [_judgement(one) for one in audit.judgements],
        "not_audited": [
            {
                "judgement": one.id,
                "name": one.name,
                "why": one.why,
                "sampled": _sampled(one.sampled),
            }
            for one in audit.not_audited
        ],
        "shown_as_given": list(audit.shown),
    }


def _witness(one: Witness) -> Tree:
    return {
        "scores": _levels(one.levels),
        "input": one.leaf,
        "to": one.to.id if one.to else None,
        "before": one.before,
        "after": one.after,
    }


def _sampled(one: Sampled) -> Tree:
    return {
        "profiles": one.profiles,
        "drawn": one.drawn,
        "seed": one.seed,
        "outcomes": [{"name": word, **share_answer(n, one.drawn)} for word, n in one.outcomes],
        "one_step_away": share_answer(one.near, one.drawn),
        "falling": _witness(one.falling) if one.falling else None,
    }


def share_answer(part: int, whole: int) -> Tree:
    """Return a count with what it is of, as an exact share and as a percentage for display."""
    share = Fraction(part, whole) if whole else Fraction(0)
    return {"profiles": part, "of": whole, **_ratio(share)}


def _ratio(share: Fraction) -> Tree:
    return {"share": str(share), "percent": float((share * 20_000 + 1) // 2) / 100}


def _levels(levels: Mapping[str, Level]) -> dict[str, str]:
    return {key: level.id for key, level in levels.items()}


def _outcome(one: JudgementAudit, state: int) -> Tree:
    scale = one.space.root.scale
    if state < len(scale):
        level = scale.at(state + 1)
        return {"level": level.id, "name": level.name}
    return {"level": None, "name": one.space.names()[state]}


def _judgement(one: JudgementAudit) -> Tree:
    falling, exchange = one.falling, one.symmetry.witness
    return {
        "judgement": one.id,
        "name": one.name,
        "profiles": one.space.size,
        "inputs": [
            {"id": leaf.id, "name": leaf.name, "kind": leaf.kind, "levels": list(leaf.scale.ids)}
            for leaf in one.space.leaves
        ],
        "total": True,
        "parts": [_part(one, part) for part in one.parts],
        "examples": [
            {"outcome": _outcome(one, state), "scores": _levels(levels)}
            for state, levels in one.examples.items()
        ],
        "unreachable": [
            {"level": level.id, "declared": one.space.rule.design.unreachable.get(level.id)}
            for level in one.unreachable
        ],
        "monotone": {
            "holds": falling is None,
            "counterexample": _witness(falling) if falling else None,
        },
        "symmetric": {
            "holds": one.symmetry.holds,
            "groups": [[leaf.id for leaf in group] for group in one.symmetry.groups],
            "counterexample": exchange
            and {
                "scores": _levels(exchange.levels),
                "first": exchange.first,
                "second": exchange.second,
                "before": exchange.before,
                "after": exchange.after,
            },
        },
        "dead_steps": [
            {
                "path": found.path,
                "row": found.row or None,
                "rule": found.words,
                "changes": "nothing" if found.idle == "never" else "numbers, no level",
                "condition_ever_holds": found.condition_holds,
                "shadowed_by": list(found.shadowed_by),
            }
            for found in one.dead
        ],
        "near_gaps": [
            {
                "path": found.path,
                "value": str(found.value),
                "shown": str(found.shown),
                "level": found.level.id if found.level else None,
                "profiles": found.profiles,
                "scores": _levels(found.levels),
            }
            for found in one.gaps
        ],
        "printed_otherwise": list(one.printed_otherwise),
        "steps": _pairs(one.statement_steps.changed, one.statement_steps.pairs),
        "compensation": [
            {
                "outcome": _outcome(one, found.state),
                "at_lowest": _deepest(found.lowest),
                "below_standard": found.below_good and _deepest(found.below_good),
            }
            for found in one.compensation
        ],
        "vetoes": [
            {
                "input": veto.leaf.id,
                "level": veto.level.id,
                "excludes": [_outcome(one, state) for state in veto.excluded],
                "forces": None if veto.forced is None else _outcome(one, veto.forced),
            }
            for veto in one.vetoes
        ],
        "influence": [
            {"input": key, **_pairs(found.changed, found.pairs)}
            for key, found in one.influences.items()
        ],
        "settles": one.settling
        and {
            "exact": not one.settling.draws,
            "draws": one.settling.draws or None,
            "seed": one.settling.seed if one.settling.draws else None,
            "shares": [
                {"input": key, **_ratio(share)} for key, share in one.settling.shares.items()
            ],
        },
    }


def _pairs(changed: int, pairs: int) -> Tree:
    return {"changed": changed, "pairs": pairs, **_ratio(Fraction(changed, pairs or 1))}


def _deepest(found: Deepest) -> Tree:
    return {"count": found.count, "scores": _levels(found.levels)}


def _part(one: JudgementAudit, part: Part) -> Tree:
    return {
        "judged": None
        if part.leaf is None or part.level is None
        else {"input": part.leaf.id, "level": part.level.id},
        "profiles": part.size,
        "outcomes": [
            {"outcome": _outcome(one, state), **share_answer(count, part.size)}
            for state, count in enumerate(part.counts)
        ],
        "one_step_away": share_answer(part.near, part.size),
        "limiters": [
            {"path": path, **share_answer(count, part.size)}
            for path, count in part.limiters.items()
        ],
        "good_or_better": [
            {
                "input": found.leaf.id,
                "at_lowest": share_answer(found.lowest, found.good),
                "below_standard": None
                if found.below_good is None
                else share_answer(found.below_good, found.good),
            }
            for found in part.hidden
        ],
    }
