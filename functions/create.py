"""Create an issue, or a user.

POST /issues   a member    201, the issue
POST /users    an admin    201, the user's id
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from shared.application import application
from shared.database.issues import STATUSES
from shared.database.issues import create_issue as insert_issue
from shared.database.users import create_user as insert_user
from shared.http.bodies import email, one_of, read_fields, text
from shared.http.caller import admin, member
from shared.http.parameters import idempotency_key
from shared.lambda_handler import make_handler


async def create_issue(request: Request) -> JSONResponse:
    """An issue of the caller's; a repeated `Idempotency-Key` answers the one it made before."""
    caller = member(request)
    fields = await read_fields(request, {"title": text}, status=one_of(*STATUSES))
    issue = insert_issue(
        fields["title"], fields.get("status", STATUSES[0]), caller, idempotency_key(request)
    )
    return JSONResponse(
        {**issue, "message": "Issue created"},
        201,
        headers={"Location": f"/api/issues/{issue['id']}"},
    )


async def create_user(request: Request) -> JSONResponse:
    """A user who may sign in later; the row is claimed by whoever proves to own the address."""
    caller = admin(request)
    fields = await read_fields(request, {"email": email}, name=text)
    id = insert_user(
        fields["email"], fields.get("name", fields["email"]), caller, idempotency_key(request)
    )
    return JSONResponse({"id": id}, 201, headers={"Location": f"/api/users/{id}"})


handler = make_handler(
    application(
        "create",
        bare="/issues",
        routes=[
            Route("/issues", create_issue, methods=["POST"]),
            Route("/users", create_user, methods=["POST"]),
        ],
    )
)
