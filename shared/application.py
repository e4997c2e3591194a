"""The application of one function: its routes, and the middleware around them."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.exceptions import HTTPException
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.routing import Route, Router
from starlette.types import ASGIApp

from shared import log, spans, start, tls
from shared.auth import auth
from shared.errors import LatchkeyError
from shared.http.call_state import FunctionPath
from shared.http.middleware import cors
from shared.http.middleware.answer_and_log import AnswerAndLog, UnhandledErrors
from shared.http.problems import on_http_exception, on_latchkey_error
from shared.settings.settings import settings


@spans.recorded("init")
def application(function: str, routes: Sequence[Route], default: str | None = None) -> AnswerAndLog:
    """The application of `function`; a request for its bare URL is one for `default`.

    Its layers are put together here, and not by Starlette's class: that imports a page of HTML for
    unhandled errors, which are answered here, at 0.4 MiB and 1 % of a cold start.

    Reads the settings, imports what belongs to the site's providers, and makes what the first
    request would wait for: Lambda has more processor for a function while it starts. Raises
    SettingsError where a setting is missing or wrong.
    """
    log.set_level(settings().log_level)
    auth.providers()
    if not settings().database_url.is_local:
        tls.context()
    # /issues/ is an issue without an id, and there is none: so no slash is taken away.
    router = Router(routes, redirect_slashes=False)
    answers = {LatchkeyError: on_latchkey_error, HTTPException: on_http_exception}
    layers: ASGIApp = UnhandledErrors(ExceptionMiddleware(router, handlers=answers))
    layers = cors.around(layers, settings().allowed_origins)
    layers = FunctionPath(layers, router, function, default)
    start.end()
    return AnswerAndLog(layers, function)
