"""A site with one provider: its settings, and a token of a member that was minted just now."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

IDENTITY_SECRET = "a secret of thirty-two bytes or more"
PROJECT_ID = "project-test-00000000-0000-4000-8000-000000000000"
USER_ID = "user-test-11111111-1111-4111-8111-111111111111"
SESSION_ID = "session-test-22222222-2222-4222-8222-222222222222"
KEY_ID = "jwk-test-33333333-3333-4333-8333-333333333333"
PEOPLE = {"email": "ada@example.com", "full_name": "Ada Lovelace"}
TOKEN_SECONDS = 3600


@dataclass(frozen=True)
class Site:
    """`algorithm` signs its tokens: HS256 those of Identity, RS256 those of Stytch."""

    algorithm: str
    settings: dict[str, str]
    token: str

    def environment(self, python_path: str, database_url: str, **values: str) -> dict[str, str]:
        """The whole environment of a measured process, ours or a peer's."""
        return {
            "AWS_DEFAULT_REGION": "us-east-1",
            "BASE_URL": "https://latchkey.example",
            "DATABASE_URL": database_url,
            "PYTHONDONTWRITEBYTECODE": "1",  # as on Lambda, where the code's folder is read-only
            "PYTHONHASHSEED": "0",  # so that two counts of the same request agree
            "PYTHONPATH": python_path,
            "POWERTOOLS_SERVICE_NAME": "peer",
            **self.settings,
            **values,
        }


def identity_site() -> Site:
    """Netlify Identity, whose secret is known."""
    now = int(time.time())
    claims = {
        "exp": now + TOKEN_SECONDS,
        "sub": "5f1a3a9e-8a3b-4f4e-9d5e-2f3b1c0d9e8f",
        "email": PEOPLE["email"],
        "app_metadata": {"provider": "email", "roles": ["editor"]},
        "user_metadata": {"full_name": PEOPLE["full_name"]},
    }
    settings = {
        "NETLIFY_IDENTITY_SECRET": IDENTITY_SECRET,
        "NETLIFY_IDENTITY_URL": "https://latchkey.example/.netlify/identity",
    }
    return Site("HS256", settings, jwt.encode(claims, IDENTITY_SECRET, algorithm="HS256"))


def stytch_site() -> Site:
    """Stytch, whose public keys are a setting, so that nobody is asked."""
    key = _signing_key()
    public: dict[str, Any] = json.loads(RSAAlgorithm.to_jwk(key.public_key()))
    keys = {"keys": [public | {"kid": KEY_ID, "use": "sig", "alg": "RS256"}]}
    settings = {
        "STYTCH_PROJECT_ID": PROJECT_ID,
        "STYTCH_SECRET": "secret-test-local",
        "STYTCH_JWKS": json.dumps(keys),
    }
    token = jwt.encode(_session_claims(), key, algorithm="RS256", headers={"kid": KEY_ID})
    return Site("RS256", settings, token)


@cache
def _signing_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _session_claims() -> dict[str, Any]:
    """As in Stytch's documentation of session JWTs."""
    minted = int(time.time())
    moment = "2026-11-01T09:00:00Z"
    factor = {
        "type": "magic_link",
        "delivery_method": "email",
        "last_authenticated_at": moment,
        "email_factor": {"email_id": "email-test-4444", "email_address": PEOPLE["email"]},
    }
    session = {
        "id": SESSION_ID,
        "started_at": moment,
        "last_accessed_at": moment,
        "expires_at": "2026-12-31T09:00:00Z",
        "attributes": {"ip_address": "192.0.2.17", "user_agent": "Mozilla/5.0 (X11; Linux x86_64)"},
        "authentication_factors": [factor],
        "roles": ["stytch_user"],
    }
    return {
        "aud": [PROJECT_ID],
        "exp": minted + TOKEN_SECONDS,
        "iat": minted,
        "iss": f"stytch.com/{PROJECT_ID}",
        "nbf": minted,
        "sub": USER_ID,
        "name": PEOPLE["full_name"],
        "https://stytch.com/session": session,
    }


SITES: tuple[Callable[[], Site], ...] = (identity_site, stytch_site)
