"""Webhooks of Netlify Identity (GoTrue), and the event functions that it calls at Netlify.

Both are the same POST (netlify/gotrue ab1bf15, `api/hooks.go`): `{event, instance_id, user}`, and
in `x-webhook-signature` a JWT (HS256) with `iat`, `iss` and the `sha256` of the body. A webhook is
signed with the secret that was chosen for it; the call of an event function with Identity's own
secret, which Netlify gives to nobody. So on Netlify the latter cannot be checked: it is a hint.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping

import jwt

from shared.auth.provider_event import (
    TOLERANCE_SECONDS,
    ProviderEvent,
    is_user_id,
    not_configured,
    refused,
)
from shared.errors import Malformed
from shared.settings.settings import reread, settings

DELETION = "userdeleted"
SIGN_UP_ASKED = "validate"
KINDS = frozenset({SIGN_UP_ASKED, "signup", "login", "usermodified", DELETION})
ISSUER = "gotrue"


def read_webhook(headers: Mapping[str, str], body: bytes) -> ProviderEvent | None:
    """The event of a signed request; None for a kind that we do not know.

    Raises Unauthenticated, or Malformed for a signed body that is no event.
    """
    if settings().identity_webhook_secret is None:
        raise not_configured("IDENTITY_WEBHOOK_SECRET")
    _check(headers, body, lambda: settings().identity_webhook_secret)
    return _event(body, is_signed=True)


def read_hint(body: bytes) -> ProviderEvent | None:
    """An event that anybody may have sent; None for a kind that we do not know."""
    return _event(body, is_signed=False)


def read_event_function(headers: Mapping[str, str], body: bytes) -> ProviderEvent | None:
    """The event with which Identity has called a function of the site, as `read_webhook`.

    It is a hint where Identity's secret is not known: anybody can call the site's functions.
    """
    if settings().netlify_identity_secret is None:
        return read_hint(body)
    _check(headers, body, lambda: settings().netlify_identity_secret)
    return _event(body, is_signed=True)


def _check(headers: Mapping[str, str], body: bytes, secret: Callable[[], str | None]) -> None:
    """Raise Unauthenticated unless the body is signed; a secret may have been rotated."""
    if not _is_signed(headers, body, secret()) and not (
        reread() and _is_signed(headers, body, secret())
    ):
        raise refused()


def _is_signed(headers: Mapping[str, str], body: bytes, secret: str | None) -> bool:
    """Whether Identity has signed this body within five minutes; such a JWT has no `exp`."""
    token = headers.get("x-webhook-signature", "")
    try:
        claims = jwt.decode(
            token,
            secret or "",
            algorithms=["HS256"],
            issuer=ISSUER,
            leeway=TOLERANCE_SECONDS,
            options={"require": ["iat", "iss", "sha256"]},
        )
        age = time.time() - claims["iat"]
    except (jwt.PyJWTError, TypeError):
        return False
    digest = hashlib.sha256(body).hexdigest()
    is_of_body = hmac.compare_digest(str(claims["sha256"]).encode(), digest.encode())
    return is_of_body and abs(age) <= TOLERANCE_SECONDS


def _event(body: bytes, *, is_signed: bool) -> ProviderEvent | None:
    try:
        content = json.loads(body)
        kind, user = str(content["event"]), content["user"]
        user_id, email = user["id"], str(user.get("email") or "")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Malformed("event_malformed", "The body is not an event of Identity.") from None
    if kind not in KINDS or not is_user_id(user_id):
        return None
    return ProviderEvent("netlify", kind, user_id, email, is_signed and kind == DELETION)
