"""The four mails; their links carry a token to the site's root (GoTrue `mailer/template.go`)."""

from __future__ import annotations

from local.identity.config import IdentityConfig
from local.identity.state.users import User
from local.kit.outbox import Outbox


class Mailer:
    """Writes to the outbox what GoTrue would send by SMTP."""

    def __init__(self, config: IdentityConfig, outbox: Outbox) -> None:
        self._site = config.site_url.rstrip("/")
        self._outbox = outbox

    def confirmation(self, user: User) -> None:
        link = self._link("confirmation_token", user.confirmation_token)
        self._send(user.email, "Confirm Your Signup", link)

    def invite(self, user: User) -> None:
        link = self._link("invite_token", user.confirmation_token)
        self._send(user.email, "You have been invited", link)

    def recovery(self, user: User) -> None:
        link = self._link("recovery_token", user.recovery_token)
        self._send(user.email, "Reset Your Password", link)

    def email_change(self, user: User) -> None:
        """Send to the new address, which proves that the user reads it."""
        link = self._link("email_change_token", user.email_change_token)
        self._send(user.new_email, "Confirm Email Change", link)

    def _link(self, name: str, token: str) -> str:
        return f"{self._site}/#{name}={token}"

    def _send(self, to: str, subject: str, link: str) -> None:
        self._outbox.send(to=to, subject=subject, link=link, provider="netlify")
