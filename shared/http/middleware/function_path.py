"""Where a function is mounted: the one place that knows the URL forms.

`/.netlify/functions/<function>/<resource>` on Netlify, and `/api/<resource>` on both platforms;
Netlify's `api` shim may show as `/.netlify/functions/api/…`, and API Gateway may put its stage in
front. The prefix becomes the ASGI `root_path`; nothing is cut, so that URLs can be built again.
"""

from __future__ import annotations

import re

from starlette.types import ASGIApp, Receive, Scope, Send

_PREFIX = re.compile(r"(?:/\.netlify/functions/[A-Za-z0-9_-]+|/api)(?=/|$)")


class Mount:
    """Sets `root_path`, and sends a request for the bare function to the resource `bare`.

    Bare is exactly `/.netlify/functions/<function>`. With a slash behind it, it asks for a resource
    whose name is empty, and there is none: an id lost by the caller never widens what is deleted.
    """

    def __init__(self, app: ASGIApp, function: str, bare: str | None) -> None:
        self._app = app
        self._own = f"/.netlify/functions/{function}"
        self._bare = bare

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        stage = _stage(scope, path)
        prefix = _PREFIX.match(path, len(stage))
        root_path = stage + (prefix.group() if prefix else "")
        if path == stage + self._own and self._bare:
            path = root_path + self._bare
        await self._app({**scope, "root_path": root_path, "path": path}, receive, send)


def _stage(scope: Scope, path: str) -> str:
    """The stage in front of the path, as HTTP APIs with a named stage show it."""
    context = scope.get("aws.event", {}).get("requestContext") or {}
    stage = f"/{context.get('stage')}"
    return stage if path.startswith(f"{stage}/") else ""
