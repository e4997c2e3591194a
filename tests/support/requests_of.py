"""Starlette requests as a route gets them, without a server."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from shared.http.call_state import SCOPE_KEY, CallState


def request_with(
    *,
    method: str = "GET",
    path: str = "/issues",
    query: str = "",
    headers: dict[str, str] | None = None,
    body: bytes = b"",
    path_params: dict[str, Any] | None = None,
    client: tuple[str | None, int] | None = None,
) -> Request:
    """A request; header values are latin-1, as on the wire."""
    named = [(name.lower(), value) for name, value in (headers or {}).items()]
    scope = {
        "type": "http",
        "method": method,
        "scheme": "https",
        "server": ("latchkey.example", 443),
        "path": path,
        "root_path": "",
        "query_string": query.encode("latin-1"),
        "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in named],
        "path_params": path_params or {},
        "client": client,
        SCOPE_KEY: CallState("request-id"),
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    return Request(scope, receive)
