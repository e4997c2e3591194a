"""The description of the API: Swagger UI, from the files that its Python package brings along."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from local.dev_pages.dev_cloud import DevCloud
from local.dev_pages.markup import el, join
from local.dev_pages.page import DevPage, Frame

PATH = "/api"
SWAGGER_UI = ("swagger_ui", "static")
HEAD = join(
    el("link", rel="stylesheet", href="/_dev/swagger-ui/swagger-ui.css"),
    el("link", rel="stylesheet", href="/_dev/api.css"),
    el("script", src="/_dev/swagger-ui/swagger-ui-bundle.js", defer=True),
    el("script", src="/_dev/api.js", type="module"),
)


def routes(cloud: DevCloud, frame: Frame) -> Sequence[BaseRoute]:
    """The page, an empty place that `api.js` fills; the description; Swagger UI's files.

    Those come from the package `swagger_ui`, which is found but never imported: it would load Jinja
    and adapters for web frameworks.
    """

    async def show(_: Request) -> Response:
        return frame.page("API", el("div", id="swagger-ui"), path=PATH, head=HEAD)

    async def description(_: Request) -> Response:
        return FileResponse(cloud.api_description, media_type="application/yaml")

    return [
        Route(PATH, show),
        Route("/openapi.yaml", description),
        Mount("/swagger-ui", StaticFiles(packages=[SWAGGER_UI])),
    ]


PAGE = DevPage("API", PATH, routes)
