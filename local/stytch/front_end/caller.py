"""Who calls: a page of the project, by its public token, and the person whose session it has."""

from __future__ import annotations

import base64

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from local.kit.store import Document
from local.stytch.config import StytchConfig
from local.stytch.errors import ErrorType, StytchError
from local.stytch.ids import is_id
from local.stytch.state.state import state_of


class RequireOwnPage:
    """Middleware that refuses a wrong public token, and pages that are not the project's.

    The page names its origin in `X-SDK-Parent-Host`; where the browser adds `Origin`, that counts,
    too.
    """

    def __init__(self, app: ASGIApp, config: StytchConfig) -> None:
        self._app = app
        self._config = config

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        check_public_token(_credentials(headers)[0], self._config)
        named = {headers.get(name) for name in ("x-sdk-parent-host", "origin")} - {None}
        if not named or not named.issubset(self._config.authorized_domains):
            raise StytchError(ErrorType.BAD_DOMAIN_FOR_STYTCH_SDK)
        await self._app(scope, receive, send)


def check_public_token(token: str, config: StytchConfig) -> None:
    """Raise `invalid_public_token_id` or `public_token_not_found` for another one's token."""
    if not is_id("public-token", token):
        raise StytchError(ErrorType.INVALID_PUBLIC_TOKEN_ID)
    if token != config.public_token:
        raise StytchError(ErrorType.PUBLIC_TOKEN_NOT_FOUND)


def session_token_of(request: Request) -> str:
    """Return the session token of the page's cookie; raises `user_unauthenticated` without one.

    The SDK sends the public token a second time where it has no session.
    """
    public_token, session_token = _credentials(request.headers)
    if session_token in ("", public_token):
        raise StytchError(ErrorType.USER_UNAUTHENTICATED)
    return session_token


def own_user(request: Request) -> Document:
    """Return the user of the page's session; raises where there is no session, or it is over."""
    state = state_of(request)
    session = state.sessions.find("session_token", session_token_of(request))
    return state.users.find(session["user_id"])


def _credentials(headers: Headers) -> tuple[str, str]:
    """Return both halves of HTTP Basic; raises `unauthorized_credentials` for anything else."""
    scheme, _, sent = headers.get("authorization", "").partition(" ")
    try:
        decoded = base64.b64decode(sent.strip(), validate=True).decode()
    except ValueError:
        decoded = ""
    name, colon, password = decoded.partition(":")
    if scheme.lower() != "basic" or not colon:
        raise StytchError(ErrorType.UNAUTHORIZED_CREDENTIALS)
    return name, password
