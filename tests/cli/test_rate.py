"""`assurance rate`: the numbers of the acceptance list, tables, and what is refused."""

from pathlib import Path

import pytest

from tests.commands import CAMDEN, answer, checked, flowing, refused, run, text

SINGLE = ("rate", "--design", "cqc-la/single-word")


@pytest.mark.parametrize(
    ("scores", "level", "score"),
    [
        (CAMDEN, "outstanding", 89),
        ("3,3,3,3,4,3,3,3,3", "good", 78),
        ("2,2,3,3,3,3,3,3,3", "good", 70),
        ("3,3,3,3,3,2,2,2,2", "good", 64),
        ("2,2,2,2,3,3,3,3,3", "good", 64),
        ("2,2,2,3,3,2,2,3,3", "requires_improvement", 62),
        ("1,2,2,1,2,1,1,2,2", "requires_improvement", 39),
        ("1,1,1,2,2,2,1,1,1", "inadequate", 34),
    ],
)
def test_nine_scores_give_word_and_percentage(scores: str, level: str, score: int) -> None:
    """The examples of the acceptance list, exactly."""
    found = answer(*SINGLE, "--scores", scores)
    assert (level, score) == (found["headline"]["level"], found["score"])


def test_the_score_is_exact() -> None:
    """The ratio before rounding stands beside the rounded score and its maximum."""
    found = answer(*SINGLE, "--scores", CAMDEN)
    assert (89, "800/9", 100) == tuple(found[key] for key in ("score", "score_exact", "score_of"))


def test_scores_may_be_named_in_any_order() -> None:
    """By id, name or alias; the outcome is that of the bare sequence."""
    ids = answer("show", "cqc-la/single-word")["judgements"][0]["inputs"]
    named = ",".join(f"{one}={level}" for one, level in zip(ids, CAMDEN.split(","), strict=True))
    back = ",".join(reversed(named.split(",")))
    assert answer(*SINGLE, "--scores", CAMDEN) == answer(*SINGLE, "--scores", back)


@pytest.mark.parametrize("named", [False, True])
def test_scores_may_say_why_there_is_none(named: bool) -> None:
    """A stated absence is no hole: the design says what it does without the score."""
    ids = answer("show", "cqc-la/single-word")["judgements"][0]["inputs"]
    levels = [*CAMDEN.split(",")[:-1], "withheld: by a court"]
    parts = [f"{one}={level}" for one, level in zip(ids, levels, strict=True)]
    scores = ",".join(parts if named else levels)
    card = answer("rate", "--design", "cqc-la/report-card", "--scores", scores)
    assert "withheld: by a court" == card["areas"][-1]["absent"]
    assert "withheld: by a court" in refused(*SINGLE, "--scores", scores)


def test_press_figure_moves_wokingham_and_certainly_north_yorkshire() -> None:
    """At 80, Wokingham's 81 is outstanding, and so is every combination for North Yorkshire."""
    edit = ("--set", "overall.band.outstanding=80")
    wokingham = answer(*SINGLE, "--data", "cqc-la", "--body", "Wokingham", *edit)
    assert ("outstanding", 81) == (wokingham["headline"]["level"], wokingham["score"])
    north = answer(*SINGLE, "--data", "cqc-la", "--body", "North Yorkshire", *edit)
    assert "outstanding" == north["headline"]["level"]
    assert (False, True) == (north["complete"], north["possible"]["certain"])


def test_an_edited_design_says_so() -> None:
    """The lineage stands in the notes and in the JSON."""
    edit = ("--set", "overall.band.outstanding=80")
    says = "what-if on cqc-la/single-word: set overall.band.outstanding to 80"
    assert says in flowing(*SINGLE, "--scores", CAMDEN, *edit)
    assert [says] == answer(*SINGLE, "--scores", CAMDEN, *edit)["design"]["lineage"]


def test_an_edit_that_matches_nothing_is_refused_with_the_nearest_path() -> None:
    """The message names the path that was meant."""
    message = refused(*SINGLE, "--scores", CAMDEN, "--set", "overall.band.outstandng=80")
    assert message.startswith("error[no-match]: ")
    assert "did you mean 'overall.band.outstanding'?" in message


def test_an_edit_that_changes_nothing_is_refused() -> None:
    """88 is what stands there already."""
    message = refused(*SINGLE, "--scores", CAMDEN, "--set", "overall.band.outstanding=88")
    assert message.startswith("error[no-change]: ")
    assert "88" in message


