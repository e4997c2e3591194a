"""Asking an application as Mangum does, without an event."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message

from tests.support.events import LambdaContext


@dataclass
class Answer:
    status: int
    headers: Headers
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


def ask(
    app: ASGIApp,
    method: str,
    path: str,
    *,
    query: str = "",
    headers: dict[str, str] | None = None,
    body: bytes = b"",
    event: dict[str, Any] | None = None,
    context: LambdaContext | None = None,
) -> Answer:
    """The application's answer to one request from 198.51.100.7."""
    named = {"host": "latchkey.example"} | (headers or {})
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "path": path,
        "raw_path": None,
        "root_path": "",
        "scheme": "https",
        "query_string": query.encode(),
        "server": ("latchkey.example", 443),
        "client": ("198.51.100.7", 0),
        "headers": [(name.lower().encode(), value.encode()) for name, value in named.items()],
        "aws.event": event or {},
        "aws.context": context or LambdaContext(),
    }
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    content = b"".join(message.get("body", b"") for message in sent)
    return Answer(sent[0]["status"], Headers(raw=sent[0]["headers"]), content)
