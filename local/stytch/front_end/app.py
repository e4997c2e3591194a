"""The routes of the front-end API."""

from __future__ import annotations

from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route, Router

from local.kit.mount import Mount
from local.stytch.config import StytchConfig
from local.stytch.front_end import bootstrap, links, person, sessions
from local.stytch.front_end.caller import RequireOwnPage
from local.stytch.front_end.replies import Endpoint, with_schema_errors

FRONT_END_PATH = "/sdk/v1"
CALLS: tuple[tuple[str, str, Endpoint], ...] = (
    ("GET", "/projects/bootstrap/{public_token}", bootstrap.read),
    ("POST", "/magic_links/email/login_or_create", links.login_or_create),
    ("POST", "/magic_links/email/send/primary", links.send_to_known),
    ("POST", "/magic_links/email/send/secondary", links.send_to_own_user),
    ("POST", "/magic_links/authenticate", links.authenticate),
    ("POST", "/sessions/authenticate", sessions.authenticate),
    ("POST", "/sessions/revoke", sessions.revoke),
    ("GET", "/users/me", person.read),
    ("PUT", "/users/me", person.update),
)


def front_end_routes(config: StytchConfig) -> list[BaseRoute]:
    """Return what the application of the project serves below `FRONT_END_PATH`."""
    calls = [
        Route(path, with_schema_errors(endpoint), methods=[method])
        for method, path, endpoint in CALLS
    ]
    return [
        Route(f"{FRONT_END_PATH}/events", bootstrap.note_events, methods=["POST"]),
        Mount(
            FRONT_END_PATH,
            app=Router(calls, redirect_slashes=False),
            middleware=[Middleware(RequireOwnPage, config=config)],
        ),
    ]
