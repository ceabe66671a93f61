"""The reference: current, and with an entry for everything that there is."""

import inspect
import re
from importlib import import_module
from pathlib import Path

import attrs
import click
import pytest

import assurance_core
from assurance_core.cli.main import COMMANDS, cli
from assurance_core.documents.schemas import load_schema
from assurance_core.lab.metrics.claims import NAMES
from assurance_core.model.errors import CODES
from assurance_core.plugins import Registry
from assurance_core.rules import BUILT_IN
from assurance_core.tables.header import FIXED, JUDGED
from docs.make.diagnostics import CASES
from docs.make.formats import DERIVED, WRITTEN
from docs.make.keys import key_rows
from docs.make.markdown import words
from docs.make.pages import PAGES
from docs.make.python_names import SECTIONS, VALUES, public
from docs.make.step_kinds import compiled

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
SCHEMAS = sorted(file.name.removesuffix(".schema.json") for file in ROOT.glob("schemas/*.json"))


def _page(name: str) -> str:
    return (DOCS / "reference" / f"{name}.md").read_text("utf-8")


def _headings(name: str) -> list[str]:
    return re.findall(r"^##+ (.+)$", _page(name), re.MULTILINE)


@pytest.mark.parametrize("name", PAGES)
def test_a_made_page_is_current(name: str) -> None:
    """If not: python -m docs.make, and read what changed."""
    assert PAGES[name]() == (DOCS / name).read_text("utf-8")


def test_every_picture_has_a_text_in_its_place() -> None:
    """In every page; one that is not there would be found by `make docs`."""
    pictures = {
        file: re.findall(r"!\[([^\]]*)\]", file.read_text("utf-8")) for file in DOCS.rglob("*.md")
    }
    assert 3 == len(pictures[DOCS / "study.md"])
    assert [] == [file for file, texts in pictures.items() if not all(map(str.strip, texts))]


def _commands() -> dict[str, click.Command]:
    """Every command by its heading; a group's commands behind the group."""
    context = click.Context(cli)
    found = {}
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command
        found[name] = command
        parts = command.commands if isinstance(command, click.Group) else {}
        found |= {f"{name} {part}": one for part, one in sorted(parts.items())}
    return found


def test_every_command_has_a_heading() -> None:
    assert list(_commands()) == _headings("commands")


@pytest.mark.parametrize("name", _commands())
def test_every_option_of_a_command_has_a_row(name: str) -> None:
    section = re.split(r"^## ", _page("commands"), flags=re.MULTILINE)
    (mine,) = [one for one in section if one.startswith(f"{name}\n")]
    options = {
        option
        for one in _commands()[name].params
        if isinstance(one, click.Option)
        for option in (*one.opts, *one.secondary_opts)
    }
    assert options == set(
        re.findall(r"`(-[\w-]+)`", "".join(re.findall(r"^\| `-.*?\|", mine, re.M)))
    )


def test_the_commands_that_have_an_example_exist() -> None:
    assert set() == set(words("commands")) - set(_commands())


def test_every_public_name_has_a_heading() -> None:
    """Of the package, of what plugins use and of their tests; then of what functions give back."""
    expected = []
    for module in SECTIONS:
        expected += [module, *public(module)]
    values = [name for names in VALUES.values() for name in names]
    assert [*expected, "What they give", *values] == _headings("python")
    assert set(assurance_core.__all__) == {*public("assurance_core"), "__version__"}
    assert "`__version__`" in _page("python")


@pytest.mark.parametrize("module", [*SECTIONS, *VALUES])
def test_every_attribute_of_a_public_value_is_described(module: str) -> None:
    for name in VALUES.get(module) or public(module):
        kind = getattr(import_module(module), name)
        if inspect.isclass(kind) and attrs.has(kind):
            listed = re.findall(r"^ +([a-z_, ]+): ", inspect.getdoc(kind) or "", re.MULTILINE)
            described = {one for names in listed for one in names.split(", ")}
            fields = {one.name for one in attrs.fields(kind) if not one.name.startswith("_")}
            assert set() == fields - described, name


def test_every_step_kind_has_a_heading_and_an_example_that_has_it(registry: Registry) -> None:
    assert list(BUILT_IN) == _headings("step-kinds")[1:-1]
    for kind, about in words("step_kinds")["kinds"].items():
        (overall,) = compiled(registry, about["example"]).judgements
        assert kind in {one.kind for one in overall.steps}


def test_every_diagnostic_code_has_a_heading_meaning_example_and_remedy() -> None:
    assert list(CODES) == _headings("diagnostics")
    sections = re.split(r"^## ", _page("diagnostics"), flags=re.MULTILINE)[1:]
    for (code, meaning), section in zip(CODES.items(), sections, strict=True):
        assert section.startswith(f"{code}\n")
        assert meaning.lower() in section.lower()
        assert 1 == section.count("**For example:** ") == section.count("**What to do:** ")


def test_what_is_written_of_a_code_is_about_it() -> None:
    """The printed example of a code has that code, and no code is written of that is gone."""
    written = words("diagnostics")
    assert set(CODES) == set(written)
    for code, about in written.items():
        if "case" in about:
            text = (CASES / f"{about['case']}.yaml").read_text("utf-8")
            assert {code} == set(re.findall(r"error\[([a-z-]+)\]", text))


def test_every_schema_has_a_heading() -> None:
    headings = _headings("formats")
    around = ("What you write", "Columns of a table", "What commands answer")
    assert [*SCHEMAS, *around] == sorted(headings, key=[*SCHEMAS, *around].index)


def test_what_is_written_of_a_key_is_about_one_that_exists() -> None:
    """A key without words cannot be printed; one that is gone must not stay."""
    seen: dict[str, set[str]] = {}
    for name in WRITTEN:
        schema = load_schema(name)
        own = {f"formats {name.removeprefix(DERIVED)}": schema}
        own |= {f"parts {part}": one for part, one in schema.get("$defs", {}).items()}
        for place, one in own.items():
            seen.setdefault(place, set()).update(row[0].strip("`") for row in key_rows(one, {}))
    written = words("keys")
    for place in [f"{kind} {name}" for kind in ("formats", "parts") for name in written[kind]]:
        kind, name = place.split()
        assert set() == set(written[kind][name]) - seen[place]


def test_every_column_of_a_table_is_described() -> None:
    assert [*FIXED, f"{JUDGED}JUDGEMENT", "STATEMENT"] == list(words("keys")["columns"])


def test_every_metric_has_a_heading_and_says_what_it_counts() -> None:
    assert [f"{key}: {name}" for key, name in NAMES.items()] == _headings("scorecard")[1:]
    assert list(NAMES) == list(words("metrics"))
    assert len(NAMES) == _page("scorecard").count("What is counted: ")


def test_every_test_that_the_pages_name_exists() -> None:
    """A promise with its test: a test that was moved must not leave the promise bare."""
    page = (DOCS / "explanation" / "reliability.md").read_text("utf-8")
    named = re.findall(r"`((?:tests|mutants)/[\w/.]*)`", page)
    assert named
    assert [] == [name for name in named if not (ROOT / name).exists()]
