"""`assurance show`, `list` and `doctor`: what is installed, and what its rules say."""

import json
from pathlib import Path

import pytest

from assurance_core import __version__
from assurance_core.plugins import load_plugins
from assurance_core.report.listing_report import listing_report
from assurance_core.report.text import to_text
from tests.commands import answer, flowing, refused, run, text
from tests.demo_plugin import DEMO, install, use_only


def test_a_design_in_plain_words() -> None:
    """Each rule with its path and source, and what is published."""
    shown = flowing("show", "cqc-la/single-word")
    assert "3. Band: Inadequate from 25; Requires improvement from 39; Good from 63;" in shown
    assert "Path: overall.band Source: [official] How we determine ratings" in shown
    assert "- One word: the level of Overall rating. - A score: the number behind" in shown
    found = answer("show", "cqc-la/single-word")
    assert ["inadequate", "requires_improvement", "good", "outstanding"] == (
        found["judgements"][0]["levels"]
    )


def test_a_judged_word_has_no_score() -> None:
    """No number stands behind an inspector's judgement, so none is promised."""
    assert "A score:" not in text("show", "ofsted-ilacs/2023")


def test_a_design_without_rules_tells_what_its_scores_rest_on() -> None:
    """The framework's own sources, where they are neither official nor secondary."""
    shown = flowing("show", "care-inspectorate-scotland/key-questions")
    assert (
        "- It has no rule, so it needs no source. - What it shows rests on [unconfirmed] Key "
        "questions of the quality frameworks, as two suppliers of care software list them, "
    ) in shown
    assert shown.endswith("- [unconfirmed]: seen, but not confirmed by the regulator")


def test_every_design_can_be_shown() -> None:
    """In text, Markdown and JSON."""
    listed = answer("list")
    assert len(listed["designs"]) >= 16
    for one in [*listed["designs"], *listed["patches"]]:
        assert one["name"] in flowing("show", one["id"])
        assert "# " in text("show", one["id"], "--format", "markdown")
        assert answer("show", one["id"])["judgements"] is not None


def test_a_framework_is_shown() -> None:
    """Its versions, statements and levels; as JSON its own document."""
    shown = text("show", "cqc-la")
    assert "Version 2023: Formal assessments since December 2023\n" in shown
    assert "   Safeguarding (safeguarding)\n" in shown
    document = json.loads(run("show", "cqc-la", "--format", "json").stdout)
    assert "assurance/framework/1" == document["format"]


def test_how_two_designs_differ() -> None:
    """By path, in words; what one lacks is null in JSON."""
    arguments = ("show", "cqc-la/single-word", "--against", "cqc-la/with-limiters")
    rows = {one["path"]: one for one in answer(*arguments)["differences"]}
    assert {
        "overall.steps",
        "consequences.section_50_notice",
        "overall.outstanding_limiter",
        "overall.good_limiter",
    } == set(rows)
    assert rows["overall.good_limiter"]["first"] is None
    assert "cqc-la/single-word: nothing cqc-la/with-limiters: No better than Good" in flowing(
        *arguments
    )


def test_what_an_edit_changes() -> None:
    """Only the band differs."""
    (row,) = answer("show", "cqc-la/single-word", "--set", "overall.band.outstanding=80")[
        "differences"
    ]
    assert ("overall.band", "Outstanding from 88", "Outstanding from 80") == (
        row["path"], row["first"].split("; ")[-1], row["second"].split("; ")[-1],
    )  # fmt: skip


def test_designs_with_the_same_rules_say_so() -> None:
    """A design against itself."""
    shown = flowing("show", "cqc-la/single-word", "--against", "cqc-la/single-word")
    assert "The rules are the same." in shown


def test_an_edit_and_another_design_at_once_are_refused() -> None:
    """Which of the two is to be shown would be a guess."""
    assert (
        "error[conflict]: show\n"
        "  found:    --against and an edit\n"
        "  expected: one of --against, --set and --patch\n"
        "  do:       leave --against out to see what the edit changes\n"
    ) == refused(
        "show", "cqc-la/single-word", "--against", "cqc-la/themes", "--patch", "cqc-la/half-up"
    )


ONLY = ("--plugins", "cqc_la,ofsted_ilacs", "list")


