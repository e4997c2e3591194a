"""What there is to know about a running local cloud; the banner and the status page show it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

DEMO_USERS = ("ada@example.com (admin)", "grace@example.com")
DEMO_PASSWORD = "latchkey"  # noqa: S105 - printed for everyone who starts the local cloud


@dataclass(frozen=True)
class Summary:
    """`stytch_url` is None when the functions use the real Stytch; `notes` are plain sentences."""

    web_url: str
    aws_url: str
    lambda_url: str
    stytch_url: str | None
    database: str
    log_file: Path
    notes: tuple[str, ...]

    @property
    def outbox_url(self) -> str:
        return f"{self.web_url}/_dev/outbox"

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """Label and address (or name) of each part, the most useful one first."""
        return (
            ("Web app", self.web_url),
            ("Outbox (mail)", self.outbox_url),
            ("Status", f"{self.web_url}/_dev/"),
            ("AWS HTTP API", self.aws_url),
            ("Lambda API", self.lambda_url),
            ("Stytch", self.stytch_url or "the real one (your credentials)"),
            ("Identity", f"{self.web_url}/.netlify/identity"),
            ("Database", self.database),
            ("Log file", str(self.log_file)),
        )
