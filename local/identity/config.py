"""What Netlify's dashboard knows about a site's Identity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR
EVENTS = ("validate", "signup", "login", "usermodified", "userdeleted")

SHORTEST_SECRET = 32  # bytes: RFC 7518 section 3.2 asks HS256 for a key as long as its hash


@dataclass(frozen=True)
class IdentityConfig:
    """Configures one instance; times in seconds, defaults as in GoTrue's `conf/`.

    `site_url` is where the links in mails lead; `secret` signs the access tokens. Raises ValueError
    for a secret of fewer than 32 bytes.

    The events that `webhook_events` names go to `webhook_url`. Where there is none, they go to the
    site's functions, which `function_hooks` has by event.
    """

    site_url: str
    secret: str
    autoconfirm: bool = False
    disable_signup: bool = False
    audience: str = ""
    access_token_seconds: int = HOUR
    refresh_token_seconds: int = 30 * DAY
    operator_token_seconds: int = 2 * MINUTE
    cookie_seconds: int = DAY
    confirmation_seconds: int = DAY
    invite_seconds: int = 7 * DAY
    recovery_seconds: int = DAY
    mail_pause_seconds: int = 15 * MINUTE
    webhook_url: str = ""
    webhook_secret: str = ""
    webhook_events: tuple[str, ...] = EVENTS
    function_hooks: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(self.secret.encode()) < SHORTEST_SECRET:
            raise ValueError(f"the Identity secret needs {SHORTEST_SECRET} bytes or more")

    @property
    def hook_secret(self) -> str:
        """Return what signs events: functions of the site are trusted with the instance's own."""
        return self.webhook_secret if self.webhook_url else self.secret

    def hook_urls(self, event: str) -> tuple[str, ...]:
        """Return where an event goes."""
        if self.webhook_url:
            return (self.webhook_url,) if event in self.webhook_events else ()
        url = self.function_hooks.get(event)
        return () if url is None else (url,)