def test_the_list_names_everything_with_its_plugin() -> None:
    """Ids stay in one piece, so that they can be copied."""
    shown = text(*ONLY)
    assert "\ncqc-la/no-national-assessment  " in shown
    plugins = shown.partition("\nPlugins\n-------\n")[2]
    assert (
        f"- assurance-cqc-la {__version__}: cqc-la\n"
        f"- assurance-ofsted-ilacs {__version__}: ofsted-ilacs, ofsted-style\n"
    ) == plugins
    found = answer(*ONLY)
    assert "cqc-la" in {one["id"] for one in found["data"]}
    assert all(one["plugin"] for kind in ("frameworks", "designs") for one in found[kind])


def test_the_list_says_which_regime_publishes_what() -> None:
    """By form, with the designs in force; every form that a design can have is told apart."""
    shown = text(*ONLY).partition("\nWhat is published\n")[2].partition("\n\n")[0]
    listed = shown.rpartition("---\n")[2].splitlines()
    rows = [" ".join(line.split()) for line in listed]
    assert [
        "word cqc-la single-word 4",
        "word ofsted-ilacs – 4",
        "number cqc-la – 1",
        "report card cqc-la – 2",
        "report card ofsted-ilacs 2026 –",
        "report card ofsted-style – 1",
        "narrative cqc-la – 1",
        "nothing cqc-la – 1",
    ] == rows
    forms = {one["id"]: one["form"] for one in answer(*ONLY)["designs"]}
    assert ("number", "report card", "nothing") == tuple(
        forms[f"cqc-la/{name}"] for name in ("score-only", "themes", "no-national-assessment")
    )


def test_the_list_breaks_no_id_on_a_narrow_terminal() -> None:
    """An id of 40 letters stands in one piece at 80 columns, too."""
    registry = load_plugins()
    for width in (80, 100):
        shown = to_text(listing_report(registry), width)
        words = set(shown.split())
        assert [] == [one for one in registry.designs if one not in words]
        assert max(len(line) for line in shown.splitlines()) <= width


@pytest.mark.parametrize(
    ("names", "form", "words"),
    [
        (("One star", "Two stars", "3 stars"), "stars", "stars"),
        (("1", "2", "3"), "number", "number"),
        (("Low", "Middle", "Shooting star"), "word", "one word"),
    ],
)
def test_a_headline_is_a_word_a_number_or_stars(
    names: tuple[str, ...], form: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By what the levels of its scale are called."""
    framework = DEMO["frameworks/demo.yaml"]
    for name, called in zip(("Low", "Middle", "High"), names, strict=True):
        framework = framework.replace(f"name: {name}}}", f'name: "{called}"}}')
    install(tmp_path, "demo", {**DEMO, "frameworks/demo.yaml": framework})
    use_only(tmp_path, monkeypatch)
    found = {one["id"]: (one["form"], one["publishes"]) for one in answer("list")["designs"]}
    assert (form, f"{words}, area by area") == found["demo/word"]


def test_the_doctor_finds_nothing_broken() -> None:
    """Versions, plugins, paths and data; exit 0."""
    shown = text("doctor")
    assert "Nothing is broken.\n" in shown
    assert {"loaded"} == {one["status"] for one in answer("doctor")["plugins"]}


def test_the_doctor_names_a_broken_plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit 2, the cause on both streams; other commands go on without the plugin."""
    install(tmp_path, "bad", code="raise RuntimeError('no licence')\n")
    use_only(tmp_path, monkeypatch)
    result = run("doctor", exits=2)
    assert "Broken: bad." in result.stdout
    assert "no licence" in result.stdout
    assert "plugin bad (assurance-bad 1.0) is left out: " in result.stderr
    listed = run("list")
    assert "no licence" in listed.stderr
    assert "None. Install a regulator's plugin." in listed.stdout


def test_only_allowed_plugins_are_loaded() -> None:
    """By option or environment; an id of the others names what to allow."""
    found = answer("--plugins", "cqc_la", "list")
    assert ["cqc-la"] == [one["id"] for one in found["frameworks"]]
    message = refused("--plugins", "cqc_la", "show", "ofsted-ilacs/2023")
    assert "allow the plugin ofsted_ilacs" in message


def test_a_version_that_has_no_dates_says_why_and_claims_none() -> None:
    """A construction was never in force; only the reason stands where dates would."""
    shown = flowing("show", "ofsted-style")
    assert "Our construction has no dates of its own." in shown
    assert "In force" not in shown
