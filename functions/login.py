"""Ask for a magic link.

POST /login   anyone   200 "magic link sent", whether or not the address is known
"""

from __future__ import annotations

from contextlib import suppress

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from shared.application import application
from shared.auth import pkce
from shared.auth.stytch import sdk as stytch_sdk
from shared.database import throttle, users
from shared.errors import Invalid, Throttled, Unavailable
from shared.http.bodies import email, read_fields
from shared.http.cookies import read_code_verifier, set_code_verifier
from shared.http.cross_origin import refuse_cross_origin
from shared.http.parameters import client_address
from shared.lambda_handler import make_handler
from shared.settings.settings import settings


async def login(request: Request) -> JSONResponse:
    """The link works in this browser only: a cookie keeps the verifier of its code challenge.

    A page of another site may not ask, lest a visitor's browser vouch for a stranger's link.
    """
    refuse_cross_origin(request, settings())
    fields = await read_fields(request, {"email": email})
    address = fields["email"]
    throttle.count(throttle.LOGIN_PER_CALLER, client_address(request))
    throttle.count(throttle.LOGIN_PER_ADDRESS, address)
    verifier = pkce.code_verifier(read_code_verifier(request, settings()))
    _send_link(address, pkce.code_challenge(verifier))
    response = JSONResponse({"message": "magic link sent"})
    set_code_verifier(response, verifier, settings())
    return response


def _send_link(address: str, code_challenge: str) -> None:
    """Mail the link; by invitation only, no outcome tells whether the address is known."""
    if settings().signup == "open":
        stytch_sdk.send_login_link(address, settings().landing_url, code_challenge)
    elif users.is_known(address):
        with suppress(Invalid, Throttled, Unavailable):  # the log has it
            stytch_sdk.send_login_link(address, settings().landing_url, code_challenge)


handler = make_handler(
    application("login", bare="/login", routes=[Route("/login", login, methods=["POST"])])
)
