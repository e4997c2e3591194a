"""The client context that Netlify's edge builds for each function call.

`{"custom": {"netlify": <base64 JSON {identity, user?, site_url}>}}`: `identity` always, `user` only
if the bearer token verifies. Other copies (`clientContext.user`) never reach a Python handler.
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
class ClientContextBuilder:
    """Builds the context of one site.

    `operator_token` makes the short-lived admin token of the site's Identity; `user_claims` returns
    the verified claims of an Authorization header, or None.
    """

    site_url: str
    identity_url: str
    operator_token: Callable[[], str]
    user_claims: Callable[[str | None], Mapping[str, Any] | None]

    def build(self, authorization: str | None) -> str:
        """Return the context as JSON text; raises ClientContextTooLarge."""
        netlify: dict[str, Any] = {
            "identity": {"url": self.identity_url, "token": self.operator_token()},
            "site_url": self.site_url,
        }
        user = self.user_claims(authorization)
        if user is not None:
            netlify["user"] = user
        context = json.dumps({"custom": {"netlify": _base64_json(netlify)}})
        if len(base64.b64encode(context.encode())) > CLIENT_CONTEXT_LIMIT:
            raise ClientContextTooLarge
        return context


def _base64_json(value: object) -> str:
    return base64.b64encode(json.dumps(value, separators=(",", ":")).encode()).decode("ascii")
