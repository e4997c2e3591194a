"""The `nf_jwt` cookie, set for a request with `X-Use-Cookie` (GoTrue `api/token.go`)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

NAME = "nf_jwt"
FOR_THE_BROWSER_SESSION = "session"

LONG_AGO = "Thu, 01 Jan 1970 00:00:00 GMT"
CLEARED = {"Set-Cookie": f"{NAME}=; Path=/; Expires={LONG_AGO}; Max-Age=0; HttpOnly; Secure"}


def set_when_asked(response: Response, request: Request, token: str, seconds: int) -> None:
    """Set the cookie if `X-Use-Cookie` asks for it.

    Its value `session` asks for one that ends with the browser, any other for `seconds`.
    """
    asked_for = request.headers.get("x-use-cookie", "")
    if not asked_for:
        return
    lifetime = None if asked_for == FOR_THE_BROWSER_SESSION else seconds
    response.set_cookie(
        NAME,
        token,
        max_age=lifetime,
        expires=lifetime,
        path="/",
        secure=True,
        httponly=True,
        samesite=None,
    )