@pytest.mark.parametrize(
    ("evidence", "percentage", "exact", "level"),
    [
        ("3,2,3,3", 69, "275/4", "3"),
        ("3,2,2,3", 63, "125/2", "3"),
        ("4,3,4,3", 88, "175/2", "4"),
    ],
)
def test_evidence_categories_give_a_statement_score(
    evidence: str, percentage: int, exact: str, level: str
) -> None:
    """One statement's score is settled, whatever the evidence on the other eight is."""
    found = answer(
        "rate", "--design", "cqc-la/evidence-categories", "--evidence", f"safeguarding={evidence}"
    )
    (statement,) = found["settled"]["judgements"]
    assert ("safeguarding", level, percentage, exact) == tuple(
        statement[key] for key in ("id", "level", "score", "score_exact")
    )
    assert 32 == len(found["unknown"])


def test_the_treatment_of_halves_is_said_to_be_unconfirmed() -> None:
    """62.5 and 87.5 rest on a rounding that CQC has not confirmed."""
    design = "cqc-la/evidence-categories"
    shown = flowing("explain", "--design", design, "--evidence", "safeguarding=3,2,2,3")
    assert "62.50 → 63" in shown
    assert "How 62.5 and 87.5 were treated is not confirmed" in shown
    assert "[unconfirmed] Rounding of a statement's percentage" in shown


def test_trafford_2026_is_certainly_inadequate_under_the_rule_of_2023() -> None:
    """The overall judgement was not made, and the limit decides whatever it would have been."""
    data = ("--data", "ofsted-ilacs", "--body", "Trafford", "--date", "2026")
    found = answer("rate", "--design", "ofsted-ilacs/2023", *data)
    assert ("inadequate", True) == (found["headline"]["level"], found["possible"]["certain"])
    assert ["judged.overall"] == found["unknown"]
    assert "ofsted-ilacs/2023 was not in force on 2026-06-08" in " ".join(found["notes"])


def test_trafford_2026_has_no_headline_under_the_rule_of_2026() -> None:
    """Four grades stand side by side, with the reason why there is no word."""
    data = ("--data", "ofsted-ilacs", "--body", "Trafford", "--date", "2026")
    found = answer("rate", "--design", "ofsted-ilacs/2026", *data)
    assert found["headline"] is None
    assert found["no_headline"].startswith("Since 1 April 2026 Ofsted gives")
    assert ["inadequate", "inadequate", "good", "requires_improvement"] == [
        one["level"] for one in found["areas"]
    ]


def test_a_series_is_chosen_by_date() -> None:
    """--as-of names the day; the design of that day is applied."""
    series = ("rate", "--design", "ofsted-ilacs/overall", "--judged", "overall=good")
    scores = ("--scores", "good,good,good,good")
    assert "ofsted-ilacs/2023" == answer(*series, *scores, "--as-of", "2025-05")["design"]["id"]
    scores = ("--scores", "good,good,good")
    assert "ofsted-ilacs/2018" == answer(*series, *scores, "--as-of", "2020")["design"]["id"]


def test_a_date_across_a_boundary_says_what_to_name() -> None:
    """2026 lies on both sides of 1 April 2026, so nothing is chosen."""
    message = refused(
        "rate", "--design", "ofsted-ilacs/overall", "--scores", "good,good,good,good",
        "--as-of", "2026",
    )  # fmt: skip
    assert (
        "error[no-choice]: series ofsted-ilacs/overall\n"
        "  found:    2026, when no design surely was in force\n"
        "  expected: a date that decides: ofsted-ilacs/2018 from 2018-01 to 2023-01 (excluded); "
        "ofsted-ilacs/2023 from 2023-01 to 2026-04-01 (excluded); "
        "ofsted-ilacs/2026 from 2026-04-01\n"
        "  do:       name the design\n"
    ) == message


def test_a_date_at_an_unknown_bound_says_what_to_name() -> None:
    """When the pilots began is not known: the version has to be named, and the message says why."""
    message = refused(*SINGLE, "--scores", CAMDEN, "--as-of", "2023-06")
    assert message.startswith("error[no-choice]: --as-of\n  found:    2023-06, which ")
    assert "name the version (The pilots' first day is not stated.)" in message
    named = answer(*SINGLE, "--scores", CAMDEN, "--version", "2023-pilot")
    assert "2023-pilot" == named["design"]["version"]


def test_a_series_without_a_date_names_its_designs() -> None:
    """Nothing is chosen by a clock."""
    message = refused("rate", "--design", "ofsted-ilacs/overall", "--scores", "good,good")
    assert "one design of it: ofsted-ilacs/2018, ofsted-ilacs/2023, ofsted-ilacs/2026" in message


