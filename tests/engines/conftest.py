"""Tests in databases and engines. `make test-engines` installs what they need and runs them.

`make test` needs Python only and leaves this folder out. Nothing here is ever skipped: where an
engine is asked for and missing, the tests fail.
"""

from __future__ import annotations

import os

collect_ignore_glob = [] if os.environ.get("ASSURANCE_ENGINES") else ["test_*.py"]
