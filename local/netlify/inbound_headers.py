"""The request headers as a Netlify function sees them: what the edge drops, and what it adds."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.requests import Request

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
# Only the edge may say these; a caller who sends them is trying to be someone else.
EDGE_ONLY_PREFIXES = ("x-nf-", "x-amz-", "x-amzn-", "x-forwarded-")
EDGE_ONLY = frozenset({"client-ip", "forwarded", "x-real-ip"})


def inbound_headers(request: Request, request_id: str) -> list[tuple[str, str]]:
    """Names in lower case, in the order sent, repeated ones kept."""
    headers = MutableHeaders(raw=list(_from_caller(request.headers.raw)))
    client = request.client.host if request.client else "127.0.0.1"
    headers["client-ip"] = client
    headers["x-forwarded-for"] = client
    headers["x-forwarded-proto"] = request.scope["scheme"]
    headers["x-nf-client-connection-ip"] = client
    headers["x-nf-request-id"] = request_id
    return headers.items()


def _from_caller(raw: Iterable[tuple[bytes, bytes]]) -> Iterable[tuple[bytes, bytes]]:
    for name, value in raw:
        text = name.decode("latin-1").lower()
        edge_only = text in EDGE_ONLY or text.startswith(EDGE_ONLY_PREFIXES)
        if not edge_only and text not in HOP_BY_HOP:
            yield name, value
