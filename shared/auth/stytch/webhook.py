"""Stytch's webhooks, which Svix signs and sends.

Headers `svix-id`, `svix-timestamp` and `svix-signature`: HMAC-SHA256 of `id.timestamp.body` with
the endpoint's secret, `whsec_…` (docs.svix.com, "Verifying webhooks manually"; the same scheme as
standardwebhooks.com, whose package compares in constant time and allows five minutes). The body
(stytch.com/docs, "Webhooks") names its user in `id`, where `object_type` is `user`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from standardwebhooks import Webhook, WebhookVerificationError

from shared.auth.provider_event import ProviderEvent, is_user_id, not_configured, refused
from shared.errors import Malformed
from shared.settings.settings import reread, settings

DELETION = "DELETE"


def read_event(headers: Mapping[str, str], body: bytes) -> ProviderEvent | None:
    """The event of a signed request; None for one that is not about a user of this project.

    Raises Unauthenticated, or Malformed for a signed body that is no event.
    """
    secret = settings().stytch_webhook_secret
    if secret is None:
        raise not_configured("STYTCH_WEBHOOK_SECRET")
    if not _is_signed(headers, body, secret) and not (
        reread() and _is_signed(headers, body, settings().stytch_webhook_secret or secret)
    ):
        raise refused()
    try:
        content = json.loads(body)
        is_ours = content["project_id"] == settings().stytch_project_id
        kind, about, user_id = str(content["action"]), content["object_type"], content["id"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Malformed("event_malformed", "The body is not an event of Stytch.") from None
    if not (is_ours and about == "user" and is_user_id(user_id)):
        return None
    return ProviderEvent("stytch", kind, user_id, is_deletion=kind == DELETION)


def _is_signed(headers: Mapping[str, str], body: bytes, secret: str) -> bool:
    """Whether one of the signatures is ours; while a secret is rotated there are two."""
    names = ("id", "timestamp", "signature")
    signed = {f"webhook-{name}": headers.get(f"svix-{name}", "") for name in names}
    try:
        Webhook(secret).verify(body, signed, json_parse=False)
    except (WebhookVerificationError, ValueError):  # the latter for what is no base64, or no UTF-8
        return False
    return True
