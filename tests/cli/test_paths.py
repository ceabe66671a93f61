"""`assurance paths`: what it answers, and that it is no plan for improvement."""

from pathlib import Path

from tests.commands import CAMDEN, answer, flowing, refused, run, text

WORD = "cqc-la/single-word"
BY_EVIDENCE = "cqc-la/evidence-categories"
EVIDENCE = (
    "assessing_needs",
    "supporting_healthier_lives",
    "equity_in_experience_and_outcomes",
    "care_provision_integration_continuity",
    "partnerships_and_communities",
    "safe_systems_pathways_transitions",
    "safeguarding",
    "governance_management_sustainability",
    "learning_improvement_innovation",
)
MARKDOWN = ("--format", "markdown")


def test_the_json_of_the_councils() -> None:
    found = answer("paths", WORD)
    near = found["observed"]
    assert (41, 10, 1, 9) == tuple(
        near[key] for key in ("assessments", "one_step_away", "can_rise", "can_fall")
    )
    assert 2.707 == round(near["mean_radius"], 3)
    (whole,) = found["all_profiles"]
    assert (262_144, 63_936, None) == tuple(
        whole[key] for key in ("profiles", "one_step_away", "sample_seed")
    )
    names = [one["body"] for one in found["bodies"]]
    assert sorted(names) == names
    assert 15 == len(found["cannot_tell"])


def test_it_is_not_a_plan() -> None:
    for arguments in ((), ("--body", "Plymouth")):
        found = flowing("paths", WORD, *arguments)
        assert "What would have to change" in found
        assert "not a plan for improvement" in found


def test_one_body() -> None:
    """Windsor and Maidenhead: one step of any of nine statements."""
    found = flowing("paths", WORD, "--body", "Windsor and Maidenhead")
    for part in (
        "Requires improvement under cqc-la/single-word.",
        "To reach Good or better takes 1 step; there are 9 smallest sets of changes.",
        "1. Assessing needs 3 to 4: Good",
        "1 step to the nearest other outcome, up or down.",
        "In how many of the 9 sets each statement changes",
    ):
        assert part in found


def test_a_target() -> None:
    found = answer("paths", WORD, "--body", "York", "--target", "Good")
    (body,) = found["bodies"]
    assert ("Good", 9) == (body["target"], body["gain"]["steps"])
    assert 10 == len(body["gain"]["listed"])
    assert body["gain"]["smallest_sets"] > 10
    assert "Up to Good or better" in run("paths", WORD, "--target", "good", *MARKDOWN).stdout
    assert "Good is already reached." in flowing(
        "paths", WORD, "--scores", CAMDEN, "--target", "good"
    )


def test_sets_are_listed_on_demand() -> None:
    """Many bodies: none are listed unless --most asks for them."""
    assert all(
        not one["lose"] or not one["lose"]["listed"] for one in answer("paths", WORD)["bodies"]
    )
    listed = answer("paths", WORD, "--most", "2")["bodies"]
    assert {0, 1, 2} >= {len(one["lose"]["listed"]) for one in listed if one["lose"]}
    assert "listed here:" in flowing("paths", WORD, "--most", "1")


def test_lines_fit() -> None:
    for arguments in ((), ("--body", "Plymouth"), ("--most", "1")):
        assert [] == [
            line for line in text("paths", WORD, *arguments).splitlines() if len(line) > 100
        ]


def test_judged_levels_bar_the_way() -> None:
    found = flowing("paths", "ofsted-ilacs/2018", "--body", "Barnet", "--date", "2019")
    assert "no changes of statements are enough" in found


def test_the_same_bytes_each_time() -> None:
    one, other = (run("paths", WORD, "--format", "json").stdout for _ in range(2))
    assert one == other


def test_what_is_refused() -> None:
    assert "goood" in refused("paths", WORD, "--target", "goood")
    assert "a design without a headline" in refused("paths", "cqc-la/report-card")


def test_an_absent_category_is_left_out(tmp_path: Path) -> None:
    """Its design omits what does not apply: it is in the answer, and so is why."""
    lines = ["format: assurance/assessment/1", "framework: cqc-la", 'version: "2023"', "body: Hull"]
    lines.append("evidence:")
    for one in EVIDENCE:
        partners = "{not_applicable: it has none}" if one == "safeguarding" else "3"
        lines += [f"  {one}:", "    people_experience: 3", "    staff_and_leaders: 2"]
        lines += [f"    partners: {partners}", "    processes: 3"]
    file = tmp_path / "hull.yaml"
    file.write_text("\n".join(lines))
    for command in ("paths", "noise"):
        (body,) = answer(command, BY_EVIDENCE, str(file))["bodies"]
        assert [
            {
                "id": "safeguarding.partners",
                "name": "Safeguarding: Feedback from partners",
                "reason": "not applicable: it has none",
            }
        ] == body["absent"]
        assert (
            "Hull was rated without some scores, as the rules allow, and they stay absent: "
            "Safeguarding: Feedback from partners: not applicable: it has none."
        ) in flowing(command, BY_EVIDENCE, str(file))
