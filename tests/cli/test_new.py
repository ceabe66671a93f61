"""`assurance new assessment`: templates that can be read back."""

from pathlib import Path

import yaml

from tests.commands import CAMDEN, answer, refused, run


def test_the_csv_template_is_read_back(tmp_path: Path) -> None:
    """A row filled in under its header is rated."""
    file = tmp_path / "scores.csv"
    made = run("new", "assessment", "--framework", "cqc-la", "-o", str(file))
    next_step = f"assurance rate --design cqc-la/single-word --data {file}"
    assert ("", f"wrote {file}: fill it in, then run {next_step}\n") == (made.stdout, made.stderr)
    header = file.read_text("utf-8")
    assert header.startswith("body,date,headline,score,assessing_needs,")
    file.write_text(f"{header}Camden,2025-02-28,outstanding,89,{CAMDEN},,\n", "utf-8")
    (found,) = answer("rate", "--design", "cqc-la/single-word", "--data", str(file))
    assert ("outstanding", 89) == (found["headline"]["level"], found["score"])


def test_the_yaml_template_is_read_back(tmp_path: Path) -> None:
    """Its empty values are scores that are not known; filled in, it is rated."""
    file = tmp_path / "mine.yaml"
    made = run("new", "assessment", "--framework", "cqc-la", "-o", str(file)).stderr
    assert made.endswith(f"assurance rate --design cqc-la/single-word {file}\n")
    untouched = refused("rate", "--design", "cqc-la/single-word", str(file))
    assert untouched.startswith(f"error[wrong-type]: {file}:6:")
    file.write_text(file.read_text("utf-8").replace("body:", "body: Camden"), "utf-8")
    empty = answer("rate", "--design", "cqc-la/single-word", str(file))
    assert (True, 9) == (empty["possible"]["cannot_tell"], len(empty["unknown"]))
    text = file.read_text("utf-8")
    names = list(yaml.safe_load(text)["scores"])
    for name, level in zip(names, CAMDEN.split(","), strict=True):
        text = text.replace(f"  {name}:", f"  {name}: {level}")
    file.write_text(text, "utf-8")
    assert 89 == answer("rate", "--design", "cqc-la/single-word", str(file))["score"]


def test_a_template_asks_for_what_designs_leave_to_the_assessor(tmp_path: Path) -> None:
    """Ofsted's overall grade is judged: a table has its column, and is read back."""
    file = tmp_path / "scores.csv"
    made = run("new", "assessment", "--framework", "ofsted-ilacs", "-o", str(file))
    assert made.stderr.endswith(f"--design ofsted-ilacs/2026 --data {file}\n")
    header = file.read_text("utf-8")
    assert ",judged.overall,source," in header
    file.write_text(f"{header}Here,2024-05-01,,,good,good,good,good,good,,\n", "utf-8")
    (found,) = answer("rate", "--design", "ofsted-ilacs/2023", "--data", str(file))
    assert "good" == found["headline"]["level"]
    shown = run("new", "assessment", "--framework", "ofsted-ilacs").stdout
    assert "# judged:\n#   overall:  # inadequate, requires_improvement, good, outs" in shown
    assert "judged" not in run("new", "assessment", "--framework", "cqc-la").stdout


def test_an_older_version_can_be_asked_for() -> None:
    """The statements are those of the version."""
    shown = run("new", "assessment", "--framework", "ofsted-ilacs", "--version", "2018").stdout
    assert "  children_in_care_and_care_leavers:  # " in shown


def test_an_unknown_version_is_refused() -> None:
    """With the versions there are."""
    assert (
        "error[unknown-id]: --version\n"
        "  found:    '1999'\n"
        "  expected: a version of ofsted-ilacs\n"
        "  do:       use one of: 2018, 2023, 2026\n"
    ) == refused("new", "assessment", "--framework", "ofsted-ilacs", "--version", "1999")
