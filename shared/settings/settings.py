"""The settings, read once and typed. A wrong one stops the start and is named; no secret is shown.

Values come from the environment; what it lacks is looked up in the secret that `SECRETS_ARN` or
`SECRETS_PATH` names. docs/configuration.md describes each.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal, cast

from shared.auth.principal import fold_email
from shared.settings.database_url import DatabaseUrl
from shared.settings.reader import SettingsReader, is_loopback_http
from shared.settings.secrets import SecretUnreadable, read_secrets

Signup = Literal["open", "invite"]


class SettingsError(Exception):
    """One or more settings are missing or wrong; the text names each and says what it must be."""


@dataclass(frozen=True)
class Settings:
    """What a function needs to know of its surroundings."""

    base_url: str
    database_url: DatabaseUrl
    database_url_reader: DatabaseUrl | None
    stytch_project_id: str
    stytch_secret: str = field(repr=False)
    stytch_base_url: str
    stytch_jwks: dict[str, Any] | None
    stytch_jwt_max_age_seconds: int
    session_duration_minutes: int
    cookie_name: str
    netlify_identity_url: str | None
    netlify_identity_secret: str | None = field(repr=False)
    admin_emails: frozenset[str]
    signup: Signup
    allowed_origins: tuple[str, ...]
    log_level: str

    @property
    def landing_url(self) -> str:
        """Where magic links lead; Stytch must list it among the project's redirect URLs."""
        return f"{self.base_url}/api/authenticate"

    @property
    def cookies_are_secure(self) -> bool:
        """`Secure` is left off only where the site itself is plain http on this machine."""
        return not is_loopback_http(self.base_url)


@cache
def settings() -> Settings:
    """This process's settings; raises SettingsError that names every one that is wrong."""
    try:
        stored = read_secrets(os.environ)
    except SecretUnreadable as error:
        raise SettingsError(str(error)) from None
    given = {name: value for name, value in os.environ.items() if value}
    return read_settings({**stored, **given})


def reread_settings() -> bool:
    """Forget the settings, where a secret holds some of them, since it may have been rotated.

    Answers whether that is so. Raises SettingsError as `settings` does.
    """
    if not (os.environ.get("SECRETS_ARN") or os.environ.get("SECRETS_PATH")):
        return False
    settings.cache_clear()
    settings()
    return True


def read_settings(values: Mapping[str, str]) -> Settings:
    """Build settings from names and texts; raises SettingsError that names every wrong one."""
    reader = SettingsReader(values)
    project_id = reader.text("STYTCH_PROJECT_ID", "starts with project-test- or project-live-")
    if not project_id.startswith(("project-test-", "project-live-")):
        reader.complain("STYTCH_PROJECT_ID", "must start with project-test- or project-live-")
    result = Settings(
        base_url=reader.origin("BASE_URL"),
        database_url=reader.database_url(),
        database_url_reader=reader.database_url_reader(),
        stytch_project_id=project_id,
        stytch_secret=reader.text("STYTCH_SECRET", "the project's secret"),
        stytch_base_url=reader.stytch_base_url(project_id),
        stytch_jwks=reader.key_set("STYTCH_JWKS"),
        stytch_jwt_max_age_seconds=reader.number("STYTCH_JWT_MAX_AGE", 300, 0, 300),
        session_duration_minutes=reader.number("SESSION_DURATION_MINUTES", 10080, 5, 527040),
        cookie_name=reader.cookie_name("COOKIE_NAME", "stytch_session"),
        netlify_identity_url=reader.web_address("NETLIFY_IDENTITY_URL"),
        netlify_identity_secret=values.get("NETLIFY_IDENTITY_SECRET") or None,
        admin_emails=frozenset(fold_email(email) for email in reader.words("ADMIN_EMAILS")),
        signup=cast(Signup, reader.choice("SIGNUP", "open", ("open", "invite"))),
        allowed_origins=reader.origins("ALLOWED_ORIGINS"),
        log_level=reader.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR")),
    )
    if reader.complaints:
        raise SettingsError("; ".join(reader.complaints))
    return result
