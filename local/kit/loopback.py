"""The names of this machine."""

from __future__ import annotations

LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})


def is_loopback(host: str) -> bool:
    """Tell whether a host, an IPv6 one with or without its brackets, is this machine."""
    return host.strip("[]").lower() in LOOPBACK_HOSTS
