"""`assurance new`: templates that can be read back, and that hold as they stand."""

import tomllib
from pathlib import Path

import pytest
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


@pytest.mark.parametrize("framework", ["cqc-la", "ofsted-ilacs", "ofsted-style"])
def test_a_new_design_is_valid_for_any_framework(framework: str, tmp_path: Path) -> None:
    """It compiles, its examples come out, and what it declares is proved."""
    file = tmp_path / "mine.yaml"
    made = run("new", "design", "my-team/lowest", "--framework", framework, "-o", str(file))
    next_step = f"edit it, then run assurance validate {file}"
    assert ("", f"wrote {file}: {next_step}\n") == (made.stdout, made.stderr)
    assert [{"file": str(file), "kind": "design"}] == answer("validate", str(file))["documents"]
    assert answer("audit", str(file), "--require", "monotone,reachable")["required"]


def test_a_new_design_takes_the_statements_on_one_scale() -> None:
    """Where not every statement has the same one, they are listed."""
    shown = run("new", "design", "a/b", "--framework", "ofsted-style").stdout
    assert "    inputs:\n      - assessing_needs\n" in shown
    assert "      - safeguarding\n" not in shown
    older = run("new", "design", "a/b", "--framework", "ofsted-ilacs", "--version", "2018").stdout
    assert 'versions: ["2018"]' in older
    assert "children_in_care_and_care_leavers: outstanding" in older


@pytest.mark.parametrize(
    ("given", "remedy"),
    [
        ("Mine", "write for example 'my-team/mine'"),
        ("My Team/Lowest Counts", "write for example 'my-team/lowest-counts'"),
        ("!", "write it in that form"),
    ],
)
def test_an_id_that_is_none_is_refused(given: str, remedy: str) -> None:
    """With one that could be meant."""
    assert (
        "error[wrong-type]: ID\n"
        f"  found:    '{given}'\n"
        "  expected: an id with a namespace, such as my-team/lowest-counts\n"
        f"  do:       {remedy}\n"
    ) == refused("new", "design", given, "--framework", "cqc-la")


def test_a_new_plugin_is_written_whole(tmp_path: Path) -> None:
    """No template is left unfilled, and every document is valid as it stands."""
    folder = tmp_path / "made"
    made = run("new", "plugin", "toy-rater", "-o", str(folder))
    assert "" == made.stdout
    assert made.stderr == (
        f"wrote {folder}: install it with python -m pip install --editable {folder},"
        " then run assurance check-plugin toy_rater\n"
    )
    files = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*.*")}
    assert {
        "README.md",
        "conformance/plugin.yaml",
        "data/published.csv",
        "data/published.yaml",
        "designs/report-card.yaml",
        "designs/single-word.yaml",
        "frameworks/framework.yaml",
        "pyproject.toml",
        "src/assurance_toy_rater/__init__.py",
        "src/assurance_toy_rater/plugin.py",
        "src/assurance_toy_rater/py.typed",
        "tests/test_conformance.py",
    } == set(files)
    assert [] == [name for name, file in files.items() if "{{" in file.read_text("utf-8")]
    run("validate", str(files["frameworks/framework.yaml"]))
    declaration = str(files["conformance/plugin.yaml"])
    assert [{"file": declaration, "kind": "conformance declaration"}] == (
        answer("validate", declaration)["documents"]
    )
    project = tomllib.loads(files["pyproject.toml"].read_text("utf-8"))["project"]
    entry_points = project["entry-points"]["assurance_core.plugins"]
    assert {"toy_rater": "assurance_toy_rater.plugin"} == entry_points


@pytest.mark.parametrize(
    ("given", "remedy"),
    [("9 Toys!", "write for example 'toys'"), ("?", "write it in that form")],
)
def test_a_plugins_name_that_is_none_is_refused(given: str, remedy: str) -> None:
    """It has to be a name that Python can import."""
    assert (
        "error[wrong-type]: NAME\n"
        f"  found:    '{given}'\n"
        "  expected: a name of lower-case letters, digits and underscores, such as toy_rater\n"
        f"  do:       {remedy}\n"
    ) == refused("new", "plugin", given)


def test_a_plugin_is_not_written_over_anything(tmp_path: Path) -> None:
    """What is there stays."""
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    assert (
        f"error[file]: {tmp_path}\n"
        "  found:    something that is there already\n"
        "  expected: a folder that is new or empty\n"
        "  do:       name another with -o\n"
    ) == refused("new", "plugin", "toy_rater", "-o", str(tmp_path))
    below = tmp_path / "mine.txt" / "toy"
    assert "error[file]: " in refused("new", "plugin", "toy_rater", "-o", str(below))
    assert ["mine.txt"] == [file.name for file in tmp_path.iterdir()]