def test_findings_are_told_for_camden() -> None:
    """A narrative comes from findings where there are some, each with its source."""
    shown = flowing("rate", "--design", "cqc-la/narrative", "--data", "cqc-la", "--body", "Camden")
    assert "Strengths --------- - Nobody was on a waiting list. Source: [secondary]" in shown
    assert "Areas for improvement --------------------- - Some reviews were overdue." in shown


def test_scores_tell_where_there_are_no_findings() -> None:
    """York has no findings: its statements at 1 or 2 are named."""
    arguments = ("rate", "--design", "cqc-la/narrative", "--data", "cqc-la", "--body", "York")
    found = answer(*arguments)
    assert ([], 9) == (found["strengths"], len(found["improvements"]))
    assert "- Safeguarding: 1 (significant shortfalls)" in text(*arguments)


# Assessment files


ABSENT = """format: assurance/assessment/1
framework: cqc-la
version: "2023"
body: Somewhere
scores:
  assessing_needs: 3
  supporting_healthier_lives: 3
  equity_in_experience_and_outcomes: 3
  care_provision_integration_continuity: 3
  partnerships_and_communities: 3
  safe_systems_pathways_transitions: 3
  safeguarding: SAFEGUARDING
  governance_management_sustainability: 3
  learning_improvement_innovation: 3
"""


@pytest.fixture
def assessment(tmp_path: Path) -> Path:
    """One assessment with a hole that is explained."""
    file = tmp_path / "mine.yaml"
    file.write_text(ABSENT.replace("SAFEGUARDING", "{not_assessed: an inquiry is open}"), "utf-8")
    return file


def test_a_stated_absence_is_an_error_that_says_what_is_missing(assessment: Path) -> None:
    """Law 4: the default; nothing is left out silently."""
    assert (
        "error[missing-score]: Somewhere.safeguarding\n"
        "  found:    not assessed: an inquiry is open\n"
        "  expected: a score: cqc-la/single-word cannot do without\n"
        "  do:       give the score, or use a design that says what to do without it\n"
    ) == refused(*SINGLE, str(assessment))


def test_a_card_shows_a_stated_absence(assessment: Path) -> None:
    """A report card needs no score: the line says why it is empty."""
    shown = text("rate", "--design", "cqc-la/report-card", str(assessment))
    assert "not assessed: an inquiry is open" in shown
    found = answer("rate", "--design", "cqc-la/report-card", str(assessment))
    (line,) = [one for one in found["areas"] if one["id"] == "safeguarding"]
    assert (None, "not assessed: an inquiry is open") == (line["level"], line["absent"])


def test_a_score_not_known_is_possible_outcomes(tmp_path: Path) -> None:
    """An empty value is not an absence: the three words it can lead to are listed."""
    file = tmp_path / "mine.yaml"
    file.write_text(ABSENT.replace(" SAFEGUARDING", ""), "utf-8")
    found = answer(*SINGLE, str(file))
    assert (True, "good") == (found["possible"]["certain"], found["headline"]["level"])
    assert ["safeguarding"] == found["unknown"]
    assert [4] == [one["profiles"] for one in found["possible"]["headlines"]]


def test_professional_judgement_is_shown_with_its_reason(tmp_path: Path) -> None:
    """Both levels stand in the report: the rules' and the one that replaced it."""
    file = tmp_path / "mine.yaml"
    override = "overrides:\n  overall: {level: requires_improvement, reason: a death in care}\n"
    file.write_text(ABSENT.replace("SAFEGUARDING", "3") + override, "utf-8")
    shown = flowing("explain", "--design", "cqc-la/single-word", str(file))
    assert ("by the rules Good, replaced by professional judgement: a death in care") in shown
    found = answer("explain", "--design", "cqc-la/single-word", str(file))
    assert "requires_improvement" == found["headline"]["level"]
    assert {"by_the_rules": "good", "reason": "a death in care"} == (
        found["judgements"][0]["override"]
    )


def test_professional_judgement_stands_where_scores_are_unknown(tmp_path: Path) -> None:
    """The word is settled by it; what the rules would have said is not invented."""
    file = tmp_path / "mine.yaml"
    override = "overrides:\n  overall: {level: inadequate, reason: a death in care}\n"
    file.write_text(ABSENT.replace(" SAFEGUARDING", "") + override, "utf-8")
    found = answer("explain", "--design", "cqc-la/single-word", str(file))
    assert ("inadequate", False) == (found["headline"]["level"], found["complete"])
    (overall,) = found["settled"]["judgements"]
    assert (None, None) == (overall["score"], overall["override"]["by_the_rules"])
    assert ["override"] == [
        one["kind"] for one in found["settled"]["trace"] if one["judgement"] == "overall"
    ]


