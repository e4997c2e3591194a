"""What Netlify answers for one site, on the port of `netlify dev`."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.responses import RedirectResponse
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from local.aws import Functions
from local.netlify.client_context import ClientContextBuilder
from local.netlify.gateway import FUNCTIONS_PATH, FunctionGateway
from local.netlify.site import Site
from local.netlify.site_config import SiteConfig
from local.settings import IDENTITY_PATH

DEV_PATH = "/_dev"


def create_app(
    config: SiteConfig,
    functions: Functions,
    function_names: frozenset[str],
    context: ClientContextBuilder,
    identity: ASGIApp,
    dev_pages: ASGIApp,
) -> Starlette:
    """The site of `config`: its functions, its Identity, its files, and our own `/_dev`."""
    gateway = FunctionGateway(functions, function_names, context)
    return Starlette(
        routes=[
            Mount(FUNCTIONS_PATH, app=gateway),
            Mount(IDENTITY_PATH, app=identity),
            Route(DEV_PATH, RedirectResponse(f"{DEV_PATH}/")),
            Mount(DEV_PATH, app=dev_pages),
            Mount("/", app=Site(config, gateway)),
        ]
    )
