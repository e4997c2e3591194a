"""Where a magic link leads to.

GET /authenticate   anyone with a link   303 to /profile, with the session's cookies
                                         404 on a site without Stytch
"""

from __future__ import annotations

import logging
import re

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from shared import log, signup
from shared.application import application
from shared.auth import auth
from shared.auth.credentials import Session, SessionToken
from shared.database import users
from shared.errors import Forbidden, LatchkeyError, Malformed, Unavailable
from shared.http import client, cookies
from shared.http.call_state import call_state, keep_session
from shared.lambda_handler import make_handler
from shared.settings.settings import settings

if settings().has_stytch:
    from shared.auth.stytch import sdk

_TOKEN = re.compile(r"[A-Za-z0-9_=-]{20,128}")


async def authenticate(request: Request) -> Response:
    """Trade the link's token for a session; in a browser, the page shows what went wrong."""
    auth.require("stytch")
    if request.method == "HEAD":
        return Response()  # a mail scanner that looks at links must not spend one
    try:
        verifier = cookies.read_code_verifier(request)
        signup.require_answer()
        session = sdk.redeem_link(_token(request), verifier, client.attributes(request))
        _admit(session)
    except LatchkeyError as error:
        if "text/html" not in request.headers.get("accept", ""):
            raise
        call_state(request).code = error.code
        return _redirect(f"/?error={error.code}")
    call_state(request).principal = session.principal
    keep_session(request, session)
    response = _redirect("/profile")
    cookies.clear_code_verifier(response)
    return response


def _token(request: Request) -> str:
    """The link's token; raises Malformed for anything but one token of a magic link."""
    query = request.query_params
    tokens = query.getlist("token")
    kind = query.get("stytch_token_type", "magic_links")
    if len(tokens) != 1 or not _TOKEN.fullmatch(tokens[0]) or kind != "magic_links":
        raise Malformed("link_malformed", "This is not a whole magic link.")
    return tokens[0]


def _admit(session: Session) -> None:
    """Make the user's row theirs; raises Forbidden where only invited people may sign in.

    The link is spent by now, so a database that gives up keeps nobody out: what the row lacks is
    made up for when they are next seen (`visits`).
    """
    if not signup.is_welcome("stytch", session.principal.email):
        sdk.revoke_session(SessionToken("session_token", session.session_token))
        raise Forbidden("invite_only", "This site is by invitation; please ask an admin for one.")
    try:
        users.claim(session.principal)
    except Unavailable as error:
        log.write(logging.ERROR, event="claim", error=error.code)


def _redirect(location: str) -> Response:
    """To a page that is not told our address, since that holds a secret."""
    return RedirectResponse(location, 303, headers={"Referrer-Policy": "no-referrer"})


handler = make_handler(
    application(
        "authenticate",
        default="/authenticate",
        routes=[
            Route("/authenticate", authenticate),
            Route("/authenticate_magic_link", authenticate),  # the tutorial's name
        ],
    )
)
