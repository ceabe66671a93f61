"""A demo plugin, and plugins as a package manager leaves them: metadata and a module."""

import importlib.metadata
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from assurance_core.plugins import hookspecs, loader

_FOLDER = Path(__file__).parent / "bad_inputs" / "base"
BASE = {file.name: file.read_text("utf-8") for file in sorted(_FOLDER.iterdir())}
"""Valid documents by file name, that cases and tests take and change."""

DEMO = {
    "frameworks/demo.yaml": BASE["framework.yaml"],
    "designs/word.yaml": BASE["word.yaml"],
    "designs/new-word.yaml": BASE["new-word.yaml"],
    "patches/half-up.yaml": BASE["patch.yaml"].replace("demo/higher", "demo/installed"),
}
"""What the demo plugin gives."""

GIVES_DOCUMENTS = """
from pathlib import Path
from assurance_core.plugins import hookimpl

@hookimpl
def assurance_documents():
    return Path(__file__).parent / "documents"
"""


def install(
    site: Path,
    name: str,
    documents: Mapping[str, str] | None = None,
    code: str = GIVES_DOCUMENTS,
    version: str = "1.0",
) -> None:
    """Write the distribution `assurance-NAME`, with an entry point NAME, below a folder.

    Args:
        site: the folder, to be put on `sys.path`.
        name: of the plugin.
        documents: texts by path, such as `designs/word.yaml`.
        code: of its module.
        version: of the distribution.
    """
    package = site / f"assurance_{name}"
    (package / "documents").mkdir(parents=True)
    (package / "__init__.py").write_text(code, "utf-8")
    for path, text in (documents or {}).items():
        file = package / "documents" / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    info = site / f"assurance_{name}-{version}.dist-info"
    info.mkdir()
    metadata = f"Metadata-Version: 2.1\nName: assurance-{name}\nVersion: {version}\n"
    (info / "METADATA").write_text(metadata, "utf-8")
    entry = f"[{hookspecs.ENTRY_POINTS}]\n{name} = assurance_{name}\n"
    (info / "entry_points.txt").write_text(entry, "utf-8")


def use_only(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the loader find the plugins below this folder and no others."""

    def entry_points(group: str) -> Iterable[importlib.metadata.EntryPoint]:
        for found in importlib.metadata.distributions(path=[str(site)]):
            yield from found.entry_points.select(group=group)

    monkeypatch.setattr(loader, "entry_points", entry_points)
    monkeypatch.syspath_prepend(site)
    monkeypatch.delenv(loader.ENVIRONMENT, raising=False)
    for name in [one for one in sys.modules if one.startswith("assurance_") and "core" not in one]:
        monkeypatch.delitem(sys.modules, name)
