"""The client context that Netlify's edge builds for each function call.

`{"custom": {"netlify": <base64 JSON {identity?, user?, site_url}>}}`: `identity` on a site that has
Identity, `user` only if the bearer token verifies. Other copies (`clientContext.user`) never reach
a Python handler.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from local.kit.invocation import CLIENT_CONTEXT_LIMIT


class ClientContextTooLarge(ValueError):
    """The user's claims do not fit into Lambda's client context."""


@dataclass(frozen=True)
class SiteIdentity:
    """The Identity of a site.

    `operator_token` makes its short-lived admin token; `user_claims` returns the verified claims of
    an Authorization header, or None.
    """

    url: str
    operator_token: Callable[[], str]
    user_claims: Callable[[str | None], Mapping[str, Any] | None]

    def members(self, authorization: str | None) -> dict[str, Any]:
        """Return what the context of a call says of Identity."""
        members: dict[str, Any] = {"identity": {"url": self.url, "token": self.operator_token()}}
        user = self.user_claims(authorization)
        return members if user is None else {**members, "user": user}


@dataclass(frozen=True)
class ClientContextBuilder:
    """Builds the context of one site; `identity` is None on a site without Identity."""

    site_url: str
    identity: SiteIdentity | None

    def build(self, authorization: str | None) -> str:
        """Return the context as JSON text; raises ClientContextTooLarge."""
        members = self.identity.members(authorization) if self.identity else {}
        netlify = {**members, "site_url": self.site_url}
        context = json.dumps({"custom": {"netlify": _base64_json(netlify)}})
        if len(base64.b64encode(context.encode())) > CLIENT_CONTEXT_LIMIT:
            raise ClientContextTooLarge
        return context

    def build_for_event(self, identity_event: str) -> str:
        """Return the context of a call of an event function, as the gateway does."""
        members = self.identity.members(None) if self.identity else {}
        netlify = _base64_json({**members, "site_url": self.site_url})
        return json.dumps({"custom": {"netlify": netlify, "identity_event": identity_event}})


def _base64_json(value: object) -> str:
    return base64.b64encode(json.dumps(value, separators=(",", ":")).encode()).decode("ascii")
