"""The application of one function: its routes, and the middleware around them."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Route

from shared import log, spans
from shared.auth import providers
from shared.errors import LatchkeyError
from shared.http.middleware.answer_headers import AnswerHeaders
from shared.http.middleware.function_path import FunctionPath
from shared.http.middleware.request_log import RequestLog, UnhandledErrors
from shared.http.problems import on_http_exception, on_latchkey_error
from shared.settings.settings import settings

_EXPOSED_HEADERS = (
    "ETag",
    "Link",
    "Location",
    "Retry-After",
    "Session-JWT-Max-Age",
    "X-Request-Id",
)


@spans.recorded("init")
def application(function: str, routes: Sequence[Route], default: str | None = None) -> Starlette:
    """The application of `function`; a request for its bare URL is one for `default`.

    Reads the settings, and imports what belongs to the site's providers; raises SettingsError where
    a setting is missing or wrong.
    """
    log.set_level(settings().log_level)
    providers.modules()
    app = Starlette(
        routes=routes,
        middleware=[
            Middleware(RequestLog, function=function),
            Middleware(FunctionPath, function=function, default=default),
            Middleware(AnswerHeaders),
            *_cors(settings().allowed_origins),
            Middleware(UnhandledErrors),
        ],
        exception_handlers={
            LatchkeyError: on_latchkey_error,
            HTTPException: on_http_exception,
        },
    )
    app.router.redirect_slashes = False  # /issues/ is an issue without an id, and there is none
    app.middleware_stack = app.build_middleware_stack()  # now, not during the first request
    return app


def _cors(origins: Sequence[str]) -> list[Middleware]:
    """Lets pages of these origins call with cookies; none is allowed by default."""
    if not origins:
        return []
    from starlette.middleware.cors import CORSMiddleware  # only who needs it pays for its import

    return [
        Middleware(
            CORSMiddleware,
            allow_origins=origins,
            allow_methods=["GET", "POST", "PATCH", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "Idempotency-Key", "If-Match"],
            allow_credentials=True,
            expose_headers=_EXPOSED_HEADERS,
        )
    ]
