"""The `nf_jwt` cookie, set for a request with `X-Use-Cookie` (GoTrue `api/token.go`)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

NAME = "nf_jwt"
FOR_THE_BROWSER_SESSION = "session"

CLEARED = {"Set-Cookie": f"{NAME}=; Path=/; Max-Age=0; HttpOnly; Secure"}


def set_when_asked(response: Response, request: Request, token: str, seconds: int) -> None:
    """`X-Use-Cookie: session` asks for a cookie that ends with the browser, anything else for
    one that lasts `seconds`."""
    wish = request.headers.get("x-use-cookie", "")
    if not wish:
        return
    lifetime = None if wish == FOR_THE_BROWSER_SESSION else seconds
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
