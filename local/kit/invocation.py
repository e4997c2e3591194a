"""One invocation of a Lambda function, as its caller sees it: the answer, or a refusal.

InvokeError, under the names that the AWS SDKs raise
├── UnknownFunction         404 ResourceNotFoundException
├── TooManyRequests         429 TooManyRequestsException
├── RequestTooLarge         413 RequestTooLargeException
├── InvalidRequestContent   400 InvalidRequestContentException
└── InvalidParameterValue   400 InvalidParameterValueException

A function that fails is not refused: its invocation succeeds and has a `function_error`.
Source: AWS Lambda API reference, Invoke.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar

Span = dict[str, Any]

# Bytes of a request or response payload (Lambda quotas, "Invocation payload", synchronous).
PAYLOAD_LIMIT = 6 * 1024 * 1024
# Bytes of the base64 client context (API reference, Invoke, X-Amz-Client-Context).
CLIENT_CONTEXT_LIMIT = 3583


@dataclass
class Phase:
    """A part of an invocation (`cold start`, `run`); times in milliseconds since 1970."""

    name: str
    begun_at: float
    ended_at: float = 0.0

    @property
    def ms(self) -> float:
        return self.ended_at - self.begun_at


class Phases(list[Phase]):
    """The phases that an invocation has gone through so far, in their order."""

    @contextmanager
    def phase(self, name: str) -> Iterator[Phase]:
        """Measure the block."""
        phase = Phase(name, now_ms())
        self.append(phase)
        try:
            yield phase
        finally:
            phase.ended_at = now_ms()


def now_ms() -> float:
    """The machine's time, in milliseconds since 1970."""
    return time.time() * 1000


@dataclass(frozen=True)
class Invocation:
    """Holds the answer of an invocation; `log_tail` is the last 4 KB of the log.

    `spans` are what the function itself has measured (shared/spans.py), if it was asked to.
    """

    request_id: str
    payload: bytes
    function_error: str | None
    log_tail: bytes
    phases: tuple[Phase, ...] = ()
    log_lines: tuple[str, ...] = ()
    spans: tuple[Span, ...] = field(default=(), repr=False)

    @property
    def cold(self) -> bool:
        """Whether a process was started for it."""
        return any(phase.name == "cold start" for phase in self.phases)

    @property
    def failure(self) -> str:
        """Return what the function did wrong, in a line for its developer; "" if nothing."""
        if self.function_error is None:
            return ""
        try:
            error = json.loads(self.payload)
            return f"{error['errorType']}: {error['errorMessage']}"
        except (ValueError, TypeError, KeyError):
            return self.function_error


class InvokeError(Exception):
    """The invocation never reached the function."""

    status: ClassVar[int]
    code: ClassVar[str]
    reason: ClassVar[str | None] = None


class UnknownFunction(InvokeError):
    status = 404
    code = "ResourceNotFoundException"


class TooManyRequests(InvokeError):
    status = 429
    code = "TooManyRequestsException"
    reason = "ReservedFunctionConcurrentInvocationLimitExceeded"


class RequestTooLarge(InvokeError):
    status = 413
    code = "RequestTooLargeException"


class InvalidRequestContent(InvokeError):
    status = 400
    code = "InvalidRequestContentException"


class InvalidParameterValue(InvokeError):
    status = 400
    code = "InvalidParameterValueException"
