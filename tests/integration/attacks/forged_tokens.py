"""Tokens that nobody issued, or not for this."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

import jwt
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from local.settings import LOCAL_IDENTITY_SECRET, LOCAL_PROJECT_ID

Claims = dict[str, Any]
Key = dict[str, Any]


def admin_claims() -> Claims:
    """What an Identity token of an admin would say."""
    return {
        "sub": "11111111-2222-4333-8444-555555555555",
        "email": "ada@example.com",
        "app_metadata": {"roles": ["admin"]},
        "exp": int(time.time()) + 600,
    }


def operator_claims() -> Claims:
    """What the token says with which a site uses Identity's admin API: no person at all."""
    return {"sub": "0", "exp": int(time.time()) + 60}


def session_claims() -> Claims:
    """What a Stytch session JWT would say."""
    now = int(time.time())
    return {
        "aud": [LOCAL_PROJECT_ID],
        "iss": f"stytch.com/{LOCAL_PROJECT_ID}",
        "sub": "user-test-11111111-2222-4333-8444-555555555555",
        "iat": now,
        "nbf": now,
        "exp": now + 300,
        "https://stytch.com/session": {
            "roles": ["admin"],
            "authentication_factors": [{"email_factor": {"email_address": "ada@example.com"}}],
        },
    }


def by_its_public_key(key: Key) -> str:
    """HS256 with Stytch's public key as the secret, for a verifier that asks the token how."""
    return signed(public_pem(key), {"kid": key["kid"]}, session_claims())


def by_the_other_provider(key: Key) -> str:
    return signed(LOCAL_IDENTITY_SECRET.encode(), {"kid": key["kid"]}, session_claims())


def by_nobody(key: Key) -> str:
    return token({"alg": "RS256", "kid": key["kid"]}, session_claims())


def by_a_key_that_it_brings(key: Key) -> str:
    return token({"alg": "RS256", "kid": "mine", "jwk": key}, session_claims(), b"x" * 256)


# Each makes its token of a public key of Stytch's, as the key set shows it.
FORGERIES: dict[str, Callable[[Key], str]] = {
    "no algorithm": lambda _: token({"alg": "none"}, admin_claims()),
    "no algorithm, spelt otherwise": lambda _: token({"alg": "nOnE"}, admin_claims()),
    "an empty secret": lambda _: signed(b"", {}, admin_claims()),
    "an empty file as kid": lambda _: signed(b"", {"kid": "../../dev/null"}, admin_claims()),
    "SQL as kid": lambda _: token({"alg": "RS256", "kid": "' OR 1=1"}, session_claims(), b"x"),
    "the public key as secret": by_its_public_key,
    "the other provider's secret": by_the_other_provider,
    "no signature": by_nobody,
    "a key of its own": by_a_key_that_it_brings,
    "another algorithm": lambda _: identity_token(admin_claims(), "HS512"),
    "expired": lambda _: identity_token({**admin_claims(), "exp": 1}, "HS256"),
    "the token that operates Identity": lambda _: identity_token(operator_claims(), "HS256"),
    "a header nested without end": lambda _: f"{base64url(b'[' * 5000)}.e30.AAAA",
}


def identity_token(claims: Claims, algorithm: str) -> str:
    """Signed with Identity's own secret, so that the rest of the token has to give it away."""
    header = base64url(dumps({"alg": algorithm}))
    digest = {"HS256": hashlib.sha256, "HS512": hashlib.sha512}[algorithm]
    unsigned = f"{header}.{base64url(dumps(claims))}"
    signature = hmac.digest(LOCAL_IDENTITY_SECRET.encode(), unsigned.encode(), digest)
    return f"{unsigned}.{base64url(signature)}"


def public_pem(key: Key) -> bytes:
    public: Any = jwt.PyJWK(key, algorithm="RS256").key
    pem: bytes = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return pem


def signed(secret: bytes, header: dict[str, Any], claims: Claims) -> str:
    """HS256 with any bytes as its secret, which PyJWT would refuse to do."""
    unsigned = token({"alg": "HS256", **header}, claims).removesuffix(".")
    return f"{unsigned}.{base64url(hmac.digest(secret, unsigned.encode(), hashlib.sha256))}"


def token(header: dict[str, Any], claims: Claims, signature: bytes = b"") -> str:
    return ".".join(base64url(part) for part in (dumps(header), dumps(claims), signature))


def dumps(value: dict[str, Any]) -> bytes:
    return json.dumps(value).encode()


def base64url(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
