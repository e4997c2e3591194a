"""Delete an issue, a user, or my whole account.

DELETE /account       oneself                     204: my rows, then my identity
DELETE /issues/{id}   its assignee, or an admin   200 success, or 404
DELETE /users/{id}    an admin                    200 success, or 404; the Stytch user goes too
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from shared.account_deletion import delete_account as delete_rows_and_identity
from shared.account_deletion import delete_user as delete_row_and_identity
from shared.application import application
from shared.database.issues import delete_issue as remove_issue
from shared.http.caller import (
    as_assignee_or_admin,
    confirmed_admin,
    confirmed_member,
    member,
    netlify_context,
)
from shared.http.parameters import path_id
from shared.lambda_handler import make_handler


async def delete_account(request: Request) -> Response:
    """Everything of the caller's; whatever step fails, the same request takes it up again."""
    caller = confirmed_member(request)
    delete_rows_and_identity(caller, netlify_context(request))
    request.state.session_is_over = True
    return Response(status_code=204)


async def delete_issue(request: Request) -> JSONResponse:
    caller = member(request)
    id = path_id(request)
    as_assignee_or_admin(request, caller, lambda who: remove_issue(id, who))
    return JSONResponse({"message": "success"})


async def delete_user(request: Request) -> JSONResponse:
    confirmed_admin(request)
    delete_row_and_identity(path_id(request))
    return JSONResponse({"message": "success"})


handler = make_handler(
    application(
        "delete",
        bare="/account",
        routes=[
            Route("/account", delete_account, methods=["DELETE"]),
            Route("/issues/{id}", delete_issue, methods=["DELETE"]),
            Route("/users/{id}", delete_user, methods=["DELETE"]),
        ],
    )
)
