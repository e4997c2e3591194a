"""Reading a request body that may be larger than what is accepted."""

from __future__ import annotations

from starlette.requests import Request


class BodyTooLarge(Exception):
    """The body has more bytes than the limit."""


async def read_body(request: Request, limit: int) -> bytes:
    """Return the whole body; raises BodyTooLarge as soon as it is known to exceed `limit` bytes."""
    declared = request.headers.get("content-length", "0")
    if int(declared) > limit:  # the server has checked that it is a number
        raise BodyTooLarge(f"{declared} bytes exceed the limit of {limit} bytes")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise BodyTooLarge(f"the body exceeds the limit of {limit} bytes")
    return bytes(body)
