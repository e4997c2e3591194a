"""What Stytch's error types mean for us.

Sources: Stytch's API reference, pages "Errors" 400, 401, 403 and 404, and the enumeration of error
types in Stytch's Android SDK. A type that is in none of these sets says nothing of anybody's
session: it is an outage (`stytch_unavailable`).
"""

from __future__ import annotations

# The session, the token, or their user does not exist (any more), or never was valid.
SESSION_IS_OVER = frozenset(
    {
        "invalid_session_token",
        "jwt_invalid_audience",
        "jwt_invalid_claims",
        "jwt_invalid_issuer",
        "session_not_found",
        "unable_to_parse_session_jwt",
        "user_not_found",
    }
)

# Stytch refuses this site's own project id or secret.
CREDENTIALS_REFUSED = frozenset(
    {
        "invalid_authorization_header",
        "invalid_project_id",
        "invalid_project_id_authentication",
        "invalid_secret_authentication",
        "invalid_secret_id",
        "live_id_used_in_test_environment",
        "project_not_found",
        "test_id_used_in_live_environment",
        "unauthorized_credentials",
    }
)

# The visitor's address cannot get mail from this project.
ADDRESS_REFUSED = frozenset({"email_not_in_allowlist", "inactive_email", "invalid_email"})

# There is nothing (any more) to revoke or to delete.
ALREADY_GONE = SESSION_IS_OVER | {"email_not_found", "invalid_token"}
