"""Turning the texts of settings into types, with every complaint kept and named."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from shared.settings.database_url import DatabaseUrl, parse_database_url
from shared.settings.web_address import (
    WEB_ADDRESS,
    is_loopback_http,
    is_web_address,
    serialised_origin,
)

_SHORTEST_SECRET = 32  # bytes


class SettingsReader:
    """Reads texts into types and collects the complaints, so that all are told at once.

    White space around a value is no part of it: it comes with pasting, and with files.
    """

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = {name: value.strip() for name, value in values.items()}
        self.complaints: list[str] = []

    def complain(self, name: str, what: str) -> None:
        self.complaints.append(f"{name} {what}")

    def text(self, name: str, meaning: str) -> str:
        value = self._values.get(name, "")
        if not value:
            self.complain(name, f"is missing ({meaning})")
        return value

    def number(self, name: str, default: int, least: int, most: int) -> int:
        text = self._values.get(name) or str(default)
        number = int(text) if re.fullmatch(r"[0-9]{1,9}", text) else -1
        if not least <= number <= most:
            self.complain(name, f"must be a whole number from {least} to {most}")
        return number

    def choice(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        value = self._values.get(name) or default
        if value not in allowed:
            self.complain(name, f"must be one of {', '.join(allowed)}")
        return value

    def words(self, name: str) -> list[str]:
        return [word.strip() for word in self._values.get(name, "").split(",") if word.strip()]

    def origin(self, name: str) -> str:
        value = self.text(name, "the site's public origin, such as https://example.com").rstrip("/")
        origin = serialised_origin(value)
        if value and origin is None:
            self.complain(name, f"must be an origin: {WEB_ADDRESS}, and no path")
        return origin or value

    def origins(self, name: str) -> tuple[str, ...]:
        origins = [serialised_origin(word.rstrip("/")) for word in self.words(name)]
        if None in origins:
            self.complain(name, f"must contain origins: {WEB_ADDRESS}, and no path")
        return tuple(origin for origin in origins if origin)

    def cookie_name(self, name: str, default: str, base_url: str) -> str:
        """A cookie's name; a prefix that browsers accept over https only needs an https site.

        (RFC 6265bis, section 4.1.3: `__Secure-`, `__Host-`, `__Http-`, in any case.)
        """
        value = self._values.get(name) or default
        if not value.isascii() or not value.replace("_", "").replace("-", "").isalnum():
            self.complain(name, "may contain letters, digits, - and _ only")
        if value.lower().startswith(("__secure-", "__host-", "__http-")) and is_loopback_http(
            base_url
        ):
            self.complain(
                name, "begins with a prefix that browsers accept over https only; BASE_URL is http"
            )
        return value

    def svix_secret(self, name: str) -> str | None:
        """A secret in the form in which Svix shows it: `whsec_` and base64."""
        value = self._values.get(name)
        if value and not re.fullmatch(r"whsec_[A-Za-z0-9+/]{32,}={0,2}", value):
            self.complain(name, "must be the endpoint's signing secret, whsec_…")
        return value or None

    def hmac_secret(self, name: str) -> str | None:
        """A key for HS256, which must be as long as the hash (RFC 7518, section 3.2)."""
        value = self._values.get(name)
        if value and len(value.encode()) < _SHORTEST_SECRET:
            self.complain(name, f"must have {_SHORTEST_SECRET} bytes or more")
        return value or None

    def key_set(self, name: str) -> dict[str, Any] | None:
        text = self._values.get(name)
        if not text:
            return None
        try:
            keys = json.loads(text)
        except (ValueError, RecursionError):
            keys = None
        if not isinstance(keys, dict) or not isinstance(keys.get("keys"), list):
            self.complain(name, 'must be a JSON key set: {"keys": […]}')
            return None
        return keys

    def stytch_credentials(self) -> tuple[str, str]:
        """Project id and secret; both are empty on a site without Stytch."""
        project_id = self._values.get("STYTCH_PROJECT_ID", "")
        secret = self._values.get("STYTCH_SECRET", "")
        if project_id and not project_id.startswith(("project-test-", "project-live-")):
            self.complain("STYTCH_PROJECT_ID", "must start with project-test- or project-live-")
        if project_id and not secret:
            self.complain("STYTCH_SECRET", "is missing (STYTCH_PROJECT_ID is set)")
        if secret and not project_id:
            self.complain("STYTCH_PROJECT_ID", "is missing (STYTCH_SECRET is set)")
        return project_id, secret

    def stytch_base_url(self, project_id: str) -> str:
        """The project's custom domain; Stytch's own address; or an emulator's on this machine.

        Empty on a site without Stytch.
        """
        value = self._values.get("STYTCH_BASE_URL", "").rstrip("/")
        if not project_id:
            return ""
        if not value:
            kind = "api" if project_id.startswith("project-live-") else "test"
            return f"https://{kind}.stytch.com"
        origin = serialised_origin(value)
        is_emulator = is_loopback_http(value) and project_id.startswith("project-test-")
        if origin is None or not (origin.startswith("https:") or is_emulator):
            self.complain(
                "STYTCH_BASE_URL",
                "must be the origin of the project's custom domain (https://…, and no path), or of "
                "an emulator (http://… on this machine, and only with a project-test- id)",
            )
        return origin or value

    def identity(self) -> tuple[str, str | None]:
        """Identity's address, empty on a site without it, and its secret, None if not known."""
        url = self._values.get("NETLIFY_IDENTITY_URL", "").rstrip("/")
        secret = self._values.get("NETLIFY_IDENTITY_SECRET") or None
        if url and not is_web_address(url):
            self.complain("NETLIFY_IDENTITY_URL", f"must be {WEB_ADDRESS}")
        if secret and not url:
            self.complain("NETLIFY_IDENTITY_URL", "is missing (NETLIFY_IDENTITY_SECRET is set)")
        return url, secret

    def database_url_reader(self) -> DatabaseUrl | None:
        text = self._values.get("DATABASE_URL_READER")
        try:
            return parse_database_url(text) if text else None
        except ValueError as error:
            self.complain("DATABASE_URL_READER", str(error))
            return None

    def database_url(self) -> DatabaseUrl:
        try:
            return parse_database_url(self._values.get("DATABASE_URL") or self._planetscale_url())
        except ValueError as error:
            self.complain("DATABASE_URL", str(error))
            return DatabaseUrl(host="", user="", database="")

    def _planetscale_url(self) -> str:
        names = ("USERNAME", "PASSWORD", "HOST", "DATABASE")
        values = [self._values.get(f"PLANETSCALE_{name}", "") for name in names]
        if not all(values):
            raise ValueError(
                "is missing (or set PLANETSCALE_HOST, PLANETSCALE_USERNAME, "
                "PLANETSCALE_PASSWORD and PLANETSCALE_DATABASE)"
            )
        user, password, host, database = (quote(value, safe="") for value in values)
        return f"mysql://{user}:{password}@{host}/{database}"
