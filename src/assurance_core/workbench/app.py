"""The routes of the workbench, and how a request becomes an answer."""

from __future__ import annotations

import logging
import os
from collections.abc import Awaitable, Callable, Collection
from importlib.resources import files

from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assurance_core.model.errors import AssuranceError
from assurance_core.plugins import Registry
from assurance_core.report.templating import stylesheet
from assurance_core.workbench.answer import Answer, Moved, respond
from assurance_core.workbench.asked import Asked, checked_values
from assurance_core.workbench.errors import failure, fault_page, plain_page
from assurance_core.workbench.pages.body import body_page
from assurance_core.workbench.pages.compare import compare_page, first_page
from assurance_core.workbench.pages.data import all_data_page, data_page
from assurance_core.workbench.pages.design import design_page, designs_page, scorecard_page
from assurance_core.workbench.pages.edit import edit_page
from assurance_core.workbench.pages.upload import UploadTooLargeError, read_upload, upload_page
from assurance_core.workbench.security import HEADERS, LOOPBACK, refusal
from assurance_core.workbench.site import Site

Page = Callable[[Site, Asked], Answer | Moved]
Endpoint = Callable[[Request], Awaitable[Response]]

PAGES: dict[str, Page] = {
    "/": first_page,
    "/compare": compare_page,
    "/edit": edit_page,
    "/body": body_page,
    "/designs": designs_page,
    "/scorecard": scorecard_page,
    "/data": all_data_page,
    "/upload": upload_page,
}
"""Every page by its path; each has other forms of itself behind an ending, as in /compare.json."""

NAMED_PAGES: dict[str, Page] = {"/designs": design_page, "/data": data_page}
"""Pages about one thing, whose id follows the path: /designs/ID."""

FORMS = ("json", "csv", "yaml", "html", "xlsx")

_LOG = logging.getLogger(__name__)


def make_app(registry: Registry, hosts: Collection[str] = LOOPBACK) -> Starlette:
    """Return the workbench as an ASGI application.

    Args:
        registry: what the plugins give.
        hosts: the names under which it may be called; empty allows any.
    """
    site = Site(registry)
    # More at a time than the machine has processors would be no quicker, and hold more memory.
    workers = CapacityLimiter((os.cpu_count() or 1) + 1)

    def endpoint(page: Page, form: str = "page") -> Endpoint:
        return _endpoint(site, page, form, workers)

    routes = [
        Route("/static/workbench.css", _style),
        Route("/upload", _uploader(site), methods=["POST"]),
    ]
    for path, page in PAGES.items():
        routes.append(Route(path, endpoint(page)))
        if path != "/":
            routes += [Route(f"{path}.{form}", endpoint(page, form)) for form in FORMS]
    for path, page in NAMED_PAGES.items():
        named = f"{path}/{{name:path}}"
        routes += [Route(f"{named}.{form}", endpoint(page, form)) for form in FORMS]
        routes.append(Route(named, endpoint(page)))
    return Starlette(
        routes=routes,
        middleware=[Middleware(Guard, hosts=hosts)],
        exception_handlers={HTTPException: _http_error, AssuranceError: _fault_error},
    )


def _endpoint(site: Site, page: Page, form: str, workers: CapacityLimiter) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        values = checked_values(request.query_params.multi_items())
        path = request.url.path.removesuffix(f".{form}")
        asked = Asked(path, form, values, request.path_params.get("name", ""))
        return await to_thread.run_sync(_answer, site, page, asked, limiter=workers)

    return endpoint


def _answer(site: Site, page: Page, asked: Asked) -> Response:
    try:
        return respond(page(site, asked), asked.form)
    except AssuranceError as error:
        return fault_page(error, asked.form)


def _uploader(site: Site) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        try:
            moved = await read_upload(site, request)
        except UploadTooLargeError as error:
            return fault_page(error, "page", 413)
        except AssuranceError as error:
            return fault_page(error, "page", 422)
        return RedirectResponse(moved.address, status_code=303)

    return endpoint


async def _style(_request: Request) -> Response:
    own = (files("assurance_core.workbench") / "static" / "workbench.css").read_text("utf-8")
    return Response(
        f"{stylesheet()}\n{own}",
        media_type="text/css; charset=utf-8",
        headers={"Cache-Control": "no-cache"},
    )


async def _http_error(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return plain_page(status)


async def _fault_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, AssuranceError)
    return fault_page(error, "page")


class Guard:
    """Refuses what `security` refuses, adds its headers, and turns a crash into a page."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def send_guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = [(key.lower().encode(), value.encode()) for key, value in HEADERS.items()]
                message = {**message, "headers": [*message["headers"], *headers]}
            await send(message)

        request = Request(scope)
        status, why = refusal(scope["method"], request.headers, self._hosts)
        if status:
            await plain_page(status, why)(scope, receive, send_guarded)
            return
        try:
            await self._app(scope, receive, send_guarded)
        except Exception:
            _LOG.exception("The workbench could not answer %s", scope["path"])
            if started:
                raise
            await failure()(scope, receive, send_guarded)
