"""Running `assurance` in tests, and reading its JSON answers with their schemas."""

import json
import os
from collections.abc import Sequence
from functools import cache
from typing import Any
from unittest.mock import patch

from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from assurance_core.cli import context
from assurance_core.cli.main import cli
from assurance_core.documents.schemas import load_schema
from assurance_core.plugins import Registry, load_plugins, loader

CAMDEN = "3,3,4,3,4,4,3,4,4"


def _load_plugins(allow: Sequence[str] | None = None) -> Registry:
    """Load the plugins once for all commands that find the same ones: a registry is a value."""
    names = None if allow is None else tuple(allow)
    return _loaded(names, os.environ.get(loader.ENVIRONMENT), vars(loader)["entry_points"])


@cache
def _loaded(allow: tuple[str, ...] | None, _environment: str | None, _found_by: Any) -> Registry:
    return load_plugins(allow)


def run(*arguments: str, exits: int = 0, stdin: str | None = None) -> Result:
    """Run a command and check its exit code; an error that is not ours is raised."""
    with patch.object(context, "load_plugins", _load_plugins):
        result = CliRunner().invoke(cli, arguments, prog_name="assurance", input=stdin)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert exits == result.exit_code, result.stderr
    return result


def checked(answer: Any) -> Any:
    """Return an answer, or a list of them, that is valid under the schema it names."""
    for one in answer if isinstance(answer, list) else [answer]:
        errors = _validator(one["format"].split("/")[1]).iter_errors(one)
        assert [] == [f"{error.json_path}: {error.message}" for error in errors]
    return answer


@cache
def _validator(name: str) -> Draft202012Validator:
    schema = load_schema(name)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def answer(*arguments: str, exits: int = 0) -> Any:
    """Run a command with --format json and return what it says, checked."""
    return checked(json.loads(run(*arguments, "--format", "json", exits=exits).stdout))


def text(*arguments: str, exits: int = 0) -> str:
    """Run a command and return its text."""
    return run(*arguments, exits=exits).stdout


def flowing(*arguments: str, exits: int = 0) -> str:
    """Run a command and return its text with every line break taken out."""
    return " ".join(text(*arguments, exits=exits).split())


def refused(*arguments: str) -> str:
    """Run a command that is to be refused: nothing on stdout, exit 2; return the message."""
    result = run(*arguments, exits=2)
    assert "" == result.stdout
    return result.stderr
