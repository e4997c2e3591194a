"""shared/auth/auth.py: on a site without a provider, its credentials are unknown ones."""

from __future__ import annotations

import pytest
from starlette.responses import JSONResponse
from starlette.routing import Route

from shared.application import application
from shared.auth.auth import authenticate, confirm, require
from shared.auth.credentials import Credentials
from shared.auth.stytch import session_jwt
from shared.errors import NotFound, Unauthenticated
from shared.http import caller
from tests.support.asgi import ask
from tests.support.world import credentials_for

WITHOUT_STYTCH = {"STYTCH_PROJECT_ID": "", "STYTCH_SECRET": ""}
WITHOUT_IDENTITY = {"NETLIFY_IDENTITY_URL": "", "NETLIFY_IDENTITY_SECRET": ""}


def refusal(question, world, what):
    with pytest.raises(Unauthenticated) as refused:
        question(Credentials(**credentials_for(world, what)))
    return refused.value.code


@pytest.mark.parametrize("question", [authenticate, confirm])
@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("netlify user", "identity_not_configured"),
        ("identity token", "identity_not_configured"),
        ("identity token, forged", "identity_not_configured"),
        ("netlify without user", "no_credentials"),
    ],
)
def test_without_identity_its_credentials_are_refused_and_nobody_is_asked(
    world, configure_for_world, question, what, code
):
    configure_for_world(**WITHOUT_IDENTITY)

    assert (refusal(question, world, what), world.calls) == (code, [])


@pytest.mark.parametrize("question", [authenticate, confirm])
@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("jwt", "stytch_not_configured"),
        ("opaque", "stytch_not_configured"),
        ("cookies", "stytch_not_configured"),
        ("jwt, unsigned", "token_invalid"),
        ("opaque, garbage", "token_malformed"),
        ("dots", "token_malformed"),
    ],
)
def test_without_stytch_its_credentials_are_refused_and_nobody_is_asked(
    world, configure_for_world, question, what, code
):
    configure_for_world(**WITHOUT_STYTCH)

    assert (refusal(question, world, what), world.calls) == (code, [])


@pytest.mark.parametrize("what", ["netlify user", "identity token"])
def test_identity_alone_knows_its_users(world, configure_for_world, what):
    configure_for_world(**WITHOUT_STYTCH)
    credentials = Credentials(**credentials_for(world, what))

    assert confirm(credentials).principal.email == "grace@example.com"


@pytest.mark.parametrize("what", ["jwt", "opaque", "cookies"])
def test_stytch_alone_knows_its_users(world, configure_for_world, what):
    configure_for_world(**WITHOUT_IDENTITY)
    credentials = Credentials(**credentials_for(world, what))

    assert confirm(credentials).principal.email == "ada@example.com"


def test_cookies_of_a_provider_that_the_site_no_longer_has_are_cleared(world, configure_for_world):
    async def read(request):
        return JSONResponse(caller.member(request).id)

    configure_for_world(**WITHOUT_STYTCH)
    app = application("get", [Route("/me", read)])

    answer = ask(app, "GET", "/me", headers={"Cookie": f"stytch_session={world.stytch_token}"})

    cleared = [name for name in answer.headers.getlist("set-cookie") if "Max-Age=0" in name]
    assert (answer.status, len(cleared)) == (401, 2)


@pytest.mark.parametrize(
    ("settings", "provider"), [(WITHOUT_STYTCH, "stytch"), (WITHOUT_IDENTITY, "netlify")]
)
def test_a_route_of_a_provider_that_the_site_does_not_have_is_not_there(
    configure_for_world, settings, provider
):
    configure_for_world(**settings)

    with pytest.raises(NotFound) as refused:
        require(provider)

    assert refused.value.code == "provider_not_configured"


def test_a_provider_that_the_start_did_not_prepare_for_waits_for_the_next_process(
    configure_for_world, monkeypatch
):
    monkeypatch.setattr(session_jwt, "HAS_RSA", False)
    configure_for_world()

    with pytest.raises(NotFound) as refused:
        require("stytch")

    assert refused.value.code == "provider_not_configured"


@pytest.mark.parametrize(
    ("settings", "provider"), [(WITHOUT_STYTCH, "netlify"), (WITHOUT_IDENTITY, "stytch")]
)
def test_a_route_of_the_only_provider_is_there(configure_for_world, settings, provider):
    configure_for_world(**settings)

    assert require(provider) is None
