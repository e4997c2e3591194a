"""The project's JSON Web Tokens: session JWTs, and the other kinds that share their key."""

from __future__ import annotations

from typing import Literal

import jwt

from local.kit.clock import Clock, rfc3339
from local.kit.store import Document
from local.stytch.config import StytchConfig
from local.stytch.errors import ErrorType, StytchError
from local.stytch.ids import new_id
from local.stytch.state.signing_keys import SigningKeys

SESSION_CLAIM = "https://stytch.com/session"
_SESSION_JWT_SECONDS = 300
_ACCESS_TOKEN_SECONDS = 3600

AccessTokenKind = Literal["m2m", "connected_app"]


class Tokens:
    """Signs and reads tokens with the keys of one project."""

    def __init__(self, keys: SigningKeys, clock: Clock, config: StytchConfig) -> None:
        self._keys = keys
        self._clock = clock
        self._project_id = config.project_id
        self._issuers = config.issuers

    def session_jwt(self, session: Document, roles: list[str]) -> str:
        """Return a session JWT, valid for five minutes."""
        claims = session["custom_claims"] | {
            "sub": session["user_id"],
            SESSION_CLAIM: {
                "id": session["session_id"],
                "started_at": rfc3339(int(session["started_at"])),
                "last_accessed_at": rfc3339(int(session["last_accessed_at"])),
                "expires_at": rfc3339(int(session["expires_at"])),
                "attributes": session["attributes"] or {"ip_address": "", "user_agent": ""},
                "authentication_factors": session["authentication_factors"],
                "roles": roles,
            },
        }
        return self._sign(claims, _SESSION_JWT_SECONDS)

    def session_id(self, session_jwt: str) -> str:
        """Return the session of a JWT of this project, expired or not.

        Raises `unable_to_parse_session_jwt` for any other token, an access token of the same
        project among them.
        """
        try:
            claims = jwt.decode(
                session_jwt,
                self._published_key(session_jwt),
                algorithms=["RS256"],
                audience=self._project_id,
                issuer=self._issuers,
                options={"verify_exp": False, "verify_nbf": False, "verify_iat": False},
            )
            return str(claims[SESSION_CLAIM]["id"])
        except (jwt.PyJWTError, KeyError, TypeError):
            raise StytchError(ErrorType.UNABLE_TO_PARSE_SESSION_JWT) from None

    def access_token(self, kind: AccessTokenKind, subject: str, scope: str) -> str:
        """Return a token of another product: same key and audience, but no session claim.

        M2M: the client is the subject. Connected app: a user is the subject, and the client is
        named by `client_id` (https://stytch.com/docs/b2b/api/connected-app-access-token).
        """
        claims: Document = {"sub": subject, "scope": scope, "jti": new_id("access-token")}
        if kind == "connected_app":
            claims["client_id"] = new_id("connected-app")
        return self._sign(claims, _ACCESS_TOKEN_SECONDS)

    def _sign(self, claims: Document, seconds: int) -> str:
        key = self._keys.current()
        now = int(self._clock.now())
        registered = {
            "iss": self._issuers[0],
            "aud": [self._project_id],
            "iat": now,
            "nbf": now,
            "exp": now + seconds,
        }
        headers = {"kid": key.kid}
        return jwt.encode(claims | registered, key.private, algorithm="RS256", headers=headers)

    def _published_key(self, token: str) -> jwt.PyJWK:
        keys = {key["kid"]: key for key in self._keys.jwks()}
        return jwt.PyJWK(keys[jwt.get_unverified_header(token)["kid"]])
