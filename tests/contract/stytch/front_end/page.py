"""The calls of Stytch's SDK in a page, without the SDK and without a browser."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any

import requests

from tests.support.stytch_emulator import LANDING, OWN_PAGE, Emulator

PUBLIC_TOKEN = "public-token-test-00000000-0000-4000-8000-000000000000"
LINKS = {"login_magic_link_url": LANDING, "signup_magic_link_url": LANDING}


@dataclass
class Page:
    """Sends what `@stytch/vanilla-js` 6.3.0 sends; `session_token` is that of its cookie."""

    emulator: Emulator
    session_token: str = ""
    public_token: str = PUBLIC_TOKEN
    origin: str | None = OWN_PAGE

    def call(
        self, method: str, path: str, body: Any = None, **headers: str | None
    ) -> requests.Response:
        credentials = f"{self.public_token}:{self.session_token or self.public_token}"
        client = {"sdk": {"identifier": "Stytch.js Javascript SDK"}}
        sent = {
            "Authorization": f"Basic {base64.b64encode(credentials.encode()).decode()}",
            "Content-Type": "application/json",
            "X-SDK-Client": base64.b64encode(json.dumps(client).encode()).decode(),
            "X-SDK-Parent-Host": self.origin,
        }
        return requests.request(
            method,
            f"{self.emulator.base_url}/sdk/v1{path}",
            json=body,
            headers={**sent, **headers},
            timeout=10,
        )

    def bootstrap(self) -> requests.Response:
        return self.call("GET", f"/projects/bootstrap/{self.public_token}")

    def ask_for_a_link(self, email: str, **options: Any) -> requests.Response:
        body = {"email": email, **LINKS, **options}
        return self.call("POST", "/magic_links/email/login_or_create", body)

    def use_link(self, token: str, **options: Any) -> requests.Response:
        """Use it, and keep the session's token, as the SDK does in its cookie."""
        body = {"token": token, "session_duration_minutes": 60, **options}
        answer = self.call("POST", "/magic_links/authenticate", body)
        if answer.ok:
            self.session_token = answer.json()["data"]["session_token"]
        return answer

    def sign_in(self, email: str = "ada@example.com") -> Any:
        """Answers the data of the session."""
        self.ask_for_a_link(email).raise_for_status()
        return self.use_link(self.emulator.newest_token()).json()["data"]


def problem(answer: requests.Response) -> tuple[int, str]:
    """Status and type of an error, in the form that the SDK reads."""
    error = answer.json()
    assert error["status_code"] == answer.status_code
    assert error["request_id"].startswith("request-id-test-")
    return answer.status_code, error["error_type"]
