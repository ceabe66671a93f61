"""Lists to choose from: data and designs, with the one that is chosen."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from assurance_core.workbench.site import Data, Site


@frozen
class Choice:
    """One entry of a list to choose from."""

    value: str
    text: str
    chosen: bool


def data_choices(site: Site, chosen: Data) -> Iterator[Choice]:
    """Go through the installed data and the uploads."""
    for dataset in site.registry.datasets.values():
        yield Choice(dataset.id, dataset.name, dataset.id == chosen.id)
    for upload in site.uploads.listed():
        yield Choice(upload.id, f"{upload.name} (your own data)", upload.id == chosen.id)


def design_choices(site: Site, data: Data, chosen: str) -> dict[str, list[Choice]]:
    """Return the designs that read some data, by framework, and the what-ifs of patches."""
    found: dict[str, list[Choice]] = {}
    readable = site.readable(data)
    for one in readable:
        group = found.setdefault(one.framework.name, [])
        group.append(Choice(one.id, one.name, one.id == chosen))
    ids = {one.id for one in readable}
    patches = [one for one in site.registry.patches.values() if one.applies_to in ids]
    if patches:
        found["What-ifs"] = [Choice(one.id, one.name, one.id == chosen) for one in patches]
    return found
