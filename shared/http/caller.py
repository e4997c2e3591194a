"""Who is calling, for an HTTP request: reads its credentials, and refuses other sites' writes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from starlette.requests import Request

from shared import spans
from shared.auth import auth
from shared.auth.client_context import NetlifyContext, read_client_context
from shared.auth.credentials import Credentials, SignedIn
from shared.auth.principal import Principal
from shared.errors import Forbidden, Malformed, NotAssignee, Unauthenticated
from shared.http.call_state import call_state, end_session, keep_session
from shared.settings.settings import settings

T = TypeVar("T")

_MOST_COOKIES = 20  # of one name
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def member(request: Request) -> Principal:
    """Anyone signed in; raises Unauthenticated, Unavailable, or Forbidden for another site's.

    With `CONFIRM=always` the provider is asked.
    """
    always = settings().confirm == "always"
    return _sign_in(request, auth.confirm if always else auth.authenticate)


def confirmed_member(request: Request) -> Principal:
    """Like `member`, but the provider is always asked during this request."""
    return _sign_in(request, auth.confirm)


def admin(request: Request) -> Principal:
    """An admin, of whom the provider says so during this request; raises Forbidden for others."""
    principal = confirmed_member(request)
    if not principal.is_admin:
        raise Forbidden("admin_only", "Only an admin may do this.")
    return principal


def refuse_reading_users(request: Request, principal: Principal) -> None:
    """Raise Forbidden for whoever may not read other people's rows in `users`.

    With `USERS_VISIBLE=admins`, the provider says during this request who is an admin.
    """
    if settings().users_visible == "members":
        return
    if _may_be_admin(principal) and not principal.confirmed:
        principal = confirmed_member(request)
    if not principal.is_admin:
        raise Forbidden("admin_only", "Only an admin may do this.")


def retry_as_admin(request: Request, principal: Principal, operate: Callable[[Principal], T]) -> T:
    """Run `operate` as an assignee; if the issue is somebody else's, once more as an admin.

    So an assignee's request costs one round trip and asks no provider. Whoever acts as an admin is
    one at this moment: the provider is asked. Raises NotAssignee for everybody else.
    """
    try:
        return operate(principal._replace(roles=()))
    except NotAssignee:
        if not _may_be_admin(principal):
            raise
        confirmed = principal if principal.confirmed else confirmed_member(request)
        if not confirmed.is_admin:
            raise
        return operate(confirmed)


def netlify_context(request: Request) -> NetlifyContext | None:
    """What Netlify said about this call; raises Malformed."""
    context = getattr(request.scope.get("aws.context"), "client_context", None)
    custom = getattr(context, "custom", None)
    return None if custom is None else read_client_context(custom)


def read_credentials(request: Request) -> Credentials:
    """The credentials of the call; raises Malformed, or Unauthenticated for a scheme but Bearer."""
    return Credentials(
        netlify=netlify_context(request),
        bearer=_bearer(request) or _token_in_query(request),
        cookie_jwts=_cookies(request, settings().jwt_cookie_name),
        cookie_tokens=_cookies(request, settings().cookie_name),
    )


def is_known_by_query(request: Request) -> bool:
    """Whether the caller is known by `?token=`, as the Stytch tutorial's own front end is."""
    return "authorization" not in request.headers and _token_in_query(request) is not None


def refuse_cross_site(request: Request) -> None:
    """Raise Forbidden for a write that a page of another site sent (CSRF).

    The browser's Fetch metadata decides, and the Origin header where there is none. A client that
    sends neither is no browser, so nothing attached its cookies for it.
    """
    if request.method in _SAFE_METHODS or _is_same_site(request):
        return
    raise Forbidden("cross_origin", "Another site may not do this in your name.")


@spans.recorded("authentication", answered=lambda principal: {"principal": principal.id})
def _sign_in(request: Request, question: Callable[[Credentials], SignedIn]) -> Principal:
    credentials = read_credentials(request)
    if credentials.only_cookies:
        refuse_cross_site(request)
    try:
        signed_in = question(credentials)
    except Unauthenticated:
        if credentials.only_cookies:
            end_session(request)
        raise
    call_state(request).principal = signed_in.principal
    if credentials.only_cookies and signed_in.session:
        keep_session(request, signed_in.session)
    return signed_in.principal


def _may_be_admin(principal: Principal) -> bool:
    """Whether the claims say so, or are of a Stytch session JWT, which does not have all roles."""
    has_all_roles = principal.provider == "netlify" or principal.confirmed
    return principal.is_admin or not has_all_roles


def _cookies(request: Request, name: str) -> tuple[str, ...]:
    """The values of all cookies of this name, which differ in domain or path; empty ones are none.

    (RFC 6265, section 5.4. Starlette keeps the last one only.) Raises Malformed for too many.
    """
    pairs = "; ".join(request.headers.getlist("cookie")).split(";")
    named = (pair.partition("=") for pair in pairs)
    sent = dict.fromkeys(value.strip() for key, _, value in named if key.strip() == name)
    sent.pop("", None)
    if len(sent) > _MOST_COOKIES:
        raise Malformed("cookies_too_many", f"Delete this site's cookies: too many are {name}.")
    return tuple(sent)


def _bearer(request: Request) -> str | None:
    header = request.headers.get("authorization")
    if header is None:
        return None
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthenticated("authorization_unsupported", "Send Authorization: Bearer <token>.")
    return token.strip()


def _token_in_query(request: Request) -> str | None:
    """The opaque session token in `?token=`, where `TOKEN_IN_QUERY` allows it, for reading only.

    Addresses get into histories and logs: this is for the tutorial's own front end, which sends it.
    """
    token = request.query_params.get("token")
    if token is None or request.method != "GET" or not settings().token_in_query:
        return None
    if "." in token:
        raise Unauthenticated("token_malformed", "Only a session token may be in the query.")
    return token


def _is_same_site(request: Request) -> bool:
    origin = request.headers.get("origin")
    if origin in {settings().base_url, *settings().allowed_origins}:
        return True
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    host = request.headers.get("host")
    return origin is None or (bool(host) and origin.partition("://")[2] == host)
