"""Law 14, not known is not missing: every consistent profile is looked at; nothing is imputed."""

from collections import Counter
from collections.abc import Collection
from itertools import product

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from assurance_core.engine.possible import certain_consequences, possible_outcomes
from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.assessment import Assessment, NotKnown, Override, Published, Score
from assurance_core.model.design import RatingDesign
from assurance_core.model.errors import AssuranceError
from assurance_core.model.outcome import Headline, NoHeadline, Outcome
from assurance_core.testing import strategies
from tests.support import codes, compiled


def _read(rule: CompiledDesign) -> set[str]:
    return {key for one in rule.judgements for key in one.keys}


def _completed(
    rule: CompiledDesign, assessment: Assessment, read: Collection[str] = ()
) -> list[Outcome]:
    """Rate every assessment that an incomplete one may be: as far as what is read goes."""
    leaves = [
        leaf
        for leaf in rule.leaves
        if (
            leaf.id.partition(".")[2] not in assessment.judged
            if leaf.kind == "judged"
            else isinstance(assessment.scores[leaf.id], NotKnown)
        )
    ]
    read = read or _read(rule)
    choices = [leaf.scale.ids if leaf.id in read else leaf.scale.ids[:1] for leaf in leaves]
    outcomes = []
    for levels in product(*choices):
        scores, judged = dict(assessment.scores), dict(assessment.judged)
        for leaf, level in zip(leaves, levels, strict=True):
            if leaf.kind == "judged":
                judged[leaf.id.partition(".")[2]] = level
            else:
                scores[leaf.id] = Score(level)
        outcomes.append(rule.rate_assessment(evolve(assessment, scores=scores, judged=judged)))
    return outcomes


def _word(headline: Headline | NoHeadline) -> str:
    return headline.level if isinstance(headline, Headline) else headline.reason


@given(strategies.designs(), st.data())
def test_possible_outcomes_are_those_of_all_consistent_profiles(
    design: RatingDesign, data: st.DataObject
) -> None:
    """The possible headlines, with how many profiles give each, are found by brute force."""
    rule = compiled(design)
    assessment = data.draw(strategies.assessments(design, absent=True, unknown=True))
    overrides = data.draw(_overrides(design))
    assessment = evolve(assessment, overrides=overrides)
    try:
        expected = Counter(_word(one.headline) for one in _completed(rule, assessment))
    except AssuranceError as error:
        with pytest.raises(AssuranceError):
            possible_outcomes(rule, assessment)
        if not codes(error) <= {"missing-score", "gap"}:
            raise
        return
    found = possible_outcomes(rule, assessment)
    if rule.published.headline is None:
        assert (NoHeadline("only a card"),) == found.headlines
        return
    shown = {_word(h): n for h, n in zip(found.headlines, found.counts, strict=True)}
    assert set(expected) == set(shown)
    whole = sum(shown.values())
    assert {w: n * sum(expected.values()) for w, n in shown.items()} == {
        w: n * whole for w, n in expected.items()
    }
    assert (len(expected) == 1) == (found.certain is not None)


def _overrides(design: RatingDesign) -> st.SearchStrategy[dict[str, Override]]:
    scales = {name: design.framework.scale(one.scale) for name, one in design.judgements.items()}
    some = {
        name: st.sampled_from(scale.ids).map(lambda level: Override(level, "in the round"))
        for name, scale in scales.items()
        if scale
    }
    return st.one_of(st.just({}), st.fixed_dictionaries({}, optional=some))


@given(strategies.designs(), st.data())
def test_what_was_published_narrows_what_is_possible(
    design: RatingDesign, data: st.DataObject
) -> None:
    """With the published word and score known, only profiles that give them are looked at."""
    rule = compiled(design)
    assessment = data.draw(strategies.assessments(design, unknown=True))
    outcomes = _completed(rule, assessment)
    seen = data.draw(st.sampled_from(outcomes))
    word = seen.headline.level if isinstance(seen.headline, Headline) else None
    whole = seen.score is not None and seen.score.value.denominator == 1
    score = int(seen.score.value) if seen.score and whole else None
    published = evolve(assessment, published=Published(word, score, design.id))
    fitting = {
        _word(one.headline)
        for one in outcomes
        if (word is None or _word(one.headline) == word)
        and (score is None or (one.score is not None and one.score.value == score))
    }
    found = possible_outcomes(rule, published, published_by=rule)
    if rule.published.headline is not None:
        assert fitting == {_word(one) for one in found.headlines}


@given(strategies.designs(), st.data())
def test_a_consequence_is_certain_if_it_follows_from_all_consistent_profiles(
    design: RatingDesign, data: st.DataObject
) -> None:
    """Whether its condition reads scores or judgements; narrowed by what was published, or not."""
    rule = compiled(design)
    assessment = data.draw(strategies.assessments(design, unknown=True))
    outcomes = _completed(rule, assessment, rule.leaves_read)
    word = None
    if data.draw(st.booleans()):
        seen = data.draw(st.sampled_from(outcomes)).headline
        word = seen.level if isinstance(seen, Headline) else None
    fitting = [one for one in outcomes if word is None or _word(one.headline) == word]
    every = [{one.id for one in outcome.consequences} for outcome in fitting]
    published = evolve(assessment, published=Published(word, None, design.id))
    found = certain_consequences(rule, published, published_by=rule)
    assert set.intersection(*every) == set(found)


@given(strategies.designs(), st.data())
def test_an_unknown_score_is_never_taken_for_an_absent_one(
    design: RatingDesign, data: st.DataObject
) -> None:
    """Rating refuses an assessment with an unknown score that something reads."""
    rule = compiled(design)
    assessment = data.draw(strategies.assessments(design, unknown=True))
    unknown = {
        leaf.id
        for leaf in rule.leaves
        if leaf.id in rule.leaves_read
        and (
            leaf.id.partition(".")[2] not in assessment.judged
            if leaf.kind == "judged"
            else isinstance(assessment.scores[leaf.id], NotKnown)
        )
    }
    if not unknown:
        rule.rate_assessment(assessment)
        return
    with pytest.raises(AssuranceError) as caught:
        rule.rate_assessment(assessment)
    assert {f"Somewhere.{one}" for one in unknown} == {f.place for f in caught.value.faults}
