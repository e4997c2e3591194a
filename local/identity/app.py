"""The application: GoTrue's routes over one instance."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.endpoints import HTTPEndpoint
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route

from local.clock import Clock
from local.identity import (
    about,
    account,
    admin_audit,
    admin_users,
    faults,
    grants,
    signup,
    verification,
)
from local.identity.config import IdentityConfig
from local.identity.errors import HANDLERS
from local.identity.instance import Instance
from local.outbox import Outbox
from local.store import Store


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


class FaultPlan(HTTPEndpoint):
    post = staticmethod(faults.plan)
    delete = staticmethod(faults.forget)


ROUTES = [
    Route("/settings", about.settings),
    Route("/health", about.health),
    Route("/authorize", about.authorize),
    Route("/signup", signup.signup, methods=["POST"]),
    Route("/invite", signup.invite, methods=["POST"]),
    Route("/token", grants.token, methods=["POST"]),
    Route("/verify", verification.verify, methods=["POST"]),
    Route("/recover", verification.recover, methods=["POST"]),
    Route("/user", OwnAccount),
    Route("/logout", account.logout, methods=["POST"]),
    Route("/admin/audit", admin_audit.list_entries),
    Route("/admin/users", AllUsers),
    Route("/admin/users/{user_id}", OneUser),
    Route(faults.CONTROL, FaultPlan),
]

# X-Nf-Client is not in GoTrue's list, but Netlify's clients send it (@netlify/identity 2).
CORS_HEADERS = ["Authorization", "X-JWT-AUD", "X-Use-Cookie", "X-Nf-Client"]


def create_app(config: IdentityConfig, store: Store, outbox: Outbox, clock: Clock) -> Starlette:
    """The application for one site, to be mounted at `/.netlify/identity`."""
    planned: list[faults.Fault] = []
    app = Starlette(
        routes=ROUTES,
        exception_handlers=HANDLERS,
        middleware=[
            Middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=["GET", "POST", "PUT", "DELETE"],
                allow_headers=CORS_HEADERS,
                allow_credentials=True,
            ),
            Middleware(faults.Faults, planned=planned),
        ],
    )
    app.state.instance = Instance.opened(config, store, outbox, clock)
    app.state.faults = planned
    return app
