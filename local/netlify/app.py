"""What Netlify answers for one site, on the port of `netlify dev`."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.routing import BaseRoute

from local.kit.mount import Mount
from local.netlify.client_context import ClientContextBuilder
from local.netlify.gateway import FUNCTIONS_PATH, FunctionGateway, Functions
from local.netlify.site import Site
from local.netlify.site_config import SiteConfig


def create_app(
    config: SiteConfig,
    functions: Functions,
    function_names: frozenset[str],
    context: ClientContextBuilder,
    other_routes: Sequence[BaseRoute],
) -> Starlette:
    """Build the site of `config`: its functions, its files, and routes that files do not hide."""
    gateway = FunctionGateway(functions, function_names, context)
    return Starlette(
        routes=[
            Mount(FUNCTIONS_PATH, app=gateway),
            *other_routes,
            Mount("/", app=Site(config, gateway)),
        ]
    )
