"""One call of Stytch's API by a request of our own, with the project's credentials."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from shared.auth.stytch.error_types import CREDENTIALS_REFUSED, SESSION_IS_OVER
from shared.auth.upstream_http import Answer, request
from shared.errors import (
    LatchkeyError,
    StytchCredentialsRefused,
    StytchUnavailable,
    Unauthenticated,
)
from shared.settings.settings import reread, settings


def call(method: str, path: str, body: Mapping[str, Any] | None = None) -> Answer:
    """What Stytch answers, refusals included.

    A secret that Stytch refuses is read again, and the call repeated if it was rotated. Raises
    StytchCredentialsRefused, or StytchUnavailable when there is no answer.
    """
    answer = _send(method, path, body)
    if error_type(answer) in CREDENTIALS_REFUSED and reread():
        answer = _send(method, path, body)
    if error_type(answer) in CREDENTIALS_REFUSED:
        raise StytchCredentialsRefused
    return answer


def refusal(answer: Answer) -> LatchkeyError:
    """What an answer that is no success means for the session, token or user that was asked about.

    Unauthenticated only where Stytch says that it is over, unknown or revoked.
    """
    if error_type(answer) in SESSION_IS_OVER:
        return Unauthenticated("session_invalid", "The session is over; please sign in again.")
    return StytchUnavailable()


def error_type(answer: Answer) -> str:
    """Stytch's name for what is wrong; of a success, a name that is none."""
    return str(answer.body.get("error_type"))


def _send(method: str, path: str, body: Mapping[str, Any] | None) -> Answer:
    secret = f"{settings().stytch_project_id}:{settings().stytch_secret}"
    headers = {"Authorization": "Basic " + base64.b64encode(secret.encode()).decode()}
    url = f"{settings().stytch_base_url}{path}"
    return request(StytchUnavailable, method, url, headers=headers, body=body)
