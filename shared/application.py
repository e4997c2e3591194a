"""The application of one function: its routes, and around them what every request gets."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route

from shared.errors import LatchkeyError
from shared.http.middleware.answer_headers import AnswerHeaders
from shared.http.middleware.function_path import Mount
from shared.http.middleware.request_log import RequestLog
from shared.http.middleware.unhandled_errors import UnhandledErrors
from shared.http.problems import on_http_exception, on_latchkey_error
from shared.settings.settings import settings


def application(function: str, routes: Sequence[Route], bare: str | None = None) -> Starlette:
    """The application of `function`; a request for its bare URL is one for the resource `bare`."""
    app = Starlette(
        routes=routes,
        middleware=[
            Middleware(Mount, function=function, bare=bare),
            Middleware(RequestLog, function=function),
            Middleware(AnswerHeaders),
            *_cors(settings().allowed_origins),
            Middleware(UnhandledErrors, function=function),
        ],
        exception_handlers={
            LatchkeyError: on_latchkey_error,
            HTTPException: on_http_exception,
        },
    )
    app.router.redirect_slashes = False  # /issues/ is an issue without an id, and there is none
    return app


def _cors(origins: Sequence[str]) -> list[Middleware]:
    """Lets the pages of other origins call, with their cookies; none is allowed by default."""
    if not origins:
        return []
    return [
        Middleware(
            CORSMiddleware,
            allow_origins=origins,
            allow_methods=["GET", "POST", "PATCH", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "Idempotency-Key"],
            allow_credentials=True,
            expose_headers=["Link", "Location", "Retry-After", "X-Request-Id"],
        )
    ]
