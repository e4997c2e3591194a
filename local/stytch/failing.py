"""What of the API can be made to fail, in the words of those who call it."""

from __future__ import annotations

from collections.abc import Mapping

ENDPOINTS: Mapping[str, str] = {
    "/": "anything",
    "/v1/sessions/authenticate": "checking a session",
    "/v1/magic_links/email/login_or_create": "mailing a link for signing in",
    "/v1/magic_links/email/invite": "mailing an invitation",
    "/v1/magic_links/authenticate": "trading a link for a session",
    "/v1/sessions/revoke": "signing out",
    "/v1/sessions/jwks": "fetching the keys",
    "/v1/users": "reading and deleting users",
    "/sdk/v1": "anything that Stytch's front-end SDK asks",
}
