"""The application of one function: its routes, and the middleware around them."""

from __future__ import annotations

import gc
from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Route

from shared import log, spans, tls
from shared.auth import auth
from shared.errors import LatchkeyError
from shared.http.call_state import FunctionPath
from shared.http.middleware import cors
from shared.http.middleware.answer_and_log import AnswerAndLog, UnhandledErrors
from shared.http.problems import on_http_exception, on_latchkey_error
from shared.settings.settings import settings


@spans.recorded("init")
def application(function: str, routes: Sequence[Route], default: str | None = None) -> Starlette:
    """The application of `function`; a request for its bare URL is one for `default`.

    Reads the settings, imports what belongs to the site's providers, and makes what the first
    request would wait for: Lambda has more processor for a function while it starts. Raises
    SettingsError where a setting is missing or wrong.
    """
    log.set_level(settings().log_level)
    auth.providers()
    if not settings().database_url.is_local:
        tls.context()
    app = Starlette(
        routes=routes,
        middleware=[
            Middleware(AnswerAndLog, function=function),
            Middleware(FunctionPath, function=function, default=default),
            *cors.middleware(settings().allowed_origins),
            Middleware(UnhandledErrors),
        ],
        exception_handlers={
            LatchkeyError: on_latchkey_error,
            HTTPException: on_http_exception,
        },
    )
    app.router.redirect_slashes = False  # /issues/ is an issue without an id, and there is none
    app.middleware_stack = app.build_middleware_stack()  # now, not during the first request
    gc.freeze()  # what has been imported stays: no collection has to look at it
    gc.enable()
    return app
