"""Read: issues, users, who I am, and whether all is well.

GET /issues, /issues/{id}   a member           200, an array or an issue
GET /users, /users/{id}     a member           200, an array or a user
GET /me                     anyone signed in   200, the principal
GET /health                 anyone             200, or 503 when the database does not answer
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from shared.application import application
from shared.database.database import reader
from shared.database.issues import STATUSES, IssueFilter
from shared.database.issues import find_issue as select_issue
from shared.database.issues import list_issues as select_issues
from shared.database.users import find_user as select_user
from shared.database.users import list_users as select_users
from shared.http.caller import member
from shared.http.parameters import choice, page_request, page_response, path_id
from shared.lambda_handler import make_handler


async def list_issues(request: Request) -> JSONResponse:
    """A page of issues, newest first; `?status=` and `?assignee=me` choose among them."""
    caller = member(request)
    mine = choice(request, "assignee", ["me"]) is not None
    chosen = IssueFilter(
        status=choice(request, "status", STATUSES), assignee_id=caller.id if mine else None
    )
    return page_response(request, select_issues(page_request(request), chosen))


async def get_issue(request: Request) -> JSONResponse:
    member(request)
    return JSONResponse(select_issue(path_id(request)))


async def list_users(request: Request) -> JSONResponse:
    """A page of users, newest first."""
    member(request)
    return page_response(request, select_users(page_request(request)))


async def get_user(request: Request) -> JSONResponse:
    member(request)
    return JSONResponse(select_user(path_id(request)))


async def get_me(request: Request) -> JSONResponse:
    """Who is calling, as every function sees them."""
    caller = member(request)
    return JSONResponse(
        {
            "id": caller.id,
            "provider": caller.provider,
            "email": caller.email,
            "name": caller.name,
            "roles": caller.roles,
        }
    )


async def get_health(request: Request) -> JSONResponse:  # noqa: ARG001
    """Whether the database answers, and nothing more."""
    reader().read("SELECT 1", {})
    return JSONResponse({"status": "ok"})


handler = make_handler(
    application(
        "get",
        bare="/issues",
        routes=[
            Route("/issues", list_issues),
            Route("/issues/{id}", get_issue),
            Route("/users", list_users),
            Route("/users/{id}", get_user),
            Route("/me", get_me),
            Route("/health", get_health),
        ],
    )
)
