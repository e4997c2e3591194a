"""What the Lambda Invoke API refuses, under the names the AWS SDKs raise.

InvokeError
├── UnknownFunction         404 ResourceNotFoundException
├── TooManyRequests         429 TooManyRequestsException
├── RequestTooLarge         413 RequestTooLargeException
├── InvalidRequestContent   400 InvalidRequestContentException
└── InvalidParameterValue   400 InvalidParameterValueException

A function that fails is not here: its invocation succeeds and carries `function_error`.
Source: AWS Lambda API reference, Invoke, section Errors.
"""

from __future__ import annotations

from typing import ClassVar


class InvokeError(Exception):
    """An invocation that never reached the function."""

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
