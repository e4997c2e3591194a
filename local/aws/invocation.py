"""What goes into a function and what comes out, and the failures that Lambda itself names.

The error documents follow the AWS Lambda Developer Guide, "Troubleshoot invocation issues", and
the Runtime Interface Emulator (aws-lambda-runtime-interface-emulator).
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from local.kit.invocation import PAYLOAD_LIMIT

REGION = "us-east-1"
ACCOUNT = "123456789012"
VERSION = "$LATEST"


@dataclass(frozen=True)
class Event:
    """Holds what the runtime client fetches; `deadline_ms` counts from 1970 (UTC)."""

    request_id: str
    payload: bytes
    client_context: str | None
    deadline_ms: int
    function_arn: str


@dataclass(frozen=True)
class Outcome:
    """Holds what the function gave back: its result, or an error document and its kind."""

    payload: bytes
    function_error: str | None = None


def function_arn(name: str) -> str:
    return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{name}"


def timed_out(request_id: str, seconds: float) -> Outcome:
    """Return what a caller is told when the function was killed at its timeout."""
    message = f"RequestId: {request_id} Error: Task timed out after {seconds:.2f} seconds"
    return _failure("Sandbox.Timedout", message)


def exited(request_id: str, returncode: int) -> Outcome:
    """Return what a caller is told when the process ended; a negative `returncode` is a signal."""
    return _failure("Runtime.ExitError", exit_message(request_id, returncode))


def exit_message(request_id: str, returncode: int) -> str:
    """Return what Lambda writes to the log when the process ended."""
    return f"RequestId: {request_id} Error: {_ending(returncode)}"


def response_too_large(size: int) -> Outcome:
    message = (
        f"Response payload size ({size} bytes) exceeded maximum allowed payload size"
        f" ({PAYLOAD_LIMIT} bytes)."
    )
    return _failure("Function.ResponseSizeTooLarge", message)


def _ending(returncode: int) -> str:
    if returncode < 0:
        return f"Runtime exited with error: signal: {-returncode}"
    if returncode > 0:
        return f"Runtime exited with error: exit status {returncode}"
    return "Runtime exited without providing a reason"


def _failure(error_type: str, message: str) -> Outcome:
    document = {"errorType": error_type, "errorMessage": message}
    return Outcome(json.dumps(document).encode(), "Unhandled")
