"""The routes below `/_dev/`: pages without a script, and the API page, which is Swagger UI."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from local.cloud_summary import Summary
from local.dev_pages.api_page import API_PAGE_POLICY, api_page
from local.dev_pages.health import Health
from local.dev_pages.pages import index_page, outbox_page
from local.kit.outbox import Outbox

STATIC = Path(__file__).with_name("static")
SWAGGER_UI = ("swagger_ui", "static")
PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
}


def create_app(
    summary: Summary, outbox: Outbox, health: Health, api_description: Path
) -> Starlette:
    """Status page, health, the outbox as a page and as data, and an OpenAPI document as a page.

    Swagger UI's files come from the package `swagger_ui`, which is found but never imported: it
    would load Jinja and adapters for web frameworks.
    """

    async def index(_: Request) -> Response:
        return HTMLResponse(index_page(summary, await health.parts()), headers=PAGE_HEADERS)

    async def show_health(_: Request) -> Response:
        parts = await health.parts()
        is_up = all(state == "up" for state in parts.values())
        body = {"status": "up" if is_up else "down", "parts": parts}
        return JSONResponse(body, status_code=200 if is_up else 503)

    async def show_outbox(_: Request) -> Response:
        return HTMLResponse(outbox_page(outbox.newest_first()), headers=PAGE_HEADERS)

    async def outbox_data(_: Request) -> Response:
        return JSONResponse([asdict(mail) for mail in outbox.newest_first()])

    async def show_api(_: Request) -> Response:
        headers = PAGE_HEADERS | {"Content-Security-Policy": API_PAGE_POLICY}
        return HTMLResponse(api_page(), headers=headers)

    async def openapi(_: Request) -> Response:
        return FileResponse(api_description, media_type="application/yaml")

    return Starlette(
        routes=[
            Route("/", index),
            Route("/health", show_health),
            Route("/outbox", show_outbox),
            Route("/outbox.json", outbox_data),
            Route("/api", show_api),
            Route("/openapi.yaml", openapi),
            Mount("/swagger-ui", StaticFiles(packages=[SWAGGER_UI])),
            Mount("/", StaticFiles(directory=STATIC)),
        ]
    )
