"""Calls of an emulator's API by the local cloud itself, inside the process.

They meet no planned fault: a look at a page must not use one up.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.types import ASGIApp, Message

from local.kit.people import PeopleError

OWN_CALL = "latchkey.own_call"  # in the scope, where no request from outside can put it


async def own_call(
    app: ASGIApp,
    method: str,
    path: str,
    headers: Mapping[str, str],
    body: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the JSON object of the answer; raises PeopleError for an error of the caller's."""
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [
            (b"host", b"localhost"),
            (b"content-type", b"application/json"),
            *((name.lower().encode(), value.encode()) for name, value in headers.items()),
        ],
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 0),
        OWN_CALL: True,
    }
    payload = b"" if body is None else json.dumps(body).encode()
    answer = bytearray()
    status = 0

    async def receive() -> Message:
        return {"type": "http.request", "body": payload, "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]
        else:
            answer.extend(message.get("body", b""))

    await app(scope, receive, send)
    document: dict[str, Any] = json.loads(answer or b"{}")
    if status >= HTTPStatus.BAD_REQUEST and status != HTTPStatus.NOT_FOUND:
        raise PeopleError(_words(document))
    return document


def _words(document: Mapping[str, Any]) -> str:
    """The message in the form of either provider."""
    return str(document.get("error_message") or document.get("msg") or "It was refused.")
