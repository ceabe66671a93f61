"""What a reader must know of one rated assessment."""

import pytest
from attrs import evolve

from assurance_core.engine.rule import CompiledDesign
from assurance_core.model.assessment import Assessment, Body, Score
from assurance_core.model.dates import PartialDate
from assurance_core.report.rated import rate_for_report

LATE, EARLY = PartialDate.parse("2025-03"), PartialDate.parse("2024-11-05")


@pytest.mark.parametrize(
    ("carried", "expected"),
    [
        ([], ()),
        ([None], ("1 of 9 scores is carried forward from an earlier assessment.",)),
        (
            [LATE, LATE, None],
            ("3 of 9 scores are carried forward from an earlier assessment (2025-03).",),
        ),
        (
            [LATE, EARLY],
            (
                "2 of 9 scores are carried forward from an earlier assessment "
                "(2024-11-05 to 2025-03).",
            ),
        ),
    ],
)
def test_scores_carried_forward_are_told(
    carried: list[PartialDate | None], expected: tuple[str, ...], single_word: CompiledDesign
) -> None:
    """How many, and of which dates where they are known; a score's own date alone says nothing."""
    ids = [one.id for one in single_word.version.statements]
    scores = {one: Score("3", EARLY) for one in ids}
    scores |= {
        one: Score("3", date, carried_forward=True) for one, date in zip(ids, carried, strict=False)
    }
    plain = Assessment("cqc-la", Body("Here"), dict.fromkeys(ids, Score("3")))
    rated = rate_for_report(single_word, evolve(plain, scores=scores))
    others = rate_for_report(single_word, plain).notes
    assert expected == tuple(note for note in rated.notes if note not in others)
