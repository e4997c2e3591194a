"""The emulator as one ASGI application: the routes of GoTrue."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from local.identity.authentication import require_admin, require_user
from local.identity.config import IdentityConfig
from local.identity.cors import AllowOrigins
from local.identity.endpoints import account, admin_users, instance, signup, token, verification
from local.identity.replies import HANDLERS, error_response
from local.identity.resource import Resource
from local.identity.state.state import open_state
from local.kit.admin import COMMON_CONTROLS, control_routes
from local.kit.clock import Clock
from local.kit.faults import InjectFaults
from local.kit.outbox import Outbox
from local.kit.store import Store

OWN_ACCOUNT = Resource(require_user, GET=account.read_user, PUT=account.update_user)
ALL_USERS = Resource(require_admin, GET=admin_users.list_users, POST=admin_users.create_user)
ONE_USER = Resource(
    admin_users.require_addressed,
    GET=admin_users.read_user,
    PUT=admin_users.update_user,
    DELETE=admin_users.delete_user,
)
ROUTES = [
    Route("/settings", Resource(GET=instance.settings)),
    Route("/health", Resource(GET=instance.health)),
    Route("/authorize", Resource(GET=instance.authorize)),
    Route("/signup", Resource(POST=signup.signup)),
    Route("/invite", Resource(POST=signup.invite)),
    Route("/token", Resource(POST=token.token)),
    Route("/verify", Resource(POST=verification.verify)),
    Route("/recover", Resource(POST=verification.recover)),
    Route("/logout", Resource(POST=account.logout)),
    Route("/user", OWN_ACCOUNT),
    Route("/user/", OWN_ACCOUNT),
    Route("/user/{rest:path}", Resource(require_user)),
    Route("/admin/users", ALL_USERS),
    Route("/admin/users/", ALL_USERS),
    Route("/admin/users/{user_id}", ONE_USER),
    Route("/admin/{rest:path}", Resource(require_admin)),
]


def create_app(config: IdentityConfig, store: Store, outbox: Outbox, clock: Clock) -> Starlette:
    """Build the application of one site, to be mounted at `/.netlify/identity`.

    Its state is in the store's collections `identity_…`.
    """
    state = open_state(config, store, outbox, clock)
    app = Starlette(
        routes=[*control_routes(COMMON_CONTROLS), *ROUTES],
        exception_handlers=HANDLERS,
        middleware=[
            Middleware(AllowOrigins),
            Middleware(InjectFaults, faults=state.faults, error_response=error_response),
        ],
    )
    app.router.redirect_slashes = False  # GoTrue's router knows no path with one more
    app.state.emulator = state
    return app
