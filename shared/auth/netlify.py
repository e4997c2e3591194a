"""Netlify Identity (GoTrue): its users' claims, its tokens, and its admin API."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from shared.auth.client_context import Identity
from shared.auth.credentials import Credentials, SignedIn
from shared.auth.identity_refusals import refuses_token, says_no_such_user
from shared.auth.principal import Principal, make_principal
from shared.auth.upstream_http import Answer, request
from shared.errors import IdentityUnavailable, Unauthenticated
from shared.process import kept
from shared.settings.settings import settings
from shared.text import is_email, normalise_email


def authenticate(credentials: Credentials) -> SignedIn:
    """By the user in the clientContext or, where there is none, by the bearer."""
    if credentials.netlify and credentials.netlify.user is not None:
        return SignedIn(principal_of_user(credentials.netlify.user))
    return SignedIn(verify_bearer(credentials.bearer or ""))


def confirm(principal: Principal, credentials: Credentials) -> SignedIn:
    """Ask Identity: about the id where the call came from Netlify, else whose the bearer is."""
    if credentials.netlify and credentials.netlify.identity:
        return SignedIn(ask_by_id(credentials.netlify.identity, principal))
    if credentials.bearer:
        return SignedIn(ask_by_token(credentials.bearer))
    raise Unauthenticated("identity_unknown", "No Identity instance came with the user.")


def principal_of_user(user: Mapping[str, Any]) -> Principal:
    """The principal of verified claims; raises Unauthenticated for incomplete or expired ones."""
    sub, email, expires = user.get("sub"), user.get("email"), user.get("exp")
    if not (is_identifier(sub) and is_address(email)):
        raise Unauthenticated("identity_user_incomplete", "The Identity user has no sub or email.")
    if expires is not None and not (isinstance(expires, int | float) and expires > time.time()):
        raise Unauthenticated("token_expired", "The Identity token has expired.")
    return principal_of(str(sub), str(email), user, confirmed=False)


def verify_bearer(token: str) -> Principal:
    """The principal of an Identity access token; raises Unauthenticated or IdentityUnavailable.

    With the HS256 secret it is verified here. Without it Identity itself is asked, since Netlify
    gives the secret to nobody.
    """
    verify = verifier()
    if verify is None:
        return ask_by_token(token)
    return principal_of_user({**verify(token), "exp": None})


@kept
def verifier() -> Callable[[str], Mapping[str, Any]] | None:
    """What verifies tokens here; None where Identity is asked, which needs no PyJWT."""
    if settings().netlify_identity_secret is None:
        return None
    from shared.auth import identity_token

    return identity_token.verify


def ask_by_token(token: str) -> Principal:
    """Ask `GET /user` whose token it is; raises Unauthenticated when the user is gone."""
    answer = _get(f"{settings().netlify_identity_url}/user", token)
    if refuses_token(answer):
        raise _unknown_user()
    return _principal_of_record(answer)


def ask_by_id(identity: Identity, principal: Principal) -> Principal:
    """Ask the admin API about the user; raises Unauthenticated when the user is gone."""
    answer = _get(_user_url(identity, principal.subject), identity.operator_token)
    if says_no_such_user(answer):
        raise _unknown_user()
    return _principal_of_record(answer)


def sign_out(identity_url: str, token: str) -> bool:
    """End all sessions of the token's user: GoTrue's `POST /logout` deletes their refresh tokens.

    Access tokens are valid until they expire. False for a token that Identity refuses, which ends
    nothing. Raises IdentityUnavailable.
    """
    headers = {"Authorization": f"Bearer {token}"}
    answer = request(IdentityUnavailable, "POST", f"{identity_url}/logout", headers=headers)
    if answer.status != 204 and not refuses_token(answer):
        raise IdentityUnavailable
    return answer.status == 204


def delete_user(identity: Identity, user_id: str) -> None:
    """Delete the user; one that is already gone counts as done. Raises IdentityUnavailable.

    GoTrue answers a deletion with 200 and `{}`, as other servers answer anything: so it is asked
    for the user afterwards, and has to say itself that there is none.
    """
    headers = {"Authorization": f"Bearer {identity.operator_token}"}
    url = _user_url(identity, user_id)
    answer = request(IdentityUnavailable, "DELETE", url, headers=headers)
    if answer.status in {200, 204}:
        answer = _get(url, identity.operator_token)
    if not says_no_such_user(answer):
        raise IdentityUnavailable


def configured_identity() -> Identity | None:
    """The instance of the settings, with an operator token of our own; None without its secret."""
    secret = settings().netlify_identity_secret
    if secret is None:
        return None
    from shared.auth import identity_token  # loaded when the function started (`verifier`)

    return Identity(settings().netlify_identity_url, identity_token.operator_token(secret))


def _user_url(identity: Identity, user_id: str) -> str:
    return f"{identity.url}/admin/users/{quote(user_id, safe='')}"


def _get(url: str, token: str) -> Answer:
    return request(IdentityUnavailable, "GET", url, headers={"Authorization": f"Bearer {token}"})


def _unknown_user() -> Unauthenticated:
    return Unauthenticated("token_invalid", "Identity does not know this user any more.")


def _principal_of_record(answer: Answer) -> Principal:
    """The principal of a GoTrue user record; raises IdentityUnavailable for anything else."""
    user = answer.body
    if answer.status != 200 or not (
        is_identifier(user.get("id")) and is_address(user.get("email"))
    ):
        raise IdentityUnavailable
    return principal_of(str(user["id"]), str(user["email"]), user, confirmed=True)


def principal_of(sub: str, email: str, user: Mapping[str, Any], *, confirmed: bool) -> Principal:
    name = _mapping(user.get("user_metadata")).get("full_name")
    roles = _mapping(user.get("app_metadata")).get("roles")
    return make_principal("netlify", sub, email, name, (roles,), confirmed=confirmed)


def is_identifier(value: object) -> bool:
    """Whether it can be stored: a text of 1 to 120 printable ASCII characters."""
    return isinstance(value, str) and re.fullmatch(r"[!-~]{1,120}", value) is not None


def is_address(value: object) -> bool:
    return isinstance(value, str) and is_email(normalise_email(value))


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
