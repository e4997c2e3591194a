"""What every answer carries: never cached, its request's id, and the session's news."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.http.cookies import clear_session, set_session
from shared.http.problems import request_id
from shared.settings.settings import settings


class AnswerHeaders:
    """Adds them; cookies are set when Stytch was asked, cleared when the session is over."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Cache-Control", "no-store")
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers["X-Request-Id"] = request_id(request)
                for cookie in _session_cookies(request):
                    headers.append("Set-Cookie", cookie)
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _session_cookies(request: Request) -> list[str]:
    carrier = Response()
    if getattr(request.state, "session_is_over", False):
        clear_session(carrier, settings())
    elif session := getattr(request.state, "session", None):
        set_session(carrier, session, settings())
    return carrier.headers.getlist("set-cookie")
