"""`assurance validate`: published outcomes, and documents of every kind."""

import shutil
from pathlib import Path

import pytest

from tests.commands import answer, flowing, refused, run, text
from tests.demo_plugin import install, use_only
from tests.testing.demo_documents import CONFORMING

PLUGINS = Path(__file__).parents[2] / "plugins"


def _designs(name: str, exits: int = 0) -> dict[str, dict[str, object]]:
    found = answer("validate", "--published", name, exits=exits)
    return {one["design"]: one for one in found["designs"]}


def test_the_council_rule_reproduces_what_was_published() -> None:
    """41 words of 41, 23 percentages of 23, exit 0."""
    found = _designs("cqc-la")["cqc-la/single-word"]
    assert {"reproduced": 41, "compared": 41} == found["words"]
    assert {"reproduced": 23, "compared": 23} == found["scores"]
    shown = text("validate", "--published", "cqc-la")
    assert "- Published words reproduced on complete rows: 41 of 41.\n" in shown
    assert "- Published scores reproduced: 23 of 23.\n" in shown


def test_partly_published_rows_have_their_outcomes() -> None:
    """Each of the 15 is certain: the published word and number leave one word."""
    rows = _designs("cqc-la")["cqc-la/single-word"]["rows"]
    assert isinstance(rows, list)
    partly = [one for one in rows if one["fits"] is not None]
    assert (15, {True}, {True}) == (
        len(partly),
        {one["fits"] for one in partly},
        {one["possible"]["certain"] for one in partly},
    )
    assert "- North Yorkshire 2025-10-30: certainly Good\n" in text(
        "validate", "--published", "cqc-la"
    )


def test_pilots_and_others_are_shown_and_not_counted() -> None:
    """Five pilots, Bromley's withdrawn report, Swindon's first: each with its outcome."""
    found = _designs("cqc-la")["cqc-la/single-word"]["not_counted"]
    assert isinstance(found, list)
    assert [
        ("Birmingham", "indicative", "good"),
        ("Bromley", "provisional", "requires_improvement"),
        ("Lincolnshire", "indicative", "good"),
        ("North Lincolnshire", "indicative", "good"),
        ("Nottingham", "indicative", "requires_improvement"),
        ("Suffolk", "indicative", "good"),
        ("Swindon", "superseded", "requires_improvement"),
    ] == [(one["body"], one["status"], one["headline"]["level"]) for one in found]
    shown = text("validate", "--published", "cqc-la")
    assert "Birmingham 2023          indicative   good                     Good 67\n" in shown


def test_known_disagreements_are_listed() -> None:
    """What sources say differently, and what is adopted."""
    shown = flowing("validate", "--published", "cqc-la")
    assert "- Where outstanding begins At 80 per cent. [secondary] Community Care" in shown
    assert "Adopted here: CQC's 88." in shown


def test_the_ilacs_limit_is_respected_wherever_it_bites() -> None:
    """34 of 34, over both periods; all 271 grades are ones that the rules allow."""
    found = answer("validate", "--published", "ofsted-ilacs")
    assert {"bites": 34, "respected": 34} == found["limiters"]
    by_id = {one["design"]: one for one in found["designs"]}
    assert [168, 103] == [
        by_id[f"ofsted-ilacs/{year}"]["words"]["reproduced"] for year in (2018, 2023)
    ]
    assert "Published words that respect a limit where it bites: 34 of 34.\n" in text(
        "validate", "--published", "ofsted-ilacs"
    )


def test_the_reconstruction_and_the_most_that_any_rule_could_reach() -> None:
    """263 of 271, where no rule on these scores alone can pass 266; it claims nothing, exit 0."""
    found = _designs("ofsted-ilacs")["ofsted-ilacs/reconstruction"]
    assert {"reproduced": 263, "compared": 271} == found["words"]
    assert (False, 266, 271, 49, 4) == tuple(
        found[key] for key in ("must_hold", "ceiling", "graded", "profiles", "split")
    )
    assert "Trafford 2019-03-04." in flowing("validate", "--published", "ofsted-ilacs")


