"""Turning the texts of settings into types, with every complaint kept and named."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from shared.database_url import LOOPBACK, DatabaseUrl, parse_database_url


class SettingsReader:
    """Reads texts into types and collects the complaints, so that all are told at once."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values
        self.complaints: list[str] = []

    def complain(self, name: str, what: str) -> None:
        self.complaints.append(f"{name} {what}")

    def text(self, name: str, meaning: str) -> str:
        value = self._values.get(name, "").strip()
        if not value:
            self.complain(name, f"is missing ({meaning})")
        return value

    def number(self, name: str, default: int, least: int, most: int) -> int:
        text = self._values.get(name) or str(default)
        if not text.isascii() or not text.isdigit() or not least <= int(text[:9]) <= most:
            self.complain(name, f"must be a whole number from {least} to {most}")
            return default
        return int(text)

    def choice(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        value = self._values.get(name) or default
        if value not in allowed:
            self.complain(name, f"must be one of {', '.join(allowed)}")
        return value

    def words(self, name: str) -> list[str]:
        return [word.strip() for word in self._values.get(name, "").split(",") if word.strip()]

    def origin(self, name: str) -> str:
        value = self.text(name, "the site's public origin, such as https://example.com").rstrip("/")
        if value and not (value.startswith("https://") or is_loopback_http(value)):
            self.complain(name, "must be https:// (plain http:// is for this machine only)")
        return value

    def cookie_name(self, name: str, default: str) -> str:
        value = self._values.get(name) or default
        if not value.isascii() or not value.replace("_", "").replace("-", "").isalnum():
            self.complain(name, "may hold letters, digits, - and _ only")
        return value

    def key_set(self, name: str) -> dict[str, Any] | None:
        text = self._values.get(name)
        if not text:
            return None
        try:
            keys = json.loads(text)
        except ValueError:
            keys = None
        if not isinstance(keys, dict) or not isinstance(keys.get("keys"), list):
            self.complain(name, 'must be a JSON key set: {"keys": […]}')
            return None
        return keys

    def stytch_base_url(self, project_id: str) -> str:
        """Stytch's own address for the project's kind, or an emulator's on this machine."""
        value = self._values.get("STYTCH_BASE_URL", "").rstrip("/")
        if not value:
            kind = "api" if project_id.startswith("project-live-") else "test"
            return f"https://{kind}.stytch.com"
        if not is_loopback_http(value) or not project_id.startswith("project-test-"):
            self.complain(
                "STYTCH_BASE_URL",
                "is for an emulator: http:// on this machine, and a project-test- id",
            )
        return value

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


def is_loopback_http(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "http" and parts.hostname in LOOPBACK
