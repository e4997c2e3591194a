"""Where a magic link may lead: the project's redirect URLs, matched exactly."""

from __future__ import annotations

from urllib.parse import SplitResult, urlencode, urlsplit

from local.stytch.config import LinkKind
from local.stytch.errors import ErrorType, StytchError

_NONE_SET = {
    "login": ErrorType.NO_LOGIN_REDIRECT_URLS_SET,
    "signup": ErrorType.NO_SIGNUP_REDIRECT_URLS_SET,
    "invite": ErrorType.NO_INVITE_REDIRECT_URLS_SET,
}


def choose_redirect(kind: LinkKind, requested: str | None, allowed: tuple[str, ...]) -> str:
    """Return the requested URL if it is on the list, or the list's first if none is requested.

    Path and query are compared too; a host with and without `www.` is the same
    (https://stytch.com/docs/api/url-validation).
    """
    if not allowed:
        raise StytchError(_NONE_SET[kind])
    if requested is None:
        return allowed[0]
    if _comparable(requested) not in [_comparable(url) for url in allowed]:
        raise StytchError(ErrorType.NO_MATCH_FOR_PROVIDED_MAGIC_LINK_URL)
    return requested


def landing_url(redirect_url: str, token: str) -> str:
    """Return the redirect URL, its own parameters kept, with the token for the landing page."""
    url = _split(redirect_url)
    added = urlencode({"stytch_token_type": "magic_links", "token": token})
    return url._replace(query=f"{url.query}&{added}" if url.query else added).geturl()


def _comparable(text: str) -> SplitResult:
    url = _split(text)
    return url._replace(netloc=url.netloc.lower().removeprefix("www."))


def _split(text: str) -> SplitResult:
    try:
        url = urlsplit(text)
        valid = url.scheme in ("http", "https") and url.hostname and url.port != 0
    except ValueError:
        valid = False
    if not valid:
        raise StytchError(ErrorType.INVALID_MAGIC_LINK_URL)
    return url
