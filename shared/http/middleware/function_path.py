"""The one place that knows the URL forms in which a function is called.

`/.netlify/functions/<function>/<resource>` on Netlify, and `/api/<resource>` on both platforms.
Netlify's `api` shim may show as `/.netlify/functions/api/…`, and API Gateway may put its stage in
front. The prefix becomes the ASGI `root_path`; nothing is cut, so that URLs can be built again.
"""

from __future__ import annotations

import re

from starlette.types import ASGIApp, Receive, Scope, Send

_PREFIX = re.compile(r"(?:/\.netlify/functions/[A-Za-z0-9_-]+|/api)(?=/|$)")


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
        stage = _stage(scope, path)
        prefix = _PREFIX.match(path, len(stage))
        root_path = stage + (prefix.group() if prefix else "")
        if path == stage + self._bare and self._default:
            path = root_path + self._default
        scope.update(root_path=root_path, path=path)
        await self._app(scope, receive, send)


def _stage(scope: Scope, path: str) -> str:
    """The stage in front of the path, as HTTP APIs with a named stage show it."""
    context = scope.get("aws.event", {}).get("requestContext") or {}
    stage = f"/{context.get('stage')}"
    return stage if path.startswith(f"{stage}/") else ""
