"""Run the notebook in a clean kernel: python -m docs.notebook, a part of `make docs`.

What the cells print has to be what the notebook holds; `--write` takes it over. Pages that a cell
shows are not kept, as they are long and are made anew by whoever runs the cell.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from traitlets.config import Config

NOTEBOOK = Path(__file__).parent / "notebook.ipynb"
TRANSPORT = "tcp" if os.name == "nt" else "ipc"
"""How cells reach the kernel: privately, where the system has a way."""
KEPT = "text/plain"


def main() -> int:
    """Run every cell, from the first to the last; 1 if one prints something else."""
    parser = argparse.ArgumentParser(prog="python -m docs.notebook", description=__doc__)
    parser.add_argument("--write", action="store_true", help="keep what is printed")
    options = parser.parse_args()
    held = NOTEBOOK.read_text("utf-8")
    found = nbformat.writes(executed(nbformat.reads(held, as_version=4))) + "\n"
    if options.write:
        NOTEBOOK.write_text(found, "utf-8")
    elif found != held:
        print(f"{NOTEBOOK.name} prints something else: python -m docs.notebook --write")
        return 1
    return 0


def executed(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return a notebook with what its cells print now, and nothing of how it was run."""
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"IPYTHONDIR": home, "JUPYTER_RUNTIME_DIR": home}
        settings = Config(KernelManager={"transport": TRANSPORT})
        NotebookClient(notebook, timeout=120, kernel_name="python3", config=settings).execute()
    notebook.metadata = {"kernelspec": notebook.metadata["kernelspec"]}
    for cell in notebook.cells:
        cell.metadata = {}
        for output in cell.get("outputs", ()):
            if "data" in output:
                output.data = {KEPT: output.data[KEPT]}
    return notebook


if __name__ == "__main__":
    raise SystemExit(main())
