"""Change an issue.

PATCH /issues/{id}   its assignee, or an admin   200, the issue
"""

from __future__ import annotations

from typing import cast

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from shared.application import application
from shared.database import issues
from shared.errors import FieldError, Invalid
from shared.http import bodies, caller, parameters
from shared.lambda_handler import make_handler


async def update_issue(request: Request) -> JSONResponse:
    """A new title, a new status, or both; with `If-Match` only if it has not changed."""
    principal = caller.member(request)
    issue_id = parameters.path_id(request)
    fields = await bodies.read_fields(
        request, {}, title=bodies.text, status=bodies.one_of(*issues.STATUSES)
    )
    if not fields:
        raise Invalid([FieldError("title", "The title or the status must be given.")])
    changes = cast(issues.IssueChanges, fields)
    versions = parameters.if_match(request)
    issue = caller.retry_as_admin(
        request, principal, lambda actor: issues.update(issue_id, changes, actor, versions)
    )
    return JSONResponse(issue, headers={"ETag": parameters.entity_tag(issue["updated_at"])})


handler = make_handler(
    application("update", routes=[Route("/issues/{id}", update_issue, methods=["PATCH"])])
)