def test_a_series_of_which_nothing_is_known_to_be_in_force(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is compared, so nothing is reproduced; the lead says why, and what to do."""
    documents = dict(CONFORMING)
    for name, old, new in (
        ("data/demo.yaml", "published_by: demo/word", "published_by: demo/rating"),
        ("designs/word.yaml", "{from: 2020-01,", "{from: unknown, why: nobody told us,"),
    ):
        documents[name] = documents[name].replace(old, new)
    install(tmp_path, "demo", documents)
    use_only(tmp_path, monkeypatch)
    shown = flowing("validate", "--published", "demo")
    assert (
        "Nothing that was published could be compared with a rule. No design of the series"
        " demo/rating is known to be in force on the dates of 2 rows: name the design in"
        " published_by, or give its dates and those of the rows."
    ) in shown
    assert 2 == shown.count("- No row is known to be of its time.")
    assert "reproduce" not in shown
    assert {2} == {one["undated"] for one in _designs("demo").values()}


@pytest.fixture
def tampered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The council plugin with a table of its own, to be tampered with."""
    documents = {
        str(file.relative_to(PLUGINS / "cqc_la")): file.read_text("utf-8")
        for folder in ("frameworks", "designs", "patches", "data")
        for file in (PLUGINS / "cqc_la" / folder).iterdir()
        if file.suffix in (".yaml", ".csv")
    }
    install(tmp_path, "cqc_la", documents)
    use_only(tmp_path, monkeypatch)
    (table,) = tmp_path.rglob("published.csv")
    return table


def _replace(table: Path, old: str, new: str) -> None:
    text_of_it = table.read_text("utf-8")
    assert 1 == text_of_it.count(old)
    table.write_text(text_of_it.replace(old, new), "utf-8")


def test_a_wrong_word_fails(tampered: Path) -> None:
    """Blackpool published as good: exit 1, with what was published and what the rule gives."""
    _replace(tampered, ",inadequate,34,1,1,1,2,2,2,1,1,1,", ",good,34,1,1,1,2,2,2,1,1,1,")
    shown = text("validate", "--published", "cqc-la", exits=1)
    assert "- Published words reproduced on complete rows: 40 of 41.\n" in shown
    assert "- Blackpool 2025-08-06: published good 34, by the rule Inadequate 34\n" in shown
    assert "The rules that claim to be the published ones do not reproduce what was" in shown
    assert answer("validate", "--published", "cqc-la", exits=1)["failed"] is True


def test_a_wrong_percentage_fails(tampered: Path) -> None:
    """The word alone is not enough where a number was published."""
    _replace(tampered, ",inadequate,34,1,1,1,2,2,2,1,1,1,", ",inadequate,35,1,1,1,2,2,2,1,1,1,")
    shown = text("validate", "--published", "cqc-la", exits=1)
    assert "- Published scores reproduced: 22 of 23.\n" in shown


def test_an_impossible_partial_row_fails(tampered: Path) -> None:
    """North Yorkshire at 81 cannot be inadequate, whatever its unknown scores are."""
    _replace(tampered, "2025-10-30,2025-10-30,,,good,81", "2025-10-30,2025-10-30,,,inadequate,81")
    shown = flowing("validate", "--published", "cqc-la", exits=1)
    assert (
        "North Yorkshire 2025-10-30: published inadequate 81, by the rule no combination of scores "
        "gives that"
    ) in shown


def test_a_broken_table_is_an_error_not_a_failed_check(tampered: Path) -> None:
    """Exit 2: what cannot be read was not checked."""
    _replace(tampered, ",inadequate,34,1,1,1,2,2,2,1,1,1,", ",inadequate,34,1,1,1,2,2,7,1,1,1,")
    message = refused("validate", "--published", "cqc-la")
    assert message.startswith(
        "error[bad-score]: published.csv row 5 (Blackpool), column N "
        '"safe_systems_pathways_transitions"\n'
        "  found:    '7'\n"
    )


def test_documents_of_every_kind_are_checked(tmp_path: Path) -> None:
    """A whole plugin's folder, file by file."""
    work = tmp_path / "work"
    shutil.copytree(PLUGINS / "cqc_la", work)
    files = sorted(str(file) for file in work.rglob("*.yaml") if "conformance" not in str(file))
    found = answer("validate", *files)
    assert {"framework", "design", "derived design", "patch", "dataset"} == {
        one["kind"] for one in found["documents"]
    }
    assert f"{files[0]}: a valid " in " ".join(text("validate", files[0]).split())


def test_the_faults_of_all_documents_are_reported_at_once(tmp_path: Path) -> None:
    """Two bad files, both named."""
    files = [tmp_path / "a.yaml", tmp_path / "b.yaml"]
    for file in files:
        file.write_text("format: assurance/nothing/1\n", "utf-8")
    message = refused("validate", *(str(file) for file in files))
    assert 2 == message.count("error[unknown-format]")


def test_nothing_to_check_is_refused() -> None:
    """Neither files nor data, or both, is a slip."""
    assert (
        "error[missing]: validate\n"
        "  found:    nothing to check\n"
        "  expected: FILES, or --published DATA\n"
        "  do:       name one of the two\n"
    ) == refused("validate")
    assert (
        "FILES and --published"
        in run("validate", "x.yaml", "--published", "cqc-la", exits=2).stderr
    )
