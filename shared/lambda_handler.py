"""The Lambda side of a function: one event in, one answer out, whatever the event is."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from mangum import Mangum
from mangum.types import ASGI, LambdaContext

from shared.http.middleware.request_log import log
from shared.http.problems import problem
from shared.lambda_event import is_http, readable
from shared.netlify_event import NetlifyEvent

Handler = Callable[[Any, LambdaContext], dict[str, Any]]

# What is sent as text: Mangum's own list would send problem+json as base64.
_TEXT_TYPES = ["text/", "application/json", "application/problem+json"]


def make_handler(app: ASGI) -> Handler:
    """A Lambda handler for the app.

    It accepts HTTP API v2, REST v1 and raw Netlify events. An event that is no request (a warm-up
    ping) is answered 200, one that cannot be read 400; neither counts as an error of the function.
    """
    loop = asyncio.new_event_loop()  # our own: Mangum's would be lost to any asyncio.run
    asyncio.set_event_loop(loop)
    logging.getLogger("mangum").setLevel(logging.CRITICAL)  # the request log says it all
    mangum = Mangum(
        app,
        lifespan="off",
        custom_handlers=[NetlifyEvent],
        text_mime_types=_TEXT_TYPES,
    )

    def handler(event: Any, context: LambdaContext) -> dict[str, Any]:
        if not is_http(event):
            return {"statusCode": 200, "body": '{"message": "warm"}'}
        asyncio.set_event_loop(loop)
        try:
            return mangum(readable(event), context)
        except Exception as error:
            return _malformed(error, context)

    return handler


def _malformed(error: Exception, context: LambdaContext) -> dict[str, Any]:
    """The application answers its own errors: what is raised out here lies in the event."""
    id = context.aws_request_id
    log(logging.WARNING, request_id=id, event="malformed", error=type(error).__name__)
    answer = problem(400, "request_malformed", "The request cannot be read.", id)
    return {
        "statusCode": answer.status_code,
        "headers": {**answer.headers, "x-request-id": id},
        "body": bytes(answer.body).decode(),
        "isBase64Encoded": False,
    }
