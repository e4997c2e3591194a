"""Where a request spends its time: spans, recorded only where somebody has asked for them.

`REPORT_SPANS=on` (the local cloud sets it) or `LOG_LEVEL=DEBUG` in the environment asks. Then a
function marked `@recorded` is measured, and `@reported` writes one line for each invocation.
Otherwise both answer the function itself, so a request costs not one instruction more.

A span names a statement, a method and an address; it never holds a value, a body or a header.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

Span = dict[str, Any]
Details = dict[str, Any]


def are_asked_for() -> bool:
    """Whether the environment asks for spans; it is read when a function is defined."""
    return os.environ.get("REPORT_SPANS") == "on" or os.environ.get("LOG_LEVEL") == "DEBUG"


def recorded(
    kind: str,
    asked: Callable[..., Details] = lambda *_, **__: {},
    answered: Callable[[Any], Details] = lambda _: {},
) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Decorator: each call is a span, with what `asked` and `answered` tell of it.

    `asked` gets the arguments, `answered` the answer. A call that raises has an `error` instead.
    """

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        return _measured(function, kind, asked, answered) if are_asked_for() else function

    return decorate


def reported(handler: Callable[[Any, Any], T]) -> Callable[[Any, Any], T]:
    """Decorator of a Lambda handler: writes the spans of each invocation to standard output."""
    if not are_asked_for():
        return handler
    measured = _measured(handler, "handler", lambda *_: {}, lambda _: {})

    def reporting(event: Any, context: Any) -> T:
        _keep_only_the_start()
        try:
            return measured(event, context)
        finally:
            _report(getattr(context, "aws_request_id", None))

    return reporting


# Those of one invocation: Lambda gives a process one at a time.
_spans: list[Span] = []


def _measured(
    function: Callable[P, T],
    kind: str,
    asked: Callable[..., Details],
    answered: Callable[[Any], Details],
) -> Callable[P, T]:
    @wraps(function)
    def measured(*args: P.args, **kwargs: P.kwargs) -> T:
        span = {"kind": kind, "begun_at": time.time() * 1000, **asked(*args, **kwargs)}
        _spans.append(span)
        begun = time.perf_counter()
        try:
            answer = function(*args, **kwargs)
        except BaseException as error:
            span["error"] = type(error).__name__
            raise
        finally:
            span["ms"] = (time.perf_counter() - begun) * 1000
        span.update(answered(answer))
        return answer

    return measured


def _keep_only_the_start() -> None:
    """Drop what an earlier invocation's thread may have left; the process's own start stays."""
    _spans[:] = [span for span in _spans if span["kind"] == "init"]


def _report(request_id: str | None) -> None:
    """One line, whatever `LOG_LEVEL` is; times in milliseconds, `begun_at` since 1970."""
    line = json.dumps({"level": "DEBUG", "request_id": request_id, "spans": _spans})
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
    _spans.clear()
