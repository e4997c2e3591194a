"""The local cloud with GoTrue in the place of its Identity: `python -m …`, like `python -m local`.

GOTRUE_SITE says where it is: `{"url": …, "headers": {…}}`.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from typing import Any

import requests
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from local import __main__ as local_main
from local import identity

SENT_ON = ("authorization", "content-type", "x-use-cookie", "origin")
RETURNED = ("content-type", "set-cookie", "link", "x-total-count")


class Forwarding:
    """In the place of the emulator's app, whose state the local cloud's pages go on to show."""

    def __init__(self, state: Any) -> None:
        self.state = state
        self._site = json.loads(os.environ["GOTRUE_SITE"])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        body = await request.body()
        response = await asyncio.to_thread(self._answer, request, body)
        await response(scope, receive, send)

    def _answer(self, request: Request, body: bytes) -> Response:
        path = request.url.path.removeprefix(request.scope["root_path"])
        sent = {name: request.headers[name] for name in SENT_ON if name in request.headers}
        answer = requests.request(
            request.method,
            f"{self._site['url']}{path}?{request.url.query}",
            data=body,
            headers=sent | self._site["headers"],
            timeout=10,
        )
        returned = {name: answer.headers[name] for name in RETURNED if name in answer.headers}
        return Response(answer.content, answer.status_code, returned)


def main() -> int:
    create_app = identity.create_app

    def create_forwarding_app(*arguments: Any) -> Any:
        return Forwarding(create_app(*arguments).state)

    identity.create_app = create_forwarding_app
    return local_main.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
