"""Refusing writes that another site makes a browser send with our cookies (CSRF).

The rule is the Fetch standard's metadata first, and the Origin header where a browser lacks it. A
client that sends neither is no browser, and nothing attached its cookies for it.
"""

from __future__ import annotations

from starlette.requests import Request

from shared.errors import Forbidden
from shared.settings.settings import Settings

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def refuse_cross_origin(request: Request, settings: Settings) -> None:
    """Raise Forbidden for a write that a page of another origin sent."""
    if request.method in _SAFE_METHODS or _is_our_own(request, settings):
        return
    raise Forbidden("cross_origin", "Another site may not do this in your name.")


def _is_our_own(request: Request, settings: Settings) -> bool:
    origin = request.headers.get("origin")
    if origin in {settings.base_url, *settings.allowed_origins}:
        return True
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    host = request.headers.get("host")
    return origin is None or (bool(host) and origin.partition("://")[2] == host)
