"""The Lambda Invoke API, as the AWS SDKs and Latchkey's gateway for Netlify call it.

Source: AWS Lambda API reference, Invoke. Requests need not be signed here, and a failed
asynchronous invocation is not retried; both differ from AWS.
"""

from __future__ import annotations

import base64
import binascii
import re
import uuid

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local.aws.functions import Functions
from local.aws.invocation import VERSION
from local.kit.invocation import (
    CLIENT_CONTEXT_LIMIT,
    PAYLOAD_LIMIT,
    InvalidParameterValue,
    InvalidRequestContent,
    InvokeError,
    RequestTooLarge,
    UnknownFunction,
)
from local.kit.request_body import BodyTooLarge, read_body

# A function's name, partial ARN or ARN, with an optional version or alias.
FUNCTION_NAME = re.compile(
    r"(arn:aws:lambda:[a-z0-9-]+:)?(\d{12}:)?(function:)?(?P<name>[A-Za-z0-9_-]+)"
    r"(:(?P<qualifier>[A-Za-z0-9$_-]+))?"
)


def invoke_api(functions: Functions) -> Starlette:
    """Build the application for the Lambda endpoint (`endpoint_url` of an SDK)."""

    async def endpoint(request: Request) -> Response:
        try:
            return await invoke(request)
        except InvokeError as error:
            return _refusal(error)

    async def invoke(request: Request) -> Response:
        name = _function_name(request)
        payload = await _payload(request)
        match request.headers.get("x-amz-invocation-type", "RequestResponse"):
            case "RequestResponse":
                return await run(request, name, payload)
            case "Event":
                functions.enqueue(name, payload)
                return Response(status_code=202)
            case "DryRun":
                functions.check(name, payload)
                return Response(status_code=204)
            case other:
                raise InvalidParameterValue(f"Unknown invocation type: {other}")

    async def run(request: Request, name: str, payload: bytes) -> Response:
        invocation = await functions.invoke(name, payload, _client_context(request))
        headers = {
            "x-amzn-requestid": invocation.request_id,
            "x-amz-executed-version": VERSION,
        }
        if invocation.function_error is not None:
            headers["x-amz-function-error"] = invocation.function_error
        if request.headers.get("x-amz-log-type") == "Tail":
            headers["x-amz-log-result"] = base64.b64encode(invocation.log_tail).decode()
        return Response(invocation.payload, headers=headers, media_type="application/json")

    path = "/2015-03-31/functions/{name}/invocations"
    return Starlette(routes=[Route(path, endpoint, methods=["POST"])])


def _function_name(request: Request) -> str:
    written = request.path_params["name"]
    match = FUNCTION_NAME.fullmatch(written)
    if match is None:
        raise InvalidParameterValue(f"not the name or ARN of a function: {written}")
    qualifier = match["qualifier"] or request.query_params.get("Qualifier", VERSION)
    if qualifier != VERSION:
        raise UnknownFunction(f"Function not found: {match['name']}:{qualifier}")
    return match["name"]


async def _payload(request: Request) -> bytes:
    try:
        return await read_body(request, PAYLOAD_LIMIT)
    except BodyTooLarge as error:
        raise RequestTooLarge(str(error)) from error


def _client_context(request: Request) -> str | None:
    encoded = request.headers.get("x-amz-client-context")
    if encoded is None:
        return None
    if len(encoded) > CLIENT_CONTEXT_LIMIT:
        raise InvalidRequestContent(
            f"Client context must not exceed {CLIENT_CONTEXT_LIMIT} bytes of base64."
        )
    try:
        return base64.b64decode(encoded, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError) as error:
        raise InvalidRequestContent("Client context must be base64-encoded JSON.") from error


def _refusal(error: InvokeError) -> Response:
    """Return a refusal in the form that the SDKs turn into an exception of the same name."""
    document = {"Type": "User", "Message": str(error), "message": str(error)}
    if error.reason is not None:
        document["Reason"] = error.reason
    headers = {"x-amzn-errortype": error.code, "x-amzn-requestid": str(uuid.uuid4())}
    return JSONResponse(document, error.status, headers)
