"""`/.netlify/functions/<name>`: from an HTTP request to a Lambda invocation, and back."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from local.kit.invocation import (
    PAYLOAD_LIMIT,
    Invocation,
    InvokeError,
    RequestTooLarge,
    TooManyRequests,
)
from local.kit.request_body import BodyTooLarge, read_body
from local.netlify import identity_events
from local.netlify.client_context import ClientContextBuilder, ClientContextTooLarge
from local.netlify.function_event import Event, function_event
from local.netlify.function_result import failure_of, response_of
from local.netlify.problems import (
    BODY_TOO_LARGE,
    FUNCTION_NOT_FOUND,
    FUNCTION_UNAVAILABLE,
    IDENTITY_TOO_LARGE,
    TOO_MANY_REQUESTS,
    GatewayError,
)

FUNCTIONS_PATH = "/.netlify/functions/"

# What netlify/functions/api.js does: the function is chosen by the method. One that no function
# serves is refused by `get`, which knows what each resource allows.
API_SHIM = "api"
API_FUNCTIONS: Mapping[str, str] = {
    "GET": "get",
    "HEAD": "get",
    "POST": "create",
    "PATCH": "update",
    "DELETE": "delete",
}


class Functions(Protocol):
    """Stands for Lambda, as the gateway calls it."""

    async def invoke(self, name: str, payload: bytes, client_context: str | None) -> Invocation:
        """Run a function; raises InvokeError."""


class FunctionGateway:
    """Serves the functions folder as an ASGI app; `answer` serves rewrites that lead there too."""

    def __init__(
        self, functions: Functions, names: frozenset[str], context: ClientContextBuilder
    ) -> None:
        self._functions = functions
        self._names = names
        self._context = context

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self.answer(Request(scope, receive), scope["path"])
        await response(scope, receive, send)

    async def answer(self, request: Request, target: str) -> Response:
        """Call the function that `target` (`/.netlify/functions/<name>[/...]`) names."""
        request_id = str(uuid.uuid4())
        try:
            response = await self._answer(request, target, request_id)
        except GatewayError as refusal:
            response = refusal.problem.response(request_id)
        response.headers["x-nf-request-id"] = request_id
        return response

    async def _answer(self, request: Request, target: str, request_id: str) -> Response:
        name = target.removeprefix(FUNCTIONS_PATH).split("/")[0]
        event = function_event(request, request_id, await _body(request))
        if name == API_SHIM:
            return await self._invoke(_api_function(request), event, self._context_of(request))
        if name in self._names:
            return await self._invoke(name, event, self._context_of(request))
        passed_on = identity_events.passed_on(name, event)
        if passed_on is None or identity_events.FUNCTION not in self._names:
            raise GatewayError(FUNCTION_NOT_FOUND)
        context = self._context.build_for_event(identity_events.form_of(name))
        return await self._invoke(identity_events.FUNCTION, passed_on, context)

    def _context_of(self, request: Request) -> str:
        try:
            return self._context.build(request.headers.get("authorization"))
        except ClientContextTooLarge as error:
            raise GatewayError(IDENTITY_TOO_LARGE) from error

    async def _invoke(self, name: str, event: Event, context: str) -> Response:
        invocation = await self._called(name, json.dumps(event).encode(), context)
        if invocation.function_error:
            raise GatewayError(failure_of(invocation))
        return response_of(invocation.payload)

    async def _called(self, name: str, event: bytes, context: str) -> Invocation:
        try:
            return await self._functions.invoke(name, event, context)
        except TooManyRequests as error:
            raise GatewayError(TOO_MANY_REQUESTS) from error
        except RequestTooLarge as error:
            raise GatewayError(BODY_TOO_LARGE) from error
        except (InvokeError, OSError) as error:
            raise GatewayError(FUNCTION_UNAVAILABLE) from error


def _api_function(request: Request) -> str:
    preflight_for = request.headers.get("access-control-request-method", "")
    method = preflight_for if request.method == "OPTIONS" else request.method
    return API_FUNCTIONS.get(method, "get")


async def _body(request: Request) -> bytes:
    """Return the body; one that is too large is read to its end, or its sender gets no answer."""
    try:
        return await read_body(request, PAYLOAD_LIMIT)
    except BodyTooLarge as error:
        async for _ in request.stream():
            pass
        raise GatewayError(BODY_TOO_LARGE) from error
