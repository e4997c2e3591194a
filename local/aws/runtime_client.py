"""A Lambda runtime client for machines for which AWS's own (`awslambdaric`) has no wheel.

    python -P runtime_client.py package.module.handler

It is run as a file, uses only the standard library, and speaks the same protocol to the address in
AWS_LAMBDA_RUNTIME_API. It ends when nothing answers there, or when its parent process has ended.
Source: AWS Lambda Developer Guide, "Using the Lambda runtime API for custom runtimes".
"""

from __future__ import annotations

import http.client
import importlib
import json
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from typing import Any

PREFIX = "/2018-06-01/runtime"
PARENT_POLL_SECONDS = 0.5

Handler = Callable[[Any, "LambdaContext"], Any]


def main(handler_name: str) -> int:
    """Serve invocations until the Runtime API is gone; 1 when the handler cannot be imported."""
    threading.Thread(target=_watch_parent, args=(os.getppid(),), daemon=True).start()
    runtime = _RuntimeApi(os.environ["AWS_LAMBDA_RUNTIME_API"])
    try:
        handler = _load(handler_name)
    except BaseException as error:  # Lambda is told, whatever the module raises
        document = _init_error(error, handler_name)
        _log_error(document)
        runtime.post("/init/error", document)
        return 1
    try:
        while True:
            _serve_one(runtime, handler)
    except (OSError, http.client.HTTPException):
        return 0


class LambdaContext:
    """Is the second argument of a handler; attributes as in the Developer Guide."""

    def __init__(self, headers: http.client.HTTPMessage) -> None:
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
        self.function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = os.environ["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = os.environ["AWS_LAMBDA_LOG_STREAM_NAME"]
        self.client_context = _client_context(headers.get("Lambda-Runtime-Client-Context"))
        self.identity = CognitoIdentity()
        self._deadline_ms = int(headers["Lambda-Runtime-Deadline-Ms"])

    def get_remaining_time_in_millis(self) -> int:
        return max(0, self._deadline_ms - int(time.time() * 1000))


class ClientContext:
    """Holds what the caller has added; as in AWS's client, other keys are dropped."""

    __slots__ = ("client", "custom", "env")

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.custom = document.get("custom")
        self.env = document.get("env")
        self.client = document.get("client")


class CognitoIdentity:
    """Is always empty: nothing here calls for a Cognito user."""

    cognito_identity_id: str | None = None
    cognito_identity_pool_id: str | None = None


class _RuntimeApi:
    """One kept-alive connection to the Runtime API."""

    def __init__(self, address: str) -> None:
        self._connection = http.client.HTTPConnection(address)

    def next(self) -> tuple[bytes, http.client.HTTPMessage]:
        self._connection.request("GET", f"{PREFIX}/invocation/next")
        response = self._connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise http.client.HTTPException(f"no next event: {response.status}")
        return body, response.headers

    def post(self, path: str, document: object) -> None:
        body = document if isinstance(document, bytes) else json.dumps(document).encode()
        self._connection.request("POST", PREFIX + path, body)
        response = self._connection.getresponse()
        response.read()
        if response.status != 202:
            raise http.client.HTTPException(f"result refused: {response.status}")


def _serve_one(runtime: _RuntimeApi, handler: Handler) -> None:
    payload, headers = runtime.next()
    invocation = f"/invocation/{headers['Lambda-Runtime-Aws-Request-Id']}"
    try:
        result = _marshalled(handler(json.loads(payload), LambdaContext(headers)))
    except Exception as error:
        document = _error_document(error)
        _log_error(document)
        runtime.post(f"{invocation}/error", document)
    else:
        runtime.post(f"{invocation}/response", result)


def _load(handler_name: str) -> Handler:
    module_name, _, function_name = handler_name.rpartition(".")
    handler: Handler = getattr(importlib.import_module(module_name), function_name)
    return handler


def _client_context(header: str | None) -> ClientContext | None:
    if not header:
        return None
    return ClientContext(json.loads(header.encode("latin-1")))  # http.client decodes as Latin-1


def _marshalled(result: object) -> bytes:
    return result if isinstance(result, bytes) else json.dumps(result).encode()


def _init_error(error: BaseException, handler_name: str) -> dict[str, object]:
    document = _error_document(error)
    if isinstance(error, ImportError):
        module_name = handler_name.rpartition(".")[0]
        message = f"Unable to import module '{module_name}': {error}"
        return document | {"errorType": "Runtime.ImportModuleError", "errorMessage": message}
    if isinstance(error, SyntaxError):
        message = f"Syntax error in module '{handler_name.rpartition('.')[0]}': {error}"
        return document | {"errorType": "Runtime.UserCodeSyntaxError", "errorMessage": message}
    return document


def _error_document(error: BaseException) -> dict[str, object]:
    return {
        "errorMessage": str(error),
        "errorType": type(error).__name__,
        "stackTrace": traceback.format_tb(error.__traceback__),
    }


def _log_error(document: Mapping[str, object]) -> None:
    print("[ERROR]", json.dumps(document), flush=True)


def _watch_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(PARENT_POLL_SECONDS)
    os._exit(1)


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    raise SystemExit(main(sys.argv[1]))
