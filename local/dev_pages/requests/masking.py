"""Secrets of a request, masked: who is shown a page, or a picture of it, learns none of them."""

from __future__ import annotations

import base64
import json
import re
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

SECRET_HEADERS = frozenset({"authorization", "cookie", "cookies", "set-cookie"})
SECRET_NAME = re.compile(
    r"password|secret|token|jwt|code_verifier|api_?key|session(?!_duration)", re.IGNORECASE
)
# Names that match, and that say nothing secret.
OPEN_NAMES = frozenset({"stytch_token_type", "token_type", "sessions", "session_id"})
QUERY_NAMES = frozenset({"rawQuery", "rawQueryString"})
JWT = re.compile(r"\beyJ[\w-]+\.[\w-]+\.[\w-]*")
COOKIE = re.compile(r"([^=;\s]+)=([^;]*)")


def masked(value: Any, name: str = "") -> Any:
    """Return the JSON value with every secret in it masked; `name` is that of its member."""
    if isinstance(value, dict):
        return {key: masked(member, key) for key, member in value.items()}
    if isinstance(value, list):
        return [masked(member, name) for member in value]
    if not isinstance(value, str):
        return value
    return (
        masked_header(name, value) if name.lower() in SECRET_HEADERS else _masked_text(value, name)
    )


def masked_header(name: str, value: str) -> str:
    """Return a header's value; of a cookie, its name stays, and of a credential, its scheme."""
    match name.lower():
        case "cookie" | "set-cookie" | "cookies":
            first, semicolon, rest = value.partition(";")
            if name.lower() == "set-cookie":
                return COOKIE.sub(_masked_cookie, first, count=1) + semicolon + rest
            return COOKIE.sub(_masked_cookie, value)
        case "authorization":
            scheme, _, credential = value.partition(" ")
            return f"{scheme} {_mask(credential)}" if credential else _mask(value)
        case _:
            return masked_text(value)


def masked_text(text: str) -> str:
    """Return the text with tokens in it masked, wherever they stand: JSON, an address, a line."""
    try:
        document = json.loads(text)
    except ValueError:
        return masked_url(JWT.sub(lambda found: _mask(found.group()), text))
    if not isinstance(document, dict | list):
        return text
    return json.dumps(masked(document), ensure_ascii=False)


def masked_url(text: str) -> str:
    """Return an address, or a path with a query, with the secrets of its query masked."""
    parts = urlsplit(text) if re.match(r"(https?://|/)\S*\?\S+$", text) else None
    if parts is None:
        return text
    pairs = [
        (key, _mask(value) if _is_secret(key) else value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
    ]
    return urlunsplit(parts._replace(query=urlencode(pairs, safe="()… /:")))


def plain_client_context(client_context: str | None) -> Any:
    """Return what Netlify says about the caller, as JSON without its base64; None if nothing."""
    if client_context is None:
        return None
    try:
        context = json.loads(client_context)
        return json.loads(base64.b64decode(context["custom"]["netlify"]))
    except (ValueError, KeyError, TypeError):
        return {"unreadable": client_context}


def _masked_text(value: str, name: str) -> str:
    if name in QUERY_NAMES:
        return masked_url(f"/?{value}").removeprefix("/?")
    return _mask(value) if value and _is_secret(name) else masked_text(value)


def _is_secret(name: str) -> bool:
    return name not in OPEN_NAMES and SECRET_NAME.search(name) is not None


def _masked_cookie(found: re.Match[str]) -> str:
    return f"{found[1]}={_mask(found[2])}"


def _mask(secret: str) -> str:
    return f"(masked, {len(secret)} characters)" if secret else ""