# Tables


TABLE = """body,date,assessing_needs,supporting_healthier_lives,equity_in_experience_and_outcomes,\
care_provision_integration_continuity,partnerships_and_communities,\
safe_systems_pathways_transitions,safeguarding,governance_management_sustainability,\
learning_improvement_innovation
Here,2025-01-31,3,3,4,3,4,4,3,4,4
There,2025,2,2,3,3,3,3,3,3,3
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A user's table of two councils."""
    file = tmp_path / "mine.csv"
    file.write_text(TABLE, "utf-8")
    return file


def test_a_table_gives_a_list(table: Path) -> None:
    """One outcome a row, in the order of names."""
    found = answer(*SINGLE, "--data", str(table))
    assert [("Here", 89), ("There", 70)] == [(one["body"], one["score"]) for one in found]
    shown = text(*SINGLE, "--data", str(table))
    assert "Here     2025-01-31  334344344  Outstanding 89\n" in shown


def test_one_body_of_a_table_gives_one_object(table: Path) -> None:
    """--body picks one assessment, and then the answer is no list."""
    assert 70 == answer(*SINGLE, "--data", str(table), "--body", "There")["score"]


ONLY_2023 = """format: assurance/design/1
id: mine/lowest
name: Lowest score
summary: The lowest score counts.
framework: cqc-la
versions: ["2023"]
status: proposed
sources:
  ours: {title: Ours, status: proposed, author: us}
judgements:
  overall:
    scale: cqc-la/score
    inputs: all
    steps:
      - minimum: {}
        source: ours
publishes: {headline: overall, areas: none}
"""


def test_a_row_that_cannot_be_rated_does_not_stop_the_others(tmp_path: Path) -> None:
    """A pilot is not of the version that the design reads: it says why, and the run goes on."""
    design, file = tmp_path / "lowest.yaml", tmp_path / "mine.csv"
    design.write_text(ONLY_2023, "utf-8")
    head, here, there = TABLE.splitlines()
    file.write_text(f"{head},version\n{here},2023\n{there},2023-pilot\n", "utf-8")
    arguments = ("rate", "--design", str(design), "--data", str(file))
    here_found, there_found = answer(*arguments)
    assert "3" == here_found["headline"]["level"]
    assert (None, False) == (there_found["headline"], there_found["complete"])
    why = "mine/lowest reads version 2023, not 2023-pilot"
    assert why == there_found["cannot_tell"]
    assert f"cannot tell: {why}" in flowing(*arguments)
    message = refused(*arguments, "--strict")
    assert message.startswith("error[no-choice]: mine/lowest: version\n")


def test_hostile_names_are_text_in_markdown(tmp_path: Path) -> None:
    """A council called <script> or =1+1 is shown as written, and is nothing else."""
    file = tmp_path / "mine.csv"
    rows = TABLE.replace("Here", "<script>alert(1)</script>").replace("There", "=1+1|_a_")
    file.write_text(rows, "utf-8")
    shown = text(*SINGLE, "--data", str(file), "--format", "markdown")
    assert "| \\<script\\>alert(1)\\</script\\> |" in shown
    assert "| \\=1+1\\|\\_a\\_ |" in shown


# What is refused


def test_a_missing_score_lists_the_order() -> None:
    """Eight scores are not nine, and nothing is filled in."""
    message = refused(*SINGLE, "--scores", "3,3,4,3,4,4,3,4")
    assert message.startswith("error[missing-score]: --scores\n  found:    8 scores\n")
    assert "9, in this order: assessing_needs, supporting_healthier_lives" in message


def test_every_bad_score_is_reported_at_once() -> None:
    """Two bad scores, two errors."""
    message = refused(*SINGLE, "--scores", "5,3,4,3,4,4,3,4,true")
    assert 2 == message.count("error[bad-score]")
    assert "--scores, number 1 (assessing_needs)" in message
    assert "--scores, number 9 (learning_improvement_innovation)" in message


