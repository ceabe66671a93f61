"""Law 5, no headline is normal: a reason takes the place of the word, and all else is there."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.design import RatingDesign
from assurance_core.model.outcome import Headline, NoHeadline
from assurance_core.testing import strategies
from tests.support import compiled, rated


@given(strategies.designs(), st.data())
def test_a_design_without_a_headline_gives_everything_else(
    design: RatingDesign, data: st.DataObject
) -> None:
    """Taking the headline away changes the headline, and nothing else that is published."""
    framework = design.framework
    tree = {**design.document, "publishes": {"headline": "overall", "areas": "all"}}
    without = {**tree, "publishes": {"no_headline": "a card", "score": "overall", "areas": "all"}}
    word = compiled(strategies.design_of(tree, framework))
    card = compiled(strategies.design_of(without, framework))
    profile = data.draw(strategies.profiles(design))
    one, other = rated(word, profile), rated(card, profile)
    assert NoHeadline("a card") == other.headline
    assert (one.score, one.areas, one.judgements) == (other.score, other.areas, other.judgements)
    assert one.consequences == other.consequences
    level = next(j.level for j in one.judgements if j.id == "overall")
    assert (level is not None) == isinstance(one.headline, Headline)


@given(scores=st.lists(st.integers(1, 4), min_size=9, max_size=9))
def test_a_card_with_all_nine_scores_determines_the_word(
    scores: list[int], rule_of: Callable[[str], CompiledDesign]
) -> None:
    """What a report card of all statements shows is enough to work the one word out again."""
    card, word = rule_of("cqc-la/report-card"), rule_of("cqc-la/single-word")
    shown = {area.id: area.level.id for area in card.rate(scores).areas if area.level}
    again = word.rate({name: int(level) for name, level in shown.items()})
    assert word.rate(scores).headline == again.headline
