"""The page of commands, from click's own description of them."""

from __future__ import annotations

from collections.abc import Iterator

import click

from assurance_core.cli.main import COMMANDS, cli
from docs.make.markdown import page, table, words

INTRODUCTION = """
Every command and every option, in the order of the work. `assurance COMMAND --help` says the
same.

Results go to standard output, messages to standard error. Exit codes: 0 done, 1 a check failed,
2 wrong input. `--plugins NAMES` before the command, or the environment variable
`ASSURANCE_PLUGINS`, loads only these plugins. `--version` shows the version.

A DESIGN is an id, such as `cqc-la/single-word`, the id of a patch, or a file.
"""


def commands() -> str:
    """Return the page."""
    examples = words("commands")
    context = click.Context(cli, info_name="assurance")
    parts = []
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        for path, one in _with_parts(name, command):
            parts += [f"## {path}", *_describe(path, one), *_example(examples.get(path, ""))]
    return page("Commands", INTRODUCTION, parts)


def _with_parts(path: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    """Go through a command and, of a group, each command in it."""
    yield path, command
    if isinstance(command, click.Group):
        for name, one in sorted(command.commands.items()):
            yield f"{path} {name}", one


def _describe(path: str, command: click.Command) -> Iterator[str]:
    context = click.Context(command, info_name=f"assurance {path}")
    yield f"`{command.get_usage(context).removeprefix('Usage: ')}`".replace("\n", " ")
    yield "\n\n".join(" ".join(one.split()) for one in (command.help or "").split("\n\n"))
    options = [one for one in command.params if isinstance(one, click.Option)]
    if options:
        rows = [
            (" ".join(f"`{name}`" for name in names(one)), _value(one), _help(one))
            for one in options
        ]
        yield table(("option", "value", "what it does"), rows)


def names(option: click.Option) -> list[str]:
    """Return an option as it is typed: each of its names."""
    return [*option.opts, *option.secondary_opts]


def _value(option: click.Option) -> str:
    if option.is_flag:
        return ""
    if isinstance(option.type, click.Choice):
        shown = ", ".join(f"`{one}`" for one in option.type.choices)
    else:
        shown = f"`{option.metavar or option.type.name.upper()}`"
    return shown + ("; may be repeated" if option.multiple else "")


def _help(option: click.Option) -> str:
    return (option.help or "") + (" Required." if option.required else "")


def _example(command: str) -> list[str]:
    return [f"For example `{command}`."] if command else []
