"""Where a magic link lands.

GET /authenticate   anyone with a link   303 to /profile, with the session's cookies
"""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from shared.application import application
from shared.auth.stytch import sdk as stytch_sdk
from shared.auth.stytch.session import StytchSession
from shared.database import users
from shared.errors import Forbidden, LatchkeyError, Malformed
from shared.http.cookies import clear_code_verifier, read_code_verifier
from shared.lambda_handler import make_handler
from shared.settings.settings import settings

_TOKEN = re.compile(r"[A-Za-z0-9_=-]{20,128}")


async def authenticate(request: Request) -> Response:
    """Trade the link's token for a session; a browser is shown what went wrong by the page."""
    if request.method == "HEAD":
        return Response()  # a mail scanner looking ahead must not spend the link
    try:
        session = stytch_sdk.redeem_link(_token(request), read_code_verifier(request, settings()))
        _let_in(session)
    except LatchkeyError as error:
        if "text/html" not in request.headers.get("accept", ""):
            raise
        request.state.code = error.code
        return _redirect(f"/?error={error.code}")
    request.state.principal = session.principal
    request.state.session = session
    response = _redirect("/profile")
    clear_code_verifier(response, settings())
    return response


def _token(request: Request) -> str:
    """The link's token; raises Malformed for anything but one token of a magic link."""
    query = request.query_params
    tokens = query.getlist("token")
    kind = query.get("stytch_token_type", "magic_links")
    if len(tokens) != 1 or not _TOKEN.fullmatch(tokens[0]) or kind != "magic_links":
        raise Malformed("link_malformed", "This is not a whole magic link.")
    return tokens[0]


def _let_in(session: StytchSession) -> None:
    """Make the user's row theirs; raises Forbidden where only the invited may sign in."""
    if settings().signup == "invite" and not users.is_known(session.principal.email):
        stytch_sdk.revoke_session(session_token=session.session_token)
        raise Forbidden("invite_only", "This site is by invitation; please ask an admin for one.")
    users.claim_user(session.principal)


def _redirect(location: str) -> Response:
    """The link's address holds a secret: it is neither kept nor told to the next page."""
    return RedirectResponse(location, 303, headers={"Referrer-Policy": "no-referrer"})


handler = make_handler(
    application(
        "authenticate",
        bare="/authenticate",
        routes=[
            Route("/authenticate", authenticate),
            Route("/authenticate_magic_link", authenticate),  # the tutorial's name
        ],
    )
)
