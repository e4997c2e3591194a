"""GET /admin/audit: who did what (GoTrue `api/audit.go`)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from local.identity.authentication import admin
from local.identity.errors import HTTPError
from local.identity.instance import instance_of
from local.identity.pages import page_of
from local.store import Document

SCOPES = {
    "author": ("actor_email", "actor_name"),
    "action": ("action",),
    "type": ("log_type",),
}


async def list_entries(request: Request) -> Response:
    """Newest first; `query=author:ada` (or `action:`, `type:`) keeps the entries that match."""
    admin(request)
    fields, wanted = _searched(request.query_params.get("query", ""))
    entries = instance_of(request).audit.newest_first()
    matching = [entry for entry in entries if not wanted or _matches(entry, fields, wanted)]
    page, headers = page_of(request, matching)
    return JSONResponse(page, headers=headers)


def _searched(query: str) -> tuple[tuple[str, ...], str]:
    if not query:
        return (), ""
    scope, colon, wanted = query.partition(":")
    if scope not in SCOPES or not colon:
        raise HTTPError(400, f"Invalid query scope: {query}")
    return SCOPES[scope], wanted.lower()


def _matches(entry: Document, fields: tuple[str, ...], wanted: str) -> bool:
    return any(wanted in str(entry["payload"].get(field, "")).lower() for field in fields)
