"""The Lambda side of a function: one event in, one result out, whatever the event is."""

from __future__ import annotations

import asyncio
import logging
import math
import re
from collections.abc import Callable
from typing import Any

from mangum import Mangum
from mangum.handlers import APIGateway
from mangum.types import ASGI, LambdaConfig, LambdaContext, Receive, Scope, Send

from shared import log, spans, stopwatch
from shared.http.problems import ProblemResponse, internal_error, problem

Event = dict[str, Any]
Handler = Callable[[Any, LambdaContext], dict[str, Any]]

# What is sent as text: Mangum's own list would send problem+json as base64.
_TEXT_TYPES = ["text/", "application/json", "application/problem+json"]
_WARM_UP_SOURCES = frozenset({"aws.events", "aws.scheduler", "serverless-plugin-warmup"})
_WARM_UP_MEMBERS = frozenset({"ping", "warmer", "warmup"})
_SPLIT_BY_MANGUM = {
    "host": re.compile(r"[A-Za-z0-9._-]+(:\d{1,5})?"),
    "x-forwarded-port": re.compile(r"\d{1,5}"),
    "x-forwarded-proto": re.compile("https?"),
}


def make_handler(app: ASGI) -> Handler:
    """A Lambda handler for the app.

    It accepts HTTP API v2, REST v1 and raw Netlify events. A warm-up ping is answered 200, another
    event that is no request or cannot be read 400, and every exception of ours 500: its caller gets
    a problem document with the request's id, the log one line with the traceback.
    """
    logging.getLogger("mangum").setLevel(logging.ERROR)  # our own log has a line for each request
    loop = asyncio.new_event_loop()  # our own: Mangum's would be lost to any asyncio.run
    asyncio.set_event_loop(loop)
    watched = _WatchedApp(app)
    mangum = Mangum(
        watched, lifespan="off", custom_handlers=[NetlifyEvent], text_mime_types=_TEXT_TYPES
    )

    def handler(event: Any, context: LambdaContext) -> dict[str, Any]:
        if is_warm_up(event):
            return {"statusCode": 200, "body": '{"message": "warm"}'}
        if not is_http(event):
            return _malformed(ValueError("not a request"), context)
        asyncio.set_event_loop(loop)
        watched.reset()
        try:
            with stopwatch.budget(_remaining_ms(context)):
                result = mangum(readable(event), context)
        except Exception as error:
            if not watched.was_called:
                return _malformed(error, context)
            return _failed(watched.failure or error, context)
        return _failed(watched.failure, context) if watched.failure else result

    return spans.reported(handler)


class NetlifyEvent(APIGateway):
    """The raw Netlify event (HandlerEvent of @netlify/functions), which Mangum does not know.

    It is a REST v1 event without the members that name the gateway.
    """

    @classmethod
    def infer(
        cls,
        event: Event,
        context: LambdaContext,  # noqa: ARG003
        config: LambdaConfig,  # noqa: ARG003
    ) -> bool:
        return "httpMethod" in event and "requestContext" not in event

    def __init__(self, event: Event, context: LambdaContext, config: LambdaConfig) -> None:
        source = (event["headers"] or {}).get("x-nf-client-connection-ip")
        gateway = {"resource": "", "requestContext": {"identity": {"sourceIp": source}}}
        super().__init__({**event, **gateway}, context, config)


def is_warm_up(event: object) -> bool:
    """Whether this keeps the function warm: a schedule, a known plugin's ping, or nothing."""
    if not isinstance(event, dict):
        return True
    is_ping = str(event.get("source")) in _WARM_UP_SOURCES or not _WARM_UP_MEMBERS.isdisjoint(event)
    return not event or (is_ping and not is_http(event))


def is_http(event: object) -> bool:
    """Whether this is a request of HTTP API v2, REST v1 or Netlify; a WebSocket's is none."""
    if not isinstance(event, dict):
        return False
    context = event.get("requestContext")
    http = context.get("http") if isinstance(context, dict) else None
    return isinstance(event.get("httpMethod"), str) or isinstance(http, dict)


def readable(event: Event) -> Event:
    """The event with headers that Mangum can read: none missing, none null, a Host it can split.

    What a caller controls in an event can be anything at all.
    """
    headers = {
        name.lower(): str(value)
        for name, value in (event.get("headers") or {}).items()
        if value is not None
    }
    multiple = {
        name.lower(): [str(value) for value in values if value is not None]
        for name, values in (event.get("multiValueHeaders") or {}).items()
        if isinstance(values, list)
    }
    if "cookie" in multiple:  # HTTP/2 may split them (RFC 9113, section 8.2.3)
        multiple["cookie"] = ["; ".join(multiple["cookie"])]
    for name, pattern in _SPLIT_BY_MANGUM.items():
        if not pattern.fullmatch(headers.get(name, "")):
            headers.pop(name, None)
            multiple.pop(name, None)
        elif name in multiple:
            multiple[name] = multiple[name][:1]
    return {**event, "headers": headers, "multiValueHeaders": multiple}


class _WatchedApp:
    """The app as Mangum calls it, which would hide the exceptions of the app: this remembers them.

    What fails before the app is called lies in the event; everything later is our failure.
    """

    def __init__(self, app: ASGI) -> None:
        self._app = app
        self.reset()

    def reset(self) -> None:
        """Forget the last call."""
        self.was_called = False
        self.failure: BaseException | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            f"{scope['path']}{scope['client'][0]}".encode()  # half a surrogate pair is no text
            self.was_called = True
            await self._app(scope, receive, send)
        except BaseException as error:
            self.failure = error


def _remaining_ms(context: LambdaContext) -> float:
    """Milliseconds until Lambda ends the function; a test's context may not know."""
    remaining = getattr(context, "get_remaining_time_in_millis", None)
    return float(remaining()) if remaining else math.inf


def _failed(error: BaseException, context: LambdaContext) -> dict[str, Any]:
    request_id = context.aws_request_id
    log.write(logging.CRITICAL, request_id=request_id, status=500, **log.crash(error))
    return _result(internal_error(request_id))


def _malformed(error: Exception, context: LambdaContext) -> dict[str, Any]:
    request_id = context.aws_request_id
    log.write(logging.WARNING, request_id=request_id, event="malformed", error=type(error).__name__)
    return _result(problem(400, "request_malformed", "The request cannot be read.", request_id))


def _result(response: ProblemResponse) -> dict[str, Any]:
    """A result that API Gateway and Netlify's gateway both understand."""
    return {
        "statusCode": response.status_code,
        "headers": dict(response.headers),
        "body": bytes(response.body).decode(),
        "isBase64Encoded": False,
    }
