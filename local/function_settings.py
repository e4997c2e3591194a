"""The settings of a function: no other variable of the developer's environment reaches it."""

from __future__ import annotations

FUNCTION_SETTINGS = (
    "BASE_URL",
    "DATABASE_URL",
    "DATABASE_URL_READER",
    "PLANETSCALE_HOST",
    "PLANETSCALE_USERNAME",
    "PLANETSCALE_PASSWORD",
    "PLANETSCALE_DATABASE",
    "STYTCH_PROJECT_ID",
    "STYTCH_SECRET",
    "STYTCH_BASE_URL",
    "STYTCH_JWKS",
    "STYTCH_JWT_MAX_AGE",
    "SESSION_DURATION_MINUTES",
    "COOKIE_NAME",
    "NETLIFY_IDENTITY_URL",
    "NETLIFY_IDENTITY_SECRET",
    "STYTCH_WEBHOOK_SECRET",
    "IDENTITY_WEBHOOK_SECRET",
    "ADMIN_EMAILS",
    "SIGNUP",
    "CONFIRM",
    "USERS_VISIBLE",
    "TOKEN_IN_QUERY",
    "ALLOWED_ORIGINS",
    "SECRETS_ARN",
    "SECRETS_PATH",
    "LOG_LEVEL",
)
