"""Create an issue, or a user.

POST /issues   a member    201, the issue
POST /users    an admin    201, the user's id
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from shared.application import application
from shared.auth import auth
from shared.auth.principal import PROVIDERS
from shared.database import issues, users
from shared.http import bodies, caller, parameters
from shared.http.call_state import address_of
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
    """A user who may sign in later: their first sign-in with this address claims the row.

    It is one of Stytch's, where the site has it and `provider` names no other; a repeated
    `Idempotency-Key` answers the user whom it made before.
    """
    principal = caller.admin(request)
    fields = await bodies.read_fields(
        request, {"email": bodies.email}, name=bodies.text, provider=bodies.one_of(*PROVIDERS)
    )
    name, provider = fields.get("name", fields["email"]), auth.chosen(fields.get("provider"))
    key = parameters.idempotency_key(request)
    user_id = users.create(fields["email"], name, provider, principal, key)
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
