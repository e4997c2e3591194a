"""What Netlify says about a call, in the Lambda clientContext.

The Python runtime keeps `custom`, `env` and `client` of a client context and drops every other key,
so `custom["netlify"]`, base64 of `{identity: {url, token}, user, site_url}`, is the only way in.
"""

import base64
import json
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from shared.errors import Malformed

IdentityEvent = Literal["request", "hint"]


class Identity(NamedTuple):
    """A site's Identity instance, and the operator token for its admin API (never shown)."""

    url: str
    operator_token: str

    def __repr__(self) -> str:
        return f"Identity({self.url!r}, …)"


class NetlifyContext(NamedTuple):
    """The site's Identity instance and, where the call had a valid bearer token, the user.

    `identity_event` says that one of the site's event functions was called, such as
    `identity-signup`: with Identity's own `request`, or with a `hint` of the gateway's.
    """

    identity: Identity | None
    user: Mapping[str, Any] | None
    identity_event: IdentityEvent | None = None


def read_client_context(custom: Any) -> NetlifyContext | None:
    """Decode `custom["netlify"]`; None when the call did not come from Netlify.

    The gateway names an event also where Netlify says nothing of Identity. All of it can be trusted
    because only a caller with lambda:InvokeFunction can set it. Raises Malformed when it is not
    base64 of a JSON object.
    """
    if custom is None:
        return None
    try:
        encoded, event = custom.get("netlify"), _identity_event(custom.get("identity_event"))
        if encoded is None:
            return NetlifyContext(None, None, event) if event else None
        content = json.loads(base64.b64decode(encoded, validate=True))
        identity, user = content.get("identity"), content.get("user")
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise Malformed("client_context_malformed", "The clientContext is not readable.") from None
    return NetlifyContext(
        identity=_identity(identity) if isinstance(identity, dict) else None,
        user=user if isinstance(user, dict) and user else None,
        identity_event=event,
    )


def _identity_event(value: object) -> IdentityEvent | None:
    return value if value in ("request", "hint") else None


def _identity(content: Mapping[str, Any]) -> Identity | None:
    url, token = content.get("url"), content.get("token")
    if isinstance(url, str) and isinstance(token, str):
        return Identity(url.rstrip("/"), token)
    return None
