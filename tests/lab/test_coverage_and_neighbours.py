"""What the data cover, and who is next to a threshold."""

from assurance_core.engine.rule import CompiledDesign
from assurance_core.lab.coverage import choose_assessments, coverage
from assurance_core.lab.neighbours import neighbours
from assurance_core.model.assessment import NOT_KNOWN, Assessment, AssessmentStatus, Body, Score
from assurance_core.model.citation import Citation
from assurance_core.model.dates import PartialDate


def _one(
    name: str, date: str = "", status: AssessmentStatus = "formal", known: bool = True
) -> Assessment:
    return Assessment(
        "demo",
        Body(name),
        {"safety": Score("3") if known else NOT_KNOWN},
        date=PartialDate.parse(date) if date else None,
        status=status,
        source=Citation("Report", "official") if known else None,
    )


def test_coverage() -> None:
    """Bodies are counted once, spans go by the first and the last day a date can be."""
    every = [
        _one("B", "2025", known=False),
        _one("A", "2024-05"),
        _one("B", "2025-07-01"),
        _one("C", "2023", "indicative"),
        _one("D"),
    ]
    chosen = choose_assessments(every)
    assert ["A", "B", "B", "D"] == [one.body.name for one in chosen]
    found = coverage(every, chosen, 10, "a note")
    assert (4, 3, 3, 10) == (
        found.assessments, found.bodies, found.complete, found.bodies_total,
    )  # fmt: skip
    assert (("indicative", 1),) == found.left_out
    assert (("official", 3), ("without one", 1)) == found.source_status
    assert ("2024-05", "2025") == (found.first, found.last)


def test_neighbours(single_word: CompiledDesign) -> None:
    """Camden is 32 of 36 points: one fewer is 31, 86.1 per cent, which is good."""
    ids = single_word.version.statement_ids()

    def near(scores: str) -> tuple[int, int]:
        cells = {one: Score(sign) for one, sign in zip(ids, scores, strict=True)}
        found = neighbours(single_word, Assessment("cqc-la", Body("Here"), cells, "2023"))
        return len(found.up), len(found.down)

    assert (0, 9) == near("334344344")
    assert (0, 5) == near("122121122")
    assert (9, 0) == near("222332233")
    assert (0, 0) == near("333333333")


def test_neighbours_are_counted_by_hand(single_word: CompiledDesign) -> None:
    """Each step that is told is one level of one statement, and its word is that of the rule."""
    ids = single_word.version.statement_ids()
    scores = [2, 2, 3, 3, 3, 3, 2, 2, 3]
    cells = {one: Score(str(score)) for one, score in zip(ids, scores, strict=True)}
    found = neighbours(single_word, Assessment("cqc-la", Body("Here"), cells, "2023"))
    here = single_word.rate(scores).headline
    told = {(step.leaf.id, step.to.id): step.headline for step in (*found.up, *found.down)}
    for place, one in enumerate(ids):
        for moved in (scores[place] - 1, scores[place] + 1):
            there = single_word.rate([*scores[:place], moved, *scores[place + 1 :]]).headline
            assert (there if there != here else None) == told.get((one, str(moved)))
