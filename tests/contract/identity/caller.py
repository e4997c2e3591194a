"""Identity over HTTP, as its clients meet it, whichever server it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol, cast

import jwt
import requests

from local.identity import IdentityConfig, operator_token
from local.kit.clock import Clock

SITE_URL = "http://localhost:8888"
SECRET = "the secret of the Identity under test"
PASSWORD = "correct horse battery staple"


class MovableClock(Protocol):
    def now(self) -> float: ...

    def advance(self, seconds: float) -> None: ...


class Identity(requests.Session):
    """A caller: paths are the endpoints', and the rest shortens what every test does first."""

    def __init__(
        self,
        url: str,
        config: IdentityConfig,
        clock: MovableClock,
        mails: Callable[[], list[dict[str, str]]],
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__()
        self.trust_env = False
        self.headers.update(headers or {})
        self.url = url
        self.config = config
        self.clock = clock
        self._mails = mails

    def request(self, method: Any, url: Any, *args: Any, **options: Any) -> requests.Response:
        options.setdefault("timeout", 20)
        return super().request(method, f"{self.url}{url}", *args, **options)

    def mails(self) -> list[dict[str, str]]:
        """Newest first."""
        return self._mails()

    def mailed_token(self) -> str:
        return self.mails()[0]["link"].partition("=")[2]

    def confirmed_user(self, email: str = "lin@example.com", **data: Any) -> dict[str, Any]:
        """The user who signed up as `email`, and has followed the link in the mail."""
        body = {"email": email, "password": PASSWORD, "data": data}
        user: dict[str, Any] = self.post("/signup", json=body).json()
        self.post("/verify", json={"type": "signup", "token": self.mailed_token()})
        return user

    def password_grant(self, email: str, password: str = PASSWORD) -> requests.Response:
        form = {"grant_type": "password", "username": email, "password": password}
        return self.post("/token", data=form)

    def refresh_grant(self, refresh_token: str) -> requests.Response:
        form = {"grant_type": "refresh_token", "refresh_token": refresh_token}
        return self.post("/token", data=form)

    def bearer(self, email: str) -> dict[str, str]:
        """The header of a user who just signed in."""
        return {"Authorization": f"Bearer {self.password_grant(email).json()['access_token']}"}

    def signed(self, **claims: Any) -> dict[str, str]:
        """The header of a token of these claims, signed as Identity's own are."""
        return {"Authorization": f"Bearer {jwt.encode(claims, self.config.secret, 'HS256')}"}

    def claims(self, token: str) -> dict[str, Any]:
        """What an access token says; its signature is checked where the secret is known."""
        claims: dict[str, Any] = jwt.decode(token, self.config.secret, ["HS256"])
        return claims

    def address(self, email: str) -> str:
        """The address as the server has it."""
        return email

    def operator(self) -> dict[str, str]:
        token = operator_token(self.config, cast("Clock", self.clock))
        return {"Authorization": f"Bearer {token}"}
