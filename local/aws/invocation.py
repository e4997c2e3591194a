"""One invocation of a function: what goes in, what comes out, and the failures Lambda itself names.

The error documents follow the AWS Lambda Developer Guide, "Troubleshoot invocation issues", and
the Runtime Interface Emulator (aws-lambda-runtime-interface-emulator).
"""

from __future__ import annotations

import json
from dataclasses import dataclass

SYNC_PAYLOAD_LIMIT = 6 * 1024 * 1024
"""Bytes of a request or response payload (Lambda quotas, "Invocation payload", synchronous)."""

EVENT_PAYLOAD_LIMIT = 1024 * 1024
"""Bytes of an asynchronous request payload (Lambda quotas, since October 2025)."""

REGION = "us-east-1"
ACCOUNT = "123456789012"
VERSION = "$LATEST"


@dataclass(frozen=True)
class Event:
    """What the runtime client fetches; `deadline_ms` counts from 1970 (UTC)."""

    request_id: str
    payload: bytes
    client_context: str | None
    deadline_ms: int
    function_arn: str


@dataclass(frozen=True)
class Outcome:
    """What the function gave back: its result, or an error document and how it came about."""

    payload: bytes
    function_error: str | None = None


@dataclass(frozen=True)
class Invocation:
    """The answer of an invocation, as the Invoke API reports it; `log_tail` is the last 4 KB."""

    request_id: str
    payload: bytes
    function_error: str | None
    log_tail: bytes
    billed_ms: int
    cold: bool
    status: int = 200

    @property
    def failure(self) -> str:
        """What the function did wrong, in a line for its developer; "" if there was no error."""
        if self.function_error is None:
            return ""
        try:
            error = json.loads(self.payload)
            return f"{error['errorType']}: {error['errorMessage']}"
        except (ValueError, TypeError, KeyError):
            return self.function_error


def function_arn(name: str) -> str:
    return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{name}"


def timed_out(request_id: str, seconds: float) -> Outcome:
    """Answer what a caller is told when the function had to be killed at its timeout."""
    message = f"RequestId: {request_id} Error: Task timed out after {seconds:.2f} seconds"
    return _failure("Sandbox.Timedout", message)


def exited(request_id: str, returncode: int) -> Outcome:
    """Answer what a caller is told when the process ended; a negative `returncode` is a signal."""
    return _failure("Runtime.ExitError", f"RequestId: {request_id} Error: {_ending(returncode)}")


def response_too_large(size: int) -> Outcome:
    message = (
        f"Response payload size ({size} bytes) exceeded maximum allowed payload size"
        f" ({SYNC_PAYLOAD_LIMIT} bytes)."
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
