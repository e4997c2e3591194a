"""The pages below `/_dev/`, what tells them of changes, and their files."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from local.dev_pages import api_page, data, mail, status, webhooks
from local.dev_pages.dev_cloud import DevCloud
from local.dev_pages.faults import pages as faults
from local.dev_pages.forms import refused
from local.dev_pages.page import PAGE_HEADERS, DevPage, Frame
from local.dev_pages.people import pages as people
from local.dev_pages.requests import pages as requests
from local.kit.request_body import BodyTooLarge

STATIC = Path(__file__).with_name("static")

# The navigation, in its order. A new page is a module of its own and an entry here.
PAGES: tuple[DevPage, ...] = (
    requests.PAGE,
    mail.PAGE,
    webhooks.PAGE,
    people.PAGE,
    faults.PAGE,
    data.PAGE,
    api_page.PAGE,
    status.PAGE,
)


def create_app(cloud: DevCloud) -> Starlette:
    """Build the pages of a running local cloud."""
    frame = Frame(cloud, PAGES)
    cloud.book.added = partial(cloud.live.tell, "requests")
    cloud.outbox.sent = partial(cloud.live.tell, "mail")
    cloud.clock.watch(partial(cloud.live.tell, "faults"))
    for emulator in cloud.emulators.values():
        emulator.state.faults.changed = partial(cloud.live.tell, "faults")
        emulator.webhooks.deliveries.changed = partial(cloud.live.tell, "webhooks")

    async def events(_: Request) -> Response:
        stream = cloud.live.stream()
        return StreamingResponse(stream, media_type="text/event-stream", headers=PAGE_HEADERS)

    return Starlette(
        routes=[
            *(route for page in PAGES for route in page.routes(cloud, frame)),
            Route("/events", events),
            Mount("/", StaticFiles(directory=STATIC)),
        ],
        exception_handlers={BodyTooLarge: _too_large},
    )


async def _too_large(_: Request, error: Exception) -> Response:
    return refused(str(error), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
