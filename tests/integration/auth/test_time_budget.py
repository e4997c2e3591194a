"""What does not fit into the time of an invocation is an outage, before Lambda ends the process."""

from __future__ import annotations

import asyncio
import json
import socket
import threading

import pytest
from starlette.responses import Response
from starlette.routing import Route

from shared import stopwatch
from shared.application import application
from shared.auth import identity_admin, netlify
from shared.auth.client_context import Identity
from shared.auth.principal import Principal
from shared.auth.stytch import sdk, session
from shared.auth.stytch.session import SessionToken
from shared.database.database import Database
from shared.errors import DatabaseUnavailable, IdentityUnavailable, StytchUnavailable
from shared.settings.database_url import DatabaseUrl
from tests.support.events import LambdaContext, http_api
from tests.support.lasting import lasting_handler
from tests.support.upstreams import serving

TOKEN = SessionToken("session_token", "A" * 44)
ADA = Principal("netlify:6b1f", "netlify", "ada@example.com", "Ada")
SHORT, USED_UP = 1200, 900  # milliseconds that Lambda leaves; the last second is for the answer


def slow(_url):
    """A service whose answers are right, and half a second late."""

    async def app(scope, receive, send):
        await asyncio.sleep(0.5)
        await Response('{"status_code": 200, "request_id": "r"}')(scope, receive, send)

    return app


def dripping(_url):
    """A service that sends its head, and then a byte from time to time."""

    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(40):
            await asyncio.sleep(0.05)
            await send({"type": "http.response.body", "body": b" ", "more_body": True})
        await send({"type": "http.response.body", "body": b"{}"})

    return app


OPERATIONS = [
    (lambda url: session.check(TOKEN), StytchUnavailable),
    (lambda url: sdk.revoke_session(TOKEN), StytchUnavailable),
    (lambda url: sdk.delete_user("user-test-1"), StytchUnavailable),
    (lambda url: sdk.redeem_link("A" * 44, None, {}), StytchUnavailable),
    (lambda url: netlify.delete_user(Identity(url, "o"), ADA.subject), IdentityUnavailable),
    (lambda url: netlify.sign_out(url, "token"), IdentityUnavailable),
    (
        lambda url: identity_admin.invite(Identity(url, "o"), "a@example.com", "", "admin"),
        IdentityUnavailable,
    ),
]


def within(remaining_ms, operation, url):
    with stopwatch.budget(remaining_ms):
        operation(url)


@pytest.mark.parametrize("build", [slow, dripping])
@pytest.mark.parametrize(("operation", "failure"), OPERATIONS)
def test_a_provider_that_takes_longer_than_is_left_is_unavailable(
    configure, build, operation, failure
):
    with serving(build) as service:
        configure(STYTCH_BASE_URL=service.url)

        with pytest.raises(failure):
            within(SHORT, operation, service.url)


@pytest.mark.parametrize(("operation", "failure"), OPERATIONS)
def test_when_nothing_is_left_no_provider_is_asked(configure, operation, failure):
    with serving(slow) as service:
        configure(STYTCH_BASE_URL=service.url)

        with pytest.raises(failure):
            within(USED_UP, operation, service.url)

    assert service.calls == []


@pytest.fixture
def waits_of_resolver(monkeypatch):
    """The resolver does not answer for five seconds; the list has what it waited for."""
    waited, over = [], threading.Event()

    def silent(host, *_arguments, **_options):
        if not over.wait(5):
            waited.append(host)
        raise socket.gaierror(socket.EAI_AGAIN, "no answer")

    monkeypatch.setattr(socket, "getaddrinfo", silent)
    yield waited
    over.set()


FAR_DATABASE = DatabaseUrl(host="db.example", port=3306, user="u", database="latchkey")


@pytest.mark.parametrize(
    ("operation", "failure"),
    [
        (lambda url: session.check(TOKEN), StytchUnavailable),
        (lambda url: sdk.revoke_session(TOKEN), StytchUnavailable),
        (lambda url: netlify.sign_out(url, "token"), IdentityUnavailable),
        (lambda url: Database(lambda: FAR_DATABASE).read("SELECT 1", {}), DatabaseUnavailable),
    ],
)
def test_looking_up_a_name_takes_no_more_than_is_left_with_a_patched_resolver(
    configure, waits_of_resolver, operation, failure
):
    configure(STYTCH_BASE_URL="http://localhost:9")

    with pytest.raises(failure):
        within(SHORT, operation, "https://identity.example")

    assert waits_of_resolver == []


class EndingContext(LambdaContext):
    """An invocation that Lambda ends soon."""

    def get_remaining_time_in_millis(self):
        return SHORT


def test_the_budget_of_an_invocation_is_that_of_its_lambda_context(configure):
    with serving(slow) as service:
        configure(STYTCH_BASE_URL=service.url)

        async def ask(request):
            session.check(TOKEN)

        handler = lasting_handler(application("get", [Route("/ask", ask)]))
        result = handler(http_api("GET", "/ask"), EndingContext())

    assert (result["statusCode"], json.loads(result["body"])["code"]) == (503, "stytch_unavailable")
