"""What this distribution gives: documents only."""

from __future__ import annotations

from pathlib import Path

from assurance_core.plugins import document_folder, hookimpl


@hookimpl
def assurance_documents() -> Path:
    """Return the folder of this plugin's documents."""
    return document_folder("assurance_ofsted_sccif")
