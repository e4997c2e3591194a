"""GET /v1/debug/whoami and /v1/sessions/jwks/{project_id}: the project itself, and its keys."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from local.stytch.errors import ErrorType, StytchError
from local.stytch.replies import reply
from local.stytch.state.state import state_of


async def whoami(request: Request) -> Response:
    config = state_of(request).config
    return reply({"project_id": config.project_id, "name": config.project_name})


async def jwks(request: Request) -> Response:
    """Publish the keys; no credentials needed."""
    state = state_of(request)
    if request.path_params["project_id"] != state.config.project_id:
        raise StytchError(ErrorType.PROJECT_NOT_FOUND)
    return reply({"keys": state.keys.jwks()})
