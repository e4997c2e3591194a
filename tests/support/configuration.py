"""Settings for tests: complete ones, of which a test names those that it is about."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from shared.auth.stytch import session_jwt
from shared.database import database as database_module
from shared.settings.settings import Settings, read_settings, settings

PROJECT_ID = "project-test-00000000-0000-4000-8000-000000000000"
IDENTITY_SECRET = "the secret of the Identity under test, as long as HS512 would have it"

VALUES = {
    "BASE_URL": "https://latchkey.example",
    "DATABASE_URL": "mysql://app:p4ssw0rd@localhost/latchkey",
    "STYTCH_PROJECT_ID": PROJECT_ID,
    "STYTCH_SECRET": "secret-test-local",
}


def settings_with(**values: str) -> Settings:
    """Settings of a site on https, but for what `values` says."""
    return read_settings(VALUES | values)


def configure(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    """Make `values` this process's settings, as a start with that environment would."""
    for name in VALUES.keys() | {"SECRETS_ARN", "SECRETS_PATH"} | set(_OPTIONAL):
        monkeypatch.delenv(name, raising=False)
    for name, value in (VALUES | values).items():
        monkeypatch.setenv(name, value)
    forget_the_process()
    return read_settings(os.environ)


def forget_the_process() -> None:
    """Drop what a warm process keeps from one invocation to the next."""
    settings.cache_clear()
    session_jwt.key_set.cache_clear()
    database_module.database.cache_clear()


@pytest.fixture(autouse=True)
def cold_process() -> Iterator[None]:
    """Each test begins, and leaves others, with nothing kept from before."""
    forget_the_process()
    yield
    forget_the_process()


_OPTIONAL = (
    "STYTCH_BASE_URL",
    "STYTCH_JWKS",
    "STYTCH_JWT_MAX_AGE",
    "SESSION_DURATION_MINUTES",
    "COOKIE_NAME",
    "NETLIFY_IDENTITY_URL",
    "NETLIFY_IDENTITY_SECRET",
    "ADMIN_EMAILS",
    "SIGNUP",
    "ALLOWED_ORIGINS",
    "LOG_LEVEL",
)
