"""Tests in databases and engines. `make test-engines` installs what they need and runs them.

`make test` needs Python only and leaves this folder out. Nothing here is ever skipped: where an
engine is asked for and missing, the tests fail.
"""

from __future__ import annotations

import os

# Doctests are looked for in every module: the helpers need what is not installed either, and the
# one that runs within LibreOffice its own Python.
collect_ignore_glob = ["office_session.py"] if os.environ.get("ASSURANCE_ENGINES") else ["*.py"]
