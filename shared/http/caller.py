"""Who is calling, asked of an HTTP request: its credentials, and what the answer means for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from starlette.requests import Request

from shared.auth import auth
from shared.auth.client_context import NetlifyContext, read_client_context
from shared.auth.principal import Principal
from shared.errors import Forbidden, NotAssignee, Unauthenticated
from shared.http.cookies import session_cookies
from shared.http.cross_origin import refuse_cross_origin
from shared.settings.settings import Settings, settings

T = TypeVar("T")


def member(request: Request) -> Principal:
    """Anyone signed in; raises Unauthenticated, Unavailable, or Forbidden for another site's."""
    return _ask(request, auth.authenticate)


def confirmed_member(request: Request) -> Principal:
    """Anyone signed in, by the word of their provider, given just now."""
    return _ask(request, auth.confirm)


def admin(request: Request) -> Principal:
    """An admin; raises Forbidden for others."""
    principal = member(request)
    return _require_admin(principal if principal.is_admin else _with_every_role(request, principal))


def confirmed_admin(request: Request) -> Principal:
    """An admin, by the word of their provider, given just now; raises Forbidden for others."""
    return _require_admin(confirmed_member(request))


def as_assignee_or_admin(
    request: Request, principal: Principal, operate: Callable[[Principal], T]
) -> T:
    """Do what an issue's assignee may, and an admin; raises NotAssignee for others."""
    try:
        return operate(principal)
    except NotAssignee:
        fuller = _with_every_role(request, principal)
        if not fuller.is_admin:
            raise
        return operate(fuller)


def netlify_context(request: Request) -> NetlifyContext | None:
    """What Netlify said of this call; raises Malformed."""
    context = getattr(request.scope.get("aws.context"), "client_context", None)
    return read_client_context(getattr(context, "custom", None))


def credentials(request: Request) -> auth.Credentials:
    """What the call brought; raises Malformed, or Unauthenticated for a scheme but Bearer."""
    cookie_jwt, cookie_token = session_cookies(request, settings())
    return auth.Credentials(
        netlify=netlify_context(request),
        bearer=_bearer(request),
        cookie_jwt=cookie_jwt,
        cookie_token=cookie_token,
    )


def _with_every_role(request: Request, principal: Principal) -> Principal:
    """The principal with the roles that a Stytch session JWT does not carry."""
    if principal.provider == "stytch" and not principal.confirmed:
        return confirmed_member(request)
    return principal


def _require_admin(principal: Principal) -> Principal:
    if not principal.is_admin:
        raise Forbidden("admin_only", "Only an admin may do this.")
    return principal


def _ask(
    request: Request, question: Callable[[auth.Credentials, Settings], auth.Caller]
) -> Principal:
    brought = credentials(request)
    if brought.are_cookies:
        refuse_cross_origin(request, settings())
    try:
        caller = question(brought, settings())
    except Unauthenticated:
        request.state.session_is_over = brought.are_cookies
        raise
    request.state.principal = caller.principal
    if brought.are_cookies:
        request.state.session = caller.session
    return caller.principal


def _bearer(request: Request) -> str | None:
    header = request.headers.get("authorization")
    if header is None:
        return None
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthenticated("authorization_unsupported", "Send Authorization: Bearer <token>.")
    return token.strip()
