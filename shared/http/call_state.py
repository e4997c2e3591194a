"""The state of a call: its address, and what becomes known while it is answered.

The middleware `AnswerAndLog` creates the state, `FunctionPath` finds out the address; everything
inside reads the state and changes it.
"""

from __future__ import annotations

import re
from typing import cast
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.routing import Router
from starlette.types import ASGIApp, Receive, Scope, Send

from shared.auth.credentials import Session
from shared.auth.principal import Principal

SCOPE_KEY = "latchkey.call"
_PREFIX = re.compile(
    r"(?P<base>(?:/[A-Za-z0-9$_.-]+)*?)(?:/\.netlify/functions/[A-Za-z0-9_-]+|/api)(?=/|$)"
)


class CallState:
    """One request's address, principal, failure, and the news about its session cookies.

    `base_path` is what stands in front of `/api` in public addresses; `hidden_stage` is the part of
    it that the path of the event does not show. `is_bare` says that the bare function was called.
    """

    base_path = ""
    hidden_stage = ""
    is_bare = False
    principal: Principal | None = None
    code: str | None = None
    cause: str | None = None
    crash: BaseException | None = None
    renewed_session: Session | None = None
    session_is_over = False

    def __init__(self, request_id: str) -> None:
        self.request_id = request_id


def call_state(request: Request) -> CallState:
    """The state of the request."""
    return cast(CallState, request.scope[SCOPE_KEY])


def keep_session(request: Request, session: Session) -> None:
    """Set the session's cookies in the answer."""
    call_state(request).renewed_session = session


def end_session(request: Request) -> None:
    """Clear the session's cookies in the answer."""
    call_state(request).session_is_over = True


def address_of(request: Request, resource: str) -> str:
    """The address of a resource such as `/issues/7`, without scheme and host, for the caller.

    What stands in front of a path (an API Gateway stage, the key of a custom domain's mapping) is
    part of the address, whether or not the event shows it.
    """
    return quote(f"{call_state(request).base_path}/api{resource}")


def same_address_with(request: Request, **query: str) -> str:
    """This request's own address, with these parameters in its query instead of its own.

    A session token in the query is left out: an answer never repeats one.
    """
    path = quote(f"{call_state(request).hidden_stage}{request.scope['path']}")
    own = {name: value for name, value in request.query_params.items() if name != "token"}
    return f"{path}?{urlencode(own | query)}"


class FunctionPath:
    """Prepares the scope for `router`, and turns the bare function into a request for `default`.

    This is the one place that knows the forms of URL in which a function is called:
    `/.netlify/functions/<function>/<resource>` on Netlify, and `/api/<resource>` on both platforms.
    Netlify's `api` shim may show as `/.netlify/functions/api/…`. In front there may be a base path:
    API Gateway's stage, or the key of a custom domain's API mapping. All of it becomes the
    `root_path` of ASGI; nothing is cut, so that URLs can be built again.

    Bare is exactly `/.netlify/functions/<function>`. With a slash behind it, it asks for a resource
    whose name is empty, and there is none: so a caller who loses an id never deletes more.
    """

    def __init__(self, app: ASGIApp, router: Router, function: str, default: str | None) -> None:
        self._app = app
        self._router = router
        self._bare = f"/.netlify/functions/{function}"
        self._default = default

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        context = scope.get("aws.event", {}).get("requestContext") or {}
        match = _PREFIX.match(path)
        base = match["base"] if match else _stage(context, path)
        root_path = match.group() if match else base
        state = call_state(Request(scope))
        if path == base + self._bare and self._default:
            path, state.is_bare = root_path + self._default, True
        state.hidden_stage = _hidden_stage(context, scope["path"])
        state.base_path = state.hidden_stage + base
        # Where there is an `app`, the router raises what it refuses, and writes no answer itself.
        scope.update(root_path=root_path, path=path, app=self._router)
        await self._app(scope, receive, send)


def _stage(context: dict[str, object], path: str) -> str:
    """The stage in front of the path, as HTTP APIs with a named stage show it."""
    stage = f"/{context.get('stage')}"
    return stage if path.startswith(f"{stage}/") else ""


def _hidden_stage(context: dict[str, object], path: str) -> str:
    """The stage of a REST API: only `requestContext.path` in its events shows it."""
    whole = context.get("path")
    return whole.removesuffix(path) if isinstance(whole, str) and whole.endswith(path) else ""
