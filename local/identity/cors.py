"""Calls from a page of another origin, as GoTrue allows them (github.com/rs/cors).

Every origin may call, but as `*`: a browser then gives no answer to a page that calls with
credentials.
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS = frozenset({"GET", "POST", "PUT", "DELETE"})
# X-Nf-Client is not in GoTrue's list, but Netlify's clients send it (@netlify/identity 2).
HEADERS = frozenset(
    {"accept", "authorization", "content-type", "x-jwt-aud", "x-nf-client", "x-use-cookie"}
)
ALLOWED = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Credentials": "true"}


class AllowOrigins:
    """Answers preflights, and lets other answers be read."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        sent = Headers(scope=scope)
        if scope["method"] == "OPTIONS" and "access-control-request-method" in sent:
            await _preflight(sent)(scope, receive, send)
            return
        is_allowed = "origin" in sent and scope["method"] in {*METHODS, "OPTIONS"}

        async def send_readable(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.add_vary_header("Origin")
                if is_allowed:
                    headers.update(ALLOWED)
            await send(message)

        await self._app(scope, receive, send_readable)


def _preflight(sent: Headers) -> Response:
    """Return 204 whatever is asked for; it allows what it names."""
    vary = "Origin, Access-Control-Request-Method, Access-Control-Request-Headers"
    method = sent["access-control-request-method"]
    wanted = sent.get("access-control-request-headers", "")
    names = [name.strip() for name in wanted.split(",")] if wanted else []
    # The Fetch standard sends them in lower case and in order; rs/cors takes nothing else.
    is_allowed = method in METHODS and HEADERS.issuperset(names) and names == sorted(names)
    allowed = {}
    if "origin" in sent and is_allowed:
        allowed = {**ALLOWED, "Access-Control-Allow-Methods": method}
        if wanted:
            allowed["Access-Control-Allow-Headers"] = wanted
    return Response(status_code=204, headers={"Vary": vary, **allowed})
