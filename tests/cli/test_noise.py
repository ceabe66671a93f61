"""`assurance noise`: what it answers, what it says it was computed on, what it refuses."""

from pathlib import Path

import pytest

from tests.commands import CAMDEN, answer, flowing, refused, run, text

WORD = "cqc-la/single-word"


def test_the_json_of_the_councils() -> None:
    """Three settings, 41 bodies in alphabetical order, 15 of which it cannot be told."""
    found = answer("noise", WORD)
    assert ["low", "central", "high"] == [one["id"] for one in found["settings"]]
    central = found["settings"][1]
    assert 41 == central["observed"]["assessments"]
    assert 0.0889 == round(central["observed"]["independent"]["misclassification"], 4)
    assert 0.1292 == round(central["observed"]["same_direction"]["misclassification"], 4)
    assert 262_144 == central["all_profiles"][0]["profiles"]
    assert (41, 15) == (len(found["bodies"]), len(found["cannot_tell"]))
    names = [one["body"] for one in found["bodies"]]
    assert sorted(names) == names
    assert "assumed" == found["assumption"]["status"]


def test_chances_sum_to_one() -> None:
    for body in answer("noise", WORD)["bodies"]:
        for at in body["chances"]:
            assert pytest.approx(1) == sum(at["independent"])
            assert pytest.approx(1) == sum(at["same_direction"])


def test_the_text_says_what_it_was_computed_on() -> None:
    found = flowing("noise", WORD)
    for part in (
        "How sure? Inspector variation",
        "Over the 41 councils whose scores are all known",
        "a mean chance of 8.9 % if each statement varies on its own, and of 12.9 % if all vary",
        "56 assessments of 56 of 153 councils; 41 with every score that the rules read",
        "All profiles: 262,144, each counted the same.",
        "Nothing is filled in",
        "[assumed] The step from published agreement",
        "in alphabetical order",
    ):
        assert part in found


def test_lines_fit() -> None:
    """No line is longer than 100 columns, unless it is a link."""
    for arguments in (("noise", WORD), ("noise", "ofsted-ilacs/reconstruction")):
        lines = text(*arguments).splitlines()
        assert [] == [line for line in lines if len(line) > 100 and "https://" not in line]


def test_no_wording_declares_a_winner() -> None:
    found = flowing("noise", WORD).casefold()
    assert [] == [word for word in ("winner", "more reliable than", "league") if word in found]


def test_one_body_and_given_scores() -> None:
    """Camden by name, and its scores: the same chances."""
    body = answer("noise", WORD, "--body", "Camden")
    scores = answer("noise", WORD, "--scores", CAMDEN)
    assert scores["coverage"] is None
    assert body["bodies"][0]["chances"] == scores["bodies"][0]["chances"]
    said = flowing("noise", WORD, "--body", "Camden")
    assert "Outstanding (as scored)" in said
    assert "1 assessment, dated" in said


def test_an_assessment_file(tmp_path: Path) -> None:
    file = tmp_path / "camden.yaml"
    statements = answer("show", WORD)["judgements"][0]["inputs"]
    scores = dict(zip(statements, CAMDEN.split(","), strict=True))
    lines = ["format: assurance/assessment/1", "framework: cqc-la", "body: {name: Camden}"]
    lines += ["scores:", *(f"  {key}: {level}" for key, level in scores.items())]
    file.write_text("\n".join(lines) + "\n", "utf-8")
    found = answer("noise", WORD, str(file))
    assert "Outstanding" == found["bodies"][0]["outcome"]


@pytest.mark.parametrize(
    ("options", "ids", "chance"),
    [(("--setting", "high"), ["high"], 0.2), (("--p", "0.3"), ["chosen"], 0.3)],
)
def test_one_size_of_noise(options: tuple[str, ...], ids: list[str], chance: float) -> None:
    found = answer("noise", WORD, "--scores", CAMDEN, *options)
    assert ids == [one["id"] for one in found["settings"]]
    assert chance == found["settings"][0]["chance"]


def test_a_what_if_and_the_published_word() -> None:
    """Where the rule gives another word than was published, the published one is shown too."""
    found = answer("noise", WORD, "--body", "Wokingham", "--set", "overall.band.outstanding=80")
    (body,) = found["bodies"]
    assert ("Outstanding", "Good") == (body["outcome"], body["published"])
    said = flowing("noise", WORD, "--set", "overall.band.outstanding=80")
    assert "Published word: the chance of that word" in said


def test_a_design_of_many_statements_without_bodies() -> None:
    """36 leaves: over all profiles it is exact, and the number is text in JSON."""
    found = answer("noise", "cqc-la/evidence-categories", "--setting", "central")
    whole = found["settings"][0]["all_profiles"][0]
    assert str(4**36) == whole["profiles"]
    assert found["settings"][0]["observed"] is None


def test_a_design_of_another_version_cannot_tell() -> None:
    found = answer("noise", "ofsted-ilacs/2018")
    assert (168, 108) == (len(found["bodies"]), len(found["cannot_tell"]))
    assert 4 == len(found["settings"][0]["all_profiles"])


def test_markdown() -> None:
    assert "| Barnet" in run("noise", WORD, "--format", "markdown").stdout


def test_what_is_refused() -> None:
    assert "a design without a headline" in refused("noise", "cqc-la/report-card")
    assert "a number from 0 to 1" in refused("noise", WORD, "--p", "2")
    assert "leave one out" in refused("noise", WORD, "--p", "0.1", "--setting", "low")
    both = refused("noise", WORD, "--scores", CAMDEN, "--data", "cqc-la")
    assert "--data and --scores" in both


def test_a_judgement_may_be_named() -> None:
    found = answer("noise", "cqc-la/themes", "--judgement", "leadership")
    assert "leadership" == found["judgement"]
    assert 16 == found["settings"][0]["all_profiles"][0]["profiles"]
