"""Every resource below `/api` and its methods, whichever function serves them.

A function knows its own routes only; a caller of `/api` sees one site, and is told every method
that a resource takes. `make routes` writes the table from `functions/*.py`.
"""

from __future__ import annotations

METHODS: dict[str, tuple[str, ...]] = {
    "/account": ("DELETE",),
    "/authenticate": ("GET", "HEAD"),
    "/authenticate_magic_link": ("GET", "HEAD"),
    "/health": ("GET", "HEAD"),
    "/invite": ("POST",),
    "/invite_user": ("POST",),
    "/issues": ("GET", "HEAD", "POST"),
    "/issues/{id}": ("DELETE", "GET", "HEAD", "PATCH"),
    "/login": ("POST",),
    "/logout": ("POST",),
    "/me": ("GET", "HEAD"),
    "/providers": ("GET", "HEAD"),
    "/sessions": ("GET", "HEAD"),
    "/sessions/{id}": ("DELETE",),
    "/users": ("GET", "HEAD", "POST"),
    "/users/{id}": ("DELETE", "GET", "HEAD"),
    "/webhooks/identity": ("POST",),
    "/webhooks/stytch": ("POST",),
}


def methods_of(resource: str) -> tuple[str, ...]:
    """The methods that the resource takes; none when there is no such resource."""
    if resource in METHODS:
        return METHODS[resource]
    parts = resource.split("/")
    fitting = (pattern for pattern in METHODS if _fits(pattern.split("/"), parts))
    return METHODS.get(next(fitting, ""), ())


def _fits(pattern: list[str], parts: list[str]) -> bool:
    """Whether the parts of a path fit a pattern, whose `{id}` stands for any text but none."""
    return len(pattern) == len(parts) and all(
        part == expected or (part != "" and expected.startswith("{"))
        for expected, part in zip(pattern, parts, strict=True)
    )
