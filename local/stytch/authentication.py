"""HTTP Basic authentication with the project's id and secret (RFC 7617)."""

from __future__ import annotations

import base64
import hmac

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from local.stytch.config import StytchConfig
from local.stytch.errors import ErrorType, StytchError


class RequireCredentials:
    """Middleware that raises `unauthorized_credentials` before the call is read."""

    def __init__(self, app: ASGIApp, config: StytchConfig) -> None:
        self._app = app
        self._expected = base64.b64encode(f"{config.project_id}:{config.secret}".encode())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scheme, _, sent = Headers(scope=scope).get("authorization", "").partition(" ")
        known = hmac.compare_digest(sent.strip().encode(), self._expected)
        if scheme.lower() != "basic" or not known:
            raise StytchError(ErrorType.UNAUTHORIZED_CREDENTIALS)
        await self._app(scope, receive, send)
