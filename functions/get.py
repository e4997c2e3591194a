"""Read: issues, users, who I am and where, how to sign in, and whether all is well.

GET /issues, /issues/{id}   a member           200, an array or an issue
GET /users, /users/{id}     a member, or with USERS_VISIBLE=admins an admin
                            200, an array or a user
GET /me                     anyone signed in   200, the principal
GET /health                 anyone             200, or 503 when the database does not answer
GET /providers              anyone             200, which sign-ins this site has
GET /sessions               oneself            200, an array; 409 for a user of Identity
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from shared.application import application
from shared.auth import auth
from shared.database import database, issue_search, issues, mark, users, visits
from shared.errors import NotFound
from shared.http import caller, parameters, search
from shared.lambda_handler import make_handler
from shared.settings.settings import settings

if settings().has_stytch:
    from shared.auth.stytch import sessions


async def list_issues(request: Request) -> JSONResponse:
    """A page of issues, newest first; `?status=` and `?assignee=me` choose among them.

    With `?title=` those whose titles begin with it, in the order of titles.
    """
    principal = caller.member(request)
    mine = parameters.choice(request, "assignee", ["me"]) is not None
    chosen = issues.IssueFilter(
        status=parameters.choice(request, "status", issues.STATUSES),
        assignee_id=principal.id if mine else None,
    )
    if "title" in request.query_params:
        wanted = search.search_request(request, "title")
        found = issue_search.find_page(wanted, chosen, principal)
        return search.search_response(request, wanted, found, key="title_key")
    page = parameters.page_request(request)
    return parameters.page_response(request, page, issues.find_page(page, chosen, principal))


async def get_issue(request: Request) -> JSONResponse:
    """An issue; its `ETag` changes with it."""
    principal = caller.member(request)
    issue = issues.find(parameters.path_id(request), principal)
    return JSONResponse(issue, headers={"ETag": parameters.entity_tag(issue["updated_at"])})


async def list_users(request: Request) -> JSONResponse:
    """A page of users, newest first; as `{"users": […]}` for the tutorial's own front end."""
    principal = caller.member(request)
    caller.refuse_reading_users(request, principal)
    page = parameters.page_request(request)
    name = "users" if caller.is_known_by_query(request) else None
    return parameters.page_response(request, page, users.find_page(page, principal), name)


async def get_user(request: Request) -> JSONResponse:
    """A user; one's own row is there for everybody. Who may see no other learns of none."""
    principal = caller.member(request)
    user = users.find(parameters.path_id(request), principal)
    if user is None or user["principal_id"] != principal.id:
        caller.refuse_reading_users(request, principal)
    if user is None:
        raise NotFound("user_not_found", "There is no such user.")
    return JSONResponse({"user": [user]} if caller.is_known_by_query(request) else user)


async def get_me(request: Request) -> JSONResponse:
    """Who is calling, as every function sees them; `users` notes that they were here."""
    principal = caller.member(request)
    visits.see(principal)
    return JSONResponse(
        {
            "id": principal.id,
            "provider": principal.provider,
            "email": principal.email,
            "name": principal.name,
            "roles": principal.roles,
        }
    )


async def get_health(request: Request) -> JSONResponse:  # noqa: ARG001
    """Whether the database answers, and nothing more."""
    database.check()
    return JSONResponse({"status": "ok"})


async def get_providers(request: Request) -> JSONResponse:  # noqa: ARG001
    """Which sign-ins this site has, and whether anyone may sign up."""
    site = settings()
    return JSONResponse(
        {"netlify": site.has_identity, "stytch": site.has_stytch, "signup": site.signup}
    )


async def list_sessions(request: Request) -> JSONResponse:
    """The caller's Stytch sessions, newest first.

    The header tells for how many seconds the JWT of one that is ended may still be believed.
    """
    auth.require("stytch")
    principal = caller.member(request)
    mark.refuse_deleted(principal)
    headers = {"Session-JWT-Max-Age": str(sessions.seconds_still_believed())}
    return JSONResponse(sessions.find_own(principal), headers=headers)


handler = make_handler(
    application(
        "get",
        default="/issues",
        routes=[
            Route("/issues", list_issues),
            Route("/issues/{id}", get_issue),
            Route("/users", list_users),
            Route("/users/{id}", get_user),
            Route("/me", get_me),
            Route("/health", get_health),
            Route("/providers", get_providers),
            Route("/sessions", list_sessions),
        ],
    )
)
