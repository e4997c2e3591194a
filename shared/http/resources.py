"""Every resource below `/api` and its methods, whichever function serves them.

A function knows its own routes only; a caller of `/api` sees one site, and is told every method
that a resource takes. A test holds this table against the functions' routes.
"""

from __future__ import annotations

import re

METHODS: dict[str, tuple[str, ...]] = {
    "/issues": ("GET", "HEAD", "POST"),
    "/issues/{id}": ("DELETE", "GET", "HEAD", "PATCH"),
    "/users": ("GET", "HEAD", "POST"),
    "/users/{id}": ("DELETE", "GET", "HEAD"),
    "/me": ("GET", "HEAD"),
    "/health": ("GET", "HEAD"),
    "/account": ("DELETE",),
    "/invite": ("POST",),
    "/invite_user": ("POST",),
    "/login": ("POST",),
    "/authenticate": ("GET", "HEAD"),
    "/authenticate_magic_link": ("GET", "HEAD"),
    "/logout": ("POST",),
}


def methods_of(resource: str) -> tuple[str, ...]:
    """The methods that the resource takes; none when there is no such resource."""
    return METHODS.get(re.sub(r"^(/issues|/users)/[^/]+$", r"\1/{id}", resource), ())
