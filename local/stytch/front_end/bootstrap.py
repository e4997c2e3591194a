"""What the SDK asks and tells on its own: the project's configuration, and events."""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.responses import Response

from local.kit.json_body import InvalidBody
from local.stytch.front_end.caller import check_public_token
from local.stytch.front_end.replies import data_reply
from local.stytch.state.state import state_of


async def read(request: Request) -> Response:
    """GET /sdk/v1/projects/bootstrap/{public_token}: no captcha, no fingerprints of devices."""
    config = state_of(request).config
    check_public_token(request.path_params["public_token"], config)
    return data_reply(
        {
            "project_name": config.project_name,
            "vertical": "CONSUMER",
            "disable_sdk_watermark": True,
            "cname_domain": None,
            "email_domains": ["stytch.com"],
            "captcha_settings": {"enabled": False},
            "dfp_protected_auth_enabled": False,
            "dfp_protected_auth_mode": None,
            "pkce_required_for_email_magic_links": config.pkce_in_front_end,
            "pkce_required_for_password_resets": False,
            "pkce_required_for_oauth": False,
            "pkce_required_for_sso": False,
            "siwe_required_for_crypto_wallets": False,
            "slug_pattern": None,
            "create_organization_enabled": False,
            "password_config": None,
            "rbac_policy": None,
        }
    )


async def note_events(request: Request) -> Response:
    """POST /sdk/v1/events: take a list of events, without keeping it; needs no public token."""
    try:
        events = json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        raise InvalidBody("the body is not JSON") from error
    if not isinstance(events, list):
        raise InvalidBody("the body is not a list")
    return data_reply({})
