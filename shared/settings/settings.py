"""The settings, read once and typed. A wrong one stops the start and is named; no secret is shown.

Values come from the environment, and where it has none, from the secret that `SECRETS_ARN` or
`SECRETS_PATH` names. docs/configuration.md describes each. A library would cost every cold start
more than this module and `reader` together, and would tell one wrong setting at a time.
"""

import os
import time
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, cast

from shared.process import forget, kept
from shared.settings.database_url import DatabaseUrl
from shared.settings.reader import SettingsReader
from shared.settings.secrets import SecretUnreadable, read_secrets
from shared.settings.web_address import is_loopback_http
from shared.text import normalise_email

Signup = Literal["open", "invite"]
Confirm = Literal["admin", "always"]
UsersVisible = Literal["members", "admins"]

REREAD_SECONDS = 10.0
NO_PROVIDER = (
    "no sign-in is set: set STYTCH_PROJECT_ID and STYTCH_SECRET for Stytch, or "
    "NETLIFY_IDENTITY_URL for Netlify Identity"
)


class SettingsError(Exception):
    """One or more settings are missing or wrong; the text names each and says what it must be."""


class Settings(NamedTuple):
    """What a function is told about where it runs; docs/configuration.md describes each.

    A dataclass of so many fields would take 1 ms of each cold start to be made.
    """

    base_url: str
    database_url: DatabaseUrl
    database_url_reader: DatabaseUrl | None
    stytch_project_id: str  # empty on a site without Stytch
    stytch_secret: str
    stytch_base_url: str
    stytch_jwks: dict[str, Any] | None
    stytch_jwt_max_age_seconds: int
    session_duration_minutes: int
    cookie_name: str
    jwt_cookie_name: str
    netlify_identity_url: str  # empty on a site without Netlify Identity
    netlify_identity_secret: str | None
    stytch_webhook_secret: str | None
    identity_webhook_secret: str | None
    admin_emails: frozenset[str]
    signup: Signup
    confirm: Confirm
    users_visible: UsersVisible
    token_in_query: bool
    session_in_script: bool
    allowed_origins: tuple[str, ...]
    log_level: str

    def __repr__(self) -> str:
        return f"Settings(base_url={self.base_url!r}, …)"  # no secret

    @property
    def has_stytch(self) -> bool:
        """Whether people can sign in with Stytch: the site has a project's credentials."""
        return bool(self.stytch_project_id)

    @property
    def has_identity(self) -> bool:
        """Whether people can sign in with Netlify Identity: the site has its address."""
        return bool(self.netlify_identity_url)

    @property
    def landing_url(self) -> str:
        """Where magic links lead; Stytch must list it among the project's redirect URLs."""
        return f"{self.base_url}/api/authenticate"

    @property
    def cookies_are_secure(self) -> bool:
        """`Secure` is left off only where the site itself is plain http on this machine."""
        return not is_loopback_http(self.base_url)


@kept
def settings() -> Settings:
    """This process's settings; raises SettingsError that names every one that is wrong."""
    return _read()


def reread() -> bool:
    """Read the settings again where AWS holds some of them: a secret may have been rotated.

    Answers whether they have changed; then the process has forgotten what it made of the old ones.
    Asks AWS at most once in 10 s, since a forged token is a reason to ask. Raises SettingsError.
    """
    if not (os.environ.get("SECRETS_ARN") or os.environ.get("SECRETS_PATH")):
        return False
    if not _pause().is_over() or _read() == settings():
        return False
    forget()
    return True


def _read() -> Settings:
    try:
        stored = read_secrets(os.environ)
    except SecretUnreadable as error:
        raise SettingsError(str(error)) from None
    given = {name: value for name, value in os.environ.items() if value.strip()}
    return read_settings({**stored, **given})


class _Pause:
    """At most one reading in `REREAD_SECONDS`."""

    def __init__(self) -> None:
        self._begun_at = float("-inf")

    def is_over(self) -> bool:
        """Whether the pause is over; if so, the next one begins."""
        now = time.monotonic()
        if now - self._begun_at < REREAD_SECONDS:
            return False
        self._begun_at = now
        return True


@kept
def _pause() -> _Pause:
    return _Pause()


def read_settings(values: Mapping[str, str]) -> Settings:
    """Build settings from names and texts; raises SettingsError that names every wrong one."""
    reader = SettingsReader(values)
    project_id, stytch_secret = reader.stytch_credentials()
    identity_url, identity_secret = reader.identity()
    if not (project_id or stytch_secret or identity_url or identity_secret):
        reader.complaints.append(NO_PROVIDER)
    base_url = reader.origin("BASE_URL")
    cookie_name = reader.cookie_name("COOKIE_NAME", "stytch_session", base_url)
    result = Settings(
        base_url=base_url,
        database_url=reader.database_url(),
        database_url_reader=reader.database_url_reader(),
        stytch_project_id=project_id,
        stytch_secret=stytch_secret,
        stytch_base_url=reader.stytch_base_url(project_id),
        stytch_jwks=reader.key_set("STYTCH_JWKS"),
        stytch_jwt_max_age_seconds=reader.number("STYTCH_JWT_MAX_AGE", 300, 0, 300),
        session_duration_minutes=reader.number("SESSION_DURATION_MINUTES", 10080, 5, 527040),
        cookie_name=cookie_name,
        jwt_cookie_name=f"{cookie_name}_jwt",
        netlify_identity_url=identity_url,
        netlify_identity_secret=identity_secret,
        stytch_webhook_secret=reader.svix_secret("STYTCH_WEBHOOK_SECRET"),
        identity_webhook_secret=reader.hmac_secret("IDENTITY_WEBHOOK_SECRET"),
        admin_emails=frozenset(normalise_email(email) for email in reader.words("ADMIN_EMAILS")),
        signup=cast(Signup, reader.choice("SIGNUP", "open", ("open", "invite"))),
        confirm=cast(Confirm, reader.choice("CONFIRM", "admin", ("admin", "always"))),
        users_visible=cast(
            UsersVisible, reader.choice("USERS_VISIBLE", "members", ("members", "admins"))
        ),
        token_in_query=reader.choice("TOKEN_IN_QUERY", "off", ("off", "on")) == "on",
        session_in_script=reader.choice("SESSION_IN_SCRIPT", "off", ("off", "on")) == "on",
        allowed_origins=reader.origins("ALLOWED_ORIGINS"),
        log_level=reader.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR")),
    )
    if reader.complaints:
        raise SettingsError("; ".join(reader.complaints))
    return result
