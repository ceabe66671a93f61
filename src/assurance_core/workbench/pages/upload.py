"""A table of one's own: read into memory, every fault of it listed by row and column."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from importlib.util import find_spec

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from assurance_core.engine.graph import Leaf
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.model.framework import Framework
from assurance_core.model.scale import Scale
from assurance_core.tables.empty_table import empty_table, judged_by_any
from assurance_core.tables.files import WORKBOOKS
from assurance_core.tables.header import JUDGED
from assurance_core.workbench.answer import Answer, Moved
from assurance_core.workbench.asked import Asked, address
from assurance_core.workbench.pages.studied import usual_data
from assurance_core.workbench.site import Site
from assurance_core.workbench.templating import render_page
from assurance_core.workbench.uploads import MOST_BYTES, MOST_ROWS

_LEVELS_IN_FULL = 12
_ENVELOPE = 10_000  # What a form adds to the file that it sends.


class UploadTooLargeError(AssuranceError):
    """An upload over the limit; what is over it is never read."""


class _InMemory(MultiPartParser):
    """Keeps the whole file in memory: by default one of over a megabyte would go to the disk."""

    spool_max_size = MOST_BYTES + _ENVELOPE


def upload_page(site: Site, asked: Asked) -> Answer:
    """Return the form, with what is held already."""
    frameworks = sorted(site.registry.frameworks.values(), key=lambda one: one.name)
    chosen = asked.one("framework") or _usual_framework(site)
    columns = [(one, _columns(site, one)) for one in frameworks]
    return Answer(
        lambda: render_page(
            "upload.html",
            title="Your own data",
            here="/upload",
            frameworks=frameworks,
            chosen=chosen,
            columns=columns,
            held=site.uploads.listed(),
            most=MOST_BYTES // 1_000_000,
            most_rows=MOST_ROWS,
            workbooks=find_spec("openpyxl") is not None,
            endings=",".join(WORKBOOKS),
        ),
        texts={"csv": lambda: _empty(site, site.registry.framework(chosen))},
        file_name="scores",
    )


def _usual_framework(site: Site) -> str:
    """Return the framework of the data that the first page shows, if there are any."""
    data = usual_data(site)
    return site.registry.datasets[data].framework if data else ""


def _judged(site: Site, framework: Framework) -> dict[str, Leaf]:
    designs = site.registry.designs.values()
    return judged_by_any(designs, framework.id, framework.versions[-1])


def _empty(site: Site, framework: Framework) -> str:
    return empty_table(framework.versions[-1], _judged(site, framework))


def _columns(site: Site, framework: Framework) -> list[tuple[str, str]]:
    """Return what a table's columns are called, and what their cells can say."""
    columns = [(one.name, one.scale) for one in framework.versions[-1].statements]
    columns += [(f"{JUDGED}{key}", one.scale) for key, one in _judged(site, framework).items()]
    return [(name, _levels(scale)) for name, scale in columns]


def _levels(scale: Scale) -> str:
    if len(scale) > _LEVELS_IN_FULL:
        return f"{scale.ids[0]} to {scale.ids[-1]}"
    return ", ".join(scale.ids)


async def read_upload(site: Site, request: Request) -> Moved:
    """Read an uploaded table, and lead to the comparison that it starts.

    Raises:
        UploadTooLargeError: for more than the limit.
        AssuranceError: with every fault of the table.
    """
    content, name, framework_id = await _form(request)
    framework = site.registry.framework(framework_id)
    # Reading takes seconds for the largest table: other pages must not wait for it.
    upload = await run_in_threadpool(site.uploads.add, content, name, framework)
    return Moved(address("/compare", [("data", upload.id)]))


async def _form(request: Request) -> tuple[bytes, str, str]:
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > MOST_BYTES + _ENVELOPE:
        raise _too_large()
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise _no_file()
    parser = _InMemory(
        request.headers, _limited(request), max_files=1, max_fields=4, max_part_size=1_000
    )
    try:
        form = await parser.parse()
    except (MultiPartException, KeyError, UnicodeDecodeError):
        raise _no_file() from None
    try:
        file, framework = form.get("file"), form.get("framework")
        if not isinstance(file, UploadFile) or not file.filename:
            raise _no_file()
        content = await file.read()
    finally:
        await form.close()
    if len(content) > MOST_BYTES:
        raise _too_large()
    return content, file.filename, framework if isinstance(framework, str) else ""


async def _limited(request: Request) -> AsyncGenerator[bytes, None]:
    """Go through what is sent, and stop at the limit."""
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MOST_BYTES + _ENVELOPE:
            raise _too_large()
        yield chunk


def _too_large() -> UploadTooLargeError:
    return UploadTooLargeError(
        Fault(
            "too-large",
            "upload",
            "more than 10 MB",
            "a table of at most 10 MB",
            "check that this is the right file, or split it",
        )
    )


def _no_file() -> AssuranceError:
    return AssuranceError(
        Fault(
            "missing",
            "upload",
            "no file",
            "a CSV file or an Excel workbook",
            "choose a file and send the form again",
        )
    )
