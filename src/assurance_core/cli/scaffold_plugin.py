"""A new plugin as files, from the templates in `scaffold/`: it conforms as it stands."""

from __future__ import annotations

import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from assurance_core import __version__
from assurance_core.model.errors import AssuranceError, Fault

_NAME = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
_ENDING = ".jinja"


def plugin_files(name: str) -> dict[str, str]:
    """Return the files of a new plugin: texts by path.

    Args:
        name: such as `toy_rater`; hyphens will do as well.

    Raises:
        AssuranceError: `wrong-type`, for a name that can be none.
    """
    from jinja2 import Environment, StrictUndefined

    if not _NAME.fullmatch(name):
        words = re.findall(r"[a-z0-9]+", name.casefold())
        proposed = "_".join(words).lstrip("0123456789_")
        raise AssuranceError(
            Fault(
                "wrong-type",
                "NAME",
                f"'{name}'",
                "a name of lower-case letters, digits and underscores, such as toy_rater",
                f"write for example '{proposed}'" if proposed else "write it in that form",
            )
        )
    plugin = name.replace("-", "_")
    values = {
        "plugin": plugin,
        "id": plugin.replace("_", "-"),
        "title": plugin.replace("_", " ").capitalize(),
        "package": f"assurance_{plugin}",
        "distribution": f"assurance-{plugin.replace('_', '-')}",
        "core_version": __version__,
    }
    # Texts, not pages: nothing is escaped.
    environment = Environment(undefined=StrictUndefined, keep_trailing_newline=True)
    made = {}
    for path, text in _templates(files("assurance_core.cli") / "scaffold"):
        target = re.sub(r"^src/", f"src/{values['package']}/", path)
        made[target] = environment.from_string(text).render(values)
    return {**made, f"src/{values['package']}/py.typed": ""}


def _templates(folder: Traversable, path: str = "") -> list[tuple[str, str]]:
    found = []
    for one in sorted(folder.iterdir(), key=lambda each: each.name):
        if one.is_dir():
            found += _templates(one, f"{path}{one.name}/")
        elif one.name.endswith(_ENDING):
            found.append((path + one.name.removesuffix(_ENDING), one.read_text("utf-8")))
    return found


def write_files(texts: dict[str, str], folder: Path) -> None:
    """Write files below a new folder.

    Raises:
        AssuranceError: `file`, where the folder holds something or cannot be written.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise AssuranceError(
                Fault(
                    "file",
                    str(folder),
                    "something that is there already",
                    "a folder that is new or empty",
                    "name another with -o",
                )
            )
        for path, text in texts.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise AssuranceError(
            Fault(
                "file",
                str(folder),
                reason,
                "a folder that can be written",
                "check the folder and its rights",
            )
        ) from None
