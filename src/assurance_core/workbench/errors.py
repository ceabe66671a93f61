"""Pages that say what is wrong and what to do about it."""

from __future__ import annotations

from http import HTTPStatus

from starlette.responses import Response

from assurance_core.documents.writer import to_json
from assurance_core.model.errors import AssuranceError
from assurance_core.workbench.answer import MEDIA, UNKEPT
from assurance_core.workbench.templating import render_page

_NOT_FOUND = "There is no page at this address. Check it, or begin again from the first page."
_WORDS = {
    404: _NOT_FOUND,
    405: "This address takes no such request.",
}
_UNKNOWN = ("unknown-id",)
_UPLOAD_REFUSED = (413, 422)
_MOST_SHOWN = 100  # A table of the largest size can hold tens of thousands of faults.


def fault_page(error: AssuranceError, form: str, status: int = 0) -> Response:
    """Return the faults, as a page with the first hundred or as JSON with every one.

    Args:
        error: what is wrong.
        form: the form that was asked for.
        status: of the answer; 404 for something unknown and 400 for the rest unless given.
    """
    unknown = all(one.code in _UNKNOWN for one in error.faults)
    code = status or (404 if unknown else 400)
    if form == "json":
        faults = [
            {
                "code": one.code,
                "place": one.place,
                "found": one.found,
                "expected": one.expected,
                "do": one.remedy,
            }
            for one in error.faults
        ]
        answer = to_json({"format": "assurance/faults/1", "faults": faults})
        return Response(answer, code, media_type=MEDIA["json"], headers=UNKEPT)
    page = render_page(
        "fault.html",
        title="There is a problem",
        faults=error.faults[:_MOST_SHOWN],
        more=len(error.faults) - _MOST_SHOWN,
        upload=code in _UPLOAD_REFUSED,
    )
    return Response(str(page), code, media_type=MEDIA["html"], headers=UNKEPT)


def plain_page(status: int, why: str = "") -> Response:
    """Return a page that says one sentence."""
    title = HTTPStatus(status).phrase
    page = render_page("plain.html", title=title, why=why or _WORDS.get(status, title))
    return Response(str(page), status, media_type=MEDIA["html"])


def failure() -> Response:
    """Return the page for a fault of our own; what happened stands in the terminal."""
    return plain_page(
        500,
        "Something in the workbench itself went wrong. The terminal from which it was started says"
        " what; please report it.",
    )
