"""What the providers tell of their users: the users table follows them.

POST /webhooks/stytch     Stytch, by signature     200; the user's row is as Stytch says now
POST /webhooks/identity   Identity, by signature   200; likewise, also for its event functions

A route of a provider that the site does not have is 404.
"""

from __future__ import annotations

import logging
from functools import partial

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from shared import log, signup, user_following
from shared.application import application
from shared.auth import auth
from shared.auth.client_context import NetlifyContext
from shared.auth.provider_event import ProviderEvent
from shared.errors import Forbidden
from shared.http import bodies, caller
from shared.lambda_handler import make_handler
from shared.settings.settings import settings

if settings().has_identity:
    from shared.auth import identity_admin, identity_webhook
if settings().has_stytch:
    from shared.auth.stytch import users, webhook


async def stytch_event(request: Request) -> JSONResponse:
    """Ask Stytch about the user whom a signed event names."""
    auth.require("stytch")
    event = webhook.read_event(request.headers, await bodies.read_bytes(request))
    if event is None:
        return _ignored(request)
    user_following.follow(event, users.find)
    return _followed(event)


async def identity_event(request: Request) -> JSONResponse:
    """Ask Identity about the user whom an event names; say whether somebody may sign up."""
    auth.require("netlify")
    context = caller.netlify_context(request)
    event = _read(request, await bodies.read_bytes(request), context)
    if event is None:
        return _ignored(request)
    if event.kind == identity_webhook.SIGN_UP_ASKED:
        _check_welcome(event.email)
    else:
        operator = identity_admin.operator(context)
        user_following.follow(event, partial(identity_admin.find_user, operator))
    return _followed(event)


def _read(request: Request, body: bytes, context: NetlifyContext | None) -> ProviderEvent | None:
    """The event, by the signature that belongs to the way on which it came."""
    match context.identity_event if context else None:
        case "request":
            return identity_webhook.read_event_function(request.headers, body)
        case "hint":
            return identity_webhook.read_hint(body)
    return identity_webhook.read_webhook(request.headers, body)


def _check_welcome(address: str) -> None:
    """Raise Forbidden for a sign-up at Identity that this site does not allow."""
    if not signup.is_welcome("netlify", address):
        raise Forbidden("invite_only", "This site is by invitation; please ask an admin for one.")


def _followed(event: ProviderEvent) -> JSONResponse:
    log.write(logging.INFO, event="webhook", kind=event.kind, principal=event.principal_id)
    return JSONResponse({"message": "success"})


def _ignored(request: Request) -> JSONResponse:
    """The answer to an event that says nothing of our users: it need not come again."""
    log.write(logging.INFO, event="webhook_ignored", path=request.url.path)
    return JSONResponse({"message": "ignored"})


handler = make_handler(
    application(
        "webhook",
        routes=[
            Route("/webhooks/stytch", stytch_event, methods=["POST"]),
            Route("/webhooks/identity", identity_event, methods=["POST"]),
        ],
    )
)
