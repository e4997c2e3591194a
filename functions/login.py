"""Ask for a magic link.

POST /login   anyone   200 "magic link sent", whether or not the address is known
                       404 on a site without Stytch
"""

from __future__ import annotations

from contextlib import suppress

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from shared.application import application
from shared.auth import auth, pkce
from shared.database import throttle, users
from shared.errors import Invalid, Throttled, Unavailable
from shared.http import bodies, caller, client, cookies
from shared.lambda_handler import make_handler
from shared.settings.settings import settings

if settings().has_stytch:
    from shared.auth.stytch import sdk


async def login(request: Request) -> JSONResponse:
    """The link works in this browser only: a cookie keeps the verifier of its code challenge.

    Refuses requests of other sites (login CSRF): such a site could plant its own verifier in a
    visitor's browser, and so sign the visitor in as somebody else.
    """
    auth.require("stytch")
    caller.refuse_cross_site(request)
    fields = await bodies.read_fields(request, {"email": bodies.email})
    address = fields["email"]
    throttle.hit_login(client.network(request), address)
    verifier = pkce.code_verifier(cookies.read_code_verifier(request))
    _send_link(address, pkce.code_challenge(verifier))
    response = JSONResponse({"message": "magic link sent"})
    cookies.set_code_verifier(response, verifier)
    return response


def _send_link(address: str, code_challenge: str) -> None:
    """Mail the link. On a site by invitation, no answer tells whether the address is known."""
    landing_url = settings().landing_url
    if settings().signup == "open":
        sdk.send_login_link(address, landing_url, code_challenge)
    elif users.is_known(address, "stytch"):
        with suppress(Invalid, Throttled, Unavailable):  # it is in the log
            sdk.send_login_link(address, landing_url, code_challenge)


handler = make_handler(
    application("login", default="/login", routes=[Route("/login", login, methods=["POST"])])
)
