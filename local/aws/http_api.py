"""The HTTP API of template.yaml: API Gateway's routing, events, limits and failures.

One answer says more than API Gateway's: where a function failed, `detail` tells why.

Absent: authorizers, CORS by the API itself (the functions answer for their origins),
throttling, access logs.
"""

from __future__ import annotations

import asyncio
import json

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from local.aws.functions import Functions
from local.aws.http_event import http_event
from local.aws.http_response import http_response, message
from local.aws.http_routes import RouteMatch, RouteTable
from local.aws.template import Template
from local.kit.invocation import Invocation, RequestTooLarge, TooManyRequests
from local.kit.mount import Mount
from local.kit.request_body import BodyTooLarge, read_body

# Bytes of a request (API Gateway quotas for HTTP APIs, "Payload size").
BODY_LIMIT = 10 * 1024 * 1024
# How long an answer may take (API Gateway quotas for HTTP APIs, "Integration timeout"). A function
# that is still running then is ended here; on AWS it goes on until its own timeout.
INTEGRATION_SECONDS = 30.0


def http_api(
    template: Template, functions: Functions, integration_seconds: float = INTEGRATION_SECONDS
) -> Starlette:
    """Build the application for the API's origin."""
    routes = RouteTable(template.routes)

    async def answer(request: Request) -> Response:
        match = routes.match(request.method, request.scope["path"])
        if match is None:
            return message(404, "Not Found")
        try:
            async with asyncio.timeout(seconds_of(match)):
                invocation = await integrate(request, match)
        except (BodyTooLarge, RequestTooLarge):
            return message(413, "Request Entity Too Large")
        except (TimeoutError, TooManyRequests):
            return message(503, "Service Unavailable")
        return _response(invocation)

    def seconds_of(match: RouteMatch) -> float | None:
        return None if functions.is_debugged(match.route.function) else integration_seconds

    async def integrate(request: Request, match: RouteMatch) -> Invocation:
        body = await read_body(request, BODY_LIMIT)
        event = http_event(request, body, match.route.key, match.path_parameters)
        return await functions.invoke(match.route.function, json.dumps(event).encode())

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        response = await answer(Request(scope, receive))
        await response(scope, receive, send)

    return Starlette(routes=[Mount("/", application)])


def _response(invocation: Invocation) -> Response:
    if invocation.function_error is not None:
        return message(500, "Internal Server Error", detail=invocation.failure)
    try:
        return http_response(invocation.payload)
    except (TypeError, ValueError):
        return message(500, "Internal Server Error")
