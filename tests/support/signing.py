"""Session JWTs as Stytch signs them, and as others would forge them."""

from __future__ import annotations

import json
import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm
from jwt.utils import base64url_encode

from tests.support.configuration import PROJECT_ID

USER_ID = "user-test-11111111-1111-4111-8111-111111111111"
SESSION_CLAIM = "https://stytch.com/session"


class SigningKey:
    """A private key and its public half as a JWK."""

    def __init__(self, kid: str) -> None:
        self.kid = kid
        self.private = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def jwk(self) -> dict[str, Any]:
        numbers = json.loads(RSAAlgorithm.to_jwk(self.private.public_key()))
        return numbers | {"kid": self.kid, "use": "sig", "alg": "RS256"}

    def sign(self, claims: dict[str, Any], **header: Any) -> str:
        return jwt.encode(
            claims, self.private, algorithm="RS256", headers={"kid": self.kid} | header
        )

    def sign_anything(self, claims: dict[str, Any]) -> str:
        """As `sign`, of claims that PyJWT would not put into a JWT."""
        header = {"alg": "RS256", "typ": "JWT", "kid": self.kid}
        parts = [base64url_encode(json.dumps(part).encode()) for part in (header, claims)]
        signature = RSAAlgorithm(RSAAlgorithm.SHA256).sign(b".".join(parts), self.private)
        return b".".join([*parts, base64url_encode(signature)]).decode()


@pytest.fixture(scope="session")
def stytch_key() -> SigningKey:
    return SigningKey("jwk-test-1")


@pytest.fixture(scope="session")
def other_key() -> SigningKey:
    """A key that Stytch has never published."""
    return SigningKey("jwk-test-2")


def session_claims(**changes: Any) -> dict[str, Any]:
    """The claims of a session JWT minted a moment ago; None takes a claim out."""
    now = int(time.time())
    claims: dict[str, Any] = {
        "iss": f"stytch.com/{PROJECT_ID}",
        "aud": [PROJECT_ID],
        "sub": USER_ID,
        "iat": now,
        "nbf": now,
        "exp": now + 300,
        SESSION_CLAIM: session_claim(),
    }
    return {name: value for name, value in (claims | changes).items() if value is not None}


def session_claim(**changes: Any) -> dict[str, Any]:
    """What Stytch says of the session itself."""
    claim = {
        "id": "session-test-22222222-2222-4222-8222-222222222222",
        "roles": ["stytch_user"],
        "attributes": {"ip_address": "", "user_agent": ""},
        "authentication_factors": [
            {"type": "magic_link", "email_factor": {"email_address": "ada@example.com"}}
        ],
    }
    return claim | changes
