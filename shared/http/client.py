"""Who sent a request, in terms of the network: an address and a program."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from starlette.requests import Request

_LONGEST_USER_AGENT = 512  # characters; those of browsers have less than 300


def attributes(request: Request) -> dict[str, str]:
    """The caller's address and program, by the names of Stytch's session attributes.

    A program is told by what it says itself, cut to 512 printable characters.
    """
    agent = re.sub(r"[^ -~]", "", request.headers.get("user-agent", ""))[:_LONGEST_USER_AGENT]
    attributes = {"user_agent": agent}
    if address := _address(request):
        attributes["ip_address"] = str(address)
    return attributes


def network(request: Request) -> str:
    """Where the request came from, as the platform's own edge saw it.

    An IPv6 address stands for its /64 network: one customer has all addresses of it.
    """
    address = _address(request)
    if address is None:
        return (request.client.host if request.client else None) or "unknown"
    return str(ip_network((address, 64), strict=False)) if address.version == 6 else str(address)


def _address(request: Request) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(request.client.host if request.client else "")
    except ValueError:
        return None
