"""GET /settings, /health and /authorize: what anyone may ask about the instance."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from local.identity.errors import HTTPError
from local.identity.state.state import state_of

EXTERNAL_PROVIDERS = ("bitbucket", "github", "gitlab", "google", "facebook")


async def settings(request: Request) -> Response:
    config = state_of(request).config
    disabled = dict.fromkeys(EXTERNAL_PROVIDERS, False)
    return JSONResponse(
        {
            "external": {**disabled, "email": True, "saml": False},
            "external_labels": {},
            "disable_signup": config.disable_signup,
            "autoconfirm": config.autoconfirm,
        }
    )


async def health(_request: Request) -> Response:
    return JSONResponse(
        {
            "version": "local",
            "name": "GoTrue",
            "description": "GoTrue is a user registration and authentication API",
        }
    )


async def authorize(request: Request) -> Response:
    """Answer as GoTrue does for a provider that is switched off; all of them are."""
    name = request.query_params.get("provider", "").lower()
    reason = f"Provider {name} could not be found"
    if name in EXTERNAL_PROVIDERS:
        reason = "Provider is not enabled"
    elif name == "saml":
        reason = "SAML Provider is not enabled"
    raise HTTPError(400, f"Unsupported provider: {reason}")
