"""The project's chores, with nothing but Python: python3 dev.py demo.

Set-up makes one virtual environment, .venv, without pip in it. What is locked is
installed by the pip of the Python that runs this file, then the core and every
plugin are installed in place. A stamp in .venv holds a hash of everything that
set-up depends on, so that it runs again only when one of those has changed.

This file must also start on Python 3.8, where it says that a newer one is needed.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

DEMO = (
    "assurance compare cqc-la/single-word ofsted-style/report-card cqc-la/outstanding-from-80"
    " --data cqc-la"
)
TEST = "python -m pytest"
MUTANTS = "python -m mutants"
# What has to be right by itself may leave no line unrun: a reason stands beside each exception.
COVERAGE = (
    "coverage run -m pytest",
    "coverage report",
    "coverage report --fail-under=100 --include="
    "src/assurance_core/rules/*,src/assurance_core/engine/*,src/assurance_core/lab/*",
)
LINT = ("ruff check", "ruff format --check", "mypy", "lint-imports --no-logo")

OLDEST_PYTHON = (3, 11)
RUN_LOCK = "requirements.lock"
DEV_LOCK = "requirements-dev.lock"
BROWSER_LOCK = "requirements-browser.lock"
LOCKS = (RUN_LOCK, DEV_LOCK, BROWSER_LOCK)  # each has everything that the one before it has

# The benchmarks compare with other people's engines, which stay out of .venv.
BENCH = "python -m benchmarks"
BENCH_LOCK = "requirements-bench.lock"

# What builds and checks a release stays out of .venv as well.
DIST = "python -m release"
DIST_LOCK = "requirements-dist.lock"
# Warnings are errors, so that a link within the pages cannot break unseen.
DOCS = (
    "python -m docs.make",
    "python -m docs.notebook",
    "sphinx-build -W --keep-going --quiet --write-all -b html docs build/docs",
)
DOCS_LOCK = "requirements-docs.lock"
DOCS_PAGES = "build/docs/index.html"

# What the browser tests need besides. On other systems than Debian's, ASSURANCE_BROWSER names an
# installed Chromium.
BROWSER = "ASSURANCE_BROWSER"
BROWSER_PROGRAMS = {"chromium": "chromium", "npm": "npm"}
BROWSER_FONT = ("fonts-liberation", Path("/usr/share/fonts/truetype/liberation"))
AXE = ".browser/node_modules/axe-core/axe.min.js"
AXE_VERSION = "4.14.1"
AXE_SHA256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"

# What the tests in databases and engines need besides: what to look for, and which package has it.
ENGINES = "ASSURANCE_ENGINES"
ENGINES_LOCK = "requirements-engines.lock"
ENGINE_TESTS = "python -m pytest tests/engines"
ENGINE_PROGRAMS = {"java": "default-jre-headless", "soffice": "libreoffice-calc-nogui"}
ENGINE_FILES = {
    "usr/lib/postgresql/*/bin/postgres": "postgresql",
    "usr/lib/python3/dist-packages/uno.py": "python3-uno",
}

# Coverage-guided fuzzing needs atheris, which has wheels for Linux alone.
FUZZ = "python -m tests.fuzz"
FUZZ_LOCK = "requirements-fuzz.lock"

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BENCH_VENV = ROOT / ".venv-bench"
DIST_VENV = ROOT / ".venv-dist"
DOCS_VENV = ROOT / ".venv-docs"
ENGINES_VENV = ROOT / ".venv-engines"
FUZZ_VENV = ROOT / ".venv-fuzz"
VENVS = (VENV, BENCH_VENV, DIST_VENV, DOCS_VENV, ENGINES_VENV, FUZZ_VENV)
# What must not lean on .venv, nor .venv on it: its lock, its environment, its commands.
APART: dict[str, tuple[str, Path, tuple[str, ...]]] = {
    "bench": (BENCH_LOCK, BENCH_VENV, (BENCH,)),
    "dist": (DIST_LOCK, DIST_VENV, (DIST,)),
    "docs": (DOCS_LOCK, DOCS_VENV, DOCS),
    "fuzz": (FUZZ_LOCK, FUZZ_VENV, (FUZZ,)),
    "test-engines": (ENGINES_LOCK, ENGINES_VENV, (ENGINE_TESTS,)),
}
WINDOWS = os.name == "nt"
PROGRAMS = "Scripts" if WINDOWS else "bin"
MADE_HERE = (
    ".browser",
    ".coverage",
    ".hypothesis",
    ".import_linter_cache",
    ".mutants",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    "build",
    "dist",
    "htmlcov",
)

NO_PIP = (
    "This Python has neither pip nor ensurepip. On Debian or Ubuntu, run this line and try again:\n"
    "    sudo apt-get install python3-pip python3-venv"
)


def main() -> int:
    if sys.version_info < OLDEST_PYTHON:
        fail(
            "Python {}.{} or newer is needed; this is {}.{}. If you have a newer one, name it:\n"
            "    python3.11 dev.py demo    or    make demo PYTHON=python3.11".format(
                *OLDEST_PYTHON, *sys.version_info
            )
        )
    parser = argparse.ArgumentParser(prog="dev.py", description="The project's chores.")
    chores = parser.add_subparsers(dest="chore", metavar="CHORE", required=True)
    chores.add_parser("demo", help="compare three rating designs on published scores")
    chores.add_parser("test", help="run the tests; what follows is passed on to pytest")
    chores.add_parser("test-browser", help="open every page in Chromium, which this installs")
    chores.add_parser("test-engines", help="run in databases and clusters, which this installs")
    chores.add_parser("coverage", help="run the tests and see which lines and branches none runs")
    chores.add_parser("bench", help="time it beside other engines; --quick for a smaller run")
    chores.add_parser("dist", help="build what is handed out and try it; --again, --pythons")
    chores.add_parser("docs", help="make the documentation as web pages, in build/docs")
    chores.add_parser("fuzz", help="look for inputs that crash a reader; --seconds 60, targets")
    chores.add_parser("mutants", help="put faults into the code and see which tests notice")
    chores.add_parser("lint", help="check style, types and layers")
    chores.add_parser("setup", help="make .venv ready for work, with the tools for tests")
    chores.add_parser("clean", help="remove .venv and everything else that was made here")
    options, rest = parser.parse_known_args()
    if rest and not options.chore.startswith(("test", "bench", "dist", "fuzz", "mutants")):
        parser.error("{} takes no more arguments: {}".format(options.chore, " ".join(rest)))

    if options.chore == "clean":
        clean()
        return 0
    if options.chore in APART:
        return run_apart(options.chore, rest)
    locks = {"demo": RUN_LOCK, "test-browser": BROWSER_LOCK}
    set_up(locks.get(options.chore, DEV_LOCK))
    if options.chore == "test-browser":
        code = run_apart("docs", [])
        if code:
            return code
        os.environ[BROWSER] = find_browser()
        find_axe()
    commands = {
        "demo": [DEMO.split()],
        "test": [TEST.split() + rest],
        "test-browser": [[*TEST.split(), "tests/browser", *rest]],
        "coverage": [command.split() for command in COVERAGE],
        "mutants": [MUTANTS.split() + rest],
        "lint": [command.split() for command in LINT],
        "setup": [],
    }
    announce = options.chore in ("coverage", "lint")
    return max([run(one, announce) for one in commands[options.chore]], default=0)


def run_apart(chore: str, rest: list[str]) -> int:
    """Run a chore in the environment of its own; the first command that fails is the last."""
    lock, venv, commands = APART[chore]
    # A setting for tests, which slows matrix products down.
    os.environ.pop("OPENBLAS_CORETYPE", None)
    if chore == "test-engines":
        find_engines()
    set_up(lock, (lock,), venv)
    for command in commands:
        code = run(command.split() + rest, venv=venv)
        if code:
            return code
    if chore == "docs":
        print(f"The pages begin at {DOCS_PAGES}", file=sys.stderr)
    return 0


def run(command: list[str], announce: bool = False, venv: Path = VENV) -> int:
    """Run a program of the virtual environment and return its exit code."""
    if announce:
        print("$ " + " ".join(command), file=sys.stderr, flush=True)
    program = str(venv / PROGRAMS / command[0])
    return subprocess.call([program, *command[1:]], cwd=str(ROOT))


# Set-up


def set_up(lock: str, locks: tuple[str, ...] = LOCKS, venv: Path = VENV) -> None:
    """Bring a virtual environment up to date, if it is not."""
    wanted = fingerprint(locks)
    stamp_file = venv / "set-up-stamp"
    stamp = stamp_file.read_text("utf-8").split() if stamp_file.exists() else []
    if stamp[:1] == [wanted] and stamp[1] in locks[locks.index(lock) :]:
        return
    print(f"Setting up {venv.name} ...", file=sys.stderr, flush=True)
    if stamp[:1] != [wanted]:
        remove(venv)
    else:
        stamp_file.unlink()

    pip = find_pip(venv)
    quietly([*pip, "install", "--require-hashes", "-r", lock])
    in_place = [argument for folder in distributions() for argument in ("-e", folder)]
    quietly([*pip, "install", "--no-deps", "--no-build-isolation", *in_place])
    stamp_file.write_text(f"{wanted} {lock}\n", "utf-8")


def fingerprint(locks: tuple[str, ...]) -> str:
    """A hash of everything that set-up depends on."""
    digest = hashlib.sha256()
    digest.update(f"{ROOT} {sys.base_prefix} {sys.version}\n".encode())
    projects = [Path(folder) / "pyproject.toml" for folder in distributions()]
    for path in [*map(Path, locks), *projects]:
        content = hashlib.sha256((ROOT / path).read_bytes()).hexdigest()
        digest.update(f"{path.as_posix()} {content}\n".encode())
    return digest.hexdigest()


def distributions() -> list[str]:
    """The folders to install: the core, then each plugin."""
    plugins = sorted(path.parent for path in ROOT.glob("plugins/*/pyproject.toml"))
    return [".", *("./" + path.relative_to(ROOT).as_posix() for path in plugins)]


def base_python() -> str:
    """The Python to work with: never the one inside .venv, which may be about to go."""
    if Path(sys.prefix).resolve() in [venv.resolve() for venv in VENVS]:
        return str(getattr(sys, "_base_executable", sys.executable))
    return sys.executable


def find_pip(venv: Path) -> list[str]:
    """Make the virtual environment if needed, and return a command that installs into it."""
    python = str(venv / PROGRAMS / ("python.exe" if WINDOWS else "python"))
    if not Path(python).exists():
        quietly([base_python(), "-m", "venv", "--without-pip", str(venv)])
    outside = [base_python(), "-m", "pip", "--python", python]
    inside = [python, "-m", "pip"]
    if works([*outside, "--version"]):
        return outside
    if works([*inside, "--version"]) or works([python, "-m", "ensurepip", "--default-pip"]):
        return inside
    remove(venv)
    fail(NO_PIP)


def works(command: list[str]) -> bool:
    done = subprocess.run(command, cwd=str(ROOT), capture_output=True, check=False)
    return done.returncode == 0


def quietly(command: list[str]) -> None:
    """Run one step of set-up; show what it printed only if it fails."""
    environment = dict(os.environ, PIP_DISABLE_PIP_VERSION_CHECK="1")
    done = subprocess.run(
        command,
        cwd=str(ROOT),
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode:
        sys.stderr.write(done.stdout.decode(errors="replace"))
        fail("Set-up stopped at: " + " ".join(command))


# The browser


def find_browser() -> str:
    """The path of Chromium; on Debian and its like, it is installed if it is missing."""
    if os.environ.get(BROWSER):
        return os.environ[BROWSER]
    missing = [name for program, name in BROWSER_PROGRAMS.items() if not shutil.which(program)]
    package, folder = BROWSER_FONT
    if not folder.is_dir():
        missing.append(package)
    install(missing, "Install these and set {}: {}".format(BROWSER, ", ".join(missing)))
    found = shutil.which("chromium")
    if not found:
        fail("Chromium is not where programs are looked for: set " + BROWSER)
    return found


def install(packages: list[str], otherwise: str) -> None:
    """Install packages of Debian and its like; where that cannot be done, say `otherwise`."""
    if not packages:
        return
    if not shutil.which("apt-get"):
        fail(otherwise)
    as_root = [] if os.name == "nt" or os.geteuid() == 0 else ["sudo"]
    print("Installing {} ...".format(", ".join(packages)), file=sys.stderr, flush=True)
    quietly([*as_root, "apt-get", "update"])
    # Another set-up may be at it: wait for it rather than fail.
    options = ["--yes", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300"]
    quietly([*as_root, "apt-get", "install", *options, *packages])


def find_axe() -> None:
    """Fetch axe-core, which checks pages for barriers, and see that it is the one we know."""
    axe = ROOT / AXE
    if not axe.exists():
        npm = shutil.which("npm") or fail("npm is needed, to fetch axe-core")
        folder = str(axe.parents[2])
        options = ["--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund"]
        quietly([npm, "install", "--prefix", folder, *options, "axe-core@" + AXE_VERSION])
    if hashlib.sha256(axe.read_bytes()).hexdigest() != AXE_SHA256:
        fail(f"{AXE} is not axe-core {AXE_VERSION}: remove it and try again")


# Databases and engines


def find_engines() -> None:
    """See that Java, PostgreSQL and LibreOffice are there; on Debian and its like, install them."""
    missing = [name for program, name in ENGINE_PROGRAMS.items() if not shutil.which(program)]
    root = Path(ROOT.anchor)
    missing += [name for pattern, name in ENGINE_FILES.items() if not [*root.glob(pattern)]]
    install(missing, "Install these and try again: " + ", ".join(missing))
    os.environ[ENGINES] = "1"


# Cleaning


def clean() -> None:
    for name in MADE_HERE:
        for folder in (ROOT, *ROOT.glob("plugins/*")):
            remove(folder / name)
    for top in ("src", "plugins", "tests", "mutants"):
        for folder in list((ROOT / top).rglob("__pycache__")):
            remove(folder)
    remove(ROOT / "__pycache__")
    for venv in VENVS:
        remove(venv)


def remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(str(path))
    elif path.exists():
        path.unlink()


def fail(message: str) -> NoReturn:
    print("dev.py: " + message, file=sys.stderr)
    raise SystemExit(1)


if __name__ == "__main__":
    raise SystemExit(main())
