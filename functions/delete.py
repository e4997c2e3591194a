"""Delete an issue, a user, a session of mine, or my whole account.

DELETE /account         oneself                     204: my rows, then my identity
DELETE /issues/{id}     its assignee, or an admin   200 success, or 404
DELETE /users/{id}      an admin                    200 success, or 404; their identity goes too
DELETE /sessions/{id}   oneself                     200 success, or 404; that session is over
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from shared import account_deletion
from shared.application import application
from shared.auth import auth
from shared.database import issues, mark
from shared.http import caller, parameters
from shared.http.call_state import end_session
from shared.lambda_handler import make_handler
from shared.settings.settings import settings

if settings().has_stytch:
    from shared.auth.stytch import sessions


async def delete_account(request: Request) -> Response:
    """Everything of the caller's. Safe to repeat: steps that are already done are skipped."""
    principal = caller.confirmed_member(request)
    account_deletion.delete_account(principal, caller.netlify_context(request))
    end_session(request)
    return Response(status_code=204)


async def delete_issue(request: Request) -> JSONResponse:
    """One issue; with `If-Match` only if it has not changed."""
    principal = caller.member(request)
    issue_id, versions = parameters.path_id(request), parameters.if_match(request)
    caller.retry_as_admin(
        request, principal, lambda actor: issues.delete(issue_id, actor, versions)
    )
    return JSONResponse({"message": "success"})


async def delete_user(request: Request) -> JSONResponse:
    """A user, and their identity at either provider."""
    admin = caller.admin(request)
    context = caller.netlify_context(request)
    account_deletion.delete_user(parameters.path_id(request), admin, context)
    return JSONResponse({"message": "success"})


async def delete_session(request: Request) -> JSONResponse:
    """One of the caller's Stytch sessions; if it is the current one, its cookies go as well."""
    auth.require("stytch")
    principal = caller.member(request)
    mark.refuse_deleted(principal)
    if sessions.end_own(principal, request.path_params["id"]):
        end_session(request)
    return JSONResponse({"message": "success"})


handler = make_handler(
    application(
        "delete",
        default="/account",
        routes=[
            Route("/account", delete_account, methods=["DELETE"]),
            Route("/issues/{id}", delete_issue, methods=["DELETE"]),
            Route("/users/{id}", delete_user, methods=["DELETE"]),
            Route("/sessions/{id}", delete_session, methods=["DELETE"]),
        ],
    )
)
