"""What a page answers, in every form in which it can be had."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import field, frozen
from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from assurance_core.documents.writer import to_json
from assurance_core.model.errors import AssuranceError, Fault
from assurance_core.report.document import Report

MEDIA = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "yaml": "application/yaml; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
UNKEPT = {"Cache-Control": "no-store"}
"""Said of every answer that can hold what somebody uploaded: browsers keep pages on the disk."""

SAVED = ("csv", "yaml", "html", "xlsx")


@frozen(eq=False)
class Answer:
    """One result; only the form that was asked for is made.

    Attributes:
        page: the page itself.
        json: the same as data.
        report: the same as a report: one HTML file or a workbook.
        texts: further forms as text, by ending: `csv`, `yaml`.
        file_name: what a saved file is called, without its ending.
        status: of the page: 400 where it shows what is wrong with what was entered.
    """

    page: Callable[[], Markup]
    json: Callable[[], Any] | None = None
    report: Callable[[], Report] | None = None
    texts: Mapping[str, Callable[[], str]] = field(factory=dict)
    file_name: str = "assurance"
    status: int = 200


@frozen
class Moved:
    """The same page has another address: nothing is lost."""

    address: str


def respond(answer: Answer | Moved, form: str) -> Response:
    """Return an answer in one form.

    Raises:
        AssuranceError: `unknown-format`, for a form that this page does not have.
    """
    if isinstance(answer, Moved):
        return RedirectResponse(answer.address, status_code=303)
    if form == "page":
        page = str(answer.page())
        return Response(page, answer.status, media_type=MEDIA["html"], headers=UNKEPT)
    content = _made(answer, form)
    headers = dict(UNKEPT)
    if form in SAVED:
        headers["Content-Disposition"] = f'attachment; filename="{answer.file_name}.{form}"'
    return Response(content, media_type=MEDIA[form], headers=headers)


def _made(answer: Answer, form: str) -> str | bytes:
    if form in answer.texts:
        return answer.texts[form]()
    if form == "json" and answer.json:
        return to_json(answer.json())
    if form == "html" and answer.report:
        from assurance_core.report.html import to_html

        return to_html(answer.report())
    if form == "xlsx" and answer.report:
        from assurance_core.report.xlsx import to_xlsx

        return to_xlsx(answer.report())
    has = [*answer.texts, *(["json"] if answer.json else [])]
    has += ["html", "xlsx"] if answer.report else []
    raise AssuranceError(
        Fault(
            "unknown-format",
            "address",
            f".{form}",
            "an ending that this page has",
            f"use one of: {', '.join(sorted(has))}" if has else "leave the ending out",
        )
    )
