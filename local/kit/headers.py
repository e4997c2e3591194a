"""HTTP headers: which texts may be one, which of them concern one connection, which repeat."""

from __future__ import annotations

import re
from collections.abc import Iterable

HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110 section 5.6.2, token
HEADER_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")  # RFC 9110 section 5.5, field-value
BODILESS_STATUSES = frozenset({204, 304})
# RFC 9110 section 7.6.1: these concern one connection only.
HOP_BY_HOP = frozenset(
    {
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
# What a server sets itself when it frames an answer.
FRAMING = HOP_BY_HOP | {"content-length"}


def header_name(name: str) -> str:
    """Return `name` itself; raises ValueError when no header can be called so."""
    if not HEADER_NAME.fullmatch(name):
        raise ValueError(f"not the name of a header: {name!r}")
    return name


def header_value(value: object) -> str:
    """Return a function's text, number or boolean as a header has it; raises ValueError."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if not isinstance(value, str | int | float) or not HEADER_VALUE.fullmatch(text):
        raise ValueError(f"not the value of a header: {value!r}")
    return text


def grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Collect the values of each name, in the order in which they come."""
    groups: dict[str, list[str]] = {}
    for name, value in pairs:
        groups.setdefault(name, []).append(value)
    return groups
