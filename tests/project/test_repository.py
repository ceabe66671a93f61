"""What holds for every file that is in git, or about to be."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MOST_LINES = 400

# In parts, so that this file passes its own test.
REGISTRY_HOSTS = [
    ".".join(parts)
    for parts in [
        ("pypi", "org"),
        ("python" + "hosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("debian", "org"),
        ("anaconda", "org"),
        ("crates", "io"),
        ("golang", "org"),
    ]
]
MACHINE_PATH = re.compile(
    r"""(?:^|[\s"'`=(\[:,])(?:/(?:home|root|Users|work|tmp|mnt|srv)/\w|[A-Za-z]:\\+Users\\)""",
    re.MULTILINE,
)


def _files() -> list[Path]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    paths = [ROOT / name for name in listed.decode().split("\0") if name]
    return sorted(path for path in paths if path.is_file())


def _texts() -> list[tuple[str, str]]:
    return [
        (path.relative_to(ROOT).as_posix(), path.read_text("utf-8", errors="ignore"))
        for path in _files()
    ]


def test_git_lists_the_projects_files() -> None:
    assert ROOT / "pyproject.toml" in _files()


def test_no_file_names_a_registrys_host() -> None:
    """Whoever installs chooses the registry; we only name packages."""
    found = [(name, host) for name, text in _texts() for host in REGISTRY_HOSTS if host in text]
    assert [] == found


def test_no_file_names_a_place_on_one_machine() -> None:
    found = [
        (name, match.group().strip())
        for name, text in _texts()
        for match in MACHINE_PATH.finditer(text)
    ]
    assert [] == found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see " + "/home" + "/ann/notes", True),
        ("path='" + "/work" + "/main'", True),
        ("C:" + "\\Users\\ann", True),
        ("https://www.example.org" + "/work" + "/programme", False),
        ("homes/ann, plugins" + "/work" + "/x", False),
    ],
)
def test_machine_paths_are_told_from_web_addresses(text: str, expected: bool) -> None:
    assert expected == bool(MACHINE_PATH.search(text))


def test_modules_are_short() -> None:
    """A module that needs more lines has more than one job."""
    modules = [
        path
        for path in _files()
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in {"src", "plugins"}
    ]
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines())
        for path in modules
    }
    assert lengths
    assert {} == {name: lines for name, lines in lengths.items() if lines > MOST_LINES}


def test_the_core_names_no_regulator() -> None:
    """A regulator's names stand in its plugin alone: not even a source's author is one."""
    words = re.compile(r"\b(?:cqc|ofsted|hmci|Care Quality Commission)", re.I)
    found = [
        (name, match.group())
        for name, text in _texts()
        if name.startswith("src/")
        for match in words.finditer(text)
    ]
    assert [] == found


def test_what_coverage_leaves_out_has_a_reason() -> None:
    """A line that no test has to run says why, in the same line."""
    left_out = re.compile(r"# pragma: no (?:cover|branch)(?P<reason>.*)")
    found = [
        (name, match.group())
        for name, text in _texts()
        if name.startswith(("src/", "plugins/")) and name.endswith(".py")
        for match in left_out.finditer(text)
        if not re.fullmatch(r" - \w.+", match["reason"])
    ]
    assert [] == found
