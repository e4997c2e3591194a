"""The emulator as one ASGI application."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount, Route, Router

from local.clock import Clock
from local.outbox import Outbox
from local.store import Store
from local.stytch.admin import Admin
from local.stytch.config import StytchConfig
from local.stytch.credentials import RequireCredentials
from local.stytch.endpoints.debug import DebugEndpoints
from local.stytch.endpoints.email_links import EmailLinks
from local.stytch.endpoints.magic_links import MagicLinkAuthentication
from local.stytch.endpoints.sessions import SessionEndpoints
from local.stytch.endpoints.users import UserEndpoints
from local.stytch.errors import StytchError
from local.stytch.faults import Faults, InjectFaults
from local.stytch.project import Project, open_project
from local.stytch.replies import Endpoint, on_exception, respond_with


def create_app(config: StytchConfig, store: Store, outbox: Outbox, clock: Clock) -> Starlette:
    """The emulator of one project; its state is in the store's collections `stytch_…`."""
    project = open_project(config, store, outbox, clock)
    faults = Faults(store)
    app = Starlette(
        routes=[
            *Admin(project, faults).routes(),
            _public_route(project),
            _private_routes(project),
        ],
        middleware=[Middleware(InjectFaults, faults=faults)],
        exception_handlers={
            StytchError: on_exception,
            HTTPException: on_exception,
            Exception: on_exception,
        },
    )
    app.router.redirect_slashes = False
    return app


def _public_route(project: Project) -> BaseRoute:
    jwks = SessionEndpoints(project).jwks
    return Route("/v1/sessions/jwks/{project_id}", respond_with(jwks), methods=["GET"])


def _private_routes(project: Project) -> BaseRoute:
    email_links = EmailLinks(project)
    sessions = SessionEndpoints(project)
    users = UserEndpoints(project)
    routes = [
        _route("POST", "/magic_links/email/login_or_create", email_links.login_or_create),
        _route("POST", "/magic_links/email/send", email_links.send),
        _route("POST", "/magic_links/email/invite", email_links.invite),
        _route("POST", "/magic_links/email/revoke_invite", email_links.revoke_invite),
        _route("POST", "/magic_links/authenticate", MagicLinkAuthentication(project).authenticate),
        _route("POST", "/sessions/authenticate", sessions.authenticate),
        _route("POST", "/sessions/revoke", sessions.revoke),
        _route("GET", "/sessions", sessions.get),
        _route("POST", "/users/search", users.search),
        _route("GET", "/users/{user_id}", users.get),
        _route("PUT", "/users/{user_id}", users.update),
        _route("DELETE", "/users/{user_id}", users.delete),
        _route("GET", "/debug/whoami", DebugEndpoints(project).whoami),
    ]
    return Mount(
        "/v1",
        app=Router(routes, redirect_slashes=False),
        middleware=[Middleware(RequireCredentials, config=project.config)],
    )


def _route(method: str, path: str, endpoint: Endpoint) -> Route:
    return Route(path, respond_with(endpoint), methods=[method])
