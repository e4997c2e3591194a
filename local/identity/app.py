"""The emulator as one ASGI application: the routes of GoTrue."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.endpoints import HTTPEndpoint
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route

from local.identity.config import IdentityConfig
from local.identity.endpoints import account, admin_users, instance, signup, token, verification
from local.identity.replies import HANDLERS, error_response
from local.identity.state.state import open_state
from local.kit.admin import COMMON_CONTROLS, control_routes
from local.kit.clock import Clock
from local.kit.faults import InjectFaults
from local.kit.outbox import Outbox
from local.kit.store import Store


class OwnAccount(HTTPEndpoint):
    get = staticmethod(account.read_user)
    put = staticmethod(account.update_user)


class AllUsers(HTTPEndpoint):
    get = staticmethod(admin_users.list_users)
    post = staticmethod(admin_users.create_user)


class OneUser(HTTPEndpoint):
    get = staticmethod(admin_users.read_user)
    put = staticmethod(admin_users.update_user)
    delete = staticmethod(admin_users.delete_user)


ROUTES = [
    Route("/settings", instance.settings),
    Route("/health", instance.health),
    Route("/authorize", instance.authorize),
    Route("/signup", signup.signup, methods=["POST"]),
    Route("/invite", signup.invite, methods=["POST"]),
    Route("/token", token.token, methods=["POST"]),
    Route("/verify", verification.verify, methods=["POST"]),
    Route("/recover", verification.recover, methods=["POST"]),
    Route("/user", OwnAccount),
    Route("/logout", account.logout, methods=["POST"]),
    Route("/admin/users", AllUsers),
    Route("/admin/users/{user_id}", OneUser),
]

# X-Nf-Client is not in GoTrue's list, but Netlify's clients send it (@netlify/identity 2).
CORS_HEADERS = ["Authorization", "X-JWT-AUD", "X-Use-Cookie", "X-Nf-Client"]


def create_app(config: IdentityConfig, store: Store, outbox: Outbox, clock: Clock) -> Starlette:
    """Build the application of one site, to be mounted at `/.netlify/identity`.

    Its state is in the store's collections `identity_…`.
    """
    state = open_state(config, store, outbox, clock)
    app = Starlette(
        routes=[*control_routes(COMMON_CONTROLS), *ROUTES],
        exception_handlers=HANDLERS,
        middleware=[
            Middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=["GET", "POST", "PUT", "DELETE"],
                allow_headers=CORS_HEADERS,
                allow_credentials=True,
            ),
            Middleware(InjectFaults, faults=state.faults, error_response=error_response),
        ],
    )
    app.state.emulator = state
    return app
