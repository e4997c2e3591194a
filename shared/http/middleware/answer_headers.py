"""Headers of every answer: no-store, nosniff, X-Request-Id, and session cookies to set or clear."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.http import cookies
from shared.http.call_state import CallState, call_state


class AnswerHeaders:
    """Adds them; cookies are set when Stytch was asked, cleared when the session is over."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        state = call_state(Request(scope))

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Cache-Control", "no-store")
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers["X-Request-Id"] = state.request_id
                for cookie in _session_cookies(state):
                    headers.append("Set-Cookie", cookie)
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _session_cookies(state: CallState) -> list[str]:
    """The `Set-Cookie` headers that change the session's cookies, if something has changed."""
    carrier = Response()
    if state.session_is_over:
        cookies.clear_session(carrier)
    elif state.renewed_session:
        cookies.set_session(carrier, state.renewed_session)
    else:
        return []
    return carrier.headers.getlist("set-cookie")
