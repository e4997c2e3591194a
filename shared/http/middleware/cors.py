"""Pages of other origins that may call, with cookies."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.types import ASGIApp

_EXPOSED_HEADERS = (
    "ETag",
    "Link",
    "Location",
    "Retry-After",
    "Session-JWT-Max-Age",
    "X-Request-Id",
)


def around(app: ASGIApp, origins: Sequence[str]) -> ASGIApp:
    """Lets pages of these origins call `app` with cookies; none is allowed by default."""
    if not origins:
        return app
    from starlette.middleware.cors import CORSMiddleware  # only who needs it pays for its import

    return CORSMiddleware(
        app,
        allow_origins=origins,
        allow_methods=["GET", "POST", "PATCH", "DELETE"],
        allow_headers=["Authorization", "Content-Type", "Idempotency-Key", "If-Match"],
        allow_credentials=True,
        expose_headers=_EXPOSED_HEADERS,
    )
