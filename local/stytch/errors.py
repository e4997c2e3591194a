"""The ways in which a call can fail, as Stytch names them.

StytchError
 └ error_type: an ErrorType, which fixes the status and the usual message
"""

from __future__ import annotations

from enum import Enum, unique


@unique
class ErrorType(Enum):
    """Fixes status and message; `error_type` on the wire is the member's name in lower case."""

    status: int
    message: str

    def __init__(self, status: int, message: str) -> None:
        self.status = status
        self.message = message

    # Stytch's own words (Stytch's API reference, its Android SDK's strings, its Node SDK's tests,
    # its browser SDK's tests).
    UNAUTHORIZED_CREDENTIALS = 401, "Unauthorized credentials."
    UNABLE_TO_AUTH_MAGIC_LINK = (
        401,
        "The magic link could not be authenticated because it was either already used or expired."
        " Send another magic link to this user.",
    )
    ATTRIBUTE_MISMATCH = (
        401,
        "Unable to authenticate because attributes on request don't match stored attributes.",
    )
    MAGIC_LINK_NOT_FOUND = (
        404,
        "The magic link could not be authenticated, try sending another magic link to the user.",
    )
    SESSION_NOT_FOUND = 404, "Session could not be found."
    EMAIL_NOT_FOUND = 404, "Email could not be found."
    USER_NOT_FOUND = 404, "User could not be found."
    INVALID_EMAIL = 400, "Email format is invalid."
    INVALID_USER_ID = 400, "user_id format is invalid."
    INVALID_SESSION_TOKEN = 400, "Session token format is invalid."
    DUPLICATE_EMAIL = 400, "A user with the specified email already exists for this project."
    INVALID_MAGIC_LINK_URL = (
        400,
        "magic_link_url format is invalid. Common issues include using http instead of https,"
        " omitting https://, or having a trailing /.",
    )
    NO_MATCH_FOR_PROVIDED_MAGIC_LINK_URL = (
        400,
        "The magic_link_url in the request did not match any redirect URLs set for this project.",
    )
    NO_LOGIN_REDIRECT_URLS_SET = 400, "No Login redirect URLs are set for this project"
    NO_SIGNUP_REDIRECT_URLS_SET = 400, "No Signup redirect URLs are set for this project"
    NO_INVITE_REDIRECT_URLS_SET = 400, "No Invite redirect URLs are set for this project"
    INVALID_SESSION_DURATION_MINUTES = (
        400,
        "session_duration_minutes is invalid, should be between 5 to 527040 minutes.",
    )
    INVALID_SESSION_DURATION = (
        400,
        "The submitted session duration exceeds the maximum session duration allowed for this"
        " project.",
    )
    PKCE_MISMATCH = (
        400,
        "The submitted code_verifier does not match the code_challenge sent at the start of the"
        " flow.",
    )
    PKCE_EXPECTED_CODE_VERIFIER = (
        400,
        "This flow was started using a code_challenge but the authentication call is missing the"
        " corresponding code_verifier.",
    )
    INVALID_PUBLIC_TOKEN_ID = 400, "public_token_id format is invalid."
    BAD_DOMAIN_FOR_STYTCH_SDK = (
        400,
        "This website has not been registered as an allowed domain for the Stytch SDK. Please add"
        " it here: https://stytch.com/dashboard/sdk-configuration",
    )
    USER_UNAUTHENTICATED = (
        401,
        "User must have an active Stytch session to call this method. Have you logged in yet?",
    )
    TOO_MANY_REQUESTS = 429, "Too many requests have been made."
    INTERNAL_SERVER_ERROR = (
        500,
        "Oops, something seems to have gone wrong, please reach out to support@stytch.com to let"
        " us know what went wrong.",
    )

    # Stytch's error types, whose messages are not public: these words are ours.
    BAD_REQUEST = 400, "The request body must be a JSON object."
    INVALID_ARGUMENT = 400, "An argument is missing or has the wrong type."
    INVALID_EXPIRATION = 400, "The expiration should be between 5 and 10080 minutes."
    INVALID_TOKEN = 400, "token format is invalid."
    INVALID_SESSION_ID = 400, "session_id format is invalid."
    UNABLE_TO_PARSE_SESSION_JWT = 400, "session_jwt could not be parsed or verified."
    NO_SESSION_ARGUMENTS = 400, "Please include a session_token or a session_jwt."
    TOO_MANY_SESSION_ARGUMENTS = (
        400,
        "Please include at most one of session_token or session_jwt, not both.",
    )
    NO_SESSION_REVOKE_ARGUMENTS = (
        400,
        "Please include a session_id, a session_token or a session_jwt.",
    )
    TOO_MANY_SESSION_REVOKE_ARGUMENTS = (
        400,
        "Please include only one of session_id, session_token or session_jwt.",
    )
    TOO_MANY_USER_SELECTION_ARGUMENTS = (
        400,
        "Please include at most one of user_id, session_token or session_jwt.",
    )
    INVALID_PKCE_CODE_CHALLENGE = (
        400,
        "code_challenge must be the base64url-encoded SHA-256 hash of the code_verifier.",
    )
    INVALID_PKCE_CODE_VERIFIER = 400, "code_verifier must be 43 to 128 unreserved characters."
    PKCE_DID_NOT_EXPECT_CODE_VERIFIER = (
        400,
        "This flow was started without a code_challenge but the call has a code_verifier.",
    )
    RESERVED_CLAIMS_IN_CUSTOM_CLAIMS = 400, "Custom claims may not use a registered JWT claim."
    STYTCH_CLAIMS_IN_CUSTOM_CLAIMS = 400, "Custom claims may not start with https://stytch.com/."
    CUSTOM_CLAIMS_TOO_LARGE = 400, "Custom claims may take 4 KB at most."
    METADATA_TOO_LARGE = 400, "Metadata may take 4 KB at most."
    METADATA_TOO_MANY_KEYS = 400, "Metadata may have 20 top-level keys at most."
    DUPLICATE_USER_EXTERNAL_ID = 400, "Another user has this external_id."
    USER_SEARCH_INVALID_CURSOR = 400, "cursor is invalid."
    USER_SEARCH_INVALID_LIMIT = 400, "limit should be between 1 and 1000."
    USER_SEARCH_INVALID_OPERATOR = 400, "operator should be AND or OR."
    USER_SEARCH_FILTER_NAME_NOT_RECOGNIZED = 400, "filter_name is not one of the known filters."
    USER_SEARCH_EXPECTED_STRING = 400, "filter_value should be a string."
    USER_SEARCH_EXPECTED_ARRAY_OF_STRING = 400, "filter_value should be an array of strings."
    USER_SEARCH_EXPECTED_BOOL = 400, "filter_value should be a boolean."
    SESSION_AUTHORIZATION_ERROR = 403, "The session's user may not perform this action."
    PROJECT_NOT_FOUND = 404, "Project could not be found."
    PUBLIC_TOKEN_NOT_FOUND = 404, "Public token could not be found."
    ROUTE_NOT_FOUND = 404, "The requested route could not be found."
    METHOD_NOT_ALLOWED = 405, "The requested route has no such method."


class StytchError(Exception):
    """Refuses the call in Stytch's form; `message` replaces the type's usual one."""

    def __init__(self, error_type: ErrorType, message: str | None = None) -> None:
        super().__init__(message or error_type.message)
        self.error_type = error_type
        self.message = message or error_type.message
