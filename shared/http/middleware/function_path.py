"""The one place that knows the URL forms in which a function is called.

`/.netlify/functions/<function>/<resource>` on Netlify, and `/api/<resource>` on both platforms.
Netlify's `api` shim may show as `/.netlify/functions/api/…`. In front there may be a base path: API
Gateway's stage, or the key of a custom domain's API mapping. All of it becomes the `root_path` of
ASGI; nothing is cut, so that URLs can be built again.
"""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from shared.http.call_state import call_state

_PREFIX = re.compile(
    r"(?P<base>(?:/[A-Za-z0-9$_.-]+)*?)(?:/\.netlify/functions/[A-Za-z0-9_-]+|/api)(?=/|$)"
)


class FunctionPath:
    """Sets `root_path`, and turns a request for the bare function into one for `default`.

    Bare is exactly `/.netlify/functions/<function>`. With a slash behind it, it asks for a resource
    whose name is empty, and there is none: so a caller who loses an id never deletes more.
    """

    def __init__(self, app: ASGIApp, function: str, default: str | None) -> None:
        self._app = app
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
        scope.update(root_path=root_path, path=path)
        await self._app(scope, receive, send)


def _stage(context: dict[str, object], path: str) -> str:
    """The stage in front of the path, as HTTP APIs with a named stage show it."""
    stage = f"/{context.get('stage')}"
    return stage if path.startswith(f"{stage}/") else ""


def _hidden_stage(context: dict[str, object], path: str) -> str:
    """The stage of a REST API: only `requestContext.path` in its events shows it."""
    whole = context.get("path")
    return whole.removesuffix(path) if isinstance(whole, str) and whole.endswith(path) else ""
