"""The command `assurance`: each command's module is imported when it is called."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from assurance_core import __version__
from assurance_core.model.errors import AssuranceError, Fault

COMMANDS = {
    "rate": ("rate", "Rate assessments under a design."),
    "explain": ("rate", "Rate one assessment and show why, step by step."),
    "compare": ("compare", "Set designs beside each other on the same assessments."),
    "scorecard": ("scorecard", "Measure designs by the claims of the debate on ratings."),
    "sweep": ("sweep", "Try values of a design, and measure each combination."),
    "paths": ("paths", "What would have to change for another outcome."),
    "noise": ("noise", "How sure? Outcomes if inspectors vary."),
    "audit": ("audit", "Say what a design allows, proved over every profile."),
    "table": ("table", "Write the decision table of a design."),
    "list": ("listing", "List frameworks, designs, patches, crosswalks and data."),
    "show": ("show", "Say a design's rules in plain words, or how two designs differ."),
    "validate": ("validate", "Check documents, or whether published outcomes are reproduced."),
    "replay": ("replay", "Work a receipt out again and check that nothing differs."),
    "check-plugin": ("check_plugin", "Hold a plugin to the conformance kit."),
    "new": ("new", "Write a template to fill in."),
    "serve": ("serve", "Open the workbench: compare and edit designs in a browser."),
    "doctor": ("doctor", "Show versions, plugins, paths and data."),
}
_USAGE_EXIT = 2


class LazyGroup(click.Group):
    """A group whose commands are imported on use, so that help is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of the user's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"assurance_core.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Print the commands from the table above: nothing is imported for it."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; our errors become text on stderr and exit code 2."""
        try:
            return super().invoke(ctx)
        except AssuranceError as error:
            click.echo(str(error), err=True)
            ctx.exit(_USAGE_EXIT)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the nearest command where one is misspelt."""
        from assurance_core.model.errors import nearest

        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise AssuranceError(
                Fault(
                    "unknown-id",
                    "command",
                    f"'{args[0]}'",
                    "a command",
                    nearest(args[0], list(COMMANDS)),
                )
            )
        return super().resolve_command(ctx, args)


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="assurance")
@click.option(
    "--plugins",
    metavar="NAMES",
    help="Load only these plugins (separated by commas); also by ASSURANCE_PLUGINS.",
)
@click.pass_context
def cli(ctx: click.Context, plugins: str | None) -> None:
    """Rate, explain and compare regulators' rating designs.

    Results go to standard output, messages to standard error. Exit codes: 0 done, 1 a check failed,
    2 wrong input or usage.
    """
    ctx.obj = plugins


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        # A locale that is not UTF-8 must not turn a council's name into a crash.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        cli(prog_name="assurance")
    except BrokenPipeError:
        sys.exit(0)
