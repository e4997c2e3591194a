"""The emulator as one ASGI application: the routes of Stytch's consumer API."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route, Router

from local.kit.admin import control_routes
from local.kit.clock import Clock
from local.kit.faults import InjectFaults
from local.kit.mount import Mount
from local.kit.outbox import Outbox
from local.kit.store import Store
from local.stytch.admin import CONTROLS
from local.stytch.authentication import RequireCredentials
from local.stytch.config import StytchConfig
from local.stytch.endpoints import email_links, magic_links, project, sessions, users
from local.stytch.front_end.app import FRONT_END_PATH, front_end_routes
from local.stytch.front_end.cors import LetPagesRead
from local.stytch.replies import HANDLERS, error_response
from local.stytch.state.state import open_state

PUBLIC_ROUTES = [Route("/v1/sessions/jwks/{project_id}", project.jwks)]
ROUTES = [
    Route("/magic_links/email/login_or_create", email_links.login_or_create, methods=["POST"]),
    Route("/magic_links/email/send", email_links.send, methods=["POST"]),
    Route("/magic_links/email/invite", email_links.invite, methods=["POST"]),
    Route("/magic_links/email/revoke_invite", email_links.revoke_invite, methods=["POST"]),
    Route("/magic_links/authenticate", magic_links.authenticate, methods=["POST"]),
    Route("/sessions/authenticate", sessions.authenticate, methods=["POST"]),
    Route("/sessions/revoke", sessions.revoke, methods=["POST"]),
    Route("/sessions", sessions.list_sessions),
    Route("/users/search", users.search, methods=["POST"]),
    Route("/users/{user_id}", users.read_user),
    Route("/users/{user_id}", users.update_user, methods=["PUT"]),
    Route("/users/{user_id}", users.delete_user, methods=["DELETE"]),
    Route("/debug/whoami", project.whoami),
]


def create_app(config: StytchConfig, store: Store, outbox: Outbox, clock: Clock) -> Starlette:
    """Build the application of one project; its state is in the store's collections `stytch_…`."""
    state = open_state(config, store, outbox, clock)
    private_routes = Mount(
        "/v1",
        app=Router(ROUTES, redirect_slashes=False),
        middleware=[Middleware(RequireCredentials, config=config)],
    )
    app = Starlette(
        routes=[
            *control_routes(CONTROLS),
            *PUBLIC_ROUTES,
            *front_end_routes(config),
            private_routes,
        ],
        exception_handlers=HANDLERS,
        middleware=[
            Middleware(LetPagesRead, path=FRONT_END_PATH),
            Middleware(InjectFaults, faults=state.faults, error_response=error_response),
        ],
    )
    app.router.redirect_slashes = False
    app.state.emulator = state
    return app
