"""Web addresses in settings: which are allowed, and origins as browsers write them."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

from shared.settings.database_url import LOOPBACK

WEB_ADDRESS = "https://… (plain http:// is for this machine only)"

_DEFAULT_PORTS = {"https": 443, "http": 80}


def is_loopback_http(url: str) -> bool:
    """Whether the address is plain http on this machine."""
    parts = _split(url)
    return parts is not None and parts.scheme == "http" and parts.hostname in LOOPBACK


def is_web_address(url: str) -> bool:
    """Whether the address is https, or plain http on this machine."""
    parts = _split(url)
    is_https = parts is not None and parts.scheme == "https" and bool(parts.hostname)
    return is_https or is_loopback_http(url)


def serialised_origin(url: str) -> str | None:
    """The origin as a browser sends it: in lower case, without the scheme's default port.

    None for what is no origin: it has a path, a user or a wildcard, or its host is not ASCII, which
    browsers write as `xn--…` (HTML standard, "ASCII serialization of an origin").
    """
    parts = _split(url)
    if parts is None or not is_web_address(url) or not url.isascii():
        return None
    if parts.path or parts.query or parts.fragment or set("@*?#").intersection(url):
        return None
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    port = "" if parts.port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it checks it
    except ValueError:
        return None
    return parts
