"""The routes below `/_dev/`; pages without a script, so that they work under any policy."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    Response,
)
from starlette.routing import Route

from local.dev_pages.api_description import ApiDescription
from local.dev_pages.api_page import api_page
from local.dev_pages.health import Health
from local.dev_pages.pages import index_page, outbox_page
from local.outbox import Outbox
from local.summary import Summary

STYLE_SHEET = Path(__file__).with_name("style.css")
PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
}


def create_app(
    summary: Summary, outbox: Outbox, health: Health, api_description: Path
) -> Starlette:
    """Status page, health, the outbox as a page and as data, and an OpenAPI document as a page."""

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

    def show_api(_: Request) -> Response:
        if not api_description.is_file():
            return PlainTextResponse(f"There is no {api_description.name} here.", 404)
        return HTMLResponse(api_page(ApiDescription.read(api_description)), headers=PAGE_HEADERS)

    async def style(_: Request) -> Response:
        return FileResponse(STYLE_SHEET, media_type="text/css")

    return Starlette(
        routes=[
            Route("/", index),
            Route("/health", show_health),
            Route("/outbox", show_outbox),
            Route("/outbox.json", outbox_data),
            Route("/api", show_api),
            Route("/style.css", style),
        ]
    )
