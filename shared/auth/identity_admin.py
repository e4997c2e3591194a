"""What Identity's operator does about other people: invitations, and roles (GoTrue `api/`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import count
from typing import Any
from urllib.parse import quote, urlencode

from shared.auth.client_context import Identity, NetlifyContext
from shared.auth.identity_refusals import refuses_address, says_no_such_user, says_taken
from shared.auth.netlify import (
    configured_identity,
    delete_user,
    is_address,
    is_identifier,
    principal_of,
)
from shared.auth.principal import Principal
from shared.auth.provider_record import NO_SUCH_USER, ProviderRecord
from shared.auth.upstream_http import Answer, request
from shared.errors import Conflict, FieldError, IdentityUnavailable, Invalid, Throttled
from shared.text import normalise_email

Json = Mapping[str, Any]

_PER_PAGE = 200
_MAIL_PAUSE_SECONDS = 15 * 60  # between two recovery mails, SMTP.MaxFrequency (`conf`)


def operator(context: NetlifyContext | None) -> Identity:
    """The instance of this call, with the operator's token; raises Conflict where there is none.

    The token comes in the clientContext, or is made from the configured secret.
    """
    identity = context.identity if context and context.identity else configured_identity()
    if identity is None:
        detail = (
            "This needs Identity's operator token, which only a call through the site on Netlify "
            "brings: send it to /.netlify/functions there."
        )
        raise Conflict("operator_token_missing", detail)
    return identity


def find_user(identity: Identity, user_id: str) -> ProviderRecord:
    """The record of a user (`GET /admin/users/{id}`); raises IdentityUnavailable.

    GoTrue creates and confirms a user in a transaction in which it also waits for its webhooks:
    until that ends, the record is the one of before, or there is none.
    """
    answer = _ask(identity, "GET", f"/admin/users/{quote(user_id, safe='')}")
    if says_no_such_user(answer):
        return NO_SUCH_USER
    if answer.status != 200 or answer.body.get("id") != user_id:
        raise IdentityUnavailable
    return ProviderRecord(exists=True, person=person_of(answer.body))


def person_of(user: Json) -> Principal | None:
    """The person of a GoTrue user record; None while there is no confirmed address."""
    if not is_identifier(user.get("id")):
        raise IdentityUnavailable
    if not (user.get("confirmed_at") and is_address(user.get("email"))):
        return None
    return principal_of(str(user["id"]), str(user["email"]), user, confirmed=True)


def invite(identity: Identity, email: str, name: str, role: str | None) -> None:
    """Mail an invitation; the link in it takes a password. `role` joins `app_metadata.roles`.

    An account that was never confirmed gives way to a new invitation: whoever made it, with
    whatever password, has not proven to own the address. To an account in use, the mail is that for
    a new password. Raises Conflict where a role is asked for such an account, Invalid, Throttled or
    IdentityUnavailable.
    """
    if _invite(identity, email, name, role):
        return
    user = _find_user(identity, email)
    if user is None:
        raise IdentityUnavailable
    if user.get("confirmed_at"):
        _mail_account_in_use(identity, email, user, role)
        return
    delete_user(identity, str(user["id"]))
    if not _invite(identity, email, name, role):
        raise IdentityUnavailable


def find_user_id(identity: Identity, email: str) -> str | None:
    """The id of the address's account, invited or in use; raises IdentityUnavailable."""
    user = _find_user(identity, email)
    return str(user["id"]) if user else None


def _invite(identity: Identity, email: str, name: str, role: str | None) -> bool:
    """Whether the address is invited now; False where it has an account already."""
    body = {"email": email, "data": {"full_name": name} if name else {}}
    answer = _ask(identity, "POST", "/invite", body)
    if says_taken(answer):
        return False
    if refuses_address(answer):
        raise Invalid([FieldError("email", "The email cannot receive mail; please check it.")])
    if answer.status != 200 or not answer.body.get("id"):
        raise IdentityUnavailable
    _give_role(identity, answer.body, role)
    return True


def _mail_account_in_use(identity: Identity, email: str, user: Json, role: str | None) -> None:
    if role:
        detail = "This address has an account already. Its roles are changed in Identity."
        raise Conflict("account_exists", detail)
    _refuse_too_many_mails(user)
    if _ask(identity, "POST", "/recover", {"email": email}).status != 200:
        raise IdentityUnavailable


def _give_role(identity: Identity, user: Json, role: str | None) -> None:
    """Add the role to those that the account has (`PUT /admin/users/{id}`)."""
    if role is None:
        return
    metadata = user.get("app_metadata")
    roles = metadata.get("roles") if isinstance(metadata, dict) else None
    kept = [one for one in roles if one != role] if isinstance(roles, list) else []
    path = f"/admin/users/{quote(str(user.get('id')), safe='')}"
    answer = _ask(identity, "PUT", path, {"app_metadata": {"roles": [*kept, role]}})
    if answer.status != 200:
        raise IdentityUnavailable


def _refuse_too_many_mails(user: Json) -> None:
    """Raise Throttled where GoTrue would not mail the account again yet (`api/recover.go`)."""
    sent_at = user.get("recovery_sent_at")
    if not sent_at:
        return
    try:
        since = (datetime.now(UTC) - datetime.fromisoformat(str(sent_at))).total_seconds()
    except (ValueError, TypeError):
        raise IdentityUnavailable from None
    if since <= _MAIL_PAUSE_SECONDS:
        left = int(_MAIL_PAUSE_SECONDS - since) + 1
        raise Throttled("too_many_requests", "Too many requests. Please try again later.", left)


def _find_user(identity: Identity, email: str) -> Json | None:
    """The account with exactly this address: `filter` finds parts of addresses and names, too."""
    for page in count(1):
        query = urlencode({"filter": email, "page": page, "per_page": _PER_PAGE})
        answer = _ask(identity, "GET", f"/admin/users?{query}")
        users = answer.body.get("users")
        if answer.status != 200 or not isinstance(users, list):
            raise IdentityUnavailable
        found = (user for user in users if isinstance(user, dict) and user.get("id"))
        wanted = [user for user in found if normalise_email(str(user.get("email"))) == email]
        if wanted or len(users) < _PER_PAGE:
            return next(iter(wanted), None)
    return None


def _ask(identity: Identity, method: str, path: str, body: Json | None = None) -> Answer:
    headers = {"Authorization": f"Bearer {identity.operator_token}"}
    url = f"{identity.url}{path}"
    return request(IdentityUnavailable, method, url, headers=headers, body=body)
