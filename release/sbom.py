"""The bill of materials: what is handed out and all that it needs, as CycloneDX 1.6 JSON.

It is made from requirements-pyz.lock, which holds each package's version, the hashes of its
archives, and, as comments, who asked for it. So it needs no network, and is the same each time.
"""

from __future__ import annotations

import json
import re
import tomllib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from release import builds

LOCK = "requirements-pyz.lock"
CORE = "assurance-core"
ENTRY = re.compile(r"^([A-Za-z0-9][\w.-]*)==(\S+)(?: ; (.+?))? \\$", re.M)


@dataclass(frozen=True)
class Locked:
    """One package of a lock.

    Attributes:
        name: its name.
        version: its version.
        marker: where it is needed, if not everywhere: python_full_version < '3.12'.
        hashes: the SHA-256 of each of its archives.
        asked_for_by: the packages that need it.
    """

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]
    asked_for_by: tuple[str, ...]

    @property
    def purl(self) -> str:
        """Its package URL, which is its name in the bill."""
        return f"pkg:pypi/{self.name}@{self.version}"


def read_lock(text: str) -> tuple[Locked, ...]:
    """Read a lock written by uv, with hashes and comments that say who asked."""
    starts = [*ENTRY.finditer(text)]
    ends = [one.start() for one in starts[1:]] + [len(text)]
    found = []
    for start, end in zip(starts, ends, strict=True):
        block = text[start.end() : end]
        askers = re.findall(r"^    #   ([a-z][\w.-]*)", block, re.M)
        askers += re.findall(r"^    # via ([a-z][\w.-]*)", block, re.M)
        found.append(
            Locked(
                name=start[1],
                version=start[2],
                marker=start[3] or "",
                hashes=tuple(sorted(re.findall(r"--hash=sha256:([0-9a-f]{64})", block))),
                asked_for_by=tuple(sorted(askers)),
            )
        )
    return tuple(found)


def make(root: Path, wheels: Mapping[str, Path], epoch: int) -> str:
    """Return the bill of materials as JSON text.

    Args:
        root: the repository.
        wheels: our own wheels by the name of the distribution.
        epoch: the time that the bill carries, in seconds since 1970.
    """
    locked = read_lock((root / LOCK).read_text("utf-8"))
    ours = {name: _own(name, root, wheel) for name, wheel in sorted(wheels.items())}
    parts = [
        *(one for name, one in ours.items() if name != CORE),
        *(_component(one) for one in locked),
    ]
    needs: dict[str, list[str]] = {
        ref: [] for ref in [one["bom-ref"] for one in ours.values()] + [one.purl for one in locked]
    }
    core = ours[CORE]["bom-ref"]
    for name, component in ours.items():
        if name != CORE:
            needs[component["bom-ref"]].append(core)
    for one in locked:
        for asker in one.asked_for_by:
            for ref in [core] if asker == CORE else _refs(locked, asker):
                needs[ref].append(one.purl)
    bill: dict[str, Any] = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "lifecycles": [{"phase": "build"}],
            "component": ours[CORE],
        },
        "components": parts,
        "dependencies": [
            {"ref": ref, "dependsOn": sorted(set(on))} for ref, on in sorted(needs.items())
        ],
    }
    # The number has to be new for another bill, and the same for the same one.
    content = json.dumps(bill, sort_keys=True)
    bill["serialNumber"] = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, content)}"
    return json.dumps(bill, indent=2, sort_keys=True) + "\n"


def validate(text: str) -> None:
    """Check a bill against the published schema, which the tools of make dist bring.

    Raises:
        SystemExit: the bill does not fit.
    """
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if fault is not None:
        raise SystemExit(f"The bill of materials does not fit CycloneDX 1.6: {fault}")


def _refs(locked: tuple[Locked, ...], name: str) -> list[str]:
    return [one.purl for one in locked if one.name == name]


def _component(one: Locked) -> dict[str, Any]:
    properties = [{"name": "assurance:hashes", "value": "one for each archive that may be used"}]
    if one.marker:
        properties.append({"name": "assurance:marker", "value": one.marker})
    return {
        "type": "library",
        "bom-ref": one.purl,
        "purl": one.purl,
        "name": one.name,
        "version": one.version,
        "hashes": [{"alg": "SHA-256", "content": each} for each in one.hashes],
        "properties": properties,
    }


def _own(name: str, root: Path, wheel: Path) -> dict[str, Any]:
    folder = root if name == CORE else root / "plugins" / _folder(name)
    project = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"]
    purl = f"pkg:pypi/{name}@{project['version']}"
    return {
        "type": "application" if name == CORE else "library",
        "bom-ref": purl,
        "purl": purl,
        "name": name,
        "version": project["version"],
        "description": project["description"],
        "licenses": [{"license": {"id": project["license"]}}],
        "hashes": [{"alg": "SHA-256", "content": builds.sha256(wheel)}],
    }


def _folder(name: str) -> str:
    return name.removeprefix("assurance-").replace("-", "_")
