"""In front of the Stytch emulator: the two routes more by which live suites sign in.

The emulator has no passwords, since Latchkey uses none. Here a link that it mails stands for one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import requests
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, Router

from tests.support.stytch_emulator import PROJECT_ID, SECRET

SENT_ON = ("authorization", "content-type", "content-length")
METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"]
Mailed = Callable[[str], str]


class StytchWithPasswords:
    """`url` is the emulator's; `mailed` gives the token of the newest link to an address."""

    def __init__(self, url: str, mailed: Mailed) -> None:
        self._url = url
        self._mailed = mailed
        self._unused: dict[str, str] = {}

    def app(self) -> Router:
        return Router(
            [
                Route("/v1/passwords/migrate", self._endpoint(self._migrate), methods=["POST"]),
                Route("/v1/passwords/authenticate", self._endpoint(self._enter), methods=["POST"]),
                Route("/{path:path}", self._forward, methods=METHODS),
            ]
        )

    def _endpoint(self, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
        async def endpoint(request: Request) -> Response:
            reply = await run_in_threadpool(answer, await request.json())
            return JSONResponse(reply, reply["status_code"])

        return endpoint

    async def _forward(self, request: Request) -> Response:
        url = f"{self._url}{request.scope['raw_path'].decode()}?{request.url.query}"
        sent = {name: request.headers[name] for name in SENT_ON if name in request.headers}
        body = await request.body()
        answer = await run_in_threadpool(
            requests.request, request.method, url, data=body, headers=sent, timeout=30
        )
        kind = answer.headers.get("content-type")
        return Response(answer.content, answer.status_code, media_type=kind)

    def _migrate(self, body: dict[str, Any]) -> dict[str, Any]:
        mailed = self._mail(body["email"])
        if mailed["status_code"] != requests.codes.ok:
            return mailed
        self._unused[body["email"]] = self._mailed(body["email"])
        metadata = {"trusted_metadata": body.get("trusted_metadata") or {}}
        return mailed | self._call("PUT", f"/v1/users/{mailed['user_id']}", metadata)

    def _enter(self, body: dict[str, Any]) -> dict[str, Any]:
        email = body["email"]
        if email not in self._unused:
            mailed = self._mail(email)
            if mailed["status_code"] != requests.codes.ok:
                return mailed
        terms = {
            "token": self._unused.pop(email, None) or self._mailed(email),
            "session_duration_minutes": body["session_duration_minutes"],
        }
        return self._call("POST", "/v1/magic_links/authenticate", terms)

    def _mail(self, email: str) -> dict[str, Any]:
        return self._call("POST", "/v1/magic_links/email/login_or_create", {"email": email})

    def _call(self, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        url, auth = self._url + path, (PROJECT_ID, SECRET)
        reply: dict[str, Any] = requests.request(
            method, url, json=body, auth=auth, timeout=30
        ).json()
        return reply
