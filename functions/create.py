"""Create an issue, or a user.

POST /issues   a member    201, the issue
POST /users    an admin    201, the user's id
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from shared.application import application
from shared.database import issues, users
from shared.http import bodies, caller, parameters
from shared.http.addresses import address_of
from shared.lambda_handler import make_handler


async def create_issue(request: Request) -> JSONResponse:
    """An issue of the caller's; a repeated `Idempotency-Key` answers the one it made before."""
    principal = caller.member(request)
    fields = await bodies.read_fields(
        request, {"title": bodies.text}, status=bodies.one_of(*issues.STATUSES)
    )
    status = fields.get("status", issues.STATUSES[0])
    key = parameters.idempotency_key(request)
    issue = issues.create(fields["title"], status, principal, key)
    headers = {
        "ETag": parameters.entity_tag(issue["updated_at"]),
        "Location": address_of(request, f"/issues/{issue['id']}"),
    }
    return JSONResponse({**issue, "message": "Issue created"}, 201, headers=headers)


async def create_user(request: Request) -> JSONResponse:
    """A user who may sign in later: their first sign-in with this address claims the row."""
    principal = caller.admin(request)
    fields = await bodies.read_fields(request, {"email": bodies.email}, name=bodies.text)
    name = fields.get("name", fields["email"])
    key = parameters.idempotency_key(request)
    user_id = users.create(fields["email"], name, principal, key)
    location = address_of(request, f"/users/{user_id}")
    return JSONResponse({"id": user_id}, 201, headers={"Location": location})


handler = make_handler(
    application(
        "create",
        default="/issues",
        routes=[
            Route("/issues", create_issue, methods=["POST"]),
            Route("/users", create_user, methods=["POST"]),
        ],
    )
)
