"""Change an issue.

PATCH /issues/{id}   its assignee, or an admin   200, the issue
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from shared.application import application
from shared.database.issues import STATUSES
from shared.database.issues import update_issue as change_issue
from shared.errors import FieldError, Invalid
from shared.http.bodies import one_of, read_fields, text
from shared.http.caller import as_assignee_or_admin, member
from shared.http.parameters import path_id
from shared.lambda_handler import make_handler


async def update_issue(request: Request) -> JSONResponse:
    """A new title, a new status, or both."""
    caller = member(request)
    id = path_id(request)
    changes = await read_fields(request, {}, title=text, status=one_of(*STATUSES))
    if not changes:
        raise Invalid([FieldError("title", "or status must be given")])
    return JSONResponse(
        as_assignee_or_admin(request, caller, lambda who: change_issue(id, changes, who))
    )


handler = make_handler(
    application("update", routes=[Route("/issues/{id}", update_issue, methods=["PATCH"])])
)
