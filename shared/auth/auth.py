"""Who is calling?

`authenticate` answers from the first credential that is there, in this order:

1. the Netlify Identity user in the Lambda clientContext;
2. a bearer token: a Netlify Identity JWT (HS256), a Stytch session JWT (RS256), or an opaque Stytch
   session token. One that is bad is an answer: the cookies are not tried;
3. the cookies of a Stytch session.

`confirm` answers the same, having asked the provider itself. Both raise Unauthenticated with a
reason code, or Unavailable when the provider cannot say; neither knows anything of HTTP.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import jwt

from shared.auth import netlify as netlify_identity
from shared.auth.client_context import NetlifyContext
from shared.auth.principal import Principal
from shared.auth.stytch.session import StytchSession, check_session
from shared.auth.stytch.session_jwt import Stale, key_set, verify_session_jwt
from shared.errors import Unauthenticated
from shared.settings.settings import Settings

_OPAQUE_TOKEN = re.compile(r"[A-Za-z0-9_=-]{20,128}")
_LONGEST_JWT = 8192  # characters; Stytch's are near 1,400, Identity's below 2,000


@dataclass(frozen=True)
class Credentials:
    """What a call brought to show who is calling."""

    netlify: NetlifyContext | None = None
    bearer: str | None = field(default=None, repr=False)
    cookie_jwt: str | None = field(default=None, repr=False)
    cookie_token: str | None = field(default=None, repr=False)

    @property
    def are_cookies(self) -> bool:
        """Whether a browser attached them by itself, whoever wrote the page."""
        by_netlify = self.netlify is not None and self.netlify.user is not None
        return not by_netlify and self.bearer is None and self.has_cookies

    @property
    def has_cookies(self) -> bool:
        return bool(self.cookie_jwt or self.cookie_token)


@dataclass(frozen=True)
class Caller:
    """Who is calling and, when Stytch was asked, the session to go on with."""

    principal: Principal
    session: StytchSession | None = None


def authenticate(credentials: Credentials, settings: Settings) -> Caller:
    """Who is calling, told without asking anybody whenever the credential allows it."""
    netlify = credentials.netlify
    if netlify and netlify.user is not None:
        return Caller(netlify_identity.principal_of_user(netlify.user, settings))
    if credentials.bearer is not None:
        return _by_bearer(credentials.bearer, settings)
    if credentials.cookie_jwt:
        return _by_cookies(credentials.cookie_jwt, credentials.cookie_token, settings)
    if credentials.cookie_token:
        return _by_token(credentials.cookie_token, settings)
    raise Unauthenticated("no_credentials", "Please sign in.")


def confirm(credentials: Credentials, settings: Settings) -> Caller:
    """Who is calling, by the word of the provider, given just now."""
    caller = authenticate(credentials, settings)
    if caller.principal.confirmed:
        return caller
    if caller.principal.provider == "netlify":
        return Caller(_confirm_netlify(caller.principal, credentials, settings))
    return _confirm_stytch(credentials, settings)


def session_tokens(credentials: Credentials) -> list[dict[str, str]]:
    """The Stytch sessions that came along, each as the one argument that names it; none is checked.

    What cannot be a session's token is left out.
    """
    if credentials.bearer is not None:
        return _session_token(credentials.bearer)
    return _session_token(credentials.cookie_token) or _session_token(credentials.cookie_jwt)


def _session_token(token: str | None) -> list[dict[str, str]]:
    if token is None:
        return []
    if _OPAQUE_TOKEN.fullmatch(token):
        return [{"session_token": token}]
    try:
        return [{"session_jwt": token}] if _algorithm(token) == "RS256" else []
    except Unauthenticated:
        return []


def _by_bearer(bearer: str, settings: Settings) -> Caller:
    if "." not in bearer:
        return _by_token(bearer, settings)
    match _algorithm(bearer):
        case "HS256":
            return Caller(netlify_identity.verify_bearer(bearer, settings))
        case "RS256":
            return _by_jwt(bearer, settings)
        case _:
            raise Unauthenticated("token_invalid", "The token cannot be accepted.")


def _by_cookies(session_jwt: str, token: str | None, settings: Settings) -> Caller:
    """The JWT cookie, or the opaque one where the JWT is stale or spoilt."""
    if token is None:
        return _by_jwt(session_jwt, settings)
    try:
        verified = _verified(session_jwt, settings)
    except Unauthenticated:
        return _by_token(token, settings)
    return Caller(verified) if isinstance(verified, Principal) else _by_token(token, settings)


def _by_jwt(session_jwt: str, settings: Settings) -> Caller:
    verified = _verified(session_jwt, settings)
    if isinstance(verified, Principal):
        return Caller(verified)
    return _checked(check_session(settings, session_jwt=session_jwt))


def _by_token(token: str, settings: Settings) -> Caller:
    if not _OPAQUE_TOKEN.fullmatch(token):  # spares Stytch what cannot be one of its tokens
        raise Unauthenticated("token_malformed", "The token is not one that we know.")
    return _checked(check_session(settings, session_token=token))


def _verified(session_jwt: str, settings: Settings) -> Principal | Stale:
    if _algorithm(session_jwt) != "RS256":
        raise Unauthenticated("token_invalid", "The token cannot be accepted.")
    return verify_session_jwt(session_jwt, key_set(), settings)


def _algorithm(token: str) -> str:
    """The algorithm that a JWT claims to be signed with, which only chooses who checks it."""
    if len(token) > _LONGEST_JWT or not token.isascii():
        raise Unauthenticated("token_malformed", "The token is not one that we know.")
    try:
        return str(jwt.get_unverified_header(token).get("alg"))
    except jwt.PyJWTError:
        raise Unauthenticated("token_malformed", "The token is not one that we know.") from None


def _confirm_netlify(
    principal: Principal, credentials: Credentials, settings: Settings
) -> Principal:
    if credentials.netlify and credentials.netlify.identity:
        return netlify_identity.ask_by_id(credentials.netlify.identity, principal, settings)
    if credentials.bearer:
        return netlify_identity.ask_by_token(credentials.bearer, settings)
    raise Unauthenticated("identity_unknown", "No Identity instance came with the user.")


def _confirm_stytch(credentials: Credentials, settings: Settings) -> Caller:
    """Reached with a good session JWT only: everything else has been asked about already."""
    if credentials.bearer is None and credentials.cookie_token:
        return _by_token(credentials.cookie_token, settings)
    session_jwt = credentials.bearer or credentials.cookie_jwt or ""
    return _checked(check_session(settings, session_jwt=session_jwt))


def _checked(session: StytchSession) -> Caller:
    return Caller(session.principal, session)
