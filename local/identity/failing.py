"""What of the API can be made to fail, in the words of those who call it."""

from __future__ import annotations

from collections.abc import Mapping

ENDPOINTS: Mapping[str, str] = {
    "/": "anything",
    "/token": "signing in, and refreshing a token",
    "/user": "reading and changing one's own account",
    "/admin/users": "confirming that a user exists, and deleting users",
    "/signup": "signing up",
    "/verify": "following the link of a mail",
    "/recover": "asking for a new password",
    "/logout": "signing out",
}