def test_two_sources_of_scores_are_refused(table: Path) -> None:
    """What was to be rated would be a guess."""
    assert (
        "error[conflict]: assessment\n"
        "  found:    data and scores\n"
        "  expected: one of FILE, --scores (or --evidence), --data\n"
        "  do:       for example --scores 3,3,4,3,4,4,3,4,4\n"
    ) == refused(*SINGLE, "--data", str(table), "--scores", CAMDEN)


def test_an_option_that_would_be_ignored_is_refused(table: Path) -> None:
    """A table holds its own judged levels and versions."""
    assert (
        "error[conflict]: --judged\n"
        "  found:    --judged with data, which holds its own\n"
        "  expected: --judged with --scores alone\n"
        "  do:       leave --judged out\n"
    ) == refused(*SINGLE, "--data", str(table), "--judged", "overall=good")


def test_an_unknown_body_has_the_nearest_name() -> None:
    """A misspelt council is not "no result"."""
    assert (
        "error[unknown-id]: --body\n"
        "  found:    'Wokngham'\n"
        "  expected: a body in the data\n"
        "  do:       did you mean 'Wokingham'?\n"
    ) == refused(*SINGLE, "--data", "cqc-la", "--body", "Wokngham")


def test_dates_of_a_body_are_listed() -> None:
    """A date that fits none of its assessments is refused with those that would."""
    message = refused(
        "rate", "--design", "ofsted-ilacs/2023", "--data", "ofsted-ilacs", "--body", "Trafford",
        "--date", "2024",
    )  # fmt: skip
    assert "  do:       use one of: 2019-03-04, 2022-11-21, 2026-06-08\n" in message


def test_a_body_can_be_named_by_its_code() -> None:
    """ONS codes tell bodies apart."""
    assert "Blackpool" == answer(*SINGLE, "--data", "cqc-la", "--body", "E06000009")["body"]


def test_markdown_has_the_same_words(table: Path) -> None:
    """Formats differ in form alone."""
    shown = run(*SINGLE, "--scores", CAMDEN, "--format", "markdown").stdout
    assert shown.startswith("# Scores given: One word\n\nOutstanding under cqc-la/single-word ")
    assert checked(answer(*SINGLE, "--data", str(table)))


@pytest.mark.parametrize("word", ["good", "Good", " GOOD"])
def test_a_judged_level_goes_by_id_or_name(word: str) -> None:
    """As every other level does; a level that is none is refused with those there are."""
    design = ("rate", "--design", "ofsted-ilacs/2023", "--scores", "good,good,good,good")
    assert "good" == answer(*design, "--judged", f"overall={word}")["headline"]["level"]


def test_a_judged_level_that_is_none_is_refused() -> None:
    design = ("rate", "--design", "ofsted-ilacs/2023", "--scores", "good,good,good,good")
    assert (
        "error[bad-score]: --judged\n"
        "  found:    'goood'\n"
        "  expected: one of inadequate, requires_improvement, good, outstanding\n"
        "  do:       did you mean 'good'?\n"
    ) == refused(*design, "--judged", "overall=goood")


def test_scores_that_a_design_does_not_read_are_refused() -> None:
    """Evidence for a design of scores, scores for a design of evidence; alone or beside."""
    found = "  found:    scores of evidence categories, which cqc-la/single-word does not read\n"
    evidence = ("--evidence", "safeguarding=3,2,3,3")
    alone = refused(*SINGLE, *evidence)
    assert found in alone
    assert "  do:       give --scores in place of --evidence\n" in alone
    beside = refused(*SINGLE, *evidence, "--scores", CAMDEN)
    assert found in beside
    assert "  do:       leave --evidence out\n" in beside
    by_evidence = ("rate", "--design", "cqc-la/evidence-categories")
    assert (
        "error[bad-score]: --scores\n"
        "  found:    scores of statements, which cqc-la/evidence-categories does not read\n"
        "  expected: what it reads: scores of evidence categories\n"
        "  do:       give --evidence STATEMENT=level,level,… in place of --scores\n"
    ) == refused(*by_evidence, "--scores", CAMDEN)


def test_a_crosswalk_that_is_not_needed_is_refused() -> None:
    message = refused(*SINGLE, "--scores", CAMDEN, "--crosswalk", "ofsted-style/from-cqc-la")
    assert message.startswith("error[conflict]: --crosswalk\n")
    assert "  do:       leave --crosswalk out\n" in message


def test_a_body_is_looked_up_in_the_only_dataset() -> None:
    """As in `compare`."""
    assert answer(*SINGLE, "--body", "Camden") == answer(
        *SINGLE, "--body", "Camden", "--data", "cqc-la"
    )
