"""Run commands on documents in a process that notes all that it does: python -m ….reading.

Python tells an audit hook of everything that reaches out of the interpreter: opening a file,
importing, compiling or running code, starting a program, using the network. Each line of standard
input is a list of arguments for `assurance`, in JSON. The program runs each twice: the first time
loads our own code, the second is watched. It prints, for each, what happened that is not harmless.
"""

import contextlib
import io
import json
import os
import sys
from collections.abc import Sequence
from typing import Any

from assurance_core.cli import context
from assurance_core.cli.main import cli
from assurance_core.plugins import load_plugins

# Looking at oneself, and what NumPy and Jinja do without touching anything outside.
HARMLESS = (
    "object.__getattr__",
    "object.__setattr__",
    "object.__delattr__",
    "sys._getframe",
    "builtins.id",
    "code.__new__",
    "array.__new__",
    "gc.",
    "cpython._PySys_ClearAuditHooks",
    "cpython.run_",
)


def main() -> None:
    registry = load_plugins()
    vars(context)["load_plugins"] = lambda _allow=None: registry
    commands: list[list[str]] = [json.loads(line) for line in sys.stdin]
    for command in commands:
        _run(command)
    seen: list[str] = []
    watching = False

    def note(event: str, arguments: Sequence[Any]) -> None:
        if watching and not event.startswith(HARMLESS):
            seen.append(f"{event} {_plain(event, arguments)}")

    sys.addaudithook(note)
    answers = []
    for command in commands:
        seen.clear()
        watching = True
        exit_code = _run(command)
        watching = False
        answers.append({"exit": exit_code, "seen": list(seen)})
    print(json.dumps(answers))


def _run(command: list[str]) -> object:
    silent = io.TextIOWrapper(io.BytesIO(), "utf-8")
    with contextlib.redirect_stdout(silent), contextlib.redirect_stderr(silent):
        try:
            return cli.main(command, prog_name="assurance")
        except SystemExit as ended:
            return ended.code
        except Exception as error:
            return f"{type(error).__name__}: {error}"


def _plain(event: str, arguments: Sequence[Any]) -> str:
    if event == "open":
        return os.path.basename(str(arguments[0]))
    return " ".join(str(one) for one in arguments)[:200]


if __name__ == "__main__":
    main()
